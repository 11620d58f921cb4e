"""Every figure of every indicator, territory and period as one table."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.urls import reverse

from indicators.models import Figure
from indicators.sources import articles_stating

_ROWS_TOLD = """
SELECT md5(string_agg(concat_ws(':', part, id, version), ',' ORDER BY part, id))
FROM (
    SELECT 1 AS part, id, xmin::text AS version FROM indicators_figure
    UNION ALL SELECT 2, id, xmin::text FROM indicators_revision
    UNION ALL SELECT 3, id, xmin::text FROM indicators_indicator
    UNION ALL SELECT 4, id, xmin::text FROM indicators_indicatorgroup
    UNION ALL SELECT 5, id, xmin::text FROM indicators_territory
    UNION ALL SELECT 6, id, xmin::text FROM indicators_seriesbreak
) AS told
"""


@dataclass(frozen=True)
class Everything:
    figures: list[Figure]

    title = "Tất cả số liệu chỉ tiêu"
    file_stem = "chi-tieu-tat-ca"

    @classmethod
    def known(cls):
        return cls(list(Figure.objects.in_full()))

    @classmethod
    def version(cls) -> str:
        """
        Return what changes with anything the table tells, without reading the table.

        PostgreSQL notes in ``xmin`` the transaction that wrote a row last: whoever changes,
        adds or deletes one, by whatever way, changes the version. Of articles only those
        count that the public may read just now, under the title and address they have. The rest
        is settings and code.
        """
        told = [settings.BASE_URL, settings.DEPARTMENT["name"], _code()]
        return " ".join([*told, _rows_told(), *_sources_told()])

    def get_absolute_url(self):
        return reverse("indicators:scoreboard")

    @property
    def updated_at(self):
        return max((figure.updated_at for figure in self.figures), default=None)


def _rows_told() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS_TOLD)
        return cursor.fetchone()[0] or ""


def _sources_told() -> list[str]:
    told = articles_stating().order_by("pk").values_list("pk", "slug", "title", "published_at")
    return [repr(source) for source in told]


@cache
def _code() -> str:
    """Return what changes with the code that computes and words what is told."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.json")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
