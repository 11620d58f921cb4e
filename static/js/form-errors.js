// Above a form of the admin that was refused: its mistakes as links to where they stand. Without
// this script they stand beside their boxes alone.

import { goTo } from "./form-places.js";

const note = document.querySelector("#content-main form .errornote");
const words = (element) => element?.textContent.replace(/:\s*$/, "").trim() ?? "";
const CONTROLS = "input:not([type=hidden]), select, textarea";

// Returns what a list of mistakes is about and where it is put right; null of the whole form.
function placeOf(mistakes) {
  const cell = mistakes.closest("td");
  if (cell && !cell.querySelector(CONTROLS)) {
    const row = cell.parentElement.nextElementSibling; // the one these mistakes stand above
    return { name: "", control: row?.querySelector(CONTROLS) };
  }
  if (cell) {
    const table = cell.closest("table");
    const column = words(table.tHead?.rows[0].cells[cell.cellIndex]);
    return { name: column, control: cell.querySelector(CONTROLS) };
  }
  const row = mistakes.closest(".fieldBox, .form-row");
  if (!row) return null;
  return { name: words(row.querySelector("label, legend")), control: row.querySelector(CONTROLS) };
}

function line({ name, control }, mistake) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${control.id}`;
  link.textContent = name ? `${name}: ${mistake}` : mistake;
  link.addEventListener("click", (event) => {
    if (goTo(control)) event.preventDefault();
  });
  item.append(link);
  return item;
}

function summary() {
  const list = document.createElement("ul");
  list.className = "error-summary";
  for (const mistakes of note.form.querySelectorAll("ul.errorlist")) {
    const place = placeOf(mistakes);
    if (!place?.control) continue;
    // Where it is folded away, it is to be seen as soon as it is scrolled to.
    mistakes.closest("details")?.setAttribute("open", "");
    for (const mistake of mistakes.children) list.append(line(place, words(mistake)));
  }
  return list;
}

if (note) {
  note.form = note.closest("form");
  const list = summary();
  if (list.children.length) note.after(list);
  note.tabIndex = -1;
  note.focus();
  // Django's own script puts the focus into the first box, whenever before this it happens to load.
  addEventListener("load", () => note.focus(), { once: true });
}
