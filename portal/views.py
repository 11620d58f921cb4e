"""Pages that belong to no single subject."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from feedback.views import AFTER_EXPIRY, form_after_expiry
from indicators.models import Indicator
from news.front_page import FrontPage
from news.models import Category, Tag
from portal import visitors
from portal.caching import personal_page, public_page
from portal.models import WebsiteLink
from portal.requests import too_large

TOPICS_ON_MAP = 60


@require_safe
@public_page
def home(request):
    return render(
        request, "portal/home.html", {"news": FrontPage(), "links": WebsiteLink.objects.all()}
    )


@require_safe
@public_page
def standing_page(request, path):
    url = f"/gioi-thieu/{path}/" if path else "/gioi-thieu/"
    pages = FlatPage.objects.filter(url__startswith="/gioi-thieu/").order_by("url")
    page = pages.filter(url=url).first()  # nothing but SQL keeps addresses apart
    if page is None:
        raise Http404
    return render(request, "portal/standing_page.html", {"page": page, "pages": pages})


@require_safe
@public_page
def site_map(request):
    return render(
        request,
        "portal/site_map.html",
        {
            "categories": Category.objects.filter(parent=None).prefetch_related("children"),
            "tags": Tag.objects.with_articles()[:TOPICS_ON_MAP],
            "indicators": Indicator.objects.select_related("group"),
            "pages": FlatPage.objects.order_by("url"),
        },
    )


@require_safe
@public_page
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /tim-kiem/",
        f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Answer browsers that ask for the icon where pages have no head to name it."""
    return redirect(static("img/icon.svg"))


@require_safe
@personal_page
def health(request):
    """Answer 200 with the state of database and worker, 503 when the database is away."""
    try:
        waiting = DBTaskResult.objects.ready().count()
    except DatabaseError:
        return JsonResponse({"database": "away", "worker": "unknown"}, status=503)
    return JsonResponse({"database": "ok", "worker": {"waiting_tasks": waiting}})


@csrf_exempt  # carries no right and changes nothing but a count; the page's own origin is asked
@require_POST
@personal_page
def count_view(request):
    """Note that a page was read; most reports are answered before Django (visitors.beacon)."""
    origin = f"{request.scheme}://{request.get_host()}"
    status, headers, body = visitors.answer(request.META, origin, may_ask=True)
    return HttpResponse(body, status=status, headers=dict(headers))


class ErrorText(NamedTuple):
    title: str
    message: str


BAD_REQUEST = ErrorText("Yêu cầu không hợp lệ", "Vui lòng quay lại trang trước và thử lại.")
NO_PERMISSION = ErrorText(
    "Không có quyền xem trang này",
    "Trang này chỉ dành cho người được cấp quyền. Nếu được giao việc này, ông/bà vui lòng "
    "đăng nhập bằng đúng tài khoản.",
)
NOT_FOUND = ErrorText(
    "Không tìm thấy trang",
    "Trang này không có hoặc đã được gỡ. Vui lòng kiểm tra lại địa chỉ, tìm theo từ khóa "
    "hoặc bắt đầu từ trang chủ.",
)
EXPIRED_FORM = ErrorText(
    "Biểu mẫu đã hết hạn",
    "Để bảo đảm an toàn, biểu mẫu chỉ có hiệu lực trong một thời gian. Vui lòng quay lại, "
    "tải lại trang rồi gửi lần nữa.",
)


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _error(request, 400, BAD_REQUEST)


def permission_denied(request, exception):
    return _error(request, 403, NO_PERMISSION)


def page_not_found(request, exception):
    return _error(request, 404, NOT_FOUND)


def server_error(request):
    """Answer without asking anything that may have failed: no database, no context."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request, reason=""):
    """Show a citizen's form again with everything typed; elsewhere say what to do."""
    if request.resolver_match and request.resolver_match.view_name in AFTER_EXPIRY:
        return form_after_expiry(request)
    return _error(request, 403, EXPIRED_FORM)


@personal_page
def _error(request, status, error: ErrorText):
    return render(request, "error.html", {"error": error}, status=status)
