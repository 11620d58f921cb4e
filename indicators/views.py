from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Figure, Indicator
from indicators.scoreboard import Scoreboard
from indicators.series import IndicatorHistory
from portal.caching import public_page


@require_safe
@public_page
def scoreboard(request):
    year = Figure.objects.latest_year()
    return _show_scoreboard(request, None if year is None else Scoreboard.of(year))


@require_safe
@public_page
def scoreboard_year(request, year):
    return _show_scoreboard(request, _get_scoreboard_or_404(year))


@require_safe
@public_page
def scoreboard_file(request, year, as_file):
    return as_file(_get_scoreboard_or_404(year))


@require_safe
@public_page
def indicator_detail(request, slug):
    history = _get_history_or_404(slug)
    return render(
        request,
        "indicators/indicator_detail.html",
        {"indicator": history.indicator, "history": history},
    )


@require_safe
@public_page
def indicator_file(request, slug, as_file):
    return as_file(_get_history_or_404(slug))


def _show_scoreboard(request, scoreboard):
    return render(
        request,
        "indicators/scoreboard.html",
        {"scoreboard": scoreboard, "years": Figure.objects.years()},
    )


def _get_scoreboard_or_404(year):
    scoreboard = Scoreboard.of(year)
    if not scoreboard.figures:
        raise Http404
    return scoreboard


def _get_history_or_404(slug):
    indicator = get_object_or_404(Indicator.objects.select_related("group"), slug=slug)
    return IndicatorHistory.of(indicator)
