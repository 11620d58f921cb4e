"""Every type of page there is, once: what the tests visit, measure and photograph."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from playwright.sync_api import Page

from tests.portals import LEAD_STORY, WITHOUT_PICTURE

# The pages most people see first.
FIRST_SEEN = {"home": "/", "article": f"/tin-tuc/{LEAD_STORY}/", "scoreboard": "/chi-tieu/"}
ANSWERED = "7K3QWZ9HPT"  # the tracking code of a submission of the demonstration content


def nothing(page: Page) -> None:
    """Leave the page as it was opened."""


class PageType(NamedTuple):
    name: str  # also of its screenshots
    path: str
    act: Callable[[Page], None] = nothing  # leads from the page at the path to the page meant
    title_of: str = ""  # the type whose title it shares by intention
    is_whole: bool = True  # with the portal's header, navigation and footer


def send_empty_form(page: Page) -> None:
    page.get_by_role("button", name="Gửi góp ý").last.click()
    page.locator("[data-error-summary]").wait_for()


def track(page: Page, code: str) -> None:
    page.get_by_label("Mã tra cứu").fill(code)
    page.get_by_role("button", name="Tra cứu").click()
    page.wait_for_load_state()


def send_without_cookie(page: Page) -> None:
    page.context.clear_cookies()
    track(page, ANSWERED)


def send_form_without_cookie(page: Page) -> None:
    page.context.clear_cookies()
    page.locator("form[data-feedback-form]").evaluate("form => form.submit()")
    page.wait_for_load_state()
    page.locator("[data-error-summary]").wait_for()


def send_too_many_fields(page: Page) -> None:
    """Lead to the page of a request that Django refuses to read."""
    fields = "a=1&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
    page.route(
        "**/gop-y/tra-cuu/",
        lambda route: route.continue_(
            method="POST",
            post_data=fields,
            headers=route.request.headers | {"content-type": "application/x-www-form-urlencoded"},
        ),
    )
    page.reload()


def show_failure(page: Page) -> None:
    """Put the page of a failed server in the place of another: nothing here fails at will."""
    body = (settings.BASE_DIR / "templates/500.html").read_text()
    page.route("**/so-do/", lambda route: route.fulfill(status=500, body=body))
    page.reload()


def open_first_answer(page: Page) -> None:
    page.locator("article h2 a").first.click()
    page.wait_for_url("**/hoi-dap/*/")


PUBLIC = (
    PageType("home", "/"),
    PageType("news", "/tin-tuc/"),
    PageType("news-page-2", "/tin-tuc/?trang=2"),
    PageType("category", "/tin-tuc/chuyen-muc/cong-nghiep/"),
    PageType("topic", "/tin-tuc/chu-de/khuyen-cong/"),
    PageType("archive", "/tin-tuc/luu-tru/"),
    PageType("archive-of-year", "/tin-tuc/luu-tru/2025/"),
    PageType("archive-of-month", "/tin-tuc/luu-tru/2026/11/"),
    PageType("most-read", "/tin-tuc/doc-nhieu/"),
    PageType("corrections", "/dinh-chinh/"),
    PageType("listen", "/nghe/"),
    PageType("article", f"/tin-tuc/{LEAD_STORY}/"),
    PageType("article-without-picture", f"/tin-tuc/{WITHOUT_PICTURE}/"),
    PageType("search", "/tim-kiem/"),
    PageType("search-results", "/tim-kiem/?q=cong+nghiep"),
    PageType("search-narrowed", "/tim-kiem/?q=cong+nghiep&xep=moi-nhat", title_of="search-results"),
    PageType("search-corrected", "/tim-kiem/?q=cong+nghep"),
    PageType("search-without-result", "/tim-kiem/?q=xyzzy"),
    PageType("scoreboard", "/chi-tieu/"),
    PageType("scoreboard-of-year", "/chi-tieu/nam/2024/"),
    PageType("side-by-side", "/chi-tieu/so-sanh/?tu=2021&den=2024"),
    PageType("indicator", "/chi-tieu/gia-tri-san-xuat-cong-nghiep/"),
    PageType("embed", "/chi-tieu/gia-tri-san-xuat-cong-nghiep/nhung/", is_whole=False),
    PageType("feedback", "/gop-y/"),
    PageType("feedback-with-errors", "/gop-y/", send_empty_form),
    PageType(
        "feedback-expired", "/gop-y/", send_form_without_cookie, title_of="feedback-with-errors"
    ),
    PageType("tracking", "/gop-y/tra-cuu/"),
    PageType("tracking-found", "/gop-y/tra-cuu/", lambda page: track(page, ANSWERED)),
    PageType("tracking-not-found", "/gop-y/tra-cuu/", lambda page: track(page, "0000000000")),
    PageType("tracking-link", f"/gop-y/tra-cuu/?ma={ANSWERED}", title_of="tracking-found"),
    PageType("answers", "/gop-y/hoi-dap/"),
    PageType("answers-narrowed", "/gop-y/hoi-dap/?q=khuyen+cogn&muc=khuyen-cong"),
    PageType("answer", "/gop-y/hoi-dap/", open_first_answer),
    PageType("promises", "/gop-y/cam-ket/"),
    PageType("poll", "/danh-gia/"),
    PageType("poll-results", "/danh-gia/ket-qua/"),
    PageType("poll-embed", "/danh-gia/nhung/danh-gia-cong-thong-tin/", is_whole=False),
    PageType("opinion", f"/danh-gia/bai-viet/{LEAD_STORY}/"),
    PageType("standing-page", "/gioi-thieu/"),
    PageType("site-map", "/so-do/"),
    PageType("error-400", "/gop-y/tra-cuu/", send_too_many_fields),
    PageType("error-403-expired-form", "/gop-y/tra-cuu/", send_without_cookie),
    PageType("error-404", "/khong-co/"),
    PageType("preview-gone", "/xem-truoc/khong-co/"),
    PageType("error-500", "/so-do/", show_failure, is_whole=False),
)


def open_first(page: Page) -> None:
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state("networkidle")


def open_tool(page: Page, name: str) -> None:
    open_first(page)
    page.locator(".object-tools").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def upload_photo(page: Page) -> None:
    """Lead to the page that asks for the description of what was uploaded."""
    page.locator("input[type=file]").set_input_files(
        settings.BASE_DIR / "fixtures/media/demo/xuong-det.webp"
    )
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_label("Mô tả ảnh").first.wait_for()


def preview_import_of_figures(page: Page) -> None:
    """Lead to the preview of a table: a row that is new, one that changes, one that is refused."""
    table = (
        "Chỉ tiêu;ĐVT;KH năm 2024;TH năm 2024\nKim ngạch xuất khẩu;tỷ USD;;0,5\n"
        "Giá trị sản xuất công nghiệp;tỷ đồng;40.000;41.250,5\nThu nhập khác;tỷ đồng;1;2\n"
    )
    file = {"name": "bieu.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
    page.locator(".import-lines").wait_for()
    page.wait_for_load_state("networkidle")


def open_version(page: Page) -> None:
    open_tool(page, "Lịch sử")
    page.get_by_role("link", name="Phiên bản").first.click()
    page.wait_for_load_state("networkidle")


def save_over_another(page: Page) -> None:
    """Lead to the page of a save that is refused: that of a form opened before the last one."""
    open_first(page)
    page.get_by_label("Tiêu đề").fill("Tin gõ ở một trang mở từ trước")
    page.locator("[name=_revision]").evaluate("field => { field.value = 'x'; }")
    page.get_by_role("button", name="Lưu lại", exact=True).click()
    page.locator(".conflict").wait_for()
    page.wait_for_load_state("networkidle")


def withdraw_many(page: Page) -> None:
    """Lead to the page that asks for the reason."""
    page.locator("#result_list tbody input").first.check()
    page.locator("select[name=action]").select_option("Gỡ các bài đã chọn")
    page.get_by_role("button", name="Thực hiện").click()
    page.get_by_label("Lý do").wait_for()


def fail_to_sign_in(page: Page) -> None:
    """Lead to the page of a locked account: one nobody has."""
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page.get_by_label("Tên đăng nhập").fill("khong-ai")
        page.get_by_label("Mật khẩu").fill("sai")
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_load_state()


def open_answer(page: Page) -> None:
    """Lead to the page of a submission with the form of an answer unfolded."""
    open_first(page)
    page.locator("summary", has_text="Trả lời").first.click()


def find_person(page: Page) -> None:
    """Lead to what is held of somebody."""
    page.get_by_label("Mã tra cứu hoặc").fill(ANSWERED)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator(".held").wait_for()
    page.wait_for_load_state("networkidle")


# What visitors of the admin see before they are known.
ENTRANCE = (
    PageType("admin-sign-in", "/quan-tri/"),
    PageType("admin-lockout", "/quan-tri/", fail_to_sign_in),
)
# What somebody signed in with every right sees.
ADMIN = (
    PageType("admin-start", "/quan-tri/"),
    PageType("admin-components", "/quan-tri/thanh-phan/"),
    PageType("admin-pictures", "/quan-tri/tep/"),
    PageType("admin-readership", "/quan-tri/luot-xem/"),
    PageType("admin-entry-grid", "/quan-tri/indicators/figure/nhap/?nam=2023&dia-ban=tra-vinh"),
    PageType("admin-import-figures", "/quan-tri/indicators/figure/nhap-tep/"),
    PageType(
        "admin-import-preview", "/quan-tri/indicators/figure/nhap-tep/", preview_import_of_figures
    ),
    PageType("admin-check-figures", "/quan-tri/indicators/figure/kiem-tra/"),
    PageType("admin-choose-figure", "/quan-tri/indicators/figure/chen/"),
    PageType("admin-abbreviations", "/quan-tri/portal/abbreviation/"),
    PageType("admin-pronunciations", "/quan-tri/news/pronunciation/"),
    PageType("admin-listening", "/quan-tri/news/pronunciation/nghe-thu/?cau=UBND+xã"),
    PageType("admin-submissions", "/quan-tri/feedback/submission/"),
    PageType("admin-submission", "/quan-tri/feedback/submission/", open_answer),
    PageType("admin-personal-data", "/quan-tri/feedback/submission/du-lieu-ca-nhan/", find_person),
    PageType("admin-calendar", "/quan-tri/feedback/calendarday/?nam=2026"),
    PageType("admin-units", "/quan-tri/feedback/unit/add/"),
    PageType("admin-reply-templates", "/quan-tri/feedback/replytemplate/add/"),
    PageType("admin-polls", "/quan-tri/feedback/poll/"),
    PageType("admin-suspected-votes", "/quan-tri/feedback/poll/nghi-ngo/"),
    PageType("admin-opinions", "/quan-tri/feedback/opinion/"),
    PageType("admin-opinion-summary", "/quan-tri/feedback/opinion/tong-hop/"),
)
# And of that what belongs to photos and articles.
NEWS_ADMIN = (
    PageType("admin-photos", "/quan-tri/news/photo/"),
    PageType("admin-photo", "/quan-tri/news/photo/", open_first),
    PageType("admin-upload-photos", "/quan-tri/news/photo/tai-nhieu/"),
    PageType("admin-describe-photos", "/quan-tri/news/photo/tai-nhieu/", upload_photo),
    PageType("admin-articles", "/quan-tri/news/article/"),
    PageType("admin-withdraw-many", "/quan-tri/news/article/?trang-thai=da-dang", withdraw_many),
    PageType("admin-article", "/quan-tri/news/article/", open_first),
    PageType("admin-new-article", "/quan-tri/news/article/add/"),
    PageType("admin-import-word", "/quan-tri/news/article/nhap-tu-word/"),
    PageType("admin-history", "/quan-tri/news/article/", lambda page: open_tool(page, "Lịch sử")),
    PageType("admin-version", "/quan-tri/news/article/", open_version),
    PageType("admin-conflict", "/quan-tri/news/article/", save_over_another),
    PageType("admin-preview", "/quan-tri/news/article/", lambda page: open_tool(page, "Xem trước")),
    PageType(
        "admin-preview-links",
        "/quan-tri/news/article/",
        lambda page: open_tool(page, "Đường dẫn xem trước"),
    ),
    PageType("admin-narration", "/quan-tri/news/article/", lambda page: open_tool(page, "Bản đọc")),
)
