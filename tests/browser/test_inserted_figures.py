"""A figure goes from the list into the text as one piece, and the sentence goes on after it."""

from tests.browser.conftest import sign_in

TO_THE_END = """() => {
  const editor = CKEDITOR.instances.id_body;
  editor.setData("<p>Năm 2023 đạt&nbsp;</p>", () => {
    editor.focus();
    const end = editor.createRange();
    end.moveToElementEditEnd(editor.editable().findOne("p"));
    end.select();
  });
}"""
VALUE = "GTSXCN/tra-vinh/2023/12"


def test_a_figure_is_put_into_a_text_from_the_keyboard(portal, open_page):
    page = open_page("/quan-tri/")
    sign_in(page, portal)
    page.goto("/quan-tri/news/article/add/")
    text = page.frame_locator("iframe.cke_wysiwyg_frame")
    text.locator("body[contenteditable]").wait_for()
    page.evaluate(TO_THE_END)
    text.get_by_text("Năm 2023 đạt").wait_for()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Chèn số liệu").press("Enter")
    window = opened.value
    window.get_by_label("Tên hoặc mã chỉ tiêu").fill("gia tri san xuat")
    window.get_by_label("Tên hoặc mã chỉ tiêu").press("Enter")
    number = window.locator(f"[data-figure='{VALUE}']")
    number.wait_for()
    window.evaluate("[window.kept, opener.CKEDITOR] = [opener.CKEDITOR, undefined]")
    number.click()
    assert "Không còn thấy bài đang soạn" in window.locator(":focus").inner_text()
    window.evaluate("opener.CKEDITOR = window.kept")
    with window.expect_event("close"):
        number.click()
    text.locator("data").wait_for()
    page.keyboard.type(", tăng khá")
    stored = page.evaluate("CKEDITOR.instances.id_body.getData()").replace("&nbsp;", " ")
    inserted = f'<data value="{VALUE}">trên 35.360 tỷ đồng</data>'
    assert stored.strip() == f"<p>Năm 2023 đạt {inserted}, tăng khá</p>"
    page.evaluate("CKEDITOR.instances.id_body.setData(CKEDITOR.instances.id_body.getData())")
    text.locator("[data-cke-widget-wrapper] data").wait_for()
