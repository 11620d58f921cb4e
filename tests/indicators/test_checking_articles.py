"""What an article's text states of figures, recomputed before it is published."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command

from indicators import catalogue
from indicators.checking import checklist as figure_rule
from indicators.checking import stored
from indicators.checking.article import Known, in_readings
from indicators.models import Figure, Indicator
from indicators.reading import Reading
from news import checklist
from news.checklist.finding import Checked
from news.models import Article
from portal.management.commands.load_demo import FIXTURES
from tests.builders import make_article
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_indicator,
    make_territory,
)

SUBJECTS = {subject.code: subject for subject in catalogue.subjects()}


def read(value=None, **changes):
    """Return a reading of retail sales in 2022, as the text states them."""
    values = dict.fromkeys(Reading._fields, "") | {
        "code": "TMBL",
        "subject": "tổng mức bán lẻ",
        "place": None,
        "kind": "result",
        "year": 2022,
        "months": 12,
        "unit": "tỷ đồng",
        "digits": 0,
        "growth_unit": "%",
        "growth_digits": 2,
        "plan_digits": 2,
        "start": 0,
        "end": 1,
        "doubts": (),
    }
    numbers = {"value": value, "upper": None, "growth": None, "plan": None, "previous": None}
    for name, number in (numbers | {n: changes.pop(n) for n in numbers if n in changes}).items():
        values[name] = None if number is None else Decimal(number)
    return Reading(**values | changes)


def told(*readings, figures=(), breaks=()):
    known = {("TMBL", figure.year, figure.months): figure for figure in figures}
    return [one.sentence for one in in_readings(readings, Known(SUBJECTS, known, breaks))]


def in_2021(**changes):
    return figure_in_memory(year=2021, **{"result": "45228"} | changes)


def test_growth_is_recomputed_from_the_articles_own_numbers():
    contradiction = "48.000 so với 45.228 là tăng 6,13%, bài viết ghi 7,14%."
    planned = read("48000", kind="target", growth="7.14")
    assert told(planned, read("45228", year=2021, qualifier="estimated")) == [contradiction]
    assert told(planned) == []
    assert told(read("48000", growth="6.13"), read("45228", year=2021)) == []
    assert told(read("48000", growth="7.14", previous="45228")) == [contradiction]
    assert told(read("45200", digits=-2, growth="13.1", previous="40000")) == []  # 40 nghìn tỷ


@pytest.mark.parametrize(
    "stated",
    [
        {"growth_base": "tháng trước"},
        {"part": "quý III"},
        {"place": "huyện Châu Thành"},
        {"months": 6},
        {"year": None},
        {"code": None},
        {"kind": ""},
        {"unit": "triệu USD"},
        {"qualifier": "over", "value": "48000"},
        {"growth_qualifier": "over", "growth": "5"},
        {"growth_digits": 0, "growth": "6"},
    ],
)
def test_what_may_mean_something_else_gives_no_alarm(stated):
    base = read("45228", year=2021)
    assert told(base, read(**{"value": "48000", "growth": "7.14"} | stated)) == []


def test_growth_is_recomputed_from_what_is_stored_of_the_year_before():
    stated = read("48000", growth="7.14")
    base = in_2021(result_qualifier="estimated")
    assert told(stated, figures=[base]) == [
        "48.000 so với 45.228 (số đã lưu) là tăng 6,13%, bài viết ghi 7,14%."
    ]
    assert told(stated, figures=[base], breaks={2022}) == []
    assert told(read(growth="7.14"), figures=[base]) == []


def test_the_comparison_with_the_plan_is_recomputed():
    stated = read("107", plan="4.44")
    assert told(stated, read("100", kind="target")) == [
        "107 so với kế hoạch 100 là vượt 7%, bài viết ghi vượt 4,44%."
    ]
    assert told(stated, read("102.4", kind="target", digits=1)) == []
    planned = figure_in_memory(year=2022, target="100")
    assert told(stated, figures=[planned]) == [
        "107 so với kế hoạch 100 (số đã lưu) là vượt 7%, bài viết ghi vượt 4,44%."
    ]
    derived = figure_in_memory(year=2022, target="100", target_is_derived=True)
    assert told(stated, figures=[derived]) == []
    half_a_year = read("48", months=6, plan="-52")
    assert told(half_a_year, read("100", kind="target")) == []


def test_another_number_than_the_stored_one_is_pointed_out():
    kept = in_2021(result="45000", stage="final")
    assert told(read("45228", year=2021), figures=[kept]) == [
        "Bài viết ghi 45.228, số đã lưu là 45.000 tỷ đồng (chính thức)."
    ]
    assert told(read("45000", year=2021, qualifier="over"), figures=[kept]) == []
    assert told(read("45", year=2021, digits=-3, unit="nghìn tỷ đồng"), figures=[kept]) == []
    iip = figure_in_memory(year=2022, result="8.82", unit="%", measure="change")
    stated = read(code="IIP", unit="%", growth="9.1", growth_digits=1)
    (found,) = in_readings([stated], Known(SUBJECTS, {("IIP", 2022, 12): iip}))
    assert found.sentence == "Bài viết ghi tăng 9,1%, số đã lưu là tăng 8,82%."
    fallen = figure_in_memory(year=2022, result="-5.4", unit="%", measure="change")
    stated = stated._replace(growth=Decimal(-5), growth_qualifier="over", growth_digits=0)
    assert in_readings([stated], Known(SUBJECTS, {("IIP", 2022, 12): fallen})) == []


def test_shares_an_article_states_are_summed_once_each():
    shares = {"CCCNXD": "63.67", "CCTMDV": "28.21", "CCNNTS": "18.68"}
    readings = [read(value, code=code, unit="%", digits=2) for code, value in shares.items()]
    (sentence,) = told(*readings, *readings)
    assert sentence.endswith("cộng lại là 110,56% (63,67% + 28,21% + 18,68%), quá 100%.")
    assert told(*readings[:2], *readings[:2]) == []


# -- before it is published ------------------------------------------------------------


def make_subjects(*codes):
    for subject in (SUBJECTS[code] for code in codes):
        measure = Indicator.Measure.CHANGE if subject.is_change else Indicator.Measure.LEVEL
        make_indicator(
            code=subject.code,
            name=subject.names[0],
            synonyms="\n".join(subject.names[1:]),
            unit=subject.unit,
            measure=measure,
        )


ARTICLE = """<h2>Kết quả</h2>
<p>Tổng mức bán lẻ hàng hóa và dịch vụ năm 2021 đạt 45.228 tỷ đồng, tăng 7,28% so với năm 2020.</p>
<p>Năm 2022, ngành phấn đấu: kim ngạch xuất khẩu 5.600 triệu USD, tăng 8,38%;
tổng mức bán lẻ hàng hóa và dịch vụ 48.000 tỷ đồng, tăng 7,14% so với năm 2021.</p>"""


@pytest.mark.django_db
def test_the_checklist_leads_to_the_paragraph_that_does_not_add_up(django_assert_max_num_queries):
    make_subjects("TMBL", "KNXK")
    make_territory(name="Hưng Yên")
    published = datetime(2022, 1, 10, tzinfo=UTC)
    article = make_article(body=ARTICLE, place="Hưng Yên", published_at=published)
    with django_assert_max_num_queries(4):
        (found,) = figure_rule.figures_contradict_each_other(Checked(article))
    assert found.message.endswith("48.000 so với 45.228 là tăng 6,13%, bài viết ghi 7,14%.")
    blocks = [words for _, words, _ in Checked(article).parts(*found.place.part.split(", "))]
    assert blocks[found.place.number].startswith("Năm 2022")
    assert found in checklist.findings(article)


TABLE = """<table><thead><tr><th>Chỉ tiêu</th><th>ĐVT</th><th>TH 2022</th><th>TH 2023</th>
<th>TH 2023/2022 (%)</th></tr></thead><tbody>
<tr><td>Giá trị sản xuất công nghiệp</td><td>tỷ đồng</td><td>31.554</td><td>35.360</td>
<td>112,06</td></tr>
<tr><td>Kim ngạch xuất khẩu</td><td>triệu USD</td><td>451,7</td><td>430</td><td>99,5</td></tr>
</tbody></table>"""


@pytest.mark.django_db
def test_the_checklist_leads_to_the_row_of_a_table():
    make_subjects("GTSXCN", "KNXK")
    article = make_article(title="Kết quả năm 2023", lead="", body=TABLE)
    (found,) = figure_rule.figures_contradict_each_other(Checked(article))
    assert "430 so với 451,7 là giảm 4,8%, bài viết ghi 0,5%." in found.message
    rows = [words for _, words, _ in Checked(article).parts(*found.place.part.split(", "))]
    assert rows[found.place.number].startswith("Kim ngạch xuất khẩu")


@pytest.mark.django_db
def test_stored_figures_of_the_place_an_article_is_about_are_asked():
    make_subjects("TMBL")
    elsewhere, home = make_territory(name="Hưng Yên"), make_territory(is_home=True)
    retail = Indicator.objects.get()
    for territory, value in ((elsewhere, 45228), (home, 30000)):
        make_figure(indicator=retail, territory=territory, year=2021, result=value)
    text = {"title": "Tổng mức bán lẻ hàng hóa năm 2021 đạt 45.228 tỷ đồng", "body": "<p>…</p>"}
    about_home = make_article(**text)
    (found,) = figure_rule.figures_contradict_each_other(Checked(about_home))
    assert found.message.endswith("Bài viết ghi 45.228, số đã lưu là 30.000 tỷ đồng.")
    assert found.place.field == "title"
    about_others = make_article(**text, place="hưng yên")
    assert not list(figure_rule.figures_contradict_each_other(Checked(about_others)))
    unknown = make_article(**text, place="Cao Bằng")
    assert not list(figure_rule.figures_contradict_each_other(Checked(unknown)))


@pytest.mark.django_db
def test_a_text_without_figures_is_not_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        article = Article(title="Tập huấn", body="<p>Kỳ thứ 3.</p>")
        assert not list(figure_rule.figures_contradict_each_other(Checked(article)))


@pytest.mark.django_db
def test_the_demonstration_reports_give_the_one_known_alarm():
    demonstration = (FIXTURES / f"demo_{name}.json" for name in ("news", "indicators"))
    call_command("loaddata", *demonstration, verbosity=0)
    found = [
        finding.message.partition(": ")[2]
        for article in Article.objects.exclude(place="")
        for finding in figure_rule.figures_contradict_each_other(Checked(article))
    ]
    assert found == ["48.000 so với 45.228 là tăng 6,13%, bài viết ghi 7,14%."]
    stored_ones = stored.disagreements(Figure.objects.to_check())
    assert [one.sentence for one in stored_ones] == [
        "48.000 so với 45.228 là tăng 6,13%, nguồn ghi 7,14%."
    ]
