"""Where and when: what a whole table of figures has in common."""

from typing import NamedTuple

from indicators.models import Figure, Territory


class Period(NamedTuple):
    territory: Territory
    year: int
    months: int = 12

    def __str__(self):
        return f"{Figure(year=self.year, months=self.months).period}, {self.territory}"

    @property
    def slot(self) -> dict:
        return {"territory": self.territory, "year": self.year, "months": self.months}
