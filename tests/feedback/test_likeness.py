import random
from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone

from benchmarks.spam_texts import ADVERTS, advert, letter
from feedback import likeness
from tests.feedback.builders import make_submission

LETTER = (
    "Đèn đường trước chợ xã đã tắt hai tuần nay, buổi tối bà con đi lại rất khó khăn. "
    "Tôi đã gọi điện lực nhưng chưa thấy ai đến sửa. Đề nghị Sở nhắc đơn vị quản lý thay bóng mới."
)


def difference(one, other):
    return likeness.difference(likeness.of("", one), likeness.of("", other))


@pytest.mark.parametrize(
    "changed",
    [
        LETTER.upper(),
        LETTER.replace("hai tuần", "ba tuần"),
        LETTER + " Số máy 0912 345 678.",
        LETTER.replace("đ", "d").replace("ư", "u"),
        LETTER + " Xem https://example.com/abc?x=1",
        LETTER.replace(",", " – ").replace(".", "!!"),
        "Kính gửi Sở. " + LETTER,
    ],
)
def test_a_text_hardly_changed_is_alike(changed):
    assert difference(LETTER, changed) <= likeness.ALIKE


def test_letters_of_different_people_are_not_alike():
    texts = [letter(number) for number in range(120)]
    found = [likeness.of(text["title"], text["content"]) for text in texts]
    alike = sum(
        likeness.difference(one, other) <= likeness.ALIKE for one, other in combinations(found, 2)
    )
    assert alike == 0


def test_the_same_advertisement_is_known_again():
    texts = [advert(number * len(ADVERTS)) for number in range(30)]
    found = [likeness.of(text["title"], text["content"]) for text in texts]
    alike = [
        likeness.difference(one, other) <= likeness.ALIKE for one, other in combinations(found, 2)
    ]
    assert sum(alike) > 0.95 * len(alike)


@pytest.mark.parametrize("text", ["", "Chào", "1 2 3 4 5 6 7 8", "👍" * 500, "\x00" * 90])
def test_too_short_a_text_is_like_no_other(text):
    assert likeness.of("", text) is None


def test_the_number_fits_its_column():
    chance = random.Random(1)
    for _ in range(200):
        words = " ".join(str(chance.random()).translate({ord("0") + n: 97 + n for n in range(10)})
                         for _ in range(12))  # fmt: skip
        assert -(2**63) <= likeness.of("", words) < 2**63


@pytest.mark.django_db
def test_only_the_last_days_are_compared():
    now = timezone.now()
    found = likeness.of("", LETTER)
    for days in (0.1, 2.9, 3.1):
        make_submission(likeness=found, received_at=now - timedelta(days=days))
    make_submission(likeness=likeness.of("", letter(1)["content"]))
    make_submission()
    assert likeness.seen(found, now) == 2
    assert likeness.seen(None, now) == 0
