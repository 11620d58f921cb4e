"""The indicators a provincial department of industry and trade usually reports, as data."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indicators.reading import Subject
from portal.text import fold

# Groups in the order of the standard table, by slug.
GROUPS = {
    "cong-nghiep": "Công nghiệp",
    "thuong-mai": "Thương mại",
    "xuat-nhap-khau": "Xuất nhập khẩu",
    "nang-luong": "Năng lượng",
    "kinh-te-chung": "Kinh tế chung",
    "nhiem-vu": "Nhiệm vụ được giao",
}
FILE = Path(__file__).resolve().parent / "catalogue.json"


class CatalogueEntry(NamedTuple):
    """An indicator with the words people use for it."""

    code: str
    name: str
    unit: str
    decimals: int
    group: str  # slug
    direction: str  # as in indicators.formulas.Direction
    measure: str  # "change": the number itself is a rate; "level" otherwise
    synonyms: tuple[str, ...]
    definition: str

    @property
    def subject(self) -> Subject:
        """Return the entry as the reader of prose wants it."""
        return Subject(
            self.code, (self.name, *self.synonyms), self.unit, is_change=self.measure == "change"
        )


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Return all entries in the order of the standard table."""
    entries = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        CatalogueEntry(**{**entry, "synonyms": tuple(entry["synonyms"])}) for entry in entries
    )


def subjects() -> list[Subject]:
    """Return the entries as subjects to read prose with."""
    return [entry.subject for entry in catalogue()]


def with_own(own: list[Subject]) -> list[Subject]:
    """
    Return a department's own subjects, called as usual too, and the usual ones it does not have.

    A name the department uses for something of its own is left to that. Subjects it does not
    have keep a narrower or a wider thing from being taken for one it has.
    """
    usual = {subject.code: subject for subject in subjects()}
    taken = {fold(name) for subject in own for name in subject.names}

    def free(names):
        return tuple(name for name in names if fold(name) not in taken)

    known = [
        subject._replace(names=subject.names + free(usual[subject.code].names))
        if subject.code in usual
        else subject
        for subject in own
    ]
    others = usual.keys() - {subject.code for subject in own}
    more = [usual[code]._replace(names=free(usual[code].names)) for code in usual if code in others]
    return known + [subject for subject in more if subject.names]
