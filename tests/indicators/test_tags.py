import re

import pytest
from django.template import Context, Template

from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db


def words_of(markup):
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def rendered(template, **context):
    return " ".join(Template("{% load indicators %}" + template).render(Context(context)).split())


@pytest.fixture
def home():
    return make_territory(name="Trà Vinh", full_name="tỉnh Trà Vinh", is_home=True)


@pytest.fixture
def industry(home):
    indicator = make_indicator(name="Giá trị sản xuất công nghiệp", is_headline=True)
    make_figure(indicator=indicator, territory=home, year=2022, result="31555", target="32000")
    make_figure(
        indicator=indicator,
        territory=home,
        result="35360",
        result_qualifier="over",
        stated_growth="12.06",
        stated_over_plan="4.44",
        target="33857",
        target_is_derived=True,
    )
    make_figure(indicator=indicator, territory=home, year=2024, result=None, target="40000")
    return indicator


def test_a_card_shows_the_newest_result_of_a_headline_indicator(
    industry, django_assert_num_queries
):
    with django_assert_num_queries(2):
        cards = rendered("{% headline_figures %}")
    for part in (
        "Chỉ tiêu chủ yếu",
        "Tỉnh Trà Vinh",
        "Giá trị sản xuất công nghiệp",
        "Năm 2023",
        "trên 35.360",
        "tỷ đồng",
        "tăng 12,06% so với năm 2022",
        "104,44% kế hoạch",
        "tag--exceeded",
        ">Vượt<",
        "Năm 2024: kế hoạch 40.000 tỷ đồng",
        industry.get_absolute_url(),
        'href="/chi-tieu/"',
    ):
        assert part in cards


def test_the_chart_of_a_card_is_told_in_words(industry):
    cards = rendered("{% headline_figures %}")
    (told,) = re.findall('role="img" aria-label="([^"]+)"', cards)
    assert told == (
        "Năm 2022: thực hiện 31.555 tỷ đồng, kế hoạch 32.000 tỷ đồng. "
        "Năm 2023: thực hiện trên 35.360 tỷ đồng, kế hoạch 33.857 tỷ đồng (suy ra). "
        "Năm 2024: kế hoạch 40.000 tỷ đồng."
    )


def test_the_card_of_a_rate_of_change_shows_the_change(home):
    iip = make_indicator(name="IIP", unit="%", measure="change", decimals=2, is_headline=True)
    make_figure(
        indicator=iip, territory=home, result="26.08", result_qualifier="estimated", target="8.7"
    )
    cards = rendered("{% headline_figures %}")
    assert ">ước tăng 26,08%<" in cards
    assert ">so với năm 2022<" in cards
    assert "cao hơn kế hoạch 17,38 điểm %" in cards


def test_without_headline_figures_there_is_not_even_a_heading():
    make_figure(indicator=make_indicator(is_headline=True))
    assert rendered("{% headline_figures %}") == ""


def test_an_article_lists_the_figures_it_is_the_source_of(home, django_assert_num_queries):
    article = make_article()
    exports, retail = make_indicator(name="Xuất khẩu"), make_indicator(name="Bán lẻ")
    make_figure(
        indicator=exports, territory=home, article=article, target="90", stated_growth="-4.81"
    )
    make_figure(
        indicator=retail, territory=home, article=article, year=2024, result=None, target="59350"
    )
    make_figure(article=make_article())
    with django_assert_num_queries(1):
        found = rendered("{% figures_of article %}", article=article)
    assert found.index("Trà Vinh, năm 2023") < found.index("Trà Vinh, năm 2024")
    row = words_of(found.partition(exports.get_absolute_url())[2])
    assert row.startswith('">Xuất khẩu 100 tỷ đồng Vượt giảm 4,81%, vượt 11,11% kế hoạch')
    assert "kế hoạch 59.350 tỷ đồng" in found
    assert found.count("<li") == 2
    assert "<details" not in found


@pytest.mark.parametrize(("count", "shown", "folded"), [(7, 7, 0), (8, 4, 4), (14, 4, 10)])
def test_of_many_figures_the_first_few_stand_open(home, count, shown, folded):
    article = make_article()
    for _ in range(count):
        make_figure(indicator=make_indicator(), territory=home, article=article)
    found = rendered("{% figures_of article %}", article=article)
    opened, details, rest = found.partition("<details")
    assert (opened.count("<li"), rest.count("<li")) == (shown, folded)
    assert (f"<summary>Xem thêm {folded} số liệu</summary>" in rest) is bool(details)
    assert bool(details) is bool(folded)


def test_an_article_without_figures_shows_nothing(django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(1):
        assert rendered("{% figures_of article %}", article=article) == ""
