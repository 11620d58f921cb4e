"""The chart that other sites show in a frame: one page, no script, nothing of the reader's."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.sources import labels
from indicators.views import get_history_or_404, get_series_or_404
from portal.caching import public_page
from portal.security import shown_in_frames

# What «?nen=» may say, and how the style sheet's question about the theme is then answered.
THEMES = {"sang": "not all", "toi": "all"}


@shown_in_frames
@require_safe
@public_page(reads=("dia-ban", "nen"))
def embed(request, slug):
    history = get_history_or_404(slug)
    series = get_series_or_404(history, request.GET.get("dia-ban"))
    theme = request.GET.get("nen")
    return render(
        request,
        "indicators/embed.html",
        {
            "indicator": history.indicator,
            "series": series,
            "sources": labels(series.rows[::-1]) if series else [],
            "theme": theme if theme in THEMES else "",
        },
    )


@require_safe
@public_page
def theme(request, name):
    """Answer with the colours of tokens.css in one theme, whatever the reader's system prefers."""
    if name not in THEMES:
        raise Http404
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    chosen = tokens.replace("(prefers-color-scheme: dark)", THEMES[name])
    return HttpResponse(chosen, content_type="text/css; charset=utf-8")
