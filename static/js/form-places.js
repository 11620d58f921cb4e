// Brings whoever works at a form of the admin to one of its boxes, also to a part of the text
// inside the editor.

export function visibleControl(control) {
  // An autocomplete stands beside the select it replaces.
  const box = control?.nextElementSibling?.querySelector(".select2-selection");
  return box?.querySelector(".select2-search__field") ?? box ?? control;
}

function bring(element) {
  element.closest("details")?.setAttribute("open", "");
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

// What the editor adds for itself is not part of the text.
function partsOf(editor, selector) {
  return [...editor.editable().$.querySelectorAll(selector)].filter(
    (part) => !part.closest(".cke_reset, [data-cke-hidden-sel], [data-cke-bogus]"),
  );
}

function select(editor, part) {
  const element = new window.CKEDITOR.dom.element(part);
  const widget = editor.widgets?.getByElement(element);
  if (widget) widget.focus();
  else editor.getSelection().selectElement(element);
  part.scrollIntoView({ block: "center" });
}

function goIntoEditor(editor, part, number) {
  editor.container.$.scrollIntoView({ block: "center" });
  const arrive = () => {
    editor.focus();
    const wanted = part && partsOf(editor, part)[number];
    if (wanted) select(editor, wanted);
  };
  if (editor.mode === "wysiwyg") arrive();
  else editor.setMode("wysiwyg", arrive);
}

// Goes to a box of the form, or to the given part of the text in it; false if it is not there.
export function goTo(control, part = "", number = 0) {
  const editor = control && window.CKEDITOR?.instances[control.id];
  if (editor) goIntoEditor(editor, part, number);
  else if (control) bring(visibleControl(control));
  return Boolean(control);
}
