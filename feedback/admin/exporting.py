"""The list as a file: for whoever has that permission, and noted who took what."""

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from feedback import exports
from feedback.models import Submission
from portal.documents import CONTENT_TYPES

EXPORT = "feedback.export_submission"
FORMATS = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (exports.as_xlsx, CONTENT_TYPES["xlsx"]),
}


class ExportingAdmin(admin.ModelAdmin):
    """A list that may be taken away as a file, as it is filtered or all of it."""

    def get_urls(self):
        own = path(
            "xuat/<str:extension>/",
            self.admin_site.admin_view(self.export),
            name="feedback_submission_export",
        )
        return [own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may_export = {"may_export": request.user.has_perm(EXPORT)}
        return super().changelist_view(request, may_export | (extra_context or {}))

    @method_decorator(require_POST)
    def export(self, request, extension):
        """Answer with the rows of the list whose filters stand in the address."""
        if extension not in FORMATS:
            raise Http404
        if not (self.has_view_permission(request) and request.user.has_perm(EXPORT)):
            raise PermissionDenied
        as_file, content_type = FORMATS[extension]
        try:
            queue = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            raise Http404 from None
        # Everything, not a page of it, and with the texts the list leaves behind.
        rows = exports.rows_of(queue.get_queryset(request).defer(None))
        _log(request, len(rows), extension)
        name = f"gop-y-{timezone.localtime():%Y%m%d-%H%M}.{extension}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(as_file(rows), content_type=content_type, headers=headers)


def _log(request, count: int, extension: str) -> None:
    chosen = request.META.get("QUERY_STRING", "")[:500]
    LogEntry.objects.create(
        user=request.user,
        content_type=ContentType.objects.get_for_model(Submission),
        object_repr="Xuất góp ý ra tệp",
        action_flag=CHANGE,
        change_message=f"Xuất {count} góp ý ra {extension.upper()}; bộ lọc: {chosen or 'không'}.",
    )
