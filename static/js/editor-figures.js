// Puts figures of the portal's data into a text: a button opens the list, what is chosen there
// stands in the text as one piece, which the portal keeps up to date for readers.

const NAME = "figure";
const CODE = /^[\w./-]+$/;

// The editor does not know <data>; it behaves as <span> does.
const { CKEDITOR } = window;
if (CKEDITOR) {
  const { dtd } = CKEDITOR;
  for (const inside of Object.values(dtd)) if (inside?.span) inside.data = 1;
  dtd.data = { ...dtd.span };
  delete dtd.data.data;
}

function insert(editor, value, words) {
  if (!CODE.test(value)) return;
  const element = editor.document.createElement("data", { attributes: { value } });
  element.setText(words);
  const wrapper = editor.widgets.wrapElement(element, NAME);
  editor.focus();
  editor.insertElement(wrapper);
  editor.widgets.initOn(element, NAME);
  // On with the sentence: what is typed next comes after the number, not in its place.
  const range = editor.createRange();
  range.setStartAfter(wrapper);
  range.collapse(true);
  range.select();
}

function openList(editor) {
  const number = CKEDITOR.tools.addFunction((value, words) => insert(editor, value, words));
  const address = new URL(editor.config.figureListUrl, location.href);
  address.searchParams.set("CKEditorFuncNum", number);
  editor.popup(address.href, 880, 640, "location=no,menubar=no,toolbar=no,resizable=yes,scrollbars=yes");
}

function prepare({ editor }) {
  editor.widgets.add(NAME, {
    pathName: "số liệu",
    inline: true,
    upcast: (element) => element.name === "data",
    init() {
      this.wrapper.setAttribute("title", "Số liệu: bấm đúp để chọn số khác");
    },
    getLabel() {
      return `Số liệu ${this.element.getText()}`;
    },
  });
  editor.addCommand(NAME, { exec: openList });
  editor.ui.addButton("Figure", { label: "Chèn số liệu", command: NAME });
  editor.on("doubleclick", ({ data }) => {
    if (data.element.getAscendant("data", true)) openList(editor);
  });
}

CKEDITOR?.on("instanceCreated", ({ editor }) => editor.on("pluginsLoaded", prepare));
