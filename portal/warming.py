"""
The worker's part in what is kept: every public page as a snapshot, anew when it changes.

What everybody sees first, and what a change names, is rendered at once; the pages of all articles
one after another, slowly, after every start and after a change that may concern them all. What is
written down already and would look the same is left as it is. What appears or goes by itself, at
its time, is a change as well.
"""

import gc
import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from math import ceil

from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from news.archive import PublishedArticles
from news.models import Article, Category
from news.views import ARTICLES_PER_PAGE
from portal import turns
from portal.allocator import give_back
from portal.changes import Change, Listener
from portal.kept import parts
from portal.pagecache import rendering
from portal.pagecache.dependencies import Dependencies
from portal.pagecache.pages import Page
from portal.pagecache.snapshots import Snapshots
from portal.sitemaps import SITEMAPS

logger = logging.getLogger(__name__)

FIRST_PAGES = 3  # of each list
PAUSE = 0.5  # seconds between two rounds, so that a vote a moment does not cost a page a moment
AT_REST = 0.75  # share of the time in which the slow round leaves the processor to others
NICENESS = 10
TRIED_AGAIN_AFTER = 60  # seconds, what could not be rendered or written
LONGEST_REST = 600  # seconds; clocks are put right
ARTICLES_AT_ONCE = 500
MANY = 100  # pages written: about what a start without snapshots renders at once
SOON = 600  # seconds, in which no page lapses (kept.LONGEST_UNANNOUNCED)
# A change here is seen on the page of every article.
ON_EVERY_PAGE = {"news_category", "news_tag", "portal_notice"}


