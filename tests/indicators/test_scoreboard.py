import re
from datetime import timedelta

import pytest
from django.utils import timezone

from indicators.models import Figure
from indicators.scoreboard import Scoreboard
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db


def page_of(client, address="/chi-tieu/"):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def home():
    return make_territory(code="tra-vinh", name="Trà Vinh", full_name="tỉnh Trà Vinh", is_home=True)


@pytest.fixture
def industry(home):
    """Giá trị sản xuất công nghiệp 2023, as the department's report states it."""
    return make_figure(
        indicator=make_indicator(name="Giá trị sản xuất công nghiệp"),
        territory=home,
        result="35360",
        result_qualifier="over",
        stage="preliminary",
        stated_growth="12.06",
        stated_over_plan="4.44",
        target="33857",
        target_is_derived=True,
        article=make_article(title="Hội nghị tổng kết năm 2023"),
    )


def test_the_standard_table_holds_a_row_for_each_indicator(client, industry):
    row = words_of(page_of(client)).partition("Giá trị sản xuất công nghiệp ")[2]
    assert row.startswith(
        "tỷ đồng 31.555 suy ra 33.857 suy ra trên 35.360 sơ bộ "
        "104,44 vượt 4,44% kế hoạch 112,06 tăng 12,06% Vượt"
    )


def test_headings_name_the_years(client, industry):
    page = words_of(page_of(client))
    assert "Kết quả thực hiện chỉ tiêu năm 2023" in page
    assert "Chỉ tiêu ĐVT TH 2022 KH 2023 TH 2023 TH/KH (%) TH/TH 2022 (%) Đánh giá Nguồn" in page
    assert "Trong 1 chỉ tiêu có kế hoạch: 1 vượt." in page
    assert "Suy ra : tính ngược" in page


def test_a_row_links_to_its_indicator_and_its_source(client, industry):
    page = page_of(client)
    assert f'href="{industry.indicator.get_absolute_url()}"' in page
    assert f'href="{industry.article.get_absolute_url()}"' in page
    assert "Hội nghị tổng kết năm 2023" in page


@pytest.mark.parametrize(
    "state",
    [
        {"state": "draft", "published_at": None},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"state": "withdrawn"},
    ],
)
def test_a_source_the_public_may_not_read_is_not_named(client, home, state):
    make_figure(territory=home, article=make_article(title="Bài chưa đăng", **state))
    for address in ("", "nam/2023.csv", "nam/2023.json"):
        answer = client.get(f"/chi-tieu/{address}").content.decode()
        assert "Bài chưa đăng" not in answer
        assert "bai-chua-dang" not in answer


def test_a_rate_of_change_is_the_growth_itself(client, home):
    iip = make_indicator(name="Chỉ số sản xuất công nghiệp", unit="%", measure="change", decimals=2)
    make_figure(indicator=iip, territory=home, result="26.08", result_qualifier="estimated")
    row = words_of(page_of(client)).partition("Chỉ số sản xuất công nghiệp ")[2]
    assert row.startswith("% — — ước 26,08 — 126,08 tăng 26,08% Chưa giao kế hoạch")


def test_a_year_of_targets_has_a_table_of_targets(client, industry):
    make_figure(
        indicator=industry.indicator,
        territory=industry.territory,
        year=2024,
        result=None,
        target="40000",
        target_qualifier="over",
    )
    page = words_of(page_of(client, "/chi-tieu/nam/2024/"))
    assert "Chỉ tiêu năm 2024" in page
    assert "1 chỉ tiêu được đặt ra cho năm 2024, chưa có kết quả." in page
    assert "Chỉ tiêu ĐVT TH 2023 KH 2024 KH/TH 2023 (%) Nguồn" in page
    assert "tỷ đồng trên 35.360 trên 40.000 113,12 tăng khoảng 13,12%" in page
    assert "Đánh giá</th>" not in page


def test_a_target_whose_stated_rate_does_not_follow_is_pointed_out(client, home):
    retail = make_indicator(name="Tổng mức bán lẻ")
    make_figure(indicator=retail, territory=home, year=2021, result="45228")
    make_figure(
        indicator=retail,
        territory=home,
        year=2022,
        result=None,
        target="48000",
        target_stated_growth="7.14",
    )
    page = words_of(page_of(client, "/chi-tieu/nam/2022/"))
    assert "Nguồn ghi kế hoạch tăng 7,14%; tính từ các số đã công bố thì tăng 6,13%." in page
    assert "45.228 48.000 106,13 nguồn ghi tăng 7,14%" in page


