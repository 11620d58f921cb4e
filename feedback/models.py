"""What citizens send and how they rate: submissions, polls, ballots."""

from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from feedback import codes
from feedback.answers import FindableAnswer
from portal import text
from portal.fields import MomentField, readable
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from portal.slugs import SluggedModel, TitleSlugField


class SubmissionQuerySet(NaturalKeyQuerySet):
    def published(self):
        """Return answered submissions whose answer staff have put on the public page."""
        return self.filter(state=Submission.State.ANSWERED, is_public=True).order_by(
            F("answered_at").desc(nulls_last=True), "-pk"
        )

    def for_reading(self):
        """Return what the page of answers shows: the article joined, the name left behind."""
        return self.select_related("article").defer("name", "article__body")

    def waiting(self):
        """Return what still waits for an answer, longest first."""
        return self.filter(state__in=[Submission.State.NEW, Submission.State.IN_PROGRESS]).order_by(
            "received_at"
        )

    def with_code(self, typed):
        """Return the submission, at most one, with a tracking code as a citizen typed it."""
        return self.filter(code=codes.normalize(typed))

    @transaction.atomic
    def receive(self, *, nonce, name, title, content, article=None, is_spam=False):
        """
        Save what a citizen sent and return the submission with its tracking code.

        ``nonce`` is that of the opened form: sent twice, the first submission is returned.
        """
        submission, _ = self.get_or_create(
            nonce=nonce,
            defaults={
                "code": codes.new(),
                "name": name,
                "title": title,
                "content": content,
                "article": article,
                "state": Submission.State.SPAM if is_spam else Submission.State.NEW,
            },
        )
        return submission


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

    code = models.CharField("mã tra cứu", max_length=10, unique=True, editable=False)
    nonce = models.CharField(max_length=64, unique=True, editable=False)  # one per opened form
    name = models.CharField("họ tên", max_length=100)
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
    state = models.CharField("trạng thái", max_length=11, choices=State, default=State.NEW)
    received_at = models.DateTimeField("nhận lúc", default=timezone.now, editable=False)
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
        help_text="Tiêu đề, nội dung và trả lời hiện công khai; họ tên không hiện.",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name = "góp ý"
        verbose_name_plural = "góp ý"
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
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self.answer = text.clean(self.answer)
        if self.answer and self.state == self.State.NEW:
            self.state = self.State.ANSWERED

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

    def waiting_days(self, at=None) -> int | None:
        """Return the whole days since it was received, or None when it waits no longer."""
        if not self.is_waiting:
            return None
        today = timezone.localdate(at or timezone.now())
        return (today - timezone.localdate(self.received_at)).days

    def record_answer(self, *, by, at=None):
        """Note who answered and when, the first time there is an answer; not saved yet."""
        if self.answer and self.answered_at is None:
            self.answered_at = at or timezone.now()
            self.answered_by = by


_STATES_FOR_CITIZENS = {
    Submission.State.NEW: "Đã tiếp nhận, chờ xử lý",
    Submission.State.SPAM: "Đã tiếp nhận, chờ xử lý",
    Submission.State.FORWARDED: "Đã chuyển đến cơ quan có thẩm quyền",
}


class UsedChallenge(models.Model):
    """A confirmation code that was tried; no code is taken twice (see feedback/challenge.py)."""

    nonce = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "mã kiểm tra đã dùng"
        verbose_name_plural = "mã kiểm tra đã dùng"

    def __str__(self):
        return self.nonce


