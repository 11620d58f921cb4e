from functools import partial

from django.conf import settings
from django.contrib.admin import AdminSite, site
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from portal.badges import feedback_badge, waiting_badge
from portal.desk import desk_of


class PortalAdminSite(AdminSite):
    site_header = f"Quản trị cổng thông tin {settings.DEPARTMENT['name']}"
    site_title = "Quản trị"
    index_title = "Bàn làm việc"
    logout_template = "admin/signed_out.html"

    def index(self, request, extra_context=None):
        """Show what waits for this person above the list of models."""
        return super().index(request, {"desk": desk_of(request.user), **(extra_context or {})})

    def logout(self, request, extra_context=None):
        """Name who signs out, whose drafts the browser may still keep (static/js/drafts.js)."""
        signed_out = {"signed_out": request.user.pk}
        return super().logout(request, signed_out | (extra_context or {}))

    def each_context(self, request):
        # Called by the template alone, so that pages without a header ask nothing.
        return super().each_context(request) | {
            "waiting_badge": partial(waiting_badge, request.user),
            "feedback_badge": partial(feedback_badge, request.user),
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
    """Lead who may see an object's admin page from it to its public page."""
    from django.contrib.contenttypes.models import ContentType  # needs the apps to be ready

    content_type = get_object_or_404(ContentType, pk=content_type_id)
    model = content_type.model_class()
    if model is None or not site.is_registered(model):
        raise Http404
    model_admin = site.get_model_admin(model)
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    shown = model_admin.get_object(request, object_id)
    if not hasattr(shown, "get_absolute_url"):
        raise Http404
    if not model_admin.has_view_or_change_permission(request, shown):
        raise PermissionDenied
    return redirect(shown.get_absolute_url())
