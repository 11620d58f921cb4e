"""What a kept page was made of, and which changes may alter it."""

from typing import NamedTuple

from portal.announced import Moment
from portal.changes import Change


class Dependencies(NamedTuple):
    """
    The tables a page was made of and, for the page of one article, the articles it shows.

    ``articles`` of None: a change of any article may change the page. ``known``: a moment whose
    changes were all heard of before the page was made.
    """

    tables: frozenset[str]
    articles: frozenset[int] | None = None
    known: Moment | None = None

    def are_touched_by(self, change: Change | None) -> bool:
        """Say whether the page may look different after a change; None: of anything."""
        if change is None:
            return True
        if change.table not in self.tables:
            return False
        if self.articles is None or change.articles is None:
            return True
        return not self.articles.isdisjoint(change.articles)
