"""What an editor typed survives a crash, the end of a session, and a colleague."""

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

TITLE = "Hội nghị giao ban sản xuất công nghiệp quý IV"


def new_draft(page, title):
    """Lead to the form of an article that was just begun."""
    page.goto("/quan-tri/news/article/add/")
    choose_category(page)
    page.get_by_label("Tiêu đề").fill(title)
    page.get_by_role("button", name="Lưu và sửa tiếp").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return page.url


def choose_category(page):
    # The editor takes the focus when it is there, which would close the list again.
    page.frame_locator("#cke_id_body iframe").locator("body").wait_for()
    page.locator("#id_category + .select2").click()
    page.get_by_role("option", name="Công nghiệp", exact=True).click()


def write(page, words):
    """Type into the editor, and wait until the browser keeps it."""
    frame = page.frame_locator("#cke_id_body iframe")
    frame.locator("body").click()
    page.keyboard.type(words)
    expect(page.locator("[data-draft-status]")).to_contain_text("Trình duyệt này đã giữ")


def leave(page, address):
    """Go elsewhere, saying to the browser's question that what was typed is not needed."""
    page.once("dialog", lambda question: question.accept())
    page.goto(address)


def fill_in_and_sign_in(page, portal, name="quantri"):
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(portal.password)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.fixture
def colleague(open_page, portal):
    """Somebody else with the same rights and the same password."""
    with psycopg.connect(portal.database) as connection:
        connection.execute(
            "INSERT INTO auth_user (username, last_name, first_name, email, password, is_staff, "
            "is_active, is_superuser, date_joined) SELECT 'lan', 'Trần Thị', 'Lan', '', password, "
            "true, true, true, now() FROM auth_user WHERE username = 'quantri' "
            "ON CONFLICT DO NOTHING"
        )
    page = open_page("/quan-tri/")
    fill_in_and_sign_in(page, portal, "lan")
    return page


@pytest.fixture
def editor(open_page, portal):
    page = open_page("/quan-tri/")
    sign_in(page, portal)
    return page


def test_what_was_typed_survives_a_crash_and_the_end_of_the_session(editor, portal):
    context = editor.context
    editor.goto("/quan-tri/news/article/add/")
    choose_category(editor)
    editor.get_by_label("Tiêu đề").fill(TITLE)
    editor.locator("#attachments-group .add-row a").click()
    editor.locator("#id_attachments-0-title").fill("Chương trình hội nghị")
    write(editor, "Sở Công Thương tổ chức hội nghị.")
    editor.close(run_before_unload=False)

    page = context.new_page()
    page.goto("/quan-tri/news/article/add/")
    offer = page.locator("[data-drafts] > *").filter(has_text=f"Có bản chưa lưu: “{TITLE}”")
    offer.get_by_role("button", name="Khôi phục").click()
    expect(offer).to_have_count(0)
    expect(page.get_by_label("Tiêu đề")).to_have_value(TITLE)
    expect(page.locator("#id_category")).to_contain_text("Công nghiệp")
    expect(page.locator("#id_attachments-0-title")).to_have_value("Chương trình hội nghị")
    expect(page.frame_locator("#cke_id_body iframe").locator("body")).to_have_text(
        "Sở Công Thương tổ chức hội nghị."
    )
    page.locator("#attachments-0 .inline-deletelink").click()

    context.set_offline(True)
    page.get_by_role("button", name="Lưu lại", exact=True).click()
    unreachable = page.get_by_role("dialog", name="Không kết nối được máy chủ")
    expect(unreachable).to_be_visible()
    context.set_offline(False)
    unreachable.get_by_role("button", name="Đóng").click()

    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu và gửi duyệt").click()
    dialog = page.get_by_role("dialog", name="Phiên đăng nhập đã hết")
    expect(dialog).to_be_visible()
    with context.expect_page() as opened:
        dialog.get_by_role("link", name="Đăng nhập ở thẻ mới").click()
    fill_in_and_sign_in(opened.value, portal)
    expect(page.locator(".messagelist .success").first).to_contain_text(TITLE)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#buoc-tiep-theo")).to_contain_text("Chờ duyệt")
    expect(page.locator("[data-drafts] > *")).to_have_count(0)


