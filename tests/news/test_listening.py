"""Listening: the list of all that can be heard, and when each sentence is."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from lxml import html

from news import listening
from news.models import Article, Narration
from portal.pagecache import rendering
from tests.builders import make_article, make_photo

pytestmark = pytest.mark.django_db
SENTENCES = [[0.0, 1.5, "Hội nghị tổng kết."], [1.85, 4.0, "Giá trị đạt 35.360 tỷ đồng."]]


def make_heard(**fields):
    article = make_article(**fields)
    Narration.objects.create(
        article=article,
        key=article.narration_key(),
        duration="218.40",
        sentences=SENTENCES,
        file=ContentFile(b"mp3", "x.mp3"),
    )
    return article


def page_of(client, article):
    return html.document_fromstring(client.get(article.get_absolute_url()).content.decode())


def test_sentences_are_for_everybody_and_kept(client):
    article = make_heard()
    answer = client.get(f"/nghe/{article.slug}.json")
    assert answer.json() == SENTENCES
    assert "s-maxage=60" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert rendering.is_kept(f"/nghe/{article.slug}.json")
    assert not rendering.is_kept(f"/nghe/{article.slug}.json?x=1")


@pytest.mark.parametrize("state", [Article.State.DRAFT, Article.State.WITHDRAWN])
def test_sentences_of_what_nobody_may_read_are_not_given(client, state):
    article = make_heard()
    Article.objects.filter(pk=article.pk).update(state=state)
    assert client.get(f"/nghe/{article.slug}.json").status_code == 404


def test_sentences_of_other_words_are_not_given(client):
    article = make_heard()
    Article.objects.filter(pk=article.pk).update(lead="Đã sửa.")
    assert client.get(f"/nghe/{article.slug}.json").status_code == 404
    assert client.get("/nghe/khong-co.json").status_code == 404


def test_the_player_works_without_a_script_and_the_script_comes_with_it_alone(client):
    page = page_of(client, make_heard(cover=make_photo()))
    [audio] = page.xpath("//audio[@controls][@preload='none']")
    assert audio.get("data-duration") == "218.40"
    assert page.xpath("//*[@data-controls][@hidden]")
    [download] = page.xpath("//section[@data-player]//a[@download]")
    assert download.get("href") == audio.get("src")
    assert filesizeformat(3) in download.text_content()
    assert page.xpath("//script[contains(@src, 'player')]")
    silent = page_of(client, make_article())
    assert not silent.xpath("//audio | //script[contains(@src, 'player')]")


def test_the_sentences_of_a_recording_are_unknown(client):
    article = make_heard()
    assert page_of(client, article).xpath("//audio[@data-sentences]")
    Narration.objects.update(is_recording=True, sentences=[])
    assert not page_of(client, article).xpath("//audio[@data-sentences]")


def test_the_list_begins_with_the_newest_day_and_has_what_can_be_heard(client):
    older = make_heard(title="Tin hôm trước")
    moment = older.published_at + timedelta(days=2)
    new = make_heard(title="Tin trong ngày", published_at=moment)
    make_article(title="Tin không có tiếng", published_at=moment)
    changed = make_heard(title="Tin đã sửa", published_at=moment)
    Article.objects.filter(pk=changed.pk).update(lead="Đã sửa.")
    page = html.document_fromstring(client.get("/nghe/").content.decode())
    titles = [
        [link.text for link in part.xpath(".//a[@class='track__title']")]
        for part in page.xpath("//ol[@class='track-list']")
    ]
    assert titles == [[new.title], [older.title]]
    assert len(page.xpath("//li//audio[@controls]")) == 2


def test_without_sound_the_list_says_so(client):
    page = client.get("/nghe/").content.decode()
    assert "Chưa có tin nào được đọc thành tiếng" in page
    assert "<audio" not in page


def test_a_file_that_is_away_is_no_failure(client):
    article = make_heard()
    article.narration.file.storage.delete(article.narration.file.name)
    assert listening.newest(5) == []
    assert client.get("/nghe/").status_code == 200
    assert "<audio" in client.get(article.get_absolute_url()).content.decode()


def test_the_list_costs_few_queries(client, django_assert_max_num_queries):
    for _ in range(4):
        make_heard(cover=make_photo())
    client.get("/nghe/")
    with django_assert_max_num_queries(1):
        assert len(listening.newest(20)) == 4
