"""Polls: a question, its options, one ballot per browser."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from feedback.models.doubts import Doubted, DoubtedQuerySet, set_aside_is_suspect
from feedback.models.option_totals import OptionTotal
from feedback.models.poll_results import MonthResult, PollResults
from portal import text
from portal.fields import MomentField, readable
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from portal.slugs import SluggedModel, TitleSlugField
from portal.turns import Turning


class PollQuerySet(Turning, NaturalKeyQuerySet):
    turns_at = ("opens_at", "closes_at")

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
        """Annotate ``ballot_count``, how many ballots are counted, and how many await a look."""
        return self.annotate(
            ballot_count=Coalesce(Sum("options__totals__votes"), 0),
            awaiting_count=Coalesce(Sum("options__totals__awaiting"), 0),
        ).order_by(*Poll._meta.ordering)

    def answerable(self, at=None):
        """Return the open polls that have something to choose, with their options."""
        return (
            self.open(at).filter(Exists(Option.objects.filter(poll=OuterRef("pk")))).with_options()
        )

    def with_slug(self, slug):
        """Return the poll with a slug as it came from outside, or None."""
        return self.filter(slug=text.clean_line(slug)).first()

    def shown_first(self, at=None):
        """Return the first open poll, else the first at all; None when there is none."""
        return self.open(at).first() or self.first()


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

    def results(self) -> PollResults:
        """
        Return one row per option, in display order.

        Shares are rounded to 0.1 % independently, so they may not total 100.
        """
        # Grouping drops the model's own order.
        options = list(self.options.with_votes().order_by("position", "pk"))
        return PollResults.of(
            ((option.text, option.points, option.votes) for option in options),
            awaiting=sum(option.awaiting for option in options),
            set_aside=sum(option.set_aside for option in options),
        )

    def by_month(self, at=None) -> list[MonthResult]:
        """
        Return the results of each month, from the first with a ballot to now or the closing.

        A ballot belongs to the month in which it was last moved.
        """
        totals = OptionTotal.objects.filter(option__poll=self)
        votes = dict(totals.per_month_and_option())
        if not votes:
            return []
        options = list(self.options.all())
        at = at or timezone.now()
        last = timezone.localdate(min(at, self.closes_at or at))
        months = _months(min(votes)[0], max(last, *(month for month, _ in votes)))
        return [
            MonthResult(
                month,
                PollResults.of(
                    (option.text, option.points, votes.get((month, option.pk), 0))
                    for option in options
                ),
            )
            for month in months
        ]


def _months(first: date, last: date) -> Iterable[date]:
    """Return the first days of the months from that of one day to that of another."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


class OptionQuerySet(NaturalKeyQuerySet):
    def of_first_open_poll(self, at=None):
        """Return the options of the open poll shown first, each with its poll, in one query."""
        polls = Poll.objects.open(at).filter(options__isnull=False)
        return self.filter(poll=polls.values("pk")[:1]).select_related("poll")

    def with_votes(self):
        """Annotate ``votes`` that are counted, those ``awaiting`` a decision and ``set_aside``."""
        return self.annotate(
            votes=Coalesce(Sum("totals__votes"), 0),
            awaiting=Coalesce(Sum("totals__awaiting"), 0),
            set_aside=Coalesce(Sum("totals__set_aside"), 0),
        )


class Option(NaturalKeyModel):
    natural_key_fields = ("poll__slug", "text")

    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="options", verbose_name="câu hỏi đánh giá"
    )
    text = models.CharField("phương án", max_length=150)
    points = models.PositiveSmallIntegerField(
        "điểm",
        null=True,
        blank=True,
        help_text="Chỉ dùng khi các phương án là thang điểm: 5 là mức tốt nhất.",
    )
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
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__range=(1, 5)),
                name="option_points_in_range",
                violation_error_message="Điểm từ 1 đến 5.",
            ),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self.text = text.clean_line(self.text)
        before = Option.objects.filter(pk=self.pk).first()
        # Points may still be given to what had none; its ballots then count for a mean as well.
        if before and (before.text != self.text or before.points not in {None, self.points}):
            self.refuse_change_after_ballots()

    def refuse_change_after_ballots(self):
        """Raise ValidationError once somebody chose this: their choice keeps its meaning."""
        if self.ballots.exists():
            raise ValidationError(
                f"Phương án “{Option.objects.get(pk=self.pk)}” đã có phiếu nên không sửa, "
                "không xóa được. Hãy đặt thời điểm đóng cho câu hỏi này và lập câu hỏi mới."
            )


class VoteQuerySet(DoubtedQuerySet):
    def choices_of(self, ballot) -> dict[int, int]:
        """Return what a ballot chose: option ids by poll id."""
        return dict(self.of_ballot(ballot).values_list("poll_id", "option_id"))

    def cast(self, ballot, options) -> None:
        """
        Count a browser's ``ballots.Ballot`` for an option of each poll, in one statement.

        Where it chose another one before, it is moved, and is as suspect as it was.
        """
        now = timezone.now()
        self.bulk_create(
            [
                self.model(
                    poll_id=option.poll_id,
                    option=option,
                    ballot=ballot.number,
                    cast_at=now,
                    voter=ballot.voter,
                    is_suspect=ballot.is_suspect,
                )
                # One order in every request, so that none waits for another.
                for option in sorted(options, key=lambda option: option.poll_id)
            ],
            update_conflicts=True,
            unique_fields=["poll", "ballot"],
            update_fields=["option", "cast_at"],
        )


class Vote(Doubted):
    """One browser's ballot in one poll; voting again moves it. OptionTotal follows."""

    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="votes", verbose_name="câu hỏi đánh giá"
    )
    # RESTRICT: an option with ballots goes only together with its whole poll.
    option = models.ForeignKey(Option, models.RESTRICT, related_name="ballots")
    cast_at = models.DateTimeField(default=timezone.now)

    about, choice, moment = "poll", "option__text", "cast_at"

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "ballot"], name="one_ballot_per_poll_and_browser"
            ),
            set_aside_is_suspect("vote_set_aside_is_suspect"),
        ]
        indexes = [
            models.Index(fields=["ballot"], name="vote_by_ballot"),
            models.Index(
                fields=["poll", "cast_at"], condition=Q(is_suspect=True), name="suspect_votes"
            ),
        ]

    def __str__(self):
        return f"{self.poll_id}: {self.option_id}"
