"""What was promised and what was reached: indicators, territories, yearly figures."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from indicators.comparisons import Comparisons
from indicators.formulas import Direction
from indicators.querysets import FigureQuerySet
from portal.natural_keys import NaturalKeyModel
from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import SearchEntry
from portal.slugs import SluggedModel, TitleSlugField

_QUALIFIER_HELP = "Ví dụ: ước, trên, gần; ghi đúng như nguồn."


class Territory(NaturalKeyModel):
    natural_key_fields = ("code",)

    code = models.SlugField("mã", max_length=60, unique=True, help_text="Ví dụ: tra-vinh.")
    name = models.CharField("tên", max_length=80)
    full_name = models.CharField("tên đầy đủ", max_length=120, help_text="Ví dụ: tỉnh Trà Vinh.")
    is_home = models.BooleanField(
        "địa bàn của cơ quan", default=False, help_text="Số liệu trên trang chủ lấy từ địa bàn này."
    )

    class Meta:
        ordering = ["-is_home", "name"]
        verbose_name = "địa bàn"
        verbose_name_plural = "địa bàn"
        constraints = [
            models.UniqueConstraint(
                fields=["is_home"],
                condition=Q(is_home=True),
                name="one_home_territory",
                violation_error_message="Chỉ được chọn một địa bàn làm địa bàn của cơ quan.",
            )
        ]

    def __str__(self):
        return self.name


class IndicatorGroup(NaturalKeyModel):
    name = models.CharField("tên", max_length=120)
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

    code = models.CharField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=200)
    slug = TitleSlugField("đường dẫn", source="name", help_text="Để trống: lấy từ tên.")
    group = models.ForeignKey(
        IndicatorGroup, models.PROTECT, related_name="indicators", verbose_name="nhóm"
    )
    unit = models.CharField("đơn vị tính", max_length=40)
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
    definition = models.TextField("giải thích", blank=True)
    responsible_unit = models.CharField("đơn vị phụ trách", max_length=150, blank=True)
    is_headline = models.BooleanField("đưa lên trang chủ", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["group__position", "group__name", "position", "name"]
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                condition=Q(decimals__lte=4),
                name="indicator_has_at_most_four_decimals",
                violation_error_message="Nhiều nhất 4 chữ số thập phân.",
            )
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
            beside="\n".join([self.group.name, self.unit, self.responsible_unit]),
        )

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


class Figure(Comparisons, NaturalKeyModel):
    """One indicator in one territory over one period: its target, its result, what was said."""

    natural_key_fields = ("indicator__code", "territory__code", "year", "months")

    class Qualifier(models.TextChoices):
        """The word that stood before the number and is kept with it."""

        NONE = "", "—"
        ESTIMATED = "estimated", "ước"
        EXPECTED = "expected", "dự kiến"
        OVER = "over", "trên"
        NEARLY = "nearly", "gần"
        ABOUT = "about", "khoảng"
        AT_LEAST = "at_least", "tối thiểu"
        AT_MOST = "at_most", "không quá"

        @property
        def cuts_short(self):
            """Say whether the number only bounds or rounds what was meant."""
            return self not in {self.NONE, self.ESTIMATED, self.EXPECTED}

    class Stage(models.TextChoices):
        NONE = "", "—"
        ESTIMATED = "estimated", "Ước tính"
        PRELIMINARY = "preliminary", "Sơ bộ"
        FINAL = "final", "Chính thức"

    class Outcome(models.TextChoices):
        """What the source says in words where it gives no figure of the plan."""

        NONE = "", "—"
        EXCEEDED = "exceeded", "Vượt kế hoạch"
        MET = "met", "Đạt kế hoạch"
        MISSED = "missed", "Không đạt kế hoạch"

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name="chỉ tiêu"
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="figures", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField("năm")
    months = models.PositiveSmallIntegerField(
        "số tháng", default=12, help_text="12 là cả năm; 6 hoặc 9 là lũy kế từ đầu năm."
    )
    target = models.DecimalField("kế hoạch", max_digits=18, decimal_places=4, null=True, blank=True)
    target_upper = models.DecimalField(
        "kế hoạch, cận trên",
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Chỉ điền khi kế hoạch là một khoảng, ví dụ 7,5–8,0.",
    )
    target_qualifier = models.CharField(
        "từ đi trước số kế hoạch",
        max_length=10,
        choices=Qualifier,
        blank=True,
        help_text=_QUALIFIER_HELP,
    )
    target_is_derived = models.BooleanField(
        "kế hoạch suy ra",
        default=False,
        help_text="Tính ngược từ “vượt …% kế hoạch”, không phải số được công bố.",
    )
    target_stated_growth = models.DecimalField(
        "kế hoạch tăng so với năm trước (%), theo nguồn",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Giảm thì ghi số âm.",
    )
    result = models.DecimalField(
        "thực hiện", max_digits=18, decimal_places=4, null=True, blank=True
    )
    result_qualifier = models.CharField(
        "từ đi trước số thực hiện",
        max_length=10,
        choices=Qualifier,
        blank=True,
        help_text=_QUALIFIER_HELP,
    )
    stage = models.CharField("loại số liệu", max_length=11, choices=Stage, blank=True)
    stated_growth = models.DecimalField(
        "tăng so với năm trước (%), theo nguồn",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Giảm thì ghi số âm. Chỉ tiêu tính bằng % thì ghi số điểm phần trăm.",
    )
    stated_over_plan = models.DecimalField(
        "vượt kế hoạch (%), theo nguồn",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="“Vượt 4,44%” ghi 4,44; “đạt 137,27%” ghi 37,27; hụt thì ghi số âm.",
    )
    stated_outcome = models.CharField(
        "kết luận theo nguồn", max_length=8, choices=Outcome, blank=True
    )
    article = models.ForeignKey(
        "news.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name="bài viết nguồn",
    )
    source = models.CharField("nguồn khác", max_length=250, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    updated_at = models.DateTimeField("cập nhật lúc", default=timezone.now, editable=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "indicator"]
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "territory", "year", "months"],
                name="one_figure_per_period",
                violation_error_message="Chỉ tiêu này đã có số liệu cho địa bàn và kỳ này.",
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 12)),
                name="figure_covers_one_to_twelve_months",
                violation_error_message="Số tháng phải từ 1 đến 12.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1976, 2100)),
                name="figure_year_is_plausible",
                violation_error_message="Năm phải từ 1976 đến 2100.",
            ),
            models.CheckConstraint(
                # Said twice: with no lower bound the comparison is NULL, which a check lets pass.
                condition=Q(target_upper=None)
                | Q(target__isnull=False, target__lt=F("target_upper")),
                name="figure_target_range_is_upright",
                violation_error_message="Cận trên của kế hoạch phải lớn hơn cận dưới.",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False)
                | Q(result__isnull=False)
                | Q(stated_growth__isnull=False)
                | Q(stated_over_plan__isnull=False)
                | ~Q(stated_outcome=""),
                name="figure_says_something",
                violation_error_message="Hãy nhập số kế hoạch hoặc số thực hiện.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.territory}, {self.period}"

    def save(self, *args, **kwargs):
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)

    @property
    def period(self):
        """Return the period in words: «năm 2023», «9 tháng đầu năm 2023», «tháng 01 năm 2023»."""
        if self.months == 12:
            return f"năm {self.year}"
        first = "tháng 01 năm" if self.months == 1 else f"{self.months} tháng đầu năm"
        return f"{first} {self.year}"

    @property
    def is_reported(self):
        """Say whether a result is known, as a figure or by its growth, not merely a target."""
        return self.result is not None or self.stated_growth is not None

    @cached_property
    def previous(self):
        """The result of the year before in the same series; ``with_previous`` brings it along."""
        return self._year_before and self._year_before.result

    @cached_property
    def previous_qualifier(self):
        return self._year_before and self._year_before.result_qualifier

    @cached_property
    def _year_before(self):
        return Figure.objects.filter(
            indicator=self.indicator_id,
            territory=self.territory_id,
            months=self.months,
            year=self.year - 1,
        ).first()
