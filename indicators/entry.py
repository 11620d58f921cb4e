"""
The entry grid: one territory's figures of one period, typed and saved all together.

A row is changed where a cell says something else than the page showed. Only those cells are
stored, and only if nobody stored the figure meanwhile: what the page showed comes back with it.
"""

import json
from copy import copy
from itertools import groupby
from typing import NamedTuple

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from indicators import stated, wording
from indicators.forms import RowForm
from indicators.models import Figure, Indicator, SeriesBreak, Territory
from indicators.stated import Stated
from portal.moments import said_at
from portal.people import name_of
from portal.text import clean_line

MOST_ROWS = 150  # a form of more fields than Django reads would be refused as a whole
_STATED = (
    "target",
    "target_upper",
    "result",
    "stated_over_plan",
    "stated_growth",
    "stated_outcome",
)


class Period(NamedTuple):
    territory: Territory
    year: int
    months: int = 12

    def __str__(self):
        return f"{Figure(year=self.year, months=self.months).period}, {self.territory}"

    @property
    def slot(self) -> dict:
        return {"territory": self.territory, "year": self.year, "months": self.months}


class Counts(NamedTuple):
    """How many rows of a grid were stored, and how."""

    added: list[Figure]
    changed: list[Figure]
    deleted: list[Figure]

    def __str__(self):
        parts = [
            (self.added, "thêm mới"),
            (self.changed, "sửa"),
            (self.deleted, "xóa"),
        ]
        return ", ".join(f"{word} {len(figures)}" for figures, word in parts if figures)


class Row:
    """One indicator: what is stored of it, what was typed over that, what stands in the way."""

    def __init__(self, indicator: Indicator, figure: Figure | None, before: Figure | None):
        self.indicator = indicator
        self.figure = figure
        self.before = before
        self.is_in_conflict = False
        self.asks_to_delete = False
        self.form = RowForm(indicator=indicator, initial=self.cells)
        self.changes: set[str] = set()
        self.to_store: Figure | None = None

    @property
    def cells(self) -> dict[str, str]:
        """Return what is stored as it would be typed."""
        if (figure := self.figure) is None:
            return dict.fromkeys(RowForm.base_fields, "")
        target = Stated(figure.target, figure.target_upper, figure.target_qualifier)
        return {
            "target": stated.written(target),
            "result": stated.written(Stated(figure.result, None, figure.result_qualifier)),
            "over_plan": stated.written_over_plan(figure.stated_over_plan),
            "growth": stated.written_change(figure.stated_growth),
            "stage": figure.stage,
        }

    @property
    def stamp(self) -> str:
        """Return what tells this state of the figure from every other."""
        return self.figure.updated_at.isoformat() if self.figure else ""

    @property
    def seen(self) -> list:
        return [self.stamp, list(self.cells.values())]

    @property
    def year_before(self) -> str:
        """Return the result of the year before, with its word; as implied where none is stored."""
        if self.figure is not None and self.figure.previous_result is not None:
            return wording.previous(self.figure)
        return wording.result(self.before) if self.before else wording.number(None)

    @property
    def is_derived_before(self) -> bool:
        return self.before is None and self.figure is not None and self.figure.previous_is_derived

    @property
    def shown(self) -> str:
        """Return how readers see what is stored."""
        if self.figure is None:
            return ""
        seen = [self.figure.assessment.label, wording.remarks(self.figure)]
        return ": ".join(filter(None, seen))

    @property
    def stored(self) -> str:
        """Return what is stored in a few words, for somebody about to overwrite it."""
        if self.figure is None:
            return "không còn số liệu nào"
        parts = [
            ("KH", wording.target(self.figure), self.figure.target),
            ("TH", wording.result(self.figure), self.figure.result),
            ("TH/KH", f"{self.cells['over_plan']}%", self.figure.stated_over_plan),
            ("tăng, giảm", f"{self.cells['growth']}%", self.figure.stated_growth),
        ]
        told = [f"{name} {words}" for name, words, value in parts if value is not None]
        stage = self.figure.get_stage_display() if self.figure.stage else ""
        return ", ".join([*told, *filter(None, [stage.lower()])]) or "không có con số"

    @property
    def disagreements(self) -> list[str]:
        return wording.disagreements(self.figure) if self.figure else []

    @property
    def refusals(self) -> list[tuple[str, str]]:
        """Return (id of the box, sentence) for everything that is wrong with the row."""
        found = [
            (self.form.add_prefix(name) if name != NON_FIELD_ERRORS else self.form.prefix, sentence)
            for name, sentences in self.form.errors.items()
            for sentence in sentences
        ]
        return [(f"o-{box}", sentence) for box, sentence in found]

    def take(self, data, seen: list | None) -> None:
        """Bind what was sent, if it is something else than ``seen``, what the page had shown."""
        if self.form.add_prefix("target") not in data:
            return  # the row was not on the page: a new indicator
        typed = {name: clean_line(data.get(self.form.add_prefix(name), "")) for name in self.cells}
        was_stamp, shown = _as_shown(seen, self.cells)
        now = self.cells
        self.changes = {name for name in typed if typed[name] not in {shown[name], now[name]}}
        if not self.changes:
            return
        self.form = RowForm(data, indicator=self.indicator, initial=self.cells)
        is_taken_over = data.get(self.overwrite_name) == self.stamp
        if was_stamp != self.stamp and not is_taken_over:
            self.is_in_conflict = True
            who = _who_saved(self.figure) if self.figure else "Người khác"
            self.form.add_error(
                None,
                f"{who} đã lưu dòng này sau khi ông/bà mở trang. Đang lưu: {self.stored}. Muốn giữ "
                "số đang lưu thì hãy gõ lại như vậy.",
            )
        elif self.figure is not None and not self._says_something(self.figure_typed()):
            self.asks_to_delete = True

    @property
    def overwrite_name(self) -> str:
        return f"{self.form.prefix}-overwrite"

    @property
    def delete_name(self) -> str:
        return f"{self.form.prefix}-delete"

    def figure_typed(self) -> Figure:
        """Return the figure as it would be stored; not stored yet."""
        figure = copy(self.figure) if self.figure else Figure(indicator=self.indicator)
        told = self.form.cleaned_data if self.form.is_valid() else {}
        for name in self.changes & told.keys():
            for attribute, value in _stored_as(name, told[name]).items():
                setattr(figure, attribute, value)
        if "target" in self.changes:
            figure.target_is_derived = False  # what somebody types was stated by someone
        return figure

    @staticmethod
    def _says_something(figure: Figure) -> bool:
        return any(getattr(figure, name) not in {None, ""} for name in _STATED)


