"""What stands between two marks of a sentence."""

from dataclasses import dataclass, field

from indicators.reading.amounts import Amount
from indicators.reading.comparisons import Base
from indicators.reading.periods import Period

# After a number these begin the next thing said.
CONNECTORS = {"và", "thì", "còn", "riêng", "song", "nhưng", "đồng", "đưa", "nâng", "với"}
CONTRASTING = {"nhưng", "song"}
UP_DOWN = {"up": 1, "down": -1}


@dataclass
class Segment:
    """What stands between two marks."""

    words: list[int] = field(default_factory=list)  # tokens of the lead
    verbs: list[str] = field(default_factory=list)
    qualifiers: list[str] = field(default_factory=list)
    base: Base | None = None
    bases: list[Base] = field(default_factory=list)  # all that were told
    between: int = 0  # words between the verb and its number that name something else
    plan_ahead: bool = False  # «kế hoạch» stood before the number
    period: Period | None = None
    has_amount: bool = False
    has_subject: bool = False
    is_lead_read: bool = False
    first: Amount | None = None  # of «từ … lên …»
    first_period: Period | None = None
    in_brackets: bool = False
    is_new_part: bool = False  # it began with «trong đó» or after «;»
    is_aside: bool = False  # «hoàn thành mục tiêu tăng 9%»: the plan's number, in passing

    @property
    def verb(self) -> str:
        return self.verbs[-1] if self.verbs else ""
