"""All rows of the entry grid, stored together or not at all."""

import json
from collections.abc import Callable
from copy import copy
from itertools import groupby
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indicators import rules
from indicators.entry.rows import Row
from indicators.forms import RowForm
from indicators.models import Figure, Indicator, SeriesBreak
from indicators.period import Period
from indicators.titles import TitleOf, public_title

MOST_INDICATORS = 150  # a form of more fields than Django reads would be refused as a whole


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


class Grid:
    """All rows of one period; ``data`` is what was sent."""

    def __init__(
        self,
        period: Period,
        data=None,
        group: str = "",
        most: int | None = MOST_INDICATORS,
        title_of: TitleOf = public_title,
    ):
        self.period = period
        figures = _figures(period)
        indicators = Indicator.objects.in_order()
        if group:
            indicators = indicators.filter(group__slug=group)
        self.all_rows = indicators.count()
        self.rows = [
            Row(indicator, figures.get((indicator.pk, period.year)),
                figures.get((indicator.pk, period.year - 1)), title_of)
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

    def save(
        self, source: dict, by, may_delete: bool, data, log: Callable[[Counts], None]
    ) -> Counts | None:
        """
        Store and ``log`` every changed row and say how many; None when nothing is stored.

        Then a row is wrong, or somebody was faster by a moment and the grid wants to be read
        anew. ``source`` is what SourceForm read; an empty box of it leaves what is stored.
        """
        for row in self.changed:
            self._check(row, source, may_delete, data)
        if self.wrong:
            return None
        try:
            with transaction.atomic():
                counts = self._store(by)
                log(counts)
        except (IntegrityError, Figure.DoesNotExist):
            return None
        return counts

    def _check(self, row: Row, source: dict, may_delete: bool, data) -> None:
        if row.form.errors:
            return
        if row.asks_to_delete:
            if not may_delete:
                row.refuse(
                    "Tài khoản này không có quyền xóa số liệu: hãy để lại ít nhất một ô có số."
                )
            elif data.get(row.delete_name) != row.stamp:
                row.refuse(
                    f"Để trống cả dòng là xóa số liệu. Đang lưu: {row.stored}. Nếu đúng, hãy đánh "
                    "dấu vào ô bên dưới."
                )
            return
        if not row.figure_typed_says_something():
            row.refuse("Có loại số liệu nhưng chưa có con số nào. Hãy ghi số hoặc bỏ loại số liệu.")
            return
        figure = row.figure_typed()
        for attribute, value in self.period.slot.items():
            setattr(figure, attribute, value)
        takes_stage = "result" in row.changes and "stage" not in row.changes
        if takes_stage and (refusal := _step_back(figure.stage, source["stage"])):
            row.refuse(refusal)
            return
        _apply_source(figure, source, takes_stage)
        try:
            # What one field rules out. RowForm answers for rules that span several, as asking
            # the database for each of them takes a query; it has the last word when it stores.
            figure.clean_fields(exclude=("indicator", "territory", "article"))
        except ValidationError as refusal:
            for sentence in refusal.messages:
                row.refuse(sentence)
        row.to_store = figure

    def _store(self, by) -> Counts:
        self._hold()
        counts = Counts([], [], [])
        for row in self.changed:
            if row.asks_to_delete:
                counts.deleted.append(copy(row.figure))  # the log wants the key it had
                row.figure.delete()
                continue
            try:
                row.to_store.save(by=by)
            except IntegrityError as error:
                if (rule := rules.broken_by(error)) != rules.TAKEN:
                    row.refuse(rules.in_words(rule))
                raise
            (counts.changed if row.figure else counts.added).append(row.to_store)
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


def _step_back(stored: str, stated: str) -> str:
    """Say why the sitting's stage may not stand beside a new number; empty where it may."""
    stored, stated = Figure.Stage(stored), Figure.Stage(stated)
    if not stated or stated.rank >= stored.rank:
        return ""
    return (
        f"Số đang lưu là số {stored.label.lower()}, còn nguồn lần này ghi {stated.label.lower()}. "
        f"Nếu đúng là thay bằng số {stated.label.lower()} thì hãy chọn ở cột “Loại số liệu” của "
        "dòng; nếu không thì để trống loại số liệu ở phần nguồn."
    )


def _apply_source(figure: Figure, source: dict, takes_stage: bool) -> None:
    if source["article"] or source["source"]:
        figure.article, figure.source = source["article"], source["source"]
    if source["note"]:
        figure.note = source["note"]
    if source["stage"] and takes_stage:
        figure.stage = source["stage"]


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
