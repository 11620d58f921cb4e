"""The library of photos."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone

from portal import renditions, text
from portal.fields import LineField
from portal.images import PictureField
from portal.natural_keys import NaturalKeyModel

# Alternative text seen on real portals: the file's name, or words that fit any picture.
_SAYS_NOTHING = re.compile(
    r".*\.(jpe?g|png|webp|gif|bmp|heic)|(hinh )?anh( tin)?( bai)?( viet)?|no image|img[_-]?\d*",
    re.I,
)


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
        if _SAYS_NOTHING.fullmatch(text.unaccented(self.alt_text)):
            raise ValidationError(
                {"alt_text": "Hãy mô tả nội dung ảnh; tên tệp hay “ảnh tin bài” không đủ."}
            )

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        transaction.on_commit(self.request_renditions)

    def request_renditions(self):
        """Have the worker make the smaller sizes unless they are there."""
        from news.tasks import render

        if self.rendered != self.image.name:
            render.enqueue(self.pk)

    def srcset(self):
        """Return the smaller sizes for an HTML srcset; nothing while there are none."""
        if self.rendered != self.image.name:
            return ""
        sizes = renditions.of(self.image.name, self.width)
        return ", ".join(f"{size.url} {size.width}w" for size in sizes)

    def is_in_approved(self):
        """Say whether an approved article shows this photo, so that readers see it."""
        approved = "approved"  # Article.State; articles are built on photos
        return (
            self.covered_articles.filter(state=approved).exists()
            or self.shown_in.filter(article__state=approved).exists()
        )
