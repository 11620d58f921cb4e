"""What people paste from Word and from websites becomes clean text with pictures of ours."""

from base64 import b64encode

from tests.builders import picture_bytes

PASTE = """html => {
  const editor = CKEDITOR.instances.id_body;
  editor.focus();
  const end = editor.createRange();
  end.moveToElementEditEnd(editor.editable());
  end.select();
  const dataTransfer = new CKEDITOR.plugins.clipboard.dataTransfer(null, editor);
  dataTransfer.setData("text/html", html);
  editor.fire("paste", { type: "auto", method: "paste", dataValue: html, dataTransfer });
}"""
ITEM = """<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span>{}<o:p></o:p></p>"""


def test_what_is_pasted_from_word_and_the_web_is_put_right(signed_in, open_page):
    page = open_page("/quan-tri/news/article/add/", storage_state=signed_in)
    text = page.frame_locator("iframe.cke_wysiwyg_frame")
    text.locator("body[contenteditable]").wait_for()
    picture = b64encode(picture_bytes()).decode()
    page.evaluate(
        PASTE,
        '<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>'
        f"<p class=MsoNormal>Mở đầu</p>{ITEM.format('Điện')}{ITEM.format('Nước')}"
        f'<p>Ảnh <img src="data:image/png;base64,{picture}"></p></body></html>',
    )
    text.locator("img[src^='/media/']").wait_for()
    page.evaluate(PASTE, '<p>Từ web <img src="https://example.vn/anh.png"></p>')
    page.get_by_text("1 ảnh ở trang khác không dán vào bài được").wait_for()
    page.evaluate(PASTE, '<p>Từ tệp <img src="file:///C:/clip_image001.png"></p>')
    page.get_by_text("1 ảnh trong tệp Word không dán theo câu chữ được").wait_for()
    stored = page.evaluate("CKEDITOR.instances.id_body.getData()")
    assert "".join(stored.split()).startswith("<p>Mởđầu</p><ul><li>Điện</li><li>Nước</li></ul>")
    assert "Từ web" in stored
    assert stored.count("<img") == 1
    assert "data:" not in stored
