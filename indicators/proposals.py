"""
What an article's text states of figures, proposed to staff to accept, correct or turn down.

A proposal is read anew from the text each time; only the decisions on it are stored, under the
fingerprint of its sentence. So nothing is proposed twice, and a rewritten sentence is a new one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators import formulas, reading
from indicators.article_text import named, own_names, territory_of, text_of
from indicators.models import (
    DiscardedReading,
    Figure,
    Indicator,
    Quotation,
    Territory,
)
from indicators.reading import Reading
from news.models import Article
from portal.templatetags import portal
from portal.text import fold


@dataclass(frozen=True)
class Proposal:
    """One reading of an article beside what the portal knows of it already."""

    reading: Reading
    clause: str  # the words of the sentence it was read from
    fingerprint: str
    indicator: Indicator | None
    territory: Territory | None
    stored: Figure | None  # of the same indicator, territory and period
    quotation: Quotation | None  # once it was accepted
    is_discarded: bool
    is_contested: bool  # the article states another number of the same thing too

    @property
    def is_open(self) -> bool:
        return self.quotation is None and not self.is_discarded

    @property
    def is_storable(self) -> bool:
        """Say whether it covers a period counted from January: a month or a quarter is not kept."""
        return not self.reading.part

    @property
    def sentence_parts(self) -> tuple[str, str, str]:
        """Return the sentence as what stands before the clause, the clause, what follows it."""
        before, found, after = self.reading.sentence.partition(self.clause)
        return (before, found, after) if found else ("", self.reading.sentence, "")

    @property
    def is_new(self) -> bool:
        """Say whether accepting it stores something that is not stored yet."""
        return self.stored is None or any(
            getattr(self.stored, name) != value
            for name, value in statement(self.initial, self.indicator).items()
            if value not in {None, ""}
        )

    @property
    def initial(self) -> dict:
        """Return what the form of the proposal begins with."""
        read = self.reading
        is_whole_year = read.months == 12
        return {
            "indicator": self.indicator,
            "territory": self.territory,
            "year": read.year,
            "months": None if read.part else read.months,
            "kind": read.kind,
            "qualifier": read.qualifier,
            "value": read.value,
            "upper": read.upper,
            # Of growth on another base than the year before nothing is kept.
            "growth": None if read.growth_base else read.growth,
            # Half a year's share of the year's plan is no verdict on half a year.
            "over_plan": read.plan if is_whole_year else None,
            "outcome": read.outcome,
            "stage": Figure.Stage.ESTIMATED if read.qualifier == "estimated" else "",
            "note": "" if is_whole_year or read.plan is None else share_of_year(read.plan),
        }


def readings(article: Article, territory: Territory | None) -> dict[Reading, str]:
    """
    Return what the article states, each statement once, in reading order, with its clause.

    ``territory`` is the one the article speaks of. Of statements repeated, the one that says most:
    a title names the number, the text its growth.
    """
    text = text_of(article)
    published = timezone.localdate(article.published_at or article.created_at)
    once: dict[tuple, Reading] = {}
    subjects, own = Indicator.objects.subjects(), own_names(article, territory)
    for read in reading.read(text, subjects, published=published, own=own):
        slot = (read.code or fold(read.subject), read.place, read.kind, read.year, read.months)
        key = (*slot, read.part, read.value)
        if key not in once or _weight(read) > _weight(once[key]):
            once[key] = read
    return {read: text[read.start : read.end].strip() for read in once.values()}


def proposals(article: Article) -> list[Proposal]:
    """Return the proposals of an article in reading order; decided ones too."""
    territory = territory_of(article)
    found = readings(article, territory)
    indicators = Indicator.objects.in_bulk({read.code for read in found}, field_name="code")
    places = _places(found, territory)
    slots = {read: _slot(read, indicators, places) for read in found}
    numbers = defaultdict(set)
    for read, slot in slots.items():
        numbers[slot, read.kind].add(read.value)
    stored = Figure.objects.in_slots(set(slots.values()))
    quoted = {row.fingerprint: row for row in Quotation.objects.of(article)}
    discarded = set(article.discarded_readings.values_list("fingerprint", flat=True))
    return [
        Proposal(
            reading=read,
            clause=clause,
            fingerprint=mark,
            indicator=indicators.get(read.code),
            territory=places[read.place],
            stored=stored.get(slots[read]),
            quotation=quoted.get(mark),
            is_discarded=mark in discarded,
            is_contested=None not in slots[read] and len(numbers[slots[read], read.kind]) > 1,
        )
        for read, clause in found.items()
        for mark in [fingerprint(read, clause)]
    ]


def fingerprint(read: Reading, clause: str) -> str:
    """Return what a decision on a reading is stored under; the same after an unrelated edit."""
    parts = (read.code, fold(read.subject), read.kind, read.year, read.months, read.part)
    words = "|".join(str(part) for part in (*parts, read.value, fold(clause)))
    return blake2b(words.encode(), digest_size=16).hexdigest()


def accept(proposal: Proposal, article: Article, data: dict, *, by) -> Figure:
    """
    Store what staff made of a proposal and join it to the article; return the figure.

    ``data`` has the keys of ``Proposal.initial``. Another number replaces the stored one with all
    that was said of that, which is kept as a revision; the same number is only added to.
    """
    try:
        return _accept(proposal, article, data, by)
    except IntegrityError:  # somebody stored the same period at the same moment: add to that
        return _accept(proposal, article, data, by)


@transaction.atomic
def _accept(proposal, article, data, by):
    slot = {name: data[name] for name in ("indicator", "territory", "year", "months")}
    figure = Figure.objects.select_for_update().filter(**slot).first() or Figure(**slot)
    known = figure.said
    _refuse_step_back(figure, data)
    said = statement(data, data["indicator"])
    is_new_number = _say(figure, data["kind"], said)
    _derive_target(figure)
    if figure.said != known:
        if (is_new_number and data["kind"] == "result") or not (figure.article or figure.source):
            figure.article, figure.source = article, ""
        figure.full_clean()
        figure.save(by=by)
    Quotation.objects.update_or_create(
        figure=figure,
        article=article,
        fingerprint=proposal.fingerprint,
        defaults={"sentence": proposal.reading.sentence},
    )
    return figure


def discard(proposal: Proposal, article: Article, *, by) -> None:
    DiscardedReading.objects.get_or_create(
        article=article, fingerprint=proposal.fingerprint, defaults={"discarded_by": by}
    )


def reconsider(proposal: Proposal, article: Article) -> None:
    """Propose again what was turned down or accepted; a stored figure stays as it is."""
    article.discarded_readings.filter(fingerprint=proposal.fingerprint).delete()
    article.quotations.filter(fingerprint=proposal.fingerprint).delete()


def statement(data: dict, indicator: Indicator | None) -> dict:
    """Return the columns of a Figure that a proposal fills."""
    value, growth = data["value"], data["growth"]
    if indicator is not None and indicator.is_change:
        value, growth = (growth if value is None else value), None
    if data["kind"] == "target":
        return {
            "target": value,
            "target_upper": data["upper"],
            "target_qualifier": data["qualifier"],
            "target_stated_growth": growth,
        }
    return {
        "result": value,
        "result_qualifier": data["qualifier"],
        "stage": data["stage"],
        "stated_growth": growth,
        "stated_over_plan": data["over_plan"],
        "stated_outcome": data["outcome"],
        "note": data["note"],
    }


def _refuse_step_back(figure: Figure, data: dict) -> None:
    """Raise ValidationError where an estimate would take the place of a later stage."""
    is_earlier = Figure.Stage(data["stage"]).rank < Figure.Stage(figure.stage).rank
    if data["kind"] == "result" and figure.result not in {None, data["value"]} and is_earlier:
        stage = figure.get_stage_display().lower()
        raise ValidationError(
            f"Số đã lưu là số {stage}. Hãy chọn loại số liệu từ {stage} trở lên nếu bài viết "
            "công bố số mới hơn, hoặc bỏ đề xuất này."
        )


def _say(figure: Figure, kind: str, said: dict) -> bool:
    """Have a figure say it; return whether its number of that kind is another one now."""
    number = [name for name in said if name in _NUMBER[kind]]
    is_new = said[kind] is not None and any(said[name] != getattr(figure, name) for name in number)
    for name, value in said.items():
        is_told = value not in {None, ""}
        if is_told or (is_new and name != "note"):
            setattr(figure, name, value)
    if kind == "target" and said["target"] is not None:
        figure.target_is_derived = False  # the article publishes it
    return is_new


# What makes a number: to change one of these is to state another number.
_NUMBER = {
    "target": ("target", "target_upper", "target_qualifier"),
    "result": ("result", "result_qualifier"),
}


def _derive_target(figure: Figure) -> None:
    """Work out the plan of a figure whose source only says by how much it was exceeded."""
    if figure.target_is_derived:
        figure.target, figure.target_is_derived = None, False
    is_rate = figure.indicator.is_change or figure.indicator.is_percentage
    if figure.target is None and not is_rate:
        figure.derive_target()


def share_of_year(over_plan) -> str:
    """Return in a sentence what some months make of the plan of their year."""
    return f"Bằng {portal.figure(formulas.HUNDRED + over_plan, '%')} kế hoạch cả năm."


def _places(found: Iterable[Reading], own: Territory | None) -> dict[str | None, Territory | None]:
    """Return the territory of every place that is named, ``own`` where none is."""
    territories = list(Territory.objects.all())
    places = {read.place: named(read.place, territories) for read in found if read.place}
    return {None: own, **places}


def _slot(read: Reading, indicators: dict, places: dict) -> tuple:
    indicator, territory = indicators.get(read.code), places[read.place]
    return (indicator and indicator.pk, territory and territory.pk, read.year, read.months)


def _weight(read: Reading) -> int:
    """Return how much a reading says beside its number."""
    told = (read.growth, read.plan, read.upper, read.outcome, read.qualifier)
    return sum(part not in {None, ""} for part in told) - len(read.doubts)
