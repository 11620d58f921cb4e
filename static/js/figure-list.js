// Hands the figure chosen in this window to the editor that opened it.

const callback = Number(new URLSearchParams(location.search).get("CKEditorFuncNum"));

for (const choice of document.querySelectorAll("[data-figure]")) {
  choice.addEventListener("click", () => {
    const { figure, words } = choice.dataset;
    const editor = window.opener?.CKEDITOR; // none once the text was closed or left
    if (!editor) return explain();
    editor.tools.callFunction(callback, figure, words);
    window.close();
  });
}

function explain() {
  const notice = document.querySelector("[data-no-editor]");
  notice.hidden = false;
  notice.firstElementChild.focus(); // brings it into view and has it read out
}
