
"use strict";
var live = document.getElementById("live");
if (live) {
  live.hidden = false;
  setInterval(function () {
    var reading = document.hidden || location.hash === "#fermo" || String(getSelection()) !== "";
    if (!reading) { location.reload(); }
  }, 30000);
}