class Grid:
    """All rows of one period; ``data`` is what was sent."""

    def __init__(self, period: Period, data=None, group: str = "", most: int | None = MOST_ROWS):
        self.period = period
        figures = _figures(period)
        indicators = Indicator.objects.in_order()
        if group:
            indicators = indicators.filter(group__slug=group)
        self.all_rows = indicators.count()
        self.rows = [
            Row(indicator, figures.get((indicator.pk, period.year)),
                figures.get((indicator.pk, period.year - 1)))
            for indicator in indicators[:most]
        ]  # fmt: skip
        if data is not None:
            seen = seen_in(data.get("_revision", ""))
            for row in self.rows:
                row.take(data, seen.get(str(row.indicator.pk)))

    @property
    def is_cut(self) -> bool:
        return self.all_rows > len(self.rows)

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        found = groupby(self.rows, lambda row: row.indicator.group)
        return [(group.name, list(rows)) for group, rows in found]

    @property
    def seen(self) -> str:
        """Return what the page shows, to be sent back with what is typed."""
        return json.dumps({row.indicator.pk: row.seen for row in self.rows}, ensure_ascii=False)

    @property
    def break_reason(self) -> str | None:
        breaks = SeriesBreak.objects.filter(territory=self.period.territory, year=self.period.year)
        return breaks.values_list("reason", flat=True).first()

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.changes]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.form.errors]

    def save(self, source: dict, by, may_delete: bool, data) -> Counts | None:
        """
        Store every changed row and say how many; None when a row is wrong: then nothing is.

        ``source`` is what SourceForm read; an empty box of it leaves what is stored.
        """
        for row in self.changed:
            self._check(row, source, may_delete, data)
        if self.wrong:
            return None
        try:
            with transaction.atomic():
                return self._store(by)
        except (IntegrityError, Figure.DoesNotExist):
            # Somebody was faster by a moment; the page shown next holds what they stored.
            return None

    def _check(self, row: Row, source: dict, may_delete: bool, data) -> None:
        if row.form.errors:
            return
        if row.asks_to_delete:
            if not may_delete:
                row.form.add_error(
                    None, "Ông/bà không có quyền xóa số liệu: hãy để lại ít nhất một ô."
                )
            elif data.get(row.delete_name) != row.stamp:
                row.form.add_error(
                    None, f"Dòng để trống thì số liệu bị xóa. Đang lưu: {row.stored}."
                )
            return
        figure = row.figure_typed()
        for attribute, value in self.period.slot.items():
            setattr(figure, attribute, value)
        if not row._says_something(figure):
            row.form.add_error(None, "Có loại số liệu nhưng chưa có con số nào.")
            return
        _apply_source(figure, source, "result" in row.changes and "stage" not in row.changes)
        slot = ("indicator", "territory", "article")  # known to exist; free as far as was seen
        try:
            figure.clean_fields(exclude=slot)
            figure.validate_constraints(exclude=slot)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                row.form.add_error(None, sentence)
        row.to_store = figure

    def _store(self, by) -> Counts:
        self._hold()
        counts = Counts([], [], [])
        for row in self.changed:
            if row.figure is None:
                row.to_store.save(by=by)
                counts.added.append(row.to_store)
            elif row.asks_to_delete:
                counts.deleted.append(copy(row.figure))  # the log wants the key it had
                row.figure.delete()
            else:
                row.to_store.save(by=by)
                counts.changed.append(row.to_store)
        return counts

    def _hold(self) -> None:
        """Lock what is written over, all in one order; raise if it is not what was compared."""
        compared = {row.figure.pk: row.figure.updated_at for row in self.changed if row.figure}
        held = Figure.objects.select_for_update().filter(pk__in=compared).order_by("pk")
        if dict(held.values_list("pk", "updated_at")) != compared:
            raise Figure.DoesNotExist


