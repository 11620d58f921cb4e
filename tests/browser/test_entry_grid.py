"""A block copied from a spreadsheet fills the entry grid, and the keyboard walks along it."""

PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", event));
}"""


def test_a_block_is_pasted_and_sent_from_the_keyboard(signed_in, open_page):
    page = open_page(
        "/quan-tri/indicators/figure/nhap/?nam=2024&dia-ban=tra-vinh&nhom=xuat-nhap-khau",
        storage_state=signed_in,
    )
    page.get_by_label("Kế hoạch, Kim ngạch xuất khẩu").focus()
    page.evaluate(PASTE, '"trên 12"\t7,5\r\n\t1,234.5\r\nthừa\r\n')
    page.get_by_text("Đã điền 3 ô.").wait_for()
    page.get_by_text("1 ô không có chỗ trong bảng nên bị bỏ qua.").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("7–8")
    page.keyboard.press("Control+s")
    # Nothing is stored here: other tests count the figures.
    page.get_by_text("Chưa lưu dòng nào. 1 dòng cần xem lại:").wait_for()
    assert page.get_by_label("Kế hoạch, Kim ngạch xuất khẩu").input_value() == "trên 12"
    assert page.get_by_label("Kế hoạch, Kim ngạch nhập khẩu").input_value() == "7–8"
    assert page.get_by_label("Thực hiện, Kim ngạch nhập khẩu").input_value() == "1,234.5"
