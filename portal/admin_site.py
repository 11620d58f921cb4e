from functools import partial

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from portal.desk import desk_of, waiting_badge


class PortalAdminSite(AdminSite):
    site_header = f"Quản trị cổng thông tin {settings.DEPARTMENT['name']}"
    site_title = "Quản trị"
    index_title = "Bàn làm việc"

    def index(self, request, extra_context=None):
        """Show what waits for this person above the list of models."""
        return super().index(request, {"desk": desk_of(request.user), **(extra_context or {})})

    def each_context(self, request):
        # Called by the template alone, so that pages without a header ask nothing.
        return super().each_context(request) | {
            "waiting_badge": partial(waiting_badge, request.user)
        }

    def get_urls(self):
        # Django's own shortcut goes to the domain of contrib.sites, which nobody sets here.
        shortcut = path(
            "r/<int:content_type_id>/<path:object_id>/",
            self.admin_view(view_on_site),
            name="view_on_site",
        )
        return [shortcut, *super().get_urls()]


def view_on_site(request, content_type_id, object_id):
    """Lead from an object's admin page to its public page."""
    from django.contrib.contenttypes.models import ContentType  # needs the apps to be ready

    content_type = get_object_or_404(ContentType, pk=content_type_id)
    shown = get_object_or_404(content_type.model_class(), pk=object_id)
    if not hasattr(shown, "get_absolute_url"):
        raise Http404
    return redirect(shown.get_absolute_url())
