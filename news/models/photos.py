"""The library of photos."""

import re
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone

from news.library import PhotoQuerySet, Use, uses_of
from portal import renditions, text
from portal.fields import LineField
from portal.images import PictureField
from portal.natural_keys import NaturalKeyModel

# Alternative text seen on real portals: the file's name, or words that fit any picture.
_SAYS_NOTHING = re.compile(
    r".*\.(jpe?g|png|webp|gif|bmp|heic|avif)|(hinh )?anh( tin)?( bai)?( viet)?( minh hoa)?"
    r"|no image|(img|dscn?|pxl|photo|image|picture|screenshot|zalo|z)[\W\d_]*",
    re.I,
)


def says_nothing(alt_text: str) -> bool:
    """Say whether an alternative text is a file's name or words that fit any picture."""
    return bool(_SAYS_NOTHING.fullmatch(text.unaccented(alt_text)))


class Photo(NaturalKeyModel):
    """A picture with what it shows, usable in any number of articles."""

    natural_key_fields = ("image",)

    image = PictureField(
        "ảnh", upload_to="anh/%Y/%m", width_field="width", height_field="height", unique=True
    )
    width = models.PositiveIntegerField("rộng", editable=False)
    height = models.PositiveIntegerField("cao", editable=False)
    # The picture whose smaller sizes are there; another one's would show what was replaced.
    rendered = models.CharField(max_length=255, blank=True, editable=False)
    # What previews of links show; of another picture, or cut around another point, it is old.
    share_picture = models.CharField(max_length=255, blank=True, editable=False)
    alt_text = LineField(
        "mô tả ảnh",
        max_length=250,
        blank=True,
        help_text="Mô tả bằng lời nội dung ảnh, dành cho người không nhìn thấy ảnh.",
    )
    is_decorative = models.BooleanField(
        "ảnh trang trí",
        default=False,
        help_text="Ảnh không mang thông tin: trình đọc màn hình bỏ qua, không cần mô tả.",
    )
    caption = LineField("chú thích", max_length=300, blank=True)
    credit = LineField("nguồn ảnh", max_length=120, blank=True)
    # What must stay in sight when a picture is cropped, in percent from the left and the top.
    focal_x = models.PositiveSmallIntegerField(
        "tâm ảnh, ngang (%)", default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        "tâm ảnh, dọc (%)", default=50, validators=[MaxValueValidator(100)]
    )
    original_name = models.CharField("tên tệp gốc", max_length=200, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người tải lên",
    )
    uploaded_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

    def __str__(self):
        return self.caption or self.alt_text or self.original_name or f"Ảnh {self.pk}"

    def clean(self):
        if not self.alt_text and not self.is_decorative:
            raise ValidationError(
                {"alt_text": "Vui lòng mô tả ảnh, hoặc đánh dấu đây là ảnh trang trí."}
            )
        if says_nothing(self.alt_text) or self._is_named(self.alt_text):
            raise ValidationError(
                {"alt_text": "Hãy mô tả nội dung ảnh; tên tệp hay “ảnh tin bài” không đủ."}
            )

    def save(self, *args, **kwargs):
        former = Photo.objects.filter(pk=self.pk).values_list("image", flat=True).first()
        super().save(*args, **kwargs)
        transaction.on_commit(self.request_renditions)
        if former and former != self.image.name:
            transaction.on_commit(lambda: _discard(former))

    def delete(self, *args, **kwargs):
        name = self.image.name
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: _discard(name))
        return deleted

    @property
    def is_described(self):
        return bool(self.alt_text) or self.is_decorative

    @property
    def shown_alt(self):
        """Return the alternative text of the photo on a page; none for what is decorative."""
        return "" if self.is_decorative else self.alt_text

    @property
    def focus(self):
        """Return the point that must stay in sight, in percent from the left and the top."""
        return (self.focal_x, self.focal_y)

    @property
    def focus_classes(self):
        """Return the classes under which a cut shows the focus (static/css/utilities.css)."""
        x, y = (25 * round(renditions.placement(percent) / 25) for percent in self.focus)
        places = {f"focus-x-{x}": x, f"focus-y-{y}": y}
        return " ".join(name for name, place in places.items() if place != 50)

    @property
    def file_in_words(self):
        """Return what the file was called where it came from, and its size in pixels."""
        name = self.original_name or PurePath(self.image.name).name
        return f"{name} ({self.width} × {self.height})"

    def request_renditions(self):
        """Have the worker make the sizes unless they are there, also those of a new focus."""
        from news.tasks import render

        if self.rendered != self.image.name or self.share_picture not in {"", self._share_name()}:
            render.enqueue(self.pk)

    def sizes(self, extension="avif"):
        """Return the smaller sizes, narrowest first; nothing while there are none."""
        if self.rendered != self.image.name:
            return []
        return renditions.of(self.image.name, self.width, extension)

    def srcset(self):
        """Return the smaller sizes in AVIF for an HTML srcset; nothing while there are none."""
        return renditions.srcset(self.sizes())

    def jpeg_srcset(self):
        """Return the same sizes in JPEG, for browsers without AVIF."""
        return renditions.srcset(self.sizes("jpg"))

    @property
    def widest_url(self):
        """Return the address of the widest JPEG, of the picture itself while there is none."""
        sizes = self.sizes("jpg")
        return sizes[-1].url if sizes else self.image.url

    @property
    def thumbnail_url(self):
        """Return the address of the narrowest JPEG; "" while a large photo has none."""
        if self.width <= renditions.WIDTHS[0]:
            return self.image.url
        sizes = self.sizes("jpg")
        return sizes[0].url if sizes else ""

    @property
    def share_image(self):
        """Return the address of the 1200 × 630 JPEG for previews of links; "" without one."""
        if not self.share_picture or self.share_picture != self._share_name():
            return ""
        return self.image.storage.url(self.share_picture)

    def _share_name(self):
        return renditions.share_name(self.image.name, self.focus)

    def uses(self) -> list[Use]:
        """Return where this photo is shown, drafts included."""
        return uses_of([self])

    def _is_named(self, alt_text):
        """Say whether an alternative text is but the name of the file that was uploaded."""
        return text.slug(alt_text) == text.slug(PurePath(self.original_name).stem) != ""


def _discard(name):
    from news.tasks import discard

    discard.enqueue(name)
