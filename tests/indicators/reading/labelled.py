"""
The labelled passages: what a careful reader takes from each, and how readings are held to it.

``labelled.json`` holds passages with one row for each figure. A field that is not named in a
row must be empty; ``kind`` is "result" and ``growth_unit`` "%" unless said otherwise, ``kind``
"" one that nobody can tell. An ``article`` is one of the demonstration articles, by its slug;
``form`` the Unicode form a passage is read in; ``own`` the names of the reader's own territory.
"""

import json
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from indicators.catalogue import subjects
from indicators.reading import Reading, read
from portal.richtext import plain_text

FOLDER = Path(__file__).parent
ARTICLES = FOLDER.parents[2] / "fixtures" / "demo_news.json"
FIELDS = (
    "code", "place", "kind", "year", "months", "part", "value", "upper", "unit", "qualifier",
    "growth", "growth_unit", "growth_base", "plan", "outcome", "previous",
)  # fmt: skip
_NUMBERS = {"value", "upper", "growth", "plan", "previous"}
# How much a common field says that a reading and an expectation are the same figure.
_WEIGHTS = {"value": 8, "growth": 6, "plan": 4, "code": 5, "kind": 3, "part": 2, "months": 2,
            "year": 1, "place": 2}  # fmt: skip


def passages() -> list[dict]:
    """Return all labelled passages, those of demonstration articles with their text."""
    found = json.loads((FOLDER / "labelled.json").read_text(encoding="utf-8"))
    articles = {
        entry["fields"]["slug"]: entry["fields"]
        for entry in json.loads(ARTICLES.read_text(encoding="utf-8"))
        if entry["model"] == "news.article"
    }
    for passage in found:
        if "article" in passage:
            fields = articles[passage["article"]]
            passage["text"] = "\n".join(
                (fields["title"], fields["lead"], plain_text(fields["body"]))
            )
        if "form" in passage:
            passage["text"] = unicodedata.normalize(passage["form"], passage["text"])
    return found


def tally() -> tuple[dict[str, Counter], list[str]]:
    """Return for each field how often it was right, wrong, extra or missed, and what was amiss."""
    counts = {field: Counter() for field in FIELDS}
    amiss: list[str] = []
    known = subjects()
    for passage in passages():
        rows = read(
            passage["text"],
            known,
            published=date.fromisoformat(passage["published"]),
            own=passage.get("own", ()),
        )
        expected = [_expected(row) for row in passage["rows"]]
        for label, reading in _pairs(expected, [_given(row) for row in rows]):
            for field in FIELDS:
                outcome = _outcome(label.get(field), reading.get(field))
                counts[field][outcome] += 1
                if outcome in {"wrong", "extra", "missed"}:
                    amiss.append(
                        f"{outcome} {field}: {label.get(field)} / {reading.get(field)}"
                        f" | {passage['text'][:90]}"
                    )
    return counts, amiss


def _outcome(label, reading) -> str:
    if label is None:
        return "empty" if reading is None else "extra"
    if reading is None:
        return "missed"
    return "right" if label == reading else "wrong"


def _expected(row: dict) -> dict:
    full = {"kind": "result", **row}
    if "growth" in row:
        full.setdefault("growth_unit", "%")
    return {
        field: Decimal(value) if field in _NUMBERS else value
        for field, value in full.items()
        if value
    }


def _given(row: Reading) -> dict:
    fields = {field: getattr(row, field) for field in FIELDS}
    if row.value is None:
        fields["unit"] = None
    return {field: value for field, value in fields.items() if value not in (None, "")}


def _pairs(labels: list[dict], readings: list[dict]) -> list[tuple[dict, dict]]:
    """Pair labels with the readings likest them; what stays alone is paired with nothing."""
    scored = sorted(
        (
            (_likeness(label, reading), -abs(i - j), i, j)
            for i, label in enumerate(labels)
            for j, reading in enumerate(readings)
        ),
        reverse=True,
    )
    pairs, used_labels, used_readings = [], set(), set()
    for score, _, i, j in scored:
        if score > _WEIGHTS["kind"] and i not in used_labels and j not in used_readings:
            pairs.append((labels[i], readings[j]))
            used_labels.add(i)
            used_readings.add(j)
    pairs += [(label, {}) for i, label in enumerate(labels) if i not in used_labels]
    pairs += [({}, reading) for j, reading in enumerate(readings) if j not in used_readings]
    return pairs


def _likeness(label: dict, reading: dict) -> int:
    return sum(
        weight
        for field, weight in _WEIGHTS.items()
        if field in label and label[field] == reading.get(field)
    )
