import pytest
from django.urls import reverse

from portal.groups import PUBLISHERS
from tests.builders import make_article, make_staff

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/tin-tuc/",
    "/chi-tieu/",
    "/gop-y/",
    "/gop-y/tra-cuu/",
    "/gop-y/hoi-dap/",
    "/danh-gia/",
    "/danh-gia/ket-qua/",
    "/tim-kiem/?q=a",
    "/so-do/",
    "/khong-co/",
    "/rss/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/quan-tri/login/",
]


def policy(client, address):
    return client.get(address).headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_allow_nothing_unsafe_and_no_other_host(client, address):
    allowed = policy(client, address)
    assert "default-src 'none'" in allowed
    assert "frame-ancestors 'none'" in allowed
    assert "unsafe" not in allowed
    assert "http" not in allowed


@pytest.mark.parametrize("address", PUBLIC)
def test_every_answer_carries_the_other_headers(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "address",
    [
        address
        for address in PUBLIC
        if address not in ("/gop-y/", "/gop-y/tra-cuu/", "/danh-gia/", "/quan-tri/login/")
    ],
)
def test_readers_get_no_cookie(client, address):
    assert not client.get(address).cookies


def test_only_pages_with_the_editor_have_the_weaker_policy(admin_client):
    from django.contrib import admin

    weak = set()
    for model in admin.site._registry:
        info = model._meta.app_label, model._meta.model_name
        for page in ("changelist", "add"):
            answer = admin_client.get(reverse("admin:{}_{}_{}".format(*info, page)))
            if "unsafe" in answer.headers["Content-Security-Policy"]:
                weak.add((*info, page))
    assert weak == {("news", "article", "add"), ("portal", "standingpage", "add")}


def test_the_editor_page_of_an_article_has_the_editors_policy(client):
    article = make_article()
    client.force_login(make_staff(PUBLISHERS))
    allowed = policy(client, reverse("admin:news_article_change", args=[article.pk]))
    assert "script-src 'self' 'unsafe-inline'" in allowed
    assert "connect-src 'self'" in allowed


def test_an_unknown_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_links_in_feeds_come_from_the_settings_not_the_request(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    article = make_article()
    for address in ("/rss/", "/sitemap-tin-tuc.xml"):
        page = client.get(address, headers={"Host": "evil.example"}).content.decode()
        assert settings.BASE_URL + article.get_absolute_url() in page
        assert f"evil.example{article.get_absolute_url()}" not in page
        assert "example.com" not in page


@pytest.mark.parametrize(
    "name",
    [
        "manage.py",
        ".env",
        ".git/config",
        "portal/settings.py",
        "static/../manage.py",
        "static/",
        "media/",
        "var/secret_key",
        "static/ckeditor/ckeditor/samples/index.html",
        "static/ckeditor/ckeditor/plugins/preview/preview.html",
        "ckeditor/upload/",
        "ckeditor/browse/",
        "static/ckeditor/ckeditor/plugins/exportpdf/plugin.js",
        "quan-tri/doc/",
    ],
)
def test_nothing_of_the_inside_is_served(client, name):
    assert client.get(f"/{name}").status_code in {302, 404}
