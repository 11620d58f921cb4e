"""The table of what can be found, kept current by whoever saves something public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone

from portal.search.models import Abbreviation, SearchEntry
from portal.search.occurrences import Abbreviations
from portal.search.tasks import reindex_soon
from portal.search.vectors import vector
from portal.search.words import LONGEST_WORD

RULES = 2  # of words, occurrences and vectors; a change of them makes all entries anew
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Document:
    """A public page as search is told of it. All texts are plain."""

    kind: str
    object_id: int
    url: str
    title: str
    lead: str = ""
    body: str = ""
    beside: str = ""  # what stands around the text: attachments, captions, topics
    category_id: int | None = None
    shown_from: datetime = UNDATED
    shown_until: datetime | None = None

    @property
    def labels(self) -> list[str]:
        """Return what narrows a search, as words of the index that nobody can type."""
        dated = self.shown_from > UNDATED
        return [
            kind_label(self.kind),
            *([category_label(self.category_id)] if self.category_id else []),
            *([year_label(timezone.localtime(self.shown_from).year)] if dated else []),
        ]


def kind_label(kind: str) -> str:
    return f"#{kind}"


def category_label(category_id: int) -> str:
    return f"#c{category_id}"


def year_label(year: int) -> str:
    return f"#y{year}"


def known_abbreviations() -> Abbreviations:
    return Abbreviations(Abbreviation.objects.values_list("short", "long"))


def version(abbreviations: Abbreviations) -> int:
    """
    Return the sign of the rules and abbreviations by which an entry is written.

    Entries with another are written anew; 0 is that of a text changed meanwhile.
    """
    return crc32(repr((RULES, abbreviations.pairs)).encode()) % 32_767 + 1


def outdate(kind: str, object_ids) -> None:
    """Have entries written anew by the worker: something they name has changed."""
    if SearchEntry.objects.filter(kind=kind, object_id__in=object_ids).update(version=0):
        transaction.on_commit(reindex_soon)


@transaction.atomic
def keep(documents: Iterable[Document], abbreviations: Abbreviations | None = None) -> None:
    """Write the entries of documents, in place of what was known of them."""
    abbreviations = abbreviations or known_abbreviations()
    rows, vocabulary = [], set()
    for document in documents:
        row, found = _row(document, abbreviations)
        rows.append(row)
        vocabulary |= found
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP, rows)
    # On its own: a row of a word would make others who use it wait for the end of a long import.
    transaction.on_commit(partial(_keep_words, vocabulary), robust=True)


def _keep_words(vocabulary: set[str]) -> None:
    known = sorted(word for word in vocabulary if 2 <= len(word) <= LONGEST_WORD)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_WORDS, [known])


def forget(kind: str, object_id: int) -> None:
    """Take a page out of search: it is not public any more, nor scheduled to be."""
    SearchEntry.objects.filter(kind=kind, object_id=object_id).delete()


def _row(document: Document, abbreviations: Abbreviations):
    title_document, _ = vector([("A", document.title)], abbreviations, document.labels)
    whole = [
        ("A", document.title),
        ("B", document.lead),
        ("D", document.beside),
        ("C", document.body),  # last: the end of a very long one is left out
    ]
    text, vocabulary = vector(whole, abbreviations, document.labels)
    return (
        document.kind,
        document.object_id,
        document.category_id,
        document.shown_from,
        document.shown_until,
        version(abbreviations),
        document.url,
        document.title,
        "\n".join(filter(None, (document.lead, document.body, document.beside))),
        title_document,
        text,
    ), vocabulary


_KEEP = """
INSERT INTO portal_searchentry (kind, object_id, category_id, shown_from, shown_until, version,
                                url, title, body, title_document, document)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s::tsvector)
ON CONFLICT (kind, object_id) DO UPDATE SET
    category_id = excluded.category_id, shown_from = excluded.shown_from,
    shown_until = excluded.shown_until, version = excluded.version, url = excluded.url,
    title = excluded.title, body = excluded.body,
    title_document = excluded.title_document, document = excluded.document
"""
_KEEP_WORDS = """
INSERT INTO portal_searchword (word) SELECT unnest(%s::varchar[]) ON CONFLICT DO NOTHING
"""
