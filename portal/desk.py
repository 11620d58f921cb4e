"""
The admin's start page: what waits for the person who signed in.

Each card is one query, the one that names people two, and says which permissions show it, as the
charts do (portal/desk_charts.py). Nothing asks for a group: a department may give its groups other
rights.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from feedback import deadlines
from feedback.models import Opinion, Submission, Vote
from indicators.checking import stored
from indicators.models import Figure
from news import workflow
from news.models import Article
from portal.bars import BarChart
from portal.desk_charts import CHARTS
from portal.models import MissedSearch
from portal.moments import coming, past
from portal.people import name_of

LISTED = 5  # lines of a card
MISSED_LISTED = 10
MESSAGE = 120  # characters of what was written to whoever decides
LINKED = 50  # rows that a link to a list may name one by one
MISSED_DAYS = 30
WORKER_IS_LATE = timedelta(minutes=10)
LONG_TEXTS = ("lead", "body")  # of an article; a line needs none of them

State = Article.State


class Line(NamedTuple):
    text: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Card:
    """One kind of work: how much of it waits, the first of it, and where all of it is."""

    title: str
    count: int
    empty: str  # said when nothing waits
    summary: str = ""
    lines: list[Line] = field(default_factory=list)
    url: str = ""
    is_bad: bool = False  # something is broken, not merely undone


class Desk(NamedTuple):
    actions: list[Line]
    cards: list[Card]
    charts: list[BarChart]

    @property
    def waiting(self) -> list[Card]:
        return [card for card in self.cards if card.count]

    @property
    def done(self) -> list[Card]:
        return [card for card in self.cards if not card.count]


def desk_of(user, at: datetime | None = None) -> Desk:
    """Return what a member of staff is shown, of that only what they have permission for."""
    at = at or timezone.now()
    return Desk(
        actions=[action for needed, action in _actions() if user.has_perm(needed)],
        cards=[make(user, at) for needed, make in CARDS if user.has_perms(needed)],
        charts=[make(at) for needed, make in CHARTS if user.has_perms(needed)],
    )


def _actions() -> list[tuple[str, Line]]:
    return [
        ("news.add_article", Line("Viết bài mới", reverse("admin:news_article_add"))),
        ("indicators.add_figure", Line("Nhập số liệu", reverse("admin:indicators_figure_add"))),
        ("feedback.add_poll", Line("Lập câu hỏi đánh giá", reverse("admin:feedback_poll_add"))),
    ]


# -- cards -----------------------------------------------------------------------------


def waiting_for_review(user, at) -> Card:
    waiting = workflow.with_handing_in(workflow.to_decide(user))
    articles, count = _first(waiting.defer(*LONG_TEXTS))
    return Card(
        "Bài chờ duyệt",
        count,
        empty="Không có bài nào chờ duyệt.",
        lines=[_line(article, _handed_in(article, at)) for article in articles],
        url=list_of(Article, viec="can-duyet"),
    )


def _handed_in(article, at) -> str:
    """Say who handed an article in, when, and with which words for whoever decides on it."""
    if not article.handings_in:  # it came from elsewhere
        return f"sửa lần cuối {past(article.updated_at, at)}"
    (sent,) = article.handings_in
    message = f": {Truncator(sent.reason).chars(MESSAGE)}" if sent.reason else ""
    return f"{name_of(sent.by)} gửi {past(sent.at, at)}{message}"


def sent_back(user, at) -> Card:
    articles, count = _first(workflow.sent_back_to(user).defer(*LONG_TEXTS))
    return Card(
        "Bài được trả lại",
        count,
        empty="Không có bài nào được trả lại.",
        lines=[_line(article, article.why) for article in articles],
        url=list_of(Article, viec="tra-lai"),
    )


def own_drafts(user, at) -> Card:
    articles, count = _first(Article.objects.drafts_of(user).defer(*LONG_TEXTS), LINKED)
    return Card(
        "Bản nháp của tôi",
        count,
        empty="Không có bản nháp nào.",
        lines=[
            _line(article, f"sửa lần cuối {past(article.updated_at, at)}")
            for article in articles[:LISTED]
        ],
        url=list_of(Article, id__in=",".join(str(article.pk) for article in articles)),
    )


def scheduled(user, at) -> Card:
    articles, count = _first(Article.objects.scheduled(at).defer(*LONG_TEXTS))
    return Card(
        "Bài hẹn giờ đăng",
        count,
        empty="Không có bài nào hẹn giờ.",
        lines=[_line(article, coming(article.published_at, at)) for article in articles],
        url=list_of(Article, **{"trang-thai": "hen-gio"}),
    )


def feedback_to_answer(user, at) -> Card:
    today, calendar = timezone.localdate(at), deadlines.working_days()
    overdue = Count("pk", filter=Q(due_on__lt=today))
    waiting = Submission.objects.waiting().by_due_date().annotate(late=Window(overdue))
    submissions, count = _first(waiting.defer("content", "answer"))
    late = submissions[0].late if submissions else 0
    return Card(
        "Góp ý chờ trả lời",
        count,
        empty="Không có góp ý nào chờ trả lời.",
        summary=f"Quá hạn: {late}." if late else "",
        lines=[_line(row, _due_in_words(row, today, calendar)) for row in submissions],
        url=list_of(Submission, viec="can-xu-ly"),
    )


def _due_in_words(submission, today, calendar) -> str:
    state = submission.get_state_display().lower()
    if submission.due_on is None:
        return state
    return f"{state}, {deadlines.overdue_in_words(submission.due_on, today, calendar)}"


def suspected_feedback(user, at) -> Card:
    """What the portal has set aside as a machine's: somebody may wait for an answer to it."""
    submissions, count = _first(Submission.objects.quarantined().defer("content", "answer"))
    return Card(
        "Góp ý nghi là rác",
        count,
        empty="Không có góp ý nghi là rác nào chờ xem lại.",
        lines=[_line(row, f"nhận {past(row.received_at, at)}") for row in submissions],
        url=list_of(Submission, viec="nghi-rac"),
    )


