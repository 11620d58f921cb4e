"""The page of one submission: what was sent, the steps that fit, what was done so far."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from feedback import deadlines, handling, suspicion
from feedback.forms.handling import PREPARE, STEPS
from feedback.models import Attachment, Event, Submission
from portal import keeping
from portal.caching import personal_page
from portal.people import name_of
from portal.ranges import ranged_response
from portal.security import MEDIA_CSP, csp_override
from portal.text import uncapped

STEP = "_step"  # names the form that was sent
# What is sent under its own type; anything else is bytes.
TYPES = {"application/pdf", "image/webp", "image/jpeg", "image/png", "image/avif"}


class HandlingAdmin(admin.ModelAdmin):
    """A submission that is not edited but handled, by the steps of feedback/handling.py."""

    def get_urls(self):
        own = path(
            "<int:pk>/tep/<int:attachment_pk>/",
            self.admin_site.admin_view(self.attachment),
            name="feedback_submission_attachment",
        )
        return [own, *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def change_view(self, request, object_id, form_url="", extra_context=None):
        submission = self.get_object(request, object_id)
        if submission is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, submission):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, submission)
        if not self.has_change_permission(request, submission):
            raise PermissionDenied
        return self._answer(request, submission)

    def _answer(self, request, submission):
        """Take the step that was sent, or show the page again with all that was typed."""
        step = STEPS.get(request.POST.get(STEP))
        if step is None:
            raise Http404
        form = step(submission, request.POST)
        if PREPARE in request.POST:
            return self._page(request, submission, form.prepared())
        if not form.take(by=request.user):
            # The step may have changed what is held in memory before it was refused.
            stored = self.get_object(request, str(submission.pk))
            return self._page(request, stored, form, status=422)
        self.message_user(
            request, f"{form.done or f'Đã {uncapped(form.title)}'}.", messages.SUCCESS
        )
        return keeping.saved(request, redirect(request.path))

    def _page(self, request, submission, sent=None, status=200):
        may_change = self.has_change_permission(request, submission)
        events = list(submission.events.select_related("by"))
        context = {
            **self.admin_site.each_context(request),
            "title": submission.title,
            "subtitle": "Góp ý",
            "opts": self.opts,
            "original": submission,
            "media": self.media + keeping.scripts(),
            "has_change_permission": may_change,
            "forms": _forms(submission, sent) if may_change else [],
            "sent": sent,
            "seen": handling.last_event(submission),
            "is_returned": sent is not None and sent.step == "answer",
            "draft": keeping.draft_of(request),
            "events": [(event, _who(event)) for event in reversed(events)],
            "attachments": submission.attachments.all(),
            "suspicions": [suspicion.REASONS.get(code, code) for code in submission.suspicions],
            "mail_is_sent": settings.MAIL_IS_SENT,
            **_due(submission),
        }
        template = "admin/feedback/submission/handle.html"
        return TemplateResponse(request, template, context, status=status)

    @method_decorator([require_safe, personal_page, csp_override(MEDIA_CSP)])
    def attachment(self, request, pk, attachment_pk):
        """Send what a citizen attached, to be kept as a file, never shown in a page."""
        attachment = get_object_or_404(Attachment, pk=attachment_pk, submission=pk)
        if not self.has_view_permission(request, attachment.submission):
            raise PermissionDenied
        try:
            file = attachment.file.open()
        except OSError:
            raise Http404 from None
        attachment.submission.events.create(
            kind=Event.Kind.OPENED, by=request.user, text=attachment.name
        )
        is_known = attachment.content_type in TYPES
        return ranged_response(
            request,
            file,
            attachment.file.size,
            content_type=attachment.content_type if is_known else "application/octet-stream",
            as_attachment=True,
            filename=attachment.name,
        )


def _forms(submission, sent) -> list:
    """Return the forms of the steps that fit, the one that was sent in its place."""
    forms = []
    for step, form in STEPS.items():
        if sent is not None and sent.step == step:
            sent.is_open = True
            forms.append(sent)
        elif handling.may(step, submission):
            forms.append(form(submission))
    return forms


def _due(submission) -> dict:
    """Return when the answer is due, how that was counted, and how long there is yet."""
    if submission.state == Submission.State.SPAM or submission.erased_at:
        return {}
    calendar = deadlines.working_days()
    counted = deadlines.of(submission, calendar)
    due = {"due_on": submission.due_on or counted.on, "counted": counted}
    if submission.is_waiting:
        today = timezone.localdate()
        due["due_words"] = deadlines.overdue_in_words(due["due_on"], today, calendar)
        due["is_overdue"] = due["due_on"] < today
    return due


def _who(event) -> str:
    if event.by:
        return name_of(event.by)
    by_citizen = {Event.Kind.RECEIVED, Event.Kind.CONFIRMED}
    return "người gửi" if event.kind in by_citizen else "cổng tự động"


def address_of(submission) -> str:
    return reverse("admin:feedback_submission_change", args=[submission.pk])
