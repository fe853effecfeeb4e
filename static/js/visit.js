/*
 * Visit page: for who types and does not click, and for who is called away. "All present" ticks everybody, so that one
 * can be taken out; the roll is gone through with the arrows, or with the number before a name; Enter goes on to the
 * next field and Ctrl+Enter saves; what is typed is kept on the server every few seconds. ES5; without it the page
 * works, only with more keys.
 */
(function () {
  "use strict";
  var script = document.currentScript;
  var form = document.getElementById("visit_form");
  if (!form) { return; }

  /* The roll */

  var all = document.getElementById("id_all_present");
  var list = document.querySelector(".roll");
  var rows = list ? list.querySelectorAll(".called") : [];
  var others = list ? list.querySelectorAll(".others .called") : []; /* the last of the rows; not expected, no leave */
  var expected = rows.length - others.length;
  var count = document.querySelector(".count");

  function box(row, name) { return row.querySelector("input[name=" + name + "]"); }

  function ticked(some, name, number) {
    var found = 0;
    for (var i = 0; i < number; i += 1) { found += box(some[i], name).checked ? 1 : 0; }
    return found;
  }

  function show() {
    var there = ticked(rows, "present", expected);
    var more = ticked(others, "present", others.length);
    all.checked = expected > 0 && there === expected;
    count.textContent = count.getAttribute("data-words")
      .replace("{all}", expected).replace("{present}", there).replace("{leave}", ticked(rows, "leave", expected));
    if (more) { count.textContent += " " + count.getAttribute("data-others").replace("{others}", more); }
  }

  function setAll() {
    for (var i = 0; i < expected; i += 1) {
      box(rows[i], "present").checked = all.checked;
      if (all.checked) { box(rows[i], "leave").checked = false; }
    }
    show();
  }

  /* Ticked as there or as on leave, not both. */
  function tick(event) {
    var beside = box(event.target.parentNode.parentNode, event.target.name === "leave" ? "present" : "leave");
    if (event.target.checked && beside) { beside.checked = false; }
    show();
  }

  /* There, on leave, absent, and there again. */
  function turn(row) {
    var present = box(row, "present");
    var leave = box(row, "leave");
    var wasThere = present.checked;
    present.checked = !wasThere && !(leave && leave.checked);
    if (leave) { leave.checked = wasThere; }
    present.focus();
    show();
    keepSoon();
  }

  function stepIn(target, key) {
    var isUpright = key === "ArrowDown" || key === "ArrowUp";
    var line = isUpright ? rows : list.querySelectorAll("input");
    var place = Array.prototype.indexOf.call(line, isUpright ? target.parentNode.parentNode : target);
    var next = line[place + (key === "ArrowDown" || key === "ArrowRight" ? 1 : -1)];
    if (next && isUpright) { next = box(next, target.name) || box(next, "present"); }
    if (next) { enter(next); next.focus(); }
  }

  /* One stop for the whole roll: Tab goes past it. */
  function enter(target) {
    var boxes = list.querySelectorAll("input");
    for (var i = 0; i < boxes.length; i += 1) { boxes[i].tabIndex = boxes[i] === target ? 0 : -1; }
  }

  function keyInRoll(event) {
    var number = event.key >= "1" && event.key <= "9" ? Number(event.key) : 0;
    if (/^Arrow/.test(event.key) && list.contains(event.target)) {
      event.preventDefault();
      stepIn(event.target, event.key);
    } else if (number && number <= rows.length && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      enter(box(rows[number - 1], "present"));
      turn(rows[number - 1]);
    }
  }

  if (all && list && rows.length) {
    all.addEventListener("change", setAll);
    list.addEventListener("change", tick);
    list.addEventListener("keydown", keyInRoll);
    all.addEventListener("keydown", keyInRoll);
    list.addEventListener("focusin", function (event) { if (event.target.name) { enter(event.target); } });
    enter(box(rows[0], "present"));
    if (all.checked) { setAll(); } else { show(); }
  }

  /* Enter and Ctrl+Enter */

  function reachable(field) {
    return !field.disabled && field.tabIndex >= 0 && field.offsetParent !== null && /^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName);
  }

  function goOn(from) {
    var fields = form.elements;
    var place = Array.prototype.indexOf.call(fields, from);
    for (var i = place + 1; i < fields.length; i += 1) {
      if (reachable(fields[i])) { return fields[i].focus(); }
    }
  }

  function key(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) { return; }
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.querySelector("[name=_save]").click();
    } else if (event.target.tagName === "INPUT" && event.target.type !== "submit") {
      event.preventDefault();
      goOn(event.target);
    }
  }

  form.addEventListener("keydown", key);
  var keys = document.querySelectorAll(".keys");
  for (var k = 0; k < keys.length; k += 1) { keys[k].hidden = false; }

  /* Where to begin: at the first field that is not filled in already */

  var first = document.getElementById(script.getAttribute("data-begins"));
  if (script.getAttribute("data-add") && first && !document.querySelector(".errornote")) { first.focus(); }

  /* How lines are understood */

  var readers = {
    guests: function (line) { return line.split(/[\s,，、;；]+/); },
    commitments: function (line) { return line.split(/\s+/); },
    opinions: function (line) { return line.split(/[:：](.*)/).slice(0, 2); }
  };

  function preview(area, read) {
    var shown = document.createElement("ol");
    shown.className = "understood";
    var lacking = area.getAttribute("data-lacking");
    area.parentNode.appendChild(shown);
    function again() {
      var lines = area.value.split("\n").filter(function (line) { return line.trim(); });
      shown.textContent = "";
      shown.hidden = lines.length === 0;
      for (var i = 0; i < lines.length; i += 1) {
        var item = document.createElement("li");
        var parts = read(lines[i].trim());
        item.textContent = parts.join(" | ");
        if (lacking && (parts.length < 2 || !parts[1].trim())) {
          item.className = "lacking";
          item.textContent += " — " + lacking;
        }
        shown.appendChild(item);
      }
    }
    area.addEventListener("input", again);
    again();
  }

  for (var name in readers) {
    if (document.getElementById(name + "-lines")) { preview(document.getElementById(name + "-lines"), readers[name]); }
  }

  /* What is typed is kept */

  var SOON = 2000;
  var state = document.getElementById("draft-state");
  var out = document.getElementById("signed-out");
  var timer = 0;
  var before = "";
  var isSent = false;
  var request = null;
  var opening = String(new Date().getTime()) + String(Math.random()).slice(2, 10);
  var sends = 0;

  /* Numbered, because an earlier one may arrive later. */
  function numbered() {
    sends += 1;
    return opening + "-" + sends;
  }

  function typed() {
    var parts = [];
    for (var i = 0; i < form.elements.length; i += 1) {
      var field = form.elements[i];
      var counts = field.name && field.type !== "submit" && field.type !== "file" && field.name !== "csrfmiddlewaretoken";
      if (counts && (!/^(checkbox|radio)$/.test(field.type) || field.checked)) {
        parts.push(encodeURIComponent(field.name) + "=" + encodeURIComponent(field.value));
      }
    }
    return parts.join("&");
  }

  function told(answer) {
    state.textContent = state.getAttribute(answer.kept ? "data-kept" : "data-failed").replace("{at}", answer.at || "");
    out.hidden = answer.signed_in;
    if (!answer.signed_in && answer.draft) {
      var back = window.location.pathname + "?" + withDraft(answer.draft);
      var link = out.querySelector("a");
      link.href = link.pathname + "?ended=1&next=" + encodeURIComponent(back);
    }
  }

  function withDraft(draft) {
    var asked = window.location.search.slice(1).split("&").filter(function (part) { return part && !/^(draft|copy)=/.test(part); });
    return asked.concat("draft=" + draft).join("&");
  }

  function keep() {
    var now = typed();
    window.clearTimeout(timer);
    timer = 0;
    if (isSent || now === before) { return; }
    request = new XMLHttpRequest();
    request.open("POST", state.getAttribute("data-url"));
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = function () {
      var answer = { kept: false, signed_in: true };
      try { answer = JSON.parse(request.responseText); } catch (broken) { answer.kept = false; }
      if (answer.kept) { before = now; }
      told(answer);
    };
    request.onerror = function () { told({ kept: false, signed_in: true }); };
    request.send(now + "&_turn=" + numbered());
  }

  function keepSoon() {
    if (!timer) { timer = window.setTimeout(keep, SOON); }
  }

  function keepLast() {
    var now = typed();
    if (isSent || now === before || !navigator.sendBeacon) { return; }
    navigator.sendBeacon(state.getAttribute("data-url"), new Blob([now + "&_turn=" + numbered()], { type: "application/x-www-form-urlencoded" }));
  }

  if (state) {
    var number = document.createElement("input");
    number.type = "hidden";
    number.name = "_turn";
    before = typed();
    form.addEventListener("input", keepSoon);
    form.addEventListener("change", keepSoon);
    form.addEventListener("submit", function () {
      isSent = true;
      window.clearTimeout(timer);
      number.value = numbered();
      form.appendChild(number);
      if (request) { request.abort(); }
    });
    window.addEventListener("pagehide", keepLast);
  }
}());
