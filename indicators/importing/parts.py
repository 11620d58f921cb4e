"""
Which rows of a table are parts of the row above them: «Trong đó: …», «1.1» below «1», «-».

Or what nothing counts and stands farther in than the row it is a part of.
"""

import re
from typing import NamedTuple

from portal.text import clean_line, fold

_WITHIN = re.compile(r"^\W*(?:trong do|tr do|tr\.do)\b")
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)(?:\s*[.)/:]|\s|$)")
_LETTER = re.compile(r"^[a-zđ](?:\s*[.)/:])")  # «I.» is no letter
_BULLET = re.compile(r"^[-–+*•]")


class _Above(NamedTuple):
    name: str
    is_known: bool


class Parts:
    """Goes down the rows of a table and remembers what stands above each of them."""

    def __init__(self):
        self._above: dict[str, _Above] = {}  # by the number that counts them
        self._number = ""  # the last one
        self._is_within = False  # after a row that only says «Trong đó:»
        self._outer: list[tuple[int, _Above]] = []  # less and less far out, by how far in they are

    def whole(self, counted: str, name: str, *, is_known: bool, indent: int = 0) -> str | None:
        """
        Return what a row is a part of, "" where that is not named; None for no part.

        ``counted`` is what counts the row in a column of its own; ``is_known`` says whether it
        is called like an indicator. Only what is a part of a known one, or says so, is a part.
        """
        own = clean_line(name)
        outer = self._outer_known(indent)
        self._outer.append((indent, _Above(own, is_known)))
        line = f"{clean_line(counted)} {own}".strip()
        if _WITHIN.search(fold(own)):
            self._is_within = not _WITHIN.sub("", fold(own)).strip(" :")
            above = self._above.get(self._number)
            return above.name if above else ""
        if _BULLET.match(line) or _LETTER.match(line) or re.fullmatch("[a-zđ]", counted):
            above = self._above.get(self._number)
            is_part = above is not None and (above.is_known or self._is_within)
            return above.name if is_part else None
        found = _NUMBER.match(line)
        self._number = found[1] if found else ""
        self._is_within = False
        above = self._above.get(self._number.rpartition(".")[0]) if "." in self._number else None
        self._above[self._number] = _Above(own, is_known)
        if above is None and not clean_line(counted) and not self._number:
            return outer
        return above.name if above is not None and above.is_known else None

    def _outer_known(self, indent: int) -> str | None:
        """Return the name of the nearest known row above that stands farther out."""
        self._outer = [(depth, row) for depth, row in self._outer if depth < indent]
        return next((row.name for _, row in reversed(self._outer) if row.is_known), None)
