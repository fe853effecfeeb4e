/*
 * Gives the search boxes that Django's admin makes from long lists the name of their label, for those who hear
 * the page, puts the focus on the first wrong field, and closes an open filter when another is opened. Everything
 * works without it. ES5.
 */
(function () {
  "use strict";

  function nameBoxes() {
    var lists = document.querySelectorAll("select.admin-autocomplete[id]");
    for (var i = 0; i < lists.length; i += 1) {
      var box = lists[i].parentNode.querySelector(".select2-selection");
      var label = document.querySelector("label[for='" + lists[i].id + "']");
      if (box && label) {
        label.id = label.id || lists[i].id + "_label";
        box.setAttribute("aria-labelledby", label.id + " select2-" + lists[i].id + "-container");
        box.firstElementChild.setAttribute("aria-labelledby", label.id);
        if (lists[i].multiple) { nameParts(lists[i], box, label); }
      }
    }
  }

  /* Of a box for several: where one types, and only list items in the list (each item has its own cross). */
  function nameParts(list, box, label) {
    var field = box.querySelector(".select2-search__field");
    function takeCross() {
      var cross = box.querySelector(".select2-selection__clear");
      if (cross) { cross.parentNode.removeChild(cross); }
    }
    if (field) { field.setAttribute("aria-labelledby", label.id); }
    window.django.jQuery(list).on("change", takeCross);
    takeCross();
  }

  /* A link of the list of mistakes leads into its field, also into one of several boxes or the box for a long list. */
  function goTo(link) {
    var field = document.getElementById(link.getAttribute("href").slice(1));
    var box = field && field.parentNode.querySelector(".select2-selection");
    if (field && !box && !/^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName)) { field = field.querySelector("input"); }
    if (box || field) { (box || field).focus(); }
    return Boolean(box || field);
  }

  function focusFirstWrong() {
    var links = document.querySelectorAll(".errornote a[href^='#']");
    function go(event) { if (goTo(this)) { event.preventDefault(); } }
    for (var i = 0; i < links.length; i += 1) { links[i].addEventListener("click", go); }
    if (links.length) { goTo(links[0]); }
  }

  function closeOthers(event) {
    var open = document.querySelectorAll(".facet[open]");
    for (var i = 0; i < open.length; i += 1) {
      if (!open[i].contains(event.target)) { open[i].removeAttribute("open"); }
    }
  }

  if (window.django && window.django.jQuery) {  // its ready calls run in turn: the boxes are there before us
    window.django.jQuery(nameBoxes);
    document.addEventListener("formset:added", function () { window.django.jQuery(nameBoxes); });
  }
  if (window.django && window.django.jQuery) {
    window.django.jQuery(focusFirstWrong);
  } else {
    focusFirstWrong();
  }
  document.addEventListener("click", closeOthers);
}());
