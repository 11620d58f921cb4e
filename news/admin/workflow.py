"""The steps of an article from draft to withdrawn, as buttons of its form."""

from django import forms
from django.contrib import admin, messages
from django.forms.widgets import Script
from django.utils.html import format_html
from django.utils.text import capfirst

from news import rights, schedule, workflow
from news.models import Article
from portal.people import name_of

State = Article.State
BUTTON = "_step"  # the name of the buttons that save and take a step


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
            reason = self.cleaned_data.get("reason", "")
            workflow.check(self.instance, self.step, by=self.user, reason=reason)
        return cleaned

    def _post_clean(self):
        """Judge the article as it would be after the step: what hinders it is named by field."""
        before = self.instance.state
        if self.step:
            self.instance.state = self.step.to_state
        super()._post_clean()
        self.instance.state = before


class WorkflowAdmin(admin.ModelAdmin):
    """An article whose state is changed by named steps, each by whom it is allowed to."""

    form = StepForm

    class Media:
        js = [Script("js/schedule.js", type="module")]

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
        field.error_messages["invalid_choice"] = "Tài khoản này không phụ trách chuyên mục đã chọn."
        return field

    def save_model(self, request, obj, form, change):
        """Save, or take the step that was chosen, which saves as well."""
        if not change:
            obj.created_by = request.user
        if form.step:
            workflow.move(obj, form.step, by=request.user, reason=form.cleaned_data["reason"])
            self.message_user(request, f"{form.step.title}: “{obj}”.", messages.SUCCESS)
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
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description="trạng thái", ordering="state")
    def state_on_page(self, article):
        """Say where the article stands for a reader, not only in the workflow."""
        if article.state != State.APPROVED:
            return article.get_state_display()
        if article.is_published():
            return "Đã đăng"
        return "Hẹn giờ" if article.is_scheduled() else "Đã hết hạn"


def _was_sent_back(article, last) -> bool:
    return (
        article.state == State.DRAFT
        and last is not None
        and last.from_state == State.SUBMITTED
        and bool(last.reason)
    )


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
        schedule.FIRST_YEAR,
        schedule.YEARS_AHEAD[name],
        *[known[case] for case in ("empty", "future", "past", "refused")],
        capfirst(schedule.said(name, value, approved=approved)),
    )
