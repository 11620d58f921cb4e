"""How well the reader does on the labelled passages, field by field."""

from tests.indicators.reading import labelled

JUDGED = ("code", "year", "months", "kind", "value", "upper", "unit", "qualifier", "growth", "plan")
PRECISION, RECALL = 0.97, 0.95


def test_every_field_is_read_precisely_and_seldom_missed():
    counts, amiss = labelled.tally()
    measured = {}
    for field in labelled.FIELDS:
        count = counts[field]
        told = count["right"] + count["wrong"] + count["extra"]
        due = count["right"] + count["wrong"] + count["missed"]
        measured[field] = count["right"] / told, count["right"] / due
        print(f"{field:12} precision {measured[field][0]:.3f} recall {measured[field][1]:.3f}")
    print(*amiss, sep="\n")
    poor = {
        field: measured[field]
        for field in JUDGED
        if measured[field][0] < PRECISION or measured[field][1] < RECALL
    }
    assert poor == {}


def test_the_labelled_passages_are_many_and_of_all_kinds():
    passages = labelled.passages()
    rows = [row for passage in passages for row in passage["rows"]]
    assert len(passages) >= 60
    assert len(rows) >= 140
    for field in labelled.FIELDS:
        if field != "kind":
            assert any(field in row for row in rows), field
    assert {row.get("kind", "result") for row in rows} == {"result", "target", ""}
    assert any(not passage["rows"] for passage in passages)
