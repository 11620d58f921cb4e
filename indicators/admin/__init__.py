"""The admin of indicators; each table, and each page of its own, in its own module."""

from indicators.admin import figures, indicators, territories

__all__ = ["figures", "indicators", "territories"]
