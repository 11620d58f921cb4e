"""A period's target and result as a source states them, and every earlier statement."""

from decimal import Decimal

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from indicators import formulas
from indicators.comparisons import Comparisons
from indicators.models.indicators import Indicator
from indicators.models.territories import SeriesBreak, Territory
from indicators.querysets import FigureQuerySet
from portal.fields import LineField
from portal.natural_keys import NaturalKeyModel
from portal.numbers import half_up

_QUALIFIER_HELP = "Ví dụ: ước, trên, gần; ghi đúng như nguồn."
# Beyond any amount a province reports; PostgreSQL ranks NaN above every number.
_LARGEST = 10**13
# What accompanies the numbers: to change it takes back nothing that was stated.
_ABOUT = {"target_is_derived", "article_id", "source", "note"}


class Statement(models.Model):
    """What one source says of a period: the target, the result, growth and plan as stated."""

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

        @property
        def leaning(self):
            """Return on which side of the number the truth lies: −1 below, +1 above, else 0."""
            return {self.NEARLY: -1, self.OVER: 1}.get(self, 0)

        @property
        def bound(self):
            """Return which side a target forbids to leave: −1 «không quá», +1 «tối thiểu»."""
            return {self.AT_MOST: -1, self.AT_LEAST: 1}.get(self, 0)

    class Stage(models.TextChoices):
        NONE = "", "—"
        ESTIMATED = "estimated", "Ước tính"
        PRELIMINARY = "preliminary", "Sơ bộ"
        FINAL = "final", "Chính thức"

        @property
        def rank(self):
            """Return how far a figure has come, from 0: no later stage gives way to an earlier."""
            return list(type(self)).index(self)

    class Outcome(models.TextChoices):
        """What the source says in words where it gives no figure of the plan."""

        NONE = "", "—"
        EXCEEDED = "exceeded", "Vượt kế hoạch"
        MET = "met", "Đạt kế hoạch"
        MISSED = "missed", "Không đạt kế hoạch"

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
    restated_previous = models.DecimalField(
        "thực hiện năm trước, tính lại",
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Chỉ điền khi địa bàn hoặc cách tính đã đổi và nguồn có tính lại số năm trước.",
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
        related_name="%(class)ss",
        verbose_name="bài viết nguồn",
    )
    source = LineField("nguồn khác", max_length=250, blank=True)
    note = LineField("ghi chú", max_length=300, blank=True)
    updated_at = models.DateTimeField("cập nhật lúc", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def said(self):
        """Return the columns of the statement by name, as a reload would give them."""
        names = [field.name for field in Statement._meta.fields if field.editable]
        fields = [self._meta.get_field(name) for name in names]
        return {field.attname: field.to_python(getattr(self, field.attname)) for field in fields}

    def takes_back(self, former):
        """Say whether a number or word of ``former`` is no longer said, not merely added to."""
        now = self.said
        return any(
            was not in {None, ""} and was != now[name]
            for name, was in former.said.items()
            if name not in _ABOUT
        )


def _sound(table):
    """Return the constraints that every statement meets, named after its table."""
    numbers = [
        field.name for field in Statement._meta.fields if isinstance(field, models.DecimalField)
    ]
    in_bounds = Q(*((f"{name}__range", (-_LARGEST, _LARGEST)) for name in numbers))
    closed = {
        "target_qualifier": Statement.Qualifier,
        "result_qualifier": Statement.Qualifier,
        "stage": Statement.Stage,
        "stated_outcome": Statement.Outcome,
    }
    known = Q(*((f"{name}__in", choices.values) for name, choices in closed.items()))
    return [
        models.CheckConstraint(
            # Said twice: with no lower bound the comparison is NULL, which a check lets pass.
            condition=Q(target_upper=None) | Q(target__isnull=False, target__lt=F("target_upper")),
            name=f"{table}_target_range_is_upright",
            violation_error_message="Cận trên của kế hoạch phải lớn hơn cận dưới.",
        ),
        models.CheckConstraint(
            condition=Q(target_is_derived=False) | Q(target__isnull=False),
            name=f"{table}_derived_target_is_given",
            violation_error_message="Đã đánh dấu “kế hoạch suy ra” thì phải có số kế hoạch.",
        ),
        models.CheckConstraint(
            condition=in_bounds,
            name=f"{table}_numbers_are_numbers",
            violation_error_message="Số quá lớn hoặc không phải là số.",
        ),
        models.CheckConstraint(
            condition=known,
            name=f"{table}_words_are_known",
            violation_error_message="Từ đi trước số hoặc loại số liệu không hợp lệ.",
        ),
    ]


class Figure(Comparisons, Statement, NaturalKeyModel):
    """One indicator in one territory over one period, as stated last."""

    natural_key_fields = ("indicator__code", "territory__code", "year", "months")

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
            *_sound("figure"),
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

    @transaction.atomic
    def save(self, *args, by=None, **kwargs):
        """Store what is stated now; what it takes back stays as a Revision, replaced by ``by``."""
        former = Figure.objects.select_for_update().filter(pk=self.pk).first()
        if self.follows(former):
            former.keep_as_revision(at=self.updated_at, by=by)
        super().save(*args, **kwargs)

    def follows(self, former):
        """Be said after ``former``, None without; return whether that must stay as a Revision."""
        if former is not None:
            self._derive_target_anew(former)
            if self.said == former.said:
                return False
        self.updated_at = timezone.now()
        return former is not None and self.takes_back(former)

    def _derive_target_anew(self, former):
        """Have a plan that was worked out follow what it was worked out from."""
        said, before = self.said, former.said
        rests_on = ("result", "stated_over_plan")
        is_left = self.target_is_derived and said["target"] == before["target"]
        if is_left and any(said[name] != before[name] for name in rests_on):
            self.derive_target()

    def derive_target(self):
        """Work out the plan from «vượt … %» of the source; where that cannot be, leave it."""
        said = self.said
        implied = formulas.implied_plan(said["result"], said["stated_over_plan"])
        if implied is not None:
            self.target = half_up(implied, self.indicator.decimals)
            self.target_is_derived = True

    def keep_as_revision(self, *, at, by=None):
        self.as_revision(at=at, by=by).save()

    def as_revision(self, *, at, by=None):
        """Return what is stated here as replaced by now; not yet stored."""
        return Revision(
            figure_id=self.pk,
            updated_at=self.updated_at,
            replaced_at=at,
            replaced_by=by,
            **self.said,
        )

    @property
    def period(self):
        """Return the period in words: «năm 2023», «9 tháng đầu năm 2023», «tháng 01 năm 2023»."""
        if self.months == 12:
            return f"năm {self.year}"
        first = "tháng 01 năm" if self.months == 1 else f"{self.months} tháng đầu năm"
        return f"{first} {self.year}"

    @property
    def is_reported(self):
        """Say whether anything of a result is known, be it in words, not merely a target."""
        is_held_against_plan = self.stated_over_plan is not None or self.stated_outcome
        return self.is_measured or bool(is_held_against_plan)

    @property
    def is_measured(self):
        """Say whether a result is known by a number of its own: itself or its growth."""
        return self.result is not None or self.stated_growth is not None

    @cached_property
    def previous(self):
        """
        The result of the year before in the same series; ``with_previous`` brings it along.

        As restated where the series was broken this year, and None where it was not restated.
        """
        if self.restated_previous is not None:
            return self.restated_previous
        if self.break_reason or not self.year_before or self.year_before["result"] is None:
            return None
        return Decimal(self.year_before["result"])

    @cached_property
    def previous_qualifier(self):
        if self.restated_previous is not None or self.break_reason:
            return ""
        return self.year_before and self.year_before["qualifier"]

    @cached_property
    def break_reason(self):
        """Why this year cannot be set against the one before as it stands; None where it can."""
        breaks = SeriesBreak.objects.filter(territory=self.territory_id, year=self.year)
        return breaks.values_list("reason", flat=True).first()

    @cached_property
    def year_before(self):
        """
        What is stored of it, its «result» and «qualifier»; None without.

        ``with_previous`` brings it along as an object of JSON, in which the number is text.
        """
        before = Figure.objects.filter(
            indicator=self.indicator_id,
            territory=self.territory_id,
            months=self.months,
            year=self.year - 1,
        )
        said = before.values_list("result", "result_qualifier").first()
        return said and dict(zip(("result", "qualifier"), said, strict=True))


class Revision(Statement):
    """What was stated of a figure before it was stated otherwise; never changed again."""

    figure = models.ForeignKey(
        Figure, models.CASCADE, related_name="revisions", verbose_name="số liệu"
    )
    replaced_at = models.DateTimeField("thay lúc", default=timezone.now, editable=False)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thay",
        editable=False,
    )

    class Meta:
        ordering = ["figure", "-replaced_at"]
        verbose_name = "lần công bố trước"
        verbose_name_plural = "các lần công bố trước"
        constraints = _sound("revision")

    def __str__(self):
        return f"{self.figure}, đến {timezone.localtime(self.replaced_at):%d/%m/%Y}"
