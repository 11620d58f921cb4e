"""The sound of an article: how far it is, to have it made anew, a recording in its place."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from news.admin.tools import Tool, ToolsAdmin
from news.models import Article
from news.narration import asking, recordings, states
from portal.caching import personal_page
from portal.chosen_files import ask_again

AGAIN, REMOVE = "tao-lai", "xoa"  # what the buttons of the page ask for


class RecordingForm(forms.Form):
    file = forms.FileField(
        label="Tệp ghi âm",
        help_text="Tệp MP3 hoặc WAV, tối đa 25 MB và 2 giờ.",
        widget=forms.FileInput(attrs={"accept": ".mp3,.wav", "class": "vTextField"}),
        error_messages={
            "required": "Hãy chọn một tệp MP3 hoặc WAV.",
            "empty": "Tệp rỗng. Hãy chọn tệp khác.",
        },
    )

    def clean_file(self):
        """Read the file as sound."""
        return recordings.Recording(self.cleaned_data["file"])


class NarrationAdmin(ToolsAdmin):
    """An article whose sound can be made again or replaced by a recording."""

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(self.narration))
        return [
            path("<int:pk>/ban-doc/", view, name="news_article_narration"),
            *super().get_urls(),
        ]

    def article_tools(self, request, article):
        page = Tool("Bản đọc", _address(article))
        return [*super().article_tools(request, article), page]

    @admin.display(description="bản đọc")
    def narration_state(self, article):
        return states.state_of(article) if article.pk else "Tạo khi bài được duyệt."

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def narration(self, request, pk):
        """Show the sound of an article; by POST do what a button of the page says."""
        article = get_object_or_404(Article.objects.select_related("narration"), pk=pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        form = RecordingForm()
        if request.method == "POST":
            if not self.has_change_permission(request, article):
                raise PermissionDenied
            form = RecordingForm(request.POST, request.FILES)
            if self._done(request, article, form):
                return redirect(_address(article))
            ask_again(form)
        context = {
            **self.admin_site.each_context(request),
            "title": "Bản đọc",
            "opts": self.opts,
            "original": article,
            "current": article.current_narration(),
            "state": states.state_of(article),
            "form": form,
            "may_change": self.has_change_permission(request, article),
            "is_made": article.state == Article.State.APPROVED,
        }
        return render(request, "admin/news/article/narration.html", context)

    def _done(self, request, article, form) -> bool:
        """Do what was asked for; say no to a file that is no sound."""
        asked = request.POST.get("viec")
        if asked == AGAIN:
            _make_again(request, article)
        elif asked == REMOVE:
            recordings.remove(article)
            self.log_change(request, article, "Xóa bản ghi âm.")
            messages.success(request, "Đã xóa bản ghi âm; bài dùng lại giọng đọc máy.")
        elif form.is_valid():
            form.cleaned_data["file"].keep(article)
            self.log_change(request, article, "Tải lên bản ghi âm.")
            messages.success(request, "Người đọc sẽ nghe bản ghi âm này.")
        else:
            return False
        return True


def _make_again(request, article) -> None:
    try:
        asking.make_again(article)
    except ValidationError as refusal:  # it was withdrawn, or given a recording, meanwhile
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Bản đọc sẽ được tạo lại trong ít phút.")


def _address(article) -> str:
    return reverse("admin:news_article_narration", args=[article.pk])
