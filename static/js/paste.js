// What is pasted into the editor. Pictures of other websites cannot be part of a text: the
// portal shows only its own, so saving would drop them. They are left out at once, and whoever
// pastes is told. Pictures that come as data are uploaded.

const OF_ANOTHER_SITE =
  "ở trang khác không dán vào bài được. Hãy lưu ảnh về máy rồi chèn bằng nút “Hình ảnh”.";
const OF_A_FILE =
  "trong tệp Word không dán theo câu chữ được. Hãy dùng “Nhập từ Word” ở danh sách bài viết, hoặc " +
  "lưu ảnh về máy rồi chèn bằng nút “Hình ảnh”.";

const isOfAnotherSite = (address) => {
  if (!/^(https?:)?\/\//i.test(address)) return false;
  return new URL(address, location.href).origin !== location.origin;
};
// Of a Word document, or of anything else on somebody's computer.
const isOfAFile = (address) => /^file:/i.test(address);

const addressIn = (tag) =>
  new DOMParser().parseFromString(tag, "text/html").querySelector("img")?.getAttribute("src") ?? "";

const leaveOut = (editor, data, isUnwanted, advice) => {
  let leftOut = 0;
  data.dataValue = data.dataValue?.replace(/<img\b[^>]*>/gi, (tag) => {
    if (!isUnwanted(addressIn(tag))) return tag;
    leftOut += 1;
    return "";
  });
  if (leftOut) editor.showNotification(`${leftOut} ảnh ${advice}`, "warning");
};

window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
  // Before anything shows the pasted text: the browser would ask the other site.
  const leaveOutOthers = ({ data }) => leaveOut(editor, data, isOfAnotherSite, OF_ANOTHER_SITE);
  const leaveOutFiles = ({ data }) => leaveOut(editor, data, isOfAFile, OF_A_FILE);
  editor.on("paste", leaveOutOthers, null, null, 2);
  editor.on(
    "paste",
    (event) => {
      // Word's filter takes the pictures out of this; without it they stay addresses of files.
      if (!event.data.dataTransfer?.getData("text/rtf")) leaveOutFiles(event);
    },
    null, null, 3,
  );
  // After the filters of Word, Google Docs and LibreOffice, before the text is inserted.
  editor.on("paste", leaveOutOthers, null, null, 900);
  editor.on("paste", leaveOutFiles, null, null, 901);
});
