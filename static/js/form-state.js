// What is typed into a form of the admin, as text: its fields, the editor's text, the inline
// rows added to it. Files and passwords are left out, and what the server put there itself.

const LEFT_OUT = new Set(["file", "password", "submit", "button", "reset", "hidden", "image"]);
const ROW = /^(.+-\d+)-[^-]+$/;
const PATIENCE = 10_000; // milliseconds

const editors = () => Object.values(window.CKEDITOR?.instances ?? {});
const isReady = (editor) => editor.status === "ready";

async function settled() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  const waiting = editors().filter((editor) => !isReady(editor));
  await Promise.all(
    waiting.map((editor) => new Promise((resolve) => editor.on("instanceReady", resolve))),
  );
}

// Resolves when nothing changes the form any more but a person, or when that takes too long: on
// a poor network the editor comes late or never, and its text is typed as plain markup.
export const ready = () =>
  Promise.race([settled(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

export function onEdit(form, act) {
  // A click and the focus as well: a calendar fills in its field without a word.
  for (const event of ["input", "change", "click", "focusin", "formset:added", "formset:removed"]) {
    form.addEventListener(event, act);
  }
  window.django?.jQuery(form).on("change", act); // autocompletes tell nobody else
  window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.on("change", act));
}

const isKept = (field) =>
  field.name && !LEFT_OUT.has(field.type) && !field.name.includes("__prefix__");

export const keyOf = (field) =>
  ["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name;

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.options) return [...field.selectedOptions].map(({ value, text }) => [value, text]);
  return field.value;
}

// What the server sent as the value, whatever was typed or put back by the browser since.
function servedValueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  const chosen = [...field.options].filter((option) => option.defaultSelected);
  if (!chosen.length && !field.multiple) chosen.push(...[...field.options].slice(0, 1));
  return chosen.map(({ value, text }) => [value, text]);
}

function stateOf(form, valueIn) {
  const state = { rows: {}, fields: {} };
  for (const field of form.elements) {
    if (isKept(field)) state.fields[keyOf(field)] = valueIn(field);
    else if (field.type === "hidden" && /-\d+-id$/.test(field.name)) {
      state.rows[field.name.slice(0, -3)] = field.value;
    }
  }
  return state;
}

export function read(form) {
  for (const editor of editors().filter(isReady)) editor.updateElement();
  return stateOf(form, valueOf);
}

// Returns what the server sent, asked before any editor is there. An editor writes the same text
// in its own way, which is no edit: the state follows it, unless something was typed before.
export function served(form) {
  const state = stateOf(form, servedValueOf);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    const field = editor.element.$;
    const isTheirs = field.name in state.fields && field.value === field.defaultValue;
    if (isTheirs) state.fields[field.name] = editor.getData();
  });
  return state;
}

export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const groupOf = (row) => row.slice(0, row.lastIndexOf("-"));

// Returns a new row of a group that is not taken yet, adding one if need be.
function newRow(form, group, taken) {
  const isFree = ([row, id]) => !id && groupOf(row) === group && !taken.has(row);
  const find = () => Object.entries(read(form).rows).find(isFree)?.[0];
  const found = find();
  if (found) return found;
  document.querySelector(`#${CSS.escape(group)}-group .add-row a`)?.click();
  return find();
}

// Returns which row of a state belongs into which row of the form: that of the same object,
// wherever it stands by now. A row that was new, or whose object is gone, is a new one.
function originsOf(form, state) {
  const origins = new Map();
  const present = Object.entries(read(form).rows);
  for (const [row, id] of Object.entries(state.rows)) {
    const isIts = ([other, itsId]) => itsId === id && groupOf(other) === groupOf(row);
    const place = id && present.find(isIts)?.[0];
    if (place) origins.set(place, row);
    else if (!state.fields[`${row}-DELETE=on`]) origins.set(newRow(form, groupOf(row), origins), row);
  }
  return origins;
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

// Puts a state back; rows it knows nothing of are left as they are.
export function fill(form, state) {
  const origins = originsOf(form, state);
  const { rows } = read(form);
  for (const field of form.elements) {
    const row = ROW.exec(field.name)?.[1];
    const isInRow = row !== undefined && row in rows;
    if (!isKept(field) || (isInRow && !origins.has(row))) continue;
    const key = isInRow ? origins.get(row) + keyOf(field).slice(row.length) : keyOf(field);
    const value = state.fields[key];
    if (value === undefined) continue;
    if (field.options) select(field, value);
    else if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    window.CKEDITOR?.instances[field.id]?.setData(value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
