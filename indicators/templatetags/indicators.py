"""Figures on any page: cards for the home page, a list for an article, numbers in words."""

from itertools import groupby

from django import template

from indicators import embedding, wording
from indicators.headlines import Headlines
from indicators.inserted import explainer
from indicators.models import Figure
from indicators.sums import sums
from portal import richtext
from portal.compiled import Compiled

register = template.Library()

MANY_FIGURES = 8  # from here on only the first few stand open
FEW_FIGURES = 4

register.filter("embed_code", embedding.code)
register.filter("result", wording.result)
register.filter("target", wording.target)
register.filter("growth", wording.growth)
register.filter("base", wording.base)
register.filter("refusal", wording.refusal)
register.filter("explained_refusal", wording.explained_refusal)
register.filter("rate", wording.rate)
register.filter("against_plan", wording.against_plan)
register.filter("share_of_plan", wording.share_of_plan)
register.filter("number_in_words", wording.number_in_words)
register.filter("remarks", wording.remarks)
register.filter("status", wording.status)
register.filter("sums", sums)
register.filter("stated", wording.stated)
register.filter("disagreements", wording.disagreements)


@register.filter
def with_figures(html):
    """Show rich text; the figures put into it with their status, and what became of them."""
    return richtext.show(html, explainer(html))


@register.inclusion_tag("indicators/_headline_figures.html")
def headline_figures():
    """Show the newest results of the headline indicators as cards; nothing without any."""
    return {"headlines": Headlines.newest()}


_stated_in = Compiled(lambda article: Figure.objects.stated_in(article))


@register.inclusion_tag("indicators/_figures_of.html")
def figures_of(article):
    """Show the figures whose source is this article; nothing without any."""
    figures = _stated_in(article=article.pk)
    shown = FEW_FIGURES if len(figures) >= MANY_FIGURES else len(figures)
    more = figures[shown:]
    return {"parts": _by_period(figures[:shown]), "more": _by_period(more), "count": len(more)}


@register.inclusion_tag("indicators/_assessment.html")
def assessment_tag(figure):
    """Show how a figure stands against its plan as a coloured word."""
    return {"assessment": figure.assessment}


def _by_period(figures):
    parts = groupby(figures, lambda figure: f"{figure.territory}, {figure.period}")
    return [(heading, list(found)) for heading, found in parts]
