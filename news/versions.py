"""
Every version of an article: what it said, with its photos, documents and topics.

A version is one JSON object, so that it can be read, compared and restored whole, whatever
happens to the rows it was made of. docs/decisions/0016-own-versions.md says why it is ours.
"""

from datetime import UTC

from django.db import transaction

# Restored with a version.
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
# Kept to be read: restoring a text must neither publish nor move an article.
CIRCUMSTANCES = ("state", "slug", "is_featured")
MOMENTS = ("published_at", "expires_at")

OUTSIDE = "Thay đổi ngoài trang soạn bài"


def content_of(article) -> dict:
    """Return what readers get of an article, as JSON can hold it."""
    return {
        **{name: getattr(article, name) for name in (*CONTENT, *CIRCUMSTANCES)},
        **{name: as_json(getattr(article, name)) for name in MOMENTS},
        "tags": topics(article.tags.order_by("pk")),
        "related": list(article.related.order_by("pk").values_list("pk", flat=True)),
        "photos": list(article.photos.values("photo_id", "caption", "position")),
        "attachments": list(
            article.attachments.values("title", "file", "kind", "size", "pages", "position")
        ),
    }


def topics(tags) -> list[dict]:
    """Return topics, asked for by key, as JSON holds them; the name is for when one is deleted."""
    return [{"tag_id": tag.pk, "name": tag.name} for tag in tags]


def as_json(value) -> str:
    """Return a moment as JSON can hold it, the same moment always in the same words."""
    return value.astimezone(UTC).isoformat() if value else ""


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


def keep_stored(article) -> int:
    """
    Lock the stored article, see that it is kept, and return the number it is kept under.

    What came by a fixture, by SQL or through another model's rows was never recorded: it is
    before it is overwritten. 0 when nothing is stored yet.
    """
    rows = type(article).objects.select_for_update()
    stored = rows.filter(pk=article.pk).first() if article.pk else None
    if stored is None:
        return 0
    kept = stored.versions.filter(number=stored.revision).first()
    if kept is None:
        record(stored)
    elif changed_names(kept.content, content_of(stored)):
        stored.revision += 1
        record(stored, note=OUTSIDE)
    return stored.revision


def changed_names(before: dict, after: dict) -> list[str]:
    """Return the names under which two versions differ, of those that both know."""
    return [name for name in after if name in before and _part(before, name) != _part(after, name)]


def _part(content: dict, name: str):
    """Return what tells a part from another; a topic that was renamed is still the same."""
    part = content[name]
    return [topic["tag_id"] for topic in part] if name == "tags" else part


@transaction.atomic
def restore(article, version, *, by) -> list[str]:
    """
    Give a stored article the content of one of its versions, as a new version.

    Returns what could not come back, in words. Raises ValidationError, and changes nothing,
    where an approved article may not say what the version says.
    """
    content = version.content
    missing: list[str] = []
    for name in CONTENT:
        if not name.endswith("_id"):
            setattr(article, name, content.get(name, getattr(article, name)))
    article.category = _restored_category(article, content, by, missing) or article.category
    article.cover = _found(article, "cover", content, missing)
    photos = _restored_photos(article, content.get("photos", []), missing)
    article.photos_to_be = dict(enumerate(photos))
    article.full_clean()
    article.save(by=by, note=f"Khôi phục phiên bản {version.number}")
    _restore_tags(article, content.get("tags", []), missing)
    _restore_related(article, content.get("related", []), missing)
    article.photos.all().delete()
    article.photos.add(*photos, bulk=False)
    _restore_attachments(article, content.get("attachments", []), missing)
    article.parts_saved()
    return missing


def _found(article, name, content, missing):
    """Return the row a version refers to; None if it referred to none or it is gone."""
    field = article._meta.get_field(name)
    pk = content.get(field.attname)
    found = field.related_model._default_manager.filter(pk=pk).first()
    if pk and not found:
        missing.append(f"{field.verbose_name} (đã bị xóa)")
    return found


def _restored_category(article, content, by, missing):
    """Return a version's category; None if it is gone or another's work, as in the form."""
    from news import rights

    if by and not rights.is_within_reach(by, content.get("category_id")):
        missing.append("chuyên mục (tài khoản này không phụ trách)")
        return None
    return _found(article, "category", content, missing)


def _restore_tags(article, kept, missing):
    tags = article.tags.model.objects.in_bulk([topic["tag_id"] for topic in kept])
    article.tags.set(tags.values())
    gone = sorted(topic["name"] for topic in kept if topic["tag_id"] not in tags)
    missing += [f"chủ đề “{name}” (đã bị xóa)" for name in gone]


def _restore_related(article, pks, missing):
    related = type(article).objects.filter(pk__in=pks).only("pk")
    article.related.set(related)
    if gone := len(pks) - len(related):
        missing.append(f"{gone} tin liên quan (đã bị xóa)")


def _restored_photos(article, photos, missing) -> list:
    """Return the rows, not stored yet, of a version's photos that are still in the library."""
    row = article.photos.model
    library = row._meta.get_field("photo").related_model.objects
    there = library.in_bulk([photo["photo_id"] for photo in photos if photo["photo_id"]])
    gone = [photo for photo in photos if photo["photo_id"] not in {None, *there}]
    missing += [f"ảnh kèm bài “{p['caption'] or 'không chú thích'}” (đã bị xóa)" for p in gone]
    return [
        row(
            photo=there.get(photo["photo_id"]),
            caption=photo["caption"],
            position=photo["position"],
        )
        for photo in photos
        if photo not in gone
    ]


def _restore_attachments(article, attachments, missing):
    """Give rows back to the documents whose file still lies in the store."""
    storage = article.attachments.model._meta.get_field("file").storage
    article.attachments.exclude(file__in=[kept["file"] for kept in attachments]).delete()
    for kept in attachments:
        row = article.attachments.filter(file=kept["file"])
        if row.exists():
            row.update(title=kept["title"], position=kept["position"])
        elif storage.exists(kept["file"]):
            article.attachments.create(**kept)
        else:
            missing.append(f"tệp đính kèm “{kept['title']}” (không còn trong kho)")
