"""
Figures in Vietnamese words: «trên 35.360 tỷ đồng», «vượt 4,44% kế hoạch».

Every function takes a Figure (or several) and returns plain text for the public: ``numbers``
alone, ``plans`` they are held against, ``sentences`` of both.
"""

from indicators.wording.numbers import (
    DERIVED,
    base,
    change,
    derived_mark,
    explained_refusal,
    growth,
    number,
    previous,
    rate,
    refusal,
    restatement,
    result,
    target,
    target_growth,
)
from indicators.wording.plans import against_plan, over_plan, share_of_plan, summary, verdict
from indicators.wording.sentences import (
    disagreements,
    number_in_words,
    remarks,
    stated,
    status,
    year_in_words,
)

__all__ = [
    "DERIVED",
    "against_plan",
    "base",
    "change",
    "derived_mark",
    "disagreements",
    "explained_refusal",
    "growth",
    "number",
    "number_in_words",
    "over_plan",
    "previous",
    "rate",
    "refusal",
    "remarks",
    "restatement",
    "result",
    "share_of_plan",
    "stated",
    "status",
    "summary",
    "target",
    "target_growth",
    "verdict",
    "year_in_words",
]
