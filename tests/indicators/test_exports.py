import csv
import io
import json
from datetime import datetime

import pytest
from openpyxl import load_workbook

from indicators.exports import COLUMNS
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_group, make_indicator, make_territory

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\tx", "\rx"]
ADDRESSES = [
    "/chi-tieu/nam/2023.csv",
    "/chi-tieu/nam/2023.xlsx",
    "/chi-tieu/nam/2023.json",
    "/chi-tieu/kim-ngach-xuat-khau.csv",
    "/chi-tieu/kim-ngach-xuat-khau.json",
]


@pytest.fixture
def exports():
    """Kim ngạch xuất khẩu of Trà Vinh in 2023, as the department's report states it."""
    return make_figure(
        indicator=make_indicator(
            name="Kim ngạch xuất khẩu",
            code="KNXK",
            unit="triệu USD",
            group=make_group(name="Xuất nhập khẩu"),
        ),
        territory=make_territory(name="Trà Vinh"),
        result="430.5",
        result_qualifier="over",
        stage="preliminary",
        stated_growth="-4.81",
        target="400",
        article=make_article(title="Tổng kết năm 2023"),
    )


def csv_rows(client, address="/chi-tieu/nam/2023.csv"):
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def workbook(client):
    return load_workbook(io.BytesIO(client.get("/chi-tieu/nam/2023.xlsx").content))


def cells(client, line=2):
    """Return one line of the workbook, keyed by heading."""
    sheet = workbook(client)["Số liệu"]
    return dict(zip((cell.value for cell in sheet[1]), sheet[line], strict=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_files_are_open_to_every_site_and_named(client, exports, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    stem = "chi-tieu-nam-2023" if "nam/2023" in address else "kim-ngach-xuat-khau"
    name = f"{stem}.{address.rpartition('.')[2]}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies


def test_pages_stay_closed_to_other_sites(client, exports):
    for address in ("/chi-tieu/", exports.indicator.get_absolute_url()):
        response = client.get(address)
        assert "Access-Control-Allow-Origin" not in response
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_csv_opens_in_a_spreadsheet_with_its_marks(client, exports):
    response = client.get("/chi-tieu/nam/2023.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_csv_holds_plain_numbers_under_vietnamese_headings(client, exports):
    (row,) = csv_rows(client)
    assert row["Địa bàn"] == "Trà Vinh"
    assert row["Chỉ tiêu"] == "Kim ngạch xuất khẩu"
    assert row["Đơn vị tính"] == "triệu USD"
    assert (row["KH"], row["TH: từ đi trước số"], row["TH"]) == ("400", "trên", "430.5")
    assert (row["TH/KH (%)"], row["Tăng so với năm trước (%)"]) == ("107.62", "-4.81")
    assert (row["Loại số liệu"], row["Đánh giá"]) == ("Sơ bộ", "Vượt")
    assert row["TH năm trước suy ra"] == "có"
    assert row["KH suy ra"] == "không"
    assert row["KH, cận trên"] == ""
    assert row["Nguồn"] == "Tổng kết năm 2023"
    assert row["Địa chỉ nguồn"].endswith(exports.article.get_absolute_url())
    assert datetime.fromisoformat(row["Cập nhật lúc"]).tzinfo


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_text_is_never_a_formula_and_negative_numbers_stay_numbers(client, text):
    make_figure(indicator=make_indicator(name=text), note=text, source=text, result="-5")
    (row,) = csv_rows(client)
    assert row["Chỉ tiêu"] == row["Ghi chú"] == row["Nguồn"] == f"'{text}"
    assert row["TH"] == "-5"


def test_xlsx_holds_real_numbers(client, exports):
    row = cells(client)
    assert row["TH"].value == 430.5
    assert row["KH"].value == 400
    assert row["Tăng so với năm trước (%)"].value == -4.81
    assert row["Năm"].value == 2023
    assert row["Năm"].number_format == "General"
    assert row["KH, cận trên"].value is None
    assert isinstance(row["Cập nhật lúc"].value, datetime)


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_text_is_never_a_formula(client, text):
    make_figure(indicator=make_indicator(name=text), note=text)
    row = cells(client)
    for heading in ("Chỉ tiêu", "Ghi chú"):
        assert row[heading].data_type == "s"
        assert row[heading].value.strip() == text.strip()


def test_xlsx_survives_characters_a_workbook_cannot_hold(client):
    make_figure(note="trước\x0bsau")
    assert cells(client)["Ghi chú"].value == "trướcsau"


def test_xlsx_is_ready_to_print(client, exports):
    book = workbook(client)
    sheet = book["Số liệu"]
    assert sheet.freeze_panes == "E2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9  # A4
    assert sheet.oddHeader.center.text == "Kết quả thực hiện chỉ tiêu năm 2023"
    notes = " ".join(str(row[0].value) for row in book["Ghi chú"])
    assert "Suy ra" in notes
    assert "/chi-tieu/nam/2023/" in notes


def test_json_keys_are_explained_and_numbers_are_exact(client, exports):
    content = json.loads(client.get("/chi-tieu/nam/2023.json").content)
    assert content["title"] == "Kết quả thực hiện chỉ tiêu năm 2023"
    assert content["page"].endswith("/chi-tieu/nam/2023/")
    (figure,) = content["figures"]
    assert list(figure) == list(content["columns"]) == [column.key for column in COLUMNS]
    assert (figure["result"], figure["growth"]) == ("430.5", "-4.81")
    assert figure["target_upper"] is None
    assert figure["previous_is_derived"] is True
    assert figure["year"] == 2023


def test_an_indicator_s_files_hold_all_its_years_and_territories(client, exports):
    make_figure(indicator=exports.indicator, territory=make_territory(name="Hưng Yên"), year=2021)
    rows = csv_rows(client, "/chi-tieu/kim-ngach-xuat-khau.csv")
    assert [(row["Địa bàn"], row["Năm"]) for row in rows] == [
        ("Hưng Yên", "2021"),
        ("Trà Vinh", "2023"),
    ]
    content = json.loads(client.get("/chi-tieu/kim-ngach-xuat-khau.json").content)
    assert [figure["year"] for figure in content["figures"]] == [2021, 2023]


def test_an_indicator_without_figures_has_empty_files(client):
    indicator = make_indicator()
    assert csv_rows(client, f"/chi-tieu/{indicator.slug}.csv") == []
    content = json.loads(client.get(f"/chi-tieu/{indicator.slug}.json").content)
    assert (content["figures"], content["updated_at"]) == ([], None)


@pytest.mark.parametrize("address", ADDRESSES)
def test_files_take_few_queries(client, exports, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(3):
        client.get(address)
