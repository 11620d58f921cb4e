"""The catalogue of indicators a department usually reports."""

from indicators.catalogue import catalogue, subjects
from indicators.formulas import Direction
from indicators.reading import units


def test_the_catalogue_is_complete_and_every_code_stands_once():
    entries = catalogue()
    assert len(entries) >= 60
    assert len({entry.code for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.name
        assert entry.definition.endswith(".")
        assert entry.direction in Direction.values
        assert entry.measure in {"level", "change"}
        assert units.unit(entry.unit) is not None, entry.unit
        assert len(set(entry.synonyms)) == len(entry.synonyms), entry.code


def test_a_subject_is_known_by_its_name_and_all_its_synonyms():
    by_code = {subject.code: subject for subject in subjects()}
    assert {"Giá trị sản xuất công nghiệp", "GTSXCN"} <= set(by_code["GTSXCN"].names)
    assert by_code["IIP"].is_change
    assert not by_code["KNXK"].is_change
