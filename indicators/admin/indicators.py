from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from indicators.admin.catalogue import CatalogueAdmin
from indicators.admin.fixed_code import FixedCodeAdmin
from indicators.forms import MonthsField
from indicators.models import Indicator, IndicatorGroup
from portal.admin_search import FoldedSearch
from portal.admin_widgets import OneOf


@admin.register(IndicatorGroup)
class IndicatorGroupAdmin(admin.ModelAdmin):
    list_display = ["name", "position", "slug"]
    search_fields = ["name"]


@admin.register(Indicator)
class IndicatorAdmin(CatalogueAdmin, FixedCodeAdmin, FoldedSearch, admin.ModelAdmin):
    list_display = ["name", "code", "unit", "group", "is_headline", "position", "figures_link"]
    list_filter = ["group", "is_headline", "measure", "direction"]
    list_select_related = ["group"]
    search_fields = ["name__folded", "code__folded"]
    # Counting figures drops the model's own order.
    ordering = ["group__position", "group__name", "position", "name"]
    autocomplete_fields = ["group"]
    readonly_fields = ["figures_link"]
    fieldsets = [
        (None, {"fields": ["name", "code", "group", "figures_link"]}),
        ("Cách tính và đánh giá", {"fields": ["unit", "decimals", "measure", "direction"]}),
        (
            "Lời giải thích cho người đọc",
            {"fields": ["definition", "method", "source", "responsible_unit", "release_months"]},
        ),
        ("Nhận ra chỉ tiêu trong bài viết và tệp nhập", {"fields": ["synonyms"]}),
        ("Hiển thị", {"fields": ["is_headline", "position", "slug"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(figure_count=Count("figures"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["widget"] = OneOf(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "release_months":
            return MonthsField(
                label=db_field.verbose_name.capitalize(),
                help_text=db_field.help_text,
                required=False,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="số liệu", ordering="figure_count")
    def figures_link(self, indicator):
        if indicator.pk is None:
            return "Hãy lưu chỉ tiêu trước khi nhập số liệu"
        address = reverse("admin:indicators_figure_changelist")
        return format_html(
            '<a href="{}?indicator__id__exact={}">{} số liệu</a>',
            address,
            indicator.pk,
            indicator.figure_count,
        )
