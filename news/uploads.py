"""
Pictures uploaded and chosen inside the editor; they are photos of the library like all others.

The editor package's own upload view is never routed: any staff user could store HTML with
it, without a token. Here a permission is asked, the token is checked, and the picture is
encoded again.
"""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from news.models import Photo
from portal.caching import personal_page

EDITING_PERMISSIONS = ("news.change_article", "news.add_article", "portal.change_standingpage")
PER_PAGE = 24


@staff_member_required
@personal_page
@require_POST
def upload_picture(request):
    """Store one picture and answer as CKEditor's xhr upload expects."""
    _require_editor(request.user)
    try:
        photo = Photo.objects.receive(request.FILES.get("upload"), by=request.user)
    except ValidationError as error:
        return JsonResponse(
            {"uploaded": 0, "error": {"message": " ".join(error.messages)}}, status=400
        )
    return JsonResponse({"uploaded": 1, "fileName": photo.original_name, "url": photo.image.url})


@staff_member_required
@personal_page
@require_safe
def picture_list(request):
    """Offer the library to the editor's dialog, newest first, found by words."""
    _require_editor(request.user)
    query = request.GET.get("q", "").strip()[:100]
    photos = Photo.objects.search(query)
    page = Paginator(photos, PER_PAGE).get_page(request.GET.get("trang"))
    # What the editor said when it opened this window goes on to the next page.
    opened_by = {name: request.GET[name] for name in ("CKEditorFuncNum",) if name in request.GET}
    return render(
        request,
        "admin/picture_list.html",
        {"page": page, "query": query, "opened_by": opened_by},
    )


def _require_editor(user):
    if not any(user.has_perm(permission) for permission in EDITING_PERMISSIONS):
        raise PermissionDenied
