// CKEditor sends uploads by itself; this gives them the page's CSRF token.

window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  editor.config.fileTools_requestHeaders = { "X-CSRFToken": token };
});
