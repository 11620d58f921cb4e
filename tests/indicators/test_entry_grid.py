import json
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry, LogEntryManager
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from indicators.forms import PeriodForm, RowForm, SourceForm
from indicators.models import Figure, Indicator, Revision
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator

pytestmark = pytest.mark.django_db


def address(place, year=2024, months=12):
    return reverse("admin:indicators_figure_grid_of", args=[place.code, year, months])


def page_of(client, place, year=2024, **more):
    query = {"nam": year, "dia-ban": place.code, **more}
    return client.get(reverse("admin:indicators_figure_grid"), query)


def typed_into(response, **cells):
    """Return the form of a page as sent after ``cells`` were typed: {pk}_{cell} = words."""
    grid = response.context["grid"]
    data = {"_revision": grid.seen}
    for row in grid.rows:
        for name, value in row.cells.items():
            data[row.form.add_prefix(name)] = value
    return data | {name.replace("__", "-"): value for name, value in cells.items()}


def sent_again(response, **changes):
    """Return what a browser sends of the form of an answer, with ``changes`` made to it."""
    page = html.document_fromstring(response.content.decode())
    form = next(form for form in page.forms if form.method == "POST" and "_revision" in form.fields)
    empty = {box.name: "" for box in form.iter("input") if box.type == "text"}
    return empty | dict(form.form_values()) | changes


def save(client, place, year=2024, **cells):
    data = typed_into(page_of(client, place, year), **{f"{k}": v for k, v in cells.items()})
    return client.post(address(place, year), data)


def cell(indicator, name):
    return f"{indicator.pk}__{name}"


def test_a_year_is_typed_on_one_page(officer, place, retail):
    power = make_indicator(name="Hộ dùng điện", unit="%")
    make_figure(indicator=retail, territory=place, year=2023, result=56180, result_qualifier="over")
    page = page_of(officer, place).content.decode()
    assert "trên 56.180" in page
    response = save(
        officer,
        place,
        **{
            cell(retail, "target"): "gần 59.350",
            cell(retail, "result"): "ước 60.000",
            cell(retail, "over_plan"): "137,27",
            cell(retail, "growth"): "-4,81",
            cell(retail, "stage"): "estimated",
            cell(power, "target"): "99,5–99,7",
            "source": "Báo cáo 12/BC-SCT",
        },
    )
    assert response.status_code == 302
    figure = Figure.objects.get(indicator=retail, year=2024)
    assert (figure.target, figure.target_qualifier) == (59350, "nearly")
    assert (figure.result, figure.result_qualifier, figure.stage) == (
        60000,
        "estimated",
        "estimated",
    )
    assert figure.stated_over_plan == Decimal("37.27")
    assert figure.stated_growth == Decimal("-4.81")
    assert figure.source == "Báo cáo 12/BC-SCT"
    planned = Figure.objects.get(indicator=power)
    assert (planned.target, planned.target_upper) == (Decimal("99.5"), Decimal("99.7"))
    shown = officer.get(response.url).content.decode()
    assert 'value="gần 59.350"' in shown
    assert "Đã lưu năm 2024, Trà Vinh: thêm mới 2." in shown
    assert "Nguồn ghi giảm 4,81%" in shown  # 60.000 is not less than 56.180


def test_a_stage_of_nothing_is_not_stored(officer, place, retail):
    page = save(officer, place, **{cell(retail, "stage"): "final"}).content.decode()
    assert "Có loại số liệu nhưng chưa có con số nào. Hãy ghi số hoặc bỏ loại số liệu." in page
    assert not Figure.objects.exists()


def test_one_wrong_cell_saves_nothing_and_loses_nothing(officer, place, retail):
    other = make_indicator()
    response = save(
        officer,
        place,
        **{cell(retail, "result"): "35,360.5", cell(other, "result"): "12", "note": "đã đối chiếu"},
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "Chưa lưu dòng nào. 1 dòng cần xem lại:" in page
    assert "Không đọc được số “35,360.5”" in page
    assert 'value="35,360.5"' in page
    assert 'value="12"' in page
    assert 'value="đã đối chiếu"' in page
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("result", "1.2.3", "Không đọc được số"),
        ("result", "7,5–8", "không phải một khoảng"),
        ("target", "8–7,5", "có số sau không lớn hơn số trước"),
        ("target", "9" * 30, "Số quá lớn"),
        ("target", "1,23456", "Nhiều nhất 4 chữ số thập phân"),
        ("growth", "112,06", "có vẻ là tỷ lệ so với năm trước"),
        ("over_plan", "4,44", "là tỷ lệ đạt hay là phần vượt?"),
        ("result", "x" * 500, "Ô dài quá 80 ký tự"),
        ("stage", "lạ", "một loại số liệu trong danh sách"),
    ],
)
def test_a_refusal_is_told_at_its_cell(name, typed, sentence):
    form = RowForm({f"1-{name}": typed}, indicator=Indicator(pk=1, name="Bán lẻ", unit="tỷ đồng"))
    assert sentence in form.errors[name][0]


