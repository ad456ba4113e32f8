/* What makes pages quicker with JavaScript. Every page works without it. */
"use strict";

// A page with errors starts at the summary of them.
const summary = document.querySelector(".error-summary, [data-focus]");
if (summary) summary.focus();

// A double click sends once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
});
// Coming back with the back button, the form can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// A greyed button says why; it does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest("[aria-disabled='true']")) event.preventDefault();
});

// One menu open at a time; Escape and a click elsewhere close it.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The saved state follows an autosaving form (form[data-autosave] with htmx attributes).
// A page with several has a state in each.
const sayState = (state, target) => {
  const place = autosaves(target).querySelector("[data-unsaved]") || document.getElementById("saved-state");
  if (!place) return;
  place.dataset.now = state;
  place.textContent = place.dataset[state];
};
const autosaves = (target) => target instanceof Element && target.closest("form[data-autosave]");
document.addEventListener("input", (event) => {
  if (autosaves(event.target)) sayState("unsaved", event.target);
});
document.addEventListener("htmx:before:request", (event) => {
  if (autosaves(event.target)) sayState("saving", event.target);
});
document.addEventListener("htmx:error", (event) => {
  if (autosaves(event.target)) sayState("unsaved", event.target);
});

// The checklist fills while one types.
const tick = () => {
  for (const list of document.querySelectorAll("[data-checklist]")) {
    for (const row of list.querySelectorAll("[data-field]")) {
      const input = document.getElementById(row.dataset.field);
      if (!input) continue;
      const done = input.value.trim().length >= Number(row.dataset.minimum);
      const word = row.querySelector("[data-word]");
      row.dataset.done = done ? "yes" : "no";
      if (word) word.textContent = done ? word.dataset.yes : word.dataset.no;
    }
    list.querySelector("[data-checklist-done]").textContent = list.querySelectorAll("[data-done='yes']").length;
  }
};
document.addEventListener("input", tick);

// table[data-sums]: inputs add up to [data-row-total] in their row and [data-column-total] under their column.
const amount = (text) => Number(text.replace(/[^\d,.\-]/g, "").replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")) || 0;
const kroner = (n) => `${Math.round(n).toLocaleString("nb-NO")}\u00a0kr`;
const add = (table) => {
  const columns = new Map();
  for (const row of table.tBodies[0].rows) {
    let sum = 0;
    for (const input of row.querySelectorAll("input[inputmode='decimal']")) {
      const column = input.closest("td").cellIndex;
      sum += amount(input.value);
      columns.set(column, (columns.get(column) || 0) + amount(input.value));
    }
    const total = row.querySelector("[data-row-total]");
    if (total) total.textContent = kroner(sum);
  }
  let whole = 0;
  for (const value of columns.values()) whole += value;
  for (const cell of table.querySelectorAll("[data-column-total]")) cell.textContent = kroner(columns.get(cell.cellIndex) || 0);
  const all = table.querySelector("[data-grand-total]");
  if (all) all.textContent = kroner(whole);
};
document.addEventListener("input", (event) => {
  const table = event.target.closest("table[data-sums]");
  if (table) add(table);
});
