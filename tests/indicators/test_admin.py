from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.admin.fixed_code import WHY
from indicators.forms import NumberField
from indicators.models import Figure
from tests.indicators.builders import make_figure, make_indicator, make_territory


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("35.360", "35360"),
        ("35.360,5", "35360.5"),
        ("35360", "35360"),
        ("4,44", "4.44"),
        ("1.234.567,8", "1234567.8"),
        ("-4,81", "-4.81"),
        ("−4,81", "-4.81"),
        ("+12,06", "12.06"),
        (" 35 360 ", "35360"),
        ("0,5", "0.5"),
        ("999", "999"),
    ],
)
def test_numbers_are_read_as_vietnamese_offices_write_them(typed, number):
    assert NumberField().clean(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "4.44",
        "35.36",
        "1.2345",
        "12.34.567",
        "1,234,567",
        "35,360.5",
        "abc",
        "1e3",
        ",5",
        "5,",
        "--5",
        "NaN",
        "١٢",
        ".",
    ],
)
def test_what_could_be_misread_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refusal:
        NumberField().clean(typed)
    assert "35.360,5" in refusal.value.messages[0]


def test_nothing_typed_is_no_number():
    assert NumberField(required=False).clean("  ") is None


def test_a_stored_number_is_shown_as_it_may_be_typed():
    field = NumberField()
    for number in ("35360.5000", "-4.81", "1234567", "0.0001"):
        shown = field.prepare_value(Decimal(number))
        assert field.clean(shown) == Decimal(number)
        assert field.has_changed(Decimal(number), shown) is False


ADD = "admin:indicators_figure_add"


def filled(**changes):
    values = {
        "indicator": make_indicator(name="Tổng mức bán lẻ").pk,
        "territory": make_territory().pk,
        "year": "2023",
        "months": "12",
    }
    return values | changes


@pytest.mark.django_db
def test_an_editor_types_a_figure_and_finds_it_unchanged(admin_client):
    values = filled(
        result="56.180",
        result_qualifier="over",
        target="52.465",
        target_is_derived="on",
        stated_growth="15,05",
        stated_over_plan="7,08",
    )
    assert admin_client.post(reverse(ADD), values).status_code == 302
    figure = Figure.objects.get()
    assert (figure.result, figure.target) == (56180, 52465)
    assert figure.stated_growth == Decimal("15.05")
    form = admin_client.get(reverse("admin:indicators_figure_change", args=[figure.pk]))
    page = form.content.decode()
    assert 'value="56.180"' in page
    assert 'value="15,05"' in page
    assert "vượt 7,08% kế hoạch: trên 56.180 so với 52.465 tỷ đồng" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Hãy nhập số kế hoạch hoặc số thực hiện."),
        ({"result": "35.36"}, "dấu chấm tách hàng nghìn"),
        ({"result": "1", "year": "23"}, "Năm phải từ 1976 đến 2100."),
    ],
)
def test_a_refusal_is_told_in_words(admin_client, changes, message):
    response = admin_client.post(reverse(ADD), filled(**changes))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Figure.objects.exists()


@pytest.mark.django_db
def test_the_list_shows_what_is_computed(admin_client):
    make_figure(
        result="35360",
        target="33857",
        target_is_derived=True,
        stated_growth="12.06",
        stated_over_plan="4.44",
    )
    page = admin_client.get(reverse("admin:indicators_figure_changelist")).content.decode()
    for part in ("năm 2023", "33.857 (suy ra)", "35.360", "+12,06", "104,44", "Vượt"):
        assert part in page


@pytest.mark.django_db
def test_a_long_list_takes_no_more_queries(admin_client):
    address = reverse("admin:indicators_figure_changelist")
    make_figure()
    few = queries_of(admin_client, address)
    for _ in range(8):
        make_figure()
    assert queries_of(admin_client, address) == few


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["bán lẻ", "ban le", "BÁN LẺ"])
def test_figures_and_indicators_are_found_with_and_without_marks(admin_client, typed):
    make_figure(indicator=make_indicator(name="Tổng mức bán lẻ"))
    for model in ("figure", "indicator"):
        address = reverse(f"admin:indicators_{model}_changelist")
        assert "Tổng mức bán lẻ" in admin_client.get(address, {"q": typed}).content.decode()


@pytest.mark.django_db
def test_an_indicator_leads_to_its_figures(admin_client):
    figure = make_figure()
    make_figure()
    page = admin_client.get(reverse("admin:indicators_indicator_changelist")).content.decode()
    address = (
        f"{reverse('admin:indicators_figure_changelist')}"
        f"?indicator__id__exact={figure.indicator.pk}"
    )
    assert f'href="{address}">1 số liệu' in page
    assert "1 số liệu" in admin_client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["territory", "indicatorgroup", "indicator", "figure"])
@pytest.mark.parametrize("page", ["add", "changelist"])
def test_every_form_and_list_opens(admin_client, model, page):
    assert admin_client.get(reverse(f"admin:indicators_{model}_{page}")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["?indicator=abc&territory=1.5", "?article=99999999999999999999&year=x&months=-"]
)
def test_odd_addresses_open_an_empty_form(admin_client, address):
    assert admin_client.get(reverse(ADD) + address).status_code == 200


@pytest.mark.django_db
def test_saving_a_figure_anew_keeps_what_was_stated_and_by_whom(admin_client, admin_user):
    figure = make_figure(result="35000", stage="estimated")
    address = reverse("admin:indicators_figure_change", args=[figure.pk])
    form = admin_client.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else value for name, value in values.items()}
    inline = {"revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0"}
    answer = admin_client.post(address, {**values, "result": "35.360", "stage": "final", **inline})
    assert answer.status_code == 302
    (revision,) = figure.revisions.all()
    assert (revision.result, revision.stage) == (Decimal(35000), "estimated")
    assert revision.replaced_by == admin_user
    assert "Ước tính" in admin_client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Tất cả", "Lược đồ", "So sánh"])
def test_no_indicator_takes_the_address_of_a_page_beside_it(name):
    assert make_indicator(name=name).slug.endswith("-2")


@pytest.mark.django_db
def test_a_code_is_no_longer_changed_once_there_are_figures(admin_client):
    figure = make_figure()
    for owner in (figure.indicator, figure.territory):
        address = reverse(f"admin:indicators_{owner._meta.model_name}_change", args=[owner.pk])
        answer = admin_client.get(address)
        assert WHY in answer.content.decode()
        assert "code" not in answer.context["adminform"].form.fields
    unused = make_indicator()
    address = reverse("admin:indicators_indicator_change", args=[unused.pk])
    answer = admin_client.get(address)
    assert WHY not in answer.content.decode()
    assert "code" in answer.context["adminform"].form.fields
