"""An article as its page shows it: few queries, none of them built anew."""

from django.utils import timezone

from news.models import Article, ArticlePhoto, Attachment, Tag
from portal.compiled import Compiled

_article = Compiled(
    lambda slug, at: Article.objects.published(at).joined_for_reading(at).filter(slug=slug)
)
_attachments = Compiled(lambda article: Attachment.objects.filter(article=article))
_photos = Compiled(lambda article: ArticlePhoto.objects.with_picture().filter(article=article))
_tags = Compiled(lambda article: Tag.objects.filter(articles=article))


def published(slug: str) -> Article | None:
    """Return the published article of an address as ``ArticleQuerySet.for_reading`` would."""
    found = _article(slug=slug, at=timezone.now())
    if not found:
        return None
    [article] = found
    article._prefetched_objects_cache = {
        "attachments": _attachments(article=article.pk),
        "tags": _tags(article=article.pk),
    }
    article.shown_photos = _photos(article=article.pk)
    return article
