"""
An article as readers would see it, before they do.

Staff see the saved text and what they have typed; somebody without an account sees the saved
text under an address that nobody can guess, that expires and that withdrawing the article revokes.
No preview is kept by a cache, found by a search engine or counted.
"""

import hashlib
import secrets
from datetime import timedelta
from functools import wraps
from typing import NamedTuple

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news import typed
from news.models import Article, PreviewLink
from news.views import page_of
from portal import media, text
from portal.caching import personal_page
from portal.moments import said_at

LIFETIMES = (1, 3, 7)  # days
LIFETIME = 3  # days, unless chosen otherwise

_GONE = {
    "title": "Không xem được bản xem trước",
    "message": "Đường dẫn này không có hoặc không còn dùng được. Ông/bà vui lòng xin người "
    "soạn bài một đường dẫn mới.",
}


class About(NamedTuple):
    """What the banner of a preview says."""

    note: str  # which text this is and who sees it
    mistakes: tuple[str, ...] = ()  # what was typed and cannot be taken
    form: str = ""  # address of the article's form


def unlisted(view):
    """Let nothing keep what a view answers, list it, or learn its address from a link in it."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return personal_page(wrapped)


def show(request, article, about: About):
    """Answer with the page an article will have, under a banner."""
    article.published_at = article.published_at or timezone.now()
    context = {
        **page_of(article),
        "about": about,
        "state": state_of(article),
        "reads_along": False,  # the times of its sentences are public with it alone
    }
    return render(request, "news/article_preview.html", context)


def state_of(article) -> str:
    """Return where an article stands for readers, in words."""
    if article.is_scheduled():
        return f"{article.standing()}, đăng lúc {said_at(article.published_at)}"
    return article.standing()


# -- what is typed and not saved -------------------------------------------------------


class TypedArticle(forms.ModelForm):
    """An article as it stands in its form; read, never saved."""

    class Meta:
        model = Article
        fields = [
            "title",
            "lead",
            "body",
            "category",
            "tags",
            "place",
            "byline",
            "issuing_unit",
            "source",
            "cover",
            "published_at",
            "expires_at",
        ]
        field_classes = {
            "published_at": forms.SplitDateTimeField,
            "expires_at": forms.SplitDateTimeField,
        }

    def article(self) -> Article:
        """
        Return the article in memory.

        What a field cannot hold stands in it as before; what only the article as a whole
        refuses, as a year far away, stands in it as typed.
        """
        article = self.instance
        typed.show_photos(article, self.data)
        self.is_valid()
        if article.pk is None:
            article.pk = 0  # no row has it: everything kept beside an article is empty
            article.shown_photos, article.corrected_at, article.views = [], None, 0
        article.slug = article.slug or text.slug(article.title) or "bai-viet"
        typed.show_topics(article, self)
        return article

    def mistakes(self) -> tuple[str, ...]:
        """Return what was refused, a sentence each, after the name of its field."""
        return tuple(
            f"{self[name].label}: {message}" if name in self.fields else message
            for name, messages in self.errors.items()
            for message in messages
        )


# -- links for people without an account -----------------------------------------------


def make_link(article, *, by, days: int) -> tuple[PreviewLink, str]:
    """Return a new link and its token, which is not kept; forget links that have expired."""
    now = timezone.now()
    PreviewLink.objects.filter(expires_at__lte=now).delete()
    token = secrets.token_urlsafe(32)
    link = article.preview_links.create(
        digest=_digest(token), made_by=by, made_at=now, expires_at=now + timedelta(days=days)
    )
    return link, token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@require_safe
@unlisted
def shared_preview(request, token):
    """Show an article to whoever has its link, whatever its state; once published, its page."""
    link = _live_link(token)
    article = link and Article.objects.for_reading().filter(pk=link.article_id).first()
    if article is None:
        return render(request, "error.html", {"error": _GONE}, status=404)
    if article.is_published():
        return redirect(article)
    note = (
        f"Đường dẫn này dùng được đến {said_at(link.expires_at)}, chỉ để góp ý trước khi đăng; "
        "ông/bà vui lòng không chuyển tiếp."
    )
    for file in _files_of(article):
        file.preview_address = reverse("news:preview-file", args=[token, file.file.name])
    return show(request, article, About(note))


@require_safe
@unlisted
def shared_file(request, token, name):
    """Send a document or the sound of the article that a link shows."""
    link = _live_link(token)
    if link is None or not Article.objects.with_file(name).filter(pk=link.article_id).exists():
        raise Http404
    return media.sent(request, name)


def _live_link(token) -> PreviewLink | None:
    return PreviewLink.objects.live().filter(digest=_digest(token)).first()


def _files_of(article) -> list:
    narration = article.current_narration()
    return [*article.attachments.all(), *([narration] if narration else [])]
