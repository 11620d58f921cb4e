"""What is measured: its name, unit, direction, how it is defined and when it is published."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from indicators.formulas import Direction
from indicators.querysets import IndicatorQuerySet
from indicators.releases import next_release
from portal.fields import LineField, ParagraphsField
from portal.natural_keys import NaturalKeyModel
from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import SearchEntry
from portal.slugs import SluggedModel, TitleSlugField

CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class IndicatorGroup(NaturalKeyModel):
    name = LineField("tên", max_length=120)
    slug = models.SlugField("mã", max_length=120, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "nhóm chỉ tiêu"
        verbose_name_plural = "nhóm chỉ tiêu"

    def __str__(self):
        return self.name


class Indicator(Findable, SluggedModel):
    search_kind = SearchEntry.Kind.INDICATOR
    natural_key_fields = ("code",)

    class Measure(models.TextChoices):
        LEVEL = "level", "Mức đạt được"
        CHANGE = "change", "Tốc độ tăng so với năm trước"

    code = models.CharField(
        "mã",
        max_length=30,
        unique=True,
        validators=[RegexValidator(CODE, "Mã chỉ gồm chữ không dấu, số và dấu . _ -")],
        help_text="Ví dụ: GTSXCN. Tệp nhập và bài viết gọi chỉ tiêu bằng mã này.",
    )
    name = LineField("tên", max_length=200)
    slug = TitleSlugField(
        "đường dẫn",
        source="name",
        reserved=["tat-ca", "luoc-do", "so-sanh"],  # pages and files beside the indicators'
        help_text="Để trống: lấy từ tên.",
    )
    group = models.ForeignKey(
        IndicatorGroup, models.PROTECT, related_name="indicators", verbose_name="nhóm"
    )
    unit = LineField("đơn vị tính", max_length=40)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    direction = models.CharField(
        "chiều đánh giá", max_length=6, choices=Direction, default=Direction.HIGHER
    )
    measure = models.CharField(
        "cách đo",
        max_length=6,
        choices=Measure,
        default=Measure.LEVEL,
        help_text="Chọn “tốc độ tăng” khi bản thân con số là phần trăm tăng, ví dụ IIP.",
    )
    definition = ParagraphsField("giải thích", blank=True)
    method = ParagraphsField(
        "phương pháp tính", blank=True, help_text="Tính thế nào, gồm và không gồm những gì."
    )
    source = LineField(
        "nguồn số liệu",
        max_length=200,
        blank=True,
        help_text="Nơi thường công bố chỉ tiêu này. Ví dụ: Thống kê tỉnh.",
    )
    responsible_unit = LineField("đơn vị phụ trách", max_length=150, blank=True)
    release_months = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="các tháng có số liệu mới",
        default=list,
        blank=True,
        help_text="Mỗi năm chỉ tiêu được công bố vào những tháng nào, để báo trước cho người đọc.",
    )
    synonyms = ParagraphsField(
        "cách gọi khác",
        blank=True,
        help_text=(
            "Mỗi dòng một cách gọi, ví dụ “Giá trị SXCN”. "
            "Nhờ đó cổng nhận ra chỉ tiêu trong bài viết và tệp nhập."
        ),
    )
    is_headline = models.BooleanField("đưa lên trang chủ", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["group__position", "group__name", "position", "name"]
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                condition=Q(decimals__lte=4),
                name="indicator_has_at_most_four_decimals",
                violation_error_message="Nhiều nhất 4 chữ số thập phân.",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values),
                name="indicator_direction_is_known",
                violation_error_message="Chiều đánh giá không hợp lệ.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="indicator_code_is_plain",
                violation_error_message="Mã chỉ gồm chữ không dấu, số và dấu . _ -",
            ),
            models.CheckConstraint(
                condition=Q(release_months__contained_by=list(range(1, 13))),
                name="indicator_release_months_are_months",
                violation_error_message="Tháng công bố phải từ 1 đến 12.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("indicators:indicator-detail", args=[self.slug])

    def search_document(self):
        return Document(
            self.search_kind,
            self.pk,
            url=self.get_absolute_url(),
            title=self.name,
            lead=self.definition,
            beside="\n".join([self.group.name, self.unit, self.responsible_unit, self.synonyms]),
        )

    @property
    def names(self):
        """Return its name and all other ways to call it, as people write them."""
        return (self.name, *filter(None, (line.strip() for line in self.synonyms.splitlines())))

    def next_release(self, today=None):
        """Return the first day of the next month with new figures; None when none is planned."""
        return next_release(self.release_months, today or timezone.localdate())

    @property
    def is_change(self):
        return self.measure == self.Measure.CHANGE

    @property
    def is_percentage(self):
        """Say whether two values differ in percentage points rather than in percent."""
        return self.unit.startswith("%")

    @property
    def growth_unit(self):
        """Return the unit of a change on the year before: percent, or points of a percentage."""
        return "điểm %" if self.is_percentage and not self.is_change else "%"
