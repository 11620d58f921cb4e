"""From an uploaded table to stored figures: what is previewed, confirmed, refused."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from indicators.exports.content import as_json, content_of
from indicators.exports.csv_file import as_csv
from indicators.exports.everything import Everything
from indicators.exports.xlsx_file import as_xlsx
from indicators.importing import files
from indicators.importing.plans import plan
from indicators.importing.tables import Table
from indicators.models import Figure, Revision
from indicators.period import Period
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory
from tests.indicators.spreadsheets import HEADINGS, csv, xlsx
from tests.indicators.uploads import IMPORT, NO_SOURCE, confirm, look, planned


def lines(response):
    return {line.number: line for line in response.context["plan"].lines}


def test_the_standard_table_is_previewed_and_stored_only_when_confirmed(
    officer, place, output, exports
):
    iip = make_indicator(name="Chỉ số sản xuất công nghiệp (IIP)", unit="%", measure="change")
    make_figure(indicator=output, territory=place, year=2022, result=31000)
    response = look(
        officer,
        xlsx(
            ["BIỂU TỔNG HỢP NĂM 2023"],
            HEADINGS,
            ["I", "Công nghiệp"],
            [1, "1.1. Giá trị SXCN", "Tỷ đồng", 31555, 33857, 35360, 104.44, 112.06, "Vượt"],
            [2, "Chỉ số sản xuất công nghiệp", "%", None, "7,5–8,0", "ước 8,2", None, None, "Vượt"],
            [3, "Kim ngạch xuất khẩu", "tỷ USD", None, None, "trên 0,43", None, 95.19, None],
            [4, "Kim ngạch nhập khẩu", "triệu USD", 1, 2, 3],
            [None, None, None, None, None, None, None, "NGƯỜI LẬP BIỂU"],
            [None, "Trà Vinh, ngày 05 tháng 01 năm 2024", None, None, None, None, None, "GIÁM ĐỐC"],
        ),
    )
    page = response.content.decode()
    assert not Figure.objects.filter(year=2023).exists()
    made = lines(response)
    assert [made[number].state.name for number in made] == ["NEW", "NEW", "NEW", "REFUSED"]
    assert "Gần nhất là “Kim ngạch xuất khẩu”" in made[7].refusals[0]
    assert "TH năm 2022: tệp ghi 31.555, đang lưu 31.000" in page
    assert confirm(officer, response).status_code == 302
    first = Figure.objects.get(indicator=output, year=2023)
    assert (first.target, first.result, first.stage) == (33857, 35360, "estimated")
    assert first.stated_growth == Decimal("12.06")  # 31.000 gives 14,06
    assert first.stated_over_plan is None  # what the numbers say anyway is not stated again
    second = Figure.objects.get(indicator=iip)
    assert (second.target, second.target_upper) == (Decimal("7.5"), Decimal(8))
    assert (second.result, second.result_qualifier) == (Decimal("8.2"), "estimated")
    third = Figure.objects.get(indicator=exports)
    assert (third.result, third.result_qualifier) == (430, "over")
    assert third.stated_growth == Decimal("-4.81")
    assert Figure.objects.get(indicator=output, year=2022).result == 31000


REFUSED_ROWS = [
    (
        [None, "Giá trị SXCN", "tấn", None, 5],
        "không quy đổi được. Hãy ghi theo đơn vị",
    ),
    ([None, "Giá trị SXCN", None, None, "35,360"], "hai cách viết số"),
    ([None, "Giá trị SXCN", None, None, "nhiều"], "Ô E2: Không đọc được số “nhiều”."),
    (
        [None, "Giá trị SXCN", None, None, date(2023, 1, 2)],
        "Ô E2: đây là ngày tháng",
    ),
    ([None, "Giá trị SXCN", None, None, None, "=E2*2"], "công thức chưa có kết quả"),
    (
        [None, "Giá trị SXCN", None, None, "#DIV/0!"],
        "ô báo lỗi #DIV/0!; hãy sửa",
    ),
    ([None, "Giá trị SXCN", None, None, True], "đây là giá trị đúng/sai"),
    (
        [None, "Giá trị SXCN", None, None, 10**20],
        "Ô E2: số quá lớn; hãy xem lại",
    ),
    (
        [None, "Giá trị SXCN", None, None, 10**14],
        "Ô E2: Số quá lớn. Hãy xem lại",
    ),
    ([None, "Giá trị SXCN", None, None, "NaN"], "Không đọc được số “NaN”"),
    (
        [None, "Giá trị SXCN", None, None, "8–7"],
        "Hãy ghi số nhỏ trước.",
    ),
    ([None, "Giá trị SXCN", None, None, 3, "7–8"], "không phải một khoảng"),
    ([None, None, None, None, 3], "không có tên chỉ tiêu"),
    ([None, "Giá trị SXCN", "nghìn tỷ đồng", None, 10**11], "quá lớn sau khi đổi đơn vị"),
]


@pytest.mark.parametrize(("row", "words"), REFUSED_ROWS)
def test_a_wrong_row_is_refused_in_words(place, output, row, words):
    (line,) = planned(place, row)
    assert words in " ".join(line.refusals)


def test_an_index_is_no_rate_of_change(place):
    make_indicator(name="IIP", unit="%", measure="change")
    (line,) = planned(place, [1, "IIP", "%", None, None, 126.08])
    assert "hãy ghi 26,08" in line.refusals[0]


def test_percentages_formatted_as_such_are_percentages(place, output):
    make_indicator(name="Hộ dùng điện", unit="%")

    def as_percent(book):
        book.active["F2"].number_format = "0.00%"
        book.active["F3"].number_format = "0.00%"

    right, wrong = planned(
        place,
        [1, "Hộ dùng điện", "%", None, None, 0.9961],
        [2, "Giá trị SXCN", None, None, None, 0.5],
        change=as_percent,
    )
    assert right.after.result == Decimal("99.61")
    assert "ô có định dạng phần trăm, còn chỉ tiêu tính bằng" in wrong.refusals[0]


def test_what_the_database_refuses_is_refused_before(officer, place, output):
    headings = ["Chỉ tiêu", "Năm", "TH", "KH tăng so với năm trước, theo nguồn (%)"]
    rows = [["Giá trị SXCN", 2023, None, 5], ["Giá trị SXCN", 2022, 7, None]]
    response = look(officer, xlsx(headings, *rows))
    made = lines(response)
    assert made[2].refusals == ["Hãy nhập số kế hoạch hoặc số thực hiện."]
    assert confirm(officer, response).status_code == 302
    assert Figure.objects.get().year == 2022


def test_two_rows_about_one_figure_are_both_refused(place, output):
    first, second = planned(
        place, [1, "Giá trị SXCN", None, None, 5], [2, output.name, None, None, 6]
    )
    assert first.refusals == ["Trùng chỉ tiêu với dòng 3: hãy giữ một dòng."]
    assert second.refusals == ["Trùng chỉ tiêu với dòng 2: hãy giữ một dòng."]


def test_a_stage_never_steps_back(officer, place, output):
    figure = make_figure(indicator=output, territory=place, year=2023, result=5, stage="final")
    response = look(officer, xlsx(HEADINGS, [1, "Giá trị SXCN", None, None, None, 6]))
    assert lines(response)[2].refusals == [
        "Số đang lưu là số chính thức, không thay bằng số ước tính."
    ]
    response = look(officer, xlsx(HEADINGS, [1, "Giá trị SXCN", None, None, None, 5]))
    assert lines(response)[2].state.name == "SAME"
    figure.refresh_from_db()
    assert figure.stage == "final"


def test_what_is_missing_erases_nothing_and_what_is_replaced_is_kept(officer, place, output):
    make_figure(indicator=output, territory=place, year=2023, target=4, result=5, stage="estimated")
    response = look(officer, xlsx(HEADINGS, [1, "Giá trị SXCN", "", "…", "-", 6, "x"]))
    again = confirm(officer, response, stage="final", source="Niên giám thống kê")
    assert "Chưa lưu: lựa chọn" in again.content.decode()
    assert confirm(officer, again).status_code == 302
    figure = Figure.objects.get()
    assert (figure.target, figure.result, figure.stage) == (4, 6, "final")
    assert figure.source == "Niên giám thống kê"
    assert Revision.objects.get().result == 5


def test_a_change_since_the_preview_is_shown_before_it_is_stored(officer, place, output):
    figure = make_figure(indicator=output, territory=place, year=2023, result=5)
    response = look(officer, xlsx(HEADINGS, [1, "Giá trị SXCN", None, None, None, 6]))
    figure.result = 7
    figure.save()
    again = confirm(officer, response)
    assert "Chưa lưu: lựa chọn hoặc số liệu đang lưu đã thay đổi" in again.content.decode()
    assert Figure.objects.get().result == 7
    assert confirm(officer, again).status_code == 302
    assert Figure.objects.get().result == 6


def test_another_year_or_place_is_another_preview(officer, place, output):
    other = make_territory(name="Hưng Yên")
    response = look(officer, xlsx(["Chỉ tiêu", "TH"], ["Giá trị SXCN", 6]))
    assert "Hãy nhập năm." in response.content.decode()
    data = {"sheet": response.context["sheet"], "territory": other.pk, "year": 2021, "months": 9}
    preview = officer.post(reverse(IMPORT), data)
    (line,) = preview.context["plan"].lines
    assert str(line.period) == "9 tháng đầu năm 2021, Hưng Yên"


def test_columns_of_other_periods_are_named_and_not_used(officer, place, output):
    rows = [["Chỉ tiêu", "TH 9 tháng", "Ước TH năm 2023", "KH năm 2024"], ["Giá trị SXCN", 1, 2, 3]]
    response = look(officer, xlsx(["NĂM 2023"], *rows))
    (line,) = response.context["plan"].lines
    assert (line.after.result, line.after.target) == (2, None)
    assert "Không dùng cột “KH năm 2024”." in response.context["remarks"]
    assert "Không dùng cột “TH 9 tháng”." in response.context["remarks"]


@pytest.mark.parametrize("sheet", ["", "x", "eyJhIjoxfQ:1abc:xyz"])
def test_a_preview_that_was_tampered_with_is_not_stored(officer, place, sheet):
    response = officer.post(reverse(IMPORT), {"sheet": sheet, "_confirm": "1"})
    assert "Hãy chọn lại tệp." in response.content.decode()


def test_a_preview_belongs_to_whoever_asked_for_it(officer, place, output):
    response = look(officer, xlsx(HEADINGS, [1, "Giá trị SXCN", None, None, 6]))
    another = User.objects.create_superuser("lan")
    officer.force_login(another)
    assert "Hãy chọn lại tệp." in confirm(officer, response).content.decode()
    assert not Figure.objects.exists()


def test_who_may_not_write_figures_finds_no_import(client, place):
    viewer = User.objects.create_user("lan", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_figure"))
    client.force_login(viewer)
    assert client.get(reverse(IMPORT)).status_code == 403
    assert client.post(reverse(IMPORT), {"sheet": "x"}).status_code == 403
    assert client.get(reverse(f"{IMPORT}_template")).status_code == 403


def test_a_file_that_is_none_is_asked_for_again(officer, place):
    page = officer.post(reverse(IMPORT), {}).content.decode()
    assert "Hãy chọn một tệp .xlsx hoặc .csv." in page
    page = look(officer, csv("x", name="a.xlsm")).content.decode()
    assert "không kèm macro" in page


def figures_of_every_kind(place, output, exports):
    """Store figures that between them say all that can be said of one."""
    iip = make_indicator(code="IIP", name="Chỉ số sản xuất", unit="%", measure="change")
    make_figure(
        indicator=output, territory=place, target="33857.25", target_is_derived=True, result=35360,
        stage="final", stated_growth="12.06", source="=1+1", note="-5 dự án",
    )  # fmt: skip
    make_figure(indicator=output, territory=place, year=2022, result="31555.5")
    make_figure(
        indicator=exports, territory=place, target=400, target_upper="450.5", result=430,
        target_qualifier="about", result_qualifier="over", stage="estimated", months=9,
        article=make_article(title="Báo cáo; năm"), source="@ phụ lục",
    )  # fmt: skip
    make_figure(
        indicator=iip, territory=place, target="7.5", target_qualifier="at_least", result="-4.81"
    )
    make_figure(
        indicator=exports, territory=make_territory(name="Hưng Yên"), target=5, result=None,
        restated_previous=4, target_stated_growth="25.5", stated_outcome="exceeded",
    )  # fmt: skip


def test_of_the_export_only_what_was_edited_changes(place, output, exports):
    figures_of_every_kind(place, output, exports)
    content = content_of(Everything.known())
    book = as_xlsx(as_json(content))
    for name, body in (("a.csv", as_csv(content, with_mark=True)), ("a.xlsx", book)):
        table, _ = Table.of_file(files.read(SimpleUploadedFile(name, body)))
        made = plan(table, Period(place, 2023), NO_SOURCE)
        assert [(line.state.name, line.refusals) for line in made.lines] == [("SAME", [])] * 5

    book = load_workbook(io.BytesIO(book))
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows() if row[at["Số tháng"] - 1].value == 9)
    sheet.cell(row, at["TH"]).value = 431.25
    body = io.BytesIO()
    book.save(body)
    table, _ = Table.of_file(files.read(SimpleUploadedFile("a.xlsx", body.getvalue())))
    (changed,) = plan(table, Period(place, 2023), NO_SOURCE).to_store
    assert changed.changes == [("TH", "trên 430", "trên 431,25")]


def test_headings_that_clash_in_the_year_confirmed_are_told(officer, place, output):
    headings = ["Chỉ tiêu", "KH", "KH năm 2024", "TH năm 2023"]
    response = look(officer, xlsx(headings, ["Giá trị SXCN", 5, 6, 7]))
    assert response.context["form"].data["year"] == 2023
    again = confirm(officer, response, year=2024)
    assert "Hai cột “KH” và “KH năm 2024” cùng nghĩa" in again.content.decode()
    assert not Figure.objects.exists()


def test_a_draft_is_no_source_for_whoever_may_not_read_it(client, place, output):
    writer = User.objects.create_user("nhap-lieu", is_staff=True)
    writer.user_permissions.set(Permission.objects.filter(content_type__app_label="indicators"))
    client.force_login(writer)
    draft = make_article(title="Chưa công bố", state="draft")
    response = look(client, xlsx(HEADINGS, [1, "Giá trị SXCN", None, None, 5]))
    again = confirm(client, response, article=draft.pk)
    assert "Chưa công bố" not in again.content.decode()
    assert "Hãy chọn một bài viết trong danh sách." in again.content.decode()


def test_a_place_is_guessed_from_whole_words_of_a_title(officer, place, output):
    make_territory(name="An Hòa")
    response = look(officer, xlsx(["BIỂU BAN HÒA GIẢI TỈNH TRÀ VINH"], HEADINGS))
    assert response.context["form"].data["territory"] == place.pk


def test_a_note_too_long_is_refused_and_not_cut(officer, place, output):
    rows = [["Chỉ tiêu", "TH năm 2023", "Ghi chú"], ["Giá trị SXCN", 5, "n" * 400]]
    (line,) = look(officer, xlsx(*rows)).context["plan"].lines
    assert "300" in line.refusals[0]


def test_a_source_named_for_the_file_goes_to_what_changes_alone(place, output, exports):
    make_figure(indicator=output, territory=place, year=2023, result=5, source="Cũ", note="n")
    make_figure(indicator=exports, territory=place, year=2023, result=5, source="Cũ")
    rows = [["Chỉ tiêu", "TH", "Nguồn", "Ghi chú"], [output.name, 6, "Cũ", "n"],
            [exports.name, 5, "Cũ", None]]  # fmt: skip
    table, _ = Table.of_file(files.read(xlsx(*rows)))
    source = NO_SOURCE | {"source": "Niên giám", "note": "mới"}
    changed, same = plan(table, Period(place, 2023), source).lines
    assert (changed.after.source, changed.after.note) == ("Niên giám", "mới")
    assert same.state.name == "SAME"


def test_the_template_filled_in_by_nobody_changes_nothing(officer, place, output, exports):
    make_figure(
        indicator=output, territory=place, year=2023, target=7, target_upper=8, result=5,
        result_qualifier="over",
    )  # fmt: skip
    make_figure(indicator=output, territory=place, year=2022, result=5)
    query = {"nam": 2023, "dia-ban": "tra-vinh", "thang": 12}
    answer = officer.get(reverse(f"{IMPORT}_template"), query)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A1"].value == "BIỂU TỔNG HỢP CHỈ TIÊU NĂM 2023, TRÀ VINH"
    response = look(officer, SimpleUploadedFile("a.xlsx", answer.content))
    assert response.context["form"].data["year"] == 2023
    assert [line.state.name for line in response.context["plan"].lines] == ["SAME"]
