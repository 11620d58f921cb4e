"""What words say of numbers: «giảm 2,5%» is −2.5, «trên 430» is above 430."""

import re
from typing import NamedTuple

_ABOVE = "trên|hơn|vượt|tối thiểu|ít nhất|không dưới|không ít hơn|không thấp hơn|≥|>=|>"
_BELOW = "gần|ngót|dưới|tối đa|nhiều nhất|không quá|không vượt quá|không cao hơn|≤|<=|<"
# «Tăng» and «giảm» hold for all that follows, as in «giảm 2–3%»; a bound for the next number.
_SAID = re.compile(
    r"\b(?P<way>tăng|giảm|âm)\b"
    rf"|(?<!\w)(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE}))(?=\s*[-−]?\d)"
    r"|(?P<minus>(?<![\w.,])[-−])?(?P<digits>\d(?:[\d.,]*\d)?)"
)
_DOT_OF_GROUPS = re.compile(r"\.(?=\d{3}(?!\d))")


class Printed(NamedTuple):
    """A number as words give it."""

    is_negative: bool
    digits: str
    bound: int  # +1 where it is more than the digits say, −1 where less, else 0


def numbers(words: str) -> list[Printed]:
    """Return the numbers in ``words`` in their order."""
    found, is_falling, bound = [], False, 0
    for said in _SAID.finditer(words.lower()):
        if said["way"]:
            is_falling = said["way"] != "tăng"
        elif said["digits"]:
            is_negative = is_falling or bool(said["minus"])
            found.append(Printed(is_negative, _plain(said["digits"]), bound))
            bound = 0
        else:
            bound = 1 if said["above"] else -1
    return found


def say_the_same(words: str, stated: str) -> bool:
    """
    Say whether ``words`` give the numbers that are ``stated``.

    They may follow the grammar of a sentence and leave out «trên»; another sign, number or
    bound is another statement.
    """
    given, meant = numbers(words), numbers(stated)
    if not given or len(given) != len(meant):
        return words == stated
    return all(
        one[:2] == other[:2] and one.bound in {0, other.bound}
        for one, other in zip(given, meant, strict=True)
    )


def _plain(digits):
    """Return digits without grouping and without zeros at the end of the fraction."""
    plain = _DOT_OF_GROUPS.sub("", digits)
    return plain.rstrip("0").rstrip(",") if "," in plain else plain
