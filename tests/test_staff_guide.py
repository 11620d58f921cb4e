"""The guide for staff: its words are those of the screen, its pictures those of the script."""

import json
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import html

from feedback.models import Opinion, ReplyTemplate
from news.models import Article, Narration
from portal.groups import ensure_groups
from portal.models import MissedSearch
from tests.browser.screenshots import FOLDER, LARGEST, PICTURES
from tests.builders import make_article
from tests.feedback.builders import cast, make_poll, make_submission
from tests.indicators.builders import make_figure, make_indicator, make_territory

README = settings.BASE_DIR / "README.md"
PAGES = sorted((settings.BASE_DIR / "docs/huong-dan").glob("*.md"))
# The editor's own words and those it is given, as the scripts carry them.
EDITOR_WORDS = (
    "ckeditor/ckeditor/lang/vi.js",
    "ckeditor/ckeditor/plugins/image2/lang/vi.js",
    "js/editor-words.js",
    "js/editor.js",
    "js/editor-figures.js",
)
FORMS = (
    "news_article",
    "news_category",
    "news_photo",
    "indicators_indicator",
    "indicators_figure",
    "indicators_territory",
    "feedback_poll",
    "portal_websitelink",
    "portal_notice",
    "portal_abbreviation",
    "auth_user",
)


def targets(page) -> list[str]:
    """Return what the page's links and pictures point at."""
    return re.findall(r"\]\(([^)]+)\)", page.read_text())


def labels(page) -> set[str]:
    return set(re.findall(r"\*\*(.+?)\*\*", page.read_text()))


def words_of(markup: str) -> set[str]:
    """Return each piece of text of a page whole, and what its buttons say."""
    found = html.document_fromstring(markup).xpath("//text() | //input/@value")
    return {" ".join(piece.split()).rstrip(":") for piece in found}


def editor_words() -> set[str]:
    files = [Path(finders.find(name)).read_text() for name in EDITOR_WORDS]
    return set(re.findall(r"""\w"?(?::| =) ?["']([^"'\\]*)["']""", "".join(files)))


def script_words(catalog: str) -> set[str]:
    """Return what the admin's scripts write, such as the links beside a date."""
    return {json.loads(string) for string in re.findall(r'"(?:[^"\\]|\\.)*"', catalog)}


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chi-huy", password="mat-khau-du-dai")


@pytest.fixture
def busy_portal(chief):
    """Something of every kind waits, so that the start page shows all its cards."""
    now = timezone.now()
    ensure_groups()
    draft = make_article(state=Article.State.DRAFT)
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=str(draft.pk),
        action_flag=CHANGE,
    )
    make_article(state=Article.State.SUBMITTED, created_by=chief)
    make_article(state=Article.State.WITHDRAWN)
    returned = make_article(state=Article.State.DRAFT, created_by=chief)
    returned.state_changes.create(
        from_state=Article.State.SUBMITTED, to_state=Article.State.DRAFT, reason="Thiếu nguồn"
    )
    make_article(published_at=now + timedelta(days=1))
    make_article(expires_at=now)
    silent = make_article()
    Narration.objects.create(article=silent, key="x", error="lỗi")
    readable = make_article()
    Narration.objects.create(
        article=readable, key=readable.narration_key(), file="nghe/bai.mp3", duration=60
    )
    territory, indicator = make_territory(), make_indicator()
    make_figure(indicator=indicator, territory=territory, year=2022)
    make_figure(indicator=indicator, territory=territory, year=2023, stated_growth=50)
    make_figure(result=None, target=100, year=2023)
    make_submission()
    MissedSearch.objects.create(words="giay phep", day=timezone.localdate(), times=3)
    DBTaskResult.objects.create(
        task_path="news.tasks.narrate", args_kwargs={}, backend_name="default"
    )
    return readable


@pytest.fixture
def words_on_screen(client, chief, busy_portal):
    """Return the words of the pages that the guide speaks of."""
    ReplyTemplate.objects.create(name="Chung", text="Kính gửi ông/bà.")
    addresses = [
        busy_portal.get_absolute_url(),
        reverse("admin:index"),
        reverse("admin:news_article_changelist"),
        reverse("admin:news_photo_changelist"),
        *[reverse("admin:news_article_change", args=[pk]) for pk in _one_of_each_state()],
        *_pages_of_sound(busy_portal),
        *_pages_of_feedback(),
        reverse("admin:auth_user_change", args=[chief.pk]),
        *_pages_of_figures(),
        *[reverse(f"admin:{model}_add") for model in FORMS],
    ]
    pages = [client.get(reverse("admin:login"))]
    client.force_login(chief)
    pages += [client.get(address) for address in addresses]
    shown = [page.content.decode() for page in pages]
    shown += [render_to_string(f"admin/{name}.html") for name in ("lockout", "signed_out")]
    scripts = client.get(reverse("admin:jsi18n")).content.decode()
    return set().union(editor_words(), script_words(scripts), *map(words_of, shown))


