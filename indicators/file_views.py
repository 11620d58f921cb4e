"""Figures as files: data, what describes the data, and pictures of the charts."""

from django.http import Http404

from indicators.exports import answers
from indicators.exports.everything import Everything
from indicators.pictures import Picture, as_png
from indicators.views import get_history_or_404, get_scoreboard_or_404, get_series_or_404
from portal.open_files import etag_of, open_file, shown
from portal.security import MEDIA_CSP, csp_override


@open_file
def scoreboard_file(request, year, as_file):
    return as_file(request, get_scoreboard_or_404(year))


@open_file
def indicator_file(request, slug, as_file):
    return as_file(request, get_history_or_404(slug))


@open_file
def everything_file(request, as_file):
    return answers.unless_known(
        request, Everything.version(), lambda: as_file(request, Everything.known())
    )


@open_file
def schema(request):
    return answers.schema_response()


@csp_override(MEDIA_CSP)  # an SVG is a document of its own where it is opened by itself
@open_file
def picture(request, slug, as_picture):
    history = get_history_or_404(slug)
    drawn = Picture.of(get_series_or_404(history, request.GET.get("dia-ban")))
    if drawn is None:
        raise Http404
    return as_picture(history, drawn.svg)


def as_svg_file(history, svg):
    return _picture_file(svg.encode(), "image/svg+xml; charset=utf-8", history, svg)


def as_png_file(history, svg):
    return _picture_file(as_png(svg), "image/png", history, svg)


def _picture_file(body, content_type, history, svg):
    response = shown(body, content_type, answers.last_change(history))
    # What is drawn tells whether it changed, whoever draws it.
    response.headers["ETag"] = etag_of(svg.encode())
    ending = content_type.partition("/")[2].partition("+")[0]
    response.headers["Content-Disposition"] = f'inline; filename="{history.file_stem}.{ending}"'
    return response
