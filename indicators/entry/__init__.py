"""
The entry grid: one territory's figures of one period, typed and saved all together.

A row is changed where a cell says something else than the page showed. Only those cells are
stored, and only if nobody stored the figure meanwhile: what the page showed comes back with it.
"""

from indicators.entry.grid import MOST_INDICATORS, Grid
from indicators.entry.rows import Row

__all__ = ["MOST_INDICATORS", "Grid", "Row"]
