"""What is asked of the library of photos, and where each is shown."""

import re
from datetime import timedelta
from os.path import commonprefix
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.postgres.fields import ArrayField
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

    def in_approved(self):
        """Return the photos that an approved article shows, so that readers see them."""
        approved = "approved"  # Article.State; articles are built on photos
        shown = Q(covered_articles__state=approved) | Q(shown_in__article__state=approved)
        return self.filter(pk__in=self.model.objects.filter(shown).values("pk"))

    def changeable_by(self, user):
        """Leave what readers see to those who may publish."""
        if user.has_perm("news.publish_article"):
            return self
        return self.exclude(pk__in=self.model.objects.in_approved().values("pk"))

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
            raise ValidationError(
                f"Trong 24 giờ qua, tài khoản này đã tải lên đủ {DAILY_QUOTA} ảnh. "
                "Hãy tải tiếp sau 24 giờ."
            )
        picture = images.reencode(upload)
        return self.create(image=picture.file, original_name=upload.name[:200], owner=by)


class Use(NamedTuple):
    """A place that shows a photo."""

    shown_in: object  # Article or FlatPage
    how: str


def uses_of(photos) -> list[Use]:
    """Return where photos are shown, as people who edit them see it: drafts too. Four queries."""
    photos = list(photos)
    articles = apps.get_model("news", "Article").objects.only("title")
    below = articles.filter(photos__photo__in=photos).distinct()
    return [
        *(Use(article, "ảnh đại diện") for article in articles.filter(cover__in=photos)),
        *(Use(article, "dưới bài") for article in below),
        *uses_in_texts([photo.image.name for photo in photos]),
    ]


def uses_in_texts(names: list[str]) -> list[Use]:
    """Return the present texts that show any of the stored pictures; each is read but once."""
    articles = apps.get_model("news", "Article").objects.only("title")
    pages = FlatPage.objects.all()
    return [
        *(Use(article, "trong nội dung") for article in _showing(names, articles, "body")),
        *(Use(page, "trang giới thiệu") for page in _showing(names, pages, "content")),
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


def _showing(names, rows, field):
    """Return the rows whose text shows any of the stored pictures, however many are asked for."""
    # Few texts hold even what all addresses begin with, and that is quickly told.
    beginning = commonprefix([address_of(name) for name in names])  # noqa: RUF071 -- of letters
    found = rows.filter(**{f"{field}__contains": beginning})
    return found.alias(shown=_Shown(field, is_array=True)).filter(shown__overlap=list(names))


def _names_in(model, field):
    """Return the stored pictures that the texts of a model show, as a query of one column."""
    return model.objects.filter(**{f"{field}__contains": "<img"}).values(name=_Shown(field))


class _Shown(Func):
    """The names of the stored pictures in a text: a row for each, or all as one array."""

    rows = "(regexp_matches(%(expressions)s, 'g'))[1]"

    def __init__(self, field, *, is_array=False):
        pattern = f'src="{re.escape(settings.MEDIA_URL)}([^"]+)"'
        super().__init__(
            F(field),
            Value(pattern),
            template=f"ARRAY(SELECT {self.rows})" if is_array else self.rows,
            output_field=ArrayField(TextField()) if is_array else TextField(),
        )
