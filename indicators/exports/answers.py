"""The files as answers: named, and sent again only when they changed."""

import json
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from indicators.exports import csvw
from indicators.exports.content import Table, as_json, content_of, with_earlier
from indicators.exports.csv_file import as_csv
from indicators.exports.xlsx_file import as_xlsx
from portal.documents import CONTENT_TYPES
from portal.open_files import etag_of, kept, shown, wants_mark


def unless_known(
    request: HttpRequest, version: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """
    Return 304 to whoever has this version of the file at this address, else make the answer.

    A version found before what it is of: at worst a newer file goes out under an older name,
    and is sent once more.
    """
    shape = request.path, wants_mark(request)
    etag = etag_of(f"{version} {shape}".encode())
    response = get_conditional_response(request, etag) or answer()
    response.headers["ETag"] = etag
    return response


def csv_response(request: HttpRequest, table: Table) -> HttpResponse:
    """Return the figures as CSV; with «?bom=1» as Excel recognises it."""
    content = content_of(table)
    body = as_csv(content, with_mark=wants_mark(request))
    response = _as_file(body, "text/csv; charset=utf-8", table, "csv", etag_of(body))
    described = f"{settings.BASE_URL}{request.path}-metadata.json"
    response.headers["Link"] = _link_to(described, csvw.CONTENT_TYPE)
    return response


def json_response(request: HttpRequest, table: Table) -> HttpResponse:
    """Return the figures as JSON; schema.json says what each key means."""
    content = content_of(table)
    body = as_json(content)
    response = _as_file(body, "application/json", table, "json", etag_of(body))
    response.headers["Link"] = _link_to(content["$schema"], "application/schema+json")
    return response


def xlsx_response(request: HttpRequest, table: Table) -> HttpResponse:
    """Return the figures as a workbook ready to print, with a sheet of notes."""
    source = as_json(content_of(table))
    # A workbook carries the moment it was made: what it is made from tells whether it changed.
    return _as_file(as_xlsx(source), CONTENT_TYPES["xlsx"], table, "xlsx", etag_of(source))


def metadata_response(request: HttpRequest, table: Table) -> HttpResponse:
    """Return what the CSV file beside it holds, for programs."""
    address = settings.BASE_URL + request.path.removesuffix("-metadata.json")
    described = csvw.metadata(table, address)
    body = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return shown(body, csvw.CONTENT_TYPE, last_change(table))


def schema_response() -> HttpResponse:
    return shown(csvw.SCHEMA.read_bytes(), "application/schema+json")


def last_change(table: Table) -> datetime | None:
    """
    Return when something a file shows was last changed: a figure, a name, a source.

    Figures and articles know their moment; what else staff do to indicators and to the articles
    named as sources, a deletion above all, is known from the log.
    """
    statements = [
        statement
        for figure in with_earlier(table.figures)
        for statement in (figure, *figure.revisions.all())
    ]
    published = [statement.article.published_at for statement in statements if statement.article]
    is_source = Q(
        content_type__app_label="news",
        content_type__model="article",
        object_id__in={str(statement.article_id) for statement in statements},
    )
    log = LogEntry.objects.filter(is_source | Q(content_type__app_label="indicators"))
    done = log.order_by("-action_time").values_list("action_time", flat=True).first()
    return max(filter(None, [table.updated_at, done, *published]), default=None)


def _as_file(body, content_type, table, extension, etag):
    name = f"{table.file_stem}.{extension}"
    response = kept(body, content_type, name, last_change(table))
    response.headers["ETag"] = etag
    return response


def _link_to(address, content_type):
    return f'<{address}>; rel="describedby"; type="{content_type}"'
