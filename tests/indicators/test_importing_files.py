"""Files on their way to a table: their kinds, headings, numbers, and what is wrong with them."""

import io
import json
import unicodedata
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.importing import files, names, tables, workbooks
from indicators.importing.headings import heading
from indicators.importing.names import factor
from indicators.importing.numbers import Notation, notation, reader
from indicators.importing.rates import Meaning, meaning
from indicators.importing.sheets import ImportRefusal
from indicators.importing.tables import Table
from indicators.models import Indicator
from tests.indicators.spreadsheets import HEADINGS, csv, xlsx


@pytest.mark.parametrize(
    ("words", "kind", "year", "months"),
    [
        ("Chỉ tiêu", "indicator", None, None),
        ("CHI TIEU CHU YEU", "indicator", None, None),
        ("ĐVT", "unit", None, None),
        ("Đơn vị tính", "unit", None, None),
        ("Stt", "ignored", None, None),
        ("KH năm 2023", "target", 2023, None),
        ("Kế hoạch 2023 (NQ HĐND)", "target", 2023, None),
        ("Ước TH năm 2023", "result", 2023, None),
        ("ƯTH\n2023", "result", 2023, None),
        ("Thực hiện năm trước", "previous", None, None),
        ("TH cùng kỳ năm 2022", "previous", 2022, None),
        ("TH/KH (%)", "attainment", None, None),
        ("So với KH (%)", "attainment", None, None),
        ("Tỷ lệ hoàn thành kế hoạch", "attainment", None, None),
        ("Ước TH 2023/KH 2023 (%)", "attainment", 2023, None),
        ("So với cùng kỳ (%)", "growth", None, None),
        ("So với cùng kỳ 2022 (%)", "growth", 2023, None),
        ("TH 2023/TH 2022 (%)", "growth", 2023, None),
        ("Tốc độ tăng trưởng (%)", "growth", None, None),
        ("KH 2024/ƯTH 2023 (%)", "target_growth", 2024, None),
        ("Lũy kế đến tháng 9 năm 2023", "result", 2023, 9),
        ("TH 9 tháng đầu năm 2023", "result", 2023, 9),
        ("TH tháng 9", "other", None, None),
        ("Quý III/2023", "other", None, None),
        ("Đánh giá", "outcome", None, None),
        ("Cơ quan chủ trì", "", None, None),
    ],
)
def test_columns_are_known_by_their_headings(words, kind, year, months):
    found = heading(words)
    assert (found.kind, found.year, found.months) == (kind, year, months)


def table_of(*rows):
    found, remarks = Table.of_file(files.read(xlsx(*rows)))
    return found, remarks


def test_headings_of_two_storeys_are_joined_under_titles():
    found, _ = table_of(
        ["SỞ CÔNG THƯƠNG"],
        ["BIỂU TỔNG HỢP CHỈ TIÊU NĂM 2023"],
        ["Đơn vị: tỷ đồng"],
        ["TT", "Chỉ tiêu", "TH 2022", "Năm 2023", None, "So với", None, "Ghi chú"],
        [None, None, None, "KH", "TH", "KH (%)", "cùng kỳ (%)", None],
        ["A", "B", 1, 2, 3, "4=3/2", "5=3/1", 6],
        ["I", "Công nghiệp"],
        [1, "GTSX", 10, 11, 12, 109.1, 120],
    )
    assert [column.kind for column in found.columns] == [
        "ignored", "indicator", "result", "target", "result", "attainment", "growth", "note",
    ]  # fmt: skip
    assert (found.year, found.months, found.unit) == (2023, 12, "tỷ đồng")
    assert [row.number for row in found.rows] == [7, 8]
    columns = found.for_period(2023, 12)
    assert columns.held["previous"] == 2


def test_two_columns_of_one_meaning_are_refused():
    found, _ = table_of(["Chỉ tiêu", "TH", "Thực hiện", "KH"], ["GTSX", 1, 2, 3])
    with pytest.raises(ImportRefusal, match="“TH” và “Thực hiện” cùng nghĩa"):
        found.for_period(2023, 12)


