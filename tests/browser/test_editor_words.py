"""The editor names its buttons and boxes in the portal's words."""

from playwright.sync_api import expect


def test_the_editor_speaks_the_vietnamese_of_the_portal(signed_in, open_page):
    page = open_page("/quan-tri/news/article/add/", storage_state=signed_in)
    page.frame_locator("#cke_id_body iframe").locator("body").click()
    expect(page.locator(".cke_combo__format .cke_combo_text")).to_have_text("Đoạn văn")
    for button in ("Hoàn tác", "Làm lại", "Xóa định dạng", "Danh sách đánh số", "Dán từ Word"):
        expect(page.get_by_role("button", name=button)).to_be_visible()
    page.get_by_role("button", name="Bảng", exact=True).click()
    for box in ("Tên bảng", "Ô tiêu đề"):
        expect(page.get_by_role("dialog").get_by_label(box, exact=True)).to_be_visible()
