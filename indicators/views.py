from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Figure, Indicator
from indicators.scoreboard import Scoreboard
from indicators.series import IndicatorHistory
from indicators.side_by_side import chosen
from indicators.sources import articles_quoting
from portal import kept
from portal.caching import public_page


@require_safe
@public_page
def scoreboard(request):
    year = kept.part("latest year", Figure.objects.latest_year)
    return _show_scoreboard(request, None if year is None else _scoreboard(year))


@require_safe
@public_page
def scoreboard_year(request, year):
    return _show_scoreboard(request, get_scoreboard_or_404(year))


@require_safe
@public_page(reads=("tu", "den"))
def side_by_side(request):
    years = Figure.objects.years()
    form, table, problems = chosen(request.GET.dict(), years) if years else (None, None, [])
    return render(
        request,
        "indicators/side_by_side.html",
        {"form": form, "table": table, "problems": problems},
    )


@require_safe
@public_page
def indicator_detail(request, slug):
    history = get_history_or_404(slug)
    return render(
        request,
        "indicators/indicator_detail.html",
        {
            "indicator": history.indicator,
            "history": history,
            "next_release": history.indicator.next_release(),
            "articles": list(articles_quoting(history.indicator)),
        },
    )


def _show_scoreboard(request, scoreboard):
    return render(
        request,
        "indicators/scoreboard.html",
        {"scoreboard": scoreboard, "years": kept.part("years", Figure.objects.years)},
    )


def _scoreboard(year):
    return kept.part(("scoreboard", year), lambda: Scoreboard.of(year))


def get_scoreboard_or_404(year):
    scoreboard = _scoreboard(year)
    if not scoreboard.figures:
        raise Http404
    return scoreboard


def get_history_or_404(slug):
    indicator = get_object_or_404(Indicator.objects.select_related("group"), slug=slug)
    return IndicatorHistory.of(indicator)


def get_series_or_404(history, territory_code):
    """Return a territory's series, without a code the first: the department's own area's."""
    if not territory_code:
        return next(iter(history.series), None)
    for series in history.series:
        if series.territory.code == territory_code:
            return series
    raise Http404
