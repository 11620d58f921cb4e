"""The chart other sites show in a frame: framed by anybody, running nothing."""

import re
from html import unescape

import pytest
from lxml import html

from indicators import embedding
from indicators.series import Series
from indicators.sources import Row
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_indicator,
    make_territory,
)
from tests.portal.contrast import DARK, LIGHT, colours

pytestmark = pytest.mark.django_db

ADDRESS = "/chi-tieu/xuat-khau/nhung/"


@pytest.fixture(autouse=True)
def figures():
    indicator = make_indicator(name="Xuất khẩu")
    home = make_territory(code="tra-vinh", name="Trà Vinh", is_home=True)
    other = make_territory(code="an-giang", name="An Giang")
    make_figure(indicator=indicator, territory=home, target="90", source="Báo cáo năm 2023")
    make_figure(indicator=indicator, territory=other, year=2022)


def page(client, query=""):
    return html.document_fromstring(client.get(ADDRESS + query).content.decode())


def test_any_site_may_frame_it_and_it_runs_nothing(client):
    response = client.get(ADDRESS)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "default-src 'none'; script-src 'none'" in policy
    assert "unsafe" not in policy
    assert "form-action 'none'" in policy
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies
    assert not page(client).xpath("//script | //form | //*[@style]")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/chi-tieu/",
        "/chi-tieu/xuat-khau/",
        "/chi-tieu/khong-co/nhung/",
        f"{ADDRESS}?dia-ban=x",
    ],
)
def test_no_other_page_may_be_framed(client, address):
    response = client.get(address)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_it_leads_to_the_page_in_the_whole_window(client, settings):
    tree = page(client)
    [title] = tree.xpath("//h1/a")
    assert title.get("href") == f"{settings.BASE_URL}/chi-tieu/xuat-khau/"
    outward = [link for link in tree.xpath("//a") if not link.get("href").startswith("#")]
    assert {link.get("target") for link in outward} == {"_top"}


def test_search_engines_keep_the_page_instead(client, settings):
    tree = page(client)
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    canonical = f"{settings.BASE_URL}/chi-tieu/xuat-khau/"
    assert tree.xpath("//link[@rel='canonical']/@href") == [canonical]
    assert client.get(ADDRESS)["X-Robots-Tag"] == "noindex"


def test_it_shows_chart_table_source_and_date(client):
    tree = page(client)
    text = tree.text_content()
    assert "Nguồn: Báo cáo năm 2023." in text
    assert re.search(r"Cập nhật ngày \d\d/\d\d/\d{4}", text)
    assert tree.xpath("//figure//a[@href='#nam-tra-vinh-2023']")
    [row] = tree.xpath("//details//tr[@id='nam-tra-vinh-2023']")
    assert row.text_content().split() == "Năm 2023 90 100 Vượt".split()


def test_the_territory_can_be_chosen(client):
    assert "An Giang" in page(client, "?dia-ban=an-giang").xpath("string(//title)")
    for query in ("", "?dia-ban=", "?nen=xanh", "?la=%00"):
        assert "Trà Vinh" in page(client, query).xpath("string(//title)")


@pytest.mark.parametrize("query", ["?dia-ban=ha-noi", "?dia-ban=%00", "?dia-ban=TRA-VINH"])
def test_an_unknown_territory_is_not_found(client, query):
    response = client.get(ADDRESS + query)
    assert response.status_code == 404
    assert "Không tìm thấy" in response.content.decode()


def test_an_indicator_without_figures_says_so(client):
    make_indicator(name="Trống")
    response = client.get("/chi-tieu/trong/nhung/")
    assert "Chỉ tiêu này chưa có số liệu." in response.content.decode()


@pytest.mark.parametrize(("name", "expected"), [("sang", LIGHT), ("toi", DARK)])
def test_a_site_may_choose_the_ground(client, name, expected):
    [*_, chosen] = page(client, f"?nen={name}").xpath("//link[@rel='stylesheet']/@href")
    rules = client.get(chosen).content.decode()
    assert "prefers-color-scheme" not in rules
    shown = re.split(
        r"@media \(prefers-contrast", re.sub(r"@media not all \{.*?\n\}", "", rules, flags=re.S)
    )[0]
    assert colours(shown).items() <= expected.items()


def test_there_is_no_other_ground(client):
    assert client.get("/chi-tieu/nhung-xanh.css").status_code == 404


def test_the_indicator_s_page_offers_the_code_to_copy(client, settings):
    tree = html.document_fromstring(client.get("/chi-tieu/xuat-khau/").content.decode())
    codes = [field.text for field in tree.xpath("//textarea[starts-with(@id, 'ma-nhung-')]")]
    frames = [html.fragment_fromstring(code) for code in codes]
    assert [frame.get("src") for frame in frames] == [
        f"{settings.BASE_URL}{ADDRESS}?dia-ban={code}" for code in ("tra-vinh", "an-giang")
    ]
    assert frames[0].get("title") == "Biểu đồ Xuất khẩu, Trà Vinh"
    assert frames[0].get("height").isdecimal()
    for button in tree.xpath("//button[@data-copy]"):
        assert tree.xpath(f"//textarea[@id='{button.get('data-copy')}']")


def test_a_name_with_quotes_does_not_leave_the_code():
    figure = figure_in_memory(year=2023, result="1")
    figure.indicator.name, figure.indicator.slug = 'Tên "lạ" <b>', "la"
    code = embedding.code(Series(figure.territory, [Row(figure, None)]))
    assert html.fragment_fromstring(code).get("title") == 'Biểu đồ Tên "lạ" <b>, Trà Vinh'
    assert "&quot;" in code
    assert unescape(code) != code


def test_it_takes_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(ADDRESS)
