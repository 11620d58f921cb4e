"""
Whether an article's text states what its own numbers, and the stored figures, give.

What the reader of prose left open is not judged, nor is a month or a quarter, another place, or
a comparison with anything but the year before. Of several numbers a sentence may rest on, one
that agrees is enough.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from indicators import reading, rounding, wording
from indicators.article_text import own_names, territory_of
from indicators.checking import disagreement
from indicators.checking.disagreement import ARTICLE, Disagreement, What
from indicators.checking.shares import share, too_large
from indicators.formulas import HUNDRED, Direction
from indicators.inserted import Inserted
from indicators.models import Figure, Indicator
from indicators.reading import Reading

STORED = "(số đã lưu)"


class Number(NamedTuple):
    """A number beside which a statement is put."""

    value: Decimal
    said: str
    allowed: rounding.Interval


class Known(NamedTuple):
    """The indicators by code, and the stored figures of one territory by code, year, months."""

    subjects: dict[str, reading.Subject]
    figures: dict[tuple, Figure]
    breaks: frozenset[int] = frozenset()  # the first years of another territory

    def target(self, slot) -> Number | None:
        figure = self.figures.get(slot)
        if figure is None or figure.target_is_derived or figure.target_upper is not None:
            return None
        return _stored(figure, figure.target, figure.target_qualifier)

    def result(self, slot) -> Number | None:
        figure = self.figures.get(slot)
        return figure and _stored(figure, figure.result, figure.result_qualifier)

    def previous(self, slot) -> Number | None:
        """Return the stored result of the year before; across a break only as restated."""
        code, year, months = slot
        if slot in self.figures:
            figure = self.figures[slot]
            return _stored(figure, figure.previous, figure.previous_qualifier or "")
        return None if year in self.breaks else self.result((code, year - 1, months))

    def direction(self, slot) -> str:
        figure = self.figures.get(slot)
        return figure.indicator.direction if figure else Direction.HIGHER


def disagreements(article, text: str) -> list[Disagreement]:
    """Return what does not follow in ``text``, the words of an article, in reading order."""
    subjects = Indicator.objects.subjects()
    published = timezone.localdate(article.published_at or article.created_at)
    if not subjects:
        return []
    territory = territory_of(article)
    own = own_names(article, territory)
    readings = reading.read(text, subjects, published=published, own=own)
    return in_readings(readings, _known(readings, subjects, territory))


def in_readings(readings: Iterable[Reading], known: Known) -> list[Disagreement]:
    """Return what does not follow within the readings of a text, or from what is stored."""
    readings = list(readings)
    numbers = defaultdict(list)
    for read in readings:
        if _has_slot(read) and read.kind and read.value is not None:
            numbers[*_slot(read), read.kind].append(_number(read))
    found = [one for read in readings for one in _of_reading(read, numbers, known)]
    found += _too_large_shares(readings, known)
    once = {(one.what, one.sentence): one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: one.about.start)


def _of_reading(read, numbers, known) -> Iterator[Disagreement]:
    subject = known.subjects.get(read.code)
    if subject and read.value is not None and read.unit not in {"", subject.unit}:
        return  # in a unit that could not be converted
    if not (subject and subject.is_change):
        yield from _growth(read, numbers, known)
        yield from _over_plan(read, numbers, known)
    if _has_slot(read):
        yield from _stored_otherwise(read, subject, known)


def _growth(read, numbers, known):
    if read.growth is None or read.growth_base:
        return
    current, bases = _number(read), _bases(read, numbers, known)
    if current is None and _has_slot(read) and read.kind == "result":
        current = known.result(_slot(read))
    if current is None:
        return
    stated = rounding.allowed_rate(read.growth, read.growth_qualifier, read.growth_digits)
    changes = _changes(read)
    possible = [way(current.allowed, base.allowed) for base in bases for way, _ in changes]
    if possible and all(rounding.disagrees(stated, one) for one in possible):
        (way, unit), base = changes[0], bases[0]
        computed = _middle(way(_exactly(current), _exactly(base)))
        what = What.TARGET_GROWTH if read.kind == "target" else What.GROWTH
        sentence = disagreement.growth(
            current.said, base.said, computed=computed, stated=read.growth, unit=unit, by=ARTICLE
        )
        yield Disagreement(read, what, read.growth, computed, sentence)


def _bases(read, numbers, known) -> list[Number]:
    """Return what growth may start from: the clause's own number, the article's, the stored."""
    if read.previous is not None:
        # Beside «45,2 nghìn tỷ» the number before was cut as short.
        qualifier = "estimated" if read.digits < 0 else ""
        allowed = rounding.allowed(read.previous, qualifier)
        return [Number(read.previous, wording.number(read.previous), allowed)]
    if not _has_slot(read) or not read.kind:
        return []
    code, year, months = _slot(read)
    own = numbers[code, year - 1, months, "result"]
    stored = known.previous((code, year, months))
    return own or ([stored] if stored else [])


def _changes(read):
    """Return the ways in which its growth may be meant, each with its unit."""
    in_percent, in_points = (rounding.growth, "%"), (rounding.difference, "điểm %")
    if not read.unit.startswith("%"):
        return [in_percent]
    return [in_points] if read.growth_unit == "điểm %" else [in_points, in_percent]


def _over_plan(read, numbers, known):
    result = _number(read)
    if read.plan is None or result is None or read.kind != "result" or not _has_slot(read):
        return
    slot = _slot(read)
    stored = known.target(slot)
    targets = numbers[*slot, "target"] or ([stored] if stored else [])
    stated = rounding.allowed_rate(read.plan, digits=read.plan_digits)
    ways = [rounding.over] + ([rounding.difference] if read.unit.startswith("%") else [])
    possible = [way(result.allowed, target.allowed) for target in targets for way in ways]
    if possible and all(rounding.disagrees(stated, one) for one in possible):
        computed = _middle(rounding.over(_exactly(result), _exactly(targets[0])))
        sentence = disagreement.over_plan(
            result.said,
            targets[0].said,
            computed=computed,
            stated=read.plan,
            direction=known.direction(slot),
            by=ARTICLE,
        )
        yield Disagreement(read, What.OVER_PLAN, read.plan, computed, sentence)


def _stored_otherwise(read, subject, known):
    figure = known.figures.get(_slot(read))
    if figure is None or not read.kind or subject is None or read.upper is not None:
        return
    stored = getattr(known, read.kind)(_slot(read))
    said = _change_said(read) if subject.is_change and read.value is None else _number(read)
    if stored and said and rounding.disagrees(said.allowed, stored.allowed, slack=Decimal(0)):
        is_staged = read.kind == "result" and figure.stage
        stage = f" ({figure.get_stage_display().lower()})" if is_staged else ""
        kept = Inserted(figure, is_target=read.kind == "target").words
        sentence = f"Bài viết ghi {said.said}, số đã lưu là {kept}{stage}."
        yield Disagreement(read, What.STORED, said.value, stored.value, sentence)


def _too_large_shares(readings, known):
    by_period = defaultdict(dict)
    for read in readings:
        subject = known.subjects.get(read.code)
        if subject and _has_slot(read) and read.value is not None and read.unit == "%":
            found = share(subject.names[0], read.value, _number(read).allowed, read)
            if found:
                _, year, months = _slot(read)
                by_period[read.kind, year, months].setdefault(read.code, found)
    for shares in by_period.values():
        for whole in too_large(shares.values()):
            values = [one.value for one in whole]
            sentence = disagreement.shares(whole[0].structure, values)
            yield Disagreement(whole[0].about, What.SHARES, sum(values), HUNDRED, sentence)


def _known(readings, subjects, territory) -> Known:
    wanted = [_slot(read) for read in readings if _has_slot(read)]
    by_code = {subject.code: subject for subject in subjects}
    if not wanted or territory is None:
        return Known(by_code, {})
    years = {year for _, year, _ in wanted}
    figures = Figure.objects.with_previous().filter(
        territory=territory,
        indicator__code__in={code for code, _, _ in wanted},
        year__in=years | {year - 1 for year in years},
    )
    stored = {
        (figure.indicator.code, figure.year, figure.months): figure
        for figure in figures.select_related("indicator")
    }
    breaks = frozenset(found.year for found in territory.breaks.all())
    return Known(by_code, stored, breaks)


def _has_slot(read) -> bool:
    """Say whether it is certain which figure of the article's own territory is meant."""
    is_named = read.code is not None and read.place is None and not read.part
    return is_named and read.year is not None and read.months is not None


def _slot(read):
    return read.code, read.year, read.months


def _number(read) -> Number | None:
    if read.value is None:
        return None
    allowed = rounding.allowed(read.value, read.qualifier, read.digits)
    said = disagreement.number(read.value, read.qualifier)
    if read.upper is not None:
        upper = rounding.allowed(read.upper, digits=read.digits)
        allowed = rounding.Interval(allowed.low, upper.high)
        said = f"{said}–{wording.number(read.upper)}"
    return Number(read.value, said, allowed)


def _change_said(read) -> Number | None:
    if read.growth is None or read.growth_base:
        return None
    allowed = rounding.allowed_change(read.growth, read.growth_qualifier, read.growth_digits)
    return Number(read.growth, wording.change(read.growth), allowed)


def _stored(figure, value, qualifier) -> Number | None:
    way = rounding.allowed_change if figure.indicator.is_change else rounding.allowed
    allowed = way(value, qualifier)
    return allowed and Number(value, f"{disagreement.number(value, qualifier)} {STORED}", allowed)


def _exactly(number):
    return rounding.Interval(number.value, number.value)


def _middle(interval):
    return (interval.low + interval.high) / 2
