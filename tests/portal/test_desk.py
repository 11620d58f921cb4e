"""The admin's start page says what waits for whom, in few queries."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from feedback.models import Opinion, Submission
from news import workflow
from news.models import Article, Narration
from portal import desk, visitors
from portal.groups import ADMINISTRATORS, EDITORS, FEEDBACK_OFFICERS, GROUPS, PUBLISHERS
from portal.models import MissedSearch, PageViews
from tests.builders import make_article, make_staff
from tests.feedback.builders import cast, make_poll, make_submission
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db

State = Article.State
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # Friday, ten in the morning here


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chi-huy")


def cards(user, at=None):
    return {card.title: card for card in desk.desk_of(user, at).cards}


def card(user, make, at=None):
    return make(user, at or timezone.now())


def texts(found):
    return [line.text for line in found.lines]


def edited(user, article):
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=str(article.pk),
        object_repr=str(article),
        action_flag=CHANGE,
    )


def make_task(**changes):
    return DBTaskResult.objects.create(
        **{
            "task_path": "news.tasks.narrate",
            "args_kwargs": {"args": [], "kwargs": {}},
            "backend_name": "default",
        }
        | changes
    )


def a_busy_portal(user, many):
    territory, indicator = make_territory(), make_indicator()
    option, article = make_poll().options.first(), make_article()
    for number in range(many):
        make_article(state=State.SUBMITTED)
        mine = make_article(state=State.DRAFT)
        if user.has_perm("news.change_article"):  # nobody else reads drafts
            edited(user, mine)
        make_article(state=State.DRAFT)  # somebody else's
        returned = make_article(state=State.DRAFT, created_by=user)
        returned.state_changes.create(from_state=State.SUBMITTED, to_state=State.DRAFT)
        make_article(published_at=timezone.now() + timedelta(days=number + 1))
        Narration.objects.create(article=make_article(), key="x", error="lỗi")
        make_submission()
        make_submission(state=Submission.State.SPAM, suspicions=["links"])
        cast(option, is_suspect=True)
        Opinion.objects.create(
            article=article, ballot=uuid.uuid4(), is_helpful=True, is_suspect=True
        )
        make_figure(
            indicator=indicator,
            territory=territory,
            year=2000 + number,
            result=Decimal(100 + number),
            stated_growth=Decimal(40),
        )
        make_figure(result=None, target=Decimal(1), year=2000 + number)
        MissedSearch.objects.create(words=f"tu {number}", day=timezone.localdate(), times=1)
        PageViews.objects.create(
            page=visitors.SITE, day=timezone.localdate() - timedelta(days=number), views=number
        )
        make_task()


# -- what is shown to whom -------------------------------------------------------------

NEWS = {
    "Bài được trả lại",
    "Bản nháp của tôi",
    "Bài hẹn giờ đăng",
    "Bài chưa tạo được bản đọc",
}
DECIDED = {"Bài chờ duyệt"}
SEARCHES = {"Người đọc tìm mà không thấy"}
FIGURES = {"Số liệu lệch với nguồn", "Kế hoạch chưa có kết quả"}
FEEDBACK = {
    "Góp ý chờ trả lời",
    "Góp ý nghi là rác",
    "Phiếu đánh giá chờ kiểm tra",
    "Ý kiến về bài viết chờ kiểm tra",
}
WORK = {"Việc chạy nền"}


@pytest.mark.parametrize(
    ("group", "shown"),
    [
        (EDITORS, NEWS | SEARCHES),
        (PUBLISHERS, NEWS | DECIDED | SEARCHES | FIGURES),
        (FEEDBACK_OFFICERS, FEEDBACK),
        (ADMINISTRATORS, NEWS | DECIDED | SEARCHES | FIGURES | FEEDBACK | WORK),
        (None, set()),
    ],
)
def test_each_group_sees_the_work_it_may_do(group, shown):
    assert set(cards(make_staff(group))) == shown


def test_a_right_given_by_hand_shows_its_card():
    user = make_staff()
    user.user_permissions.add(Permission.objects.get(codename="view_dbtaskresult"))
    assert set(cards(get_user_model().objects.get(pk=user.pk))) == WORK


def test_charts_and_actions_follow_permissions_too():
    officer = desk.desk_of(make_staff(FEEDBACK_OFFICERS))
    assert [action.text for action in officer.actions] == ["Lập câu hỏi đánh giá"]
    assert "Góp ý nhận được, 12 tuần qua" in [chart.title for chart in officer.charts]
    editor = desk.desk_of(make_staff(EDITORS))
    assert [action.text for action in editor.actions] == ["Viết bài mới"]
    assert "Góp ý nhận được, 12 tuần qua" not in [chart.title for chart in editor.charts]
    assert desk.desk_of(make_staff()) == ([], [], [])


@pytest.mark.parametrize("group", GROUPS)
def test_every_link_of_the_desk_leads_where_the_person_may_go(client, group):
    user = make_staff(group)
    a_busy_portal(user, many=2)
    client.force_login(user)
    page = client.get("/quan-tri/").content.decode()
    links = set(re.findall(r'href="(/quan-tri/(?:news|indicators|feedback)[^"]*)"', page))
    assert len(links) > 3
    for link in links:
        assert client.get(unescape(link)).status_code == 200, link


def test_each_list_holds_as_many_as_its_card_says(client, chief):
    a_busy_portal(chief, many=6)
    client.force_login(chief)
    lists = {title: found for title, found in cards(chief).items() if found.url}
    assert len(lists) == 11
    for title, found in lists.items():
        shown = client.get(found.url).context
        listed = shown["cl"].result_count if "cl" in shown else shown["count"]
        assert listed == found.count > 0, title


@pytest.mark.parametrize("many", [0, 8])
def test_the_start_page_takes_as_few_queries_for_much_as_for_nothing(
    client, chief, many, django_assert_max_num_queries
):
    ContentType.objects.get_for_model(Article)  # looked up once in a process
    a_busy_portal(chief, many)
    client.force_login(chief)
    with django_assert_max_num_queries(24):
        client.get("/quan-tri/")


def test_an_empty_portal_says_so_in_words(client, chief):
    client.force_login(chief)
    page = client.get("/quan-tri/").content.decode()
    for title, found in cards(chief).items():
        assert found.count == 0, title
        assert found.empty in unescape(page)
    assert page.count("Chưa có số liệu trong thời gian này.") == 3
    assert "<svg class=" not in page


# -- articles --------------------------------------------------------------------------


def test_articles_handed_in_wait_longest_untouched_first(chief):
    newer, older = make_article(state=State.SUBMITTED), make_article(state=State.SUBMITTED)
    make_article(state=State.DRAFT)
    Article.objects.filter(pk=older.pk).update(updated_at=timezone.now() - timedelta(days=3))
    found = card(chief, desk.waiting_for_review)
    assert texts(found) == [older.title, newer.title]
    assert [line.note for line in found.lines] == [
        "sửa lần cuối 3 ngày trước",
        "sửa lần cuối hôm nay",
    ]


def test_who_sent_an_article_and_the_words_for_the_reviewer_stand_beside_it(chief):
    author = make_staff(EDITORS, last_name="Nguyễn Thị", first_name="Lan")
    article = make_article(state=State.DRAFT, created_by=author)
    for reason in ("Lần trước", "Cần đăng trước 17h30"):
        workflow.move(article, workflow.SUBMIT, author, reason)
        workflow.move(article, workflow.RECALL, author)
    workflow.move(article, workflow.SUBMIT, author, "Cần đăng trước 17h30")
    (line,) = card(chief, desk.waiting_for_review).lines
    assert line.note == "Nguyễn Thị Lan gửi hôm nay: Cần đăng trước 17h30"


def test_a_card_lists_the_first_and_counts_all(chief):
    for _ in range(7):
        make_article(state=State.SUBMITTED)
    found = card(chief, desk.waiting_for_review)
    assert (len(found.lines), found.count) == (5, 7)


def test_own_drafts_are_those_one_began_or_edited():
    mine, other = make_staff(EDITORS), make_staff(EDITORS)
    draft, handed_in = make_article(state=State.DRAFT), make_article(state=State.SUBMITTED)
    for article in (draft, handed_in, draft):
        edited(mine, article)
    edited(other, make_article(state=State.DRAFT))
    assert texts(card(mine, desk.own_drafts)) == [draft.title]


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(hours=4), "14:00 hôm nay"),
        (timedelta(hours=14), "00:00 ngày mai"),
        (timedelta(days=5), "10:00 thứ Tư 25/11"),
        (timedelta(days=7), "10:00 ngày 27/11/2026"),
    ],
)
def test_scheduled_articles_say_when_on_the_departments_clock(chief, ahead, said):
    make_article(published_at=NOW + ahead)
    make_article(published_at=NOW)
    (line,) = card(chief, desk.scheduled, NOW).lines
    assert line.note == said


def test_a_failed_narration_says_why(chief):
    make_article()
    article = make_article()
    Narration.objects.create(article=article, key="x", error="giọng đọc không trả lời")
    Narration.objects.create(article=make_article(), key="x")
    Narration.objects.create(article=make_article(state=State.DRAFT), key="x", error="lỗi")
    found = card(chief, desk.failed_narrations)
    assert [(line.text, line.note) for line in found.lines] == [
        (article.title, "giọng đọc không trả lời")
    ]
    assert found.is_bad


# -- feedback, figures, searches, work -------------------------------------------------


def test_feedback_comes_by_due_date_and_says_how_long_there_is(chief):
    make_submission(title="Mới", received_at=NOW, due_on=date(2026, 12, 11))
    make_submission(
        title="Cũ",
        received_at=NOW - timedelta(days=30),
        due_on=date(2026, 11, 17),
        state=Submission.State.IN_PROGRESS,
    )
    make_submission(state=Submission.State.SPAM, received_at=NOW - timedelta(days=90))
    found = card(chief, desk.feedback_to_answer, NOW)
    assert found.summary == "Quá hạn: 1."
    assert [(line.text, line.note) for line in found.lines] == [
        ("Cũ", "đang xử lý, quá hạn 3 ngày làm việc"),
        ("Mới", "mới, còn 14 ngày làm việc"),
    ]


def test_suspects_are_counted_by_what_they_are_about_the_most_first(chief):
    few, many = (make_poll(question=question) for question in ("Ít?", "Nhiều?"))
    for poll, count in ((few, 1), (many, 3)):
        for _ in range(count):
            cast(poll.options.first(), is_suspect=True)
    cast(few.options.first())
    cast(few.options.first(), is_suspect=True, is_set_aside=True)
    found = card(chief, desk.suspected_ballots)
    assert found.count == 4
    assert [(line.text, line.note) for line in found.lines] == [
        ("Nhiều?", "3 phiếu"),
        ("Ít?", "1 phiếu"),
    ]


def test_the_badge_says_how_many_wait_and_how_many_too_long(client):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    make_submission(due_on=date(2020, 1, 2))
    make_submission()
    make_submission(state=Submission.State.SPAM)
    page = " ".join(client.get("/quan-tri/").content.decode().split())
    assert 'Góp ý <span class="waiting-badge__count">2</span> <span>(quá hạn 1)</span>' in page
    client.force_login(make_staff(EDITORS))
    assert "quá hạn 1" not in client.get("/quan-tri/").content.decode()


def test_figures_that_contradict_their_source_are_named(chief):
    series = {"indicator": make_indicator(), "territory": make_territory()}
    make_figure(year=2022, result=100, **series)
    wrong = make_figure(year=2023, result=110, stated_growth=Decimal(20), **series)
    make_figure(year=2024, result=121, stated_growth=Decimal(10), **series)
    assert texts(card(chief, desk.contradicted_figures)) == [str(wrong)]


def test_a_plan_of_a_year_gone_by_without_a_result_is_named(chief):
    open_plan = make_figure(year=2024, target=5, result=None)
    make_figure(year=2026, target=5, result=None)  # the year is not over
    make_figure(year=2024, target=5, result=6)
    make_figure(year=2024, target=5, result=None, stated_outcome="met")
    assert texts(card(chief, desk.unreported_figures, NOW)) == [str(open_plan)]


def test_the_ten_most_missed_searches_of_thirty_days_are_shown(chief):
    today = timezone.localdate(NOW)
    for number in range(12):
        MissedSearch.objects.create(words=f"tu {number}", day=today, times=number + 1)
    MissedSearch.objects.create(words="cu", day=today - timedelta(days=31), times=99)
    found = card(chief, desk.missed_searches, NOW)
    assert found.count == 12
    assert texts(found) == [f"tu {number}" for number in range(11, 1, -1)]
    assert found.lines[0].note == "12 lần"


def test_work_in_the_background_is_counted_honestly(chief):
    assert card(chief, desk.background_work).summary == ""
    waiting, failed = make_task(), make_task(status="FAILED", finished_at=timezone.now())
    make_task(status="SUCCESSFUL", finished_at=timezone.now())
    found = card(chief, desk.background_work)
    assert (found.count, found.is_bad) == (2, True)
    DBTaskResult.objects.filter(pk=failed.pk).update(
        finished_at=timezone.now() - timedelta(hours=25)
    )
    found = card(chief, desk.background_work)
    assert (found.summary, found.is_bad) == ("1 việc đang chờ, lâu nhất 0 phút.", False)
    DBTaskResult.objects.filter(pk=waiting.pk).update(
        enqueued_at=timezone.now() - timedelta(minutes=15)
    )
    found = card(chief, desk.background_work)
    assert "lâu nhất 15 phút" in found.summary
    assert "Tiến trình nền có thể đã dừng." in found.summary
    assert found.is_bad


def test_a_row_dated_ahead_of_the_clock_shuts_nobody_out(chief):
    make_submission(received_at=NOW + timedelta(days=3))
    found = cards(chief, NOW)["Góp ý chờ trả lời"]
    assert (found.count, found.summary) == (1, "")
