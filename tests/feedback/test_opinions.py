"""«Thông tin này có hữu ích không?»: asked under each article, answered by post alone."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback import ballots
from feedback.models import Opinion
from news.models import Article
from tests.feedback.builders import make_article, make_poll

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def article():
    return make_article()


def page_of(article):
    return reverse("feedback:opinion", args=[article.slug])


def say(client, article, chosen="co", **options):
    form = {"chon": chosen} | options.pop("form", {})
    return client.post(page_of(article), form, **options)


def test_the_article_asks_everybody_alike_and_shows_no_count(client, article):
    Opinion.objects.create(
        article=article, ballot=uuid.uuid4(), is_helpful=True, remark="Lời riêng"
    )
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert "Thông tin này có hữu ích không?" in page
    assert f'action="{page_of(article)}"' in page
    assert "Lời riêng" not in page
    assert not response.cookies


def test_an_answer_is_kept_and_acknowledged(client, article):
    response = say(client, article, "khong", form={"remark": "Chưa nêu  hạn nộp.\x00"})
    assert response.status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.is_helpful, opinion.remark) == (False, "Chưa nêu hạn nộp.")
    page = client.get(response.url).content.decode()
    assert "Đã ghi nhận: thông tin chưa hữu ích, kèm ý kiến của ông/bà" in page
    assert 'value="khong" checked' in page
    assert response.cookies["ballot"]["httponly"]


def test_said_again_it_is_changed_and_the_remark_stays_unless_sent(client, article):
    say(client, article, "khong", form={"remark": "Khó hiểu."})
    say(client, article, "co")
    opinion = Opinion.objects.get()
    assert (opinion.is_helpful, opinion.remark) == (True, "Khó hiểu.")
    say(client, article, "co", form={"remark": ""})
    assert Opinion.objects.get().remark == ""


def test_what_was_taken_out_is_not_shown_as_the_readers_own_words(client, article):
    say(client, article, "khong", form={"remark": "Khó hiểu."})
    Opinion.objects.take_out_remarks()
    assert "(đã xóa)" not in client.get(page_of(article)).content.decode()
    answer = say(client, article, "co", headers=JSON).json()["html"]
    assert "(đã xóa)" not in answer
    assert "kèm ý kiến" not in answer


def test_an_article_deleted_at_the_moment_of_the_answer_is_not_found(client, article, monkeypatch):
    counted = ballots.of_request

    def of_request(request):
        Article.objects.filter(pk=article.pk)._raw_delete("default")
        return counted(request)

    monkeypatch.setattr(ballots, "of_request", of_request)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit has it
    assert say(client, article).status_code == 404


def test_one_ballot_serves_polls_and_opinions(client, article):
    poll = make_poll()
    client.post("/danh-gia/", {f"cau-{poll.slug}": poll.options.first().pk})
    say(client, article)
    assert Opinion.objects.get().ballot == poll.votes.get().ballot


def test_a_script_is_answered_with_a_place_for_a_word(client, article):
    answer = say(client, article, headers=JSON).json()
    assert answer["ok"]
    assert 'name="remark"' in answer["html"]
    refused = say(client, article, "", headers=JSON)
    assert refused.json() == {"ok": False, "message": "Vui lòng chọn “Có” hoặc “Không”."}


def test_without_script_the_answer_is_marked_on_a_page_of_its_own(client, article):
    page = client.get(page_of(article), {"chon": "khong"}).content.decode()
    assert 'value="khong" checked' in page
    assert "Ý kiến chưa được gửi" in page
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("chosen", ["", "x", "\x00", "9" * 400, "<script>alert(1)</script>"])
def test_an_odd_answer_is_refused_in_words(client, article, chosen):
    response = say(client, article, chosen)
    assert response.status_code == 422
    assert "Vui lòng chọn “Có” hoặc “Không”." in response.content.decode()
    assert client.get(page_of(article), {"chon": chosen, "da-ghi": chosen}).status_code == 200


def test_too_long_a_word_is_refused_beside_it_and_not_lost(client, article):
    response = say(client, article, form={"remark": "ý " * 200})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ý kiến thêm dài quá 300 ký tự" in page
    assert "ý ý ý" in page
    assert not Opinion.objects.exists()


def test_a_word_is_shown_escaped(client, article):
    say(client, article, form={"remark": "<b>đậm</b>\u202e"})
    page = client.get(page_of(article)).content.decode()
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page
    assert "<b>đậm" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"state": Article.State.DRAFT},
        {"published_at": timezone.now() + timedelta(hours=1)},
        {"expires_at": timezone.now() - timedelta(hours=1)},
    ],
    ids=["draft", "scheduled", "expired"],
)
def test_nothing_is_said_of_what_is_not_published(client, changes):
    article = make_article(**changes)
    assert client.get(page_of(article)).status_code == 404
    assert say(client, article).status_code == 404
    assert not Opinion.objects.exists()


def test_a_page_kept_under_a_former_address_goes_on_asking(client, article):
    former = page_of(article)
    article.slug = "dia-chi-moi"
    article.save()
    assert client.post(former, {"chon": "co"}).status_code == 302
    assert Opinion.objects.get().article == article


def test_an_answer_without_a_token_comes_back_with_everything_typed(article):
    client = Client(enforce_csrf_checks=True)
    response = say(client, article, "khong", form={"remark": "Đang gõ dở"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Ý kiến chưa được ghi nhận" in page
    assert 'value="khong" checked' in page
    assert "Đang gõ dở" in page
    assert not Opinion.objects.exists()


def test_an_answer_from_another_site_is_refused(client, article):
    assert say(client, article, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Opinion.objects.exists()


def test_too_many_from_one_place_wait_to_be_looked_at(article, monkeypatch):
    usual = ballots.USUAL_OF_NETWORK._replace(most=2)
    monkeypatch.setattr(ballots, "USUAL_OF_NETWORK", usual)
    for _ in range(4):
        assert say(Client(), article).status_code == 302
    assert Opinion.objects.counted().count() == 2
    told = say(Client(), article, headers=JSON).json()
    assert "cán bộ sẽ kiểm tra ý kiến này" in told["html"]


def test_a_flood_is_refused_in_words(client, article, monkeypatch):
    for name in ("USUAL_OF_NETWORK", "MOST_OF_NETWORK"):
        monkeypatch.setattr(ballots, name, getattr(ballots, name)._replace(most=0))
    response = say(client, article)
    assert response.status_code == 429
    assert "sau một giờ" in response.content.decode()


def test_an_opinion_is_one_statement(article, django_assert_num_queries):
    ballot = ballots.Ballot(uuid.uuid4())
    for _ in range(2):
        with django_assert_num_queries(1):
            Opinion.objects.express(ballot, article, is_helpful=True)
    assert Opinion.objects.count() == 1
