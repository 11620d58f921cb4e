"""
Which addresses in a text lead nowhere, as far as this site itself can tell.

Nothing goes over the network: of an address of ours the rows are looked up or the view is
asked here, as a reader without cookies would ask; others are judged by their look.
"""

import time
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from ipaddress import ip_address
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from news.models import Article, FormerSlug
from portal.media import PICTURES

MOST_PAGES = 20  # asked of their views for one text
SECONDS = 0.2  # for all of them

# What is wrong with a link, after «Liên kết “…”».
MALFORMED = "có địa chỉ viết sai"
RELATIVE = "có địa chỉ thiếu phần đầu (https:// hoặc dấu /)"
UNENCRYPTED = "dùng địa chỉ không mã hóa (http://)"
INSIDE = "dẫn tới máy trong mạng nội bộ, người đọc không mở được"
STAFF_ONLY = "dẫn vào phần quản trị, người đọc không mở được"
PREVIEW = "dẫn tới bản xem trước, sẽ hết hạn"
NO_FILE = "dẫn tới tệp không có trên cổng"
NO_PAGE = "dẫn tới trang không có trên cổng"
UNPUBLISHED = "dẫn tới bài không hiện trên cổng (chưa đăng, hết hạn hoặc đã gỡ)"
NOT_ASKED = "chưa kịp được kiểm tra, hãy bấm thử"


def faults(addresses: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with each faulty address; addresses without fault are left out."""
    addresses = list(dict.fromkeys(addresses))
    found = {address: fault for address in addresses if (fault := _fault_at_sight(address))}
    pages = {
        address: match
        for address in addresses
        if address not in found and (match := _page(address))
    }
    articles = {a: match for a, match in pages.items() if match.view_name == "news:article"}
    others = {a: match for a, match in pages.items() if a not in articles and _may_fail(a, match)}
    return found | _faults_of_articles(articles) | _faults_of_pages(others)


def has_file(path: str) -> bool:
    """Say whether a path below the media folder leads to a file; a document needs an article."""
    name = unquote(path).removeprefix(settings.MEDIA_URL)
    try:
        is_there = default_storage.exists(name)
    except (SuspiciousFileOperation, ValueError):
        return False
    is_picture = PurePosixPath(name).suffix in PICTURES
    return is_there and (is_picture or Article.objects.with_file(name).exists())


def _fault_at_sight(address: str) -> str | None:
    parts = _split(address)
    if parts is None:
        return MALFORMED
    if not _is_ours(parts):
        return _fault_of_others(parts)
    if parts.path.startswith(settings.MEDIA_URL):
        return None if has_file(parts.path) else NO_FILE
    if parts.path.startswith(settings.STATIC_URL):
        return None
    if parts.path.startswith(reverse("admin:index")):
        return STAFF_ONLY
    match = _resolved(parts)
    if match is None:
        return NO_PAGE
    return PREVIEW if match.view_name == "news:preview" else None


def _fault_of_others(parts: SplitResult) -> str | None:
    if parts.scheme not in {"", "http", "https"}:
        return None
    if not parts.netloc:
        is_in_text = not parts.scheme and not parts.path and not parts.query
        return None if is_in_text else RELATIVE
    if _is_inside(parts.hostname or ""):
        return INSIDE
    return UNENCRYPTED if parts.scheme == "http" else None


def _is_inside(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal"))


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _is_ours(parts: SplitResult) -> bool:
    if parts.scheme in {"http", "https"} or parts.netloc:
        return parts.netloc == urlsplit(settings.BASE_URL).netloc
    return not parts.scheme and parts.path.startswith("/")


def _page(address: str) -> ResolverMatch | None:
    """Return the view of one of our pages; None for files and other sites."""
    parts = _split(address)
    if not _is_ours(parts) or parts.path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return None
    return _resolved(parts)


def _resolved(parts: SplitResult) -> ResolverMatch | None:
    path = unquote(parts.path) or "/"
    try:
        return resolve(path)
    except Resolver404:
        # Readers are led on to the address with the slash.
        return None if path.endswith("/") else _resolved(parts._replace(path=f"{parts.path}/"))


def _may_fail(address: str, match: ResolverMatch) -> bool:
    """Say whether a page depends on what its address names; the others are always there."""
    return bool(match.args or match.kwargs or _split(address).query)


def _faults_of_articles(articles: dict[str, ResolverMatch]) -> dict[str, str]:
    slugs = {match.kwargs["slug"] for match in articles.values()}
    published = Article.objects.published()
    shown = _slugs(published, slugs)
    rest = slugs - shown
    shown |= _slugs(FormerSlug.objects.filter(article__in=published), rest)
    stored = _slugs(Article.objects, rest) | _slugs(FormerSlug.objects, rest)
    return {
        address: UNPUBLISHED if match.kwargs["slug"] in stored else NO_PAGE
        for address, match in articles.items()
        if match.kwargs["slug"] not in shown
    }


def _slugs(rows, wanted: set[str]) -> set[str]:
    return set(rows.filter(slug__in=wanted).values_list("slug", flat=True)) if wanted else set()


def _faults_of_pages(pages: dict[str, ResolverMatch]) -> dict[str, str]:
    found = {}
    until = time.monotonic() + SECONDS
    for number, (address, match) in enumerate(pages.items()):
        if number >= MOST_PAGES or time.monotonic() > until:
            found[address] = NOT_ASKED
        elif _status(_split(address), match) >= 400:
            found[address] = NO_PAGE
    return found


def _status(parts: SplitResult, match: ResolverMatch) -> int:
    """Return the status with which a view answers somebody it knows nothing of."""
    own = urlsplit(settings.BASE_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(parts.path, "latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": own.hostname,
            "SERVER_PORT": str(own.port or 443),
            "HTTP_HOST": own.netloc,
            "wsgi.url_scheme": own.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    view = partial(match.func, *match.args, **match.kwargs)
    return convert_exception_to_response(view)(request).status_code
