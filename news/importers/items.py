"""What every source of articles is read into, and the dates and numbers written there."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from django.utils import timezone

from portal import text


class ImportFileError(Exception):
    """The whole file cannot be read; says why, for the person who imports."""


class BrokenItem(NamedTuple):
    """A row or entry that cannot become an article."""

    place: str  # where in the file: «dòng 12»
    reason: str


class Remark(NamedTuple):
    """What the person who imports should know, though nothing failed."""

    place: str
    words: str


class Picture(NamedTuple):
    """A picture as another portal shows it."""

    address: str
    alt: str = ""
    caption: str = ""


@dataclass
class Item:
    """An article as another portal had it; nothing in it is trusted yet."""

    place: str  # where in the file: «dòng 12»
    key: str  # names it in its source, always the same
    title: str
    lead: str = ""  # plain text
    body: str = ""  # HTML
    slug: str = ""
    address: str = ""  # where it was read
    category: tuple[str, ...] = ()  # from the first level down
    tags: tuple[str, ...] = ()
    byline: str = ""
    source: str = ""
    published_at: datetime | None = None
    is_public: bool = True  # or a draft
    views: int = 0
    cover: Picture | None = None
    pictures: tuple[Picture, ...] = ()  # under the text
    notes: list[str] = field(default_factory=list)  # what could not be brought along

    def __post_init__(self):
        self.key = text.clean_line(self.key)[:300]

    def digest(self) -> str:
        """Return what changes when the item changed where it comes from."""
        content = asdict(self) | {"place": "", "notes": []}
        return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


Items = Iterator[Item | BrokenItem | Remark]

# 31/12/2024, 31-12-2024 08:30 and 2024-12-31T08:30:00; seconds and their parts fall away.
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,]+(\d{1,2})[:hg](\d{2}))?.*")
_TIME_FIRST = re.compile(r"(\d{1,2})[:hg](\d{2})[ ,-]+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def moment(written: str | datetime | None) -> datetime | None:
    """
    Return the moment that is written, in the department's time unless it says another.

    None when nothing is written. Raises ValueError when it is no date.
    """
    if isinstance(written, datetime):
        return _aware(written)
    written = text.clean_line(written or "")
    if not written or written.startswith("0000-00-00"):
        return None
    if found := _TIME_FIRST.fullmatch(written):
        hour, minute, day, month, year = map(int, found.groups())
        return _aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year, hour, minute = (int(part or 0) for part in found.groups())
        return _aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001
    try:
        return _aware(datetime.fromisoformat(written))
    except ValueError:
        return _aware(parsedate_to_datetime(written))  # as feeds write it


def moment_in_utc(written: str) -> datetime | None:
    """Return a moment that is written without its zone but is known to be in UTC."""
    local = moment(written)
    return local and local.replace(tzinfo=UTC)


def _aware(moment: datetime) -> datetime:
    if not 1970 <= moment.year <= 2100:
        raise ValueError(f"year {moment.year}")
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.get_default_timezone())
    return moment


def count(written: str) -> int:
    """Return a number of views, its groups of digits apart or not. Raises ValueError."""
    digits = re.sub(r"[\s.,]", "", written)
    if not digits:
        return 0
    number = int(digits)
    if not 0 <= number < 2**31:
        raise ValueError(f"views {number}")
    return number


def is_public(written: str) -> bool:
    """Say whether a status means that readers saw the article; none given means so."""
    return text.slug(written) in {
        *("", "publish", "published", "future", "approved", "1", "true"),
        *("da-dang", "da-duyet", "dang", "xuat-ban", "da-xuat-ban", "cong-khai", "hien-thi"),
    }
