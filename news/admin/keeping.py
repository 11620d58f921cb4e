"""No lost work: who else is editing, saves that would overwrite, articles deleted meanwhile."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Media
from django.forms.widgets import Script
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from news import comparison, keeping, merging, versions
from news.models import Article
from portal import text
from portal.keeping import KeptFormAdmin

CONFLICT = (
    "Bài đã được lưu từ nơi khác sau khi trang này được mở, nên lần này chưa lưu. "
    "Mọi thứ vừa gõ còn nguyên dưới đây."
)
DELETED = (
    "Bài này đã bị xóa trong lúc đang sửa. Câu chữ vừa gõ còn nguyên dưới đây; bấm lưu sẽ tạo một "
    "bài mới. Ảnh kèm bài và tệp đính kèm phải chọn lại."
)


class RefusesToOverwrite:
    """A form of an article that does not go over what was saved since it was opened."""

    def clean(self):
        if self.instance.pk and keeping.would_overwrite(self.data, self.instance):
            self.add_error(None, ValidationError(CONFLICT, code="conflict"))
        return super().clean()


class KeepingAdmin(KeptFormAdmin):
    """An article that nobody overwrites unseen."""

    @property
    def media(self):
        return super().media + Media(js=[Script("js/editing-now.js", type="module")])

    def get_urls(self):
        view = self.admin_site.admin_view(self.editing_view)
        return [
            path("<int:pk>/dang-sua/", view, name="news_article_editing"),
            *super().get_urls(),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (RefusesToOverwrite, form), {})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            stored = self._locked(request, object_id)
            if stored is None:
                return self._offer_as_new(request, extra_context)
            if not self.has_change_permission(request, stored):
                return self._give_back(request, stored)
            if keeping.would_overwrite(request.POST, stored):
                form = self.get_form(request, stored, change=True)
                request.POST = merging.take_over(request.POST, stored, form)
                self._renew_vanished_rows(request, stored)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, request, object_id):
        """Return the article with its row locked: of two saves at once the second waits here."""
        found = self.get_object(request, unquote(object_id))
        rows = Article.objects.select_for_update()
        return rows.filter(pk=found.pk).first() if found else None

    def _give_back(self, request, article):
        """Refuse a save that was allowed when the page was opened; what was typed is shown."""
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        typed = [(name, request.POST.get(name, "")) for name in ("title", "lead", "body")]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Chưa lưu được",
            "article": article,
            "state": article.standing(),
            "typed": [(comparison.LABELS[name], value) for name, value in typed if value],
        }
        return render(request, "admin/news/article/given_back.html", context, status=403)

    def _offer_as_new(self, request, extra_context):
        """Show what was typed into a deleted article as the form of a new one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        self.message_user(request, DELETED, messages.ERROR)
        form = self.get_form(request)(request.POST)
        request.typed = {name: form[name].value() for name in form.fields}
        request.method = "GET"  # nothing may be stored by this answer
        return super().changeform_view(
            request,
            None,
            reverse("admin:news_article_add"),
            {**(extra_context or {}), "is_returned": True},
        )

    def get_changeform_initial_data(self, request):
        typed = getattr(request, "typed", None)
        return typed or super().get_changeform_initial_data(request)

    def _renew_vanished_rows(self, request, article):
        for inline in self.get_inline_instances(request, article):
            prefix = inline.get_formset(request, article).get_default_prefix()
            rows = getattr(article, prefix).values_list("pk", flat=True)
            request.POST, files, lost = keeping.renew_vanished_rows(
                request.POST, request.FILES, prefix, {str(pk) for pk in rows}
            )
            request._files = files
            for title in lost:
                said = f"Tệp đính kèm “{title}” đã bị xóa từ nơi khác; có thể lấy lại ở Lịch sử."
                self.message_user(request, said, messages.WARNING)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk and self.has_change_permission(request, obj):
            stored = Article.objects.only("revision").get(pk=obj.pk)
            opened = request.POST.get("_revision", str(stored.revision))
            keeping.stay(stored, request.user)
            context |= {
                "opened_revision": opened,
                "others_say": keeping.others_say(stored, request.user),
                "conflict": _conflict(context),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        overwritten = text.whole_number(request.POST.get("_overwrite", ""))
        if change and overwritten is not None:
            note = f"Lưu đè lên phiên bản {overwritten}"
            step = form.instance.versions.first().note
            versions.record(form.instance, note=f"{step}; {note.lower()}" if step else note)

    @method_decorator(require_POST)
    def editing_view(self, request, pk):
        """Answer a page that is open who else is there; with ``ket-thuc`` it is closing."""
        article = Article.objects.defer("lead", "body").filter(pk=pk).first()
        if article is None:
            raise Http404
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if "ket-thuc" in request.POST:
            keeping.leave(article, request.user)
            return JsonResponse({})
        keeping.stay(article, request.user)
        return JsonResponse(
            {
                "others": keeping.others_say(article, request.user),
                "saved": keeping.saved_say(article, request.POST.get("_revision", "")),
            }
        )


def _conflict(context):
    """Return what a refused form met; None when it was refused for another reason, or not."""
    form = context["adminform"].form
    if not form.is_bound or not form.has_error("__all__", code="conflict"):
        return None
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return keeping.conflict_of(form, formsets)