def test_each_territory_has_a_table_and_home_comes_first(client, home):
    other = make_territory(name="An Giang", full_name="tỉnh An Giang")
    for territory in (other, home):
        make_figure(territory=territory)
    page = page_of(client)
    assert page.count("<table") == 2
    assert page.index("Tỉnh Trà Vinh") < page.index("Tỉnh An Giang")


def test_other_years_and_files_are_offered(client, industry):
    make_figure(year=2021)
    page = page_of(client)
    assert 'href="/chi-tieu/nam/2021/"' in page
    assert 'href="/chi-tieu/nam/2023/" aria-current="page"' in page
    for kind in ("csv", "xlsx", "json"):
        assert f'href="/chi-tieu/nam/2023.{kind}"' in page


def test_the_address_without_a_year_names_the_year_as_its_own(client, industry):
    assert '/chi-tieu/nam/2023/">' in re.search('rel="canonical"[^>]*>', page_of(client)).group()


def test_a_row_names_its_columns_where_it_is_shown_as_a_card(client, industry):
    page = page_of(client)
    labels = re.findall('data-label="([^"]+)"', page)
    assert labels == [
        "Thực hiện 2022",
        "Kế hoạch 2023",
        "Thực hiện 2023",
        "So với kế hoạch (%)",
        "So với năm 2022 (%)",
        "Nguồn",
    ]


def test_the_table_is_named_and_its_headings_say_what_they_head(client, industry):
    table = re.search("<table.*?</table>", page_of(client), re.DOTALL).group()
    assert "Kết quả thực hiện chỉ tiêu của Trà Vinh năm 2023</caption>" in table
    headings = re.findall("<th [^>]*>", table)
    assert all("scope=" in heading for heading in headings)
    assert sum('scope="row"' in heading for heading in headings) == 1


@pytest.mark.parametrize("result", ["100", None])
def test_the_heading_of_a_group_is_as_wide_as_the_table(client, home, result):
    make_figure(territory=home, result=result, target="90")
    page = page_of(client)
    width = int(re.search('colspan="([0-9]+)"', page).group(1))
    assert width == page.count('<th scope="col"')


def test_a_value_nobody_knows_is_marked_so_that_a_card_may_leave_it_out(client, home):
    make_figure(territory=home, result="100")
    page = page_of(client)
    missing = re.findall('cell--missing" data-label="([^"]+)"[^>]*>([^<]*)<', page)
    assert ("Kế hoạch 2023", "—") in missing
    assert "Thực hiện 2023" not in dict(missing)


def test_the_year_shown_is_told_apart_among_the_years(client, industry):
    make_figure(year=2021)
    years = re.search('<ul class="years__list".*?</ul>', page_of(client), re.DOTALL).group()
    assert words_of(years) == "Năm 2023 Năm 2021"
    assert years.count("aria-current") == 1


def test_without_figures_the_page_says_so(client):
    assert "Chưa có số liệu nào được công bố." in page_of(client)


@pytest.mark.parametrize(
    "address",
    [
        "/chi-tieu/nam/1999/",
        "/chi-tieu/nam/0000/",
        "/chi-tieu/nam/9999/",
        "/chi-tieu/nam/99999/",
        "/chi-tieu/nam/202/",
        "/chi-tieu/nam/20a3/",
        "/chi-tieu/nam/-2023/",
        "/chi-tieu/nam/٢٠٢٣/",
        "/chi-tieu/nam/",
        "/chi-tieu/nam/1999.csv",
        "/chi-tieu/nam/1999.xlsx",
        "/chi-tieu/nam/1999.json",
        "/chi-tieu/nam/2023.xml",
        "/chi-tieu/khong-co/",
        "/chi-tieu/khong-co.csv",
        "/chi-tieu/khong-co.json",
        "/chi-tieu/chỉ-tiêu/",
        "/chi-tieu/%00/",
        "/chi-tieu/" + "a" * 3000 + "/",
    ],
)
def test_an_address_nobody_has_is_not_found(client, industry, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, industry, method):
    assert getattr(client, method)("/chi-tieu/").status_code == 405


def test_the_page_is_the_same_for_everybody(client, admin_client, industry):
    stranger, editor = client.get("/chi-tieu/"), admin_client.get("/chi-tieu/")
    assert stranger.content == editor.content
    for response in (stranger, editor):
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "s-maxage=60" in response["Cache-Control"]