def _figures(period: Period) -> dict[tuple[int, int], Figure]:
    """Return the stored figures of the period and of the year before by (indicator, year)."""
    years = (period.year, period.year - 1)
    found = Figure.objects.filter(
        territory=period.territory, months=period.months, year__in=years
    ).with_previous()
    return {
        (figure.indicator_id, figure.year): figure
        for figure in found.select_related("indicator", "territory")
    }


def _who_saved(figure: Figure) -> str:
    """Return who stored the figure last, as far as the admin's log knows, and when."""
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Figure),
        object_id=str(figure.pk),
        action_time__gte=figure.updated_at,
    )
    entry = logged.select_related("user").order_by("action_time").first()
    return f"{name_of(entry.user) if entry else 'Người khác'}, {said_at(figure.updated_at)},"


def _apply_source(figure: Figure, source: dict, takes_stage: bool) -> None:
    if source["article"] or source["source"]:
        figure.article, figure.source = source["article"], source["source"]
    if source["note"]:
        figure.note = source["note"]
    if source["stage"] and takes_stage:
        figure.stage = source["stage"]


def _stored_as(name: str, told) -> dict:
    if name == "target":
        return {
            "target": told.value,
            "target_upper": told.upper,
            "target_qualifier": told.qualifier,
        }
    if name == "result":
        return {"result": told.value, "result_qualifier": told.qualifier}
    return {{"over_plan": "stated_over_plan", "growth": "stated_growth"}.get(name, name): told}


def _as_shown(seen: list | None, now: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return stamp and cells the page showed; without word of it, a stamp no figure has."""
    if seen is None:
        return "", dict.fromkeys(now, "")
    stamp, cells = seen
    return stamp, dict(zip(now, cells, strict=True))


def seen_in(sent: str) -> dict[str, list]:
    """Return what the page says it showed; nothing where that was tampered with."""
    try:
        found = json.loads(sent)
        items = found.items()
    except (ValueError, AttributeError, RecursionError):
        return {}
    return {key: seen for key, seen in items if _is_seen(seen)}


def _is_seen(seen) -> bool:
    match seen:
        case [str(), [*cells]]:
            is_whole = len(cells) == len(RowForm.base_fields)
            return is_whole and all(isinstance(cell, str) for cell in cells)
    return False
