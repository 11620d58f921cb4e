// What is pasted into the editor. Pictures of other websites cannot be part of a text: the
// portal shows only its own, so saving would drop them. They are left out at once, and whoever
// pastes is told. Pictures that come as data are uploaded.

const ADVICE = "ở trang khác không dán vào bài được. Hãy lưu ảnh về máy rồi chèn bằng nút “Hình ảnh”.";
const UPLOADS = {
  abort: "Đã dừng tải ảnh lên.",
  doneOne: "Đã tải ảnh lên kho ảnh. Hãy bấm đúp vào ảnh để mô tả.",
  doneMany: "Đã tải %1 ảnh lên kho ảnh. Hãy bấm đúp vào từng ảnh để mô tả.",
  uploadOne: "Đang tải ảnh lên ({percentage} %)…",
  uploadMany: "Đang tải ảnh lên, xong {current}/{max} ({percentage} %)…",
};

const isOfAnotherSite = (address) => {
  if (!/^(https?:)?\/\//i.test(address)) return false;
  return new URL(address, location.href).origin !== location.origin;
};
// Once the filters have turned into data what they could: files of somebody's computer.
const isNoPictureHere = (address) => isOfAnotherSite(address) || /^file:/i.test(address);

const addressIn = (tag) =>
  new DOMParser().parseFromString(tag, "text/html").querySelector("img")?.getAttribute("src") ?? "";

const leaveOut = (editor, data, isUnwanted) => {
  let leftOut = 0;
  data.dataValue = data.dataValue?.replace(/<img\b[^>]*>/gi, (tag) => {
    if (!isUnwanted(addressIn(tag))) return tag;
    leftOut += 1;
    return "";
  });
  if (leftOut) editor.showNotification(`${leftOut} ảnh ${ADVICE}`, "warning");
};

window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
  // Before anything shows the pasted text: the browser would ask the other site.
  editor.on("paste", ({ data }) => leaveOut(editor, data, isOfAnotherSite), null, null, 2);
  // After the filters of Word, Google Docs and LibreOffice, before the text is inserted.
  editor.on("paste", ({ data }) => leaveOut(editor, data, isNoPictureHere), null, null, 900);
  editor.on("pluginsLoaded", () => Object.assign(editor.lang.uploadwidget, UPLOADS));
});