def test_the_first_sheet_with_a_table_is_read_and_the_others_named():
    def add(book):
        book.create_sheet("Biểu 2").append(["Chỉ tiêu", "KH"])
        book["Biểu 2"].append(["GTSX", 2])
        book.create_sheet("Biểu 3").append(["Chỉ tiêu", "KH"])
        book.create_sheet("Nháp").append(["x"])
        book["Nháp"].sheet_state = "hidden"

    found, remarks = Table.of_file(files.read(xlsx(["Lời nói đầu"], change=add)))
    assert found.sheet.name == "Biểu 2"
    assert remarks == [
        "Trang “Sheet” không có bảng số liệu.",
        "Không đọc trang “Biểu 3”: chỉ nhập bảng đầu tiên.",
        "Trang “Nháp” đang ẩn nên không đọc.",
    ]


@pytest.mark.parametrize(
    ("column", "typed", "value"),
    [
        (["35.360,5", "1.000"], "1.000", "1000"),
        (["35,360.5", "1,000"], "1,000", "1000"),
        (["12.06"], "12.06", "12.06"),
        (["35.360"], "35.360", "35360"),
        (["1.234.567"], "35.360", "35360"),
        (["0,999"], "0,999", "0.999"),
        (["4,44"], "−4,81", "-4.81"),
        (["4,44", "12.06"], "4,44", "4.44"),
    ],
)
def test_numbers_are_read_in_the_notation_of_their_column(column, typed, value):
    assert reader(notation(column), Notation.UNKNOWN)(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        (["35,360"], "35,360"),
        (["35.360,5"], "35,360"),
        (["35,360.5"], "35.360"),
        (["4,44", "12.06"], "12.06"),
        (["4,44", "12.06"], "35.360"),
        (["4,44"], "12.06"),
        ([], "1.2.3"),
        ([], "12abc"),
        ([], "9" * 20),
        ([], "9" * 1000),
    ],
)
def test_a_number_open_to_two_readings_is_refused(column, typed):
    with pytest.raises(ValueError, match=r"đọc|lớn"):
        reader(notation(column), Notation.UNKNOWN)(typed)


@pytest.mark.parametrize(
    ("pairs", "says_change", "found"),
    [
        ([("104.4", "4.44")], False, Meaning.SHARE),
        ([("4.4", "4.44")], False, Meaning.CHANGE),
        ([("1.0444", "4.44")], False, Meaning.FRACTION),
        ([("104.4", None), ("98", None)], False, Meaning.SHARE),
        ([("4.4", None)], False, Meaning.UNKNOWN),
        ([("4.4", None)], True, Meaning.CHANGE),
        ([("104.4", None)], True, Meaning.UNKNOWN),
    ],
)
def test_what_a_column_of_percentages_means_follows_from_its_numbers(pairs, says_change, found):
    numbers = [(Decimal(value), change and Decimal(change)) for value, change in pairs]
    assert meaning(numbers, says_change) == found


def with_part(name, content):
    whole = io.BytesIO(xlsx(["Chỉ tiêu", "KH"]).read())
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return SimpleUploadedFile("bieu.xlsx", whole.getvalue())


def entity_bomb():
    source = zipfile.ZipFile(io.BytesIO(xlsx(["Chỉ tiêu", "KH"]).read()))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            package.writestr(entry, content)
    return SimpleUploadedFile("bieu.xlsx", whole.getvalue())


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500
TCVN3 = "ChØ tiªu;KH\nGi¸ trÞ c«ng nghiÖp vµ th­¬ng m¹i cña tØnh;12\n".encode("cp1252")
REFUSED_FILES = {
    "xls": (lambda: csv("x", name="a.xls"), "lưu lại thành .xlsx"),
    "xlsm": (lambda: csv("x", name="a.xlsm"), "macro"),
    "ods": (lambda: csv("x", name="a.ods"), "lưu lại thành .xlsx hoặc .csv"),
    "pdf": (lambda: csv("x", name="a.pdf"), "Chỉ nhận tệp .xlsx hoặc .csv"),
    "empty": (lambda: csv(""), "Tệp rỗng"),
    "blank": (lambda: csv(" \n \n"), "không có dòng nào"),
    "picture": (
        lambda: SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
        "không đúng với phần mở rộng",
    ),
    "hidden macro": (lambda: with_part("xl/vbaProject.bin", b"x"), "macro"),
    "password": (
        lambda: SimpleUploadedFile("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")),
        "mật khẩu",
    ),
    "old Excel renamed": (lambda: SimpleUploadedFile("a.xlsx", OLE), "đời cũ"),
    "zip bomb": (lambda: with_part("xl/a.xml", b"\0" * 50_000_000), "nén bất thường"),
    "entity": (entity_bomb, "không an toàn"),
    "broken": (lambda: with_part("xl/worksheets/a.xml", b"<a><b>"), "hỏng"),
    "large": (lambda: SimpleUploadedFile("a.csv", b"1" * (10 * 1024 * 1024 + 1)), "tối đa 10 MB"),
    "western letters": (lambda: csv("Année;Prévu\nété;12", "cp1252"), "bảng mã"),
    "old font": (lambda: SimpleUploadedFile("a.csv", TCVN3), "Unicode|bảng mã"),
    "no headings": (lambda: csv("a;b\n1;2"), "Không tìm thấy dòng tiêu đề"),
}


