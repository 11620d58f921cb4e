// What the admin's autocompletes lack: a word that is no choice is not thrown away in silence,
// and closing the list takes neither the page nor the click that closed it away.

const $ = window.django?.jQuery;

const boxOf = (select) => $(select).data("select2")?.$container[0];
const searchOf = (select) =>
  $(select).data("select2")?.dropdown.$search?.[0] ??
  boxOf(select)?.querySelector(".select2-search__field");

function nothing(select) {
  const word = searchOf(select)?.value.trim();
  if (!word) return "Chưa có gì để chọn.";
  const isAddable = select.closest(".related-widget-wrapper")?.querySelector(".add-related");
  return `Không có “${word}”.${isAddable ? " Muốn thêm, bấm dấu + bên cạnh ô." : ""}`;
}

function say(select, words) {
  let note = select.parentElement.querySelector("[data-not-chosen]");
  if (!note) {
    note = document.createElement("p");
    note.className = "not-chosen";
    note.dataset.notChosen = "";
    note.role = "status";
    select.parentElement.append(note);
  }
  note.hidden = !words;
  note.textContent = words;
}

// A line put in while the mouse is held down moves what it is held on. And a choice closes the
// list before it is told.
let isHeld = false;
const later = (act) =>
  isHeld ? addEventListener("click", () => setTimeout(act), { once: true }) : setTimeout(act);

function mend(select) {
  const { options } = $(select).data("select2");
  const translations = options.get("translations");
  translations.dict = { ...translations.all(), noResults: () => nothing(select) };
  // Select2 puts the focus back when its list closes: the page would jump there, under a click.
  for (const target of boxOf(select).querySelectorAll(".select2-search__field, .select2-selection")) {
    target.focus = (how) => HTMLElement.prototype.focus.call(target, { ...how, preventScroll: true });
  }
  let left = "";
  $(select)
    .on("select2:open", () => say(select, ""))
    .on("select2:closing", () => { left = searchOf(select)?.value.trim() ?? ""; })
    .on("select2:select", () => { left = ""; })
    .on("select2:close", () => later(() => {
      if (left) say(select, `Chưa thêm “${left}”: hãy chọn trong danh sách.`);
      left = "";
    }));
}

function mendAll() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    if (select.dataset.mended || !$(select).data("select2")) continue;
    select.dataset.mended = "";
    mend(select);
  }
}

// They are made in a task of their own once the page is ready; rows come later.
if ($) {
  addEventListener("pointerdown", () => { isHeld = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { isHeld = false; }, true);
  for (const event of ["load", "formset:added"]) addEventListener(event, () => setTimeout(mendAll));
}
