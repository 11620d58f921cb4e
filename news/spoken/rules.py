"""What a rule of reading is made of, and the pieces of patterns that several subjects share."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

Rule = tuple[re.Pattern, str | Callable[[re.Match], str]]

LETTER = r"[^\W\d_]"
YEAR = r"(?:19|20)\d\d(?!\d)"
BETWEEN = r"(?:, ?| ?- ?| và | đến | hoặc )"


def rule(pattern: str, spoken_form: str | Callable[[re.Match], str]) -> Rule:
    """
    Return a rule: what matches ``pattern`` is said as ``spoken_form``.

    Every repetition in a pattern is bounded or can match in one way only, so the time
    grows with the length of the text and no faster.
    """
    return re.compile(pattern, re.MULTILINE), spoken_form


def any_of(words: Iterable[str]) -> str:
    # The longest first: "km2" before "km".
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,\n]", text.strip())]


def table(text: str) -> dict[str, str]:
    """Read rows of "written = spoken words"; "#" begins a remark."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    entries = (entry.split("=", 1) for line in lines for entry in line.split(";") if entry.strip())
    return {written.strip(): said.strip() for written, said in entries}


def table_of(name: str) -> dict[str, str]:
    """Return the table kept beside this module as ``name``.txt."""
    return table(Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8"))


def follows(match: re.Match, *endings: str) -> bool:
    """Tell whether one of the words stands right before what matched."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return before.rstrip(" (:").lower().endswith(endings)
