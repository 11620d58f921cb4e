// Tables whose headings put the rows in order. Without this file a table stands in the order
// of its groups; it comes back to it, and keeps no choice.

const letters = new Intl.Collator("vi", { numeric: true });
const KINDS = {
  text: { ascending: "từ A đến Z", descending: "từ Z đến A", first: "ascending" },
  number: { ascending: "từ thấp đến cao", descending: "từ cao xuống thấp", first: "descending" },
  rank: { ascending: "vượt và đạt trước", descending: "không đạt trước", first: "ascending" },
};

const other = { ascending: "descending", descending: "ascending" };

function valueOf(row, { place, kind }) {
  const cell = row.cells[place];
  if (kind === "text") return (cell.querySelector("a") ?? cell).textContent.trim();
  return cell.dataset.value ? Number(cell.dataset.value) : null;
}

// What is missing comes last in either direction; equal rows stay in the order of the groups.
function inOrder(rows, column, direction) {
  const sign = direction === "ascending" ? 1 : -1;
  const compare = column.kind === "text" ? letters.compare : (one, two) => one - two;
  const known = rows.map((row) => [valueOf(row, column), row]);
  const missing = known.filter(([value]) => value === null);
  const present = known.filter(([value]) => value !== null);
  present.sort(([one], [two]) => sign * compare(one, two));
  return [...present, ...missing].map(([, row]) => row);
}

function makeSortable(table) {
  const bodies = [...table.tBodies];
  const groups = bodies.map((body) => [...body.rows]);
  const rows = groups.flat().filter((row) => row.cells.length > 1);
  const sorted = document.createElement("tbody");
  const tools = table.parentElement.querySelector("[data-sort-tools]");
  const status = document.createElement("p");
  const choice = document.createElement("select");
  const back = document.createElement("button");
  const columns = [];

  // The heading stays where it is: a button that was pressed keeps the focus.
  function setBodies(...next) {
    for (const body of [...table.tBodies]) body.remove();
    table.append(...next);
  }

  function show(column, direction) {
    for (const each of columns) each.heading.removeAttribute("aria-sort");
    for (const [place, body] of bodies.entries()) body.replaceChildren(...groups[place]);
    if (column) {
      sorted.replaceChildren(...inOrder(rows, column, direction));
      setBodies(sorted);
      column.heading.setAttribute("aria-sort", direction);
    } else {
      setBodies(...bodies);
    }
    const words = column && `${column.name}, ${KINDS[column.kind][direction]}`;
    status.textContent = words ? `Đang xếp theo ${words}.` : "Bấm vào tên cột để xếp thứ tự.";
    choice.value = column ? `${columns.indexOf(column)} ${direction}` : "";
    back.hidden = !column;
  }

  function turn(column) {
    const { first } = KINDS[column.kind];
    const now = column.heading.getAttribute("aria-sort");
    if (now === other[first]) show(null);
    else show(column, now ? other[first] : first);
  }

  for (const heading of table.tHead.querySelectorAll("[data-sort]")) {
    const name = heading.textContent.trim().replace(/\s+/g, " ");
    const column = { heading, name, place: heading.cellIndex, kind: heading.dataset.sort };
    const button = document.createElement("button");
    const plain = document.createElement("span");
    button.type = "button";
    const words = document.createElement("span");
    words.append(...[...heading.childNodes].map((node) => node.cloneNode(true)));
    button.append(words);
    button.addEventListener("click", () => turn(column));
    plain.dataset.plain = "";
    plain.append(...heading.childNodes);
    heading.append(plain, button);
    columns.push(column);
    const { first } = KINDS[column.kind];
    for (const direction of [first, other[first]]) {
      const order = `${name}, ${KINDS[column.kind][direction]}`;
      choice.add(new Option(order, `${columns.length - 1} ${direction}`));
    }
  }

  choice.add(new Option("Theo nhóm chỉ tiêu", ""), 0);
  choice.className = "field__input";
  choice.setAttribute("aria-label", "Xếp thứ tự");
  choice.addEventListener("change", () => {
    const [place, direction] = choice.value.split(" ");
    show(columns[place], direction);
  });
  status.setAttribute("role", "status");
  back.type = "button";
  back.className = "button button--plain";
  back.textContent = "Trở lại thứ tự theo nhóm";
  back.addEventListener("click", () => {
    show(null);
    columns[0].heading.querySelector("button").focus();
  });
  tools.append(choice, status, back);
  show(null);
}

for (const table of document.querySelectorAll("[data-sortable]")) makeSortable(table);
