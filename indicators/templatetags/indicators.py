"""Figures on any page: cards for the home page, a list for an article, numbers in words."""

from itertools import groupby

from django import template

from indicators import charts, wording
from indicators.models import Figure

register = template.Library()

BAR_WIDTH = 240  # pixels

register.filter("result", wording.result)
register.filter("target", wording.target)
register.filter("previous", wording.previous)
register.filter("growth", wording.growth)
register.filter("rate", wording.rate)
register.filter("target_growth", wording.target_growth)
register.filter("against_plan", wording.against_plan)
register.filter("brief", wording.brief)
register.filter("status", wording.status)
register.filter("sums", wording.sums)
register.filter("stated", wording.stated)
register.filter("disagreements", wording.disagreements)
register.filter("summary", wording.summary)


@register.inclusion_tag("indicators/_headline_figures.html")
def headline_figures():
    """Show the newest results of the headline indicators as cards; nothing without any."""
    figures = Figure.objects.headlines()
    return {"cards": [(figure, _bar(figure)) for figure in figures]}


@register.inclusion_tag("indicators/_figures_of.html")
def figures_of(article):
    """Show the figures whose source is this article; nothing without any."""
    figures = Figure.objects.stated_in(article)
    parts = groupby(figures, lambda figure: f"{figure.territory}, {figure.period}")
    return {"parts": [(heading, list(found)) for heading, found in parts]}


@register.inclusion_tag("indicators/_assessment.html")
def assessment_tag(figure):
    """Show how a figure stands against its plan as a coloured word."""
    return {"assessment": figure.assessment}


def _bar(figure):
    """Return the lengths of a card's bar in pixels, or None where no bar can be drawn."""
    lengths = charts.share_of_target(figure, BAR_WIDTH)
    if lengths is None or figure.indicator.is_change:
        return None
    return {"width": BAR_WIDTH, "result": lengths[0], "target": lengths[1]}
