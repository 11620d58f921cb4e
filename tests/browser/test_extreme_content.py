"""Content nobody plans for, put into the database as no form would let it in."""

import re

import psycopg
import pytest

from tests.browser.page_types import WITHOUT_PICTURE
from tests.browser.test_pages import HEIGHT, MEASURES

WORDS = "Nghiêng ngả những đường dây điện trung thế vượt sông Cổ Chiên "
LONG_TITLE = (WORDS * 4)[:200].strip()
LONG_WORD = "Nghiêng" * 40
CELLS = "".join(f"<td>Chỉ tiêu {number}: 1.234.567,8 tỷ đồng</td>" for number in range(12))
BODIES = {
    "one-word": (LONG_WORD[:200], "<p>Vâng.</p>"),
    "long-title": (LONG_TITLE, f"<h2>{LONG_TITLE}</h2><p>{LONG_WORD}</p>"),
    "wide-table": ("Bảng rộng", f"<table><tbody>{f'<tr>{CELLS}</tr>' * 3}</tbody></table>"),
    "broken-picture": (
        "Ảnh hỏng",
        '<p><img src="/media/khong-co.webp" alt="Ảnh chụp toàn cảnh nhà máy" width="3000"></p>',
    ),
}

ARTICLES = [f"/tin-tuc/{slug}/" for slug in BODIES]
WIDTHS = (320, 360, 1280)


@pytest.fixture(scope="module")
def extreme_articles(portal):
    """Articles copied from an ordinary one without a picture; gone afterwards."""
    with psycopg.connect(portal.database) as connection:
        names = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'news_article'"
            " AND is_generated = 'NEVER' AND column_name NOT IN ('id', 'slug')"
        )
        others = ", ".join(name for (name,) in names)
        for slug, (title, body) in BODIES.items():
            connection.execute(
                f"INSERT INTO news_article (slug, {others})"  # noqa: S608 - names of columns
                f" SELECT %s, {others} FROM news_article WHERE slug = %s",
                [slug, WITHOUT_PICTURE],
            )
            connection.execute(
                "UPDATE news_article SET title = %s, body = %s, lead = '', published_at = now()"
                " WHERE slug = %s",
                [title, body, slug],
            )
    yield
    with psycopg.connect(portal.database) as connection:
        connection.execute("DELETE FROM news_article WHERE slug = ANY(%s)", [list(BODIES)])


@pytest.mark.parametrize("path", [*ARTICLES, "/", "/tin-tuc/", "/tim-kiem/?q=nghieng"])
def test_extreme_content_stays_within_the_page(extreme_articles, open_page, take_picture, path):
    page = open_page(path, expect_errors=True)  # a picture is not found
    page.wait_for_load_state("networkidle")
    measures = page.evaluate_handle(MEASURES)
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for name in ("sidewaysScroll", "overlaps"):
            found = measures.evaluate(f"measures => measures.{name}()")
            faults += [f"{width} px: {fault}" for fault in found]
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        take_picture(page, f"extreme-{name}-{width}")
    assert not faults, "\n".join(faults)
