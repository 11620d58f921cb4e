"""
Person or machine? What the layers of protection noticed, weighed in one place.

Nobody is refused by a guess: what weighs enough is put aside for staff to look at, and the
sender is answered like anybody else. Refused is only what cannot be a person's form: one that
is forged, used or expired, and what exceeds a limit.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from portal.templatetags.portal import figure

UNSURE = 30  # from here on the code is asked for where it is not asked of everybody
ASIDE = 100  # from here on it is put aside

FASTEST_PERSON = timedelta(seconds=3)
MANY_LINKS = 4
WITHOUT_WORK_AN_HOUR = 5  # of one network
WITHOUT_CODE_AN_HOUR = 10  # of one network
BUSY_NETWORK = 3  # messages of one network within an hour
BUSY_HOUR, FULL_HOUR = 200, 1_000  # messages of everybody within an hour


@dataclass
class Evidence:
    """What the layers noticed of one message."""

    trap: str = ""  # what stands in the box that people do not see
    taken: timedelta = timedelta(hours=1)  # from the opening of the form to sending
    has_work: bool = True
    has_code: bool = True
    is_same_origin: bool | None = True  # None: the browser does not say
    messages: int = 0  # of this network within the hour
    without_work: int = 0  # of these, sent without the browser's work
    without_code: int = 0  # of these, with heavier work in place of the code
    everybodys: int = 0  # messages taken in within the hour
    alike: int = 0  # messages of the last days with nearly the same text
    name: str = ""
    title: str = ""
    content: str = ""


class Rule(NamedTuple):
    weight: int
    words: str  # for staff
    holds: Callable[[Evidence], bool]


# The rule book. A person may well do one of the lighter things, hardly several at once.
RULES = {
    "trap": Rule(100, "điền vào ô ẩn mà người gửi không nhìn thấy", lambda e: e.trap != ""),
    "hasty": Rule(
        100, "gửi chưa đầy ba giây sau khi mở biểu mẫu", lambda e: e.taken < FASTEST_PERSON
    ),
    "link_in_name": Rule(
        100, "có liên kết trong họ tên hoặc tiêu đề", lambda e: links(f"{e.name} {e.title}") > 0
    ),
    "mostly_links": Rule(
        100, "nội dung hầu hết là liên kết", lambda e: _is_mostly_links(e.content)
    ),
    "repeated_often": Rule(100, "nội dung đã gửi nhiều lần", lambda e: e.alike >= 2),
    "full_hour": Rule(
        100,
        f"cổng nhận từ {figure(FULL_HOUR)} góp ý trở lên trong một giờ",
        lambda e: e.everybodys >= FULL_HOUR,
    ),
    "many_links": Rule(
        70, f"có từ {MANY_LINKS} liên kết trở lên", lambda e: links(e.content) >= MANY_LINKS
    ),
    "many_no_work": Rule(
        70,
        "nhiều góp ý không kèm phép tính từ cùng một mạng",
        lambda e: not e.has_work and e.without_work >= WITHOUT_WORK_AN_HOUR,
    ),
    "many_no_code": Rule(
        70,
        "nhiều góp ý không nhập mã từ cùng một mạng",
        lambda e: not e.has_code and e.without_code >= WITHOUT_CODE_AN_HOUR,
    ),
    "repeated": Rule(60, "gần giống một góp ý vừa gửi", lambda e: e.alike == 1),
    "other_script": Rule(60, "không viết bằng chữ Latinh", lambda e: _is_foreign(e.content)),
    "no_origin": Rule(
        40, "trình duyệt không cho biết gửi từ trang nào", lambda e: e.is_same_origin is None
    ),
    "busy_hour": Rule(
        40,
        f"cổng nhận từ {BUSY_HOUR} góp ý trở lên trong một giờ",
        lambda e: e.everybodys >= BUSY_HOUR,
    ),
    "some_links": Rule(30, "có liên kết", lambda e: 1 < links(e.content) < MANY_LINKS),
    "no_work": Rule(30, "trình duyệt không làm phép tính kiểm tra", lambda e: not e.has_work),
    "busy_network": Rule(
        30, "nhiều góp ý từ cùng một mạng trong một giờ", lambda e: e.messages >= BUSY_NETWORK
    ),
    "no_code": Rule(10, "làm phép tính thay cho nhập mã", lambda e: not e.has_code),
}
REASONS = {code: rule.words for code, rule in RULES.items()}


class Verdict(NamedTuple):
    reasons: list[str]  # codes of RULES, the weightiest first
    weight: int

    @property
    def is_unsure(self) -> bool:
        return self.weight >= UNSURE

    @property
    def is_aside(self) -> bool:
        """Say whether staff shall look first whether a person wrote it."""
        return self.weight >= ASIDE


def judge(evidence: Evidence) -> Verdict:
    reasons = [code for code, rule in RULES.items() if rule.holds(evidence)]
    return Verdict(reasons, sum(RULES[code].weight for code in reasons))


# Written as an address, or as a name under one of the endings that advertisements use.
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}"
    r"\.(?:com|net|org|info|top|xyz|shop|vip|club|online|site|ru|cn|cc|me)\b(?:/[^\s<>\"']*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")  # somebody's e-mail is no link


def links(text: str) -> int:
    """Return how many links stand in a text; addresses of e-mail are none."""
    return len(_links(text))


def _links(text: str) -> list[str]:
    return _LINK.findall(_ADDRESS.sub(" ", text))


def _is_mostly_links(text: str) -> bool:
    found = _links(text)
    return len(found) > 1 and 2 * sum(map(len, found)) > len(text)


def _is_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    latin = sum(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in letters)
    return bool(letters) and 2 * latin < len(letters)
