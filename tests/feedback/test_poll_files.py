"""The results of a poll as files and in other sites' frames."""

import csv
import io

import pytest
from lxml import html

from feedback.models import Option
from tests.feedback.builders import cast, make_poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    poll = make_poll("Tốt", "=1+1", question='Cổng "mới" <thế nào>?', slug="cong")
    cast(poll.options.first()), cast(poll.options.first()), cast(poll.options.last())
    return poll


CSV, JSON = "/danh-gia/ket-qua/cong.csv", "/danh-gia/ket-qua/cong.json"
EMBED = "/danh-gia/nhung/cong/"


def test_csv_has_a_line_for_each_option_and_month(client, poll):
    response = client.get(CSV)
    heading, *lines = csv.reader(io.StringIO(response.content.decode()))
    assert heading == ["Kỳ", "Phương án", "Điểm", "Số phiếu", "Tỷ lệ (%)"]
    assert lines[:2] == [
        ["toàn bộ", "Tốt", "", "2", "66.7"],
        ["toàn bộ", "'=1+1", "", "1", "33.3"],
    ]
    assert len(lines) == 4
    assert 'filename="danh-gia-cong.csv"' in response["Content-Disposition"]


def test_excel_gets_its_mark_when_asked(client, poll):
    assert client.get(CSV, {"bom": "1"}).content.startswith(b"\xef\xbb\xbf")
    assert not client.get(CSV).content.startswith(b"\xef\xbb\xbf")


def test_json_says_all_the_page_says(client, poll):
    Option.objects.filter(text="Tốt").update(points=5)
    Option.objects.filter(text="=1+1").update(points=2)
    told = client.get(JSON).json()
    assert told["question"] == poll.question
    assert (told["ballots"], told["mean_points"]) == (3, "4.00")
    assert told["options"][0] == {"text": "Tốt", "points": 5, "votes": 2, "share": "66.7"}
    [month] = told["months"]
    assert (month["ballots"], month["mean_points"]) == (3, "4.00")
    assert told["ballots_being_checked"] == told["ballots_set_aside"] == 0


@pytest.mark.parametrize("address", [CSV, JSON])
def test_files_are_open_and_not_sent_twice(client, poll, address):
    response = client.get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies
    headers = {"If-None-Match": response["ETag"]}
    assert client.get(address, headers=headers).status_code == 304
    cast(poll.options.first())
    assert client.get(address, headers=headers).status_code == 200


def test_any_site_may_frame_the_results_which_run_nothing(client, poll):
    response = client.get(EMBED)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    tree = html.document_fromstring(response.content.decode())
    assert not tree.xpath("//script | //form | //*[@style]")
    assert "66,7%" in tree.text_content()
    assert {link.get("target") for link in tree.xpath("//a")} == {"_top"}


def test_a_frame_may_be_asked_for_in_one_theme(client, poll):
    for theme in ("sang", "toi"):
        assert f"nhung-{theme}.css" in client.get(EMBED, {"nen": theme}).content.decode()
    odd = client.get(EMBED, {"nen": '"><script>'}).content
    assert odd == client.get(EMBED).content


@pytest.mark.parametrize("address", ["/danh-gia/", "/danh-gia/ket-qua/"])
def test_no_other_page_of_polls_may_be_framed(client, poll, address):
    response = client.get(address)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_the_code_to_copy_is_a_frame_with_the_question_as_its_title(client, poll, settings):
    tree = html.document_fromstring(client.get("/danh-gia/ket-qua/").content.decode())
    [code] = tree.xpath("//textarea[@id='ma-nhung']")
    frame = html.fragment_fromstring(code.text)
    assert frame.get("src") == settings.BASE_URL + EMBED
    assert frame.get("title") == f"Kết quả đánh giá: {poll.question}"


@pytest.mark.parametrize(
    "address",
    ["/danh-gia/ket-qua/khong-co.csv", "/danh-gia/ket-qua/khong-co.json", "/danh-gia/nhung/x/"],
)
def test_an_unknown_poll_is_not_found(client, address):
    assert client.get(address).status_code == 404
