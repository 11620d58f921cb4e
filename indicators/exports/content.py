"""
What a file holds, whatever its format: one object, as its JSON has it.

``schema.json`` beside this module describes it; ``tests/indicators/test_json_schema.py`` holds
the two together. CSV and XLSX are written from the same object.
"""

import json
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse

from indicators.exports.columns import COLUMNS, REVISION_COLUMNS, moment, record
from indicators.models import Figure
from indicators.querysets import published


class Table(Protocol):
    """What is exported: a Scoreboard, an IndicatorHistory or Everything."""

    title: str
    file_stem: str
    figures: list[Figure]
    updated_at: datetime | None

    def get_absolute_url(self) -> str: ...


def content_of(table: Table) -> dict:
    figures = with_earlier(table.figures)
    return {
        "$schema": settings.BASE_URL + reverse("indicators:schema"),
        "title": table.title,
        "page": settings.BASE_URL + table.get_absolute_url(),
        "publisher": settings.DEPARTMENT["name"],
        "updated_at": table.updated_at and moment(table.updated_at),
        "columns": {column.key: column.heading for column in COLUMNS},
        "figures": [
            record(figure, COLUMNS)
            | {"revisions": [record(one, REVISION_COLUMNS) for one in figure.revisions.all()]}
            for figure in figures
        ],
    }


def with_earlier(figures: list[Figure]) -> list[Figure]:
    """Return the figures with their earlier statements, fetched unless they came with them."""
    prefetch_related_objects(figures, "revisions", published("revisions__article"))
    return figures


def as_json(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