def test_a_rate_of_change_is_no_index():
    iip = Indicator(pk=1, name="IIP", unit="%", measure="change")
    form = RowForm({"1-result": "126,08"}, indicator=iip)
    assert "hãy ghi 26,08" in form.errors["result"][0]


def test_only_changed_rows_are_stored_and_what_they_said_is_kept(officer, place, retail):
    kept = make_figure(territory=place, year=2024, result=5, source="Niên giám")
    changed = make_figure(
        indicator=retail, territory=place, year=2024, result=7, target=6, target_is_derived=True,
        source="Niên giám", note="cũ",
    )  # fmt: skip
    save(officer, place, **{cell(retail, "result"): "8", "source": "Báo cáo mới"})
    changed.refresh_from_db()
    assert (changed.result, changed.source, changed.note) == (8, "Báo cáo mới", "cũ")
    assert changed.target_is_derived is True
    assert Revision.objects.get().result == 7
    before = kept.updated_at
    kept.refresh_from_db()
    assert (kept.updated_at, kept.source) == (before, "Niên giám")


def test_a_plan_that_is_typed_is_no_longer_worked_out(officer, place, retail):
    make_figure(
        indicator=retail, territory=place, year=2024, target=6, target_is_derived=True, result=7
    )
    save(officer, place, **{cell(retail, "target"): "6,5"})
    assert Figure.objects.get().target_is_derived is False


def test_nothing_changed_stores_nothing(officer, place, retail):
    figure = make_figure(
        indicator=retail, territory=place, year=2024, result="1234.5678", result_qualifier="over",
        target="-2.5", target_upper="-1", stated_growth="112.06", stated_over_plan="-95.5",
    )  # fmt: skip
    before = figure.updated_at
    save(officer, place)
    figure.refresh_from_db()
    assert figure.updated_at == before


def test_an_emptied_row_is_deleted_only_when_that_is_confirmed(officer, place, retail):
    figure = make_figure(
        indicator=retail, territory=place, year=2024, result=8, restated_previous=7,
        target_stated_growth="12.5", source="Niên giám", note="đã đối chiếu",
    )  # fmt: skip
    data = typed_into(page_of(officer, place), **{cell(retail, "result"): ""})
    page = officer.post(address(place), data).content.decode()
    assert (
        "Để trống cả dòng là xóa số liệu. Đang lưu: TH 8, TH năm trước, tính lại 7, KH tăng, giảm "
        "theo nguồn (%) 12,5, nguồn Niên giám, ghi chú đã đối chiếu. Nếu đúng, "
        "hãy đánh dấu vào ô bên dưới."
    ) in page
    assert Figure.objects.exists()
    data[f"{retail.pk}-delete"] = figure.updated_at.isoformat()
    assert officer.post(address(place), data).status_code == 302
    assert not Figure.objects.exists()


def test_months_and_years_are_different_figures(officer, place, retail):
    make_figure(indicator=retail, territory=place, year=2024, months=9, result=8)
    assert page_of(officer, place).context["grid"].rows[0].figure is None
    page = page_of(officer, place, thang=9)
    assert page.context["grid"].rows[0].figure.result == 8


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"nam": "20x4"}, "Hãy nhập năm bằng bốn chữ số."),
        ({"nam": "99999"}, "Năm phải từ 1976 đến 2100."),
        ({"dia-ban": "khong-co"}, "Hãy chọn một địa bàn trong danh sách."),
        ({"thang": "13"}, "Hãy chọn một kỳ trong danh sách."),
    ],
)
def test_a_period_that_is_none_is_answered_in_words(place, query, sentence):
    form = PeriodForm({"nam": "2024", "dia-ban": "tra-vinh", "thang": ""} | query)
    assert [sentence] in form.errors.values()


def test_without_a_period_there_is_no_grid_but_a_word(officer, place):
    response = officer.get(reverse("admin:indicators_figure_grid"), {"nam": "20x4"})
    assert "Hãy nhập năm bằng bốn chữ số." in response.content.decode()


