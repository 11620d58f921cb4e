// What the editor lacks: uploads carry the page's CSRF token, and the box for a picture's
// alternative text is called what every other form calls it.

window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  editor.config.fileTools_requestHeaders = { "X-CSRFToken": token };
});

window.CKEDITOR?.on("dialogDefinition", ({ data: { name, definition } }) => {
  if (name === "image2") definition.getContents("info").get("alt").label = "Mô tả ảnh";
});
