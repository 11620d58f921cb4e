"""Documents and sound of articles: whoever may read the article gets its files."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from news import previews
from news.models import Article, Attachment, Narration
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from tests.builders import LONG_AGO, make_article, make_staff

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)
State = Article.State


@pytest.fixture
def get(client):
    """Ask for a file and read it to its end, as a browser does."""

    def read(address, **headers):
        response = client.get(address, headers=headers)
        response.sent = response.getvalue() if response.streaming else response.content
        return response

    return read


def document_of(article, file=None):
    file = file or ContentFile(b"%PDF-1.7", "a.pdf")
    return Attachment.objects.create(
        article=article, title="Kế hoạch", kind="pdf", size=8, file=file
    )


def sound_of(article):
    narration = Narration(article=article, key=article.narration_key(), duration=3)
    narration.file.save("a.mp3", ContentFile(b"ID3"))
    return narration


def unpublished():
    now = timezone.now()
    return [
        make_article(state=State.DRAFT, published_at=None),
        make_article(state=State.SUBMITTED, published_at=None),
        make_article(state=State.WITHDRAWN),
        make_article(published_at=now + AN_HOUR),
        make_article(published_at=LONG_AGO, expires_at=now - AN_HOUR),
    ]


def test_a_published_document_is_downloaded_in_one_query(get, django_assert_num_queries):
    document = document_of(make_article())
    with django_assert_num_queries(1):
        answer = get(document.address)
    assert (answer.status_code, answer.sent) == (200, b"%PDF-1.7")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Vary" not in answer.headers


def test_who_kept_a_document_asks_whether_it_may_still_be_shown(get):
    article = make_article()
    document = document_of(article)
    first = get(document.address)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = get(document.address, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.sent) == (304, b"")
    Article.objects.update(state=State.WITHDRAWN)
    gone = get(document.address, If_None_Match=first.headers["ETag"])
    assert gone.status_code == 404
    assert "no-store" in gone.headers["Cache-Control"]


def test_files_of_articles_that_are_not_public_are_not_sent(get):
    for article in unpublished():
        for file in (document_of(article), sound_of(article)):
            assert get(file.address).status_code == 404, article.standing()


def test_a_document_that_another_published_article_has_too_is_sent(get):
    document = document_of(make_article(state=State.WITHDRAWN))
    document_of(make_article(), file=document.file.name)
    assert get(document.address).status_code == 200


def test_a_document_no_article_has_any_more_is_gone(get):
    document = document_of(make_article())
    document.delete()
    assert get(document.address).status_code == 404


def test_staff_get_the_files_of_articles_they_may_read(client, get):
    document = document_of(make_article(state=State.DRAFT, published_at=None))
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert get(document.address).status_code == 404
    client.force_login(make_staff(EDITORS))
    answer = get(document.address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_link_for_others_carries_the_files_until_it_is_revoked(client, get):
    draft = make_article(state=State.DRAFT, published_at=None)
    document, sound = document_of(draft), sound_of(draft)
    link, token = previews.make_link(draft, by=None, days=1)
    page = client.get(reverse("news:preview", args=[token])).content.decode()
    addresses = [f"/xem-truoc/{token}/{file.file.name}" for file in (document, sound)]
    for address in addresses:
        assert f'"{address}"' in page
        answer = get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert document.address not in page
    assert reverse("news:sentences", args=[draft.slug]) not in page  # public with the article alone
    other = document_of(make_article(state=State.DRAFT, published_at=None))
    assert get(f"/xem-truoc/{token}/{other.file.name}").status_code == 404
    link.delete()
    assert [get(address).status_code for address in addresses] == [404, 404]
