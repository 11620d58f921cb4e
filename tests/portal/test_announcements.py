"""What public pages are made of is announced by the database when it changes."""

import pytest
from django.apps import apps
from django.db import connection

from portal import changes
from portal.warming import all_articles, seen_first

# What changes all the time and is printed as it was within the last quarter of an hour.
COUNTED = {"portal_pageviews", "portal_pagetotal"}
# Kept by the worker a while after what it was made of, which is announced.
FOLLOWING = {"portal_searchentry", "portal_searchword"}


@pytest.mark.django_db
def test_every_table_a_public_page_is_made_of_is_announced(demo, client):
    announced = announced_tables()
    for key in [*seen_first(), *(key for _, key in all_articles())]:
        made_of = getattr(client.get(key), "made_of", None)
        if made_of is not None:
            assert made_of.tables - COUNTED - FOLLOWING <= announced, key


@pytest.mark.django_db
def test_announcements_come_from_tables_that_there_are():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert announced_tables() <= known


def announced_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(changes._ANNOUNCED)
        return {name for (name,) in cursor.fetchall()}
