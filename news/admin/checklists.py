"""What should be put right before an article is published."""

from typing import NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from news import checklist, typed
from news.checklist.finding import Finding
from news.models import Article
from news.previews import TypedArticle
from portal.caching import personal_page
from portal.moments import said_at


class Check(NamedTuple):
    findings: list[Finding]
    note: str  # which text was read


class ChecklistAdmin(admin.ModelAdmin):
    """An article whose form says what is still missing."""

    class Media:
        js = [Script("js/checklist.js", type="module")]

    def get_urls(self):
        own = [
            path("kiem-tra/", self._wrapped(self.check_new_form), name="news_article_check_new"),
            path("<int:pk>/kiem-tra/", self._wrapped(self.check_form), name="news_article_check"),
        ]
        return [*own, *super().get_urls()]

    def _wrapped(self, view):
        return self.admin_site.admin_view(personal_page(view))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is None:
            context["check_url"] = reverse("admin:news_article_check_new")
        elif self.has_change_permission(request, obj):
            context["check_url"] = reverse("admin:news_article_check", args=[obj.pk])
            is_sent = request.method == "POST"  # and came back with mistakes
            if is_sent:
                typed.show_topics(obj, context["adminform"].form)
            note = (
                "Kiểm tra theo nội dung vừa gửi, chưa lưu."
                if is_sent
                else f"Kiểm tra theo bản lưu lúc {said_at(obj.updated_at)}."
            )
            context["check"] = Check(checklist.findings(obj), note)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @method_decorator(require_POST)
    def check_form(self, request, pk):
        """Answer with what should be put right in what is typed."""
        article = get_object_or_404(Article.objects.select_related("cover"), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return _check_typed(request, article)

    @method_decorator(require_POST)
    def check_new_form(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return _check_typed(request, Article())


def _check_typed(request, article):
    form = TypedArticle(request.POST, instance=article)
    note = "Kiểm tra theo nội dung đang sửa, chưa lưu."
    check = Check(checklist.findings(form.article()), note)
    return render(request, "admin/news/article/_findings.html", {"check": check})
