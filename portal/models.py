"""What belongs to the portal as a whole: links, standing pages, counts."""

from django.contrib.flatpages.models import FlatPage
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone

from portal import richtext, text
from portal.fields import MomentField, ParagraphsField, readable
from portal.natural_keys import NaturalKeyModel
from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import Abbreviation, SearchEntry, SearchWord  # noqa: F401 -- tables
from portal.turns import Turning


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


class StandingPage(Findable, FlatPage):
    """A page that stays, such as the department's duties; its content is rich text."""

    search_kind = SearchEntry.Kind.PAGE

    class Meta:
        proxy = True
        ordering = ["url"]
        verbose_name = "trang giới thiệu"
        verbose_name_plural = "trang giới thiệu"

    def save(self, *args, **kwargs):
        self.title = text.clean_line(self.title)
        self.content = richtext.clean_html(self.content)
        super().save(*args, **kwargs)

    def search_document(self):
        return Document(
            self.search_kind,
            self.pk,
            url=self.url,
            title=self.title,
            body=richtext.plain_text(self.content),
        )


class Visit(models.Model):
    """That a visitor's reading of a page counted; kept for an hour (portal/visitors/)."""

    page = models.CharField(max_length=40)
    visitor = models.BinaryField(max_length=16)  # keyed hash, its key changes every day
    seen_at = models.DateTimeField(db_index=True)  # of the site: when this visitor was last here
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
        indexes = [models.Index(fields=["day"], name="pageviews_of_a_day")]

    def __str__(self):
        return f"{self.page} {self.day:%d/%m/%Y}: {self.views}"


class PageTotal(models.Model):
    """How often a page was read since counting began; the database adds up PageViews by itself."""

    page = models.CharField(max_length=40, primary_key=True)
    views = models.BigIntegerField()

    class Meta:
        verbose_name = "tổng lượt xem"
        verbose_name_plural = "tổng lượt xem"

    def __str__(self):
        return f"{self.page}: {self.views}"


class HourViews(models.Model):
    """How often a page, a category's articles or the site was read in one hour; kept 90 days."""

    page = models.CharField(max_length=40)
    hour = models.DateTimeField()
    views = models.PositiveIntegerField()

    class Meta:
        verbose_name = "lượt xem theo giờ"
        verbose_name_plural = "lượt xem theo giờ"
        constraints = [
            models.UniqueConstraint(fields=["page", "hour"], name="one_count_per_page_and_hour")
        ]
        indexes = [models.Index(fields=["hour"], name="hourviews_of_an_hour")]

    def __str__(self):
        return f"{self.page} {self.hour:%d/%m/%Y %H:%M}: {self.views}"


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
    """How often a search found nothing on one day; written by portal/visitors/, kept 90 days."""

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


class NoticeQuerySet(Turning, models.QuerySet):
    turns_at = ("starts_at", "ends_at")

    def shown(self, at=None):
        """Return the notices of a moment (now unless given), the one that began last first."""
        at = at or timezone.now()
        return self.filter(starts_at__lte=at, ends_at__gt=at).order_by("-starts_at", "-pk")


class Notice(models.Model):
    """A message at the top of every public page for a while, such as a planned outage."""

    text = ParagraphsField(
        "nội dung",
        max_length=600,
        help_text="Hiện ở đầu mọi trang công khai; viết ngắn, nêu rõ từ mấy giờ đến mấy giờ.",
    )
    starts_at = MomentField("hiện từ", default=timezone.now)
    ends_at = MomentField("hiện đến", db_index=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = "thông báo chung"
        verbose_name_plural = "thông báo chung"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="notice_ends_after_it_starts",
                violation_error_message="“Hiện đến” phải sau “Hiện từ”.",
            ),
            readable("starts_at", "ends_at", name="notice_moments_readable"),
        ]

    def __str__(self):
        return self.text[:80]

    def state(self, at=None) -> str:
        """Say where the notice stands, in words for staff."""
        at = at or timezone.now()
        if at < self.starts_at:
            return "Sắp hiện"
        return "Đang hiện" if at < self.ends_at else "Đã hết"


class PeriodicWork(models.Model):
    """How far a piece of work that comes back by itself is done (portal/periodic.py)."""

    name = models.CharField(max_length=50, primary_key=True)
    done_until = models.DateTimeField()

    class Meta:
        verbose_name = "việc định kỳ"
        verbose_name_plural = "việc định kỳ"

    def __str__(self):
        return self.name
