"""The page on which a territory's figures of one period are typed all together."""

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.forms.widgets import Script
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from indicators.entry import MOST_INDICATORS, Grid
from indicators.forms import PeriodForm, SourceForm
from indicators.models import Figure, IndicatorGroup, Territory
from indicators.period import Period
from indicators.titles import titles_for
from portal import keeping
from portal.caching import personal_page

FASTER = "Chưa lưu dòng nào: vừa có người lưu cùng lúc. Hãy bấm “Lưu bảng” lần nữa."


class EntryGridAdmin(admin.ModelAdmin):
    """Figures that can be typed as a table."""

    def get_urls(self):
        choose = self.admin_site.admin_view(personal_page(self.choose_period))
        type_in = self.admin_site.admin_view(personal_page(self.entry_grid))
        return [
            path("nhap/", choose, name="indicators_figure_grid"),
            # An address of its own for each period: drafts in the browser are told apart by it.
            path(
                "nhap/<slug:territory>/<int:year>/<int:months>/",
                type_in,
                name="indicators_figure_grid_of",
            ),
            *super().get_urls(),
        ]

    def choose_period(self, request):
        """Show the grid of the period asked for, or of the newest one at home."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = PeriodForm(_asked_for(request.GET))
        if not form.is_valid():
            return self._show(request, form)
        chosen = form.cleaned_data
        period = Period(chosen["dia-ban"], chosen["nam"], chosen["thang"])
        group = _known_group(request.GET.get("nhom", ""))
        return self._show(request, form, Grid(period, group=group), group)

    def entry_grid(self, request, territory, year, months):
        """Save what was typed, or show it again with what is wrong."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        group = _known_group(request.GET.get("nhom", ""))
        form = PeriodForm({"dia-ban": territory, "nam": year, "thang": months})
        if request.method != "POST" or not form.is_valid():
            return redirect(_address(territory, year, months, group))
        if not _may_edit(self, request):
            raise PermissionDenied
        period = Period(get_object_or_404(Territory, code=territory), year, months)
        source = SourceForm(request.POST, user=request.user)
        title_of = titles_for(request.user)
        grid = Grid(period, request.POST, group, title_of=title_of)
        counts = None
        if source.is_valid():
            may_delete = self.has_delete_permission(request)
            counts = grid.save(
                source.cleaned_data, request.user, may_delete, request.POST, _log_by(request.user)
            )
        if counts is None:
            if not (grid.wrong or source.errors):
                # With what the other one stored.
                grid = Grid(period, request.POST, group, title_of=title_of)
                if not grid.wrong:
                    self.message_user(request, FASTER, messages.ERROR)
            return self._show(request, form, grid, group, source)
        words = f"Đã lưu {period}: {counts}." if any(counts) else "Không có ô nào thay đổi."
        self.message_user(request, words, messages.SUCCESS if any(counts) else messages.INFO)
        return keeping.saved(request, redirect(_address(territory, year, months, group)))

    def _show(self, request, period_form, grid=None, group="", source=None):
        may_edit = _may_edit(self, request)
        source = source or SourceForm(user=request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": "Bảng nhập số liệu",
            "is_nav_sidebar_enabled": False,  # the table needs the width
            "opts": self.opts,
            "period_form": period_form,
            "groups": IndicatorGroup.objects.all(),
            "group": group,
            "grid": grid,
            "source_form": source,
            "may_edit": may_edit,
            "may_delete": self.has_delete_permission(request),
            "most_indicators": MOST_INDICATORS,
            "media": self.media + source.media + _scripts() if may_edit else self.media,
            # What the box that keeps drafts needs.
            "add": may_edit,
            "is_returned": request.method == "POST",
            "draft": keeping.draft_of(request),
        }
        return render(request, "admin/indicators/figure/entry_grid.html", context)


def _log_by(user):
    """Return what writes down who stored the rows of a grid, all of one kind in one query."""

    def log(counts):
        for figures, flag, words in (
            (counts.added, ADDITION, "Nhập bằng bảng."),
            (counts.changed, CHANGE, "Sửa bằng bảng."),
            (counts.deleted, DELETION, ""),
        ):
            LogEntry.objects.log_actions(user.pk, figures, flag, change_message=words)

    return log


def _may_edit(model_admin, request) -> bool:
    return model_admin.has_add_permission(request) and model_admin.has_change_permission(request)


def _asked_for(sent) -> dict:
    """Return the period asked for, with the newest of the first territory where none is."""
    home = Territory.objects.first()
    newest = Figure.objects.filter(territory=home).latest_year()
    defaults = {"dia-ban": home.code if home else "", "nam": newest or "", "thang": "12"}
    return {name: sent.get(name, default) for name, default in defaults.items()}


def _known_group(slug: str) -> str:
    return slug if IndicatorGroup.objects.filter(slug=slug).exists() else ""


def _address(territory, year, months, group) -> str:
    query = QueryDict(mutable=True)
    query.update({"nam": year, "dia-ban": territory})
    if months != 12:
        query["thang"] = months
    if group:
        query["nhom"] = group
    return f"{reverse('admin:indicators_figure_grid')}?{query.urlencode()}"


def _scripts() -> Media:
    return keeping.scripts() + Media(js=[Script("js/entry-grid.js", type="module")])
