// The keyboard at the counter; every page works without it.
"use strict";

const isTyping = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(element.tagName) ||
    (element.tagName === "INPUT" && !["checkbox", "radio"].includes(element.type)));

/** How long after `g` its letter may come, in milliseconds. */
const chordTime = 1500;
let chordStarted = -chordTime;

const rowOf = (element) => element?.closest?.("[data-rows] > tbody > tr[tabindex]");

function move(row, step) {
  const rows = [...row.closest("[data-rows]").querySelectorAll("tbody > tr[tabindex]")];
  rows[rows.indexOf(row) + step]?.focus();
}

/** What a key does; false where it does nothing and the browser goes on as usual. */
function handled(event) {
  const row = rowOf(event.target);
  const entry = event.timeStamp - chordStarted < chordTime
    && document.querySelector(`nav.side a[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  chordStarted = -chordTime;
  if (entry) return entry.click(), true;
  switch (event.key) {
    case "/": {
      const field = document.getElementById("look-up");
      return field ? (field.select(), field.focus(), true) : false;
    }
    case "g":
      chordStarted = event.timeStamp;
      return true;
    case "?":
      return openKeys();
    case "ArrowDown":
      if (row) return move(row, 1), true;
      const first = document.activeElement === document.body
        && document.querySelector("[data-rows] > tbody > tr[tabindex]");
      return first ? (first.focus(), true) : false;
    case "ArrowUp":
      return row ? (move(row, -1), true) : false;
    case "Enter": {
      const link = row === event.target && row.querySelector("a[href]");
      return link ? (link.click(), true) : false;
    }
    case " ": {
      const box = row === event.target && row.querySelector("input[type=checkbox]");
      return box ? (box.click(), true) : false;
    }
    default:
      return false;
  }
}

function openKeys() {
  document.getElementById("keys").showModal();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
  if (handled(event)) event.preventDefault();
});

for (const row of document.querySelectorAll("[data-rows] > tbody > tr")) {
  if (row.querySelector("a[href], input[type=checkbox]")) row.tabIndex = -1;
}
const firstRow = document.querySelector("[data-rows] > tbody > tr[tabindex]");
if (firstRow) firstRow.tabIndex = 0;

for (const opener of document.querySelectorAll("[data-opens=keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", openKeys);
}

for (const all of document.querySelectorAll("[data-all]")) {
  const form = all.closest("form");
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const chosen = form.querySelector("[data-chosen]");
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    if (chosen) chosen.textContent = count > 0 ? `(${count})` : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  // Who ticks some means those, not all.
  const some = form.querySelector("input[name=scope][value=chosen]");
  form.addEventListener("change", (event) => {
    if (some && event.target.closest("table")) some.checked = true;
  });
  show();
}
