import re
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from indicators.models import Quotation
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def retail():
    """Tổng mức bán lẻ of two provinces, which are never one series."""
    indicator = make_indicator(
        name="Tổng mức bán lẻ",
        definition="Doanh thu bán lẻ hàng hóa và dịch vụ.",
        responsible_unit="Phòng Quản lý Thương mại",
    )
    home = make_territory(name="Trà Vinh", full_name="tỉnh Trà Vinh", is_home=True)
    other = make_territory(name="Hưng Yên", full_name="tỉnh Hưng Yên")
    make_figure(
        indicator=indicator,
        territory=home,
        year=2023,
        result="56180",
        result_qualifier="over",
        stated_growth="15.05",
        stated_over_plan="7.08",
        target="52465",
        target_is_derived=True,
        article=make_article(title="Tổng kết năm 2023"),
    )
    make_figure(
        indicator=indicator,
        territory=home,
        year=2024,
        result=None,
        target="59350",
        target_qualifier="nearly",
    )
    make_figure(
        indicator=indicator,
        territory=other,
        year=2021,
        result="45228",
        result_qualifier="estimated",
        source="Báo cáo năm 2021",
        article=make_article(title="Bài còn nháp", state="draft", published_at=None),
    )
    return indicator


def page_of(client, indicator):
    response = client.get(indicator.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_explains_the_indicator(client, retail):
    page = page_of(client, retail)
    for fact in (
        "Tổng mức bán lẻ",
        "Doanh thu bán lẻ hàng hóa và dịch vụ.",
        "tỷ đồng",
        "Phòng Quản lý Thương mại",
        "Càng cao càng tốt",
    ):
        assert fact in page


def test_a_sentence_says_where_each_territory_stands(client, retail):
    page = page_of(client, retail)
    for sentence in (
        (
            "Năm 2023, Trà Vinh vượt 7,08% kế hoạch: trên 56.180 so với 52.465 tỷ đồng, "
            "kế hoạch suy ra; tăng 15,05% so với năm 2022."
        ),
        (
            "Năm 2024, Trà Vinh đặt kế hoạch gần 59.350 tỷ đồng, "
            "tăng khoảng 5,64% so với kết quả năm 2023."
        ),
        "Kế hoạch suy ra: 56.180 ÷ (100% + 7,08%) = 52.465 tỷ đồng.",
        "Năm 2021, Hưng Yên ước đạt 45.228 tỷ đồng.",
    ):
        assert sentence in page


def drawings_of(page):
    found = re.findall(r"<svg class=\"chart__drawing\".*?</svg>\s*</div>", page, re.DOTALL)
    # The page's own drawings.
    return [ElementTree.fromstring(f"<div>{drawing}")[0] for drawing in found]  # noqa: S314


def test_each_chart_is_sound_and_its_numbers_stand_in_a_table(client, retail):
    page = page_of(client, retail)
    drawings = drawings_of(page)
    assert len(drawings) == page.count("<table") == 2
    for root in drawings:
        assert root.get("width") == "100%"
        assert root.get("height").isdigit()
        assert not any("style" in element.attrib for element in root.iter())
        places = [
            element.get(name)
            for element in root.iter()
            for name in ("x", "y", "x1", "x2", "y1", "y2", "width", "height")
            if element.get(name) is not None
        ]
        assert all(re.fullmatch(r"-?\d+|\d+\.\d\d%|100%", place) for place in places)


def test_each_year_of_a_chart_is_a_link_to_its_line_that_says_its_numbers(client, retail):
    page = page_of(client, retail)
    home = drawings_of(page)[0]
    assert home.get("role") == "group"
    assert f'id="{home.get("aria-labelledby")}"' in page
    links = home.findall("a")
    assert [link.find("title").text for link in links] == [
        "Năm 2023: thực hiện trên 56.180 tỷ đồng, kế hoạch 52.465 tỷ đồng (suy ra)",
        "Năm 2024: kế hoạch gần 59.350 tỷ đồng",
    ]
    for link in links:
        assert f'<tr id="{link.get("href").removeprefix("#")}"' in page


def test_the_sentence_comes_before_the_chart_and_the_chart_before_the_table(client, retail):
    page = page_of(client, retail)
    assert page.index("status__sentence") < page.index("<figure") < page.index("<table")
    assert page.index("<table") < page.index("Về chỉ tiêu này")


def test_a_line_names_its_columns_where_it_is_shown_as_a_card(client, retail):
    page = page_of(client, retail)
    for label in ("Kế hoạch", "Thực hiện", "So với kế hoạch (%)", "So với năm trước"):
        assert f'data-label="{label}"' in page


def test_what_the_source_says_stands_beside_the_series(client, retail):
    aside = page_of(client, retail).partition("<aside")[2]
    assert "tăng 15,05% so với năm 2022, vượt 7,08% kế hoạch." in aside
    assert "Báo cáo năm 2021" in aside


def test_a_year_of_which_the_source_says_no_more_is_a_mere_reference(client, retail):
    aside = " ".join(page_of(client, retail).partition("<aside")[2].split())
    assert "<li> Năm 2023: tăng 15,05%" in aside
    assert "<li> Năm 2021 <a" in aside


def test_years_that_share_a_source_refer_to_it_once(client):
    values = {"indicator": make_indicator(), "territory": make_territory(), "source": "Niên giám"}
    make_figure(**values, year=2024, months=9)
    for year in (2019, 2020, 2021, 2023):
        make_figure(**values, year=year)
    make_figure(**values, year=2022, note="Đã kiểm kê.")
    aside = page_of(client, values["indicator"]).partition('class="series-notes"')[2]
    notes = [words_of(item) for item in aside.partition("</ul>")[0].split("<li>")[1:]]
    reference = "Nguồn: Niên giám [1]"
    assert notes == [
        f"Năm 2023; năm 2019–2021; 9 tháng đầu năm 2024 {reference}",
        f"Năm 2022: Đã kiểm kê. {reference}",
    ]


def test_a_growth_that_the_numbers_contradict_is_pointed_out_wherever_it_is_told(client):
    values = {"indicator": make_indicator(), "territory": make_territory()}
    make_figure(**values, year=2021, result="45228")
    make_figure(**values, year=2022, result="48000", stated_growth="7.14")
    page = page_of(client, values["indicator"])
    warning = "Nguồn ghi tăng 7,14%; tính từ các số đã công bố thì tăng 6,13%."
    status, _, rest = page.partition('class="cards__frame')
    table, _, aside = rest.partition("</table>")
    assert warning in status
    assert "nguồn ghi tăng 7,14%" in table.replace("\N{NO-BREAK SPACE}", " ")
    assert warning in aside.partition("ghi-chu")[2]  # although nobody named the source
    framed = client.get(f"{values['indicator'].get_absolute_url()}nhung/").content.decode()
    assert warning in framed


def test_a_rate_of_change_may_have_a_year_before(client):
    iip = make_indicator(unit="%", measure="change")
    home = make_territory()
    make_figure(indicator=iip, territory=home, year=2022, result="9.9")
    make_figure(indicator=iip, territory=home, year=2023, result="26.08")
    assert "tăng 26,08% so với năm 2022." in page_of(client, iip)


def test_only_published_articles_are_named_as_sources(client, retail):
    page = page_of(client, retail)
    assert "Tổng kết năm 2023" in page
    assert "Báo cáo năm 2021" in page
    assert "Bài còn nháp" not in page


def test_a_period_within_the_year_is_listed_but_not_drawn(client, retail):
    territory = make_territory(name="Cần Thơ")
    make_figure(indicator=retail, territory=territory, year=2024, months=9, result="40")
    page = page_of(client, retail)
    assert "9 tháng đầu năm 2024" in page
    assert page.count("chart__drawing") == 2


def test_whole_years_and_parts_of_years_stand_apart(client, retail):
    home = retail.figures.get(year=2023).territory
    make_figure(indicator=retail, territory=home, year=2024, months=9, result="40000")
    page = " ".join(page_of(client, retail).split())
    table = page.partition("<table")[2].partition("</table>")[0]
    whole, within = table.split("Lũy kế từ đầu năm, so với cùng kỳ năm trước")
    assert "Năm 2023" in whole
    assert "Năm 2024" in whole
    assert "9 tháng đầu năm 2024" not in whole
    assert "9 tháng đầu năm 2024" in within


def words_of(page):
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_the_box_beside_the_figures_tells_how_they_are_made_and_when_new_ones_come(client):
    months = {"release_months": list(range(1, 13))}
    indicator = make_indicator(method="Theo giá so sánh.", source="Cục Thống kê", **months)
    page = words_of(page_of(client, indicator))
    assert "Phương pháp tính Theo giá so sánh." in page
    assert "Nơi công bố Cục Thống kê" in page
    assert f"Số liệu mới dự kiến tháng {timezone.localdate():%m/%Y}" in page
    assert "Số liệu mới" not in page_of(client, make_indicator())


def test_what_was_said_before_is_shown_with_its_dates(client):
    figure = make_figure(result="35000", stage="estimated", article=make_article(title="Lần đầu"))
    day = timezone.now() - timedelta(days=90)
    type(figure).objects.update(updated_at=day)
    figure.refresh_from_db()
    figure.result, figure.result_qualifier, figure.stage = Decimal(35360), "over", "preliminary"
    figure.article = make_article(title="Bản nháp", state="draft", published_at=None)
    figure.save()
    page = words_of(page_of(client, figure.indicator))
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert "Các lần công bố Năm 2023" in page
    assert f"đến {today} ước tính 35.000 tỷ đồng (bài viết nguồn : Lần đầu )" in page
    assert f"từ {today} sơ bộ trên 35.360 tỷ đồng" in page
    assert "Bản nháp" not in page


def test_a_figure_that_was_never_changed_has_no_history(client, retail):
    assert "Các lần công bố" not in page_of(client, retail)


def test_articles_that_quote_it_are_listed_once_newest_first(client, retail):
    figure, now = retail.figures.get(year=2023), timezone.now()
    older, newer, draft = (
        make_article(title=title, **changes)
        for title, changes in {
            "Bài cũ": {"published_at": now - timedelta(days=900)},
            "Bài mới": {"published_at": now - timedelta(hours=1)},
            "Bài đang viết": {"state": "draft", "published_at": None},
        }.items()
    )
    for article in (older, newer, newer, draft, figure.article):
        sentence = str(Quotation.objects.count())
        Quotation.objects.create(figure=figure, article=article, fingerprint=sentence)
    listed = page_of(client, retail).partition("Bài viết có số liệu này")[2].partition("</ul>")[0]
    assert re.findall(r"[^<>]+(?= <span)", listed) == ["Bài mới", "Bài cũ", "Tổng kết năm 2023"]


def test_many_articles_are_folded_away_but_none_is_lost(client, retail):
    figure = retail.figures.get(year=2023)
    for _ in range(8):
        Quotation.objects.create(figure=figure, article=make_article())
    page = page_of(client, retail)
    assert "Xem thêm 3 bài" in page
    assert all(each.article.get_absolute_url() in page for each in figure.quotations.all())


def test_a_break_is_marked_in_the_chart_and_explained_wherever_a_comparison_is_missed(client):
    indicator, home = make_indicator(), make_territory(name="Vĩnh Long")
    home.breaks.create(year=2025, reason="hợp nhất ba tỉnh")
    for year, result in {2023: "35", 2024: "40", 2025: "98"}.items():
        make_figure(indicator=indicator, territory=home, year=year, result=result)
    page = page_of(client, indicator)
    assert page.count('class="chart__break"') == 1
    told = words_of(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "Không so được với năm 2024: hợp nhất ba tỉnh." in told
    assert "Từ năm 2025 địa bàn thay đổi: hợp nhất ba tỉnh." in told
    assert "— không so được với năm 2024: hợp nhất ba tỉnh" in told
    assert "tăng 14,29%" in told  # before it


def test_files_are_offered(client, retail):
    page = page_of(client, retail)
    assert 'href="/chi-tieu/tong-muc-ban-le.csv" download' in page
    assert 'href="/chi-tieu/tong-muc-ban-le.json" download' in page


def test_an_indicator_without_figures_says_so(client):
    assert "Chỉ tiêu này chưa có số liệu." in page_of(client, make_indicator())


def test_the_page_sets_no_cookie_and_asks_little(client, retail, django_assert_max_num_queries):
    for figure in retail.figures.all():
        figure.note, figure.result = "Đính chính.", Decimal(figure.year)
        figure.save()
        for _ in range(3):
            Quotation.objects.create(figure=figure, article=make_article())
    with django_assert_max_num_queries(8):
        response = client.get(retail.get_absolute_url())
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
