import pytest
from django.template import Context, Template

from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db


def rendered(template, **context):
    return " ".join(Template("{% load indicators %}" + template).render(Context(context)).split())


def test_a_card_shows_the_newest_result_of_a_headline_indicator(django_assert_num_queries):
    industry = make_indicator(name="Giá trị sản xuất công nghiệp", is_headline=True)
    make_figure(
        indicator=industry,
        territory=make_territory(name="Trà Vinh", is_home=True),
        result="35360",
        result_qualifier="over",
        stated_growth="12.06",
        stated_over_plan="4.44",
        target="33857",
        target_is_derived=True,
    )
    with django_assert_num_queries(1):
        cards = rendered("{% headline_figures %}")
    for part in (
        "Giá trị sản xuất công nghiệp",
        "Trà Vinh, năm 2023",
        "trên 35.360",
        "tỷ đồng",
        "tăng 12,06% so với năm trước",
        "104,44% kế hoạch",
        "tag--exceeded",
        "<svg",
        industry.get_absolute_url(),
    ):
        assert part in cards


def test_the_card_of_a_rate_of_change_shows_the_change_and_no_bar():
    iip = make_indicator(name="IIP", unit="%", measure="change", decimals=2, is_headline=True)
    make_figure(
        indicator=iip,
        territory=make_territory(is_home=True),
        result="26.08",
        result_qualifier="estimated",
        target="8.7",
    )
    cards = rendered("{% headline_figures %}")
    assert ">ước tăng 26,08%<" in cards
    assert "cao hơn kế hoạch 17,38 điểm %" in cards
    assert "<svg" not in cards


def test_without_headline_figures_there_is_not_even_a_heading():
    make_figure(indicator=make_indicator(is_headline=True))
    assert rendered("{% headline_figures %}") == ""


def test_an_article_lists_the_figures_it_is_the_source_of(django_assert_num_queries):
    article = make_article()
    home = make_territory(name="Trà Vinh", is_home=True)
    exports, retail = make_indicator(name="Xuất khẩu"), make_indicator(name="Bán lẻ")
    make_figure(indicator=exports, territory=home, article=article, stated_growth="-4.81")
    make_figure(
        indicator=retail, territory=home, article=article, year=2024, result=None, target="59350"
    )
    make_figure(article=make_article())
    with django_assert_num_queries(1):
        found = rendered("{% figures_of article %}", article=article)
    assert found.index("Trà Vinh, năm 2023") < found.index("Trà Vinh, năm 2024")
    assert "100 tỷ đồng, giảm 4,81%" in found
    assert "kế hoạch 59.350 tỷ đồng" in found
    assert found.count("<li>") == 2
    assert exports.get_absolute_url() in found


def test_an_article_without_figures_shows_nothing(django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(1):
        assert rendered("{% figures_of article %}", article=article) == ""
