"""
What appears to readers, or goes, by itself: when a moment comes that its row names.

Nothing is written then and nobody announces it. Who keeps anything made of such rows asks when
they turn, and afterwards which did.
"""

import functools
from datetime import datetime

from django.apps import apps
from django.db.models import Manager, Q

from portal.changes import Change
from portal.moments import first_after


class Turning:
    """
    A queryset of rows that turn at the moments in the columns ``turns_at``.

    ``article`` is the column that names the article a row is about, where there is one.
    """

    turns_at: tuple[str, ...]
    article: str | None = None

    def that_turn(self):
        """Return the rows that do; those readers never see do not."""
        return self

    def next_turn(self, after: datetime) -> datetime | None:
        """Return the first moment after another at which a row turns; None without."""
        return first_after(self.that_turn(), after, *self.turns_at)

    def turned(self, after: datetime, until: datetime) -> Change | None:
        """Return as a change what turned after a moment and until another; None for nothing."""
        came = Q()
        for column in self.turns_at:
            came |= Q(**{f"{column}__gt": after, f"{column}__lte": until})
        rows, table = self.that_turn().filter(came), self.model._meta.db_table
        if self.article:
            articles = frozenset(rows.values_list(self.article, flat=True))
            return Change(table, articles) if articles else None
        return Change(table, None) if rows.exists() else None


@functools.cache
def managers() -> dict[str, Manager]:
    """Return the managers of what turns, by table."""
    managers = {model._meta.db_table: model._default_manager for model in apps.get_models()}
    return {table: one for table, one in managers.items() if hasattr(one, "next_turn")}


def next_turn(after: datetime) -> datetime | None:
    """Return the first moment after another at which anything turns; None without."""
    return min(filter(None, (one.next_turn(after) for one in managers().values())), default=None)


def turned(after: datetime, until: datetime) -> list[Change]:
    """Return as changes what turned after a moment and until another."""
    return list(filter(None, (one.turned(after, until) for one in managers().values())))
