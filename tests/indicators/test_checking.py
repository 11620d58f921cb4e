"""What is recomputed: stored figures, and what an article's text states of them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse, reverse_lazy

from indicators import catalogue
from indicators.checking import checklist as figure_rule
from indicators.checking import stored
from indicators.checking.article import Known, in_readings
from indicators.checking.disagreement import What
from indicators.models import Figure, Indicator, SeriesBreak
from indicators.reading import Reading
from news import checklist
from news.checklist.finding import Checked
from news.models import Article
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from portal.management.commands.load_demo import FIXTURES
from tests.builders import make_article, make_staff
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_indicator,
    make_territory,
)


def sentences(*figures):
    return [found.sentence for figure in figures for found in stored.of_figure(figure)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"target": "48000", "previous": "45228", "target_stated_growth": "7.14"},
            "48.000 so với 45.228 là tăng 6,13%, nguồn ghi 7,14%.",
        ),
        (
            {"result": "90", "previous": "100", "stated_growth": "12"},
            "90 so với 100 là giảm 10%, nguồn ghi tăng 12%.",
        ),
        (
            {"result": "430", "result_qualifier": "over", "previous": "500", "stated_growth": "-4"},
            "Trên 430 so với 500 là giảm 14%, nguồn ghi 4%.",
        ),
        (
            {"result": "99.6", "previous": "99.4", "unit": "%", "stated_growth": "0.5"},
            "99,6 so với 99,4 là tăng 0,2 điểm %, nguồn ghi 0,5 điểm %.",
        ),
        (
            {"result": "35360", "target": "33000", "stated_over_plan": "4.44"},
            "35.360 so với kế hoạch 33.000 là vượt 7,15%, nguồn ghi vượt 4,44%.",
        ),
        (
            {"result": "97", "target": "100", "stated_over_plan": "2"},
            "97 so với kế hoạch 100 là đạt 97%, nguồn ghi vượt 2%.",
        ),
        (
            {"result": "9", "target": "10", "stated_over_plan": "40", "direction": "lower"},
            "9 so với kế hoạch 10 là thấp hơn 10%, nguồn ghi cao hơn 40%.",
        ),
        (
            {
                "result": "35360",
                "target": "34000",
                "target_is_derived": True,
                "stated_over_plan": "4.44",
            },
            "Kế hoạch suy ra từ 35.360 và tỷ lệ thực hiện 104,44% là 33.857, đang lưu 34.000.",
        ),
    ],
)
def test_what_does_not_follow_is_said_with_its_numbers(changes, sentence):
    assert sentences(figure_in_memory(**changes)) == [sentence]


@pytest.mark.parametrize(
    "changes",
    [
        {"target": "5600", "previous": "5167", "target_stated_growth": "8.38"},
        {"target": "48000", "previous": "45228", "target_stated_growth": "6.1"},
        {"target": "48000", "target_stated_growth": "7.14"},
        {"result": "430", "result_qualifier": "over", "previous": "455", "stated_growth": "-4.81"},
        {"result": "8200", "previous": "7600", "stated_growth": "9", "result_qualifier": "about"},
        {"result": "5", "previous": "0", "stated_growth": "12"},
        {"result": "26.08", "previous": "8", "stated_growth": "5", "measure": "change"},
        {"result": "99.61", "target": "99.4", "unit": "%", "stated_over_plan": "0.21"},
        {"result": "8", "target": "7", "target_upper": "8.5", "stated_over_plan": "30"},
        {"result": "8", "target": "0", "stated_over_plan": "30"},
        {"result": "8", "target": "7", "target_qualifier": "at_most", "stated_over_plan": "30"},
        {
            "result": "18660",
            "target": "13594",
            "target_is_derived": True,
            "stated_over_plan": "37.27",
        },
    ],
)
def test_what_can_follow_or_proves_nothing_is_passed_over(changes):
    assert sentences(figure_in_memory(**changes)) == []


def make_shares(*values, year=2021, territory=None, **changes):
    names = ["công nghiệp, xây dựng", "thương mại, dịch vụ", "nông nghiệp", "công nghiệp"]
    territory = territory or make_territory()
    for name, value in zip(names, values, strict=False):
        indicator = make_indicator(name=f"Tỷ trọng {name} trong cơ cấu kinh tế", unit="%")
        make_figure(indicator=indicator, territory=territory, year=year, result=value, **changes)


@pytest.mark.django_db
def test_shares_of_a_whole_are_too_many_only_above_it():
    make_shares("63.67", "21.28", "8.68", "50")  # the rest is tax; industry is within the first
    make_shares("33.33", "33.33", "33.34")
    make_shares("60", "44")
    found = stored.disagreements(Figure.objects.to_check())
    assert [(one.what, one.sentence) for one in found] == [
        (
            What.SHARES,
            "Các tỷ trọng trong cơ cấu kinh tế cộng lại là 104% (60% + 44%), quá 100%.",
        )
    ]


@pytest.mark.django_db
def test_nothing_is_compared_across_a_break_unless_it_was_restated():
    figure = make_figure(year=2025, result="300", stated_growth="8")
    same = {"indicator": figure.indicator, "territory": figure.territory}
    make_figure(year=2024, result="100", **same)
    assert len(stored.disagreements(Figure.objects.to_check())) == 1
    SeriesBreak.objects.create(territory=figure.territory, year=2025, reason="hợp nhất tỉnh")
    assert stored.disagreements(Figure.objects.to_check()) == []
    figure.restated_previous = Decimal(290)
    figure.save()
    (found,) = stored.disagreements(Figure.objects.to_check())
    assert found.sentence == "300 so với 290 là tăng 3,45%, nguồn ghi 8%."


# -- the report ------------------------------------------------------------------------


REPORT = reverse_lazy("admin:indicators_figure_check")


@pytest.fixture
def report(client, db):
    """What an editor reads on the report's page, narrowed as said."""
    client.force_login(make_staff(EDITORS))
    return lambda **query: client.get(REPORT, query).content.decode()


