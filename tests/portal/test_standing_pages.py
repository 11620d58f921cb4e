import pytest
from django.urls import reverse

from portal.groups import ADMINISTRATORS
from portal.models import StandingPage
from tests.builders import make_staff

pytestmark = pytest.mark.django_db


def test_a_standing_page_is_shown_clean(client):
    StandingPage.objects.create(
        url="/gioi-thieu/lien-he/", title="Liên hệ", content="<p>Số 1</p><script>alert(1)</script>"
    )
    page = client.get("/gioi-thieu/lien-he/").content.decode()
    assert "<p>Số 1</p>" in page
    assert "alert(1)" not in page


def test_staff_write_standing_pages_with_the_editor(client):
    client.force_login(make_staff(ADMINISTRATORS))
    add = reverse("admin:portal_standingpage_add")
    assert "ckeditor" in client.get(add).content.decode()
    client.post(add, {"url": "/gioi-thieu/moi/", "title": "Mới", "content": "<p>Chữ</p>"})
    assert "<p>Chữ</p>" in client.get("/gioi-thieu/moi/").content.decode()


@pytest.mark.parametrize(
    "url",
    [
        *("/khac/moi/", "/gioi-thieu/moi", "gioi-thieu", "/gioi-thieu/../x/", "/gioi-thieu//x/"),
        *("/gioi-thieu/./x/", "/gioi-thieu/Moi/", "/gioi-thieu/mới/", "/gioi-thieu/-/"),
    ],
)
def test_an_address_elsewhere_is_refused_in_words(client, url):
    client.force_login(make_staff(ADMINISTRATORS))
    answer = client.post(
        reverse("admin:portal_standingpage_add"),
        {"url": url, "title": "Mới", "content": "<p>a</p>"},
    )
    assert answer.status_code == 200
    assert not StandingPage.objects.exists()


def test_an_address_of_before_stays_when_the_page_is_edited(client):
    page = StandingPage.objects.create(url="/gioi-thieu/Lien_He/", title="Cũ", content="")
    client.force_login(make_staff(ADMINISTRATORS))
    form = {"url": page.url, "title": "Mới", "content": "<p>a</p>"}
    client.post(reverse("admin:portal_standingpage_change", args=[page.pk]), form)
    page.refresh_from_db()
    assert page.title == "Mới"


def test_a_title_holds_only_what_can_be_seen(client):
    client.force_login(make_staff(ADMINISTRATORS))
    add = reverse("admin:portal_standingpage_add")
    form = {"url": "/gioi-thieu/moi/", "title": "Thử\u202e  chữ", "content": "<p>a</p>"}
    client.post(add, form)
    assert StandingPage.objects.get().title == "Thử chữ"
    refused = client.post(add, form | {"url": "/gioi-thieu/hai/", "title": "\u200b\u202e"})
    assert "title" in refused.context["adminform"].form.errors


def test_the_form_asks_in_vietnamese(client):
    client.force_login(make_staff(ADMINISTRATORS))
    page = client.get(reverse("admin:portal_standingpage_add")).content.decode()
    for words in ("Địa chỉ:", "Tiêu đề:", "Nội dung:", "Dạng /gioi-thieu/ten-trang/"):
        assert words in page
    assert "URL" not in page
    assert "about/contact" not in page
