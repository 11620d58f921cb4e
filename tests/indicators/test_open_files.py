"""The files as answers: open to every site, sent again only when something changed."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from indicators.exports.everything import Everything
from indicators.models import Figure
from tests.builders import make_article, make_staff
from tests.indicators.builders import make_figure, make_indicator

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/chi-tieu/nam/2023.csv",
    "/chi-tieu/nam/2023.csv?bom=1",
    "/chi-tieu/nam/2023.xlsx",
    "/chi-tieu/tat-ca.json",
    "/chi-tieu/xuat-khau.csv-metadata.json",
    "/chi-tieu/luoc-do.json",
    "/chi-tieu/xuat-khau/bieu-do.svg",
    "/chi-tieu/xuat-khau/bieu-do.png",
]
DATED = [address for address in ADDRESSES if "luoc-do" not in address]


@pytest.fixture(autouse=True)
def figure():
    return make_figure(indicator=make_indicator(name="Xuất khẩu"), target="90")


def assert_open(response):
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "s-maxage=60" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_files_are_open_to_every_site_and_not_sent_twice(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert_open(response)
    assert int(response["Content-Length"]) == len(response.content)
    etag = response["ETag"]
    for headers in ({"If-None-Match": etag}, {"If-None-Match": f'"x", {etag}'}):
        again = client.get(address, headers=headers)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert_open(again)
    asked = client.head(address)
    assert asked.content == b""
    for header in ("ETag", "Content-Type", "Content-Length", "Access-Control-Allow-Origin"):
        assert asked[header] == response[header]
    assert client.head(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", DATED)
def test_a_file_not_changed_since_is_not_sent_again(client, figure, address):
    response = client.get(address)
    dates = {
        response["Last-Modified"]: 304,
        "Sat, 01 Jan 2000 00:00:00 GMT": 200,
        "hôm qua": 200,
    }
    for date, status in dates.items():
        assert client.get(address, headers={"If-Modified-Since": date}).status_code == status
    figure.result = 120
    figure.save()
    headers = {"If-None-Match": response["ETag"]}
    if "metadata" not in address:  # which tells no figure, only the second of the last one
        assert client.get(address, headers=headers).status_code == 200


def test_a_browser_that_asks_first_may_come_and_nobody_may_write(client):
    for address in ADDRESSES:
        asked = client.options(address, headers={"Access-Control-Request-Method": "GET"})
        assert (asked.status_code, asked["Allow"]) == (204, "GET, HEAD, OPTIONS")
        assert asked["Access-Control-Allow-Origin"] == "*"
        assert asked["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert client.post(address).status_code == 405


def logged(thing, seconds):
    """Return the log's entry of something staff did so many seconds from now."""
    return LogEntry.objects.create(
        action_time=timezone.now() + timedelta(seconds=seconds),
        user=make_staff(),
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        action_flag=DELETION,
    )


def test_a_deletion_counts_as_a_change(client, figure):
    """A copy asked about by its date alone must not outlive a figure taken out."""
    other = make_figure(indicator=figure.indicator, year=2022)
    moment = client.get("/chi-tieu/tat-ca.csv")["Last-Modified"]
    logged(other, seconds=2)
    other.delete()
    again = client.get("/chi-tieu/tat-ca.csv", headers={"If-Modified-Since": moment})
    assert again.status_code == 200


def test_what_is_done_to_a_source_counts_and_to_other_articles_does_not(client, figure):
    source, other = make_article(), make_article()
    figure.article = source
    figure.save()
    moment = client.get("/chi-tieu/tat-ca.csv")["Last-Modified"]
    logged(other, seconds=3)
    assert client.get("/chi-tieu/tat-ca.csv")["Last-Modified"] == moment
    logged(source, seconds=3)
    assert client.get("/chi-tieu/tat-ca.csv")["Last-Modified"] != moment


def test_everything_known_already_is_not_even_read(client, django_assert_num_queries):
    etag = client.get("/chi-tieu/tat-ca.json")["ETag"]
    with django_assert_num_queries(2):  # the version of the rows, and of the articles
        again = client.get("/chi-tieu/tat-ca.json", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_whatever_is_told_of_everything_changes_its_version(figure):
    """By whatever way: bulk updates and deletions leave no moment and no log."""
    other = make_figure(indicator=figure.indicator, year=2021, article=make_article())
    article, known = other.article, {Everything.version()}
    changes = [
        lambda: figure.territory.breaks.create(year=2023, reason="hợp nhất hai tỉnh"),
        lambda: Figure.objects.filter(pk=figure.pk).update(months=9),
        lambda: type(figure.indicator).objects.update(unit="triệu USD"),
        lambda: type(article).objects.update(title="Tên khác"),
        lambda: type(article).objects.update(published_at=timezone.now() + timedelta(hours=1)),
        lambda: other.keep_as_revision(at=timezone.now()),
        lambda: Figure.objects.filter(pk=other.pk).delete(),
    ]
    for number, change in enumerate(changes, start=2):
        with transaction.atomic(durable=False):
            change()
        known.add(Everything.version())
        assert len(known) == number


def test_compressed_and_plain_files_share_their_etag(client):
    plain = client.get("/chi-tieu/tat-ca.json")
    squeezed = client.get("/chi-tieu/tat-ca.json", headers={"Accept-Encoding": "gzip"})
    assert squeezed["Content-Encoding"] == "gzip"
    assert squeezed["ETag"] == plain["ETag"]
    assert int(squeezed["Content-Length"]) == len(squeezed.content) < len(plain.content)


def test_unknown_parameters_do_no_harm(client):
    for address in ADDRESSES:
        separator = "&" if "?" in address else "?"
        noisy = client.get(f"{address}{separator}utm=1&x=%00&bom2=%ff")
        assert noisy.status_code == 200
        assert noisy["ETag"] == client.get(address)["ETag"]


def test_each_file_leads_to_what_describes_it(client, settings):
    settings.BASE_URL = "https://so.example.vn"
    csv, json_file = client.get("/chi-tieu/tat-ca.csv"), client.get("/chi-tieu/tat-ca.json")
    described = "https://so.example.vn/chi-tieu/tat-ca.csv-metadata.json"
    assert csv["Link"] == f'<{described}>; rel="describedby"; type="application/csvm+json"'
    schema = "https://so.example.vn/chi-tieu/luoc-do.json"
    assert json_file["Link"] == f'<{schema}>; rel="describedby"; type="application/schema+json"'
    assert json.loads(json_file.content)["$schema"] == schema
