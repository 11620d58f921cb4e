"""The newest articles read aloud as a podcast: RSS with what podcast programs ask for."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from news import listening
from news.feeds import ArticleFeed

COUNT = 50
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
CATEGORIES = ("News", "Government")  # names of the programs' own list


class PodcastRss(Rss201rev2Feed):
    """RSS with the elements of the iTunes namespace, which every podcast program reads."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:itunes": ITUNES}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        name, picture = self.feed["author_name"], self.feed["picture"]
        handler.addQuickElement("itunes:author", name)
        handler.startElement("itunes:owner", {})
        handler.addQuickElement("itunes:name", name)
        if self.feed["author_email"]:
            handler.addQuickElement("itunes:email", self.feed["author_email"])
        handler.endElement("itunes:owner")
        handler.addQuickElement("itunes:image", attrs={"href": picture})
        for category in CATEGORIES:
            handler.addQuickElement("itunes:category", attrs={"text": category})
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")
        handler.startElement("image", {})
        handler.addQuickElement("url", picture)
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:duration", str(item["seconds"]))
        handler.addQuickElement("itunes:explicit", "false")


class Podcast(ArticleFeed):
    """Kept like the other feeds; an item is the article's entry there, with its sound."""

    feed_type = PodcastRss
    language = "vi"
    item_enclosure_mime_type = "audio/mpeg"

    def title(self):
        return f"Nghe tin {settings.DEPARTMENT['name']}"

    def link(self):
        return settings.BASE_URL + reverse("news:listen")

    def feed_url(self):
        return settings.BASE_URL + reverse("podcast")

    def description(self):
        return f"Tin mới của {settings.DEPARTMENT['name']}, đọc thành tiếng."

    def author_name(self):
        return settings.DEPARTMENT["name"]

    def author_email(self):
        return settings.DEPARTMENT["email"]

    def feed_extra_kwargs(self, obj):
        return {"picture": _absolute(static("img/podcast.png"))}

    def items(self):
        return listening.newest(COUNT)

    def item_link(self, item):
        return super().item_link(item.article)

    def item_guid(self, item):
        return super().item_guid(item.article)

    def item_title(self, item):
        return item.article.title

    def item_description(self, item):
        return item.article.lead or item.article.title

    def item_pubdate(self, item):
        return item.article.published_at

    def item_updateddate(self, item):
        return None  # RSS has no place for it

    def item_author_name(self, item):
        return None  # RSS wants an address of theirs

    def item_categories(self, item):
        return [item.article.category.name]

    def item_enclosure_url(self, item):
        return _absolute(item.narration.address)

    def item_enclosure_length(self, item):
        return item.size

    def item_extra_kwargs(self, item):
        return {"seconds": round(item.narration.duration)}


def _absolute(address: str) -> str:
    return settings.BASE_URL + address
