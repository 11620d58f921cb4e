"""A row in the making: what a clause has said so far of one indicator."""

from dataclasses import dataclass, field
from decimal import Decimal

from indicators.reading.amounts import Amount
from indicators.reading.comparisons import Base
from indicators.reading.periods import Period
from indicators.reading.rows import Subject

HUNDRED = Decimal(100)
RANGE_OF_CHANGE = "mức tăng, giảm là một khoảng, không phải một số"


@dataclass
class Change:
    """A rate of change as told, with what it is compared with."""

    value: Decimal | None
    digits: int
    unit: str
    qualifier: str
    base: Base | None
    doubt: str = ""
    upper: Decimal | None = None


@dataclass
class Draft:
    """What a clause has said so far of one indicator in one period."""

    subjects: tuple[Subject, ...] = ()  # those of the name, () if it is not known
    words: tuple[int, int] = (0, 0)  # span of the naming words in the plain text
    shown: tuple[int, int] | None = None  # the whole phrase, where the name is a part of it
    start: int = 0
    end: int = 0
    is_narrowed: bool = False
    is_rate: bool = False  # «tốc độ tăng kim ngạch …»
    is_branch: bool = False  # a branch of the economy, which stands for its share
    is_part: bool = False  # told after «trong đó» or within brackets
    is_listed: bool = False  # one of many places: «Hải Phòng tăng 26%; Hà Nam 8%»
    place: str | None = None
    period: Period | None = None  # as the row itself says
    inherited: Period | None = None  # what the text spoke of when the first number was told
    kind: str = "result"
    amount: Amount | None = None
    qualifier: str = ""
    share: Amount | None = None
    changes: list[Change] = field(default_factory=list)
    plan: Decimal | None = None
    plan_digits: int | None = None
    outcome: str = ""
    verdict: str = ""  # on all of the list it stands in
    previous: tuple[Amount, Period | None] | None = None
    direction: int = 0  # of «tăng thấp, …», told without a number
    is_supposed: bool = False  # told under a condition
    is_reporting: bool = False  # a verb of result stood before the number
    doubts: list[str] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Say whether any words name the row."""
        return bool(self.subjects) or self.words[1] > self.words[0]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing has been told yet."""
        return (
            self.amount is None and not self.changes and self.plan is None
            and not self.outcome and self.share is None and not self.is_supposed
        )  # fmt: skip

    @property
    def is_change(self) -> bool:
        """Say whether only indicators that are rates of change go by the name."""
        return bool(self.subjects) and all(subject.is_change for subject in self.subjects)

    @property
    def bases(self) -> set[str]:
        """What the row is compared with: «tháng trước», «quý trước», «tháng 8»."""
        told = [change.base for change in self.changes if change.base is not None]
        parts = {base.period.part for base in told if base.period is not None}
        return parts | {base.words for base in told}

    @property
    def compared_year(self) -> int:
        """The latest year whose same months the row is compared with, 0 if none is told."""
        told = [change.base for change in self.changes if change.base is not None]
        periods = [base.period for base in told if base.kind == "previous" and base.period]
        return max((period.year for period in periods if period.year), default=0)

    def again(self, period: Period | None, kind: str) -> "Draft":
        """Return an empty draft of the same indicator for another period or kind."""
        return Draft(
            subjects=self.subjects, words=self.words, shown=self.shown,
            start=self.end, end=self.end, is_narrowed=self.is_narrowed, is_rate=self.is_rate,
            is_branch=self.is_branch, place=self.place, period=period, kind=kind,
        )  # fmt: skip

    def whole_period(self, context) -> Period | None:
        """Return the row's period, what it leaves open taken from before it."""
        if self.inherited is None:
            return context.period(self.period, self.kind)
        return self.inherited if self.period is None else self.period.within(self.inherited)

    def reach(self, end: int) -> None:
        """Let the row's clause reach to ``end``."""
        self.end = max(self.end, end)
