"""Polls, their options and their results."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST

from feedback import ready_questions
from feedback.admin.bursts import BurstsAdmin
from feedback.models import Option, Poll, Vote
from portal import text
from portal.admin_search import FoldedSearch
from portal.caching import personal_page

VOTED_MEANWHILE = (
    "Chưa xóa được: vừa có người gửi phiếu. Câu hỏi đã có phiếu thì không xóa nữa; "
    "hãy đặt thời điểm đóng."
)


class OptionFormSet(forms.BaseInlineFormSet):
    def clean(self):
        # First, and without ``deleted_forms``: both ask the admin's own form, which would list
        # the ballots one by one.
        for form in self.initial_forms:
            if self._should_delete_form(form):
                form.instance.refuse_change_after_ballots()
        super().clean()


class OptionForm(forms.ModelForm):
    def clean_text(self):
        return text.clean_line(self.cleaned_data["text"])


class OptionInline(admin.TabularInline):
    model = Option
    form = OptionForm
    formset = OptionFormSet
    extra = 0
    min_num = 2
    verbose_name_plural = "Các phương án (không sửa, không xóa được sau khi đã có phiếu)"


@admin.register(Poll)
class PollAdmin(FoldedSearch, BurstsAdmin):
    suspects, counted = Vote, "phiếu"
    change_list_template = "admin/feedback/poll/change_list.html"
    list_display = [
        "question",
        "opens_at",
        "closes_at",
        "open_now",
        "ballots",
        "awaiting",
        "position",
    ]
    search_fields = ["question__folded"]
    date_hierarchy = "opens_at"
    inlines = [OptionInline]
    readonly_fields = ["results"]
    fieldsets = [
        ("Câu hỏi", {"fields": ["question", "introduction", "slug"]}),
        ("Thời gian", {"fields": ["opens_at", "closes_at", "position"]}),
        ("Kết quả", {"fields": ["results"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_ballot_count()

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(require_POST(self.add_ready)))
        return [path("bo-cau-hoi/", view, name="feedback_poll_add_ready"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        missing = ready_questions.missing() if self.has_add_permission(request) else []
        return super().changelist_view(request, {"ready": missing} | (extra_context or {}))

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError:
            self.message_user(request, VOTED_MEANWHILE, messages.ERROR)
            return redirect("admin:feedback_poll_change", object_id)

    def add_ready(self, request):
        """Add the ready questions that are missing."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        added = ready_questions.add()
        for poll in added:
            self.log_addition(request, poll, "Thêm từ bộ câu hỏi có sẵn.")
        self.message_user(
            request,
            f"Đã thêm {len(added)} câu hỏi; các câu này đang mở."
            if added
            else "Bộ câu hỏi có sẵn đã đủ, không thêm câu nào.",
        )
        return redirect("admin:feedback_poll_changelist")

    def get_readonly_fields(self, request, obj=None):
        """Keep the question people answered as they read it."""
        answered = obj is not None and obj.votes.exists()
        return [*self.readonly_fields, *(["question", "introduction"] if answered else [])]

    def has_delete_permission(self, request, obj=None):
        """Refuse to delete what people voted in; it is closed instead."""
        may = super().has_delete_permission(request, obj)
        return may and obj is not None and not obj.votes.exists()

    @admin.display(description="đang mở", boolean=True)
    def open_now(self, poll):
        return poll.is_open()

    @admin.display(description="số phiếu", ordering="ballot_count")
    def ballots(self, poll):
        return poll.ballot_count

    @admin.display(description="chờ kiểm tra", ordering="awaiting_count")
    def awaiting(self, poll):
        return poll.awaiting_count

    @admin.display(description="kết quả")
    def results(self, poll):
        if poll.pk is None:
            return "—"
        context = {"poll": poll, "results": poll.results()}
        return render_to_string("admin/feedback/poll/_results.html", context)
