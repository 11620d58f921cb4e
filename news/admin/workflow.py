"""The steps of an article from draft to withdrawn, as buttons of its form."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.forms.widgets import Script
from django.utils.html import format_html
from django.utils.text import capfirst

from news import checklist, rights, schedule, typed, workflow
from news.models import Article
from portal import moments
from portal.people import name_of

State = Article.State
BUTTON = "_step"  # the name of the buttons that save and take a step
AS_IS = "_as_is"  # of the box that says to hand in what could not be published yet
UNREADY = "Bài còn điều phải sửa nên chưa gửi và chưa lưu. Hãy xem danh sách ở đầu trang."


class StepForm(forms.ModelForm):
    """A form whose button may also say which step to take with what was typed."""

    reason = forms.CharField(
        label="Lý do hoặc lời nhắn",
        help_text="Bắt buộc khi trả lại hoặc gỡ bài. Ghi vào nhật ký và báo cho người liên quan.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    user = None  # who fills in the form; set by WorkflowAdmin.get_form

    @property
    def step(self) -> workflow.Step | None:
        return workflow.STEPS.get(self.data.get(BUTTON))

    def clean(self):
        cleaned = super().clean()
        if self.step:
            self._check_step(self.cleaned_data.get("reason", ""))
        return cleaned

    def _check_step(self, reason):
        try:
            workflow.check(self.instance, self.step, by=self.user, reason=reason)
        except PermissionDenied:
            # Allowed when the page was opened: what was typed since is shown, not thrown away.
            raise forms.ValidationError(
                f"Tài khoản này không có quyền {self.step.doing} bài này nên chưa lưu gì."
            ) from None

    def _post_clean(self):
        """Judge the article as it would be after the step: what hinders it is named by field."""
        article = self.instance
        state, published_at = article.state, article.published_at
        typed.show_photos(article, self.data)
        if self.step:
            article.state = self.step.to_state
        super()._post_clean()
        article.state = state
        # The present time of what is to appear at once is given by the save, not by a refusal.
        article.published_at = self.cleaned_data.get("published_at", published_at)
        self._ask_before_handing_in()

    def _ask_before_handing_in(self):
        asks = self.step is workflow.SUBMIT and not self.errors and AS_IS not in self.data
        if asks and checklist.refusals(self.instance):
            self.add_error(None, forms.ValidationError(UNREADY, code="unready"))

    @property
    def asks_to_hand_in(self) -> bool:
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, code="unready")


class WorkflowAdmin(admin.ModelAdmin):
    """An article whose state is changed by named steps, each by whom it is allowed to."""

    form = StepForm

    class Media:
        js = [Script("js/schedule.js", type="module")]

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        if not self.has_view_permission(request):
            return articles  # each page then refuses by itself
        return rights.readable_by(request.user, articles)

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return super().has_view_permission(request)
        return rights.may_read(request.user, obj)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return rights.may_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_delete_permission(request)
        return rights.may_delete(request.user, obj)

    def has_publish_permission(self, request):
        return request.user.has_perm(rights.PUBLISH)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        for name in ("published_at", "expires_at"):
            if name in form.base_fields:
                form.base_fields[name].help_text = _in_words(name, obj)
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "category":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        kwargs["queryset"] = rights.categories(request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.error_messages["invalid_choice"] = (
            "Tài khoản này không phụ trách chuyên mục đã chọn. Vui lòng chọn chuyên mục khác."
        )
        return field

    def save_model(self, request, obj, form, change):
        """Save, or take the step that was chosen, which saves as well."""
        if not change:
            obj.created_by = request.user
        if form.step:
            workflow.move(obj, form.step, by=request.user, reason=form.cleaned_data["reason"])
            self.message_user(request, f"Đã {form.step.doing}: “{obj}”.", messages.SUCCESS)
        elif change:
            obj.save(by=request.user)
        else:
            workflow.begin(obj, by=request.user)
        if obj.is_scheduled():
            self.message_user(request, schedule.appearance(obj))

    def construct_change_message(self, request, form, formsets, add=False):
        """Name the step beside the fields that were changed with it."""
        changes = super().construct_change_message(request, form, formsets, add)
        if form.step:
            changes.append({"changed": {"fields": [form.step.title]}})
        return changes

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        may_save = self.has_change_permission(request, obj) if obj else True
        article = obj or Article()
        steps = workflow.steps_for(request.user, article) if may_save else []
        changes = list(obj.state_changes.select_related("by")) if obj else []
        for change in changes:
            change.who = name_of(change.by)
        last = changes[0] if changes else None
        context |= {
            "state": self.state_on_page(article),
            "steps": steps,
            "step_button": BUTTON,
            "may_save": may_save,
            "state_changes": changes,
            "sent_back": last if _was_sent_back(article, last) else None,
            "unready": _unready(context["adminform"].form, article),
            "handed_in": last if _was_handed_in(article, last) else None,
            "why_read_only": "" if may_save else _why_read_only(request.user, article),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description="trạng thái", ordering="state")
    def state_on_page(self, article):
        return article.standing()


def _was_sent_back(article, last) -> bool:
    return (
        article.state == State.DRAFT
        and last is not None
        and last.from_state == State.SUBMITTED
        and bool(last.reason)
    )


def _unready(form, article) -> list:
    """Return what keeps an article from being published that waits for it, or is about to."""
    if form.asks_to_hand_in:
        return checklist.refusals(form.instance)
    return checklist.refusals(article) if article.state == State.SUBMITTED else []


def _was_handed_in(article, last) -> bool:
    return article.state == State.SUBMITTED and last is not None and last.to_state == article.state


def _why_read_only(user, article) -> str:
    """Say why somebody may only read an article, and what to do about it."""
    if not rights.is_within_reach(user, article.category_id):
        return (
            f"Tài khoản này không phụ trách chuyên mục “{article.category}” nên chỉ đọc được bài."
        )
    if user.has_perm("news.change_article"):
        return (
            f"Bài ở trạng thái “{article.standing()}” nên chỉ người duyệt sửa được. "
            "Nếu cần sửa, hãy báo người duyệt sửa giúp hoặc gỡ bài rồi đưa về nháp."
        )
    return "Tài khoản này không có quyền sửa bài viết nên chỉ đọc được bài."


def _in_words(name, article):
    """Return the help beside a moment: what it means, kept true by static/js/schedule.js."""
    approved = article is not None and article.state == State.APPROVED
    value = getattr(article, name, None)
    known = schedule.sentences(name, approved=approved)
    return format_html(
        '{} <output data-schedule="{}" data-first-year="{}" data-years-ahead="{}" '
        'data-empty="{}" data-future="{}" data-past="{}" data-refused="{}">{}</output>',
        "Giờ Việt Nam.",
        name,
        moments.FIRST_YEAR,
        schedule.YEARS_AHEAD[name],
        *[known[case] for case in ("empty", "future", "past", "refused")],
        capfirst(schedule.said(name, value, approved=approved)),
    )
