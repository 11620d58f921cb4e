from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.text import Truncator

from feedback.models import Option, Poll, Submission
from portal import text
from portal.admin_search import FoldedSearch


@admin.register(Submission)
class SubmissionAdmin(FoldedSearch, admin.ModelAdmin):
    """Citizens write submissions, staff answer them."""

    list_display = ["title", "state", "name", "received_at", "waiting", "about"]
    list_filter = ["state", "is_public", "received_at"]
    list_select_related = ["article"]
    show_facets = admin.ShowFacets.NEVER  # its label has no Vietnamese
    search_fields = [
        "code",
        "title__folded",
        "content__folded",
        "name__folded",
    ]
    search_help_text = "Tìm theo mã tra cứu, tiêu đề, nội dung hoặc họ tên; không cần gõ dấu."
    date_hierarchy = "received_at"
    actions = ["take_up", "mark_as_spam"]
    readonly_fields = [
        "shown_code",
        "name",
        "title",
        "content",
        "article",
        "received_at",
        "waiting",
        "answered_at",
        "answered_by",
    ]
    fieldsets = [
        (
            "Người dân gửi",
            {
                "fields": [
                    "shown_code",
                    "received_at",
                    "waiting",
                    "name",
                    "title",
                    "content",
                    "article",
                ]
            },
        ),
        ("Xử lý", {"fields": ["state", "answer", "is_public", "answered_at", "answered_by"]}),
    ]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        obj.record_answer(by=request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="mã tra cứu")
    def shown_code(self, submission):
        return submission.grouped_code

    @admin.display(description="đã chờ", ordering="received_at")
    def waiting(self, submission):
        days = submission.waiting_days()
        if days is None:
            return "—"
        return f"{days} ngày" if days else "nhận hôm nay"

    @admin.display(description="về bài viết")
    def about(self, submission):
        return Truncator(submission.article or "").chars(40) or None

    @admin.action(description="Chuyển các góp ý đã chọn sang “Đang xử lý”", permissions=["change"])
    def take_up(self, request, queryset):
        changed = queryset.filter(state=Submission.State.NEW).update(
            state=Submission.State.IN_PROGRESS
        )
        self.message_user(request, f"Đã chuyển {changed} góp ý sang “Đang xử lý”.")

    @admin.action(description="Đánh dấu các góp ý đã chọn là thư rác", permissions=["change"])
    def mark_as_spam(self, request, queryset):
        changed = queryset.waiting().update(state=Submission.State.SPAM)
        self.message_user(
            request, f"Đã đánh dấu {changed} góp ý là thư rác; góp ý đã xử lý được giữ nguyên."
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
class PollAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["question", "opens_at", "closes_at", "open_now", "ballots", "position"]
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

    @admin.display(description="kết quả")
    def results(self, poll):
        if poll.pk is None:
            return "—"
        context = {"poll": poll, "results": poll.results()}
        return render_to_string("feedback/_poll_table.html", context)
