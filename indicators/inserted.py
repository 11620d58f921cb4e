"""
Figures that staff put into articles: how each is named there, shown, and kept joined.

The article holds the words as they were put in, in ``<data value="GTSXCN/tra-vinh/2023/12">``;
what has become of the figure since is asked when the article is shown (decision 23).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from indicators import wording
from indicators.models import Figure, Quotation
from news.checklist.finding import Checked, Finding, Place, quoted
from portal.richtext import Explained, numbers_of_data

TARGET = "ke-hoach"
# The fingerprint of quotations made here; those read from the text carry one of their sentence.
BY_HAND = ""
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


class Inserted(NamedTuple):
    """The result or the target of a figure, as articles name it."""

    figure: Figure
    is_target: bool

    @property
    def value(self) -> str:
        """Return what stands for it in an article: «GTSXCN/tra-vinh/2023/12»."""
        figure = self.figure
        slot = (figure.indicator.code, figure.territory.code, figure.year, figure.months)
        return "/".join(map(str, [*slot, TARGET] if self.is_target else slot))

    @property
    def words(self) -> str:
        """Return the number as stated now: «trên 35.360 tỷ đồng»; empty when there is none."""
        return self._words_of(self.figure)

    @property
    def title(self) -> str:
        figure = self.figure
        kind = "kế hoạch " if self.is_target else ""
        return f"{figure.indicator.name}, {figure.territory.full_name}, {kind}{figure.period}"

    @property
    def status(self) -> str:
        """Return how firm the number is: «sơ bộ»; of a target only that it was worked out."""
        if self.is_target:
            return "kế hoạch suy ra" if self.figure.target_is_derived else ""
        return self.figure.get_stage_display().lower() if self.figure.stage else ""

    def is_what_they_say(self, words: str) -> bool:
        return _say_the_same(self.words, words)

    def revised_at(self, words: str) -> datetime | None:
        """Return since when ``words`` no longer hold; None if they hold or never did."""
        if self.is_what_they_say(words):
            return None
        former = [(self._words_of(revision), revision) for revision in self.figure.revisions.all()]
        if not any(_say_the_same(said, words) for said, _ in former):
            return None
        # Newest first: what stands now came when something else was last replaced.
        changes = (
            revision.replaced_at for said, revision in former if not self.is_what_they_say(said)
        )
        return next(changes, None)

    def explained(self, words: str) -> Explained:
        """Return what readers see with the words of an article."""
        return Explained(self.figure.indicator.get_absolute_url(), self.title, self._remark(words))

    def _remark(self, words):
        if self.is_what_they_say(words):
            return self.status
        if (revised_at := self.revised_at(words)) is None:
            return ""
        day = f"{timezone.localtime(revised_at):%d/%m/%Y}"
        if not self.words:
            return f"số liệu đã được rút lại ngày {day}"
        now = ", ".join(filter(None, [self.words, self.status]))
        return f"số liệu đã được điều chỉnh ngày {day}: {now}"

    def _words_of(self, statement):
        figure = self.figure
        stated = Figure(
            indicator=figure.indicator,
            territory=figure.territory,
            year=figure.year,
            months=figure.months,
            **statement.said,
        )
        if self.is_target:
            return _target_words(stated)
        if stated.result is None:
            return ""
        is_change = figure.indicator.is_change
        return wording.rate(stated) if is_change else wording.result(stated, figure.indicator.unit)


def explainer(html: str) -> Callable[[str, str], Explained | None]:
    """Return what tells readers about the figures in a text: one query, none without any."""
    numbers = numbers_of_data(html)
    known = find(value for value, _ in numbers)
    _fetch_revisions(known, numbers)

    def explain(value: str, words: str) -> Explained | None:
        return known[value].explained(words) if value in known else None

    return explain


def find(values: Iterable[str]) -> dict[str, Inserted]:
    """Return what is inserted under each of ``values``; those unknown left out."""
    slots = {value: value.split("/") for value in values}
    if not slots:
        return {}
    wanted = (
        Q(indicator__code=code, territory__code=territory, year=year, months=months)
        for code, territory, year, months, *_ in slots.values()
    )
    figures = Figure.objects.filter(reduce(or_, wanted)).select_related("indicator", "territory")
    both = (Inserted(figure, is_target) for figure in figures for is_target in (False, True))
    return {inserted.value: inserted for inserted in both if inserted.value in slots}


def join(article) -> None:
    """Have an article quote the figures put into it, and no longer those taken out."""
    values = [value for value, _ in numbers_of_data(article.body)]
    figures = {inserted.figure.pk: inserted.figure for inserted in find(values).values()}
    article.quotations.filter(fingerprint=BY_HAND).exclude(figure__in=figures).delete()
    Quotation.objects.bulk_create(
        [
            Quotation(figure=figure, article=article, fingerprint=BY_HAND)
            for figure in figures.values()
        ],
        ignore_conflicts=True,
    )


def figures_have_changed(checked: Checked) -> Iterator[Finding]:
    """Yield the inserted figures that are gone or no longer say what the article says."""
    numbers = numbers_of_data(checked.article.body)
    known = find(value for value, _ in numbers)
    _fetch_revisions(known, numbers)
    for position, (value, words) in enumerate(numbers):
        place = Place("body", "data", position)
        if value not in known:
            message = (
                f"Số liệu đã chèn {quoted(words)} không còn trong cơ sở dữ liệu: hãy chèn lại, "
                "nếu không người đọc chỉ thấy chữ."
            )
            yield Finding(message, place)
        elif known[value].revised_at(words):
            message = (
                f"Số liệu đã chèn {quoted(words)} nay là {known[value].words or 'chưa có số'}: "
                "hãy chèn lại; nếu giữ nguyên, bài tự ghi chú số mới."
            )
            yield Finding(message, place)
        elif not known[value].is_what_they_say(words):
            message = f"Chữ {quoted(words)} không khớp số đã lưu là {known[value].words}."
            yield Finding(message, place)


def _fetch_revisions(known, numbers) -> None:
    """Fetch the former statements of those figures alone that the text states otherwise."""
    changed = {
        known[value].figure.pk: known[value].figure
        for value, words in numbers
        if value in known and not known[value].is_what_they_say(words)
    }
    prefetch_related_objects(list(changed.values()), "revisions")


def _say_the_same(words, others) -> bool:
    """Compare by numbers, so that words may follow the grammar of a sentence."""
    numbers = _NUMBER.findall(words)
    return numbers == _NUMBER.findall(others) if numbers else words == others


def _target_words(figure):
    if figure.target is None:
        return ""
    unit = figure.indicator.unit
    if not figure.indicator.is_change:
        return wording.target(figure, unit)
    return (
        f"tăng {wording.target(figure, unit)}"
        if figure.target > 0
        else wording.change(figure.target)
    )
