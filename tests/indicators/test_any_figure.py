"""What holds of every figure there may be: nothing raises, tag and sentence agree."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import tables, wording
from indicators.formulas import Assessment, by_size
from indicators.models import Figure, Indicator
from indicators.sources import Row
from indicators.sums import sums
from tests.indicators.builders import figure_in_memory

numbers = st.sampled_from(
    [None, *map(Decimal, ["0", "5", "-5", "99.5", "99.9999", "100", "0.0004", "12345.678"])]
)
rates = st.sampled_from(
    [None, *map(Decimal, ["0", "0.3", "-0.3", "0.01", "5", "-5", "100", "-100", "-150", "900"])]
)
COLUMNS = [*tables.of_results(2023), *tables.of_targets(2023), *tables.of_series()]
TOLD = [
    wording.number_in_words,
    wording.rate,
    wording.refusal,
    wording.remarks,
    wording.share_of_plan,
    wording.stated,
    wording.status,
    wording.year_in_words,
    wording.disagreements,
    sums,
]


@st.composite
def figures(draw):
    """Return a figure with whatever numbers and words, as the database would allow them."""
    target = draw(numbers)
    is_range = target is not None and draw(st.booleans())
    return figure_in_memory(
        unit=draw(st.sampled_from(["tỷ đồng", "%"])),
        measure=draw(st.sampled_from(Indicator.Measure.values)),
        direction=draw(st.sampled_from(["higher", "lower", "none"])),
        decimals=draw(st.sampled_from([0, 2])),
        months=draw(st.sampled_from([1, 9, 12])),
        previous=draw(numbers),
        break_reason=draw(st.sampled_from([None, "hợp nhất hai tỉnh"])),
        target=target,
        target_upper=target + 1 if is_range else None,
        target_qualifier=draw(st.sampled_from(Figure.Qualifier.values)),
        target_is_derived=target is not None and draw(st.booleans()),
        target_stated_growth=draw(rates),
        result=draw(numbers),
        result_qualifier=draw(st.sampled_from(Figure.Qualifier.values)),
        stated_growth=draw(rates),
        stated_over_plan=draw(rates),
        stated_outcome=draw(st.sampled_from(Figure.Outcome.values)),
    )


@settings(max_examples=150)
@given(figures())
def test_whatever_a_figure_holds_it_can_be_told(figure):
    for told in TOLD:
        told(figure)
    (line,) = tables.lines([Row(figure, None)], COLUMNS)
    assert "hơn kế hoạch 0 " not in wording.status(figure)
    assert len(line.cells) == len(COLUMNS)


def contradicts(words, figure):
    bound = Figure.Qualifier(figure.target_qualifier).bound
    if figure.indicator.is_change:
        bound = by_size(bound, figure.target)
    is_ceiling, is_floor = bound < 0, bound > 0
    wanted, unwanted = ("cao hơn", "thấp hơn")
    is_lower_better = figure.indicator.direction == "lower"
    if is_lower_better:
        wanted, unwanted = unwanted, wanted
    has_condition = is_floor if is_lower_better else is_ceiling
    met = ("đúng bằng", "trong khoảng", "đạt kế hoạch", "(100% ")
    against = {
        Assessment.EXCEEDED: ("bằng ", "không đạt", unwanted, *met),
        Assessment.MISSED: ("vượt", *met, *(() if has_condition else (wanted,))),
        Assessment.MET: ("vượt", "bằng ", "không đạt", *(() if has_condition else (unwanted,))),
    }
    return words.startswith(against.get(figure.assessment, ()))


@settings(max_examples=150)
@given(figures())
def test_the_tag_never_contradicts_the_sentence(figure):
    assert not contradicts(wording.against_plan(figure), figure)
    assert not contradicts(wording.share_of_plan(figure), figure)
