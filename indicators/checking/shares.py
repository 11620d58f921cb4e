"""Shares of one whole, recognised by how they are called: «Tỷ trọng … trong cơ cấu kinh tế»."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from indicators import rounding
from indicators.formulas import HUNDRED
from portal.text import fold

_NAME = re.compile(r"(?:tỷ|tỉ) (?:trọng|lệ) (.+?) trong (cơ cấu\b.*)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:,|–|-|;|\bva\b)\s*")


class Share(NamedTuple):
    about: object  # what states it
    structure: str  # «cơ cấu kinh tế»
    parts: frozenset[str]  # of the whole: «cong nghiep», «xay dung»
    value: Decimal
    allowed: rounding.Interval


def share(name: str, value: Decimal | None, allowed, about) -> Share | None:
    """Return the share that an indicator of this name is; None if it is none."""
    found = _NAME.match(name)
    if found is None or value is None:
        return None
    parts = frozenset(filter(None, _SEPARATOR.split(fold(found[1]))))
    return Share(about, found[2].lower(), parts, value, allowed)


def too_large(shares: Iterable[Share]) -> Iterator[list[Share]]:
    """
    Yield the shares of a whole that together exceed it; the shares are all of one period.

    That they fall short is no fault: the rest may be product tax. A share within another, as
    industry within industry and construction, is counted once.
    """
    by_structure = defaultdict(list)
    for found in shares:
        by_structure[found.structure].append(found)
    for found in by_structure.values():
        outermost = [one for one in found if not _is_within_another(one, found)]
        if rounding.total(one.allowed for one in outermost).low > HUNDRED + rounding.HAIR:
            yield outermost


def _is_within_another(one: Share, others: list[Share]) -> bool:
    # «Phi nông nghiệp» is all but one of the others.
    is_complement = any(part.startswith("phi ") for part in one.parts)
    return is_complement or any(one.parts < other.parts for other in others)
