"""One row of the entry grid: what is stored, what was typed over it, what stands in the way."""

from copy import copy

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS

from indicators import notation, stated, wording
from indicators.forms import RowForm
from indicators.models import Figure, Indicator
from indicators.plausibility import oddities
from indicators.stated import Stated
from indicators.titles import TitleOf, public_title
from portal.moments import said_at
from portal.people import name_of
from portal.text import clean_line

# What makes a figure one: the constraint figure_says_something asks the same.
_STATED = ("target", "result", "stated_over_plan", "stated_growth", "stated_outcome")


class Row:
    """One indicator: what is stored of it, what was typed over that, what stands in the way."""

    def __init__(
        self,
        indicator: Indicator,
        figure: Figure | None,
        before: Figure | None,
        title_of: TitleOf = public_title,
    ):
        self.title_of = title_of
        self.indicator = indicator
        self.figure = figure
        self.before = before
        self.is_overtaken = False
        self.is_taken_over = False
        self.asks_to_delete = False
        self.form = RowForm(indicator=indicator, initial=self.cells)
        self.changes: set[str] = set()
        self.to_store: Figure | None = None
        self._sent: list | None = None

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
    def seen(self) -> list | None:
        """
        Return what the page shows of the row, to come back with what is typed.

        Of an overtaken row that is still what its first page showed: by sending it again
        nobody agrees to write over the other's number, nor over cells never touched.
        """
        return self._sent if self.is_overtaken else [self.stamp, list(self.cells.values())]

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
        """Return all that is stored in a few words, for somebody about to overwrite it."""
        if self.figure is None:
            return "không còn số liệu nào"
        told = stated.in_brief(self.figure, self.title_of).items()
        return ", ".join(f"{name} {words}" for name, words in told if words)

    @property
    def disagreements(self) -> list[str]:
        return wording.disagreements(self.figure) if self.figure else []

    @property
    def oddities(self) -> list[str]:
        return oddities(self.figure) if self.figure else []

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
        typed = {name: _typed(data.get(self.form.add_prefix(name), "")) for name in self.cells}
        was_stamp, shown = _as_shown(seen, self.cells)
        now = self.cells
        self.changes = {name for name in typed if typed[name] not in {shown[name], now[name]}}
        if not self.changes:
            return
        self._sent = seen
        self.form = RowForm(data, indicator=self.indicator, initial=self.cells)
        self.is_overtaken = was_stamp != self.stamp
        self.is_taken_over = data.get(self.overwrite_name) == self.stamp
        if self.is_overtaken and not self.is_taken_over:
            who = _who_saved(self.figure) if self.figure else "Người khác"
            self.refuse(
                f"{who} đã lưu dòng này sau khi trang được mở. Đang lưu: {self.stored}. Muốn lưu "
                "đè thì đánh dấu vào ô bên dưới; muốn giữ số đang lưu thì gõ lại đúng như vậy."
            )
        elif self.figure is not None and not self.figure_typed_says_something():
            self.asks_to_delete = True

    def refuse(self, sentence: str) -> None:
        self.form.add_error(None, sentence)

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

    def figure_typed_says_something(self) -> bool:
        figure = self.figure_typed()
        return any(getattr(figure, name) not in {None, ""} for name in _STATED)


def _who_saved(figure: Figure) -> str:
    """Return who stored the figure last, as far as the admin's log knows, and when."""
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Figure),
        object_id=str(figure.pk),
        action_time__gte=figure.updated_at,
    )
    entry = logged.select_related("user").order_by("action_time").first()
    return f"{name_of(entry.user) if entry else 'Người khác'}, {said_at(figure.updated_at)},"


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


def _typed(sent: str) -> str:
    """Return what a box says: «-» and «chưa giao» say as much as an empty one."""
    return "" if notation.is_missing(sent) else clean_line(sent)


def _as_shown(seen: list | None, now: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return stamp and cells the page showed; without word of it, a stamp no figure has."""
    if seen is None:
        return "", dict.fromkeys(now, "")
    stamp, cells = seen
    return stamp, dict(zip(now, cells, strict=True))
