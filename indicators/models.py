"""What was promised and what was reached: indicators, territories, yearly figures."""

from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from indicators import formulas
from indicators.formulas import Assessment, Direction
from news.models import Article
from portal import text
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from portal.slugs import TitleSlugField


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


class IndicatorQuerySet(NaturalKeyQuerySet):
    def named_like(self, query):
        """Return the indicators whose name holds every word typed, marks or not."""
        words = text.search_words(query)
        found = self if words else self.none()
        for word in words:
            found = found.filter(name__folded__contains=word)
        return found


class Indicator(NaturalKeyModel):
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
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("indicators:indicator-detail", args=[self.slug])

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


class FigureQuerySet(NaturalKeyQuerySet):
    def of_year(self, year):
        """Return the figures of whole years (12 months) for one year."""
        return self.filter(year=year, months=12)

    def with_previous(self):
        """
        Annotate the year before in the same series: ``previous`` and ``previous_qualifier``.

        The result as a Decimal and the word before it; None without such a figure.
        """
        before = Figure.objects.filter(
            indicator=OuterRef("indicator"),
            territory=OuterRef("territory"),
            months=OuterRef("months"),
            year=OuterRef("year") - 1,
        )
        return self.annotate(
            previous=Subquery(before.values("result")),
            previous_qualifier=Subquery(before.values("result_qualifier")),
        )

    def with_published_article(self):
        """Fetch each figure's ``article``, in one query; None where the public may not read it."""
        shown = Article.objects.published().only("slug", "title", "published_at")
        return self.prefetch_related(Prefetch("article", shown))

    def for_scoreboard(self, year):
        """Return one year's figures of all territories, joined, in the table's order."""
        return (
            self.of_year(year)
            .with_previous()
            .with_published_article()
            .select_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, *_INDICATOR_ORDER)
        )

    def for_indicator(self, indicator):
        """Return all figures of an indicator, joined, series by series in time order."""
        return (
            self.filter(indicator=indicator)
            .with_previous()
            .with_published_article()
            .select_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, "year", "months")
        )

    def headlines(self):
        """Return the newest figure with a result of each headline indicator at home."""
        newest = (
            self.filter(
                indicator__is_headline=True,
                territory__is_home=True,
                months=12,
                result__isnull=False,
            )
            .order_by("indicator_id", "-year")
            .distinct("indicator_id")
        )
        return (
            Figure.objects.filter(pk__in=newest.values("pk"))
            .with_previous()
            .select_related("indicator", "territory")
            .order_by(*_INDICATOR_ORDER)
        )

    def stated_in(self, article):
        """Return the figures whose source is this article, home first, results before plans."""
        return (
            self.filter(article=article)
            .with_previous()
            .select_related("indicator", "territory")
            .order_by(*_TERRITORY_ORDER, "year", "months", *_INDICATOR_ORDER)
        )

    def years(self):
        """Return the years that have a figure, newest first."""
        return list(
            self.filter(months=12).order_by("-year").values_list("year", flat=True).distinct()
        )

    def latest_year(self):
        """Return the newest year with a result, else with a target; None without figures."""
        years = self.filter(months=12).order_by("-year").values_list("year", flat=True)
        reported = years.filter(Q(result__isnull=False) | Q(stated_growth__isnull=False))
        return reported.first() or years.first()


_TERRITORY_ORDER = ["-territory__is_home", "territory__name"]
_INDICATOR_ORDER = [
    "indicator__group__position",
    "indicator__group__name",
    "indicator__position",
    "indicator__name",
]


