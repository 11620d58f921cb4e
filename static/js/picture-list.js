// Hands the picture chosen in this window, with its description, to the editor that opened it.

const callback = Number(new URLSearchParams(location.search).get("CKEditorFuncNum"));

for (const choice of document.querySelectorAll("[data-picture]")) {
  choice.addEventListener("click", () => {
    const editor = window.opener?.CKEDITOR; // none once the text was closed or left
    if (!editor) return;
    editor.tools.callFunction(callback, choice.dataset.picture, function () {
      const description = this.getDialog().getContentElement("info", "alt");
      if (choice.dataset.description) description?.setValue(choice.dataset.description);
    });
    window.close();
  });
}
