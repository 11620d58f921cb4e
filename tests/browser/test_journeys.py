"""Whole journeys through the running portal, as a reader, a citizen and an editor make them."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from feedback import challenge
from portal import visitors
from tests.browser.conftest import open_lead_story, sign_in
from tests.portal.test_richtext import ATTACKS


def fill_feedback(page, name="Nguyễn Thị Hoa"):
    page.get_by_label("Họ tên", exact=True).fill(name)
    page.get_by_label("Tiêu đề").fill("Xin hỏi về lịch tiếp công dân")
    page.get_by_label("Nội dung").fill("Sở tiếp công dân vào ngày nào trong tháng?")
    page.get_by_label("Tôi đồng ý").check()


def type_code(page):
    token = page.locator("input[name=challenge]")
    expect(token).to_have_value(re.compile("."))
    page.get_by_label("Mã kiểm tra").fill(challenge.answer(token.input_value()))


def test_the_operator_is_told_how_to_begin(portal):
    assert portal.url in portal.log
    assert f"quantri / {portal.password}" in portal.log


def test_a_reader_reads_and_listens_and_leaves_no_trace(open_page):
    page = open_page()
    open_lead_story(page)
    expect(page.locator("h1")).to_contain_text("40.000")
    audio = page.locator("audio")
    expect(audio).to_be_attached(timeout=1)
    shown = re.search(r"\((\d+):(\d\d)\)", page.locator(".player__title").inner_text())
    true_duration = audio.evaluate(
        """audio => new Promise(resolve => {
            audio.addEventListener("loadedmetadata", () => resolve(audio.duration));
            audio.preload = "metadata";
            audio.load();
        })"""
    )
    assert abs(true_duration - (60 * int(shown[1]) + int(shown[2]))) <= 1
    expect(page.locator("[data-online]")).not_to_be_empty()
    assert page.context.cookies() == []


def test_a_reading_is_counted_within_seconds(open_page):
    page = open_page("/tin-tuc/")
    page.locator(".card__title a").last.click()
    expect(page.locator("[data-online]")).not_to_be_empty()
    page.wait_for_timeout(1_000 * (visitors.FLUSH_SECONDS + 1))
    page.reload()
    expect(page.locator("[data-views]")).to_have_text("1")


def test_a_citizen_sends_feedback_and_follows_it(open_page, portal):
    page = open_page()
    open_lead_story(page)
    fill_feedback(page)
    page.get_by_label("Mã kiểm tra").fill("00000")
    # Typed as people type: what is sent within three seconds is put aside as a machine's.
    page.get_by_label("Nội dung").press_sequentially(" Xin cảm ơn cơ quan.", delay=160)
    type_code(page)
    page.get_by_role("button", name="Gửi góp ý").last.click()
    code = page.locator(".tracking-code")
    expect(code).to_be_visible()
    written = code.inner_text()
    page.goto("/gop-y/tra-cuu/")
    page.get_by_label("Mã tra cứu").fill(written)
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("main")).to_contain_text("Xin hỏi về lịch tiếp công dân")
    staff = open_page("/quan-tri/")
    sign_in(staff, portal)
    staff.goto("/quan-tri/feedback/submission/")
    expect(staff.locator("#result_list")).to_contain_text("Xin hỏi về lịch tiếp công dân")


def test_a_wrong_code_loses_nothing_and_the_next_one_works(open_page):
    page = open_page("/gop-y/", expect_errors=True)  # a refused form answers 422
    fill_feedback(page, name="Lê Văn Bình")
    page.wait_for_timeout(3_100)  # faster than this is taken for a machine
    page.get_by_label("Mã kiểm tra").fill("1")
    page.get_by_role("button", name="Gửi góp ý").last.click()
    expect(page.get_by_text("Mã kiểm tra chưa đúng").first).to_be_visible()
    expect(page.get_by_label("Họ tên", exact=True)).to_have_value("Lê Văn Bình")
    type_code(page)
    page.get_by_role("button", name="Gửi góp ý").last.click()
    expect(page.locator(".tracking-code")).to_be_visible()


def test_feedback_needs_no_javascript(open_page):
    page = open_page(java_script_enabled=False, expect_errors=True)
    open_lead_story(page)
    fill_feedback(page, name="Trần Thị Sáu")
    page.get_by_role("button", name="Gửi góp ý").last.click()
    expect(page.get_by_label("Họ tên", exact=True)).to_have_value("Trần Thị Sáu")
    type_code(page)
    page.get_by_role("button", name="Gửi góp ý").last.click()
    expect(page.locator(".tracking-code")).to_be_visible()


@pytest.mark.parametrize("scripting", [True, False])
def test_a_reader_votes_once_and_sees_the_results(open_page, scripting):
    page = open_page("/", java_script_enabled=scripting, expect_errors=not scripting)
    page.get_by_label("Rất hài lòng", exact=True).check()
    page.get_by_role("button", name="Gửi đánh giá").click()
    if not scripting:
        expect(page.get_by_label("Rất hài lòng", exact=True)).to_be_checked()
        page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text(re.compile("Cảm ơn|Đã ghi nhận")).first).to_be_visible()
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "ballot"]
    page.goto("/danh-gia/ket-qua/")
    expect(page.locator("table").first).to_contain_text("Rất hài lòng")


def test_an_editor_edits_an_article_and_readers_see_it(open_page, portal):
    editor = open_page("/quan-tri/")
    sign_in(editor, portal)
    editor.goto("/quan-tri/news/article/?trang-thai=da-dang&o=-4")
    editor.locator("#result_list th.field-title a").first.click()
    title = editor.get_by_label("Tiêu đề").input_value()
    frame = editor.frame_locator("#cke_id_body iframe")
    frame.locator("body").click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" Câu này vừa được biên tập viên thêm vào.")
    editor.get_by_role("button", name="Lưu lại", exact=True).first.click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    reader = open_page("/tin-tuc/")
    reader.get_by_role("link", name=title).first.click()
    expect(reader.locator("article .prose")).to_contain_text(
        "Câu này vừa được biên tập viên thêm vào.", timeout=2_000
    )


def test_a_picture_uploaded_in_the_editor_is_shown(open_page, portal, tmp_path):
    from tests.builders import picture_bytes

    editor = open_page("/quan-tri/")
    sign_in(editor, portal)
    editor.goto("/quan-tri/news/article/add/")
    (tmp_path / "xuong-det.png").write_bytes(picture_bytes())
    editor.locator(".cke_button__image").click()
    editor.get_by_role("tab", name="Chọn ảnh từ máy").click()
    upload = editor.frame_locator(".cke_dialog iframe").locator("input[type=file]")
    upload.set_input_files(tmp_path / "xuong-det.png")
    expect(editor.locator(".cke_dialog input[type=text]").first).to_have_value(
        re.compile(r"^/media/.+\.jpg$")
    )
    editor.get_by_role("tab", name="Thông tin của ảnh").click()
    with editor.expect_popup() as opened:
        editor.get_by_role("button", name="Ảnh đã có").first.click()
    library = opened.value
    library.get_by_role("searchbox").fill("xuong det")
    library.keyboard.press("Enter")
    chosen = library.locator("[data-picture]").filter(has_text="khung dệt")
    address = chosen.get_attribute("data-picture")
    with library.expect_event("close"):
        chosen.evaluate("choice => setTimeout(() => choice.click())")
    expect(editor.locator(".cke_dialog input[type=text]").first).to_have_value(address)
    expect(editor.get_by_label("Mô tả ảnh", exact=True)).to_have_value(re.compile("khung dệt"))


def test_a_click_on_a_photo_sets_its_focus_and_shows_the_cuts(open_page, portal):
    editor = open_page("/quan-tri/", width=390)
    sign_in(editor, portal)
    editor.goto("/quan-tri/news/photo/")
    editor.locator("#result_list th a").last.click()
    picture = editor.locator("[data-aim-picture]")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    expect(editor.get_by_label("Tâm ảnh, ngang")).to_have_value("75")
    expect(editor.get_by_label("Tâm ảnh, dọc")).to_have_value("25")
    expect(editor.locator("[data-aim-cuts] img").first).to_have_css("object-position", "100% 0%")
    editor.get_by_label("Tâm ảnh, ngang").fill("50")
    expect(editor.locator("[data-aim-cuts] img").first).to_have_css("object-position", "50% 0%")


def test_scripts_stored_by_sql_never_run(open_page, portal):
    marks = "\n".join(attack.replace("alert(1)", "window.ran=1") for attack in ATTACKS)
    with psycopg.connect(portal.database) as connection:
        (slug, pk) = connection.execute(
            "UPDATE news_article SET body = %s, lead = %s, title = title || %s"
            " WHERE slug LIKE 'mua-nang-nong%%' RETURNING slug, id",
            [marks, marks, "<img src=x onerror=window.ran=1>"],
        ).fetchone()
    editor = open_page("/quan-tri/", expect_errors=True)
    sign_in(editor, portal)
    for path in (f"/tin-tuc/{slug}/", f"/quan-tri/news/article/{pk}/change/", "/tin-tuc/"):
        editor.goto(path, wait_until="networkidle")
        assert editor.evaluate("window.ran") is None, path
    inside = editor.goto(f"/quan-tri/news/article/{pk}/change/", wait_until="networkidle")
    assert inside.ok
    frame = editor.frame_locator("#cke_id_body iframe").locator("body")
    assert frame.evaluate("body => body.ownerDocument.defaultView.ran") is None
    assert frame.evaluate("body => body.querySelectorAll('script, iframe, [onerror]').length") == 0


def test_the_search_box_finds_without_marks(open_page):
    page = open_page("/")
    page.get_by_role("searchbox").fill("dien gio ven bien")
    page.keyboard.press("Enter")
    expect(page.locator(".result-list mark").first).to_be_visible()


@pytest.mark.parametrize("path", ["/khong-co/", "/chi-tieu/nam/20xx/", "/tin-tuc/?trang=999"])
def test_a_wrong_address_is_explained_and_leads_home(open_page, path):
    page = open_page(path, expect_errors=True)
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang")
    page.locator("main").get_by_role("link", name="Trang chủ").click()
    expect(page).to_have_url(re.compile("/$"))
