"""The podcast has what podcast programs ask for."""

import email.utils

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from lxml import etree
from PIL import Image

from news.models import Article, Narration
from tests.builders import make_article, make_category
from tests.news.test_listening import make_heard

pytestmark = pytest.mark.django_db
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
}


@pytest.fixture
def channel(client):
    def channel():
        return etree.fromstring(client.get("/rss/nghe/").content).find("channel")

    return channel


def test_it_says_of_itself_all_that_is_required(channel, settings):
    make_heard()
    found = channel()
    for name in ("title", "link", "description", "image/url", "itunes:author"):
        assert found.findtext(name, namespaces=NAMES), name
    assert found.findtext("language") == "vi"
    assert found.findtext("itunes:explicit", namespaces=NAMES) == "false"
    categories = found.xpath("itunes:category/@text", namespaces=NAMES)
    assert categories == ["News", "Government"]
    assert found.xpath("atom:link[@rel='self']/@href", namespaces=NAMES) == [
        f"{settings.BASE_URL}/rss/nghe/"
    ]


def test_its_picture_is_square_and_large_enough(channel, settings):
    [address] = channel().xpath("itunes:image/@href", namespaces=NAMES)
    assert address.startswith(settings.BASE_URL)
    assert address.endswith(".png")
    with Image.open(finders.find("img/podcast.png")) as picture:
        assert picture.width == picture.height
        assert 1400 <= picture.width <= 3000


def test_an_item_has_the_true_length_of_its_sound(channel, client, settings):
    article = make_heard(title="Tin & tiếng")
    [item] = channel().findall("item")
    [enclosure] = item.findall("enclosure")
    sound = client.get(enclosure.get("url").removeprefix(settings.BASE_URL))
    assert sound.status_code == 200
    assert enclosure.get("length") == str(len(sound.getvalue()))
    assert enclosure.get("type") == sound.headers["Content-Type"] == "audio/mpeg"
    assert item.findtext("itunes:duration", namespaces=NAMES) == "218"
    assert item.findtext("title") == article.title
    assert item.find("guid").get("isPermaLink") == "false"
    assert email.utils.parsedate_to_datetime(item.findtext("pubDate")) == article.published_at


def test_an_item_stays_the_same_when_its_sound_is_made_anew(channel):
    article = make_heard()
    before = channel().find("item")
    narration = Narration.objects.get(article=article)
    narration.file.save("y.mp3", ContentFile(b"other"))
    after = channel().find("item")
    assert after.findtext("guid") == before.findtext("guid")
    assert after.find("enclosure").get("url") != before.find("enclosure").get("url")


def test_it_has_only_what_can_be_heard_and_read(channel):
    heard, withdrawn, changed = make_heard(), make_heard(), make_heard()
    make_article()
    Article.objects.filter(pk=withdrawn.pk).update(state=Article.State.WITHDRAWN)
    Article.objects.filter(pk=changed.pk).update(lead="Đã sửa.")
    assert channel().xpath("item/title/text()") == [heard.title]


def test_it_is_kept_as_other_feeds_are_and_pages_name_it(client):
    category = make_category()
    answer = client.get("/rss/nghe/")
    assert "s-maxage=60" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert 'href="/rss/nghe/">' in client.get(category.get_absolute_url()).content.decode()
