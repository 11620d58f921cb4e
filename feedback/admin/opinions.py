"""What readers say of articles: each word of it, and added up."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from feedback import opinion_summary
from feedback.admin.bursts import BurstsAdmin
from feedback.admin.erasing import ERASE
from feedback.models import Opinion
from portal import admin_bulk
from portal.admin_search import FoldedSearch
from portal.caching import personal_page
from portal.open_files import kept

SHOWN = 200  # rows on the page; the file holds all


class WithRemark(admin.SimpleListFilter):
    title = "ý kiến thêm"
    parameter_name = "y-kien-them"

    def lookups(self, request, model_admin):
        return [("co", "Có viết thêm")]

    def queryset(self, request, queryset):
        return queryset.with_remark() if self.value() == "co" else queryset


class Standing(admin.SimpleListFilter):
    title = "cách tính"
    parameter_name = "cach-tinh"
    CHOICES = {
        "tinh": ("Được tính", "counted"),
        "cho": ("Chờ kiểm tra", "awaiting"),
        "loai": ("Đã loại", "set_aside"),
    }

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.CHOICES.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.CHOICES:
            return queryset
        return getattr(queryset, self.CHOICES[self.value()][1])()


@admin.register(Opinion)
class OpinionAdmin(FoldedSearch, BurstsAdmin):
    """Readers' words are read, not written: nobody adds or changes one; they can be taken out."""

    suspects, counted = Opinion, "ý kiến"
    change_list_template = "admin/feedback/opinion/change_list.html"
    list_display = ["remark_or_none", "said", "article", "at", "standing"]
    list_filter = ["is_helpful", WithRemark, Standing, "article__category"]
    list_select_related = ["article"]
    search_fields = ["remark__folded", "article__title__folded"]
    date_hierarchy = "at"
    fields = ["article", "said", "remark", "at", "standing"]
    readonly_fields = fields
    actions = ["take_out_remarks"]

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(require_safe(self.show_summary)))
        return [path("tong-hop/", view, name="feedback_opinion_summary"), *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_erase_permission(self, request):
        return request.user.has_perm(ERASE)

    @admin.action(description="Xóa lời viết thêm của các ý kiến đã chọn", permissions=["erase"])
    def take_out_remarks(self, request, queryset):
        """Take out what was written after asking once more; the yes or no goes on counting."""
        chosen = admin_bulk.few_enough(request, queryset.with_remark(), "ý kiến")
        if not chosen:
            self._say_nothing_is_written(request, queryset)
            return None
        if "_answered" not in request.POST:
            return self._ask_to_take_out(request, chosen)
        Opinion.objects.filter(pk__in=[each.pk for each in chosen]).take_out_remarks()
        for opinion in chosen:
            self.log_change(request, opinion, "Xóa lời viết thêm.")
        messages.success(request, f"Đã xóa lời viết thêm của {len(chosen)} ý kiến.")
        return None

    def _say_nothing_is_written(self, request, queryset):
        if not queryset.with_remark().exists():
            messages.warning(request, "Các ý kiến đã chọn không có lời viết thêm.")

    def _ask_to_take_out(self, request, chosen):
        context = {
            **self.admin_site.each_context(request),
            "title": "Xóa lời viết thêm",
            "opts": self.opts,
            "chosen": chosen,
        }
        return TemplateResponse(request, "admin/feedback/opinion/take_out.html", context)

    @admin.display(description="ý kiến thêm", ordering="remark")
    def remark_or_none(self, opinion):
        return opinion.remark or "(không viết thêm)"

    @admin.display(description="hữu ích", ordering="is_helpful")
    def said(self, opinion):
        return "Có" if opinion.is_helpful else "Không"

    @admin.display(description="cách tính", ordering="is_suspect")
    def standing(self, opinion):
        if opinion.is_set_aside:
            return "Đã loại"
        return "Chờ kiểm tra" if opinion.is_suspect else "Được tính"

    def show_summary(self, request):
        """Show how many found articles of use, in groups; with «?tep=csv» as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        by, is_file = request.GET.get("theo"), request.GET.get("tep") == "csv"
        if by == opinion_summary.CROSSED:
            return self._show_crossed(request, is_file)
        by = by if by in opinion_summary.GROUPINGS else "bai"
        sort = request.GET.get("xep")
        sort = sort if sort in opinion_summary.ORDERS else _usual_order(by)
        grouping, order = opinion_summary.GROUPINGS[by], opinion_summary.ORDERS[sort]
        if by == "thang" and sort == "ten":
            order = order._replace(is_descending=True)
        found = opinion_summary.rows(grouping, order)
        if is_file:
            return _csv(opinion_summary.as_csv(grouping, found), by)
        context = {
            "grouping": grouping,
            "sort": sort,
            "order": order,
            "columns": _columns(by, grouping),
            "rows": found[:SHOWN],
            "count": len(found),
            "most": SHOWN,
        }
        return self._summary(request, by, context, xep=sort)

    def _show_crossed(self, request, is_file):
        by, table = opinion_summary.CROSSED, opinion_summary.crossed()
        if is_file:
            return _csv(opinion_summary.crossed_csv(table), by)
        shown = table.newest()
        context = {
            "rows": table.lines,
            "crossed": shown,
            "count": len(table.months),
            "most": len(shown.months),
        }
        return self._summary(request, by, context)

    def _summary(self, request, by, context, **asked):
        common = {
            **self.admin_site.each_context(request),
            "title": "Bài viết có hữu ích không",
            "opts": self.opts,
            "by": by,
            "titles": opinion_summary.TITLES,
            "file": urlencode({"theo": by, **asked, "tep": "csv"}),
        }
        return render(request, "admin/feedback/opinion/summary.html", common | context)


def _csv(body: bytes, by: str):
    return kept(body, "text/csv; charset=utf-8", f"y-kien-theo-{by}.csv")


def _usual_order(by: str) -> str:
    return "ten" if by == "thang" else "y-kien"


def _columns(by, grouping):
    """Return (heading, query, name of the order) of each column."""
    return [
        (order.heading or grouping.heading, urlencode({"theo": by, "xep": name}), name)
        for name, order in opinion_summary.ORDERS.items()
    ]
