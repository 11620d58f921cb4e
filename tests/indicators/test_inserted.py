"""Figures put into articles: how they are kept, shown and joined."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse_lazy

from indicators import inserted
from indicators.models import Revision
from indicators.templatetags.indicators import with_figures
from news import checklist
from news.checklist.finding import Checked
from news.models import Article
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from portal.richtext import clean_html, numbers_of_data, plain_text, show
from tests.builders import make_article, make_staff
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_indicator,
    make_territory,
)

VALUE = "GTSXCN/tra-vinh/2023/12"
TEXT = f'<p>Đạt <data value="{VALUE}">trên 35.360 tỷ đồng</data>.</p>'


@pytest.fixture
def figure(db):
    return make_figure(
        indicator=make_indicator(code="GTSXCN", name="Giá trị sản xuất công nghiệp"),
        territory=make_territory(code="tra-vinh", name="Trà Vinh", full_name="tỉnh Trà Vinh"),
        result="35360",
        result_qualifier="over",
        stage="preliminary",
        target="33857",
        target_is_derived=True,
    )


def revise(figure, at=None, **changes):
    """State the figure otherwise, as known since ``at``."""
    for name, value in changes.items():
        setattr(figure, name, value)
    figure.save()
    if at:
        newest = figure.revisions.order_by("-pk").first()
        Revision.objects.filter(pk=newest.pk).update(replaced_at=at)


# -- what a text may hold --------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        TEXT,
        f'<p><data value="{VALUE}/ke-hoach">33.857 tỷ đồng</data></p>',
        '<p><data value="a.B_1-2/Tra_Vinh-2/2024/6">tăng <strong>8%</strong></data></p>',
    ],
)
def test_a_number_that_says_which_figure_it_is_is_kept(html):
    assert clean_html(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p><data>12</data></p>", "<p>12</p>"),
        ('<p><data value="12">12</data></p>', "<p>12</p>"),
        ('<p><data value="A/b/2023/13">12</data></p>', "<p>12</p>"),
        ('<p><data value="A/b/2023/12/x">12</data></p>', "<p>12</p>"),
        ('<p><data value="A/b/2023/12/ke-hoach/">12</data></p>', "<p>12</p>"),
        ('<p><data value="A/b/2023/12">1<img src="/media/a.webp" alt=""></data></p>', None),
        ('<data value="A/b/2023/12"><p>1</p></data>', "<p>1</p>"),
        ('<p><data value="A/b/2023/12"></data>x</p>', "<p>x</p>"),
        (
            '<p><data value="A/b/2023/12"><data value="A/b/2022/12">1</data></data></p>',
            '<p><data value="A/b/2022/12">1</data></p>',
        ),
        ('<p><data value="A/b/2023/12" onclick="x" class="y">1</data></p>', None),
        ('<p><data value="../../../12">12</data></p>', "<p>12</p>"),
    ],
)
def test_anything_else_called_data_is_mere_words(html, cleaned):
    result = clean_html(html)
    assert clean_html(result) == result
    assert "onclick" not in result
    assert "class" not in result
    if cleaned is not None:
        assert result == cleaned


@pytest.mark.parametrize(
    "html",
    [
        '<p><abbr title="<data">A</abbr><abbr title=" onclick=x ">B</abbr></p>',
        '<p><abbr title="</data">A</abbr> <abbr title=">">B</abbr></p>',
        "<p><abbr title='<data value=\"A/b/2023/12\">1</data>'>A</abbr></p>",
    ],
)
def test_what_only_looks_like_data_in_an_attribute_is_left_alone(html):
    cleaned = clean_html(html)
    assert cleaned.count("<abbr title=") == html.count("<abbr title=")
    assert clean_html(cleaned) == cleaned == show(cleaned)
    assert numbers_of_data(cleaned) == []


def test_without_explanation_only_the_words_are_shown():
    assert show(TEXT) == "<p>Đạt trên 35.360 tỷ đồng.</p>"
    assert plain_text(TEXT) == "Đạt trên 35.360 tỷ đồng."


# -- what readers see ------------------------------------------------------------------


def test_the_words_lead_to_the_indicator_with_the_status_of_the_figure(figure):
    address = figure.indicator.get_absolute_url()
    title = "Giá trị sản xuất công nghiệp, tỉnh Trà Vinh, năm 2023"
    assert with_figures(TEXT) == (
        f'<p>Đạt <a href="{address}" title="{title}">trên 35.360 tỷ đồng</a> '
        "<small>(sơ bộ)</small>.</p>"
    )


def test_a_revision_is_told_with_its_date(figure):
    revise(
        figure,
        at=datetime(2024, 3, 14, 20, tzinfo=UTC),  # the 15th at home
        result=Decimal(35412),
        result_qualifier="",
        stage="final",
    )
    shown = with_figures(TEXT)
    assert ">trên 35.360 tỷ đồng</a>" in shown
    assert (
        "<small>(số liệu đã được điều chỉnh ngày 15/03/2024: 35.412 tỷ đồng, chính thức)</small>"
    ) in shown


def test_the_date_is_that_of_the_number_standing_now(figure):
    revise(figure, at=datetime(2024, 3, 1, tzinfo=UTC), result=Decimal(35400))
    revise(figure, at=datetime(2024, 6, 1, tzinfo=UTC), result=Decimal(35412))
    # Said more firmly, not otherwise.
    revise(figure, at=datetime(2024, 9, 1, tzinfo=UTC), stage="final")
    assert "ngày 01/06/2024: trên 35.412 tỷ đồng, chính thức" in with_figures(TEXT)
    revise(figure, at=datetime(2024, 12, 1, tzinfo=UTC), result=Decimal(35360))
    assert "điều chỉnh" not in with_figures(TEXT)


def test_a_result_taken_back_is_told(figure):
    revise(figure, at=datetime(2024, 3, 1, tzinfo=UTC), result=None, result_qualifier="")
    assert "(số liệu đã được rút lại ngày 01/03/2024)" in with_figures(TEXT)


def test_a_target_is_a_number_of_its_own(figure):
    planned = TEXT.replace(VALUE, f"{VALUE}/ke-hoach").replace("trên 35.360", "33.857")
    assert "<small>(kế hoạch suy ra)</small>" in with_figures(planned)
    revise(figure, result=Decimal(35412))
    assert "điều chỉnh" not in with_figures(planned)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"result": "-2.5"}, "giảm 2,5%"),
        ({"result": "26.08", "result_qualifier": "estimated"}, "ước tăng 26,08%"),
        ({"target": "8.7"}, "tăng 8,7%"),
        ({"target": "7.5", "target_upper": "8"}, "tăng 7,5–8%"),
        ({"target": "-2", "target_qualifier": "at_least"}, "giảm tối thiểu 2%"),
        ({"target": "-3", "target_upper": "-2"}, "giảm 2–3%"),
        ({"target": "-1", "target_upper": "2"}, "từ −1 đến 2%"),
        ({"target": "0"}, "không đổi"),
        ({"target": "0", "target_qualifier": "at_least"}, "tăng tối thiểu 0%"),
        ({"target": "0", "target_upper": "1.5"}, "tăng 0–1,5%"),
    ],
)
def test_a_rate_of_change_is_told_with_its_direction(changes, words):
    figure = figure_in_memory(unit="%", measure="change", decimals=2, **changes)
    assert inserted.Inserted(figure, is_target="target" in changes).words == words


def test_the_other_sign_of_a_number_is_told_as_a_revision(figure):
    text = f'<p><data value="{VALUE}">−120 triệu USD</data></p>'
    began = datetime(2024, 1, 1, tzinfo=UTC)
    revise(figure, at=began, result=Decimal(-120), result_qualifier="")
    revise(figure, at=datetime(2024, 6, 1, tzinfo=UTC), result=Decimal(120))
    assert "điều chỉnh ngày 01/06/2024: 120 tỷ đồng" in with_figures(text)
    (finding,) = findings(text)
    assert "nay là 120 tỷ đồng" in finding.message


@pytest.mark.parametrize("words", ["35.360 tỷ đồng", "35.360", "đạt trên 35.360 tỷ đồng"])
def test_words_that_follow_the_sentence_are_still_the_number(figure, words):
    assert "(sơ bộ)" in with_figures(TEXT.replace("trên 35.360 tỷ đồng", words))


def test_a_number_the_portal_never_stated_gets_no_status(figure):
    shown = with_figures(TEXT.replace("35.360", "40.000"))
    assert ">trên 40.000 tỷ đồng</a>." in shown
    assert "<small>" not in shown


def test_an_unknown_figure_is_just_the_words(figure):
    assert with_figures(TEXT.replace("2023", "2019")) == "<p>Đạt trên 35.360 tỷ đồng.</p>"


def test_a_figure_inside_a_link_does_not_open_another(figure):
    shown = with_figures(f'<p><a href="/">{TEXT[3:-4]}</a></p>')
    assert shown.count("<a ") == 1
    assert "trên 35.360 tỷ đồng <small>(sơ bộ)</small>" in shown


def test_what_is_said_of_a_figure_is_escaped(figure):
    figure.indicator.name = 'Giá trị "<b>'
    figure.indicator.save()
    assert 'title="Giá trị &quot;&lt;b&gt;,' in with_figures(TEXT)


def test_figures_of_a_text_are_asked_together(figure, django_assert_num_queries):
    other = make_figure(year=2022, indicator=figure.indicator, territory=figure.territory)
    text = TEXT + TEXT.replace("2023", str(other.year)).replace("trên 35.360", "100") + TEXT
    with django_assert_num_queries(1):
        assert with_figures(text).count("<a ") == 3
    with django_assert_num_queries(0):
        with_figures("<p>Chữ</p>")
    revise(figure, result=Decimal(35412))
    with django_assert_num_queries(2):  # and what it said before
        assert with_figures(text).count("điều chỉnh") == 2


def test_rates_of_change_ask_no_more(db, django_assert_num_queries):
    indicator = make_indicator(code="IIP", unit="%", measure="change")
    territory = make_territory(code="tra-vinh")
    text = ""
    for year in range(2018, 2023):
        make_figure(indicator=indicator, territory=territory, year=year, result="5")
        text += f'<p><data value="IIP/tra-vinh/{year}/12">tăng 5%</data></p>'
    with django_assert_num_queries(1):
        assert with_figures(text).count("<a ") == 5
    revise(indicator.figures.get(year=2020), result=Decimal(-5))
    with django_assert_num_queries(2):
        assert with_figures(text).count("giảm 5%") == 1


def test_only_so_many_figures_of_a_text_are_looked_up(figure, monkeypatch):
    monkeypatch.setattr(inserted, "MOST", 2)
    unknown = TEXT.replace("2023", "2019")
    assert with_figures(unknown + unknown + TEXT).count("<a ") == 1
    too_many = unknown + TEXT.replace("2023", "2018") + TEXT
    assert "<a " not in with_figures(too_many)
    told = [finding.message for finding in findings(too_many)]
    assert [message for message in told if "chỉ theo dõi 2 số đầu tiên" in message] == told[:1]
    assert len(told) == 3  # and the two that are not there


def test_the_article_page_shows_the_figure_and_lists_only_words(figure, client):
    article = make_article(body=TEXT, lead="")
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'<a href="{figure.indicator.get_absolute_url()}" title=' in page
    assert "<data" not in page
    assert "<data" not in client.get("/rss/").content.decode()


# -- what is joined --------------------------------------------------------------------


def quoted_by(article):
    return [quotation.figure for quotation in article.quotations.all()]


def test_an_article_quotes_what_was_put_into_it_while_it_is_there(figure):
    article = make_article(body=TEXT + TEXT + TEXT.replace("2023", "2019"))
    assert quoted_by(article) == [figure]
    article.save()
    assert quoted_by(article) == [figure]
    article.body = "<p>Chữ</p>"
    article.save()
    assert quoted_by(article) == []


def test_what_was_read_from_the_text_stays_joined(figure):
    article = make_article(body=TEXT)
    article.quotations.create(figure=figure, fingerprint="abc", sentence="Đạt …")
    article.body = "<p>Chữ</p>"
    article.save()
    assert [quotation.fingerprint for quotation in article.quotations.all()] == ["abc"]


# -- for staff -------------------------------------------------------------------------


def findings(body):
    return list(inserted.figures_have_changed(Checked(Article(body=body))))


def test_the_checklist_names_inserted_figures_that_are_no_longer_true(figure):
    assert findings(TEXT) == []
    (gone,) = findings(TEXT.replace("2023", "2019"))
    assert "không còn trên cổng" in gone.message
    (typed,) = findings(TEXT.replace("35.360", "40.000"))
    assert "không khớp số đã lưu là trên 35.360 tỷ đồng" in typed.message
    revise(figure, result=Decimal(35412))
    first, second = findings(TEXT + TEXT)
    assert "nay là trên 35.412 tỷ đồng" in first.message
    assert [first.place.number, second.place.number] == [0, 1]
    revise(figure, result=None)
    (withdrawn,) = findings(TEXT)
    assert "có thể đã được rút lại" in withdrawn.message
    assert inserted.figures_have_changed in checklist.RULES


CHOOSER = reverse_lazy("admin:indicators_figure_insert")


@pytest.fixture
def editor(client, db):
    client.force_login(make_staff(EDITORS))
    return client


def test_the_window_offers_results_and_targets_found_by_words(figure, editor):
    make_figure(indicator=make_indicator(name="Kim ngạch xuất khẩu", synonyms="KNXK"), year=2022)
    page = editor.get(CHOOSER, {"q": "gia tri", "CKEditorFuncNum": "7"}).content.decode()
    assert f'data-figure="{VALUE}" data-words="trên 35.360 tỷ đồng"' in page
    assert f'data-figure="{VALUE}/ke-hoach" data-words="33.857 tỷ đồng"' in page
    assert 'name="CKEditorFuncNum" value="7"' in page
    assert "Kim ngạch" not in page
    assert "Kim ngạch" in editor.get(CHOOSER, {"q": "knxk"}).content.decode()
    narrowed = editor.get(CHOOSER, {"nam": "2023", "dia-ban": "tra-vinh"}).content.decode()
    assert "Tìm thấy 1 số liệu." in narrowed
    assert editor.get(CHOOSER, {"q": "%_\\", "nam": "x", "trang": "-1"}).status_code == 200


def test_the_window_asks_a_bounded_number_of_queries(editor, django_assert_max_num_queries):
    indicator, territory = make_indicator(), make_territory()
    for year in range(1990, 2024):
        make_figure(indicator=indicator, territory=territory, year=year, target="5")
    with django_assert_max_num_queries(8):
        page = editor.get(CHOOSER).content.decode()
    assert page.count("data-figure=") == 40
    assert "Số liệu cũ hơn" in page


def test_the_window_is_for_whoever_may_see_figures(client, db):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert client.get(CHOOSER).status_code == 403
