"""What belongs to the portal as a whole: links, standing pages, pictures of the editor."""

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.db import models
from django.db.models import Sum

from portal import richtext
from portal.images import PictureField
from portal.natural_keys import NaturalKeyModel


class WebsiteLink(NaturalKeyModel):
    """A link of the column «Liên kết website»."""

    natural_key_fields = ("url",)

    title = models.CharField("tên hiển thị", max_length=120)
    url = models.URLField("địa chỉ", unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "title"]
        verbose_name = "liên kết website"
        verbose_name_plural = "liên kết website"

    def __str__(self):
        return self.title


class StandingPage(FlatPage):
    """A page that stays, such as the department's duties; its content is rich text."""

    class Meta:
        proxy = True
        ordering = ["url"]
        verbose_name = "trang giới thiệu"
        verbose_name_plural = "trang giới thiệu"

    def save(self, *args, **kwargs):
        self.content = richtext.clean_html(self.content)
        super().save(*args, **kwargs)


class EditorPicture(models.Model):
    """A picture uploaded inside the editor; offered again to every editor."""

    image = PictureField(
        "ảnh", upload_to="bai-viet/%Y/%m", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField("rộng", editable=False)
    height = models.PositiveIntegerField("cao", editable=False)
    original_name = models.CharField("tên tệp gốc", max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = "ảnh trong bài"
        verbose_name_plural = "ảnh trong bài"

    def __str__(self):
        return self.original_name


class Visit(models.Model):
    """A visitor's latest visit to a page; kept for a day (see portal/visitors.py)."""

    page = models.CharField(max_length=40)
    visitor = models.BinaryField(max_length=16)  # keyed hash, its key changes every day
    seen_at = models.DateTimeField(db_index=True)
    counted_at = models.DateTimeField()  # when this visitor last counted as a view

    class Meta:
        verbose_name = "lượt ghé"
        verbose_name_plural = "lượt ghé"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "visitor"], name="one_visit_per_page_and_visitor"
            )
        ]

    def __str__(self):
        return f"{self.page} {self.seen_at:%d/%m/%Y %H:%M}"


class PageViews(models.Model):
    """How often a page was read on one day (department's time)."""

    page = models.CharField(max_length=40)
    day = models.DateField()
    views = models.PositiveIntegerField()

    class Meta:
        verbose_name = "số lượt xem"
        verbose_name_plural = "số lượt xem"
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="one_count_per_page_and_day")
        ]

    def __str__(self):
        return f"{self.page} {self.day:%d/%m/%Y}: {self.views}"


class MissedSearchQuerySet(models.QuerySet):
    def most_frequent(self, since):
        """Return ``words`` and ``total`` of the searches since a day, most frequent first."""
        return (
            self.filter(day__gte=since)
            .values("words")
            .annotate(total=Sum("times"))
            .order_by("-total", "words")
        )


class MissedSearch(models.Model):
    """How often a search found nothing on one day; written by portal/visitors.py, kept 90 days."""

    words = models.CharField("từ tìm", max_length=100)  # folded, as search compares them
    day = models.DateField("ngày", db_index=True)
    times = models.PositiveIntegerField("số lần")

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt tìm không thấy"
        verbose_name_plural = "lượt tìm không thấy"
        constraints = [
            models.UniqueConstraint(fields=["words", "day"], name="one_count_per_words_and_day")
        ]

    def __str__(self):
        return f"{self.words} {self.day:%d/%m/%Y}: {self.times}"