class NetworkUse(models.Model):
    """How often a network did one thing within an hour; kept a day (see feedback/limits.py)."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash, never an address
    uses = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "lượt dùng theo mạng"
        verbose_name_plural = "lượt dùng theo mạng"

    def __str__(self):
        return f"{self.uses}"


class PollQuerySet(NaturalKeyQuerySet):
    def open(self, at=None):
        """Return the polls that take ballots at a moment (now unless given)."""
        at = at or timezone.now()
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=at), opens_at__lte=at)

    def opened(self, at=None):
        """Return the polls that were opened by a moment, those closed since included."""
        return self.filter(opens_at__lte=at or timezone.now())

    def with_options(self):
        return self.prefetch_related("options")

    def with_ballot_count(self):
        """Annotate ``ballot_count``: how many browsers voted."""
        return self.annotate(ballot_count=Count("votes")).order_by(*Poll._meta.ordering)

    def with_slug(self, slug):
        """Return the poll with a slug as it came from outside, or None."""
        return self.filter(slug=text.clean_line(slug)).first()

    def shown_first(self, at=None):
        """Return the first open poll, else the first at all; None when there is none."""
        return self.open(at).first() or self.first()


class OptionResult(NamedTuple):
    label: str
    votes: int  # count
    share: Decimal | None  # percent of all votes, 0–100; None before the first vote

    @property
    def bar_width(self) -> str:
        """Return the share as an SVG length out of 100, with a point whatever the language."""
        return f"{self.share or 0:f}"


class PollResults(list[OptionResult]):
    """One row per option, in display order."""

    @property
    def ballots(self) -> int:
        """Return how many browsers voted."""
        return sum(row.votes for row in self)


class Poll(SluggedModel):
    slug = TitleSlugField("đường dẫn", source="question", help_text="Để trống: lấy từ câu hỏi.")
    question = models.CharField("câu hỏi", max_length=250)
    introduction = models.CharField("lời dẫn", max_length=300, blank=True)
    opens_at = MomentField("mở lúc", default=timezone.now)
    closes_at = MomentField("đóng lúc", null=True, blank=True, help_text="Để trống: không đóng.")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["position", "-opens_at"]
        verbose_name = "câu hỏi đánh giá"
        verbose_name_plural = "câu hỏi đánh giá"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="poll_closes_after_it_opens",
                violation_error_message="Thời điểm đóng phải sau thời điểm mở.",
            ),
            readable("opens_at", "closes_at", name="poll_moments_readable"),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("feedback:poll-results") + f"?cau-hoi={self.slug}"

    def is_open(self, at=None):
        at = at or timezone.now()
        return self.opens_at <= at and (self.closes_at is None or self.closes_at > at)

    def cast(self, option, ballot) -> bool:
        """
        Count a browser's ballot for an option, moving it from the one chosen before.

        Return True for a first ballot, False for a moved one.
        """
        _, is_first = self.votes.update_or_create(
            ballot=ballot, defaults={"option": option, "cast_at": timezone.now()}
        )
        return is_first

    def results(self) -> PollResults:
        """
        Return one row per option, in display order.

        Shares are rounded to 0.1 % independently, so they may not total 100.
        """
        # Grouping drops the model's own order.
        options = list(self.options.annotate(votes=Count("ballots")).order_by("position", "pk"))
        total = sum(option.votes for option in options)
        return PollResults(
            OptionResult(
                option.text,
                option.votes,
                (Decimal(option.votes) / total * 100).quantize(Decimal("0.1")) if total else None,
            )
            for option in options
        )


class OptionQuerySet(NaturalKeyQuerySet):
    def of_first_open_poll(self, at=None):
        """Return the options of the open poll shown first, each with its poll, in one query."""
        polls = Poll.objects.open(at).filter(options__isnull=False)
        return self.filter(poll=polls.values("pk")[:1]).select_related("poll")


class Option(NaturalKeyModel):
    natural_key_fields = ("poll__slug", "text")

    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="options", verbose_name="câu hỏi đánh giá"
    )
    text = models.CharField("phương án", max_length=150)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = OptionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "phương án"
        verbose_name_plural = "phương án"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "text"],
                name="option_text_is_unique_in_poll",
                violation_error_message="Câu hỏi này đã có phương án như vậy.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="option_has_text",
                violation_error_message="Hãy nhập nội dung phương án.",
            ),
            # What lets a vote be tied to an option of its own poll (migration 0002).
            models.UniqueConstraint(fields=["id", "poll"], name="option_id_with_its_poll"),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self.text = text.clean_line(self.text)
        if self.pk and Option.objects.filter(pk=self.pk).exclude(text=self.text).exists():
            self.refuse_change_after_ballots()

    def refuse_change_after_ballots(self):
        """Raise ValidationError once somebody chose this: their choice keeps its meaning."""
        if self.ballots.exists():
            raise ValidationError(
                f"Phương án “{Option.objects.get(pk=self.pk)}” đã có phiếu nên không sửa, "
                "không xóa được. Hãy đặt thời điểm đóng cho câu hỏi này và lập câu hỏi mới."
            )


class VoteQuerySet(models.QuerySet):
    def choices_of(self, ballot) -> dict[int, int]:
        """Return what a ballot chose: option ids by poll id."""
        return dict(self.filter(ballot=ballot).values_list("poll_id", "option_id"))


class Vote(models.Model):
    """One browser's ballot in one poll; voting again moves it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    # RESTRICT: an option with ballots goes only together with its whole poll.
    option = models.ForeignKey(Option, models.RESTRICT, related_name="ballots")
    ballot = models.UUIDField()  # the random token in the voter's signed cookie
    cast_at = models.DateTimeField(default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "ballot"], name="one_ballot_per_poll_and_browser"
            )
        ]

    def __str__(self):
        return f"{self.poll_id}: {self.option_id}"