def test_the_report_names_each_contradiction_with_its_pages(report):
    article = make_article()
    figure = make_figure(result="90", target="100", stated_over_plan="5", article=article)
    page = report()
    assert "Đã tính lại 1 số liệu, có 1 chỗ không khớp." in page
    assert "90 so với kế hoạch 100 là đạt 90%, nguồn ghi vượt 5%." in page
    assert reverse("admin:indicators_figure_change", args=[figure.pk]) in page
    assert figure.indicator.get_absolute_url() in page
    assert reverse("admin:news_article_change", args=[article.pk]) in page
    assert "không có chỗ nào mâu thuẫn" not in page


def test_the_report_says_when_all_is_well_and_takes_odd_choices_calmly(report):
    figure = make_figure()
    assert "không có chỗ nào mâu thuẫn" in report(nam=figure.year)
    assert "Không có số liệu nào" in report(**{"nam": "9" * 17, "dia-ban": "'"})
    assert "Đã tính lại 1 số liệu" in report(nam="abc")


@pytest.mark.django_db
def test_the_report_is_for_whoever_may_see_figures(client):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert client.get(REPORT).status_code == 403


@pytest.mark.django_db
def test_many_figures_are_checked_in_one_query(django_assert_num_queries):
    territory = make_territory()
    for indicator in [make_indicator() for _ in range(3)]:
        for year in range(2018, 2024):
            make_figure(indicator=indicator, territory=territory, year=year, stated_growth="5")
    with django_assert_num_queries(1):
        found = stored.disagreements(Figure.objects.to_check())
    assert len(found) == 15
    assert [one.about.year for one in found[:4]] == [2023, 2023, 2023, 2022]


# -- the text of an article ------------------------------------------------------------

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
