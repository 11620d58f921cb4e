// Ctrl+S (⌘S) in a form of the admin presses the button that saves and stays, also from within
// the editor. The browser's own Ctrl+S would store the page as a file.

const S = 83;
const button = document.querySelector("#content-main form [name=_continue]");

addEventListener("keydown", (event) => {
  const isWanted = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!button || !isWanted || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  if (!event.repeat) button.click();
});

window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
  editor.on("key", (event) => {
    if (!button || event.data.keyCode !== window.CKEDITOR.CTRL + S) return;
    event.cancel();
    event.data.domEvent.preventDefault();
    button.click();
  });
});
