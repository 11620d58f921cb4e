"""Where figures are counted, and from when a territory is no longer what it was."""

from django.db import models
from django.db.models import Q

from portal.fields import LineField
from portal.natural_keys import NaturalKeyModel


class Territory(NaturalKeyModel):
    natural_key_fields = ("code",)

    code = models.SlugField("mã", max_length=60, unique=True, help_text="Ví dụ: tra-vinh.")
    name = LineField("tên", max_length=80)
    full_name = LineField("tên đầy đủ", max_length=120, help_text="Ví dụ: tỉnh Trà Vinh.")
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


class SeriesBreak(NaturalKeyModel):
    """
    The first year whose figures cover another area than those before it.

    Growth across it is not computed unless the figure brings last year's result restated.
    """

    natural_key_fields = ("territory__code", "year")

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="breaks", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField(
        "năm", help_text="Năm đầu tiên số liệu tính theo địa bàn mới."
    )
    reason = LineField(
        "lý do",
        max_length=200,
        help_text="Người đọc sẽ thấy. Ví dụ: hợp nhất hai tỉnh từ ngày 01/7/2025.",
    )

    class Meta:
        ordering = ["territory", "year"]
        verbose_name = "mốc thay đổi địa bàn"
        verbose_name_plural = "mốc thay đổi địa bàn"
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "year"],
                name="one_series_break_per_year",
                violation_error_message="Địa bàn này đã có mốc thay đổi trong năm đó.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1976, 2100)),
                name="series_break_year_is_plausible",
                violation_error_message="Năm phải từ 1976 đến 2100.",
            ),
        ]

    def __str__(self):
        return f"{self.territory}, từ năm {self.year}"