def _pages_of_sound(article):
    """Return the pages about how an article sounds; of one that a person reads, as well."""
    recorded = make_article()
    Narration.objects.create(
        article=recorded, key="x", file="nghe/nguoi.mp3", duration=60, is_recording=True
    )
    return [
        *[reverse("admin:news_article_narration", args=[one.pk]) for one in (article, recorded)],
        reverse("admin:news_pronunciation_changelist"),
    ]


def _pages_of_feedback():
    """Return the queue and pages whose forms offer, together, every step of handling."""
    states = (
        {"title": "Xin hỏi giờ làm việc"},
        {"state": "answered", "answer": "Từ 7 giờ 30."},
        {"state": "spam"},
    )
    found = [make_submission(**state) for state in states]
    cast(make_poll().options.first(), is_suspect=True)
    Opinion.objects.create(
        article=make_article(), ballot=uuid.uuid4(), is_helpful=False, remark="Chưa rõ hạn nộp."
    )
    rating = ("poll_changelist", "poll_bursts", "opinion_changelist")
    return [
        reverse("admin:feedback_submission_changelist"),
        *[reverse(f"admin:feedback_{name}") for name in rating],
        *[reverse("admin:feedback_submission_change", args=[each.pk]) for each in found],
    ]


def _pages_of_figures():
    """Return the pages about figures, of a figure that was read out of two articles."""
    indicator = make_indicator(code="TMBL", name="Tổng mức bán lẻ hàng hóa", unit="tỷ đồng")
    home = make_territory(is_home=True)
    make_figure(indicator=indicator, territory=home, year=2023, result="56180")
    texts = (
        "Năm 2023, tổng mức bán lẻ hàng hóa đạt 56.180 tỷ đồng.",
        "Năm 2024, tổng mức bán lẻ hàng hóa đạt 60.000 tỷ đồng.",
    )
    articles = [make_article(body=f"<p>{text}</p>") for text in texts]
    return [
        indicator.get_absolute_url(),
        reverse("indicators:scoreboard"),
        reverse("admin:indicators_figure_changelist"),
        reverse("admin:indicators_figure_check"),
        reverse("admin:indicators_figure_grid"),
        reverse("admin:indicators_figure_import"),
        reverse("admin:indicators_indicator_changelist"),
        reverse("admin:indicators_indicator_catalogue"),
        *[reverse("admin:indicators_figure_read", args=[article.pk]) for article in articles],
    ]


def _one_of_each_state():
    """Return articles whose forms offer, together, every step of the workflow."""
    ordered = Article.objects.order_by("state", "-pk").distinct("state")
    return ordered.values_list("pk", flat=True)


def test_every_label_in_bold_is_on_the_screen(words_on_screen):
    for page in PAGES:
        assert labels(page), f"{page.name} names nothing of the screen"
        missing = labels(page) - words_on_screen
        assert not missing, f"{page.name} names what is not on the screen: {sorted(missing)}"


def test_every_link_and_picture_resolves():
    for page in PAGES:
        for target in targets(page):
            assert (page.parent / target).is_file(), f"{page.name} points at {target}"


def test_every_page_is_listed_on_the_first():
    first = settings.BASE_DIR / "docs/huong-dan/README.md"
    assert set(targets(first)) >= {page.name for page in PAGES if page != first}


def test_the_pictures_shown_are_those_the_script_takes():
    shown = {
        name
        for page in (*PAGES, README)
        for name in re.findall(r"pictures/([\w-]+)\.webp\)", page.read_text())
    }
    assert shown == {picture.name for picture in PICTURES}
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.webp" for name in shown}
    for name in shown:
        assert (FOLDER / f"{name}.webp").stat().st_size <= LARGEST, name


def test_every_picture_is_described():
    for page in (*PAGES, README):
        for description in re.findall(r"!\[([^\]]*)\]", page.read_text()):
            assert len(description.split()) >= 5, f"{page.name}: “{description}”"
