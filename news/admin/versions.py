"""History of an article: list of versions, comparison, restoring."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from news import comparison, versions
from news.admin.tools import Tool, ToolsAdmin
from news.models import Version
from portal import text

PER_PAGE = 20


class Line(NamedTuple):
    version: Version
    former: Version | None
    changed: list[str]  # parts in which they differ


class VersionsAdmin(ToolsAdmin):
    """An article whose former versions can be read, compared and restored."""

    object_history_template = "admin/news/article/history.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        version = "<int:pk>/phien-ban/<int:number>/"
        return [
            path(version, view(self.version_view), name="news_article_version"),
            path(f"{version}khoi-phuc/", view(self.restore_view), name="news_article_restore"),
            path("<int:pk>/so-sanh/", view(self.compare_view), name="news_article_compare"),
            *super().get_urls(),
        ]

    def article_tools(self, request, article):
        history = reverse("admin:news_article_history", args=[article.pk])
        return [*super().article_tools(request, article), Tool("Lịch sử", history)]

    def history_view(self, request, object_id, extra_context=None):
        """Show the versions above what the admin itself wrote down."""
        response = super().history_view(request, object_id, extra_context)
        if response.status_code != 200:
            return response
        article = response.context_data["object"]
        if not article.versions.exists():
            with transaction.atomic():
                versions.keep_stored(article)
        page = Paginator(article.versions.select_related("saved_by"), PER_PAGE).get_page(
            request.GET.get("trang")
        )
        response.context_data |= {
            "title": f"Lịch sử bài viết: {article}",
            "page": page,
            "lines": _lines(article, list(page)),
        }
        return response

    def version_view(self, request, pk, number):
        article = self._article(request, pk)
        version = get_object_or_404(article.versions.select_related("saved_by"), number=number)
        said = [part for part in comparison.lines_of(version.content) if part[0] != "Nội dung"]
        context = self._context(request, article, f"Phiên bản {number}") | {
            "version": version,
            "parts": said,
            "body": version.content.get("body", ""),
            "can_restore": self.has_change_permission(request, article),
        }
        return render(request, "admin/news/article/version.html", context)

    def compare_view(self, request, pk):
        article = self._article(request, pk)
        before, after = _chosen(article, request.GET)
        whole = "toan_van" in request.GET
        context = self._context(request, article, "So sánh hai phiên bản") | {
            "before": before,
            "after": after,
            "parts": comparison.compare(before.content, after.content, whole=whole),
            "whole": whole,
            "can_restore": self.has_change_permission(request, article),
        }
        return render(request, "admin/news/article/compare.html", context)

    @method_decorator(require_POST)
    @transaction.atomic
    def restore_view(self, request, pk, number):
        article = self._article(request, pk, to_change=True)
        version = get_object_or_404(article.versions, number=number)
        if request.POST.get("_revision") != str(article.revision):
            self.message_user(
                request,
                "Bài vừa được lưu từ nơi khác nên chưa khôi phục. Hãy xem lại rồi khôi phục.",
                messages.WARNING,
            )
            return redirect("admin:news_article_version", pk, number)
        try:
            missing = versions.restore(article, version, by=request.user)
        except ValidationError as refusal:
            said = f"Chưa khôi phục được: {' '.join(refusal.messages)}"
            self.message_user(request, said, messages.ERROR)
            return redirect("admin:news_article_version", pk, number)
        self.log_change(request, article, f"Khôi phục phiên bản {number}.")
        self.message_user(request, f"Đã khôi phục nội dung của phiên bản {number}.")
        if missing:
            said = f"Không khôi phục được: {'; '.join(missing)}."
            self.message_user(request, said, messages.WARNING)
        return redirect("admin:news_article_change", pk)

    def _article(self, request, pk, *, to_change=False):
        """Return the article to whom may see it; locked, to whom may change it."""
        rows = self.get_queryset(request)
        article = (rows.select_for_update(of=["self"]) if to_change else rows).filter(pk=pk).first()
        if article is None:
            raise Http404
        may = self.has_change_permission if to_change else self.has_view_or_change_permission
        if not may(request, article):
            raise PermissionDenied
        return article

    def _context(self, request, article, title):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "article": article,
        }


def _lines(article, page) -> list[Line]:
    """Return a page of versions, each with what it changed of the one before."""
    if not page:
        return []
    former = article.versions.filter(number__lt=page[-1].number).first()
    return [
        Line(version, before, _changed(before, version))
        for version, before in zip(page, [*page[1:], former], strict=True)
    ]


def _changed(before, after) -> list[str]:
    if before is None:
        return []
    changed = versions.changed_names(before.content, after.content)
    return [label for name, label in comparison.LABELS.items() if name in changed]


def _chosen(article, query) -> tuple[Version, Version]:
    """Return the two versions named in an address, the older one first."""
    numbers = [text.whole_number(query[name]) for name in ("truoc", "sau") if name in query]
    if None in numbers:
        raise Http404
    found = list(article.versions.filter(number__in=numbers).select_related("saved_by"))
    if not found or {version.number for version in found} != set(numbers):
        raise Http404
    return found[-1], found[0]
