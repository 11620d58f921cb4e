"""
Questions asked again and again, turned into SQL once.

Building a queryset and its SQL costs the portal several times what PostgreSQL needs to answer, and
half of that goes into the plan. A compiled one is built at its first run from ``Asked`` in the
places of its values; later runs fill these in, and each connection plans it once.
"""

from collections.abc import Callable
from functools import cached_property
from inspect import signature

from django.db import connection
from django.db.models import Expression, Model, Prefetch, QuerySet, prefetch_related_objects


class Asked(Expression):
    """What a compiled question is asked for; stands in its queryset for the value."""

    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Compiled:
    """
    The rows of a queryset by the values of its question.

    ``of_article = Compiled(lambda article: Photo.objects.filter(shown_in=article))``, then
    ``of_article(article=7)``. What the function would decide by a value it cannot: it gets the
    ``Asked`` of that name.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build

    def __call__(self, **values) -> list[Model]:
        found = list(QuerySet(self.compiler.query.model, query=_Filled(self, values)))
        prefetch_related_objects(found, *self._queryset._prefetch_related_lookups)
        return found

    def rows(self, values: dict) -> list[tuple]:
        """Return what the database answers to these values."""
        sql, parameters = self._sql
        asked = [values[one.name] if isinstance(one, Asked) else one for one in parameters]
        with connection.prepared_cursor() as cursor:
            cursor.execute(sql, asked)
            return cursor.fetchall()

    @cached_property
    def compiler(self):
        return self._queryset.query.get_compiler(connection=connection)

    @cached_property
    def _sql(self):
        return self.compiler.as_sql()

    @cached_property
    def _queryset(self):
        asked = {name: Asked(name) for name in signature(self._build).parameters}
        queryset = self._build(**asked)
        if any(isinstance(lookup, Prefetch) for lookup in queryset._prefetch_related_lookups):
            raise TypeError("a Prefetch keeps what it found; only names of relations can be asked")
        return queryset


class _Filled:
    """Stands where Django's iteration over a queryset expects its query and its compiler."""

    def __init__(self, question: Compiled, values: dict):
        self._question, self._values = question, values

    def get_compiler(self, using):
        return self

    def execute_sql(self, **how):
        return [self._question.rows(self._values)]

    def __getattr__(self, name):
        return getattr(self._question.compiler, name)
