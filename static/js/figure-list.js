// Hands the figure chosen in this window to the editor that opened it.

const callback = Number(new URLSearchParams(location.search).get("CKEditorFuncNum"));

for (const choice of document.querySelectorAll("[data-figure]")) {
  choice.addEventListener("click", () => {
    const { figure, words } = choice.dataset;
    window.opener.CKEDITOR.tools.callFunction(callback, figure, words);
    window.close();
  });
}
