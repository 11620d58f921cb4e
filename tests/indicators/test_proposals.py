"""What an article states of figures is proposed, and taken over only as staff say."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators import proposals
from indicators.article_text import text_of
from indicators.models import Figure
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db

RETAIL = (
    "<p>Năm 2023, tổng mức bán lẻ hàng hóa đạt trên 56.180 tỷ đồng, tăng 15,05% so với cùng kỳ, "
    "vượt 7,08% so kế hoạch.</p>"
)


@pytest.fixture
def home():
    return make_territory(code="tra-vinh", name="Trà Vinh", is_home=True)


@pytest.fixture
def retail(home):
    return make_indicator(
        code="TMBL",
        name="Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ",
        synonyms="Tổng mức bán lẻ hàng hóa\nTổng mức bán lẻ",
    )


@pytest.fixture
def article(retail):
    return make_article(title="Hội nghị tổng kết", lead="", body=RETAIL)


def only_proposal(article):
    (proposal,) = proposals.proposals(article)
    return proposal


def accept(article, by=None, **changes):
    proposal = only_proposal(article)
    return proposals.accept(proposal, article, {**proposal.initial, **changes}, by=by)


def test_a_sentence_is_proposed_with_its_numbers(article, retail, home):
    proposal = only_proposal(article)
    assert (proposal.indicator, proposal.territory) == (retail, home)
    begins_with = proposal.initial
    assert begins_with["kind"] == "result"
    assert (begins_with["year"], begins_with["months"]) == (2023, 12)
    assert (begins_with["qualifier"], begins_with["value"]) == ("over", Decimal(56180))
    assert (begins_with["growth"], begins_with["over_plan"]) == (Decimal("15.05"), Decimal("7.08"))
    assert proposal.is_open
    assert proposal.is_new


def test_two_numbers_of_one_thing_are_told_apart(article):
    assert not only_proposal(article).is_contested
    article.body = RETAIL + RETAIL.replace("56.180", "65.180")
    assert [found.is_contested for found in proposals.proposals(article)] == [True, True]


@pytest.mark.parametrize(
    "about",
    [
        "UBND tỉnh Bến Tre cho biết, toàn tỉnh Bến Tre chuyển biến tốt. ",
        "UBND huyện Cầu Kè cho biết, kinh tế của huyện chuyển biến tốt. ",
        "Kinh tế cả nước phục hồi, đưa Việt Nam vượt qua khó khăn. ",
    ],
)
def test_figures_of_another_place_are_not_proposed_for_the_own_territory(article, about):
    article.body = RETAIL.replace("<p>", f"<p>{about}")
    assert only_proposal(article).territory is None


def test_a_text_that_names_the_own_territory_beside_others_is_about_it(article, home):
    article.body = RETAIL.replace("<p>", "<p>UBND tỉnh Trà Vinh làm việc với tỉnh Bến Tre. ")
    assert only_proposal(article).territory == home


def test_an_accepted_proposal_is_a_figure_with_its_article_and_a_derived_plan(article):
    figure = accept(article)
    stored = Figure.objects.get()
    assert stored == figure
    assert (stored.result, stored.result_qualifier) == (Decimal(56180), "over")
    assert (stored.target, stored.target_is_derived) == (Decimal(52465), True)
    assert stored.article == article
    quotation = article.quotations.get()
    assert quotation.figure == stored
    assert "56.180 tỷ đồng" in quotation.sentence


def test_what_was_decided_is_not_proposed_again(article):
    accept(article)
    decided = only_proposal(article)
    assert not decided.is_open
    assert decided.quotation
    proposals.reconsider(decided, article)
    assert only_proposal(article).is_open
    assert Figure.objects.exists()


def test_a_discarded_proposal_stays_away_until_its_sentence_changes(article, admin_user):
    proposals.discard(only_proposal(article), article, by=admin_user)
    assert not only_proposal(article).is_open
    article.body = RETAIL.replace("56.180", "56.190")
    article.save()
    assert only_proposal(article).is_open


def test_an_edit_elsewhere_changes_no_decision(article, admin_user):
    proposals.discard(only_proposal(article), article, by=admin_user)
    article.body = f"<p>Chiều ngày 02/01, Sở tổ chức hội nghị.</p>{RETAIL}"
    article.save()
    assert not only_proposal(article).is_open


def test_another_value_replaces_the_stored_one_and_keeps_it(article, retail, home, admin_user):
    make_figure(indicator=retail, territory=home, year=2023, result="56000", stage="estimated")
    assert only_proposal(article).is_new
    figure = accept(article, by=admin_user, stage="preliminary")
    assert Figure.objects.get(pk=figure.pk).result == 56180
    revision = figure.revisions.get()
    assert (revision.result, revision.replaced_by) == (Decimal(56000), admin_user)


def test_the_same_value_only_joins_article_and_figure(article):
    figure = accept(article)
    other = make_article(title="Bài khác", lead="", body=RETAIL)
    assert only_proposal(other).is_new is False
    accept(other)
    assert Figure.objects.get().article == article
    assert not figure.revisions.exists()
    assert other.quotations.get().figure == figure


def test_an_estimate_does_not_replace_a_final_figure(article, retail, home, client, admin_user):
    make_figure(indicator=retail, territory=home, year=2023, result="56000", stage="final")
    client.force_login(admin_user)
    answer = client.post(address_of(article), {**typed(article), "stage": "estimated"})
    assert "Số đã lưu là số chính thức" in answer.content.decode()
    assert Figure.objects.get().result == 56000


def test_another_number_takes_nothing_over_from_the_one_it_replaces(article, retail, home):
    make_figure(
        indicator=retail,
        territory=home,
        year=2023,
        result="56000",
        result_qualifier="nearly",
        stated_growth="3",
        stated_over_plan="1",
        target="55446",
        target_is_derived=True,
    )
    figure = accept(article, qualifier="", growth=None, over_plan=Decimal("7.08"))
    assert (figure.result_qualifier, figure.stated_growth) == ("", None)
    assert (figure.target, figure.target_is_derived) == (Decimal(52465), True)
    assert figure.revisions.get().target == 55446


def test_a_published_plan_takes_the_place_of_a_range_and_of_a_derived_one(article, retail, home):
    slot = {"indicator": retail, "territory": home, "year": 2023, "result": None}
    make_figure(**slot, target="7.5", target_upper="8", target_is_derived=True)
    figure = accept(article, kind="target", value=Decimal("7.6"), qualifier="", growth=None)
    assert (figure.target, figure.target_upper) == (Decimal("7.6"), None)
    assert figure.target_is_derived is False


def test_a_result_stays_with_the_article_that_states_it(article, retail, home):
    report = make_article(title="Báo cáo năm")
    slot = {"indicator": retail, "territory": home, "year": 2023}
    make_figure(**slot, result="56180", result_qualifier="over", article=report, source="Số 12")
    figure = accept(article, kind="target", value=Decimal(52000), qualifier="")
    assert (figure.article, figure.source) == (report, "Số 12")
    assert figure.quotations.get().article == article


def test_the_cells_of_a_table_stand_in_their_row_and_inner_tables_by_themselves():
    inner = "<table><tr><td>12</td><td>34</td></tr></table>"
    body = f"<table><caption>Biểu 1</caption><tr><td>A{inner}</td><td>5</td></tr></table><p>B</p>"
    article = make_article(title="T", lead="L", body=body)
    assert text_of(article).splitlines() == ["T", "L", "Biểu 1", "A | 5", "12 | 34", "B"]


def address_of(article):
    return reverse("admin:indicators_figure_read", args=[article.pk])


def typed(article):
    """Return what the form of the only proposal sends when nothing is changed."""
    proposal = only_proposal(article)
    begins_with = proposal.initial
    chosen = {name: found and found.pk for name, found in begins_with.items() if name in KEYS}
    sent = {**begins_with, **chosen, "value": "56.180", "growth": "15,05", "over_plan": "7,08"}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return {"proposal": proposal.fingerprint, "accept": "1", **sent}


KEYS = ("indicator", "territory")


def test_the_page_shows_the_sentence_and_stores_nothing_by_itself(article, admin_client):
    page = admin_client.get(address_of(article)).content.decode()
    assert "<mark>" in page
    assert "56.180" in page
    assert not Figure.objects.exists()


def test_a_proposal_is_accepted_on_the_page(article, admin_client, django_assert_max_num_queries):
    answer = admin_client.post(address_of(article), typed(article), follow=True)
    assert "Đã ghi: Năm 2023, Trà Vinh" in answer.content.decode()
    with django_assert_max_num_queries(14):
        admin_client.get(address_of(article))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"indicator": ""}, "Hãy chọn chỉ tiêu."),
        ({"indicator": "abc"}, "Hãy chọn một chỉ tiêu trong danh sách."),
        ({"year": "2O23"}, "Hãy nhập năm bằng bốn chữ số."),
        ({"year": "3000"}, "Năm phải từ 1976 đến 2100."),
        ({"kind": "x"}, "Hãy chọn thực hiện hay kế hoạch."),
        ({"value": "1,234.5"}, "Hãy viết số như 35.360,5"),
        ({"value": "", "growth": "", "over_plan": ""}, "Hãy nhập giá trị, mức tăng"),
        ({"upper": "60.000"}, "Chỉ kế hoạch mới là một khoảng"),
        ({"kind": "target", "upper": "1"}, "Cận trên của kế hoạch phải lớn hơn cận dưới."),
    ],
)
def test_a_mistake_is_said_at_its_box_and_nothing_is_stored(
    article, admin_client, changes, message
):
    page = admin_client.post(address_of(article), {**typed(article), **changes}).content.decode()
    assert message in page
    assert "Chưa ghi được" in page
    assert not Figure.objects.exists()


def test_a_decision_on_a_sentence_that_is_gone_is_told(article, admin_client):
    sent = typed(article) | {"proposal": "0" * 32}
    page = admin_client.post(address_of(article), sent, follow=True).content.decode()
    assert "Câu này không còn trong bài" in page
    assert not Figure.objects.exists()


def test_only_who_may_change_figures_reads_an_article(article, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("bien-tap", is_staff=True))
    assert client.get(address_of(article)).status_code == 403


def test_an_article_without_figures_says_what_to_do(retail, admin_client):
    article = make_article(title="Thông báo", lead="", body="<p>Không có số liệu.</p>")
    assert "Không đọc được số liệu nào" in admin_client.get(address_of(article)).content.decode()