def test_two_people_at_one_article_are_warned_and_overwrite_only_by_choice(editor, colleague):
    address = new_draft(editor, "Bản tin tuần")
    colleague.goto(address)
    warning = "Đang có người khác mở bài này để sửa: "
    expect(colleague.get_by_text(f"{warning}quantri")).to_be_visible()
    editor.reload()
    expect(editor.get_by_text(f"{warning}Trần Thị Lan")).to_be_visible()
    editor.get_by_label("Tiêu đề").fill("Bản tin tuần 47")
    editor.get_by_role("button", name="Lưu lại", exact=True).click()
    expect(editor.locator(".messagelist .success")).to_be_visible()

    colleague.get_by_label("Tiêu đề").fill("Bản tin tháng 11")
    colleague.get_by_role("button", name="Lưu lại", exact=True).click()
    conflict = colleague.get_by_role("region", name="Bài đã được lưu từ nơi khác")
    expect(conflict.locator("del")).to_contain_text(["tuần 47"])
    expect(conflict.locator("ins")).to_contain_text(["tháng 11"])
    expect(colleague.locator("#id_title")).to_have_value("Bản tin tháng 11")
    conflict.get_by_label("Lưu đè lên bản của quantri").check()
    colleague.get_by_role("button", name="Lưu lại", exact=True).click()
    expect(colleague.locator(".messagelist .success")).to_contain_text("Bản tin tháng 11")
    colleague.goto(address)
    colleague.get_by_role("link", name="Lịch sử").click()
    latest = colleague.locator(".versions tbody tr").first
    expect(latest).to_contain_text("Lưu đè lên phiên bản 2")


def test_a_page_that_the_browser_fills_in_again_does_not_go_over_a_colleague(editor, colleague):
    address = new_draft(editor, "Bản tin cuối năm")

    def asking_for_nothing(route):
        # The form forbids it to the browser; not every browser obeys.
        answer = route.fetch()
        page = answer.text().replace('autocomplete="off" id="article_form"', 'id="article_form"')
        route.fulfill(response=answer, body=page)

    editor.route(address, asking_for_nothing)
    editor.goto(address)
    write(editor, "Câu chữ chưa lưu.")
    leave(editor, "/quan-tri/")
    colleague.goto(address)
    colleague.get_by_label("Tiêu đề").fill("Bản tin đầu năm")
    colleague.get_by_role("button", name="Lưu lại", exact=True).click()
    expect(colleague.locator(".messagelist .success")).to_be_visible()

    editor.go_back()
    text = editor.frame_locator("#cke_id_body iframe").locator("body")
    expect(text).to_have_text("Câu chữ chưa lưu.")
    expect(editor.locator("[data-draft-status]")).to_contain_text("Trình duyệt này đã giữ")
    editor.get_by_role("button", name="Lưu lại", exact=True).click()
    expect(editor.get_by_role("region", name="Bài đã được lưu từ nơi khác")).to_be_visible()
    expect(text).to_have_text("Câu chữ chưa lưu.")


def test_what_is_typed_is_kept_without_the_editor_and_left_to_nobody_else(open_page, portal):
    page = open_page("/quan-tri/", expect_errors=True)
    sign_in(page, portal)
    address = new_draft(page, "Biểu mẫu mới")
    page.route("**/lang/vi.js*", lambda route: route.abort())
    page.goto(address)
    page.get_by_label("Tiêu đề").fill("Biểu mẫu năm 2027")
    page.locator("#attachments-group .add-row a").click()
    page.locator("#id_attachments-0-title").fill("Phụ lục của tôi")
    expect(page.locator("[data-draft-status]")).to_contain_text("Trình duyệt này đã giữ")
    with psycopg.connect(portal.database) as connection:
        connection.execute(
            "INSERT INTO news_attachment (article_id, title, file, kind, size, position) "
            "VALUES (%s, 'Phụ lục của đồng nghiệp', 'phu-luc.pdf', 'pdf', 1, 0)",
            [address.split("/")[-3]],
        )
    page.unroute("**/lang/vi.js*")
    leave(page, address)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("#id_title")).to_have_value("Biểu mẫu năm 2027")
    titles = [page.locator(f"#id_attachments-{row}-title") for row in (0, 1)]
    expect(titles[0]).to_have_value("Phụ lục của đồng nghiệp")
    expect(titles[1]).to_have_value("Phụ lục của tôi")

    page.once("dialog", lambda question: question.accept())
    page.locator("#logout-form button").click()
    page.get_by_role("button", name="Bỏ nội dung chưa lưu").click()
    expect(page.get_by_text("Đã bỏ nội dung chưa lưu.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
