"""
Questions asked again and again, turned into SQL once.

Building a queryset and its SQL costs the portal several times what PostgreSQL needs to answer, and
half of that goes into the plan. A compiled one is built at its first run from ``Asked`` in the
places of its values; later runs fill these in, and each connection plans it once.
"""

from collections.abc import Callable
from functools import cached_property
from inspect import signature
from typing import NamedTuple

from django.db import connection
from django.db.models import Expression, Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler


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
        question = self._question
        found = list(QuerySet(question.compiler.query.model, query=_Filled(question, values)))
        prefetch_related_objects(found, *question.prefetched)
        return found

    @cached_property
    def _question(self) -> "_Question":
        asked = {name: Asked(name) for name in signature(self._build).parameters}
        queryset = self._build(**asked)
        prefetched = queryset._prefetch_related_lookups
        if any(isinstance(lookup, Prefetch) for lookup in prefetched):
            raise TypeError("a Prefetch keeps what it found; only names of relations can be asked")
        compiler = queryset.query.get_compiler(connection=connection)
        # In one go: only then does a compiler know its columns, and two threads may be the first.
        return _Question(compiler, *compiler.as_sql(), prefetched)


class _Question(NamedTuple):
    compiler: SQLCompiler
    sql: str
    parameters: tuple
    prefetched: tuple[str, ...]


class _Filled:
    """Stands where Django's iteration over a queryset expects its query and its compiler."""

    def __init__(self, question: _Question, values: dict):
        self._question, self._values = question, values

    def get_compiler(self, using):
        return self

    def execute_sql(self, **how):
        asked = [
            self._values[one.name] if isinstance(one, Asked) else one
            for one in self._question.parameters
        ]
        with connection.prepared_cursor() as cursor:
            cursor.execute(self._question.sql, asked)
            return [cursor.fetchall()]

    def __getattr__(self, name):
        return getattr(self._question.compiler, name)