@pytest.mark.parametrize("case", REFUSED_FILES)
def test_a_file_that_cannot_be_read_is_answered_in_words(case):
    make, words = REFUSED_FILES[case]
    with pytest.raises(ImportRefusal, match=words):
        Table.of_file(files.read(make()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_any_usual_form(encoding, delimiter):
    rows = [["Chỉ tiêu", "KH năm 2023"], ["Tổng mức bán lẻ của tỉnh được giữ vững", '"1.234,5"']]
    text = "\n".join(delimiter.join(row) for row in rows)
    if encoding == "cp1258":
        # A letter with its own mark, then the tone.
        text = "".join(
            unicodedata.normalize("NFC", decomposed[:2]) + decomposed[2:]
            if len(decomposed) == 3
            else (character if _is_single(character) else decomposed)
            for character in text
            for decomposed in [unicodedata.normalize("NFD", character)]
        )
    found, _ = Table.of_file(files.read(csv(text, encoding)))
    assert found.rows[0].cells[0].text == rows[1][0]
    assert found.rows[0].cells[1].text == "1.234,5"


def _is_single(character):
    try:
        return bool(character.encode("cp1258"))
    except UnicodeEncodeError:
        return False


def test_a_hundred_thousand_empty_rows_are_not_read():
    def reach_far(book):
        for row in range(3, 100_000, 1_000):
            book.active.cell(row, 1).number_format = "0.00"
        book.active.cell(1_048_576, 16_384).value = 1

    found, remarks = Table.of_file(
        files.read(xlsx(["Chỉ tiêu", "KH"], ["GTSX", 5], change=reach_far))
    )
    assert len(found.rows) == 1
    assert remarks == ["Chỉ đọc đến dòng 2.000."]


def with_many_sheets(count):
    def add(book):
        for number in range(count):
            book.create_sheet(f"Biểu {number}").append(["Chỉ tiêu", "KH"])

    return files.read(xlsx(["Lời nói đầu"], change=add))


def test_no_sheet_is_read_after_the_table(monkeypatch):
    read = []
    page_of = workbooks._sheet
    monkeypatch.setattr(
        workbooks, "_sheet", lambda sheet, *rest: read.append(sheet.title) or page_of(sheet, *rest)
    )
    _, remarks = Table.of_file(with_many_sheets(20))
    assert read == ["Sheet", "Biểu 0"]
    assert len(remarks) == 20


def test_sheets_without_a_table_are_read_within_a_limit(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS_IN_ALL", 1)
    with pytest.raises(ImportRefusal, match="quá lớn"):
        Table.of_file(with_many_sheets(1))


@pytest.mark.parametrize(
    ("number_format", "value", "is_percent"),
    [
        ("0.00%", 0.5, True),
        ("[Red]0%", 0.5, True),
        ('0.00"%"', 99.2, False),
        (r"0.0\%", 99.2, False),
        ("0_%", 99.2, False),
        ("0.0%;(0.0)", -4.5, False),
    ],
)
def test_a_percent_sign_that_is_only_written_multiplies_nothing(number_format, value, is_percent):
    def dress(book):
        book.active["B2"].number_format = number_format

    cells, _ = cells_of(value, change=dress)
    assert cells[0].is_percent is is_percent


@pytest.mark.parametrize(
    ("written", "own", "times"),
    [
        ("tỷ USD", "triệu USD", "1000"),
        ("nghìn tỷ", "tỷ đồng", "1000"),
        ("1.000 tấn", "tấn", "1000"),
        ("Tr.đ", "tỷ đồng", "0.001"),
        ("tỷ đồng (giá 2010)", "tỷ đồng", "1"),
        ("nghìn USD/tấn", "USD/tấn", "1000"),
        ("USD/tấn", "USD", None),
        ("đồng/kg", "đồng", None),
        ("nghìn tấn CO2", "nghìn tấn", None),
        ("10^3 tấn", "tấn", None),
        ("triệu USD", "tỷ đồng", None),
    ],
)
def test_a_unit_is_converted_only_where_every_word_of_it_is_known(written, own, times):
    indicator = Indicator(unit=own)
    if times is None:
        with pytest.raises(ValueError, match="không quy đổi được"):
            factor(written, indicator)
    else:
        assert factor(written, indicator) == Decimal(times)


def test_the_nearest_name_is_looked_for_a_few_times_only(monkeypatch):
    asked = []
    monkeypatch.setattr(
        names, "get_close_matches", lambda key, *rest, **more: asked.append(key) or []
    )
    known = names.Names([])
    for number in [1, *range(100)]:
        with pytest.raises(names.UnknownName, match="Không có chỉ tiêu nào tên như vậy"):
            known.find(f"Tên số {number}", "")
    assert len(asked) == len(set(asked)) == 20


def cells_of(*values, change=None):
    found, remarks = Table.of_file(
        files.read(xlsx(["Chỉ tiêu", "KH", "TH"], ["GTSX", *values], change=change))
    )
    return found.rows[0].cells[1:], remarks


def test_cells_that_hold_no_number_say_why():
    cells, _ = cells_of(date(2023, 5, 1), True)
    assert [cell.fault for cell in cells] == [
        "đây là ngày tháng, không phải số; hãy định dạng ô là số rồi gõ lại",
        "đây là giá trị đúng/sai, không phải số",
    ]
    cells, _ = cells_of("#REF!", "=1+1")
    assert cells[0].fault == "ô báo lỗi #REF!; hãy sửa trong Excel rồi chọn lại tệp"
    assert "công thức chưa có kết quả" in cells[1].fault


def test_hidden_rows_are_named_and_not_read():
    def hide(book):
        book.active.append(["Bí mật", 1, 2])
        book.active.row_dimensions[3].hidden = True

    _, remarks = cells_of(1, 2, change=hide)
    assert remarks == ["Không đọc 1 dòng đang ẩn: 3."]


def test_of_columns_nobody_knows_only_the_headings_are_kept():
    rows = [["BIỂU NĂM 2023"], ["TT", "Chỉ tiêu", "Cơ quan chủ trì", "KH", "Ý kiến"],
            ["A", "B", 1, 2, 3], ["I", "GTSX", "Sở", 5, "x" * 900]]  # fmt: skip
    table, _ = table_of(*rows)
    kept = Table(table.kept)
    assert kept.columns == table.columns
    assert [cell.text for cell in kept.rows[0].cells] == ["I", "GTSX", "", "", ""]
    assert kept.for_period(2023, 12).passed_over == ["Cơ quan chủ trì", "Ý kiến"]
    assert kept.titles == ["BIỂU NĂM 2023"]


def test_a_table_too_large_to_be_kept_is_refused(monkeypatch):
    table, _ = table_of(HEADINGS, [1, "GTSX" * 50])
    monkeypatch.setattr(tables, "MOST_KEPT", 100)
    with pytest.raises(ImportRefusal, match="quá lớn"):
        _ = table.kept


def test_a_preview_may_be_kept_as_text():
    table, _ = table_of(HEADINGS, [1, "GTSX", "%", 0.125, "7–8", date(2023, 1, 1)])
    kept = json.loads(json.dumps(table.sheet.as_json))
    assert type(table.sheet).from_json(kept) == table.sheet
