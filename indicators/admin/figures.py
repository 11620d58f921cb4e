from django.contrib import admin, messages
from django.db import models

from indicators import wording
from indicators.admin.checking import CheckingAdmin
from indicators.admin.entry_grid import EntryGridAdmin
from indicators.admin.importing import ImportingAdmin
from indicators.admin.inserting import InsertingAdmin
from indicators.admin.readings import ReadingsAdmin
from indicators.checking import stored
from indicators.forms import NumberField
from indicators.models import Figure, Revision
from indicators.plausibility import oddities
from indicators.titles import TitleOf, titles_for
from portal.admin_search import FoldedSearch
from portal.admin_widgets import OneOf
from portal.templatetags.portal import MISSING, percent, signed_percent


class RevisionInline(admin.TabularInline):
    """What was published before; kept by every save, written by nobody."""

    model = Revision
    fields = readonly_fields = ["stage", "result_said", "target_said", "replaced_at", "replaced_by"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("replaced_by")

    @admin.display(description="thực hiện")
    def result_said(self, revision):
        return wording.result(revision)

    @admin.display(description="kế hoạch")
    def target_said(self, revision):
        return wording.target(revision)


@admin.register(Figure)
class FigureAdmin(
    CheckingAdmin,
    EntryGridAdmin,
    ImportingAdmin,
    InsertingAdmin,
    ReadingsAdmin,
    FoldedSearch,
    admin.ModelAdmin,
):
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
        (
            "Thực hiện",
            {"fields": [("result_qualifier", "result", "stage"), "restated_previous"]},
        ),
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

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["widget"] = OneOf(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "article":
            field.label_from_instance = titles_for(request.user)
        return field

    def get_fieldsets(self, request, obj=None):
        """Return the fieldsets; who may only look is not told the title of a draft."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) or (obj is None or obj.article is None):
            return fieldsets
        shown = _source_article(titles_for(request.user))
        return [
            (
                name,
                options
                | {"fields": [shown if one == "article" else one for one in options["fields"]]},
            )
            for name, options in fieldsets
        ]

    def get_inlines(self, request, obj):
        return [RevisionInline] if obj else []

    def save_model(self, request, obj, form, change):
        former = Figure.objects.filter(pk=obj.pk).first()
        obj.save(by=request.user)
        for oddity in oddities(obj, former):
            self.message_user(request, oddity, messages.WARNING)
        if former and Figure.Stage(obj.stage).rank < Figure.Stage(former.stage).rank:
            said = (
                f"Trước đây là số {former.get_stage_display().lower()}, nay loại số liệu lùi lại. "
                "Hãy kiểm tra lại."
            )
            self.message_user(request, said, messages.WARNING)

    @admin.display(description="kỳ", ordering="year")
    def period(self, figure):
        return figure.period

    @admin.display(description="kế hoạch", ordering="target")
    def target_on_page(self, figure):
        return wording.target(figure, marked=True)

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
        return " ".join(
            [wording.status(figure), *(one.sentence for one in stored.of_figure(figure))]
        )


def _source_article(title_of: TitleOf):
    """Return what shows a figure's source article to somebody who may not change it."""

    @admin.display(description="bài viết nguồn")
    def source_article(figure):
        return title_of(figure.article)

    return source_article
