from django.contrib import admin

from indicators.admin.fixed_code import FixedCodeAdmin
from indicators.models import SeriesBreak, Territory


class SeriesBreakInline(admin.TabularInline):
    model = SeriesBreak
    extra = 0


@admin.register(Territory)
class TerritoryAdmin(FixedCodeAdmin):
    list_display = ["name", "full_name", "code", "is_home"]
    search_fields = ["name", "full_name"]
    inlines = [SeriesBreakInline]
