"""
Proof of work: what a browser reckons while somebody types, and a machine for every message.

A token asks for numbers that, behind the SHA-256 of token and part, give a small SHA-256. The
parts make the time it takes even. The browser's side is static/js/feedback-work.js; nothing is
kept here: a solution is as good as its token, which is good once.
"""

import hashlib
from datetime import timedelta
from typing import NamedTuple

USUAL = 50_000  # tries on average; a tenth of a second, up to one on a weak telephone
MOST = 16 * USUAL
PARTS = 8
HEAVY = 2_000_000  # tries in place of the code; some seconds, up to half a minute
HEAVY_PARTS = 32

# So many attempts of everybody within ten minutes make the work so many times as hard …
BUSY_FOR = timedelta(minutes=10)
BY_ATTEMPTS = ((300, 8), (100, 4), (30, 2))
# … and so many messages of one network within an hour.
BY_MESSAGES = ((10, 4), (3, 2))


class Kind(NamedTuple):
    """What is reckoned for one token."""

    name: str  # as the browser sends it before its numbers
    parts: int


LIGHT, IN_PLACE_OF_CODE = Kind("nhe", PARTS), Kind("thay-ma", HEAVY_PARTS)


def tries(attempts: int, messages: int) -> int:
    """Return how many tries a new token asks for, on average, while that much is going on."""
    harder = _step(BY_ATTEMPTS, attempts) * _step(BY_MESSAGES, messages)
    return min(USUAL * harder, MOST)


def done(token: str, asked: int, solution: str) -> Kind | None:
    """Return which kind of work ``solution`` is for a token that asks for so many tries."""
    name, _, written = solution.partition(":")
    for kind, effort in ((LIGHT, asked), (IN_PLACE_OF_CODE, HEAVY)):
        numbers = written.split(".")
        if name == kind.name and len(numbers) == kind.parts:
            right = (
                _is_right(token, kind, part, number, effort) for part, number in enumerate(numbers)
            )
            return kind if all(right) else None
    return None


def bound(kind: Kind, effort: int) -> int:
    """Return below which the first 32 bits of a SHA-256 must lie."""
    return 2**32 * kind.parts // effort


def digest(token: str, kind: Kind, part: int, number: int) -> int:
    """Return the first 32 bits of the SHA-256 that a number gives."""
    seed = hashlib.sha256(f"{token}|{kind.name}|{part}".encode()).digest()
    return int.from_bytes(hashlib.sha256(seed + number.to_bytes(4)).digest()[:4])


def _is_right(token: str, kind: Kind, part: int, written: str, effort: int) -> bool:
    is_number = written.isascii() and written.isdecimal() and len(written) <= 10
    if not is_number or int(written) >= 2**32:
        return False
    return digest(token, kind, part, int(written)) < bound(kind, effort)


def _step(steps: tuple[tuple[int, int], ...], number: int) -> int:
    return next((times for least, times in steps if number >= least), 1)
