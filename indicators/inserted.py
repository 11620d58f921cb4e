"""
Figures that staff put into articles: how each is named there, shown, and kept joined.

The article holds the words as they were put in, in ``<data value="GTSXCN/tra-vinh/2023/12">``;
what has become of the figure since is asked when the article is shown (decision 23).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from itertools import islice

from django.db.models import CharField, Value, prefetch_related_objects
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from indicators import wording
from indicators.models import Figure, Quotation
from indicators.printed import say_the_same
from indicators.wording.numbers import planned_change
from news.checklist.finding import Checked, Finding, Place, quoted
from portal.richtext import Explained, numbers_of_data

TARGET = "ke-hoach"
# The fingerprint of quotations made here; those read from the text carry one of their sentence.
BY_HAND = ""
# The most figures of one text that are looked up; a yearly report of a province states half of it.
MOST = 200
_SLOT = Concat(
    "indicator__code",
    Value("/"),
    "territory__code",
    Value("/"),
    Cast("year", CharField()),
    Value("/"),
    Cast("months", CharField()),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Inserted:
    """The result or the target of a figure, as articles name it."""

    figure: Figure
    is_target: bool

    @property
    def value(self) -> str:
        """Return what stands for it in an article: «GTSXCN/tra-vinh/2023/12»."""
        figure = self.figure
        slot = (figure.indicator.code, figure.territory.code, figure.year, figure.months)
        return "/".join(map(str, [*slot, TARGET] if self.is_target else slot))

    @cached_property
    def words(self) -> str:
        """Return the number as stated now: «trên 35.360 tỷ đồng»; empty when there is none."""
        return self._words_of(self.figure)

    @cached_property
    def address(self) -> str:
        return self.figure.indicator.get_absolute_url()

    @cached_property
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
        return say_the_same(words, self.words)

    def revised_at(self, words: str) -> datetime | None:
        """Return since when ``words`` no longer hold; None if they hold or never did."""
        if self.is_what_they_say(words):
            return None
        if not any(say_the_same(words, said) for said, _ in self._former):
            return None
        # Newest first: what stands now came when something else was last replaced.
        changes = (at for said, at in self._former if not self.is_what_they_say(said))
        return next(changes, None)

    def explained(self, words: str) -> Explained:
        """Return what readers see with the words of an article."""
        return Explained(self.address, self.title, self._remark(words))

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

    @cached_property
    def _former(self):
        """What the number was before, and until when, newest first."""
        revisions = self.figure.revisions.all()
        return [(self._words_of(revision), revision.replaced_at) for revision in revisions]

    def _words_of(self, statement):
        indicator = self.figure.indicator
        stated = Figure(indicator=indicator, **statement.said)
        if self.is_target:
            return _target_words(stated)
        if stated.result is None:
            return ""
        if not indicator.is_change:
            return wording.result(stated, indicator.unit)
        # A rate of change is not set against the year before, so that nobody need ask for it.
        stated.previous, stated.previous_qualifier, stated.break_reason = None, "", None
        return wording.rate(stated)


def explainer(html: str) -> Callable[[str, str], Explained | None]:
    """Return what tells readers about the figures in a text: one query, none without any."""
    numbers = numbers_of_data(html)
    known = find(value for value, _ in numbers)
    _fetch_revisions(known, numbers)

    @cache
    def explain(value: str, words: str) -> Explained | None:
        return known[value].explained(words) if value in known else None

    return explain


def find(values: Iterable[str]) -> dict[str, Inserted]:
    """Return what is inserted under the first of ``values``; those unknown left out."""
    wanted = _looked_up(values)
    if not wanted:
        return {}
    slots = {value.removesuffix(f"/{TARGET}") for value in wanted}
    codes, territories, years, _ = zip(*(slot.split("/") for slot in slots), strict=True)
    # By columns first, which have an index; together they cover more than the slots wanted.
    figures = (
        Figure.objects.filter(
            indicator__code__in=codes, territory__code__in=territories, year__in=years
        )
        .alias(slot=_SLOT)
        .filter(slot__in=slots)
        .select_related("indicator", "territory")
    )
    both = (Inserted(figure, is_target) for figure in figures for is_target in (False, True))
    return {inserted.value: inserted for inserted in both if inserted.value in wanted}


def _looked_up(values: Iterable[str]) -> set[str]:
    return set(islice(dict.fromkeys(values), MOST))


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
    wanted = _looked_up(value for value, _ in numbers)
    known = find(wanted)
    _fetch_revisions(known, numbers)
    if any(value not in wanted for value, _ in numbers):
        message = (
            f"Bài chèn hơn {MOST} số liệu khác nhau: cổng chỉ theo dõi {MOST} số đầu tiên, "
            "các số sau chỉ là chữ."
        )
        yield Finding(message, Place("body"))
    for position, (value, words) in enumerate(numbers):
        message = _advice(known.get(value), words) if value in wanted else ""
        if message:
            yield Finding(message, Place("body", "data", position))


def _advice(inserted: Inserted | None, words: str) -> str:
    """Return what is to be done about a number in an article; empty where it still holds."""
    if inserted is None:
        return (
            f"Số liệu đã chèn {quoted(words)} không còn trên cổng: hãy chèn lại, "
            "nếu không người đọc chỉ thấy chữ, không có nguồn và ghi chú."
        )
    if inserted.is_what_they_say(words):
        return ""
    if not inserted.words:
        return (
            f"Số liệu đã chèn {quoted(words)} hiện không có trên cổng, có thể đã được rút lại: "
            "hãy xem lại câu này."
        )
    if inserted.revised_at(words):
        return (
            f"Số liệu đã chèn {quoted(words)} nay là {inserted.words}: "
            "hãy chèn lại; nếu giữ nguyên, bài tự ghi chú số mới."
        )
    return (
        f"{quoted(words)} không khớp số đã lưu là {inserted.words}: hãy chèn lại hoặc sửa chữ "
        "cho đúng."
    )


def _fetch_revisions(known, numbers) -> None:
    """Fetch the former statements of those figures alone that the text states otherwise."""
    changed = {
        known[value].figure.pk: known[value].figure
        for value, words in numbers
        if value in known and not known[value].is_what_they_say(words)
    }
    prefetch_related_objects(list(changed.values()), "revisions")


def _target_words(figure):
    if figure.target is None:
        return ""
    if figure.indicator.is_change:
        return planned_change(figure)
    return wording.target(figure, figure.indicator.unit)
