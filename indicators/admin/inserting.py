"""The window in which whoever edits a text chooses a figure to put into it."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from indicators.inserted import Inserted
from indicators.models import Figure, Territory
from portal.caching import personal_page
from portal.text import whole_number

PER_PAGE = 20


class InsertingAdmin(admin.ModelAdmin):
    """Figures that the editor offers to put into a text."""

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(require_safe(self.choose_figure)))
        return [path("chen/", view, name="indicators_figure_insert"), *super().get_urls()]

    def choose_figure(self, request):
        """Offer results and targets to the editor's window, newest first, found by words."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.get("q", "").strip()[:100]
        year = whole_number(request.GET.get("nam", ""))
        territory = request.GET.get("dia-ban", "")
        figures = Figure.objects.narrowed(year, territory).to_insert(query)
        page = Paginator(figures, PER_PAGE).get_page(request.GET.get("trang"))
        # What the editor said when it opened this window goes on to the next page.
        opened_by = {
            name: request.GET[name] for name in ("CKEditorFuncNum",) if name in request.GET
        }
        return render(
            request,
            "admin/indicators/figure/insert.html",
            {
                "page": page,
                "rows": [(figure, _choices(figure)) for figure in page],
                "query": query,
                "year": year,
                "territory": territory,
                "years": Figure.objects.all_years(),
                "territories": Territory.objects.all(),
                "opened_by": opened_by,
            },
        )


def _choices(figure):
    both = (Inserted(figure, is_target) for is_target in (False, True))
    return [inserted for inserted in both if inserted.words]
