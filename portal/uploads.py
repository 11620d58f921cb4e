"""
Pictures uploaded from inside the editor.

The editor package's own upload view is never routed: any staff user could store HTML with
it, without a token. Here a permission is asked, the token is checked, and the picture is
encoded again.
"""

from datetime import timedelta

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal import images
from portal.caching import personal_page
from portal.models import EditorPicture

DAILY_QUOTA = 200  # pictures per person and day
EDITING_PERMISSIONS = ("news.change_article", "news.add_article", "portal.change_standingpage")


@staff_member_required
@personal_page
@require_POST
def upload_picture(request):
    """Store one picture and answer as CKEditor's xhr upload expects."""
    _require_editor(request.user)
    try:
        picture = _store(request.FILES.get("upload"), request.user)
    except ValidationError as error:
        return JsonResponse(
            {"uploaded": 0, "error": {"message": " ".join(error.messages)}}, status=400
        )
    return JsonResponse(
        {"uploaded": 1, "fileName": picture.original_name, "url": picture.image.url}
    )


@staff_member_required
@personal_page
@require_safe
def picture_list(request):
    """Offer the pictures uploaded before, newest first, to the editor's dialog."""
    _require_editor(request.user)
    page = Paginator(EditorPicture.objects.all(), 40).get_page(request.GET.get("trang"))
    return render(request, "admin/picture_list.html", {"page": page})


def _require_editor(user):
    if not any(user.has_perm(permission) for permission in EDITING_PERMISSIONS):
        raise PermissionDenied


def _store(upload, user) -> EditorPicture:
    if upload is None:
        raise ValidationError("Hãy chọn một tệp ảnh.")
    since = timezone.now() - timedelta(days=1)
    if EditorPicture.objects.filter(owner=user, uploaded_at__gt=since).count() >= DAILY_QUOTA:
        raise ValidationError(f"Mỗi người tải lên nhiều nhất {DAILY_QUOTA} ảnh một ngày.")
    picture = images.reencode(upload)
    return EditorPicture.objects.create(
        image=picture.file, original_name=upload.name[:200], owner=user
    )
