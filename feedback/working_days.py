"""
On which days the department works.

Saturdays, Sundays and the country's days of rest come from `holidays`, which also knows the
working Saturdays announced in exchange for days off. What the department enters itself
(CalendarDay) wins over both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple

import holidays

DAY = timedelta(days=1)
SATURDAY = 5
# What is left in years of which the library says nothing: the feasts of the solar calendar.
FIXED = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế Lao động",
    (9, 2): "Quốc khánh",
    (11, 24): "Ngày Văn hóa Việt Nam",
}
# A part of the library's name of a day, and what people call the days off.
CALLED = {
    "Dương lịch": "Tết Dương lịch",
    "Tết": "Tết Nguyên đán",
    "Giỗ Tổ": "Giỗ Tổ Hùng Vương",
    "Chiến thắng": "lễ Chiến thắng",
    "Lao động": "Quốc tế Lao động",
    "Quốc khánh": "Quốc khánh",
    "Văn hóa": "Ngày Văn hóa Việt Nam",
}
EXCHANGED = "nghỉ hoán đổi"
LAST_KNOWN_YEAR = 2100  # of the lunar calendar in the library (held by a test)


def _vietnam():
    """
    Return the library's calendar of Viet Nam.

    Importing it by its name would load 250 other countries first: 19 MB in every process.
    """
    path = Path(holidays.__file__).parent / "countries" / "vietnam.py"
    spec = spec_from_file_location("holidays_vietnam", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Vietnam


Vietnam = _vietnam()


class Country(NamedTuple):
    """What one year has by the country's calendar."""

    rest: Mapping[date, str]  # holidays, on whatever weekday, with their names
    work: frozenset[date]  # Saturdays and Sundays worked in exchange for a day off
    is_known: bool  # False: only FIXED


@lru_cache(maxsize=32)
def country(year: int) -> Country:
    # A day off at the end of a year may be worked for at the beginning of the next.
    found = Vietnam(years=range(year - 1, year + 2), language="vi")
    rest = {day: name for day, name in found.items() if day.year == year}
    if not rest:
        return Country({date(year, *day): name for day, name in FIXED.items()}, frozenset(), False)
    work = frozenset(day for day in found.weekend_workdays if day.year == year)
    return Country(rest, work, True)


@lru_cache(maxsize=1)
def last_announced_year() -> int:
    """Return the last year of which the library has the State's exchanges of working days."""
    return max(Vietnam().special_public_holidays)


class Own(NamedTuple):
    """A day of the department's own calendar."""

    is_working: bool
    name: str


class Listed(NamedTuple):
    """One day of a year's calendar, as staff see it listed."""

    day: date
    name: str
    is_working: bool
    is_own: bool


class Rest(NamedTuple):
    """Days off in a row; weekends within count to them."""

    first: date
    last: date
    names: tuple[str, ...]  # what people call them, in order


@dataclass(frozen=True)
class WorkingDays:
    """The calendar by which days are counted: the country's with the department's own days."""

    own: Mapping[date, Own] = field(default_factory=dict)

    @classmethod
    def of(cls, days: Iterable) -> "WorkingDays":
        """Return the calendar with rows of CalendarDay."""
        return cls({day.date: Own(day.is_working, day.name) for day in days})

    def is_working(self, day: date) -> bool:
        if own := self.own.get(day):
            return own.is_working
        year = country(day.year)
        if day.weekday() >= SATURDAY:
            return day in year.work
        return day not in year.rest

    def is_made_up(self, day: date) -> bool:
        """Say whether people work on a day that would be one of rest."""
        if not self.is_working(day):
            return False
        return day.weekday() >= SATURDAY or day in country(day.year).rest

    def rest_name(self, day: date) -> str:
        """Return what people call a weekday off; blank for a weekend and a working day."""
        if self.is_working(day):
            return ""
        if own := self.own.get(day):
            return own.name
        name = country(day.year).rest.get(day, "")
        if not name or day.weekday() >= SATURDAY:
            return ""
        return next((called for part, called in CALLED.items() if part in name), EXCHANGED)

    def after(self, day: date) -> Iterator[date]:
        """Yield the working days after ``day``, without end."""
        while True:
            day += DAY
            if self.is_working(day):
                yield day

    def between(self, earlier: date, later: date) -> int:
        """Return how many working days come after ``earlier``, up to ``later`` itself."""
        days = (later - earlier).days
        return sum(self.is_working(earlier + DAY * number) for number in range(1, days + 1))

    def numbered(self, first: date, last: date) -> dict[date, int]:
        """Return for each day how many working days there were by its end, from ``first`` on."""
        days = (first + DAY * number for number in range((last - first).days + 1))
        worked, numbers = 0, {}
        for day in days:
            worked += self.is_working(day)
            numbers[day] = worked
        return numbers

    def rests(self, first: date, last: date) -> list[Rest]:
        """Return the weekdays off from ``first`` to ``last``, those in a row joined."""
        found: list[Rest] = []
        is_open = False
        for number in range((last - first).days + 1):
            day = first + DAY * number
            if name := self.rest_name(day):
                before = found.pop() if is_open else Rest(day, day, ())
                names = dict.fromkeys([*before.names, name])
                found.append(Rest(before.first, day, tuple(names)))
            is_open = bool(found) and (is_open or bool(name)) and not self.is_working(day)
        return found

    def has_weekend(self, first: date, last: date, weekday: int) -> bool:
        """Say whether a Saturday (5) or Sunday (6) of rest lies between two days."""
        days = (first + DAY * number for number in range((last - first).days + 1))
        return any(day.weekday() == weekday and not self.is_working(day) for day in days)

    def made_up(self, first: date, last: date) -> list[date]:
        """Return the days worked in exchange for days off."""
        days = (first + DAY * number for number in range((last - first).days + 1))
        return [day for day in days if self.is_made_up(day)]

    def listed(self, year: int) -> list[Listed]:
        """Return the days of a year that are not as their weekday says, in order."""
        known = country(year)
        days = {day: Listed(day, name, False, False) for day, name in known.rest.items()}
        days |= {day: Listed(day, "làm bù", True, False) for day in known.work}
        days |= {
            day: Listed(day, own.name, own.is_working, True)
            for day, own in self.own.items()
            if day.year == year
        }
        return [days[day] for day in sorted(days)]

    def warning(self, year: int) -> str:
        """Return what staff must see to before a year can be counted in; blank for nothing."""
        if not country(year).is_known:
            return (
                f"Lịch có sẵn không có năm {year}: chỉ tính các ngày lễ dương lịch. "
                "Hãy nhập ngày nghỉ Tết Nguyên đán và Giỗ Tổ Hùng Vương của năm ấy."
            )
        if year > last_announced_year() and not any(day.year == year for day in self.own):
            return (
                f"Lịch có sẵn chưa có thông báo của Nhà nước về ngày nghỉ hoán đổi, làm bù năm "
                f"{year}; các ngày dưới đây tính theo luật. Khi có thông báo, hãy nhập những ngày "
                "khác với bảng này; nếu không có ngày nào khác, nhập lại một ngày nghỉ để xác nhận."
            )
        return ""
