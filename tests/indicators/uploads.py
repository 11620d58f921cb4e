"""A table uploaded in tests: looked at, confirmed, or planned without a browser."""

from django.db import transaction
from django.urls import reverse

from indicators.importing import files
from indicators.importing.plans import plan
from indicators.importing.resource import lock
from indicators.importing.tables import Table
from indicators.period import Period
from tests.indicators.spreadsheets import HEADINGS, xlsx

IMPORT = "admin:indicators_figure_import"
NO_SOURCE = {"article": None, "source": "", "note": "", "stage": ""}


def look(client, upload):
    """Upload a file and return the answer: its preview."""
    return client.post(reverse(IMPORT), {"file": upload})


def confirm(client, response, **changes):
    context = response.context
    kept = {"sheet": context["sheet"], "digest": context["digest"], "_confirm": "1"}
    return client.post(reverse(IMPORT), dict(context["form"].data.items()) | kept | changes)


def planned(place, *rows, **more):
    table, _ = Table.of_file(files.read(xlsx(HEADINGS, *rows, **more)))
    return plan(table, Period(place, 2023), NO_SOURCE).lines


def is_as_seen(lines):
    with transaction.atomic():
        return lock(lines)
