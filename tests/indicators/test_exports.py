import csv
import io
import json
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from indicators.exports import columns
from indicators.exports.columns import COLUMNS, Kind
from indicators.exports.csv_file import cell
from tests.builders import make_article, make_staff
from tests.indicators.builders import make_figure, make_group, make_indicator, make_territory

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "=", "+1", "-1+cmd", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1"]
ERRORS = ["#N/A", "#REF!"]
HIDDEN_FORMULAS = ["\tx", "\rx", "\nx", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b@A1"]
STEMS = {
    "/chi-tieu/nam/2023": "chi-tieu-nam-2023",
    "/chi-tieu/kim-ngach-xuat-khau": "kim-ngach-xuat-khau",
    "/chi-tieu/tat-ca": "chi-tieu-tat-ca",
}
ADDRESSES = [f"{stem}.{ending}" for stem in STEMS for ending in ("csv", "xlsx", "json")]


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


def workbook(client, address="/chi-tieu/nam/2023.xlsx"):
    return load_workbook(io.BytesIO(client.get(address).content))


def cells(client, line=2):
    """Return one line of the workbook, keyed by heading."""
    sheet = workbook(client)["Số liệu"]
    return dict(zip((cell.value for cell in sheet[1]), sheet[line], strict=True))


def test_files_have_a_good_name(client, exports):
    for address in ADDRESSES:
        stem, _, ending = address.rpartition(".")
        named = client.get(address)["Content-Disposition"]
        assert named == f'attachment; filename="{STEMS[stem]}.{ending}"'


def test_pages_stay_closed_to_other_sites(client, exports):
    for address in ("/chi-tieu/", exports.indicator.get_absolute_url()):
        response = client.get(address)
        assert "Access-Control-Allow-Origin" not in response
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_csv_is_plain_for_programs_and_marked_for_excel_when_asked(client, exports):
    plain, marked = (client.get(f"/chi-tieu/nam/2023.csv{query}") for query in ("?bom=0", "?bom=1"))
    assert plain["Content-Type"] == marked["Content-Type"] == "text/csv; charset=utf-8"
    assert marked.content == b"\xef\xbb\xbf" + plain.content
    for query in ("", "?bom=", "?bom=co", "?la=1&bom=9"):
        assert client.get(f"/chi-tieu/nam/2023.csv{query}").content == plain.content


def test_csv_holds_plain_numbers_under_vietnamese_headings(client, exports):
    (row,) = csv_rows(client)
    assert row["Địa bàn"] == "Trà Vinh"
    assert row["Chỉ tiêu"] == "Kim ngạch xuất khẩu"
    assert row["Đơn vị tính"] == "triệu USD"
    assert (row["KH"], row["TH: từ đi trước số"], row["TH"]) == ("400", "trên", "430.5")
    assert (row["TH/KH (%)"], row["Tăng so với năm trước (%)"]) == ("107.63", "-4.81")
    assert (row["Loại số liệu"], row["Đánh giá"]) == ("Sơ bộ", "Vượt")
    assert row["TH năm trước suy ra"] == "có"
    assert row["KH suy ra"] == "không"
    assert row["KH, cận trên"] == ""
    assert row["Nguồn"] == "Tổng kết năm 2023"
    assert row["Địa chỉ nguồn"].endswith(exports.article.get_absolute_url())
    assert datetime.fromisoformat(row["Cập nhật lúc"]).tzinfo


@pytest.mark.parametrize("text", FORMULAS + HIDDEN_FORMULAS)
def test_a_text_that_begins_like_a_formula_is_neutralised(text):
    assert cell(text, Kind.TEXT) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Xuất khẩu", "8-10", "a=b", "(+5)", "đạt -5"])
def test_other_texts_stay_as_they_are(text):
    assert cell(text, Kind.TEXT) == text


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("-4.81", "-4.81"),
        ("0.0000", "0"),
        ("-0.00", "0"),
        ("1E+3", "1000"),
        ("35360.5000", "35360.5"),
    ],
)
def test_numbers_keep_their_minus_and_lose_idle_zeros(value, printed):
    assert columns.digits(Decimal(value)) == printed
    assert cell(printed, Kind.NUMBER) == printed


def test_csv_text_is_never_a_formula_and_negative_numbers_stay_numbers(client):
    text = "=1+1"
    make_figure(indicator=make_indicator(name=text, unit=text), note=text, source=text, result="-5")
    (row,) = csv_rows(client)
    written = {row[heading] for heading in ("Chỉ tiêu", "Đơn vị tính", "Ghi chú", "Nguồn")}
    assert written == {f"'{text}"}
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


def test_xlsx_text_is_never_a_formula(client):
    for text in FORMULAS + ERRORS:
        make_figure(indicator=make_indicator(name=text, unit=text), note=text)
    book = workbook(client)
    written = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in written} == {"s", "n", "d"}
    texts = {cell.value for cell in written}
    assert {*FORMULAS, *ERRORS} <= texts


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
    assert list(content["columns"]) == [column.key for column in COLUMNS]
    assert list(figure) == [*content["columns"], "revisions"]
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


