"""What citizens send, and where it stands."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback import codes
from feedback.answers import FindableAnswer
from feedback.private_files import private_files
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet


class SubmissionQuerySet(NaturalKeyQuerySet):
    def published(self):
        """Return answered submissions whose answer staff have put on the public page."""
        return self.filter(state=Submission.State.ANSWERED, is_public=True).order_by(
            F("answered_at").desc(nulls_last=True), "-pk"
        )

    def for_reading(self):
        """Return what the pages of answers show: topic and article joined."""
        return self.select_related("article", "topic").defer("article__body")

    def waiting(self):
        """Return what still waits for an answer, longest first."""
        return self.filter(state__in=[Submission.State.NEW, Submission.State.IN_PROGRESS]).order_by(
            "received_at"
        )

    def overdue(self, today):
        """Return what still waits after the day an answer was due on."""
        return self.waiting().filter(due_on__lt=today)

    def quarantined(self):
        """Return what was taken for a machine's and nobody has decided on yet."""
        return self.filter(state=Submission.State.SPAM, closed_at=None, erased_at=None)

    def courses(self):
        """Return of each when it came, when an answer was due, whether it waits, when it ended."""
        is_waiting = Q(state__in=[Submission.State.NEW, Submission.State.IN_PROGRESS])
        ended = Coalesce("answered_at", "closed_at")  # the first answer: it may be improved later
        return self.values_list("received_at", "due_on", is_waiting, ended)

    def by_due_date(self):
        """Return them in the order in which answers are due; what is due on no day comes last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "received_at")

    def with_code(self, typed):
        """Return the submission, at most one, with a tracking code as a citizen typed it."""
        return self.filter(code=codes.normalize(typed))


class Submission(FindableAnswer, NaturalKeyModel):
    """A citizen's message; acknowledged only after it is committed."""

    natural_key_fields = ("code",)

    class State(models.TextChoices):
        NEW = "new", "Mới"
        IN_PROGRESS = "in_progress", "Đang xử lý"
        ANSWERED = "answered", "Đã trả lời"
        FORWARDED = "forwarded", "Đã chuyển cơ quan khác"
        DECLINED = "declined", "Không tiếp nhận"
        SPAM = "spam", "Thư rác"

        @property
        def for_citizen(self) -> str:
            """Return the state as the sender reads it; who was taken for spam reads «received»."""
            return _STATES_FOR_CITIZENS.get(self, self.label)

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", "Góp ý"
        QUESTION = "question", "Hỏi đáp"
        PETITION = "petition", "Phản ánh, kiến nghị"

    code = models.CharField("mã tra cứu", max_length=10, unique=True, editable=False)
    nonce = models.CharField(max_length=64, unique=True, editable=False)  # one per opened form
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.SUGGESTION)
    name = models.CharField("họ tên", max_length=100)
    email = models.EmailField("thư điện tử", blank=True)
    email_confirmed_at = models.DateTimeField(
        "thư điện tử được xác nhận lúc", null=True, blank=True, editable=False
    )
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    title = models.CharField("tiêu đề", max_length=200)
    content = models.TextField("nội dung")
    article = models.ForeignKey(
        "news.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name="về bài viết",
    )
    # What the sender read and agreed to (feedback/consent.py); blank before it was asked for.
    consent_version = models.CharField(max_length=10, blank=True, editable=False)
    consented_at = models.DateTimeField("đồng ý lúc", null=True, blank=True, editable=False)
    may_show_name = models.BooleanField("cho đăng họ tên", default=False, editable=False)
    # Why it may be a machine's, as codes of feedback/suspicion.py; read by staff only.
    suspicions = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, editable=False
    )
    # 64 bits that stay nearly the same when a text is hardly changed (feedback/likeness.py).
    likeness = models.BigIntegerField(null=True, editable=False)
    state = models.CharField("trạng thái", max_length=11, choices=State, default=State.NEW)
    received_at = models.DateTimeField(
        "nhận lúc", default=timezone.now, editable=False, db_index=True
    )
    # Counted in feedback/deadlines.py; kept here for the order of the queue.
    due_on = models.DateField("hạn trả lời", null=True, blank=True, editable=False, db_index=True)
    unit = models.ForeignKey(
        "feedback.Unit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name="đơn vị xử lý",
    )
    topic = models.ForeignKey(
        "feedback.Topic",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name="lĩnh vực",
    )
    reason = models.TextField(
        "lý do",
        blank=True,
        help_text="Khi chuyển cơ quan khác hoặc không tiếp nhận; người gửi đọc được.",
    )
    forwarded_to = models.CharField("cơ quan được chuyển đến", max_length=200, blank=True)
    closed_at = models.DateTimeField("xử lý xong lúc", null=True, blank=True, editable=False)
    answer = models.TextField(
        "trả lời", blank=True, help_text="Người gửi đọc được bằng mã tra cứu ngay khi lưu."
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name="người trả lời",
    )
    is_public = models.BooleanField(
        "đăng ở mục Hỏi đáp",
        default=False,
        help_text="Tiêu đề, nội dung và trả lời hiện công khai.",
    )
    published_at = models.DateTimeField("đăng lúc", null=True, blank=True, editable=False)
    shows_name = models.BooleanField(
        "đăng kèm họ tên",
        default=False,
        help_text="Chỉ có hiệu lực khi người gửi đã cho phép đăng họ tên.",
    )
    # What the shield takes for somebody's data and staff say is not (feedback/shield.py).
    shown_as_is = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    erased_at = models.DateTimeField(
        "xóa dữ liệu cá nhân lúc", null=True, blank=True, editable=False
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name = "góp ý"
        verbose_name_plural = "góp ý"
        permissions = [
            ("export_submission", "Xuất góp ý ra tệp"),
            ("erase_submission", "Xem và xóa dữ liệu cá nhân trong góp ý"),
        ]
        indexes = [
            # Few of what citizens write; their list is counted and read by it.
            models.Index(
                F("answered_at").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(is_public=True),
                name="submission_answers",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""),
                name="answered_submission_has_answer",
                violation_error_message="Hãy nhập nội dung trả lời trước khi chọn “Đã trả lời”.",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(state="answered"),
                name="public_submission_is_answered",
                violation_error_message="Chỉ đăng ở mục Hỏi đáp sau khi đã trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="declined_submission_has_reason",
                violation_error_message="Hãy nêu lý do không tiếp nhận; người gửi đọc được.",
            ),
            models.CheckConstraint(
                condition=~Q(state="forwarded") | ~Q(forwarded_to=""),
                name="forwarded_submission_says_where",
                violation_error_message="Hãy ghi tên cơ quan được chuyển đến.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="petition") | ~Q(address="", phone="", erased_at=None),
                name="petition_has_address_or_phone",
                violation_error_message="Phản ánh, kiến nghị cần có địa chỉ hoặc điện thoại.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def grouped_code(self):
        return codes.grouped(self.code)

    @property
    def state_for_citizen(self):
        return self.State(self.state).for_citizen

    @property
    def shown_article(self):
        """Return the article it is about while the public may read that, else None."""
        return self.article if self.article and self.article.is_published() else None

    @property
    def is_waiting(self):
        return self.state in {self.State.NEW, self.State.IN_PROGRESS}


_STATES_FOR_CITIZENS = {
    Submission.State.NEW: "Đã nhận, chờ xử lý",
    Submission.State.SPAM: "Đã nhận, chờ xử lý",
    Submission.State.FORWARDED: "Đã chuyển đến cơ quan có thẩm quyền",
}


class Attachment(models.Model):
    """A picture or PDF sent along; re-encoded or checked by content before it is stored."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    file = models.FileField("tệp", storage=private_files, upload_to="attachments/", max_length=100)
    name = models.CharField("tên tệp", max_length=150)  # as sent, cleaned; for people only
    content_type = models.CharField("loại tệp", max_length=50)
    size = models.PositiveIntegerField("dung lượng")  # bytes, as stored

    class Meta:
        ordering = ["pk"]
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"

    def __str__(self):
        return self.name
