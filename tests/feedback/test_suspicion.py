from datetime import timedelta

import pytest

from feedback import suspicion
from feedback.models import Submission
from feedback.suspicion import Evidence, judge, links


def test_an_ordinary_message_raises_no_doubt():
    evidence = Evidence(name="Nguyễn Thị Hoa", title="Hỏi lịch tiếp dân", content="Xin cho biết.")
    assert judge(evidence) == ([], 0)


@pytest.mark.parametrize(
    ("noticed", "reason"),
    [
        ({"trap": "http://a.vn"}, "trap"),
        ({"taken": timedelta(seconds=2)}, "hasty"),
        ({"name": "Mua ngay tai.xyz"}, "link_in_name"),
        ({"title": "Xem https://a.vn"}, "link_in_name"),
        ({"content": "Xem http://a.vn/mot http://b.vn/hai"}, "mostly_links"),
        ({"alike": 2}, "repeated_often"),
        ({"everybodys": 1_000}, "full_hour"),
    ],
)
def test_what_no_person_does_puts_a_message_aside(noticed, reason):
    verdict = judge(Evidence(**noticed))
    assert verdict.is_aside
    assert verdict.reasons[0] == reason


@pytest.mark.parametrize(
    "noticed",
    [
        {"has_work": False},  # no JavaScript
        {"has_work": False, "is_same_origin": None},  # an old browser, besides
        {"has_code": False},  # cannot read the code
        {"alike": 1},  # sent again with a slip put right
        {"messages": 12},  # an office, or a mobile carrier
        {"messages": 12, "has_work": False},
        {"content": "Xem https://soct.example.gov.vn/van-ban và thư a.b@example.com giúp."},
        {"everybodys": 400, "messages": 4},
        {"taken": timedelta(seconds=4)},
    ],
)
def test_what_a_person_may_do_does_not(noticed):
    assert not judge(Evidence(**noticed)).is_aside


def test_doubts_add_up():
    assert judge(Evidence(alike=1, has_work=False, messages=3)).is_aside
    assert judge(Evidence(has_work=False, without_work=5)).is_aside
    assert judge(Evidence(has_code=False, without_code=10, messages=10)).is_aside
    assert judge(Evidence(content="Дешевые товары каждый день", is_same_origin=None)).is_aside


def test_light_doubts_ask_for_the_code():
    assert judge(Evidence(has_work=False)).is_unsure
    assert not judge(Evidence(has_code=False)).is_unsure


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Xem http://a.vn và https://b.vn/x?y=1.", 2),
        ("www.a.vn", 1),
        ("mua ở tai-day.xyz/khuyen-mai nhé", 1),
        ("thư gửi nguyen.hoa@example.com", 0),
        ("Nghị quyết 01/NQ-CP, ngày 12.5.2026, giá 35.360 tỷ", 0),
        ("TP.HCM, Q.1, P.Bến Nghé", 0),
    ],
)
def test_links_are_counted(text, count):
    assert links(text) == count


@pytest.mark.parametrize("piece", ["a.", "a-", "www.", "a@", "http://", "x" * 50 + ".com"])
def test_hostile_texts_are_judged(piece):
    text = (piece * 10_000)[:10_000]  # a slow pattern would hold up the whole suite
    judge(Evidence(name=text, title=text, content=text))


def test_every_reason_has_words_and_fits_its_column():
    field = Submission._meta.get_field("suspicions").base_field
    assert all(suspicion.REASONS.values())
    assert max(map(len, suspicion.REASONS)) <= field.max_length
