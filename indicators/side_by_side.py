"""Several years side by side: a table per territory, an indicator in each row."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from indicators import tables, wording
from indicators.formulas import Assessment
from indicators.models import Figure, Indicator, SeriesBreak, Territory

MOST_YEARS = 6  # that stand beside each other on a desk and on paper


class YearsForm(forms.Form):
    """The first and the last year; both must have figures."""

    tu = forms.TypedChoiceField(label="Từ năm", coerce=int)
    den = forms.TypedChoiceField(label="Đến năm", coerce=int)

    def __init__(self, data, *, years: list[int]):
        super().__init__(_newest(years) | data)
        known = f"{years[-1]}–{years[0]}"
        for name, which in (("tu", "Năm đầu"), ("den", "Năm cuối")):
            field = self.fields[name]
            field.choices = [(year, year) for year in years]
            field.widget.attrs["class"] = "field__input"
            message = f"{which} phải là một năm có số liệu ({known})."
            field.error_messages = {"required": message, "invalid_choice": message}

    def clean(self):
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if first and last and first > last:
            raise forms.ValidationError("Năm đầu phải trước năm cuối, hoặc cùng là một năm.")
        return self.cleaned_data


def _newest(years: list[int]) -> dict[str, int]:
    shown = years[:MOST_YEARS]
    return {"tu": shown[-1], "den": shown[0]}


class Heading(NamedTuple):
    year: int
    broken_by: SeriesBreak | None  # from this year on the territory is another

    @property
    def label(self) -> str:
        return f"{self.year} (địa bàn mới)" if self.broken_by else str(self.year)


class Cell(NamedTuple):
    """What a template takes apart in one step, as tables.Cell is; empty what is not known."""

    heading: Heading
    result: str
    target: str
    amount: str  # what the column sorts by, with a decimal point
    verdict: Assessment | None  # of a result held against a plan

    @property
    def words(self) -> str:
        return f"{self.result} KH{self.target} {self.verdict.label if self.verdict else ''}"


class Line(NamedTuple):
    indicator: Indicator
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """One territory's years; those without any figure of it are left out."""

    territory: Territory
    figures: list[Figure]  # indicator by indicator, each in time order
    breaks: Collection[SeriesBreak] = ()

    @property
    def headings(self) -> list[Heading]:
        years = sorted({figure.year for figure in self.figures})
        broken = {found.year: found for found in self.breaks}
        # A break parts what it stands between: not before the first year shown.
        return [
            Heading(year, _latest(broken, before, year) if before else None)
            for before, year in zip([None, *years], years, strict=False)
        ]

    @property
    def breaks_shown(self) -> list[SeriesBreak]:
        return [heading.broken_by for heading in self.headings if heading.broken_by]

    @property
    def is_wide(self) -> bool:
        return tables.is_wide([cell.words for cell in line.cells] for line in self.lines)

    @cached_property
    def lines(self) -> list[Line]:
        headings = self.headings
        return [
            Line(indicator, _cells(headings, figures))
            for indicator, figures in groupby(self.figures, attrgetter("indicator"))
        ]

    @property
    def width(self) -> int:
        """Return how many columns the table has: name, unit, years."""
        return len(self.headings) + 2

    @property
    def has_derived(self) -> bool:
        return any(figure.target_is_derived for figure in self.figures)


@dataclass(frozen=True)
class SideBySide:
    first: int
    last: int
    tables: list[Table]

    @classmethod
    def of(cls, first: int, last: int):
        by_territory = groupby(Figure.objects.side_by_side(first, last), attrgetter("territory"))
        found = [
            Table(territory, list(figures), territory.breaks.all())
            for territory, figures in by_territory
        ]
        return cls(first, last, found)

    @property
    def title(self) -> str:
        years = f"năm {self.last}" if self.first == self.last else f"{self.first}–{self.last}"
        return f"So sánh chỉ tiêu {years}"

    def get_absolute_url(self):
        years = urlencode({"tu": self.first, "den": self.last})
        return f"{reverse('indicators:side-by-side')}?{years}"


def chosen(data: dict, years: list[int]) -> tuple[YearsForm, SideBySide, list[str]]:
    """
    Return the form, the years it asks for, and why these are not the years of ``data``.

    What cannot be shown gives way to the newest years, too long a time to its end.
    """
    form, problems = YearsForm(data, years=years), []
    if not form.is_valid():
        problems = [message for messages in form.errors.values() for message in messages]
        form = YearsForm({}, years=years)
        form.is_valid()
    first, last = form.cleaned_data["tu"], form.cleaned_data["den"]
    shown = [year for year in years if first <= year <= last][:MOST_YEARS]
    if shown[-1] > first:
        problems.append(f"Mỗi lần so sánh được nhiều nhất {MOST_YEARS} năm.")
        form = YearsForm({"tu": shown[-1], "den": last}, years=years)
    return form, SideBySide.of(shown[-1], last), problems


def _latest(broken: dict[int, SeriesBreak], before: int, year: int) -> SeriesBreak | None:
    """Return the last break after the year ``before`` and not after ``year``."""
    between = [found for found in broken if before < found <= year]
    return broken[max(between)] if between else None


def _cells(headings: list[Heading], figures: Iterable[Figure]) -> list[Cell]:
    by_year = {figure.year: figure for figure in figures}
    return [_cell(heading, by_year.get(heading.year)) for heading in headings]


def _cell(heading: Heading, figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(heading, "", "", "", None)
    amount = "" if figure.result is None else f"{figure.result:f}"
    verdict = figure.assessment if figure.assessment.is_judged else None
    return Cell(heading, _result(figure), _target(figure), amount, verdict)


def _result(figure):
    """Return the number reached, or its growth where the source says no more."""
    if figure.result is not None:
        return tables.unbroken(wording.result(figure))
    return wording.change(figure.stated_growth, figure.indicator.growth_unit)


def _target(figure):
    if figure.target is None:
        return ""
    return f"{tables.unbroken(wording.target(figure))}{wording.derived_mark(figure)}"
