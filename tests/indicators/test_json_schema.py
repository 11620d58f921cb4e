"""The JSON is what its schema says, and the CSVW description says the same of the CSV."""

import csv
import io
import json
import re
from datetime import datetime
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from indicators.exports.columns import COLUMNS, REVISION_COLUMNS
from indicators.exports.csvw import SCHEMA
from indicators.formulas import Assessment
from indicators.models import Figure, SeriesBreak
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory

STATED = json.loads(SCHEMA.read_text())
DEFINED = STATED["$defs"]


def validator():
    return Draft202012Validator(STATED, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture
def figures(db):
    """Every kind of value: a range, a rate alone, a derived plan, a break, a revision."""
    indicator, territory = make_indicator(name="Xuất khẩu"), make_territory()
    SeriesBreak.objects.create(territory=territory, year=2025, reason="hợp nhất hai tỉnh")
    series = {"indicator": indicator, "territory": territory}
    make_figure(**series, year=2022, result="430.5", target="400", target_is_derived=True)
    revised = make_figure(
        **series,
        year=2023,
        result="-12.3456",
        result_qualifier="over",
        stage="estimated",
        target="7.5",
        target_upper="8",
        target_qualifier="about",
        article=make_article(),
    )
    revised.result, revised.stage = Decimal("13"), "final"
    revised.save()
    make_figure(**series, year=2024, result=None, stated_growth="-4.81", stated_outcome="met")
    make_figure(**series, year=2025, restated_previous="99", stated_over_plan="37.27")
    make_figure(**series, year=2025, months=9, target_stated_growth="8", target="5", result=None)


def test_the_json_is_as_its_schema_says(client, figures):
    for stem in ("nam/2023", "nam/2025", "xuat-khau", "tat-ca"):
        content = json.loads(client.get(f"/chi-tieu/{stem}.json").content)
        assert content["figures"]
        assert [error.message for error in validator().iter_errors(content)] == []


@pytest.mark.django_db
def test_a_file_without_figures_is_as_its_schema_says(client):
    content = json.loads(client.get("/chi-tieu/tat-ca.json").content)
    assert [error.message for error in validator().iter_errors(content)] == []


def test_the_schema_refuses_what_is_not_meant(client, figures):
    content = json.loads(client.get("/chi-tieu/nam/2023.json").content)
    [figure] = content["figures"]
    for wrong in (
        {"result": 430.5},
        {"result": "430,5"},
        {"result": ""},
        {"year": "2023"},
        {"months": 13},
        {"target_is_derived": None},
        {"stage": "estimated"},
        {"updated_at": "22/11/2026"},
        {"revisions": [{}]},
        {"la": 1},
    ):
        assert not validator().is_valid(content | {"figures": [figure | wrong]}), wrong


def test_the_schema_is_sound_and_describes_every_key():
    Draft202012Validator.check_schema(STATED)
    described = DEFINED["figure"]["properties"]
    assert list(described) == [*(column.key for column in COLUMNS), "revisions"]
    assert list(DEFINED["revision"]["properties"]) == [column.key for column in REVISION_COLUMNS]
    for part in ("figure", "revision"):
        assert DEFINED[part]["required"] == list(DEFINED[part]["properties"])
    assert all(entry["description"] for entry in described.values())


def test_the_schema_knows_every_word():
    for part, choices in (
        ("qualifier", Figure.Qualifier),
        ("stage", Figure.Stage),
        ("outcome", Figure.Outcome),
    ):
        words = ["" if choice == choices.NONE else choice.label for choice in choices]
        assert DEFINED[part]["enum"] == words
    assert DEFINED["figure"]["properties"]["assessment"]["enum"] == Assessment.labels


@pytest.mark.django_db
def test_the_schema_is_served_as_it_stands(client):
    response = client.get("/chi-tieu/luoc-do.json")
    assert response.content == SCHEMA.read_bytes()
    assert response["Content-Type"] == "application/schema+json"
    assert STATED["$id"] == "/chi-tieu/luoc-do.json"


@pytest.mark.parametrize("stem", ["nam/2023", "xuat-khau", "tat-ca"])
def test_the_csv_is_as_its_description_says(client, figures, settings, stem):
    described = json.loads(client.get(f"/chi-tieu/{stem}.csv-metadata.json").content)
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert described["url"] == f"{settings.BASE_URL}/chi-tieu/{stem}.csv"
    columns = described["tableSchema"]["columns"]
    rows = csv.DictReader(io.StringIO(client.get(f"/chi-tieu/{stem}.csv").content.decode()))
    assert [column["titles"] for column in columns] == rows.fieldnames
    for row in rows:
        for column in columns:
            assert fits(row[column["titles"]], column), (column["name"], row)


def fits(cell, column):
    """Say whether a cell is of the type its column is described to have."""
    if not cell:
        return not column["required"]
    match column["datatype"]:
        case "string":
            return True
        case "integer":
            return cell.isdecimal()
        case "decimal":
            return re.fullmatch(r"-?\d+(\.\d+)?", cell)
        case {"base": "boolean", "format": words}:
            return cell in words.split("|")
        case {"base": "dateTime"}:
            return datetime.fromisoformat(cell).tzinfo


def test_the_description_names_the_publisher_and_the_page(client, figures, settings):
    response = client.get("/chi-tieu/nam/2023.csv-metadata.json")
    described = json.loads(response.content)
    assert response["Content-Type"] == "application/csvm+json"
    assert described["dc:publisher"]["schema:name"] == settings.DEPARTMENT["name"]
    assert described["dc:source"]["@id"] == f"{settings.BASE_URL}/chi-tieu/nam/2023/"
    keys = described["tableSchema"]["primaryKey"]
    required = {c["name"] for c in described["tableSchema"]["columns"] if c["required"]}
    assert set(keys) <= required
