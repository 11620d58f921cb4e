"""How earlier statements of a figure are told, as the database would give them."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from indicators.models import Revision
from indicators.revisions import histories
from tests.indicators.builders import figure_in_memory


def day(number):
    return datetime(2024, 3, number, tzinfo=timezone.get_current_timezone())


def told(figure, *earlier):
    figure.pk, figure.updated_at = 1, day(20)
    revisions = [
        Revision(updated_at=day(number), replaced_at=day(number + 5), **values)
        for number, values in enumerate(earlier, 1)
    ]
    # The database gives the last of them first.
    figure._prefetched_objects_cache = {"revisions": revisions[::-1]}
    return [saying.words for history in histories([figure]) for saying in history.sayings]


def test_the_result_is_told_each_time_with_its_stage_and_word():
    figure = figure_in_memory(result="35360", result_qualifier="over", stage="final")
    assert told(
        figure,
        {"result": Decimal(35000), "result_qualifier": "estimated", "stage": "estimated"},
        {"result": Decimal(35300), "stage": "preliminary"},
    ) == [
        "ước tính 35.000 tỷ đồng",
        "sơ bộ 35.300 tỷ đồng",
        "chính thức trên 35.360 tỷ đồng",
    ]


def test_of_the_rest_only_what_was_said_otherwise_is_told():
    figure = figure_in_memory(
        result="110", target="100", stated_growth="12.06", stated_over_plan="10"
    )
    same = {"target": Decimal(100), "stated_over_plan": Decimal("10")}
    assert told(figure, {"result": Decimal(108), "stated_growth": Decimal(-2), **same}) == [
        "108 tỷ đồng, giảm 2%",
        "110 tỷ đồng, tăng 12,06%",
    ]


def test_a_plan_that_was_moved_is_told():
    figure = figure_in_memory(target="95", target_stated_growth="3")
    assert told(
        figure,
        {"target": Decimal(100), "target_is_derived": True, "target_stated_growth": Decimal(5)},
    ) == [
        "kế hoạch 100 tỷ đồng (suy ra), kế hoạch tăng 5%",
        "kế hoạch 95 tỷ đồng, kế hoạch tăng 3%",
    ]


def test_words_and_a_restated_base_are_told():
    figure = figure_in_memory(result="110", stated_outcome="met", restated_previous="88")
    assert told(figure, {"result": Decimal(110), "stated_outcome": "exceeded"}) == [
        "110 tỷ đồng, vượt kế hoạch",
        "110 tỷ đồng, đạt kế hoạch, năm 2022 tính lại 88 tỷ đồng",
    ]


def test_a_number_taken_back_is_called_missing():
    figure = figure_in_memory(stated_outcome="met")
    assert told(figure, {"result": Decimal(5), "stated_outcome": "met"})[1] == "không nêu số"


def test_a_figure_stated_once_has_no_history():
    assert told(figure_in_memory(result="1")) == []