def suspected_ballots(user, at) -> Card:
    return _suspected(
        Vote,
        "poll__question",
        "Phiếu đánh giá chờ kiểm tra",
        "Không có phiếu đánh giá nào chờ kiểm tra.",
        reverse("admin:feedback_poll_bursts"),
        "phiếu",
    )


def suspected_opinions(user, at) -> Card:
    return _suspected(
        Opinion,
        "article__title",
        "Ý kiến về bài viết chờ kiểm tra",
        "Không có ý kiến về bài viết nào chờ kiểm tra.",
        reverse("admin:feedback_opinion_bursts"),
        "ý kiến",
    )


def _suspected(model, name: str, title: str, empty: str, url: str, counted: str) -> Card:
    """Say how much of what came too many at a time is neither counted nor set aside yet."""
    waiting = model.objects.awaiting().order_by().values(model.about, name)
    found = list(waiting.annotate(size=Count("pk")).order_by("-size", name))
    return Card(
        title,
        sum(row["size"] for row in found),
        empty=empty,
        summary="Gửi dồn dập từ một nơi; chưa tính cho đến khi có người quyết định.",
        lines=[Line(row[name], url, f"{row['size']} {counted}") for row in found[:LISTED]],
        url=url,
    )


def contradicted_figures(user, at) -> Card:
    """Figures of which the source states what its own numbers do not give."""
    found = stored.disagreements(Figure.objects.to_check())
    figures = list({one.about.pk: one.about for one in found}.values())
    return Card(
        "Số liệu lệch với nguồn",
        len(found),
        empty="Không có số liệu nào mâu thuẫn với điều nguồn nêu.",
        summary="Mức tăng, kết quả so với kế hoạch hay tỷ trọng mà nguồn nêu khác với số tính lại.",
        lines=[_line(figure) for figure in figures[:LISTED]],
        url=reverse("admin:indicators_figure_check"),
    )


def unreported_figures(user, at) -> Card:
    """Targets of years that are over, of which nothing says what became of them."""
    missing = {
        "year__lt": timezone.localdate(at).year,
        "result__isnull": True,
        "stated_growth__isnull": True,
        "stated_over_plan__isnull": True,
        "stated_outcome__exact": "",
    }
    figures, count = _first(
        Figure.objects.filter(**missing).select_related("indicator", "territory").order_by("-year")
    )
    return Card(
        "Kế hoạch chưa có kết quả",
        count,
        empty="Không có kế hoạch nào của năm đã qua còn thiếu kết quả.",
        lines=[_line(figure) for figure in figures],
        url=list_of(Figure, **missing),
    )


