"""What is held of one person: shown on request, to be printed, and erased on request."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from feedback import codes, erasure, shield
from feedback.admin.exporting import ExportingAdmin
from feedback.models import Submission
from portal import text

ERASE = "feedback.erase_submission"
NAME = "feedback_submission_personal_data"


class FindForm(forms.Form):
    sought = forms.CharField(
        label="Mã tra cứu hoặc địa chỉ thư điện tử",
        max_length=254,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        error_messages={"required": "Hãy nhập mã tra cứu hoặc địa chỉ thư điện tử."},
    )

    def clean_sought(self):
        sought = text.clean_line(self.cleaned_data["sought"])
        if "@" not in sought and not codes.is_well_formed(codes.normalize(sought)):
            raise forms.ValidationError(
                "Đây không phải mã tra cứu (10 ký tự) hay địa chỉ thư điện tử. "
                "Hãy kiểm tra rồi nhập lại."
            )
        return sought


class EraseForm(forms.Form):
    reason = forms.CharField(
        label="Lý do xóa",
        help_text="Giữ trong nhật ký. Không ghi họ tên hay cách liên hệ của người yêu cầu.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        error_messages={"required": "Hãy ghi lý do xóa."},
    )
    sure = forms.BooleanField(
        label="Tôi đã xem những gì sẽ bị xóa và hiểu rằng không lấy lại được",
        error_messages={"required": "Hãy đánh dấu ô xác nhận."},
    )


class ErasingAdmin(ExportingAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(self.personal_data)
        return [path("du-lieu-ca-nhan/", view, name=NAME), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may_erase = {"may_erase": request.user.has_perm(ERASE)}
        return super().changelist_view(request, may_erase | (extra_context or {}))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def personal_data(self, request):
        """Show what is held of somebody; erase it when that is confirmed with a reason."""
        if not request.user.has_perm(ERASE):
            raise PermissionDenied
        # By POST alone: what identifies somebody stands in no address and no log.
        find = FindForm(request.POST or None)
        held = erasure.held_of(find.cleaned_data["sought"]) if find.is_valid() else None
        erase = EraseForm(request.POST if "_erase" in request.POST else None)
        if held and erase.is_valid():
            return self._erase(request, held, erase.cleaned_data["reason"])
        if held:
            _log(request, f"Xem dữ liệu cá nhân của {held.said}.")
        context = {
            **self.admin_site.each_context(request),
            "title": "Dữ liệu cá nhân của một người",
            "opts": self.opts,
            "media": self.media,
            "find": find,
            "erase": erase,
            "held": held,
        }
        template = "admin/feedback/submission/personal_data.html"
        return TemplateResponse(request, template, context)

    def _erase(self, request, held, reason):
        # Only what the page has shown: something may have arrived since.
        shown = held.only(request.POST.getlist("shown"), request.POST.getlist("shown_remark"))
        for submission in shown.left:
            erasure.erase(submission, by=request.user, reason=reason)
        erasure.take_out(shown.remarks)
        _log(request, f"Xóa dữ liệu cá nhân của {shown.said}: {shield.masked(reason)}")
        messages.success(request, f"Đã xóa dữ liệu cá nhân của {shown.said}.")
        return redirect(reverse(f"admin:{NAME}"))


def _log(request, message: str) -> None:
    LogEntry.objects.create(
        user=request.user,
        content_type=ContentType.objects.get_for_model(Submission),
        object_repr="Dữ liệu cá nhân trong góp ý",
        action_flag=CHANGE,
        change_message=message,
    )
