"""What an editor sees of an article before it is saved, in the form as it is used."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import wait_until

BODY = '<h2>Kết quả</h2><p>Xem <a href="/tin-tuc/">tại đây</a>.</p>'


def test_an_editor_checks_and_previews_what_was_never_saved(signed_in, open_page):
    page = open_page("/quan-tri/news/article/add/", storage_state=signed_in)
    page.get_by_label("Tiêu đề").fill("Tập huấn chưa lưu")
    wait_until(page, "CKEDITOR.instances.id_body?.status === 'ready'")
    page.evaluate("html => CKEDITOR.instances.id_body.setData(html)", BODY)

    page.get_by_role("button", name="Kiểm tra nội dung đang sửa").click()
    expect(page.locator("[data-checked]")).to_have_text(re.compile(r"Có \d chỗ cần xem\."))
    page.get_by_role("link", name="Liên kết “tại đây”").click()
    selected = "CKEDITOR.instances.id_body.getSelection().getSelectedText()"
    wait_until(page, f"{selected} === 'tại đây'")
    page.get_by_role("link", name="Chưa chọn chuyên mục").click()
    expect(page.locator(".field-category .select2-selection")).to_be_focused()

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Xem trước bản đang sửa").click()
    preview = opened.value
    expect(preview.locator("h1")).to_have_text("Tập huấn chưa lưu")
    expect(preview.locator(".prose h2")).to_have_text("Kết quả")
    expect(preview.get_by_text("Chuyên mục: Vui lòng điền mục này.")).to_be_visible()
    preview.close()
    expect(page.get_by_label("Tiêu đề")).to_have_value("Tập huấn chưa lưu")
