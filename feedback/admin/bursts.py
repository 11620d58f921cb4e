"""The page on which staff decide on what came too many at a time."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from feedback import bursts
from portal.caching import personal_page


class BurstsAdmin(admin.ModelAdmin):
    """A model with a page of suspects; ``suspects`` is the model of what was sent."""

    suspects = None
    counted = ""  # what is counted, in a sentence: «phiếu»

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(self.show_bursts))
        guarded = require_http_methods(["GET", "HEAD", "POST"])(view)
        return [path("nghi-ngo/", guarded, name=self._bursts_name), *super().get_urls()]

    @property
    def _bursts_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_bursts"

    def may_decide(self, request) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def changelist_view(self, request, extra_context=None):
        waiting = self.suspects.objects.awaiting().count() if self.may_decide(request) else None
        shown = {"awaiting": waiting, "bursts_url": reverse(f"admin:{self._bursts_name}")}
        return super().changelist_view(request, shown | (extra_context or {}))

    def show_bursts(self, request):
        """Show what waits, hour by hour; count or set aside what is ticked."""
        if not self.may_decide(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request)
        return render(
            request,
            "admin/feedback/bursts.html",
            {
                **self.admin_site.each_context(request),
                "title": f"{self.counted.capitalize()} chờ kiểm tra",
                "opts": self.opts,
                "counted": self.counted,
                "about": self.suspects._meta.get_field(self.suspects.about).verbose_name,
                "seen_at": timezone.now().isoformat(),
                "bursts": bursts.awaiting(self.suspects),
                "count": self.suspects.objects.awaiting().count(),
                "list_url": reverse(
                    f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
                ),
            },
        )

    def _decide(self, request):
        chosen, is_accepted = request.POST.getlist("chosen"), "accept" in request.POST
        if not chosen:
            self.message_user(request, "Hãy chọn ít nhất một dòng.", messages.WARNING)
        else:
            count = bursts.decide(
                self.suspects,
                chosen,
                is_accepted=is_accepted,
                by=request.user,
                seen_at=_moment(request.POST.get("seen_at", "")),
            )
            done = "Đã tính" if is_accepted else "Đã loại"
            self.message_user(request, f"{done} {count} {self.counted}.")
        return redirect(f"admin:{self._bursts_name}")


def _moment(written: str):
    """Return the moment a form brings back; None for what is none."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
