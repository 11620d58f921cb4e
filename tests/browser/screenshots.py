"""
Photographs the demonstration for README and the guides; `make screenshots`.

`python -m tests.browser.screenshots home admin-start` takes only those. One line in PICTURES adds
a picture; its place is docs/pictures/<name>.webp.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import running_browser, sign_in
from tests.browser.page_types import LEAD_STORY, nothing, open_first
from tests.portals import Portal, running_portal, wait_for_worker

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 80_000  # bytes
QUALITIES = range(85, 20, -5)


class Picture(NamedTuple):
    name: str
    path: str
    width: int = 1280  # CSS px of the window, as is height
    height: int = 900
    theme: str = "light"
    signed_in: bool = False  # as the first administrator
    act: Callable[[Page], None] = nothing  # clicks and fills before the picture is taken
    clip: str = ""  # a selector: this element alone instead of the window


def write_article(page: Page) -> None:
    page.get_by_label("Tiêu đề").fill("Chợ phiên cuối tuần mở thêm khu đặc sản")
    page.get_by_label("Sapo").fill("Từ tuần này, chợ phiên có thêm hai mươi gian hàng đặc sản.")
    text = "<h2>Mở cửa đến 21 giờ</h2><p>Khu mới nằm ngay cổng chính, có chỗ gửi xe riêng.</p>"
    page.frame_locator(".cke_wysiwyg_frame").locator("body").wait_for()
    page.evaluate("text => CKEDITOR.instances.id_body.setData(text)", text)


def submit_article(page: Page) -> None:
    """Leave an article waiting for review and come back to the start page."""
    page.get_by_role("link", name="Viết bài mới").click()
    write_article(page)
    page.locator("#id_category + .select2").click()
    page.get_by_role("option", name="Thương mại").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu và gửi duyệt").click()
    page.goto("/quan-tri/", wait_until="networkidle")


def describe_picture(page: Page) -> None:
    """Put a picture into the text, up to the dialog that asks what it shows."""
    page.locator(".cke_button__image").click()
    page.get_by_role("tab", name="Chọn ảnh từ máy").click()
    chosen = FOLDER.parents[1] / "fixtures/media/demo/gian-hang-cho.webp"
    page.frame_locator(".cke_dialog iframe").locator("input[type=file]").set_input_files(chosen)
    description = page.get_by_label("Mô tả ảnh", exact=True)
    description.fill("Người dân chọn mua nông sản ở chợ phiên")
    description.evaluate("field => field.setSelectionRange(0, 0)")


def schedule(page: Page) -> None:
    page.locator("#id_published_at_0").fill("25/12/2026")
    page.locator("#id_published_at_1").fill("07:30")


def choose_articles(page: Page) -> None:
    page.locator("#result_list tbody input").first.check()
    page.locator("select[name=action]").select_option("Duyệt đăng các bài đã chọn")


def read_figures(page: Page) -> None:
    open_first(page)
    page.get_by_role("link", name="Đọc số liệu trong bài").click()
    page.wait_for_load_state()
    page.locator(".proposal summary").nth(2).click()


def open_answer(page: Page) -> None:
    open_first(page)
    page.locator("summary", has_text="Trả lời").first.click()


def ask_question(page: Page) -> None:
    page.get_by_label("Câu hỏi:").fill("Giờ tiếp dân của Sở đã thuận tiện chưa?")
    page.locator("#id_options-0-text").fill("Thuận tiện")
    page.locator("#id_options-1-text").fill("Chưa thuận tiện")


PICTURES = (
    Picture("home", "/"),
    Picture("scoreboard", "/chi-tieu/"),
    Picture("article-phone", f"/tin-tuc/{LEAD_STORY}/", width=390, height=844),
    Picture(
        "display", "/", width=390, height=640, act=lambda page: page.locator("summary").click()
    ),
    Picture("search", "/tim-kiem/?q=cho+phien", width=768, height=640),
    Picture("admin-start", "/quan-tri/", signed_in=True, act=submit_article),
    Picture("article-list", "/quan-tri/news/article/", 1280, 560, "light", True, choose_articles),
    Picture(
        "article-form",
        "/quan-tri/news/article/add/",
        signed_in=True,
        act=write_article,
        clip="#article_form fieldset",
    ),
    Picture(
        "article-picture",
        "/quan-tri/news/article/add/",
        signed_in=True,
        act=describe_picture,
        clip=".cke_dialog_body",
    ),
    Picture(
        "article-schedule",
        "/quan-tri/news/article/add/",
        signed_in=True,
        act=schedule,
        clip="fieldset:has(#id_published_at_0)",
    ),
    Picture(
        "figure",
        "/quan-tri/indicators/figure/?q=gia+tri+san+xuat&year=2023",
        signed_in=True,
        act=open_first,
        clip="#figure_form",
    ),
    Picture(
        "figure-grid", "/quan-tri/indicators/figure/nhap/?dia-ban=tra-vinh&nam=2023", signed_in=True
    ),
    Picture(
        "figure-proposal",
        "/quan-tri/news/article/?q=san+xuat+cong+nghiep+tren",
        signed_in=True,
        act=read_figures,
        clip=".proposal:nth-of-type(3)",
    ),
    Picture(
        "answer",
        "/quan-tri/feedback/submission/",
        signed_in=True,
        act=open_answer,
        clip=".steps",
    ),
    Picture(
        "poll",
        "/quan-tri/feedback/poll/add/",
        signed_in=True,
        act=ask_question,
        clip="#poll_form",
    ),
)


def take(browser: Browser, portal: Portal, picture: Picture) -> bytes:
    """Return the picture as PNG."""
    context = browser.new_context(
        base_url=portal.url,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.theme,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",  # else the admin remarks on the difference
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.signed_in:
        sign_in(page, portal)
    page.goto(picture.path, wait_until="networkidle")
    picture.act(page)
    shown = page.locator(picture.clip).first if picture.clip else page
    taken = shown.screenshot()
    context.close()
    return taken


def as_webp(png: bytes) -> bytes:
    """Encode as well as LARGEST allows."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in QUALITIES:
        file = io.BytesIO()
        image.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= LARGEST:
            return file.getvalue()
    sys.exit(f"{image.size}: more than {LARGEST} bytes even at quality {quality}; clip it")


def main(names: list[str]) -> None:
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        os.environ["PORTAL_DATA"] = data
        with running_portal(Path(data)) as portal, running_browser() as browser:
            wait_for_worker(portal)
            for picture in wanted:
                file = FOLDER / f"{picture.name}.webp"
                file.write_bytes(as_webp(take(browser, portal, picture)))
                print(f"{file.relative_to(FOLDER.parents[1])}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
