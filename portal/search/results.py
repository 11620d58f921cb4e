"""One search from what was typed to what is shown."""

from dataclasses import dataclass, field

from portal.search.engine import Filters, Found, Hit
from portal.search.near import near
from portal.search.queries import Query
from portal.search.spelling import corrected

FEW = 5  # full hits below which entries that hold most words are added


@dataclass
class Results:
    """
    What a query finds: what holds every word; if nothing does, what was probably meant; and
    what holds most of it, where little else is there.

    Where the filters alone leave nothing, the words are right: nothing else is proposed.
    """

    query: Query
    filters: Filters
    newest_first: bool = False
    correction: Query | None = field(init=False, default=None)  # searched in its place
    hidden: Found | None = field(init=False, default=None)  # by the filters, which leave nothing

    def __post_init__(self):
        self.found = Found(self.query, self.filters, self.newest_first)
        self.was_found = bool(self.found.count)  # as it was typed
        if not self.was_found and self.filters.is_narrow:
            everywhere = Found(self.query, self.filters.widened)
            self.hidden = everywhere if everywhere.count else None
        if self.was_found or self.hidden:
            return
        if better := corrected(self.query, self.filters.widened):
            found = Found(better, self.filters, self.newest_first)
            if found.count:
                self.correction, self.found = better, found

    @property
    def searched(self) -> Query:
        return self.correction or self.query

    def near(self, hits: list[Hit]) -> list[Hit]:
        """Return what holds most words, besides ``hits``, when there are few of those."""
        if self.correction or self.hidden or self.found.count >= FEW:
            return []
        return near(self.query, self.filters, but=hits)
