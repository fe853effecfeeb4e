/*
 * Keeps what a resident has typed on their own device until it has been received.
 * Only fields marked data-draft are kept, so never a name or a phone number. ES5 for old phones;
 * without scripts or storage the form works just the same.
 */
(function () {
  "use strict";
  var KEY = "liaison-draft";
  var DAYS = 3;
  var store;

  try {
    store = window.localStorage;
    store.getItem(KEY);
  } catch (refused) {
    return;
  }
  if (!store) { return; }

  function forget() {
    try { store.removeItem(KEY); } catch (ignored) { return; }
  }

  function read() {
    var kept;
    try {
      kept = JSON.parse(store.getItem(KEY) || "null");
    } catch (broken) {
      return null;
    }
    if (!kept || !kept.texts || !(new Date().getTime() - kept.at < DAYS * 86400000)) { return null; }
    return kept.texts;
  }

  function write(fields) {
    var texts = {};
    var filled = false;
    for (var i = 0; i < fields.length; i += 1) {
      texts[fields[i].name] = fields[i].value;
      filled = filled || fields[i].value !== "";
    }
    if (!filled) { return forget(); }
    try {
      store.setItem(KEY, JSON.stringify({ at: new Date().getTime(), texts: texts }));
    } catch (full) {
      forget();
    }
  }

  function restore(fields, texts) {
    var restored = false;
    for (var i = 0; i < fields.length; i += 1) {
      var text = texts[fields[i].name];
      if (typeof text === "string" && text !== "" && fields[i].value === "") {
        fields[i].value = text;
        restored = true;
      }
    }
    return restored;
  }

  function offerToClear(note, fields) {
    note.hidden = false;
    note.querySelector("button").addEventListener("click", function () {
      for (var i = 0; i < fields.length; i += 1) { fields[i].value = ""; }
      forget();
      note.hidden = true;
      fields[0].focus();
    });
  }

  if (document.getElementById("receipt-number")) { return forget(); }

  var form = document.querySelector("form[data-draft-form]");
  if (!form) { return; }
  var fields = form.querySelectorAll("[data-draft]");
  var note = document.getElementById("draft-note");
  var texts = read();
  var timer;

  if (texts && restore(fields, texts) && note) { offerToClear(note, fields); }
  form.addEventListener("input", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { write(fields); }, 400);
  });
  form.addEventListener("submit", function () { write(fields); });
  window.addEventListener("pagehide", function () { write(fields); });
}());
