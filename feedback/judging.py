"""
A message before the layers of protection: what they notice is gathered, its token used up.

What weighs how much is decided in feedback/suspicion.py alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError

from feedback import challenge, likeness, limits, suspicion, work
from feedback.challenge import Refusal
from feedback.models import Submission
from portal import visitors

CODE_NEEDED = "Vui lòng nhập mã kiểm tra."
CODE_NEEDED_TOO = (
    "Xin nhập thêm mã kiểm tra ở cuối biểu mẫu rồi gửi lại. Những gì ông/bà đã viết vẫn còn nguyên."
)
TOO_MANY_OF_EVERYBODY = "Trong một giờ qua có quá nhiều góp ý gửi đến nên cổng tạm dừng nhận thêm."
TOO_MANY_OF_NETWORK = (
    "Trong một giờ qua đã có quá nhiều góp ý gửi từ mạng mà ông/bà đang dùng nên cổng tạm dừng "
    "nhận thêm từ mạng này."
)
TOO_MANY_FILES = (
    "Trong một giờ qua đã có quá nhiều lần gửi tệp từ mạng mà ông/bà đang dùng nên cổng tạm dừng "
    "nhận thêm tệp từ mạng này."
)
NOTHING = suspicion.Verdict([], 0)


class Sender(NamedTuple):
    """Where a form comes from."""

    network: str = ""
    is_same_origin: bool | None = None  # None: the browser does not say


@dataclass
class Judged:
    """What became of a form whose boxes were filled in well."""

    nonce: str = ""
    verdict: suspicion.Verdict = NOTHING
    likeness: int | None = None
    refusal: str = ""  # one sentence for the sender
    refused_field: str | None = "code"
    is_token_spent: bool = False  # another one has to be shown
    is_code_needed: bool = False  # though it had not been asked for
    is_over_limit: bool = False
    earlier: Submission | None = None  # taken in when the same form was sent before


def sender(request) -> Sender:
    """Return where a request comes from, as far as the browser says it."""
    says = "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
    # «none»: nobody but the person caused it, by loading the page again.
    is_persons_own = request.headers.get("Sec-Fetch-Site") == "none"
    is_same = (is_persons_own or visitors.is_same_origin(request)) if says else None
    return Sender(visitors.client_network(request), is_same)


def new_token(sender: Sender, at: datetime, instead_of: str = "") -> str:
    """Return the token of a new challenge, its work as hard as what is going on demands."""
    try:
        pressure = limits.pressure(sender.network, at)
    except DatabaseError:  # the form is shown all the same, and can be sent later
        pressure = limits.Pressure()
    tries = work.tries(pressure.attempts, pressure.messages)
    return challenge.issue(at, instead_of=instead_of, tries=tries)


def replaces_code(token: str, solution: str) -> bool:
    """Say whether the browser did the heavier work that stands for the code."""
    opened = challenge.opened(token)
    is_open = not isinstance(opened, Refusal)
    return is_open and work.done(token, opened.tries, solution) == work.IN_PLACE_OF_CODE


def is_answered(written: dict, at: datetime) -> bool:
    """Say whether code or work are right, so that its files are worth opening; nothing is used."""
    token = written["challenge"]
    opened = challenge.opened(token, at)
    if isinstance(opened, Refusal):
        return False
    done = work.done(token, opened.tries, written["work"])
    is_enough = done == work.IN_PLACE_OF_CODE or (done and not settings.CODE_IS_ALWAYS_ASKED)
    return bool(is_enough) or challenge.is_right(token, written["code"])


def judge(written: dict, sender: Sender, at: datetime, *, is_code_asked: bool) -> Judged:
    """
    Return what becomes of a message; to be called in the transaction that keeps it.

    A code that is missing uses nothing up. A token already used for the same message leads to
    that one: a double click, or an answer that got lost on its way.
    """
    token, typed = written["challenge"], written["code"]
    opened = challenge.opened(token, at)
    if isinstance(opened, Refusal):
        return Judged(refusal=opened.value, is_token_spent=True, is_code_needed=True)
    done = work.done(token, opened.tries, written["work"])
    alike = likeness.of(written["title"], written["content"])
    pressure = limits.pressure(sender.network, at)
    verdict = suspicion.judge(_evidence(written, sender, at, opened, done, alike, pressure))
    judged = Judged(opened.nonce, verdict, alike)

    is_code_replaced = done == work.IN_PLACE_OF_CODE
    if (is_code_asked or verdict.is_unsure) and not is_code_replaced and not typed:
        judged.refusal = CODE_NEEDED if is_code_asked else CODE_NEEDED_TOO
        judged.is_code_needed = True
        return judged

    is_typed = bool(typed) and not is_code_replaced
    refusal = challenge.check_and_burn(token, typed, at) if is_typed else challenge.burn(token, at)
    if refusal is Refusal.USED and (earlier := _earlier(written, opened.nonce, done)):
        judged.earlier = earlier
        return judged
    judged.is_token_spent = True
    if refusal:
        judged.refusal, judged.is_code_needed = refusal.value, True
    elif too_many := _over_limit(sender, at, done, verdict, pressure):
        judged.is_over_limit, judged.refused_field = True, None
        judged.refusal = too_many_submissions(too_many)
    return judged


def too_many_submissions(reason: str) -> str:
    """Return why no more is taken in, with what the sender can do."""
    phone = settings.DEPARTMENT["phone"]
    return f"{reason} Nội dung vừa nhập vẫn còn nguyên; xin gửi lại sau một giờ" + (
        f" hoặc gọi số {phone}." if phone else "."
    )


def _evidence(written, sender, at, opened, done, alike, pressure) -> suspicion.Evidence:
    return suspicion.Evidence(
        trap=written["website"],
        taken=at - opened.begun_at,
        has_work=done is not None,
        has_code=done != work.IN_PLACE_OF_CODE,
        is_same_origin=sender.is_same_origin,
        messages=pressure.messages,
        without_work=pressure.without_work,
        without_code=pressure.without_code,
        everybodys=pressure.everybodys,
        alike=likeness.seen(alike, at),
        name=written["name"],
        title=written["title"],
        content=written["content"],
    )


def _earlier(written: dict, nonce: str, done: work.Kind | None) -> Submission | None:
    """Return what was received of the same form, if whoever sends could send it."""
    typed = written["code"]
    if not (challenge.is_right(written["challenge"], typed) if typed else done):
        return None
    return Submission.objects.filter(nonce=nonce, title=written["title"]).first()


def _over_limit(sender, at, done, verdict, pressure) -> str:
    """Count a message; say of what there are too many, blank for nothing."""
    if verdict.is_aside and pressure.aside >= limits.MOST_ASIDE:
        return TOO_MANY_OF_EVERYBODY
    if done is None:
        limits.take(limits.WITHOUT_WORK, sender.network, at)
    if done == work.IN_PLACE_OF_CODE:
        limits.take(limits.WITHOUT_CODE, sender.network, at)
    return "" if limits.take(limits.SUBMISSIONS, sender.network, at) else TOO_MANY_OF_NETWORK
