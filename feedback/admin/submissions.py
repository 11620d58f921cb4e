"""The queue of submissions: by due date, one's own unit first, what is overdue in words."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from feedback import deadlines, handling
from feedback.admin.erasing import ErasingAdmin
from feedback.admin.exporting import ExportingAdmin
from feedback.admin.handling import HandlingAdmin
from feedback.models import Submission, Unit
from portal import admin_bulk
from portal.admin_search import FoldedSearch

State = Submission.State
TASK = "viec"
CLOSED = [State.ANSWERED, State.FORWARDED, State.DECLINED]


class TaskFilter(admin.SimpleListFilter):
    """What an officer works through; shown as tabs above the list."""

    title = "việc"
    parameter_name = TASK
    template = "admin/feedback/submission/_task_filter.html"
    CASES = {
        "can-xu-ly": ("Cần xử lý", lambda user, today: _waiting()),
        "don-vi-toi": ("Của đơn vị tôi", lambda user, today: _waiting() & Q(unit__members=user)),
        "qua-han": ("Quá hạn", lambda user, today: _waiting() & Q(due_on__lt=today)),
        "nghi-rac": (
            "Nghi là rác",
            lambda user, today: Q(state=State.SPAM, closed_at=None, erased_at=None),
        ),
        "da-xong": ("Đã xong", lambda user, today: Q(state__in=CLOSED)),
        "tat-ca": ("Tất cả", lambda user, today: Q()),
    }

    def __init__(self, request, params, model, model_admin):
        # Whoever searches or filters means everything; otherwise what is to be done comes first.
        asks = set(request.GET) - {"o", "p", "e", "all"}
        self.usual = "tat-ca" if asks else "can-xu-ly"
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.CASES.items()]

    @property
    def chosen(self) -> str:
        return self.value() if self.value() in self.CASES else self.usual

    def queryset(self, request, queryset):
        _, condition = self.CASES[self.chosen]
        return queryset.filter(condition(request.user, timezone.localdate()))


def _waiting() -> Q:
    return Q(state__in=[State.NEW, State.IN_PROGRESS])


class Queue(ChangeList):
    def get_queryset(self, request, **kwargs):
        return super().get_queryset(request, **kwargs).defer("content", "answer")

    def get_results(self, request):
        """Say of each row how long there is yet; the calendar is asked once."""
        super().get_results(request)
        if not self.query and not self.filter_params:
            self.full_result_count = self.result_count  # nothing to show all of
        calendar, today = deadlines.working_days(), timezone.localdate()
        for submission in self.result_list:
            submission.due_words = ""
            if submission.is_waiting and submission.due_on:
                submission.due_words = deadlines.overdue_in_words(
                    submission.due_on, today, calendar
                )
                submission.is_overdue = submission.due_on < today

    def tabs(self):
        """Return the tabs: where each leads, its name, how many it holds, whether it is open."""
        spec = next(spec for spec in self.filter_specs if isinstance(spec, TaskFilter))
        user, today = self.request_user, timezone.localdate()
        cases = TaskFilter.CASES.items()
        counts = Submission.objects.aggregate(
            **{
                key.replace("-", "_"): Count("pk", filter=condition(user, today), distinct=True)
                for key, (_, condition) in cases
            }
        )
        for key, (name, _) in cases:
            yield f"?{TASK}={key}", name, counts[key.replace("-", "_")], key == spec.chosen


def _two_lines(first, second):
    return format_html('{}<br><span class="quiet">{}</span>', first, second)


class UnitForm(forms.Form):
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label="Đơn vị xử lý",
        empty_label="Chọn đơn vị",
        error_messages={"required": "Hãy chọn đơn vị."},
    )


@admin.register(Submission)
class SubmissionAdmin(ErasingAdmin, ExportingAdmin, HandlingAdmin, FoldedSearch, admin.ModelAdmin):
    """Citizens write submissions, staff handle them; nobody adds, edits or deletes one here."""

    change_list_template = "admin/feedback/submission/change_list.html"
    list_display = ["title", "due", "standing", "sorting"]
    list_filter = [TaskFilter, "state", "kind", "unit", "topic", "is_public", "received_at"]
    list_select_related = ["unit"]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # its label has no Vietnamese
    show_full_result_count = False
    search_fields = ["code", "title__folded", "content__folded", "name__folded"]
    search_help_text = "Tìm theo mã tra cứu, tiêu đề, nội dung hoặc họ tên; không cần gõ dấu."
    actions = ["take_up", "assign", "mark_spam", "not_spam"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_ordering(self, request):
        if request.GET.get(TASK) in {"da-xong", "tat-ca", "nghi-rac"}:
            return [F("closed_at").desc(nulls_first=True), "-received_at"]
        mine = When(unit__in=Unit.objects.filter(members=request.user).values("pk"), then=0)
        own_first = Case(mine, default=Value(1), output_field=IntegerField())
        return [own_first.asc(), F("due_on").asc(nulls_last=True), "received_at"]

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_changelist_instance(self, request):
        queue = super().get_changelist_instance(request)
        queue.request_user = request.user
        return queue

    # -- columns -----------------------------------------------------------------------

    @admin.display(description="hạn trả lời", ordering="due_on")
    def due(self, submission):
        if not submission.due_words:
            return "—"
        words = submission.due_words
        if submission.is_overdue:
            words = format_html('<span class="queue__overdue">{}</span>', words)
        return _two_lines(words, f"{submission.due_on:%d/%m/%Y}")

    @admin.display(description="trạng thái, đơn vị", ordering="state")
    def standing(self, submission):
        is_suspected = submission.state == State.SPAM and submission.closed_at is None
        state = "Nghi là rác" if is_suspected else submission.get_state_display()
        return _two_lines(state, submission.unit or "chưa giao")

    @admin.display(description="loại, ngày nhận", ordering="received_at")
    def sorting(self, submission):
        received = timezone.localdate(submission.received_at)
        return _two_lines(submission.get_kind_display(), f"{received:%d/%m/%Y}")

    # -- many at once ------------------------------------------------------------------

    @admin.action(description="Nhận xử lý các góp ý đã chọn", permissions=["change"])
    def take_up(self, request, queryset):
        self._do_to_each(request, queryset, handling.take_up, "nhận xử lý")

    @admin.action(description="Giao các góp ý đã chọn cho một đơn vị", permissions=["change"])
    def assign(self, request, queryset):
        form = UnitForm(request.POST if "_answered" in request.POST else None)
        if not form.is_valid():
            return self._ask_unit(request, queryset, form)

        def give(submission, *, by):
            handling.assign(submission, form.cleaned_data["unit"], by=by)

        return self._do_to_each(request, queryset, give, "giao đơn vị")

    @admin.action(description="Đánh dấu các góp ý đã chọn là thư rác", permissions=["change"])
    def mark_spam(self, request, queryset):
        self._do_to_each(request, queryset, handling.mark_spam, "đánh dấu là thư rác")

    @admin.action(description="Bỏ đánh dấu thư rác các góp ý đã chọn", permissions=["change"])
    def not_spam(self, request, queryset):
        self._do_to_each(request, queryset, handling.not_spam, "bỏ đánh dấu thư rác")

    def _ask_unit(self, request, queryset, form):
        context = {
            **self.admin_site.each_context(request),
            "title": "Giao đơn vị",
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "chosen": queryset.values_list("title", flat=True)[: admin_bulk.NAMED],
            "count": (count := queryset.count()),
            "more": max(count - admin_bulk.NAMED, 0),
            "selected": request.POST.getlist("_selected_action"),
            "all_pages": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/feedback/submission/assign.html", context)

    def _do_to_each(self, request, queryset, do, doing) -> None:
        done, refused = 0, []
        for submission in admin_bulk.few_enough(request, queryset, "góp ý"):
            try:
                do(submission, by=request.user)
                done += 1
            except ValidationError as refusal:
                title = Truncator(submission.title).chars(60)
                refused.append(f"“{title}”: {' '.join(refusal.messages)}")
        admin_bulk.tell(request, doing, "góp ý", done=done, refused=refused)
