"""How far the sound of articles has come, as staff are told."""

from collections.abc import Iterable

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from news.models import Article
from news.narration.clips import THE_REST
from portal.templatetags.portal import duration

BEING_MADE = "Đang tạo"
WAITING = "Đang chờ tạo"
_UNFINISHED = {TaskResultStatus.READY: WAITING, TaskResultStatus.RUNNING: BEING_MADE}


def unfinished(articles: Iterable[Article]) -> dict[int, str]:
    """Return, by article, what is said of the sound that the worker is asked for."""
    tasks = DBTaskResult.objects.filter(
        task_path="news.tasks.narrate",
        status__in=_UNFINISHED,
        args_kwargs__args__0__in=[article.pk for article in articles],
    )
    states = {}
    for status, asked in tasks.values_list("status", "args_kwargs"):
        pk = asked["args"][0]
        states[pk] = BEING_MADE if states.get(pk) == BEING_MADE else _UNFINISHED[status]
    return states


def state_of(article: Article) -> str:
    """Return where the sound of an article stands, with a link to hear it, and what is wrong."""
    narration = getattr(article, "narration", None)
    parts = []
    if narration and narration.is_of(article):
        parts.append(heard(narration))
    if waiting := unfinished([article]).get(article.pk):
        parts.append(f"{waiting}.")
    elif narration and narration.error:
        parts.append(f"Lỗi: {narration.error}.")
    elif narration and not narration.file and narration.key == article.narration_key():
        parts.append("Không có bản đọc: ngoài tiêu đề, bài không có chữ nào để đọc.")
    if not parts:
        approved = article.state == Article.State.APPROVED
        parts.append("Chưa có." if approved else "Tạo khi bài được duyệt.")
    return format_html("{} " * len(parts), *parts)


def heard(narration) -> str:
    """Return a link to the sound, with its length, its size and who speaks."""
    about = [duration(narration.duration), filesizeformat(_size(narration))]
    if narration.is_recording:
        about.append("bản ghi âm")
    if narration.sentences and narration.sentences[-1][2] == THE_REST.rpartition(". ")[2]:
        about.append("chỉ phần đầu bài vì bài quá dài")
    return format_html('<a href="{}">Nghe</a> ({}).', narration.file.url, ", ".join(about))


def _size(narration) -> int:
    try:
        return narration.file.size
    except OSError:  # the record is there, its file is not
        return 0
