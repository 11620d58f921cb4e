"""What a poll shows of its ballots."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from portal.numbers import half_up

MOST_POINTS = 5


class OptionResult(NamedTuple):
    label: str
    votes: int  # count
    share: Decimal | None  # percent of all votes, 0–100; None before the first vote
    points: int | None = None

    @property
    def bar_width(self) -> str:
        """Return the share as an SVG length out of 100, with a point whatever the language."""
        return f"{self.share or 0:f}"


class PollResults(list[OptionResult]):
    """
    One row per option, in display order.

    What is suspected of being a machine's is in no row; it is told apart.
    """

    def __init__(self, rows: Iterable[OptionResult] = (), *, awaiting=0, set_aside=0):
        super().__init__(rows)
        self.awaiting = awaiting  # ballots staff have not decided on
        self.set_aside = set_aside  # ballots that are not counted for good

    @classmethod
    def of(cls, counted: Iterable[tuple[str, int | None, int]], **apart) -> "PollResults":
        """
        Return the results for (label, points, votes) of each option.

        Shares are rounded to 0.1 % independently, so they may not total 100.
        """
        counted = list(counted)
        total = sum(votes for *_, votes in counted)
        return cls(
            (
                OptionResult(label, votes, _share(votes, total), points)
                for label, points, votes in counted
            ),
            **apart,
        )

    @property
    def ballots(self) -> int:
        """Return how many browsers' ballots are counted."""
        return sum(row.votes for row in self)

    @property
    def is_rated(self) -> bool:
        """Say whether every option stands for points."""
        return bool(self) and all(row.points is not None for row in self)

    @property
    def mean(self) -> Decimal | None:
        """Return the mean points, 1–5, to two digits; None without points or ballots."""
        if not self.is_rated or not self.ballots:
            return None
        points = sum(row.points * row.votes for row in self)
        return half_up(Decimal(points) / self.ballots)

    @property
    def mean_width(self) -> str:
        """Return the mean points as an SVG length out of MOST_POINTS."""
        return f"{self.mean or 0:f}"


class MonthResult(NamedTuple):
    month: date  # its first day
    results: PollResults  # of the ballots last moved in this month


def _share(votes: int, total: int) -> Decimal | None:
    return half_up(Decimal(votes) / total * 100, 1) if total else None
