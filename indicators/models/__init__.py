"""What was promised and what was reached: indicators, territories, yearly figures."""

from indicators.models.figures import Figure, Revision
from indicators.models.indicators import Indicator, IndicatorGroup
from indicators.models.quotations import DiscardedReading, Quotation
from indicators.models.territories import SeriesBreak, Territory

__all__ = [
    "DiscardedReading",
    "Figure",
    "Indicator",
    "IndicatorGroup",
    "Quotation",
    "Revision",
    "SeriesBreak",
    "Territory",
]
