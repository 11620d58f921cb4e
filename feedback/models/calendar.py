"""What the department's calendar has that the country's does not."""

from django.db import models

from portal.fields import LineField


class CalendarDay(models.Model):
    """One day on which the department works or rests otherwise than the calendar says."""

    date = models.DateField("ngày", unique=True)
    is_working = models.BooleanField(
        "làm việc", default=False, help_text="Đánh dấu nếu là ngày làm bù; để trống nếu được nghỉ."
    )
    name = LineField("tên gọi", max_length=100, help_text="Ví dụ: nghỉ Tết, làm bù ngày 31/12.")

    class Meta:
        ordering = ["-date"]
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"

    def __str__(self):
        return f"{self.date:%d/%m/%Y}: {self.name}"
