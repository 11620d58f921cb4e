// What the editor lacks: uploads carry the page's CSRF token, its words are ours, and the box
// for a picture's alternative text is called what every other form calls it.

import { WORDS } from "./editor-words.js";

function speak({ editor }) {
  for (const [path, words] of Object.entries(WORDS)) {
    const names = path.split(".");
    const last = names.pop();
    names.reduce((part, name) => part[name], editor.lang)[last] = words;
  }
}

const NO_PICTURE = "Chưa có ảnh: hãy bấm “Ảnh đã có” hoặc mở thẻ “Chọn ảnh từ máy”.";
const WITHOUT_DESCRIPTION =
  "Ảnh chưa được mô tả. Bài có ảnh chưa mô tả thì chưa duyệt được, trừ ảnh trang trí. Vẫn chèn ảnh?";

function mendPictures(definition) {
  const picture = definition.getContents("info").get("src");
  picture.validate = function isChosen() {
    return Boolean(this.getValue().trim()) || NO_PICTURE;
  };
  const description = definition.getContents("info").get("alt");
  description.label = "Mô tả ảnh";
  description.validate = function isGiven() {
    const isDescribed = Boolean(this.getValue().trim());
    const isChosen = this.getDialog().getValueOf("info", "src").trim();
    return isDescribed || !isChosen || window.confirm(WITHOUT_DESCRIPTION);
  };
  const upload = definition.getContents("Upload");
  upload.label = "Chọn ảnh từ máy";
  upload.get("uploadButton").label = "Tải lên";
  upload.get("upload").label = "Tệp ảnh, tối đa 20 MB; chọn xong là tải lên";
  upload.get("upload").onChange = function send() {
    const input = this.getInputElement().$;
    if (input.value) this.getDialog().getContentElement("Upload", "uploadButton").click();
  };
}

window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  editor.config.fileTools_requestHeaders = { "X-CSRFToken": token };
  editor.on("langLoaded", speak); // before the toolbar takes its names
});

window.CKEDITOR?.on("dialogDefinition", ({ data: { name, definition } }) => {
  if (name === "image2") mendPictures(definition);
});
