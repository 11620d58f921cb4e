"""What readers are told, with the figures of the two departments' reports."""

import pytest

from indicators import wording
from indicators.models import Indicator
from tests.indicators.builders import figure_in_memory

CHANGE = {"unit": "%", "decimals": 2, "measure": Indicator.Measure.CHANGE}
SHARE = {"unit": "%", "decimals": 2}


def industry(**changes):
    """Giá trị sản xuất công nghiệp, Trà Vinh 2023."""
    values = {
        "result": "35360",
        "result_qualifier": "over",
        "stated_growth": "12.06",
        "stated_over_plan": "4.44",
        "target": "33857",
        "target_is_derived": True,
    }
    return figure_in_memory(**values | changes)


def retail_target(**changes):
    """Tổng mức bán lẻ, the target for 2022 as the source states it."""
    values = {"year": 2022, "target": "48000", "target_stated_growth": "7.14", "previous": "45228"}
    return figure_in_memory(**values | changes)


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (
            industry(),
            (
                "Năm 2023, Trà Vinh vượt 4,44% kế hoạch: trên 35.360 so với 33.857 tỷ đồng, "
                "kế hoạch suy ra; tăng 12,06% so với năm 2022."
            ),
        ),
        (
            figure_in_memory(**CHANGE, result="26.08", result_qualifier="estimated"),
            "Năm 2023, Trà Vinh ước tăng 26,08% so với năm 2022.",
        ),
        (
            figure_in_memory(**CHANGE, result="-2.5", target="8.7"),
            (
                "Năm 2023, Trà Vinh giảm 2,5% so với năm 2022, thấp hơn kế hoạch 11,2 điểm % "
                "(kế hoạch tăng 8,7%)."
            ),
        ),
        (
            figure_in_memory(**CHANGE, year=2022, target="8.7"),
            "Năm 2022, Trà Vinh đặt kế hoạch tăng 8,7% so với năm 2021.",
        ),
        (
            figure_in_memory(
                unit="triệu USD", result="430", result_qualifier="over", stated_growth="-4.81"
            ),
            "Năm 2023, Trà Vinh đạt trên 430 triệu USD, giảm 4,81% so với năm 2022.",
        ),
        (
            figure_in_memory(**SHARE, result="99.61", stated_outcome="exceeded"),
            "Năm 2023, Trà Vinh đạt 99,61%, vượt kế hoạch.",
        ),
        (
            figure_in_memory(**SHARE, result="99.61", target="99.5", previous="99.4"),
            (
                "Năm 2023, Trà Vinh cao hơn kế hoạch 0,11 điểm %: 99,61% so với 99,5%; "
                "tăng 0,21 điểm % so với năm 2022."
            ),
        ),
        (
            retail_target(),
            "Năm 2022, Trà Vinh đặt kế hoạch 48.000 tỷ đồng, tăng 7,14% so với kết quả năm 2021.",
        ),
        (
            figure_in_memory(result="97", target="100"),
            "Năm 2023, Trà Vinh đạt 97% kế hoạch: 97 so với 100 tỷ đồng.",
        ),
        (
            figure_in_memory(result="100", target="100"),
            "Năm 2023, Trà Vinh đúng bằng kế hoạch: 100 so với 100 tỷ đồng.",
        ),
        (
            figure_in_memory(result="99999", target="100000"),
            "Năm 2023, Trà Vinh đạt xấp xỉ kế hoạch: 99.999 so với 100.000 tỷ đồng.",
        ),
        (
            figure_in_memory(result="2.1", target="2.5", direction="lower"),
            (
                "Năm 2023, Trà Vinh thấp hơn kế hoạch 16% (càng thấp càng tốt): "
                "2,1 so với 2,5 tỷ đồng."
            ),
        ),
        (
            figure_in_memory(**SHARE, result="7.8", target="7.5", target_upper="8"),
            "Năm 2023, Trà Vinh đạt trong khoảng kế hoạch: 7,8% so với 7,5–8%.",
        ),
        (
            figure_in_memory(result="-5", target="0"),
            "Năm 2023, Trà Vinh thấp hơn kế hoạch 5 tỷ đồng: −5 so với 0 tỷ đồng.",
        ),
        (
            figure_in_memory(result="-5", target="-10"),
            "Năm 2023, Trà Vinh cao hơn kế hoạch 5 tỷ đồng: −5 so với −10 tỷ đồng.",
        ),
        (
            figure_in_memory(
                **SHARE, result="5.2", target="5.5", target_qualifier="at_most", direction="lower"
            ),
            (
                "Năm 2023, Trà Vinh thấp hơn kế hoạch 0,3 điểm % (càng thấp càng tốt): "
                "5,2% so với kế hoạch không quá 5,5%."
            ),
        ),
        (
            figure_in_memory(result="104", target="100", target_qualifier="at_most"),
            ("Năm 2023, Trà Vinh cao hơn kế hoạch 4%: 104 so với kế hoạch không quá 100 tỷ đồng."),
        ),
        (
            figure_in_memory(**CHANGE, result="3.9", target="4", direction="lower"),
            (
                "Năm 2023, Trà Vinh tăng 3,9% so với năm 2022, thấp hơn kế hoạch 0,1 điểm % "
                "(càng thấp càng tốt, kế hoạch tăng 4%)."
            ),
        ),
        (
            figure_in_memory(result="480", target="500", unit="hộ", direction="none"),
            "Năm 2023, Trà Vinh thấp hơn kế hoạch 4%: 480 so với 500 hộ.",
        ),
        (
            figure_in_memory(result="430", result_qualifier="over", target="430"),
            "Năm 2023, Trà Vinh đạt trên mức kế hoạch: trên 430 so với 430 tỷ đồng.",
        ),
        (
            figure_in_memory(result="430", result_qualifier="nearly", target="430"),
            "Năm 2023, Trà Vinh đạt gần bằng kế hoạch: gần 430 so với 430 tỷ đồng.",
        ),
        (
            figure_in_memory(**CHANGE, result="-5", result_qualifier="over", target="-5"),
            (
                "Năm 2023, Trà Vinh giảm trên 5% so với năm 2022, dưới mức kế hoạch (kế hoạch "
                "giảm 5%)."
            ),
        ),
        (
            figure_in_memory(result="45", result_qualifier="expected"),
            "Năm 2023, Trà Vinh dự kiến đạt 45 tỷ đồng.",
        ),
        (
            figure_in_memory(stated_outcome="met", target="85", unit="xã"),
            "Năm 2023, Trà Vinh đạt kế hoạch 85 xã (theo nguồn).",
        ),
        (
            figure_in_memory(
                result="110", previous="100", restated_previous="100", break_reason="hợp nhất"
            ),
            (
                "Năm 2023, Trà Vinh đạt 110 tỷ đồng, "
                "tăng 10% so với năm 2022 tính lại theo địa bàn mới."
            ),
        ),
        (
            figure_in_memory(stated_growth="4"),
            "Năm 2023, Trà Vinh tăng 4% so với năm 2022.",
        ),
        (
            figure_in_memory(stated_outcome="met"),
            "Năm 2023, Trà Vinh đạt kế hoạch (theo nguồn).",
        ),
        (
            figure_in_memory(months=9, result="30", stated_growth="5"),
            "9 tháng đầu năm 2023, Trà Vinh đạt 30 tỷ đồng, tăng 5% so với cùng kỳ năm 2022.",
        ),
    ],
)
def test_status_says_in_plain_words_where_an_indicator_stands(figure, sentence):
    assert wording.status(figure) == sentence


