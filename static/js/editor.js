// CKEditor sends uploads by itself; this gives them the page's CSRF token.

const token = document.querySelector("[name=csrfmiddlewaretoken]");

if (window.CKEDITOR && token) {
  window.CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.config.fileTools_requestHeaders = { "X-CSRFToken": token.value };
  });
}
