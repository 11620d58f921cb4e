"""What readers say of articles, as staff read it: one by one and added up."""

import csv
import io
import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry

from feedback.models import Opinion
from news.models import Category
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import make_article

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/feedback/opinion/"
SUMMARY = "/quan-tri/feedback/opinion/tong-hop/"


def say(article, *answers, **changes):
    for is_helpful in answers:
        Opinion.objects.create(
            article=article, ballot=uuid.uuid4(), is_helpful=is_helpful, **changes
        )


@pytest.fixture
def article():
    return make_article(title="=Hội nghị", category=Category.objects.create(name="Thương mại"))


@pytest.fixture
def other():
    return make_article(title="Bài khác")


@pytest.fixture(autouse=True)
def editor(client):
    editor = make_staff(EDITORS)
    client.force_login(editor)
    return editor


def names(page):
    return [row.name for row in page.context["rows"]]


def test_opinions_are_added_up_by_article(client, article, other):
    say(article, True, True, False, remark="Hay.")
    say(article, True, is_suspect=True)
    say(article, True, is_suspect=True, is_set_aside=True)
    say(other, False)
    [first, second] = client.get(SUMMARY).context["rows"]
    assert first[1:] == ("=Hội nghị", 2, 1, 3, 1)
    assert str(first.share) == "66.7"
    assert second.share == 0


def test_the_least_helpful_come_first_when_asked(client, article, other):
    say(article, True, True), say(other, False)
    assert names(client.get(SUMMARY)) == ["=Hội nghị", "Bài khác"]
    assert names(client.get(SUMMARY, {"xep": "ty-le"})) == ["Bài khác", "=Hội nghị"]
    page = client.get(SUMMARY, {"xep": "ty-le"}).content.decode()
    assert 'aria-sort="ascending"' in page


def test_opinions_are_added_up_by_category_and_month(client, article, other):
    say(article, True, at=datetime(2026, 10, 31, 18, tzinfo=UTC))  # November in Viet Nam
    say(other, False, at=datetime(2026, 10, 1, tzinfo=UTC))
    by_category = client.get(SUMMARY, {"theo": "chuyen-muc", "xep": "ten"})
    assert names(by_category) == ["Thương mại", "Tin hoạt động"]
    assert names(client.get(SUMMARY, {"theo": "thang"})) == ["11/2026", "10/2026"]


def test_categories_stand_beside_each_other_over_the_months(client, article, other):
    october = datetime(2026, 10, 5, tzinfo=UTC)
    say(article, True, True, False, at=october)
    say(article, True, at=datetime(2026, 11, 5, tzinfo=UTC))
    say(other, False, at=october), say(other, True, at=october, is_suspect=True)
    asked = {"theo": "chuyen-muc-thang"}
    response = client.get(SUMMARY, asked)
    table = response.context["crossed"]
    assert [f"{month:%m/%Y}" for month in table.months] == ["11/2026", "10/2026"]
    [trade, news] = table.lines
    assert (trade.name, [cell.total for cell in trade.cells]) == ("Thương mại", [1, 3])
    assert (news.name, news.cells[0], news.cells[1].awaiting) == ("Tin hoạt động", None, 1)
    assert "66,7" in response.content.decode()
    written = client.get(SUMMARY, asked | {"tep": "csv"}).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written)))[1:] == [
        ["Thương mại", "11/2026", "1", "1", "0", "100.0", "0", "0"],
        ["Thương mại", "10/2026", "3", "2", "1", "66.7", "0", "0"],
        ["Tin hoạt động", "10/2026", "1", "0", "1", "0.0", "0", "1"],
    ]


def test_no_opinion_at_all_is_said_in_every_grouping(client):
    for grouping in ("bai", "chuyen-muc", "thang", "chuyen-muc-thang"):
        page = client.get(SUMMARY, {"theo": grouping}).content.decode()
        assert "Chưa có ý kiến nào." in page


@pytest.mark.parametrize("asked", ["", "x", "<script>"])
def test_an_odd_grouping_or_order_is_the_usual_one(client, article, asked):
    say(article, True)
    assert names(client.get(SUMMARY, {"theo": asked, "xep": asked})) == ["=Hội nghị"]


