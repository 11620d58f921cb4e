"""
What a CSV file holds, told to programs: W3C «Metadata Vocabulary for Tabular Data».

Columns are described in the words of ``schema.json``, which describes the JSON.
"""

import json
from pathlib import Path

from django.conf import settings

from indicators.exports.columns import COLUMNS, Kind, moment
from indicators.exports.content import Table

CONTENT_TYPE = "application/csvm+json"
SCHEMA = Path(__file__).with_name("schema.json")

_DATATYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "decimal",
    Kind.FLAG: {"base": "boolean", "format": "có|không"},
    Kind.MOMENT: {"base": "dateTime", "format": "yyyy-MM-ddTHH:mm:ssXXX"},
}
_ALWAYS_GIVEN = {"territory", "territory_code", "code", "indicator", "unit", "year", "months"}


def metadata(table: Table, csv_url: str) -> dict:
    """Return the description of the CSV file of ``table`` at ``csv_url``."""
    described = json.loads(SCHEMA.read_text())["$defs"]["figure"]["properties"]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": csv_url,
        "dc:title": table.title,
        "dc:language": "vi",
        "dc:source": {"@id": settings.BASE_URL + table.get_absolute_url()},
        "dc:publisher": {
            "schema:name": settings.DEPARTMENT["name"],
            "schema:url": settings.BASE_URL,
        },
        **({"dc:modified": moment(table.updated_at)} if table.updated_at else {}),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "doubleQuote": True},
        "tableSchema": {
            "columns": [_column(column, described[column.key]) for column in COLUMNS],
            "primaryKey": ["territory_code", "code", "year", "months"],
        },
    }


def _column(column, described):
    return {
        "name": column.key,
        "titles": column.heading,
        "dc:description": described["description"],
        "datatype": _DATATYPES[column.kind],
        "required": column.key in _ALWAYS_GIVEN,
    }
