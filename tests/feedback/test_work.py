import itertools

import pytest

from feedback import challenge, work

EASY = 64


def solve(token, kind, effort):
    bound = work.bound(kind, effort)
    numbers = (
        next(n for n in itertools.count() if work.digest(token, kind, part, n) < bound)
        for part in range(kind.parts)
    )
    return f"{kind.name}:{'.'.join(map(str, numbers))}"


def test_a_solution_is_good_for_its_token_alone():
    token, other = challenge.issue(tries=EASY), challenge.issue(tries=EASY)
    solution = solve(token, work.LIGHT, EASY)
    assert work.done(token, EASY, solution) == work.LIGHT
    assert work.done(other, EASY, solution) is None


def test_easier_work_does_not_pass_for_harder():
    token = challenge.issue()
    assert work.done(token, work.USUAL, solve(token, work.LIGHT, EASY)) is None


def test_light_work_does_not_stand_for_the_code(monkeypatch):
    monkeypatch.setattr(work, "HEAVY", EASY)
    token = challenge.issue(tries=EASY)
    light = solve(token, work.LIGHT, EASY)
    assert work.done(token, EASY, light.replace("nhe", "thay-ma")) is None
    heavy = solve(token, work.IN_PLACE_OF_CODE, EASY)
    assert work.done(token, EASY, heavy) == work.IN_PLACE_OF_CODE


@pytest.mark.parametrize(
    "solution",
    ["", "nhe", "nhe:", "nhe:1.2", "nhe:" + ".".join(["4294967296"] * 8), "nhe:" + "." * 7,
     "nhe:" + ".".join(["-1"] * 8), "nhe:" + ".".join(["٣"] * 8), "x" * 100_000,
     "nhe:" + ".".join(["9" * 5000] * 8), "thay-ma:" + ".".join(["1"] * 32)],
)  # fmt: skip
def test_what_is_no_solution_is_none(solution):
    assert work.done(challenge.issue(), work.USUAL, solution) is None


def test_a_token_says_how_hard_its_work_is():
    assert challenge.opened(challenge.issue(tries=100_000)).tries == 100_000
    assert challenge.opened(challenge.issue()).tries == work.USUAL


def test_work_grows_with_what_is_going_on_and_not_without_end():
    assert work.tries(0, 0) == work.USUAL == 50_000
    assert work.tries(40, 0) > work.tries(29, 0)
    assert work.tries(0, 4) > work.tries(0, 2)
    assert work.tries(10_000, 10_000) == work.MOST


def test_the_browser_reckons_the_same_kinds(settings):
    script = (settings.BASE_DIR / "static/js/feedback-proof.js").read_text()
    assert f'LIGHT = {{ name: "{work.LIGHT.name}", parts: {work.LIGHT.parts} }}' in script
    heavy = work.IN_PLACE_OF_CODE
    assert f'name: "{heavy.name}", parts: {heavy.parts}, tries: {work.HEAVY:_}' in script
