// What is typed into a form of the admin, as text: its fields, the editor's text, the inline
// rows added to it. Files and passwords are left out, and what the server put there itself.

const LEFT_OUT = new Set(["file", "password", "submit", "button", "reset", "hidden", "image"]);
const TOTAL = /^(.+)-TOTAL_FORMS$/;
const ROW = /^(.+-\d+)-[^-]+$/;

const editors = () => Object.values(window.CKEDITOR?.instances ?? {});

// Resolves when nothing changes the form any more but a person.
export async function ready() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  const waiting = editors().filter((editor) => editor.status !== "ready");
  await Promise.all(
    waiting.map((editor) => new Promise((resolve) => editor.on("instanceReady", resolve))),
  );
}

export function onEdit(form, act) {
  // A click and the focus as well: a calendar fills in its field without a word.
  for (const event of ["input", "change", "click", "focusin", "formset:added", "formset:removed"]) {
    form.addEventListener(event, act);
  }
  window.django?.jQuery(form).on("change", act); // autocompletes tell nobody else
  for (const editor of editors()) editor.on("change", act);
}

const isKept = (field) =>
  field.name && !LEFT_OUT.has(field.type) && !field.name.includes("__prefix__");

const keyOf = (field) =>
  ["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name;

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.options) return [...field.selectedOptions].map(({ value, text }) => [value, text]);
  return field.value;
}

export function read(form) {
  for (const editor of editors()) editor.updateElement();
  const state = { totals: {}, rows: {}, fields: {} };
  for (const field of form.elements) {
    const total = TOTAL.exec(field.name ?? "");
    if (total) state.totals[total[1]] = Number(field.value);
    else if (isKept(field)) state.fields[keyOf(field)] = valueOf(field);
    else if (field.type === "hidden" && /-\d+-id$/.test(field.name)) {
      state.rows[field.name.slice(0, -3)] = field.value;
    }
  }
  return state;
}

export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function addRows(form, totals) {
  for (const [prefix, wanted] of Object.entries(totals)) {
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const add = document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
    for (let missing = wanted - Number(total?.value ?? wanted); add && missing > 0; missing -= 1) {
      add.click();
    }
  }
}

function select(field, chosen) {
  for (const [value, text] of chosen) {
    if (![...field.options].some((option) => option.value === value)) {
      field.add(new Option(text, value)); // an autocomplete knows only what was chosen before
    }
  }
  const values = new Set(chosen.map(([value]) => value));
  for (const option of field.options) option.selected = values.has(option.value);
}

// Puts a state back; a row that stands for another object now is left as it is.
export function fill(form, state) {
  addRows(form, state.totals);
  const rows = read(form).rows;
  for (const field of form.elements) {
    const value = state.fields[isKept(field) ? keyOf(field) : ""];
    const row = ROW.exec(field.name)?.[1];
    if (value === undefined || (row && rows[row] !== state.rows[row])) continue;
    if (field.options) select(field, value);
    else if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    window.CKEDITOR?.instances[field.id]?.setData(value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
