"""What staff with rights to figures alone are told of articles that are not published."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from indicators.models import Figure, Quotation
from tests.builders import make_article
from tests.indicators.builders import make_figure, make_indicator, make_territory
from tests.indicators.spreadsheets import xlsx

DRAFT, HIDDEN = "Sắp bổ nhiệm", "bài chưa đăng"


def sign_in(client, *codenames):
    someone = User.objects.create_user("can-bo", is_staff=True)
    someone.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(someone)


@pytest.fixture
def figure(db):
    place = make_territory(code="tra-vinh", is_home=True)
    indicator = make_indicator(name="Giá trị sản xuất")
    draft = make_article(title=DRAFT, state="draft")
    return make_figure(indicator=indicator, territory=place, year=2023, result=5, article=draft)


def form_of(client, figure):
    return client.get(reverse("admin:indicators_figure_change", args=[figure.pk])).content.decode()


def emptied_row(client, figure):
    """Empty the figure's row of the grid and return what is asked before it is deleted."""
    page = client.get(reverse("admin:indicators_figure_grid"), {"nam": 2023, "dia-ban": "tra-vinh"})
    grid, row = page.context["grid"], figure.indicator_id
    data = {f"{row}-{name}": "" for name in ("target", "result", "over_plan", "growth", "stage")}
    address = reverse("admin:indicators_figure_grid_of", args=["tra-vinh", 2023, 12])
    return client.post(address, data | {"_revision": grid.seen}).content.decode()


def previewed(client, figure):
    rows = [["Chỉ tiêu", "TH năm 2023", "Nguồn"], [figure.indicator.name, 6, "Niên giám"]]
    return client.post(reverse("admin:indicators_figure_import"), {"file": xlsx(*rows)})


FIGURES = ("view_figure", "add_figure", "change_figure", "delete_figure")


@pytest.mark.parametrize("codenames", [("view_figure",), FIGURES])
def test_the_form_of_a_figure_hides_the_title_of_a_draft(client, figure, codenames):
    sign_in(client, *codenames)
    page = form_of(client, figure)
    assert DRAFT not in page
    assert HIDDEN in page


@pytest.mark.parametrize("shown", [emptied_row, lambda *sent: previewed(*sent).content.decode()])
def test_what_a_table_would_replace_hides_the_title_of_a_draft(client, figure, shown):
    sign_in(client, *FIGURES)
    page = shown(client, figure)
    assert DRAFT not in page
    assert HIDDEN in page


@pytest.mark.parametrize(
    "shown", [form_of, emptied_row, lambda *sent: previewed(*sent).content.decode()]
)
def test_who_writes_articles_is_told_the_title(client, figure, shown):
    sign_in(client, *FIGURES, "change_article")
    assert DRAFT in shown(client, figure)


@pytest.mark.parametrize("shown", [form_of, emptied_row])
def test_a_published_title_is_for_everybody(client, figure, shown):
    Figure.objects.update(article=make_article(title="Đã đăng"))
    sign_in(client, *FIGURES)
    assert "Đã đăng" in shown(client, figure)


def test_what_is_deleted_with_a_figure_hides_the_title_of_a_draft(client, figure):
    Quotation.objects.create(figure=figure, article=figure.article)
    sign_in(client, *FIGURES)
    address = reverse("admin:indicators_figure_delete", args=[figure.pk])
    page = client.get(address).content.decode()
    assert DRAFT not in page
    assert HIDDEN in page


def test_a_figure_keeps_its_draft_when_somebody_else_saves_it(client, figure):
    sign_in(client, *FIGURES)
    address = reverse("admin:indicators_figure_change", args=[figure.pk])
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in data.items() if value not in {None, False}}
    management = {"revisions-TOTAL_FORMS": 0, "revisions-INITIAL_FORMS": 0}
    assert client.post(address, sent | management | {"result": "6"}).status_code == 302
    figure.refresh_from_db()
    assert (figure.result, figure.article.title) == (6, DRAFT)
