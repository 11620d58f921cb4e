"""Objects for tests: complete and valid unless a test names what matters to it."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from news.models import Article, Category, Photo
from portal.groups import ensure_groups

_numbers = count(1)
LONG_AGO = datetime(2024, 1, 2, 9, 30, tzinfo=UTC)


def make_category(**changes) -> Category:
    number = next(_numbers)
    return Category.objects.create(**{"name": f"Chuyên mục {number}"} | changes)


def make_article(**changes) -> Article:
    """Return a published article."""
    number = next(_numbers)
    values = {
        "title": f"Bài viết số {number}",
        "lead": "Đoạn mở đầu của bài viết.",
        "body": "<p>Nội dung của bài viết.</p>",
        "state": Article.State.APPROVED,
        "published_at": LONG_AGO,
    } | changes
    if "category" not in values:
        values["category"] = make_category()
    return Article.objects.create(**values)


def make_photo(**changes) -> Photo:
    return Photo.objects.create(
        **{"image": picture_upload(), "alt_text": "Công nhân vận hành máy dệt"} | changes
    )


def picture_bytes(size=(40, 30), kind="PNG", **options) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, "teal").save(output, kind, **options)
    return output.getvalue()


def picture_upload(name="anh.png", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture_bytes(), "image/png")


def ready_group(name: str) -> Group:
    if not Group.objects.filter(name=name).exists():  # a test before emptied every table
        ensure_groups()
    return Group.objects.get(name=name)


def make_staff(group: str | None = None, **changes):
    """Return a staff user, a member of one of the ready groups if named."""
    values = {"username": f"canbo{next(_numbers)}", "is_staff": True} | changes
    password = make_password(values.pop("password", "mat-khau-du-dai"))
    user = get_user_model().objects.create(**values, password=password)
    if group:
        user.groups.add(ready_group(group))
    return user
