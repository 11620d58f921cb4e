"""What PostgreSQL reads to answer the questions of a page, by its own account."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import connection


class Plan(NamedTuple):
    """How one statement was carried out."""

    statement: str
    sequential: set[str]  # tables read from one end to the other
    rows: int  # looked at, those left out by a condition included

    def __str__(self):
        read = f", one after the other {sorted(self.sequential)}" if self.sequential else ""
        return f"{self.rows} rows{read}: {self.statement}"


def plans_of(ask: Callable) -> list[Plan]:
    """Return the plans of what is asked of the database meanwhile."""
    asked = []

    def note(execute, statement, parameters, many, context):
        asked.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(note):
        ask()
    return [
        _plan(statement, parameters)
        for statement, parameters in asked
        if re.search(r"\b(SELECT|WITH)\b", statement)
    ]


def _plan(statement: str, parameters) -> Plan:
    setting, explained = re.fullmatch(r"(SET LOCAL [^;]*;)?(.*)", statement, re.DOTALL).groups()
    with connection.cursor() as cursor:
        if setting:
            cursor.execute(setting)
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {explained}", parameters)
        [[[answer]]] = cursor.fetchall()
        if setting:
            cursor.execute(f"RESET {setting.split()[2]}")
    nodes = list(_nodes(answer["Plan"]))
    return Plan(
        statement,
        {one["Relation Name"] for one in nodes if one["Node Type"] == "Seq Scan"},
        round(sum(map(_rows_read, nodes))),
    )


def _nodes(node: dict) -> Iterator[dict]:
    yield node
    for part in node.get("Plans", []):
        yield from _nodes(part)


def _rows_read(node: dict) -> float:
    """Return how many rows a node takes out of a table or an index; one above these, none."""
    if "Scan" not in node["Node Type"] or node["Node Type"] in {"CTE Scan", "Subquery Scan"}:
        return 0
    removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    each = node["Actual Rows"] + sum(node.get(reason, 0) for reason in removed)
    return each * node["Actual Loops"]
