from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from indicators import wording
from indicators.forms import NumberField
from indicators.models import Figure, Indicator, IndicatorGroup, Territory
from portal.admin_search import FoldedSearch
from portal.templatetags.portal import MISSING, percent, signed_percent


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    list_display = ["name", "full_name", "code", "is_home"]
    search_fields = ["name", "full_name"]


@admin.register(IndicatorGroup)
class IndicatorGroupAdmin(admin.ModelAdmin):
    list_display = ["name", "position", "slug"]
    search_fields = ["name"]


@admin.register(Indicator)
class IndicatorAdmin(FoldedSearch, admin.ModelAdmin):
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
        ("Lời giải thích cho người đọc", {"fields": ["definition", "responsible_unit"]}),
        ("Hiển thị", {"fields": ["is_headline", "position", "slug"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(figure_count=Count("figures"))

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


@admin.register(Figure)
class FigureAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = [
        "indicator",
        "territory",
        "period",
        "target_on_page",
        "result_on_page",
        "growth_on_page",
        "attainment_on_page",
        "assessment_on_page",
        "stage",
    ]
    list_filter = ["year", "territory", "indicator__group", "stage"]
    list_select_related = ["indicator", "territory"]
    list_per_page = 50
    search_fields = ["indicator__name__folded", "indicator__code__folded", "note__folded"]
    autocomplete_fields = ["indicator", "territory", "article"]
    readonly_fields = ["shown_to_readers", "updated_at"]
    save_as = True
    formfield_overrides = {models.DecimalField: {"form_class": NumberField}}
    fieldsets = [
        (None, {"fields": [("indicator", "territory"), ("year", "months")]}),
        (
            "Kế hoạch",
            {
                "fields": [
                    ("target_qualifier", "target", "target_upper"),
                    "target_is_derived",
                    "target_stated_growth",
                ]
            },
        ),
        ("Thực hiện", {"fields": [("result_qualifier", "result", "stage")]}),
        (
            "Theo nguồn công bố",
            {
                "description": "Ghi đúng như nguồn công bố. Cổng tự tính những gì nguồn không nêu.",
                "fields": [
                    ("stated_growth", "stated_over_plan", "stated_outcome"),
                    "article",
                    "source",
                ],
            },
        ),
        ("Ghi chú và kiểm tra", {"fields": ["note", "shown_to_readers", "updated_at"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_previous()

    @admin.display(description="kỳ", ordering="year")
    def period(self, figure):
        return figure.period

    @admin.display(description="kế hoạch", ordering="target")
    def target_on_page(self, figure):
        return f"{wording.target(figure)}{' (suy ra)' if figure.target_is_derived else ''}"

    @admin.display(description="thực hiện", ordering="result")
    def result_on_page(self, figure):
        return wording.result(figure)

    @admin.display(description="so với năm trước (%)")
    def growth_on_page(self, figure):
        return signed_percent(figure.growth)

    @admin.display(description="TH/KH (%)")
    def attainment_on_page(self, figure):
        return percent(figure.attainment)

    @admin.display(description="đánh giá")
    def assessment_on_page(self, figure):
        return figure.assessment.label

    @admin.display(description="người đọc sẽ thấy")
    def shown_to_readers(self, figure):
        if figure.pk is None:
            return MISSING
        return " ".join([wording.status(figure), *wording.disagreements(figure)])