def test_a_stated_rate_that_does_not_follow_from_the_numbers_is_pointed_out():
    assert wording.disagreements(retail_target()) == [
        "Nguồn ghi kế hoạch tăng 7,14%; tính từ các số đã công bố thì tăng 6,13%."
    ]


@pytest.mark.parametrize(
    ("values", "told", "verdict", "assessment"),
    [
        (
            {"result": "35360", "target": "33000", "stated_over_plan": "4.44"},
            "Nguồn ghi vượt 4,44% kế hoạch; tính từ các số đã công bố thì vượt 7,15% kế hoạch.",
            "vượt 7,15% kế hoạch",
            "exceeded",
        ),
        (
            {"result": "35360", "target": "36000", "stated_over_plan": "4.44"}
            | {"target_is_derived": True},
            "Nguồn ghi vượt 4,44% kế hoạch; tính từ kế hoạch suy ra thì bằng 98,22% kế hoạch.",
            "bằng 98,22% kế hoạch",
            "missed",
        ),
        (
            {"stated_over_plan": "4.44", "stated_outcome": "missed"},
            "Nguồn kết luận không đạt kế hoạch; theo số liệu thì vượt 4,44% kế hoạch.",
            "vượt 4,44% kế hoạch",
            "exceeded",
        ),
    ],
)
def test_a_statement_on_the_plan_gives_way_to_numbers_and_is_told(
    values, told, verdict, assessment
):
    figure = figure_in_memory(**values)
    assert wording.disagreements(figure) == [told]
    assert (wording.against_plan(figure), figure.assessment) == (verdict, assessment)


