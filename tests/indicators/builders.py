"""Indicators, territories and figures for tests: valid unless a test says otherwise."""

from decimal import Decimal
from itertools import count

from indicators.models import Figure, Indicator, IndicatorGroup, Territory

_numbers = count(1)


def make_territory(**changes) -> Territory:
    number = next(_numbers)
    values = {"code": f"tinh-{number}", "name": f"Tỉnh {number}", "full_name": f"tỉnh {number}"}
    return Territory.objects.create(**values | changes)


def make_group(**changes) -> IndicatorGroup:
    number = next(_numbers)
    return IndicatorGroup.objects.create(
        **{"name": f"Nhóm {number}", "slug": f"nhom-{number}", "position": number} | changes
    )


def make_indicator(**changes) -> Indicator:
    """Return an indicator in «tỷ đồng» where higher is better."""
    number = next(_numbers)
    values = {"code": f"CT{number}", "name": f"Chỉ tiêu {number}", "unit": "tỷ đồng"} | changes
    if "group" not in values:
        values["group"] = make_group()
    return Indicator.objects.create(**values)


def make_figure(**changes) -> Figure:
    """Return a figure of 2023 with a result of 100 and nothing else said."""
    values = {"year": 2023, "result": Decimal(100)} | _decimals(changes)
    if "indicator" not in values:
        values["indicator"] = make_indicator()
    if "territory" not in values:
        values["territory"] = make_territory()
    return Figure.objects.create(**values)


def figure_in_memory(
    previous=None,
    previous_qualifier="",
    break_reason=None,
    unit="tỷ đồng",
    decimals=0,
    measure=Indicator.Measure.LEVEL,
    direction="higher",
    **changes,
) -> Figure:
    """Return a figure of Trà Vinh in 2023 that no database has seen."""
    indicator = Indicator(
        name="Chỉ tiêu", unit=unit, decimals=decimals, measure=measure, direction=direction
    )
    territory = Territory(code="tra-vinh", name="Trà Vinh", full_name="tỉnh Trà Vinh")
    values = {"indicator": indicator, "territory": territory, "year": 2023} | _decimals(changes)
    figure = Figure(**values)
    figure.previous = None if previous is None else Decimal(previous)
    figure.previous_qualifier = previous_qualifier
    figure.break_reason = break_reason
    return figure


_NUMBERS = {field.name for field in Figure._meta.fields if hasattr(field, "decimal_places")}


def _decimals(values: dict) -> dict:
    """Return ``values`` with numbers written as text made Decimal, as a reload would."""
    return {
        name: Decimal(value) if name in _NUMBERS and value is not None else value
        for name, value in values.items()
    }