class Figure(NaturalKeyModel):
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
        "từ chỉ mức của kế hoạch", max_length=10, choices=Qualifier, blank=True
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
        "từ chỉ mức của kết quả", max_length=10, choices=Qualifier, blank=True
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
                violation_error_message="Hãy nhập kế hoạch hoặc kết quả.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.territory}, {self.period}"

    def save(self, *args, **kwargs):
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)

    @property
    def period(self):
        """Return the period in words: «năm 2023», «9 tháng năm 2023»."""
        return f"năm {self.year}" if self.months == 12 else f"{self.months} tháng năm {self.year}"

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

    @property
    def previous_result(self):
        """Return the year before's result as stored, else as implied by the stated growth."""
        if self.previous is not None or self.stated_growth is None or self.result is None:
            return self.previous
        if self.indicator.is_change:
            return None
        if self.indicator.is_percentage:
            return self.result - self.stated_growth
        implied = formulas.implied_base(self.result, self.stated_growth)
        return None if implied is None else round(implied, self.indicator.decimals)

    @property
    def previous_is_derived(self):
        return self.previous is None and self.previous_result is not None

    @property
    def growth(self):
        """
        Return the change on the year before: percent, or points for a percentage.

        An indicator that is itself a rate of change is its own growth. As the source states
        it, else computed from the year before as stored; None when neither is known. The
        statement comes first because it was made from figures that «trên 430» cuts short.
        """
        if self.indicator.is_change:
            return self.result
        return self.computed_growth if self.stated_growth is None else self.stated_growth

    @property
    def growth_index(self):
        """
        Return the result as a percentage of the year before; None for percentages.

        Follows the source's rate unless the published figures contradict it.
        """
        return self._index(self.computed_growth if self.growth_disagrees else self.growth)

    @property
    def target_growth_index(self):
        """Return the target as a percentage of the year before's result, like ``growth_index``."""
        if self.target_growth_disagrees:
            return self._index(self.computed_target_growth)
        return self._index(self.target_growth)

    @property
    def computed_growth(self):
        """Return the growth worked out from the year before as stored, else None."""
        return self._change_on_previous(self.result)

    @property
    def target_growth(self):
        """Return the planned change on the year before, in the unit and order of ``growth``."""
        if self.indicator.is_change:
            return self.target
        if self.target_stated_growth is None:
            return self.computed_target_growth
        return self.target_stated_growth

    @property
    def computed_target_growth(self):
        return self._change_on_previous(self.target)

    @property
    def growth_is_rough(self):
        """Say whether growth computed from the stored results is only about right."""
        return self._is_cut_short(self.result_qualifier)

    @property
    def target_growth_is_rough(self):
        return self._is_cut_short(self.target_qualifier)

    @property
    def growth_disagrees(self):
        """
        Say whether the stated growth does not follow from the published results.

        Numbers cut short by «trên» or «gần» prove nothing.
        """
        contradicted = formulas.contradicts(self.stated_growth, self.computed_growth)
        return contradicted and not self.growth_is_rough

    @property
    def target_growth_disagrees(self):
        """Say of the target what ``growth_disagrees`` says; a derived target proves nothing."""
        contradicted = formulas.contradicts(self.target_stated_growth, self.computed_target_growth)
        return contradicted and not (self.target_is_derived or self.target_growth_is_rough)

    @property
    def over_plan(self):
        """
        Return by how many percent the result is above the target; negative when below.

        As the source states it, else computed; None for rates of change and for targets
        that are a range, zero or negative.
        """
        if self.indicator.is_change or self.target_upper is not None:
            return None
        if self.stated_over_plan is not None:
            return self.stated_over_plan
        return formulas.over_plan(self.result, self.target)

    @property
    def attainment(self):
        """Return the result as a percentage of the target; None where ``over_plan`` is."""
        return None if self.over_plan is None else formulas.HUNDRED + self.over_plan

    @property
    def plan_gap(self):
        """Return result less target in the indicator's unit; None for a range."""
        if self.result is None or self.target is None or self.target_upper is not None:
            return None
        return self.result - self.target

    @property
    def assessment(self):
        """Return the Assessment: computed from figures, else as the source says in words."""
        computed = formulas.assessment(
            self.result, self.target, self.target_upper, self.indicator.direction
        )
        if computed not in {Assessment.NO_TARGET, Assessment.NO_RESULT}:
            return computed
        if self.stated_outcome:
            return Assessment(self.stated_outcome)
        if self.stated_over_plan is not None:
            return formulas.assessment(
                self.stated_over_plan, Decimal(0), direction=self.indicator.direction
            )
        return computed

    def _is_cut_short(self, qualifier):
        words = (qualifier, self.previous_qualifier or "")
        return not self.indicator.is_change and any(
            self.Qualifier(word).cuts_short for word in words
        )

    def _change_on_previous(self, value):
        if value is None or self.previous is None or self.indicator.is_change:
            return None
        if self.indicator.is_percentage:
            return value - self.previous
        return formulas.growth_rate(value, self.previous)

    def _index(self, growth):
        if growth is None or self.indicator.growth_unit != "%":
            return None
        starts_from_loss = not self.indicator.is_change and (self.previous or 0) < 0
        return None if starts_from_loss else formulas.HUNDRED + growth