def somebody(client, *permissions):
    user = User.objects.create_user("lan", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def test_who_may_only_look_finds_no_boxes_and_saves_nothing(client, place, retail):
    make_figure(indicator=retail, territory=place, year=2024, result=8)
    viewer = somebody(client, "view_figure")
    response = page_of(viewer, place)
    assert f'name="{retail.pk}-result"' not in response.content.decode()
    assert viewer.post(address(place), {f"{retail.pk}-result": "9"}).status_code == 403


def test_strangers_do_not_see_the_grid(client, place):
    assert page_of(somebody(client), place).status_code == 403
    assert client.post(address(place)).status_code == 403


def test_a_long_grid_takes_no_more_queries(officer, place, django_assert_max_num_queries):
    group = make_indicator().group
    for _ in range(20):
        make_figure(indicator=make_indicator(group=group), territory=place, year=2024)
    with django_assert_max_num_queries(16):
        page_of(officer, place)


def test_saving_a_row_more_takes_few_queries_more(officer, place):
    group = make_indicator().group
    costs = []
    for rows in (1, 6):
        for _ in range(rows):
            make_figure(indicator=make_indicator(group=group), territory=place, year=2024)
        figures = Figure.objects.filter(year=2024).select_related("indicator")
        typed = {cell(figure.indicator, "result"): f"{len(costs)}7" for figure in figures}
        data = typed_into(page_of(officer, place), **typed)
        with CaptureQueriesContext(connection) as queries:
            assert officer.post(address(place), data).status_code == 302
        costs.append(len(queries))
    # A figure is held, kept as a revision and stored, between two marks of its own.
    assert (costs[1] - costs[0]) / 6 <= 5


def test_nothing_is_stored_that_cannot_be_logged(officer, place, retail, monkeypatch):
    def fails(*args, **kwargs):
        raise IntegrityError("the log is full")

    monkeypatch.setattr(LogEntryManager, "log_actions", fails)
    page = save(officer, place, **{cell(retail, "result"): "8"}).content.decode()
    assert "Chưa lưu dòng nào: vừa có người lưu cùng lúc." in page
    assert f'name="{retail.pk}-result" value="8"' in page
    assert not Figure.objects.exists()


def test_what_is_stored_is_logged_row_by_row(officer, place, retail):
    make_figure(indicator=retail, territory=place, year=2024, result=8)
    other = make_indicator()
    save(officer, place, **{cell(retail, "result"): "9", cell(other, "result"): "1"})
    logged = LogEntry.objects.values_list("change_message", flat=True)
    assert sorted(logged) == ["Nhập bằng bảng.", "Sửa bằng bảng."]


def test_a_rule_only_the_database_knows_is_told_at_the_row(officer, place, retail, monkeypatch):
    monkeypatch.setattr("indicators.entry.rows._STATED", ("stage",))
    page = save(officer, place, **{cell(retail, "stage"): "final"}).content.decode()
    assert "Hãy nhập số kế hoạch hoặc số thực hiện." in page
    assert "1 dòng cần xem lại:" in page


@pytest.mark.parametrize(
    ("row_says", "is_stored"), [("final", False), ("estimated", True), ("preliminary", True)]
)
def test_the_sittings_stage_takes_no_figure_back(officer, place, retail, row_says, is_stored):
    make_figure(indicator=retail, territory=place, year=2024, result=8, stage=row_says)
    typed = {cell(retail, "result"): "9", "stage": "preliminary"}
    response = save(officer, place, **typed)
    assert (response.status_code == 302) is is_stored
    figure = Figure.objects.get()
    if is_stored:
        assert (figure.result, figure.stage) == (9, "preliminary")
    else:
        assert "Số đang lưu là số chính thức, còn nguồn lần này ghi sơ bộ." in str(
            response.content.decode()
        )
        assert (figure.result, figure.stage) == (8, "final")
        own = typed | {cell(retail, "stage"): "preliminary"}
        save(officer, place, **own)
        assert Figure.objects.get().stage == "preliminary"


def test_a_draft_is_named_as_a_source_only_by_who_may_read_drafts(client, place, retail):
    draft, published = make_article(state="draft"), make_article()
    viewer = User.objects.create_user("lan", is_staff=True)
    form = SourceForm({"article": draft.pk}, user=viewer)
    assert form.errors["article"] == ["Hãy chọn một bài viết trong danh sách."]
    assert draft.title not in str(form)
    assert SourceForm({"article": published.pk}, user=viewer).is_valid()
    chief = User.objects.create_superuser("truong-phong")
    assert SourceForm({"article": draft.pk}, user=chief).is_valid()


def test_what_the_page_shows_is_sent_back_as_text(officer, place, retail):
    make_figure(indicator=retail, territory=place, year=2024, result=8)
    seen = json.loads(page_of(officer, place).context["grid"].seen)
    assert seen[str(retail.pk)][1] == ["", "8", "", "", ""]