def test_many_indicators_take_no_more_queries(client, home, django_assert_max_num_queries):
    indicators, article = [make_indicator() for _ in range(12)], make_article()
    home.breaks.create(year=2022, reason="hợp nhất hai tỉnh")
    for number in range(12):
        for year in (2022, 2023, 2024):
            result = None if year == 2024 else "90"
            make_figure(
                indicator=indicators[number],
                territory=home,
                year=year,
                result=result,
                target="100",
                article=article,
                source=f"Báo cáo {number}",
            )
    with django_assert_max_num_queries(6):
        client.get("/chi-tieu/")
    with django_assert_max_num_queries(6):
        client.get("/chi-tieu/nam/2023/")


def test_a_year_with_results_leads_to_the_plans_for_the_next(client, industry):
    assert "Đã có kế hoạch" not in page_of(client)
    plan = make_figure(
        indicator=industry.indicator,
        territory=industry.territory,
        year=2024,
        result=None,
        target="40000",
    )
    page = page_of(client)
    assert "Đã có kế hoạch năm 2024 của 1 chỉ tiêu, chưa có kết quả" in words_of(page)
    assert 'href="/chi-tieu/nam/2024/#bang-tra-vinh"' in page
    assert 'id="bang-tra-vinh"' in page_of(client, "/chi-tieu/nam/2024/")
    plan.result = 1
    plan.save()
    assert "Đã có kế hoạch" not in page_of(client, "/chi-tieu/nam/2023/")


def test_a_year_known_by_words_alone_is_a_year_with_results(client, home):
    make_figure(territory=home, result=None, stated_outcome="met")
    page = words_of(page_of(client))
    assert "Kết quả thực hiện chỉ tiêu năm 2023" in page
    assert "Trong 1 chỉ tiêu có kế hoạch: 1 đạt." in page


def test_cells_carry_the_numbers_a_script_sorts_by_and_missing_ones_are_empty(client, industry):
    table = re.search("<table.*?</table>", page_of(client), re.DOTALL).group()
    amounts = re.findall('data-value="([^"]*)"', table)
    assert [amount.partition(".")[0] for amount in amounts] == [
        *("31555", "33857", "35360", "104", "112"),
        "0",  # the best judgement
    ]
    make_figure(territory=industry.territory, result="5")
    missing = re.findall('data-value=""[^>]*>([^<]*)<', page_of(client))
    assert missing[:2] == ["—", "—"]


def test_across_a_break_growth_is_refused_and_the_reason_stands_under_the_table(client, home):
    home.breaks.create(year=2023, reason="hợp nhất hai tỉnh")
    merged, restated = make_indicator(), make_indicator()
    for indicator in (merged, restated):
        make_figure(indicator=indicator, territory=home, year=2022, result="40")
    make_figure(indicator=merged, territory=home, result="98")
    make_figure(indicator=restated, territory=home, result="98", restated_previous="70")
    page = words_of(page_of(client))
    assert f"{merged.name} tỷ đồng — — 98 — — không so được với năm 2022 Chưa giao" in page
    assert f"{restated.name} tỷ đồng 70 tính lại theo địa bàn mới — 98 — 140 tăng 40%" in page
    assert "Từ năm 2023 địa bàn thay đổi: hợp nhất hai tỉnh." in page


def test_markup_in_names_is_shown_as_text(client, home):
    make_figure(
        indicator=make_indicator(name="<script>alert(1)</script>", unit="<b>%</b>"),
        territory=home,
        source='"><img src=x onerror=alert(1)>',
    )
    page = page_of(client)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>%</b>" not in page


def test_two_territories_of_one_name_have_a_table_each():
    indicators = [make_indicator(), make_indicator()]
    for territory in (make_territory(name="Vĩnh Long"), make_territory(name="Vĩnh Long")):
        for indicator in indicators:
            make_figure(indicator=indicator, territory=territory)
    assert [len(board.rows) for board in Scoreboard.of(2023).boards] == [2, 2]


def test_a_table_asks_each_figure_but_once_whether_it_is_reported(monkeypatch, client, home):
    for _ in range(10):
        make_figure(territory=home, result=None, target="5")
    asked = []
    is_reported = Figure.is_reported.fget
    monkeypatch.setattr(
        Figure, "is_reported", property(lambda figure: asked.append(figure) or is_reported(figure))
    )
    client.get("/chi-tieu/nam/2023/")
    assert len(asked) == 20  # for the table and for the title of the page


def test_only_targets_count_as_plans_for_the_next_year(client, industry):
    told = {"territory": industry.territory, "year": 2024, "result": None}
    make_figure(**told, stated_outcome="met")
    make_figure(**told, target="5")
    assert "Đã có kế hoạch" not in page_of(client, "/chi-tieu/nam/2023/")
