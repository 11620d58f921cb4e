// Names what Django's admin leaves without a name for people who hear the page, or names in
// English: the boxes of its autocompletes, the two halves of a moment, the fields of inline
// rows, the signs of its lists.

const SIGNS = { Search: "Tìm kiếm", True: "Có", False: "Không", None: "Chưa rõ" };

const labelOf = (id) => document.querySelector(`label[for="${id}"]`);
const words = (element) => element?.textContent.replace(/:\s*$/, "").trim() ?? "";

function headingOf(field) {
  const cell = field.closest(".tabular td");
  return cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
}

function nameAutocomplete(select) {
  const label = labelOf(select.id) ?? headingOf(select);
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  const shown = box?.querySelector(".select2-selection__rendered");
  if (!label || !shown) return;
  label.id ||= `${select.id}_label`;
  shown.setAttribute("aria-labelledby", label.id);
  box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
}

function nameMoment(input, half) {
  if (input.labels.length) return;
  const label = labelOf(input.id.replace(/_1$/, "_0"));
  const whole = input.closest(".flex-container")?.querySelector("legend, label");
  const name = `${words(label ?? whole ?? headingOf(input))}, ${half}`;
  input.setAttribute("aria-label", name);
  for (const link of input.parentElement.querySelectorAll(`.datetimeshortcuts a`)) {
    if (belongsTo(link, input)) nameShortcut(link, name);
  }
}

// The shortcuts of a box follow it, before the next box.
function belongsTo(link, input) {
  return link.closest(".datetimeshortcuts").previousElementSibling === input;
}

function nameShortcut(link, name) {
  const shown = link.textContent.trim() || link.querySelector("[title]")?.title;
  link.setAttribute("aria-label", `${shown}: ${name}`);
}

function nameCell(field) {
  if (field.labels?.length || field.type === "hidden") return;
  field.setAttribute("aria-label", words(headingOf(field)));
}

function each(selector, name) {
  for (const element of document.querySelectorAll(selector)) name(element);
}

function nameAll() {
  each("select.admin-autocomplete", nameAutocomplete);
  each(".vDateField", (input) => nameMoment(input, "ngày"));
  each(".vTimeField", (input) => nameMoment(input, "giờ"));
  each(":is(#changelist, .readonly) img", (sign) => {
    sign.alt = SIGNS[sign.alt] ?? sign.alt;
  });
  each(".tabular td :is(input, textarea, select:not(.admin-autocomplete))", nameCell);
  each("th.original:empty", (heading) => {
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = "Mục";
    heading.append(name);
  });
}

// Autocompletes are made in a task of their own once the page is ready; rows come later.
for (const event of ["load", "formset:added"]) addEventListener(event, () => setTimeout(nameAll));
