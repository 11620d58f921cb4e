"""The article as readers would see it, before they do."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from news import previews
from news.admin.tools import Tool, ToolsAdmin
from news.models import Article
from news.previews import unlisted
from portal.caching import personal_page
from portal.moments import said_at
from portal.people import name_of

STAFF_ONLY = "Chỉ người có quyền mới thấy; lượt xem không được đếm."


class LifetimeForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Dùng được trong",
        choices=[(days, f"{days} ngày") for days in previews.LIFETIMES],
        coerce=int,
        initial=previews.LIFETIME,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn thời hạn.",
            "invalid_choice": "Hãy chọn một trong các thời hạn có sẵn.",
        },
    )


class PreviewAdmin(ToolsAdmin):
    """An article that can be read on its page before it is published."""

    def get_urls(self):
        links = "<int:pk>/duong-dan-xem-truoc/"
        views = [
            ("xem-truoc/", "preview_new", unlisted(self.preview_new)),
            ("<int:pk>/xem-truoc/", "preview", unlisted(self.preview)),
            # Not without a referrer: the forms of these pages have to say where they come from.
            (links, "preview_links", personal_page(self.preview_links)),
            (
                f"{links}<int:link_pk>/thu-hoi/",
                "revoke_preview_link",
                personal_page(self.revoke_preview_link),
            ),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=_name(name))
            for route, name, view in views
        ]
        return [*own, *super().get_urls()]

    def article_tools(self, request, article):
        tools = [Tool("Xem trước", _address("preview", article.pk))]
        if self.has_change_permission(request, article):
            tools.append(Tool("Đường dẫn xem trước", _address("preview_links", article.pk)))
        return [*super().article_tools(request, article), *tools]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is None:
            context["preview_url"] = _address("preview_new")
        elif self.has_change_permission(request, obj):
            context["preview_url"] = _address("preview", obj.pk)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview(self, request, pk):
        """Show the saved text, or by POST what is typed in its form."""
        article = _article_or_404(pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if request.method == "POST":
            return _show_typed(request, article)
        note = f"Bản lưu lúc {said_at(article.updated_at)}. {STAFF_ONLY}"
        form = reverse("admin:news_article_change", args=[pk])
        return previews.show(request, article, previews.About(note, form=form))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview_new(self, request):
        """
        Show what is typed in the form of an article that was never saved.

        Without it, as after a sign-in that came in between, say how to get there.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return _show_typed(request, Article())
        context = {**self.admin_site.each_context(request), "title": "Chưa xem trước được"}
        return render(request, "admin/news/article/preview_again.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview_links(self, request, pk):
        """List the links under which others may read the article; by POST make one more."""
        article = self._own_article_or_404(request, pk)
        form = LifetimeForm(request.POST or None)
        made = None
        if form.is_valid():
            made = self._make_link(request, article, form.cleaned_data["days"])
        context = {
            **self.admin_site.each_context(request),
            "title": "Đường dẫn xem trước",
            "opts": self.opts,
            "original": article,
            "form": form if form.errors else LifetimeForm(),
            "links": [
                (link, name_of(link.made_by))
                for link in article.preview_links.live().select_related("made_by")
            ],
            "made": made,
            "state": previews.state_of(article),
        }
        return render(request, "admin/news/article/preview_links.html", context)

    @method_decorator(require_POST)
    def revoke_preview_link(self, request, pk, link_pk):
        article = self._own_article_or_404(request, pk)
        deleted, _ = article.preview_links.filter(pk=link_pk).delete()
        if deleted:
            self.log_change(request, article, "Thu hồi đường dẫn xem trước.")
        messages.success(request, "Đường dẫn xem trước không còn dùng được nữa.")
        return redirect(_address("preview_links", pk))

    def _own_article_or_404(self, request, pk) -> Article:
        article = get_object_or_404(Article.objects.defer("body"), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    def _make_link(self, request, article, days: int) -> str:
        """Return the address of a new link: it is shown now and never again."""
        link, token = previews.make_link(article, by=request.user, days=days)
        until = said_at(link.expires_at)
        self.log_change(request, article, f"Tạo đường dẫn xem trước, dùng được đến {until}.")
        return settings.BASE_URL + reverse("news:preview", args=[token])


def _article_or_404(pk) -> Article:
    return get_object_or_404(Article.objects.for_reading(), pk=pk)


def _show_typed(request, article):
    form = previews.TypedArticle(request.POST, instance=article)
    typed = form.article()
    note = f"Nội dung đang sửa, chưa lưu; ảnh kèm bài và tệp như bản đã lưu. {STAFF_ONLY}"
    return previews.show(request, typed, previews.About(note, form.mistakes()))


def _name(view: str) -> str:
    return f"news_article_{view}"


def _address(view: str, *keys) -> str:
    return reverse(f"admin:{_name(view)}", args=keys)
