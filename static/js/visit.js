/*
 * Visit page: ticking "all present" ticks every representative, so that one can be taken out again, and the
 * number present is shown. Without it the tick alone does the same when the page is saved. ES5.
 */
(function () {
  "use strict";
  var all = document.getElementById("id_all_present");
  var list = document.querySelector(".field-present");
  if (!all || !list) { return; }
  var boxes = list.querySelectorAll("input[type=checkbox]");
  var words = document.currentScript.getAttribute("data-words");
  var count = document.createElement("output");

  function ticked() {
    var number = 0;
    for (var i = 0; i < boxes.length; i += 1) { number += boxes[i].checked ? 1 : 0; }
    return number;
  }

  function show() {
    all.checked = boxes.length > 0 && ticked() === boxes.length;
    count.textContent = words.replace("{all}", boxes.length).replace("{there}", ticked());
  }

  function setAll() {
    for (var i = 0; i < boxes.length; i += 1) { boxes[i].checked = all.checked; }
    show();
  }

  count.className = "count";
  list.insertBefore(count, list.firstChild);
  all.addEventListener("change", setAll);
  list.addEventListener("change", show);
  if (all.checked) { setAll(); } else { show(); }
}());
