"""Written Vietnamese and what is heard, kind by kind (table.txt)."""

from pathlib import Path

import pytest

from news.spoken import spoken


def pairs() -> list:
    lines = Path(__file__).with_name("table.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split(" → ") for line in lines if " → " in line)
    return [pytest.param(written, heard, id=written[:60]) for written, heard in split]


@pytest.mark.parametrize(("written", "heard"), pairs())
def test_text_is_spoken_as_an_announcer_would(written, heard):
    assert spoken(written) == heard


def test_the_table_covers_the_language_of_the_news():
    assert len(pairs()) >= 1_000