def test_everything_has_each_territory_year_and_part_of_a_year(client, exports):
    make_figure(indicator=exports.indicator, territory=exports.territory, year=2022, months=9)
    make_figure()
    rows = csv_rows(client, "/chi-tieu/tat-ca.csv")
    assert [(row["Năm"], row["Số tháng"]) for row in rows[:2]] == [("2022", "9"), ("2023", "12")]
    assert len(rows) == 3


def test_everything_of_nothing_is_a_heading(client):
    assert csv_rows(client, "/chi-tieu/tat-ca.csv") == []
    assert client.get("/chi-tieu/tat-ca.xlsx").status_code == 200
    assert json.loads(client.get("/chi-tieu/tat-ca.json").content)["updated_at"] is None


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "csv-metadata.json"])
def test_what_has_no_figures_or_is_unknown_has_no_files(client, exports, ending):
    make_figure(year=2024, months=6)
    for stem in ("nam/2022", "nam/0000", "nam/9999", "nam/2024", "khong-co"):
        response = client.get(f"/chi-tieu/{stem}.{ending}")
        assert response.status_code == 404
        assert "Không tìm thấy" in response.content.decode()
        assert "Access-Control-Allow-Origin" not in response


def test_earlier_statements_are_in_the_json_and_the_workbook(client, exports):
    exports.result, exports.stage = Decimal("432"), "final"
    exports.save()
    content = json.loads(client.get("/chi-tieu/nam/2023.json").content)
    [figure] = content["figures"]
    [earlier] = figure["revisions"]
    assert (figure["result"], earlier["result"]) == ("432", "430.5")
    assert (earlier["stage"], earlier["source"]) == ("Sơ bộ", "Tổng kết năm 2023")
    assert earlier["replaced_at"] == figure["updated_at"]
    headings, row = workbook(client)["Các lần công bố trước"].values
    kept = dict(zip(headings, row, strict=True))
    assert (kept["Chỉ tiêu"], kept["Năm"], kept["TH"]) == ("Kim ngạch xuất khẩu", 2023, 430.5)
    assert isinstance(kept["Thay lúc"], datetime)


def test_an_earlier_source_that_was_withdrawn_is_not_named(client, exports):
    article = exports.article
    exports.result, exports.article = Decimal("432"), None
    exports.save()
    article.state = article.State.DRAFT
    article.save()
    [figure] = json.loads(client.get("/chi-tieu/nam/2023.json").content)["figures"]
    [earlier] = figure["revisions"]
    assert (earlier["source"], earlier["source_url"]) == ("", "")


def test_who_replaced_a_statement_is_not_told(client, exports):
    staff = make_staff()
    exports.result = Decimal("432")
    exports.save(by=staff)
    for address in ADDRESSES:
        assert staff.get_username().encode() not in client.get(address).content


def test_the_table_to_print_has_numbers_with_the_words_before_them(client, exports):
    make_figure(
        indicator=exports.indicator,
        territory=exports.territory,
        year=2023,
        months=9,
        result=None,
        target="7.5",
        target_upper="8",
        target_is_derived=True,
    )
    make_figure(
        indicator=exports.indicator,
        territory=exports.territory,
        months=1,
        result="-5",
        result_qualifier="over",
    )
    sheet = workbook(client, "/chi-tieu/tat-ca.xlsx")["Bảng in"]
    territory, loss, nine_months, year = list(sheet.iter_rows(min_row=2))
    assert territory[0].value == "Trà Vinh"
    assert (nine_months[2].value, year[2].value) == ("9 tháng đầu năm 2023", "Năm 2023")
    assert (year[5].value, year[5].number_format) == (430.5, '"trên "#,##0.0')
    assert (loss[5].value, loss[5].number_format) == (-5, '"trên "#,##0;"trên "-#,##0')
    assert loss[2].value == "Tháng 01 năm 2023"
    assert nine_months[4].value == 7.5
    assert nine_months[4].number_format == '#,##0.0"–8 (suy ra)"'
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$1:$1"


def test_territories_of_one_name_are_printed_apart(client):
    indicator = make_indicator()
    for code in ("a", "b"):
        territory = make_territory(code=code, name="Vĩnh Long")
        make_figure(indicator=indicator, territory=territory)
    sheet = workbook(client, "/chi-tieu/tat-ca.xlsx")["Bảng in"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)].count("Vĩnh Long") == 2


@pytest.mark.parametrize("stem", STEMS)
def test_files_take_few_queries_however_many_figures(
    client, exports, django_assert_max_num_queries, stem
):
    for year in (2021, 2022, 2023):
        figure = make_figure(indicator=exports.indicator, year=year, article=make_article())
        figure.result = Decimal(7)
        figure.save()
    # The figures, their articles, earlier statements and theirs, the log. An indicator's page
    # asks for two things more; everything for indicators, groups and territories.
    most = {"nam": 5, "kim": 7, "tat": 10}[stem.removeprefix("/chi-tieu/")[:3]]
    for ending in ("csv", "xlsx", "json"):
        with django_assert_max_num_queries(most):
            client.get(f"{stem}.{ending}")