def test_the_file_holds_the_rows_and_no_formula(client, article):
    say(article, True)
    response = client.get(SUMMARY, {"tep": "csv"})
    [heading, line] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert heading[0] == "Bài viết"
    assert line == ["'=Hội nghị", "1", "1", "0", "100.0", "0", "0"]


def test_words_are_listed_escaped_and_found_without_marks(client, article, other):
    say(article, False, remark="<b>Thiếu hạn nộp</b>")
    say(other, True)
    page = client.get(LIST, {"q": "han nop"}).content.decode()
    assert "&lt;b&gt;Thiếu hạn nộp&lt;/b&gt;" in page
    assert "(không viết thêm)" not in page
    assert "(không viết thêm)" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("asked", "count"),
    [("cach-tinh=tinh", 2), ("cach-tinh=cho", 1), ("y-kien-them=co", 1), ("cach-tinh=x", 3)],
)
def test_the_list_is_narrowed(client, article, asked, count):
    say(article, True), say(article, False, remark="Ý")
    say(article, True, is_suspect=True)
    assert client.get(f"{LIST}?{asked}").context["cl"].result_count == count


def test_the_article_s_page_leads_to_what_is_said_of_it(client, article, other):
    client.force_login(make_staff(is_superuser=True))
    say(article, True), say(other, True)
    page = client.get(f"/quan-tri/news/article/{article.pk}/change/").content.decode()
    link = f"{LIST}?article__id__exact={article.pk}"
    assert link in page
    assert client.get(link).context["cl"].result_count == 1


def test_nobody_changes_what_readers_said(client, article):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    say(article, True)
    opinion = Opinion.objects.get()
    page = f"{LIST}{opinion.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"is_helpful": ""}).status_code == 403
    assert client.post(f"{LIST}{opinion.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_who_may_not_read_them_does_not(client, article):
    client.force_login(make_staff())
    assert client.get(SUMMARY).status_code == 403
    assert client.get(LIST).status_code == 403


def test_a_summary_costs_few_queries(client, django_assert_max_num_queries):
    for number in range(6):
        say(make_article(title=f"Bài {number}"), True)
    with django_assert_max_num_queries(8):
        client.get(SUMMARY)


TAKE_OUT = {"action": "take_out_remarks"}


def test_one_remark_is_taken_out_after_asking_once_more(client, article):
    client.force_login(make_staff(is_superuser=True))
    say(article, False, remark="Gọi tôi theo số 0912 345 678")
    say(article, True, remark="Bài rất rõ")
    named = Opinion.objects.get(is_helpful=False)
    chosen = TAKE_OUT | {"_selected_action": named.pk}
    asked = client.post(LIST, chosen).content.decode()
    assert "Lời đã xóa không lấy lại được" in asked
    assert "0912 345 678" in asked
    assert Opinion.objects.with_remark().count() == 2
    client.post(LIST, chosen | {"_answered": "Xóa"})
    assert [opinion.remark for opinion in Opinion.objects.with_remark()] == ["Bài rất rõ"]
    assert Opinion.objects.count() == 2
    [entry] = LogEntry.objects.all()
    assert entry.object_id == str(named.pk)
    assert "0912" not in entry.object_repr + entry.change_message


def test_where_nothing_was_written_nothing_is_taken_out(client, article):
    client.force_login(make_staff(is_superuser=True))
    say(article, True)
    chosen = TAKE_OUT | {"_selected_action": Opinion.objects.get().pk, "_answered": "Xóa"}
    page = client.post(LIST, chosen, follow=True).content.decode()
    assert "Các ý kiến đã chọn không có lời viết thêm." in page
    assert not LogEntry.objects.exists()


def test_who_may_not_erase_takes_no_remark_out(client, article):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    say(article, True, remark="Bài rất rõ")
    assert "take_out_remarks" not in client.get(LIST).content.decode()
    client.post(LIST, TAKE_OUT | {"_selected_action": Opinion.objects.get().pk, "_answered": "Xóa"})
    assert Opinion.objects.with_remark().exists()
