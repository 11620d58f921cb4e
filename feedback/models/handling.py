"""What staff handle submissions with: units, topics, templates; what they did, kept for good."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from portal.fields import LineField, ParagraphsField
from portal.natural_keys import NaturalKeyModel
from portal.slugs import SluggedModel, TitleSlugField

LONGEST_EXTENSION = 30  # working days


class Unit(NaturalKeyModel):
    """A part of the department that answers."""

    natural_key_fields = ("name",)

    name = LineField("tên đơn vị", max_length=150, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="feedback_units",
        verbose_name="cán bộ",
        help_text="Những người nhận thư báo về góp ý giao cho đơn vị.",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "đơn vị xử lý"
        verbose_name_plural = "đơn vị xử lý"

    def __str__(self):
        return self.name


class Topic(SluggedModel):
    """What published questions and answers are about."""

    slug = TitleSlugField("đường dẫn", source="name", help_text="Để trống: lấy từ tên.")
    name = LineField("tên lĩnh vực", max_length=100, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"

    def __str__(self):
        return self.name


class ReplyTemplate(NaturalKeyModel):
    """Words that many replies begin with."""

    natural_key_fields = ("name",)

    class Purpose(models.TextChoices):
        ANSWER = "answer", "Trả lời"
        FORWARD = "forward", "Chuyển cơ quan khác"
        DECLINE = "decline", "Không tiếp nhận"
        EXTEND = "extend", "Gia hạn"

    name = LineField("tên mẫu", max_length=100, unique=True)
    purpose = models.CharField("dùng để", max_length=7, choices=Purpose, default=Purpose.ANSWER)
    text = ParagraphsField(
        "nội dung",
        help_text="Có thể dùng {tiêu đề}, {mã}, {ngày nhận}: khi chèn mẫu, cổng thay bằng tiêu đề, "
        "mã tra cứu và ngày nhận của góp ý.",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["purpose", "position", "name"]
        verbose_name = "mẫu trả lời"
        verbose_name_plural = "mẫu trả lời"

    def __str__(self):
        return self.name


class Extension(models.Model):
    """Days by which an answer may lawfully come later, with the reason the sender reads."""

    submission = models.ForeignKey(
        "feedback.Submission", models.PROTECT, related_name="extensions", verbose_name="góp ý"
    )
    days = models.PositiveSmallIntegerField(
        "số ngày làm việc thêm",
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_EXTENSION)],
    )
    reason = ParagraphsField("lý do (người gửi đọc được)", max_length=1000)
    granted_at = models.DateTimeField("gia hạn lúc", default=timezone.now, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False
    )

    class Meta:
        ordering = ["granted_at", "pk"]
        verbose_name = "lần gia hạn"
        verbose_name_plural = "các lần gia hạn"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__range=(1, LONGEST_EXTENSION)),
                name="extension_days_in_range",
                violation_error_message=f"Gia hạn từ 1 đến {LONGEST_EXTENSION} ngày làm việc.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="extension_has_reason",
                violation_error_message="Hãy nêu lý do gia hạn; người gửi đọc được lý do này.",
            ),
        ]

    def __str__(self):
        return f"thêm {self.days} ngày làm việc"


class Event(models.Model):
    """
    One thing that happened to a submission: never changed, never deleted.

    The database refuses UPDATE and DELETE (migration 0007); only the words of an event may
    be taken out, once the submission's personal data are erased. So it is with the reason of
    an extension (migration 0011).
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", "Tiếp nhận"
        STATE = "state", "Chuyển trạng thái"
        ASSIGNED = "assigned", "Giao đơn vị"
        EXTENDED = "extended", "Gia hạn"
        ANSWER = "answer", "Sửa nội dung trả lời"
        NOTE = "note", "Ghi chú nội bộ"
        PUBLISHED = "published", "Đăng ở Hỏi đáp"
        UNPUBLISHED = "unpublished", "Gỡ khỏi Hỏi đáp"
        CHANGED = "changed", "Sửa thông tin"
        CONFIRMED = "confirmed", "Xác nhận thư điện tử"
        MAILED = "mailed", "Gửi thư"
        OPENED = "opened", "Tải tệp gửi kèm"
        ERASED = "erased", "Xóa dữ liệu cá nhân"

    submission = models.ForeignKey(
        "feedback.Submission", models.PROTECT, related_name="events", verbose_name="góp ý"
    )
    kind = models.CharField("việc", max_length=11, choices=Kind)
    at = models.DateTimeField("lúc", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="người thực hiện"
    )
    before = models.CharField("trước", max_length=200, blank=True)
    after = models.CharField("sau", max_length=200, blank=True)
    text = models.TextField("nội dung", blank=True)  # a note, a reason, the answer replaced

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "việc đã làm"
        verbose_name_plural = "nhật ký xử lý"

    def __str__(self):
        return self.get_kind_display()
