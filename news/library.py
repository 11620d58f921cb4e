"""What is asked of the library of photos, and where each is shown."""

import re
from datetime import timedelta
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.core.exceptions import ValidationError
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.fields.json import KT
from django.utils import timezone

from portal import images, text
from portal.natural_keys import NaturalKeyQuerySet

DAILY_QUOTA = 200  # pictures per person and day
SEARCHED = ("alt_text", "caption", "credit", "original_name")
NOTHING_CHOSEN = "Hãy chọn một tệp ảnh."


class PhotoQuerySet(NaturalKeyQuerySet):
    def undescribed(self):
        """Return the photos that nobody has put into words yet."""
        return self.filter(alt_text="", is_decorative=False)

    def uploaded_by(self, user):
        return self.filter(owner=user)

    def without_renditions(self):
        """Return the photos whose sizes were never made, or were of another picture."""
        return self.exclude(rendered=F("image"))

    def search(self, query):
        """Return the photos whose texts hold every word typed, compared without marks."""
        found = self
        for word in text.fold(query).split():
            anywhere = Q()
            for field in SEARCHED:
                anywhere |= Q(**{f"{field}__folded__contains": word})
            found = found.filter(anywhere)
        return found

    def unused(self):
        """Return the photos that no article and no standing page shows."""
        article = apps.get_model("news", "Article")
        return (
            self.filter(covered_articles=None, shown_in=None)
            .exclude(image__in=_names_in(article, "body"))
            .exclude(image__in=_names_in(FlatPage, "content"))
        )

    def receive(self, upload, by):
        """
        Store an uploaded picture, which is still to be described.

        Raises ValidationError with a sentence for the person who uploads.
        """
        if upload is None:
            raise ValidationError(NOTHING_CHOSEN)
        today = self.uploaded_by(by).filter(uploaded_at__gt=timezone.now() - timedelta(days=1))
        if today.count() >= DAILY_QUOTA:
            raise ValidationError(f"Mỗi người tải lên nhiều nhất {DAILY_QUOTA} ảnh một ngày.")
        picture = images.reencode(upload)
        return self.create(image=picture.file, original_name=upload.name[:200], owner=by)


class Use(NamedTuple):
    """A place that shows a photo."""

    shown_in: object  # Article or FlatPage
    how: str


def uses_of(photo) -> list[Use]:
    """Return where a photo is shown, as people who edit it see it: drafts too."""
    articles = apps.get_model("news", "Article").objects.only("title")
    return [
        *(Use(article, "ảnh đại diện") for article in articles.filter(cover=photo)),
        *(Use(article, "dưới bài") for article in articles.filter(photos__photo=photo).distinct()),
        *uses_in_texts(photo.image.name),
    ]


def uses_in_texts(name: str) -> list[Use]:
    """Return the present texts that show a stored picture."""
    address = address_of(name)
    articles = apps.get_model("news", "Article").objects.only("title")
    pages = FlatPage.objects.filter(content__contains=address)
    return [
        *(Use(article, "trong nội dung") for article in articles.filter(body__contains=address)),
        *(Use(page, "trang giới thiệu") for page in pages),
    ]


def is_in_a_text(name: str) -> bool:
    """Say whether a stored picture stands in a text, be it of a former version of an article."""
    address = address_of(name)
    article, version = (apps.get_model("news", model) for model in ("Article", "Version"))
    return (
        article.objects.filter(body__contains=address).exists()
        or FlatPage.objects.filter(content__contains=address).exists()
        or version.objects.annotate(body=KT("content__body"))
        .filter(body__contains=address)
        .exists()
    )


def address_of(name: str) -> str:
    """Return what a text holds that shows a stored picture."""
    return f'src="{settings.MEDIA_URL}{name}"'


def _names_in(model, field):
    """Return the stored pictures that the texts of a model show, as a query of one column."""
    pattern = f'src="{re.escape(settings.MEDIA_URL)}([^"]+)"'
    return model.objects.filter(**{f"{field}__contains": "<img"}).values(
        name=Func(
            F(field),
            Value(pattern),
            function="regexp_matches",
            template="(%(function)s(%(expressions)s, 'g'))[1]",
            output_field=TextField(),
        )
    )
