import re

import pytest

from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db

ADDRESS = "/chi-tieu/so-sanh/"


@pytest.fixture
def home():
    return make_territory(code="tra-vinh", name="Trà Vinh", full_name="tỉnh Trà Vinh", is_home=True)


@pytest.fixture
def industry(home):
    """Eight years of an indicator, the territory another from 2023 on, the last year planned."""
    indicator = make_indicator(name="Giá trị sản xuất")
    home.breaks.create(year=2023, reason="hợp nhất hai tỉnh")
    for year in range(2017, 2025):
        make_figure(
            indicator=indicator,
            territory=home,
            year=year,
            result=None if year == 2024 else year,
            target=year + 1,
        )
    return indicator


def page_of(client, query=""):
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&nbsp;", " ").split())


def years_of(page):
    return re.findall(r'data-sort="number">(\d+)', page)


def test_each_year_has_a_column_with_the_result_and_the_plan_under_it(client, industry):
    page = page_of(client, "?tu=2022&den=2024")
    assert "So sánh chỉ tiêu 2022–2024" in page
    row = words_of(page).partition("Giá trị sản xuất ")[2]
    assert row.startswith(
        "tỷ đồng 2.022 KH 2.023 Không đạt 2.023 KH 2.024 Không đạt KH 2.025 Số đậm"
    )
    assert f'href="{industry.get_absolute_url()}"' in page


def test_without_a_choice_the_newest_years_are_shown(client, industry):
    page = page_of(client)
    assert years_of(page) == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert '<option value="2019" selected>' in page
    assert '<option value="2024" selected>' in page


def test_a_break_is_marked_in_the_table_and_explained_under_it(client, industry):
    page = page_of(client, "?tu=2022&den=2024")
    assert words_of(page).count("2023 địa bàn mới") == 1
    assert 'years-table__new-series" data-label="2023 (địa bàn mới)"' in page
    assert "Từ năm 2023 địa bàn thay đổi: hợp nhất hai tỉnh." in page
    assert "địa bàn mới" not in page_of(client, "?tu=2023&den=2024")
    assert "địa bàn mới" not in page_of(client, "?tu=2021&den=2022")


def test_territories_have_their_own_years_and_home_comes_first(client, industry):
    other = make_territory(name="An Giang", full_name="tỉnh An Giang")
    make_figure(indicator=industry, territory=other, year=2021, result=None, stated_growth="4")
    page = page_of(client, "?tu=2020&den=2022")
    assert years_of(page) == ["2020", "2021", "2022", "2021"]
    assert page.index("Tỉnh Trà Vinh") < page.index("Tỉnh An Giang")
    assert words_of(page).partition("An Giang qua các năm")[2].count("tăng 4%") == 1


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("?tu=2024&den=2020", "Năm đầu phải trước năm cuối, hoặc cùng là một năm."),
        ("?tu=abc&den=2024", "Năm đầu phải là một năm có số liệu (2017–2024)."),
        ("?tu=2022&den=9999", "Năm cuối phải là một năm có số liệu (2017–2024)."),
        ("?tu=&den=2024", "Năm đầu phải là một năm có số liệu (2017–2024)."),
        ("?tu=%00&den=%3Cscript%3E", "Năm cuối phải là một năm có số liệu (2017–2024)."),
        ("?tu=2017&den=2024", "Mỗi lần so sánh được nhiều nhất 6 năm."),
    ],
)
def test_what_cannot_be_shown_is_answered_in_a_sentence(client, industry, query, problem):
    page = words_of(page_of(client, query))
    assert problem in page
    assert "Bảng dưới đây là các năm 2019–2024." in page


def test_a_single_year_may_be_asked_for(client, industry):
    page = page_of(client, "?tu=2022&den=2022&khac=1")
    assert "So sánh chỉ tiêu năm 2022" in page
    assert years_of(page) == ["2022"]
    assert "so-sanh/?tu=2022&amp;den=2022" in re.search('rel="canonical"[^>]*>', page).group()


def test_without_figures_the_page_says_so(client):
    assert "Chưa có số liệu nào được công bố." in page_of(client)


def test_the_scoreboard_leads_here_once_there_are_years_to_compare(client, home):
    make_figure(territory=home)
    assert ADDRESS not in client.get("/chi-tieu/").content.decode()
    make_figure(territory=home, year=2022)
    assert f'href="{ADDRESS}"' in client.get("/chi-tieu/").content.decode()


def test_many_figures_take_no_more_queries(client, industry, django_assert_max_num_queries):
    home = industry.figures.first().territory
    for _ in range(10):
        indicator = make_indicator()
        for year in (2022, 2023):
            make_figure(indicator=indicator, territory=home, year=year, target="5")
    with django_assert_max_num_queries(4):
        response = client.get(f"{ADDRESS}?tu=2019&den=2024")
    assert not response.cookies
    assert "s-maxage=60" in response["Cache-Control"]
