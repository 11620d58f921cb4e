"""The report of all stored figures whose numbers contradict what their sources state."""

from itertools import groupby

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from indicators.checking import stored
from indicators.models import Figure, Territory
from portal.caching import personal_page
from portal.text import whole_number

SHOWN = 200  # the newest; the rest by choosing a year


class CheckingAdmin(admin.ModelAdmin):
    """Figures with a page on which all of them are recomputed."""

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(require_safe(self.check_figures)))
        return [path("kiem-tra/", view, name="indicators_figure_check"), *super().get_urls()]

    def check_figures(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        year = whole_number(request.GET.get("nam", ""))
        territory = request.GET.get("dia-ban", "")
        figures = list(Figure.objects.narrowed(year, territory).to_check())
        found = stored.disagreements(figures)
        by_year = groupby(found[:SHOWN], lambda disagreement: disagreement.about.year)
        return render(
            request,
            "admin/indicators/figure/check.html",
            {
                **self.admin_site.each_context(request),
                "title": "Kiểm tra số liệu",
                "opts": self.opts,
                "years": Figure.objects.all_years(),
                "territories": Territory.objects.all(),
                "year": year,
                "territory": territory,
                "checked": len(figures),
                "count": len(found),
                "shown": SHOWN,
                "found": [(number, list(disagreements)) for number, disagreements in by_year],
            },
        )
