// The list of what to put right before publishing: its lines lead to their places, also
// inside the editor, and it can be made again of what is typed.

const list = document.querySelector("[data-checklist]");

function visibleControl(field) {
  const id = field.endsWith("_at") ? `id_${field}_0` : `id_${field}`;
  const control = document.getElementById(id);
  // An autocomplete stands beside the select it replaces.
  return control?.nextElementSibling?.querySelector(".select2-selection") ?? control;
}

function bring(element) {
  element.closest("details")?.setAttribute("open", "");
  element.scrollIntoView({ block: "center" });
  element.focus();
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

function goIntoEditor(editor, { part, number }) {
  editor.container.$.scrollIntoView({ block: "center" });
  const arrive = () => {
    editor.focus();
    const wanted = part && partsOf(editor, part)[number];
    if (wanted) select(editor, wanted);
  };
  if (editor.mode === "wysiwyg") arrive();
  else editor.setMode("wysiwyg", arrive);
}

function go(event) {
  const link = event.target.closest("[data-place]");
  if (!link) return;
  const { place } = link.dataset;
  const editor = window.CKEDITOR?.instances[`id_${place}`];
  const control = editor ? null : visibleControl(place);
  if (!editor && !control) return; // a row under the form: the link itself leads there
  event.preventDefault();
  if (editor) goIntoEditor(editor, link.dataset);
  else bring(control);
}

// Files are not read by the check and may be large.
function typed(form) {
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.updateElement();
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

async function checkAgain(button, said) {
  button.disabled = true;
  said.textContent = "Đang kiểm tra…";
  try {
    const answer = await fetch(list.dataset.checklist, {
      method: "POST",
      body: typed(button.form),
      redirect: "error", // to the page for signing in
    });
    if (!answer.ok) throw new Error(answer.status);
    list.querySelector("[data-findings]").innerHTML = await answer.text();
    const count = list.querySelectorAll("[data-place]").length;
    said.textContent = count ? `Có ${count} chỗ cần xem.` : "Không có gì phải sửa.";
  } catch {
    said.textContent =
      "Chưa kiểm tra được: mất kết nối hoặc phiên làm việc đã hết hạn. Nội dung đang sửa vẫn còn nguyên.";
  } finally {
    button.disabled = false;
  }
}

if (list) {
  const button = list.querySelector("[data-check-again]");
  button.hidden = false;
  button.addEventListener("click", () => checkAgain(button, list.querySelector("[data-checked]")));
  list.addEventListener("click", go);
}
