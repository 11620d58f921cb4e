"""Citizens write submissions, staff answer them."""

from django.contrib import admin
from django.utils.text import Truncator

from feedback.models import Submission
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
