"""The days on which the department rests or works otherwise than the country's calendar says."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone

from feedback import deadlines
from feedback.models import CalendarDay
from feedback.working_days import LAST_KNOWN_YEAR, last_announced_year
from portal.text import whole_number

FIRST_YEAR = 2000
YEARS_AHEAD = 5
YEAR = "nam"  # in the address of the list


class CalendarDayForm(forms.ModelForm):
    def clean_date(self):
        day = self.cleaned_data["date"]
        last = timezone.localdate().year + YEARS_AHEAD
        if not FIRST_YEAR <= day.year <= last:
            raise forms.ValidationError(f"Ngày phải thuộc các năm từ {FIRST_YEAR} đến {last}.")
        return day


class YearFilter(admin.SimpleListFilter):
    title = "năm"
    parameter_name = YEAR

    def lookups(self, request, model_admin):
        return [(str(year), str(year)) for year in _years()]

    def queryset(self, request, queryset):
        year = whole_number(self.value() or "")
        return queryset.filter(date__year=year) if year in _years() else queryset


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    """The department's own days, listed beside what is known without them."""

    form = CalendarDayForm
    list_display = ["date", "name", "is_working"]
    list_filter = [YearFilter]
    show_facets = admin.ShowFacets.NEVER
    fields = ["date", "is_working", "name"]
    change_list_template = "admin/feedback/calendarday/change_list.html"

    def changelist_view(self, request, extra_context=None):
        asked = whole_number(request.GET.get(YEAR, ""))
        year = asked if asked in _years() else timezone.localdate().year
        calendar = deadlines.working_days()
        shown = {
            "year": year,
            "days": calendar.listed(year),
            "warning": calendar.warning(year),
            "last_known": LAST_KNOWN_YEAR,
            "last_announced": last_announced_year(),
        }
        return super().changelist_view(request, {"calendar": shown, **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._recount(request)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._recount(request)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self._recount(request)

    def _recount(self, request):
        if moved := deadlines.recount(by=request.user):
            sentence = f"Hạn trả lời của {moved} góp ý đang chờ đã được tính lại."
            self.message_user(request, sentence, messages.INFO)


def _years() -> list[int]:
    """Return the years on offer, the next first."""
    this_year = timezone.localdate().year
    return list(range(this_year + 2, this_year - 4, -1))