class Warming:
    """
    A thread of the worker that keeps the snapshots current.

    ``begin_anew``, where given, is called once: at rest, soon after MANY pages were written.
    Rendering unshares memory that only a new process shares again. Later it would render anew
    whatever lapsed meanwhile, and with very many articles never come to rest.
    """

    def __init__(
        self,
        listener: Listener,
        handler: WSGIHandler,
        snapshots: Snapshots,
        begin_anew: Callable[[], None] | None = None,
    ):
        self._listener = listener
        self._handler = handler
        self._snapshots = snapshots
        self._begin_anew = begin_anew
        self._written = 0
        self._started = time.monotonic()
        self._changed = threading.Event()
        self._changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._heard: list[Change | None] = []  # of these, what is still to be rendered
        self._made_of: dict[str, Dependencies] = {}  # of the pages seen first
        self._failed: dict[str, int | None] = {}  # keys of pages, of articles with theirs
        self._slow_round: Iterator[tuple[int, str]] = iter(())
        self._turned_until = timezone.now()
        self._next_turn: datetime | None = None
        listener.subscribe(self._note)

    def start(self) -> None:
        self._listener.start()
        threading.Thread(target=self._run, name="warming", daemon=True).start()

    def _note(self, change: Change | None) -> None:
        self._changes.put(change)
        self._changed.set()

    def _run(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        while True:
            try:
                self._work()
            except DatabaseError:
                connection.close()
                self._changed.wait(TRIED_AGAIN_AFTER)  # sooner where it is told what was missed
                self._note(None)
            except OSError as error:  # the disk is full, perhaps
                logger.warning("snapshots are behind: %s", error)
                time.sleep(TRIED_AGAIN_AFTER)
                self._note(None)

    def _work(self) -> None:
        if self._changed.is_set():
            self.render_changed()
            time.sleep(PAUSE)
        elif (following := next(self._slow_round, None)) is not None:
            began = time.monotonic()
            self.render_articles([following])
            time.sleep((time.monotonic() - began) * AT_REST / (1 - AT_REST))
        else:
            self.rest()
            if not self._changed.wait(self._rests_for()):
                self._note_turns()
                self.try_again()

    def _rests_for(self) -> float:
        """Return for how many seconds there is nothing to do unless something changes."""
        longest = TRIED_AGAIN_AFTER if self._failed else LONGEST_REST
        if self._next_turn is None:
            return longest
        return min(longest, max(0, (self._next_turn - timezone.now()).total_seconds()))

    def _note_turns(self) -> None:
        """Take for changes what appeared or went by itself since this was asked last."""
        now = timezone.now()
        if self._next_turn and self._next_turn <= now:
            for change in turns.turned(self._turned_until, now):
                self._note(change)
            self._look_for_turns(now)

    def _look_for_turns(self, after: datetime) -> None:
        self._turned_until, self._next_turn = after, turns.next_turn(after)

    def rest(self) -> None:
        """Hold nothing while nothing is to be done: what pages were made of is for readers' use."""
        connection.close()
        parts.clear()
        gc.collect()
        give_back()
        if time.monotonic() - self._started > SOON:
            self._begin_anew = None
        if self._begin_anew and self._written >= MANY:
            self._begin_anew()
            self._begin_anew = None

    def render_changed(self) -> None:
        """Render what changed and what shows it; have all articles follow where that is needed."""
        self._changed.clear()
        self._hear()
        changes, self._heard = self._heard, []
        changed = Article.objects.published().filter(pk__in=_articles_of(changes))
        self.render_articles((one.pk, one.get_absolute_url()) for one in changed)
        first = list(seen_first())
        for key in first:
            if self._may_have_changed(key, changes):
                self._render(key)
        self._forget_gone(first, changes)
        if any(map(concerns_all_articles, changes)):
            self._slow_round = all_articles()

    def _hear(self) -> None:
        """Take in what changed; what nobody may read any more is gone before anything else."""
        self._note_turns()
        changes = [self._changes.get() for _ in range(self._changes.qsize())]
        self._heard += changes
        # Of what nobody heard of, it cannot be said which articles it named.
        doubted = self._snapshots.articles() if None in changes else _articles_of(changes)
        self._forget_unpublished(doubted)
        if any(change is None or change.table in turns.managers() for change in changes):
            self._look_for_turns(self._turned_until)

    def _forget_unpublished(self, articles: set[int]) -> None:
        articles = sorted(articles)
        for first in range(0, len(articles), ARTICLES_AT_ONCE):
            some = articles[first : first + ARTICLES_AT_ONCE]
            published = Article.objects.published().filter(pk__in=some)
            for pk in set(some) - set(published.values_list("pk", flat=True)):
                self._snapshots.forget_article(pk)

    def _forget_gone(self, first: list[str], changes: list[Change | None]) -> None:
        """Remove the pages that are none any more, as of a category that was deleted."""
        for key in self._made_of.keys() - set(first):
            self._snapshots.forget(key)
            del self._made_of[key]
        if None in changes:  # nor is known what another process wrote down before
            self._snapshots.forget_all_but(first)

    def _may_have_changed(self, key: str, changes: list[Change | None]) -> bool:
        made_of = self._made_of.get(key)
        return made_of is None or any(map(made_of.are_touched_by, changes))

    def try_again(self) -> None:
        """Render what failed; what the database was missing for, or what is broken."""
        failed, self._failed = self._failed, {}
        for key, article in failed.items():
            self._render(key, article)

    def render_articles(self, articles: Iterable[tuple[int, str]]) -> None:
        """Render the pages of articles, given by key and address."""
        for pk, key in articles:
            if self._snapshots.key_of_article(pk) != key:  # it has a new address
                self._snapshots.forget_article(pk)
            self._render(key, pk)

    def _render(self, key: str, article: int | None = None) -> None:
        self._hear()
        self._failed.pop(key, None)
        if not rendering.is_kept(key):
            return
        page = self._snapshots.read_current(key, self._listener)
        if page is None:
            page = self._render_anew(key, article)
        if page and article is None:
            self._made_of[key] = page.dependencies

    def _render_anew(self, key: str, article: int | None) -> Page | None:
        rendered = rendering.render(self._handler, key, self._listener.known)
        if rendered.page:
            self._snapshots.write(rendered.page, article)
            self._written += 1
        elif rendered.plain.status < 500:
            self._snapshots.forget(key)
        else:
            self._failed[key] = article
        return rendered.page


def _articles_of(changes: Iterable[Change | None]) -> set[int]:
    """Return the keys of the articles that changes name."""
    return {pk for change in changes if change for pk in change.articles or ()} - {0}


def concerns_all_articles(change: Change | None) -> bool:
    """Say whether the page of every article may look different after a change."""
    if change is None or change.table in ON_EVERY_PAGE:
        return True
    return change.table == "news_article" and change.articles is None


def seen_first() -> Iterable[str]:
    """Return the keys of all pages but those of articles; of long lists the first pages."""
    for name, sitemap in SITEMAPS.items():
        if name == "tin-tuc":
            continue
        part = sitemap()
        for item in part.items():
            yield part.location(item)
    yield from _following_pages(reverse("news:article-list"), PublishedArticles())
    for category in Category.objects.all():
        address = category.get_absolute_url()
        yield from _following_pages(address, PublishedArticles(category=category))
        yield reverse("category-feed", args=[category.slug])
        yield reverse("category-atom", args=[category.slug])
    yield from (reverse(name) for name in ("feed", "atom", "podcast", "sitemap", "robots"))
    yield from (reverse("sitemap-part", args=[name]) for name in SITEMAPS)


def _following_pages(address: str, articles: PublishedArticles) -> Iterable[str]:
    """Return the keys of the second and further first pages of a list."""
    pages = min(FIRST_PAGES, ceil(len(articles) / ARTICLES_PER_PAGE))
    return (f"{address}?trang={number}" for number in range(2, pages + 1))


def all_articles() -> Iterator[tuple[int, str]]:
    """Return key and address of all published articles, the latest first."""
    published = Article.objects.published().order_by("-pk").only("pk", "slug")
    following = published
    while some := list(following[:ARTICLES_AT_ONCE]):
        yield from ((article.pk, article.get_absolute_url()) for article in some)
        following = published.filter(pk__lt=some[-1].pk)