@pytest.mark.parametrize(
    ("values", "words", "assessment"),
    [
        # A derived plan that rounds to the result is still exceeded.
        (
            {"result": "5", "target": "5", "target_is_derived": True, "stated_over_plan": "4.44"},
            "vượt 4,44% kế hoạch",
            "exceeded",
        ),
        (
            SHARE | {"result": "99", "target": "99", "stated_over_plan": "0.3"},
            "vượt 0,3% kế hoạch",
            "exceeded",
        ),
        ({"stated_over_plan": "-2", "target_qualifier": "at_most"}, "thấp hơn kế hoạch 2%", "met"),
        ({"result": "99.995", "target": "100"}, "bằng 99,99% kế hoạch", "missed"),
    ],
)
def test_tag_and_sentence_go_by_the_same_number(values, words, assessment):
    figure = figure_in_memory(**values)
    assert (wording.against_plan(figure), figure.assessment) == (words, assessment)
    assert wording.disagreements(figure) == []


@pytest.mark.parametrize(
    "figure",
    [
        retail_target(target="5600", previous="5167", target_stated_growth="8.38"),
        retail_target(target_qualifier="over"),
        retail_target(previous="45000", previous_qualifier="nearly"),
        retail_target(target_is_derived=True),
        retail_target(previous=None),
    ],
)
def test_a_rate_that_follows_or_cannot_be_checked_is_left_alone(figure):
    assert wording.disagreements(figure) == []


def test_a_rate_computed_from_numbers_cut_short_is_about_right():
    figure = figure_in_memory(
        target="40000", target_qualifier="over", previous="35360", previous_qualifier="over"
    )
    assert wording.target_growth(figure) == "tăng khoảng 13,12%"
    assert wording.previous(figure) == "trên 35.360"


