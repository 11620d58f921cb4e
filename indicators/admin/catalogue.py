"""Indicators departments usually report, to be added with a tick instead of typed."""

from itertools import groupby

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse

from indicators.catalogue import GROUPS, CatalogueEntry, catalogue
from indicators.models import Indicator, IndicatorGroup
from portal.caching import personal_page


class CatalogueForm(forms.Form):
    codes = forms.MultipleChoiceField(
        error_messages={
            "required": "Hãy chọn ít nhất một chỉ tiêu.",
            "invalid_choice": "Danh mục vừa thay đổi. Hãy chọn lại.",
        }
    )

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(entry.code, entry.name) for entry in entries]


class CatalogueAdmin(admin.ModelAdmin):
    """Indicators that can be taken from the usual ones."""

    change_list_template = "admin/indicators/indicator/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(self.choose_usual))
        return [
            path("danh-muc/", view, name="indicators_indicator_catalogue"),
            *super().get_urls(),
        ]

    def choose_usual(self, request):
        """Offer the usual indicators that are not there yet; add those that are ticked."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        entries = _missing()
        sent = request.POST if request.method == "POST" else None
        form = CatalogueForm(sent, entries=entries)
        if form.is_valid():
            chosen = set(form.cleaned_data["codes"])
            added = _add([entry for entry in entries if entry.code in chosen])
            for indicator in added:
                self.log_addition(request, indicator, "Thêm từ danh mục thường dùng.")
            self.message_user(request, f"Đã thêm {len(added)} chỉ tiêu.")
            return redirect(reverse("admin:indicators_indicator_changelist"))
        return render(
            request,
            "admin/indicators/indicator/catalogue.html",
            {
                **self.admin_site.each_context(request),
                "title": "Thêm từ danh mục thường dùng",
                "opts": self.opts,
                "form": form,
                "groups": _grouped(entries),
            },
        )


def _missing() -> list[CatalogueEntry]:
    known = set(Indicator.objects.values_list("code", flat=True))
    return [entry for entry in catalogue() if entry.code not in known]


def _grouped(entries):
    order = list(GROUPS)
    entries = sorted(entries, key=lambda entry: order.index(entry.group))
    parts = groupby(entries, lambda entry: entry.group)
    return [(GROUPS[slug], list(found)) for slug, found in parts]


@transaction.atomic
def _add(entries: list[CatalogueEntry]) -> list[Indicator]:
    added = []
    for entry in entries:
        group, _ = IndicatorGroup.objects.get_or_create(
            slug=entry.group,
            defaults={
                "name": GROUPS[entry.group],
                "position": list(GROUPS).index(entry.group) + 1,
            },
        )
        own = entry._asdict() | {"group": group, "synonyms": "\n".join(entry.synonyms)}
        own["position"] = 1 + group.indicators.count()
        indicator, is_new = Indicator.objects.get_or_create(code=own.pop("code"), defaults=own)
        added += [indicator] if is_new else []
    return added
