"""
Every version of an article: what it said, with its photos, documents and topics.

A version is one JSON object, so that it can be read, compared and restored whole, whatever
happens to the rows it was made of.
"""

CONTENT = (
    "title",
    "lead",
    "body",
    "byline",
    "issuing_unit",
    "place",
    "source",
    "category_id",
    "cover_id",
)


def content_of(article) -> dict:
    """Return what readers get of an article, as JSON can hold it."""
    return {
        **{name: getattr(article, name) for name in CONTENT},
        "tags": list(article.tags.order_by("name").values_list("name", flat=True)),
        "photos": list(article.photos.values("photo_id", "caption", "position")),
        "attachments": list(article.attachments.values("title", "file", "position")),
    }


def record(article, *, by=None, note="") -> None:
    """
    Keep the article as it is now under its revision; again when its parts were saved after it.
    """
    kept = article.versions.filter(number=article.revision).first()
    version = kept or article.versions.model(article=article, number=article.revision)
    version.content = content_of(article)
    version.saved_by = by or version.saved_by
    version.note = note or version.note
    version.save()