@pytest.mark.parametrize(
    ("figure", "number", "remarks"),
    [
        (industry(), "trên 35.360 tỷ đồng", "tăng 12,06%, vượt 4,44% kế hoạch"),
        (retail_target(), "kế hoạch 48.000 tỷ đồng", "tăng 7,14%"),
        (
            figure_in_memory(**CHANGE, result="8.82", result_qualifier="estimated"),
            "ước tăng 8,82%",
            "",
        ),
        (
            figure_in_memory(**CHANGE, result="8.82", target="8"),
            "tăng 8,82%",
            "cao hơn kế hoạch 0,82 điểm %",
        ),
        (figure_in_memory(**CHANGE, target="8.7"), "kế hoạch tăng 8,7%", ""),
        (
            figure_in_memory(stated_growth="-4.81", stated_over_plan="2"),
            "giảm 4,81%",
            "vượt 2% kế hoạch",
        ),
        (figure_in_memory(target="5", stated_outcome="met"), "kế hoạch 5 tỷ đồng", ""),
        (figure_in_memory(stated_outcome="met"), "đạt kế hoạch", ""),
    ],
)
def test_a_list_gives_the_number_first_and_what_is_known_beside_it(figure, number, remarks):
    assert wording.number_in_words(figure) == number
    assert wording.remarks(figure) == remarks


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (
            industry(),
            "Năm 2023: thực hiện trên 35.360 tỷ đồng, kế hoạch 33.857 tỷ đồng (suy ra)",
        ),
        (figure_in_memory(result="430", unit="triệu USD"), "Năm 2023: thực hiện 430 triệu USD"),
        (
            figure_in_memory(target="75", target_upper="80", unit="%"),
            "Năm 2023: kế hoạch 75–80%",
        ),
        (
            figure_in_memory(**CHANGE, result="26.08", result_qualifier="estimated", target="8.7"),
            "Năm 2023: ước tăng 26,08%, kế hoạch tăng 8,7%",
        ),
        (figure_in_memory(**CHANGE, result="-4.81"), "Năm 2023: giảm 4,81%"),
    ],
)
def test_a_year_of_a_chart_is_told_in_a_sentence(figure, words):
    assert wording.year_in_words(figure) == words


@pytest.mark.parametrize(
    ("value", "qualifier", "words"),
    [
        ("26.08", "estimated", "ước tăng 26,08%"),
        ("8", "over", "tăng trên 8%"),
        ("-2.5", "nearly", "giảm gần 2,5%"),
        ("6.52", "", "tăng 6,52%"),
        ("0", "about", "không đổi"),
        ("0.004", "", "gần như không đổi"),
        ("8.5", "expected", "dự kiến tăng 8,5%"),
    ],
)
def test_a_rate_of_change_keeps_its_qualifier(value, qualifier, words):
    figure = figure_in_memory(**CHANGE, result=value, result_qualifier=qualifier)
    assert wording.rate(figure) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"result": "104.44", "target": "100"}, "(104,44% kế hoạch)"),
        ({"result": "85", "target": "100"}, "(85% kế hoạch)"),
        ({"result": "90", "target": "100", "direction": "lower"}, "thấp hơn kế hoạch 10%"),
        ({"result": "-5", "target": "3"}, "thấp hơn kế hoạch"),
        (
            {"result": "96", "target": "100", "target_qualifier": "at_most"},
            "thấp hơn kế hoạch 4%",
        ),
    ],
)
def test_a_share_of_the_plan_is_named_where_more_is_better(values, words):
    assert wording.share_of_plan(figure_in_memory(**values)) == words


def test_across_a_break_there_is_no_comparison_and_the_reason_is_given():
    figure = figure_in_memory(result="98000", break_reason="hợp nhất hai tỉnh")
    assert wording.refusal(figure) == "không so được với năm 2022"
    assert wording.explained_refusal(figure) == "không so được với năm 2022: hợp nhất hai tỉnh"
    within = figure_in_memory(result="50", months=6, break_reason="hợp nhất hai tỉnh")
    assert wording.refusal(within) == "không so được với cùng kỳ năm 2022"


@pytest.mark.parametrize(
    "known",
    [
        {"break_reason": None},
        {"restated_previous": "90000", "previous": "90000"},
        {"stated_growth": "8"},
        CHANGE,
    ],
)
def test_a_comparison_that_can_be_made_is_not_refused(known):
    figure = figure_in_memory(**{"result": "98", "break_reason": "hợp nhất hai tỉnh"} | known)
    assert wording.explained_refusal(figure) == ""
