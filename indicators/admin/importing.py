"""The pages on which a table of figures is taken out of a file: choose it, look, confirm."""

import re

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from indicators.forms import ImportForm, PeriodForm, UploadForm
from indicators.importing import files, resource, template
from indicators.importing.plans import Plan, plan
from indicators.importing.sheets import ImportRefusal, Sheet
from indicators.importing.tables import Table
from indicators.models import Figure, Territory
from indicators.period import Period
from indicators.titles import titles_for
from portal.caching import personal_page
from portal.documents import CONTENT_TYPES
from portal.text import fold

_OTHER = re.compile(r"[\W_]+")  # whatever stands between words
_KEPT = 12 * 60 * 60  # seconds in which a preview may be confirmed

EXPIRED = "Bản xem trước đã quá 12 giờ hoặc không còn nguyên vẹn. Hãy chọn lại tệp."
CHANGED = (
    "Chưa lưu: lựa chọn hoặc số liệu đang lưu đã thay đổi so với bản vừa xem. "
    "Hãy xem lại bảng dưới đây rồi lưu."
)


class ImportingAdmin(admin.ModelAdmin):
    """Figures that can be taken out of a file."""

    def get_urls(self):
        view = self.admin_site.admin_view(personal_page(self.import_table))
        example = self.admin_site.admin_view(personal_page(require_safe(self.import_template)))
        return [
            path("nhap-tep/", view, name="indicators_figure_import"),
            path("nhap-tep/mau/", example, name="indicators_figure_import_template"),
            *super().get_urls(),
        ]

    def import_table(self, request):
        """Ask for a file; show what it would change; store that once it is confirmed."""
        self._refuse_strangers(request)
        if "sheet" in request.POST:
            return self._go_on(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent)
        if form.is_valid():
            try:
                upload = form.cleaned_data["file"]
                table, remarks = Table.of_file(files.read(upload))
                kept = {"file": upload.name, "sheet": table.kept.as_json, "remarks": remarks}
            except ImportRefusal as refusal:
                form.add_error("file", str(refusal))
            else:
                options = _form(request, table, _guessed(table))
                return self._preview(request, kept, table, options)
        return self._ask(request, form)

    def import_template(self, request):
        """Answer with the standard table of a territory, ready to be filled in."""
        self._refuse_strangers(request)
        form = PeriodForm(request.GET)
        if not form.is_valid():
            for sentences in form.errors.values():
                self.message_user(request, sentences[0], messages.ERROR)
            return redirect("admin:indicators_figure_import")
        chosen = form.cleaned_data
        period = Period(chosen["dia-ban"], chosen["nam"], chosen["thang"])
        name = f"mau-{period.territory.code}-{period.year}.xlsx"
        return HttpResponse(
            template.workbook(period),
            content_type=CONTENT_TYPES["xlsx"],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _refuse_strangers(self, request):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied

    def _ask(self, request, form):
        home = Territory.objects.first()
        newest = Figure.objects.filter(territory=home).latest_year()
        context = {
            "form": form,
            "period_form": PeriodForm(
                initial={"dia-ban": home and home.code, "nam": newest, "thang": 12}
            ),
        }
        return self._page(request, "admin/indicators/figure/import.html", context)

    def _go_on(self, request):
        """Show the preview again, or store what it showed."""
        try:
            kept = signing.loads(request.POST["sheet"], salt=_salt(request), max_age=_KEPT)
        except signing.BadSignature:
            form = UploadForm()
            self.message_user(request, EXPIRED, messages.ERROR)
            return self._ask(request, form)
        table = Table(Sheet.from_json(kept["sheet"]))
        options = _form(request, table, request.POST)
        if "_confirm" not in request.POST or not options.is_valid():
            return self._preview(request, kept, table, options)
        try:
            stored = self._store(request, table, options, f"Nhập từ tệp {kept['file']}.")
        except ImportRefusal:  # said by the preview
            stored = None
        if stored is None:
            return self._preview(request, kept, table, options, CHANGED)
        words = f"thêm mới {len(stored.added)}, sửa {len(stored.changed)}"
        self.message_user(request, f"Đã nhập từ tệp “{kept['file']}”: {words}.", messages.SUCCESS)
        return redirect(_grid_of(options))

    @transaction.atomic
    def _store(self, request, table, options, words):
        """Store and log what the preview showed; None, and nothing, if it shows no more."""
        made = _plan(request, table, options)
        if made.digest != request.POST.get("digest") or not resource.lock(made.to_store):
            return None
        resource.refuse_unsound(made.to_store)  # as the preview did: what it refused is left out
        stored = made.to_store and resource.store(made.to_store, request.user)
        if not stored:
            return None
        for flag, figures in ((ADDITION, stored.added), (CHANGE, stored.changed)):
            LogEntry.objects.log_actions(request.user.pk, figures, flag, change_message=words)
        return stored

    def _preview(self, request, kept, table, options, refusal=""):
        made, digest = None, ""
        if options.is_valid():
            try:
                made = _plan(request, table, options)
                digest = made.digest
                resource.refuse_unsound(made.to_store)
            except ImportRefusal as refused:
                refusal = str(refused)
        context = {
            "form": options,
            "plan": made,
            "digest": digest,
            "file_name": kept["file"],
            "sheet_name": table.sheet.name,
            "remarks": [*kept["remarks"], *(made.remarks if made else [])],
            "refusal": refusal,
            "sheet": signing.dumps(kept, salt=_salt(request), compress=True),
            "media": self.media + options.media,
        }
        context["title"] = "Xem trước số liệu từ tệp"
        context["is_nav_sidebar_enabled"] = False  # the table needs the width
        return self._page(request, "admin/indicators/figure/import_preview.html", context)

    def _page(self, request, template_name, context):
        shared = self.admin_site.each_context(request)
        more = {"title": "Nhập số liệu từ tệp", "opts": self.opts, "media": self.media}
        return render(request, template_name, {**shared, **more, **context})


def _salt(request) -> str:
    return f"indicators.importing.{request.user.pk}"


def _form(request, table: Table, data) -> ImportForm:
    kinds = {column.kind for column in table.columns}
    says_where = bool({"territory", "territory_code"} & kinds)
    says_when = "year" in kinds
    return ImportForm(data, user=request.user, says_where=says_where, says_when=says_when)


def _guessed(table: Table) -> dict:
    """Return what the file seems to be about, for whoever imports it to confirm."""
    place = _named_in(" ".join(table.titles)) or Territory.objects.first()
    return {
        "territory": place.pk if place else "",
        "year": table.year or "",
        "months": table.months,
        "stage": Figure.Stage.ESTIMATED if table.is_estimated else "",
    }


def _named_in(titles: str) -> Territory | None:
    """Return the territory whose name stands in the titles as whole words, the longest name."""
    said = _words(titles)
    named = [place for place in Territory.objects.all() if _words(place.name) in said]
    return max(named, key=lambda place: len(place.name), default=None)


def _words(line: str) -> str:
    return f" {_OTHER.sub(' ', fold(line)).strip()} "


def _plan(request, table: Table, options: ImportForm) -> Plan:
    chosen = options.cleaned_data
    period = Period(chosen["territory"], chosen["year"], chosen["months"])
    return plan(table, period, chosen, titles_for(request.user))


def _grid_of(options: ImportForm) -> str:
    chosen = options.cleaned_data
    if not (chosen["territory"] and chosen["year"]):
        return reverse("admin:indicators_figure_changelist")
    query = f"nam={chosen['year']}&dia-ban={chosen['territory'].code}&thang={chosen['months']}"
    return f"{reverse('admin:indicators_figure_grid')}?{query}"