def failed_narrations(user, at) -> Card:
    articles, count = _first(Article.objects.with_failed_narration().defer(*LONG_TEXTS), LINKED)
    return Card(
        "Bài chưa tạo được bản đọc",
        count,
        empty="Không có bản đọc nào bị lỗi.",
        lines=[_line(article, article.narration.error) for article in articles[:LISTED]],
        url=list_of(Article, id__in=",".join(str(article.pk) for article in articles)),
        is_bad=True,
    )


def missed_searches(user, at) -> Card:
    since = timezone.localdate(at) - timedelta(days=MISSED_DAYS)
    searches, count = _first(MissedSearch.objects.most_frequent(since), MISSED_LISTED)
    return Card(
        "Người đọc tìm mà không thấy",
        count,
        empty=f"{MISSED_DAYS} ngày qua chưa ghi nhận lượt tìm nào không có kết quả.",
        summary=f"Từ khóa không dấu, trong {MISSED_DAYS} ngày qua.",
        lines=[
            Line(search["words"], list_of(Article, q=search["words"]), f"{search['total']} lần")
            for search in searches
        ],
    )


def background_work(user, at) -> Card:
    failed = Q(status=TaskResultStatus.FAILED, finished_at__gte=at - timedelta(days=1))
    waiting = Q(pk__in=DBTaskResult.objects.ready().values("pk"))
    work = DBTaskResult.objects.aggregate(
        failed=Count("pk", filter=failed),
        waiting=Count("pk", filter=waiting),
        oldest=Min("enqueued_at", filter=waiting),
    )
    is_late = work["waiting"] > 0 and at - work["oldest"] > WORKER_IS_LATE
    said = []
    if work["failed"]:
        said.append(f"{work['failed']} việc bị lỗi trong 24 giờ qua.")
    if work["waiting"]:
        minutes = int((at - work["oldest"]).total_seconds() // 60)
        said.append(f"{work['waiting']} việc đang chờ, lâu nhất {minutes} phút.")
    if is_late:
        said.append("Tiến trình nền có thể đã dừng.")
    return Card(
        "Việc chạy nền",
        work["waiting"] + work["failed"],
        empty="Không có việc chạy nền nào đang chờ; 24 giờ qua không có lỗi.",
        summary=" ".join(said),
        is_bad=bool(work["failed"]) or is_late,
    )


CARDS: list[tuple[list[str], Callable[..., Card]]] = [
    (["news.change_article", "news.publish_article"], waiting_for_review),
    (["news.change_article"], sent_back),
    (["news.change_article"], own_drafts),
    (["news.change_article"], scheduled),
    (["feedback.change_submission"], feedback_to_answer),
    (["feedback.change_submission"], suspected_feedback),
    (["feedback.change_poll"], suspected_ballots),
    (["feedback.change_opinion"], suspected_opinions),
    (["indicators.change_figure"], contradicted_figures),
    (["indicators.change_figure"], unreported_figures),
    (["news.view_article", "news.view_narration"], failed_narrations),
    (["news.view_article", "news.add_article"], missed_searches),
    (["django_tasks_database.view_dbtaskresult"], background_work),
]


# -- lines -----------------------------------------------------------------------------


def _first(rows: QuerySet, count: int = LISTED) -> tuple[list, int]:
    """Return the first rows and how many there are altogether, in one query."""
    found = list(rows.annotate(altogether=Window(Count("*")))[:count])
    if not found:
        return found, 0
    row = found[0]
    return found, row["altogether"] if isinstance(row, dict) else row.altogether


def _line(shown, note: str = "") -> Line:
    name = f"admin:{shown._meta.app_label}_{shown._meta.model_name}_change"
    return Line(str(shown), reverse(name, args=[shown.pk]), note)


def list_of(model, **lookups) -> str:
    """Return the address of a model's list in the admin, filtered."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return f"{reverse(name)}?{urlencode(lookups)}"
