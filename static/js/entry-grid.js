// The entry grid of figures: arrows and Enter walk along a column, a block copied from a sheet
// fills the cells below and beside. Without this script every cell is still a box to type in.

const grid = document.querySelector("[data-entry-grid]");
const status = document.querySelector("[data-entry-status]");

const rows = () =>
  [...grid.rows].map((row) => [...row.querySelectorAll("[data-cell]")]).filter((row) => row.length);

function placeOf(cell) {
  const all = rows();
  const down = all.findIndex((row) => row.includes(cell));
  return { all, down, across: all[down].indexOf(cell) };
}

function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!step || !isPlain || !event.target.matches("[data-cell]")) return;
  event.preventDefault(); // Enter would send the form
  const { all, down, across } = placeOf(event.target);
  const next = all[down + step]?.[across];
  next?.focus();
  next?.select();
}

// Returns the cells of what a sheet puts on the clipboard: tabs between cells, quotes around
// those that hold line breaks.
function cellsIn(text) {
  const found = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy;
  const whole = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let match; pattern.lastIndex <= whole.length && (match = pattern.exec(whole)); ) {
    const value = match[1]?.replaceAll('""', '"') ?? match[2];
    found.at(-1).push(value.replace(/\s+/g, " ").trim());
    if (match[3] === "\n") found.push([]);
    if (match[3] === "") break;
  }
  return found;
}

function fill(cell, value) {
  if (!value || cell.value === value) return false;
  cell.value = value;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function paste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!event.target.matches("[data-cell]") || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const block = cellsIn(text);
  const { all, down, across } = placeOf(event.target);
  let [filled, homeless] = [0, 0];
  block.forEach((line, y) => {
    line.forEach((value, x) => {
      const cell = all[down + y]?.[across + x];
      if (cell) filled += fill(cell, value);
      else if (value) homeless += 1;
    });
  });
  status.textContent =
    `Đã điền ${filled} ô. Hãy đối chiếu tên chỉ tiêu với tệp trước khi lưu.` +
    (homeless ? ` ${homeless} ô không có chỗ trong bảng nên bị bỏ qua.` : "");
}

if (grid) {
  grid.addEventListener("keydown", walk);
  grid.addEventListener("paste", paste);
}
