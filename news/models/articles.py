"""The article."""

import hashlib
from datetime import datetime
from functools import partial
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from news import schedule, traces, versions
from news.models.categories import Category, Tag
from news.models.photos import Photo
from news.querysets import TITLE_AND_LEAD, ArticleQuerySet
from portal.compiled import Asked, Compiled
from portal.fields import LineField, MomentField, ParagraphsField, readable
from portal.pagecache.snapshots import Snapshots
from portal.richtext import RichTextField, plain_text
from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import SearchEntry
from portal.slugs import SluggedModel, TitleSlugField

# What stands at these places under /tin-tuc/ is no article (news/urls.py).
FIXED_ADDRESSES = ("chu-de", "chuyen-muc", "doc-nhieu", "luu-tru")


class Article(Findable, SluggedModel):
    search_kind = SearchEntry.Kind.ARTICLE

    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        SUBMITTED = "submitted", "Chờ duyệt"
        APPROVED = "approved", "Đã duyệt"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    title = LineField("tiêu đề", max_length=250)
    slug = TitleSlugField(
        "đường dẫn",
        reserved=FIXED_ADDRESSES,
        former="former_slugs",
        help_text="Để trống: lấy từ tiêu đề. Không tự đổi khi sửa tiêu đề.",
    )
    lead = ParagraphsField(
        "sapo", blank=True, help_text="Đoạn mở đầu: in đậm ở đầu bài, hiện cả trong danh sách tin."
    )
    body = RichTextField("nội dung", blank=True)
    byline = LineField("tác giả", max_length=120, blank=True)
    issuing_unit = LineField("đơn vị phát hành", max_length=200, blank=True)
    place = LineField(
        "địa bàn", max_length=80, blank=True, help_text="Tỉnh hoặc địa phương mà bài nói về."
    )
    source = LineField(
        "nguồn", max_length=200, blank=True, help_text="Nơi đăng đầu tiên, nếu dẫn lại."
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="articles", verbose_name="chuyên mục"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles", verbose_name="chủ đề")
    cover = models.ForeignKey(
        Photo,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="covered_articles",
        verbose_name="ảnh đại diện",
    )
    related = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        verbose_name="tin liên quan",
        help_text="Hiện trước các bài cổng tự tìm theo chủ đề, chuyên mục và nội dung.",
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    published_at = MomentField(
        "thời điểm đăng",
        years_ahead=schedule.YEARS_AHEAD["published_at"],
        null=True,
        blank=True,
        help_text="Giờ Việt Nam. Bài đã duyệt sẽ xuất hiện đúng thời điểm này.",
    )
    expires_at = MomentField(
        "thời điểm hết hạn",
        years_ahead=schedule.YEARS_AHEAD["expires_at"],
        null=True,
        blank=True,
        help_text="Để trống: không có hạn.",
    )
    is_featured = models.BooleanField(
        "tin nổi bật", default=False, help_text="Đưa lên đầu trang chủ."
    )
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("sửa lúc", default=timezone.now, editable=False)
    # When what readers see last changed after it was published; NULL: never.
    revised_at = models.DateTimeField(null=True, editable=False)
    # Whether readers had it before it was last saved, whatever has become of it (news/traces.py).
    was_public = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="created_articles",
        verbose_name="người soạn",
    )
    revision = models.PositiveIntegerField(default=0, editable=False)  # counts the saves
    # Found by news/alike.py when the article is saved; primary keys, most alike first.
    alike = ArrayField(models.BigIntegerField(), default=list, editable=False)

    objects = ArticleQuerySet.as_manager()

    # Annotated where a page shows them: ArticleQuerySet.with_correction, with_views.
    corrected_at = None
    views = 0

    # The photos about to stand below, by row, while they differ from those stored.
    photos_to_be = None

    # What other apps keep in step with a text, told of each save within its transaction.
    kept_in_step: ClassVar[list] = []

    # Among what waits for the worker; an import lowers it, for what is new comes first.
    task_priority = 0

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        permissions = [("publish_article", "Được duyệt đăng và gỡ bài viết")]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="article_newest"),
            models.Index(fields=["-updated_at", "-id"], name="article_last_saved"),
            GinIndex(TITLE_AND_LEAD, name="article_words"),
            models.Index(
                fields=["category", "-published_at", "-id"],
                include=["state", "expires_at"],
                name="article_latest_in_category",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                include=["expires_at"],
                condition=Q(state="approved"),
                name="article_published",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state="approved", is_featured=True),
                name="article_featured",
            ),
            models.Index(
                fields=["expires_at"],
                include=["published_at", "category"],
                condition=Q(state="approved", expires_at__isnull=False),
                name="article_ending",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(published_at__isnull=False),
                name="approved_article_has_publication_time",
                violation_error_message="Bài đã duyệt phải có thời điểm đăng.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("published_at")),
                name="article_expires_after_publication",
                violation_error_message="Thời điểm hết hạn phải sau thời điểm đăng.",
            ),
            readable("published_at", "expires_at", name="article_moments_readable"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if schedule.is_mistyped(self):
            return  # refused by the field; of such a moment nothing else can be said
        self.appear_now_unless_scheduled()
        if self.state == self.State.APPROVED:
            self._refuse_what_must_be_put_right()

    def _refuse_what_must_be_put_right(self):
        from news import checklist

        mistakes = {}
        for finding in checklist.refusals(self):
            # Photos have rows of their own: no box of the article's form is called so.
            field = finding.place.field if finding.place.field != "photos" else NON_FIELD_ERRORS
            mistakes.setdefault(field, []).append(finding.message)
        if mistakes:
            raise ValidationError(mistakes)

    @transaction.atomic
    def save(self, *args, by=None, note="", **kwargs):
        """
        Store the article as its next revision.

        ``by`` is who saves and ``note`` what was done; both stand beside the version.
        """
        self.appear_now_unless_scheduled()
        self.updated_at = timezone.now()
        self.revision = versions.keep_stored(self) + 1
        readers_had = traces.before(self)
        self.was_public = readers_had is not None
        if kwargs.get("update_fields") is not None:
            counted = {"revision", "updated_at", "was_public"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *counted}
        super().save(*args, **kwargs)
        traces.leave(self, readers_had)
        if not self.is_published():  # off the disk before whoever withdrew it is told so
            transaction.on_commit(partial(Snapshots().forget_article, self.pk))
        versions.record(self, by=by, note=note)
        for keep in self.kept_in_step:
            keep(self)
        if self.state == self.State.APPROVED:
            transaction.on_commit(self.request_narration)
            transaction.on_commit(self.request_alike)

    def parts_saved(self):
        """Have version and search know the photos, documents and topics saved after the article."""
        versions.record(self)
        self.refresh_search_entry()

    def get_absolute_url(self):
        return reverse("news:article", args=[self.slug])

    @property
    def page(self):
        """Return the name under which readers of this article are counted."""
        return f"article:{self.pk}"

    def appear_now_unless_scheduled(self):
        """Give an approved article without a publication time the present one."""
        if self.state == self.State.APPROVED and self.published_at is None:
            self.published_at = timezone.now()

    def is_scheduled(self, at=None):
        """Say what ``ArticleQuerySet.scheduled`` says, for this article as it is in memory."""
        at = at or timezone.now()
        return (
            self.state == self.State.APPROVED
            and self.published_at is not None
            and self.published_at > at
        )

    def is_published(self, at=None):
        """Say what ``ArticleQuerySet.published`` says, for this article as it is in memory."""
        at = at or timezone.now()
        return (
            self.state == self.State.APPROVED
            and self.published_at is not None
            and self.published_at <= at
            and (self.expires_at is None or self.expires_at > at)
        )

    def standing(self) -> str:
        """Say where the article stands for a reader, not only in the workflow."""
        if self.state != self.State.APPROVED:
            return self.get_state_display()
        if self.is_published():
            return "Đã đăng"
        return "Hẹn giờ" if self.is_scheduled() else "Đã hết hạn"

    def changed_at(self):
        """
        Return when what readers see last changed after publication; None if it never did.

        A correction is a change, where the queryset was asked ``with_correction``.
        """
        moments = [moment for moment in (self.revised_at, self.corrected_at) if moment]
        latest = max(moments, default=self.published_at)
        return latest if latest > self.published_at else None

    def related_articles(self, count=4) -> "Related":
        """
        Return published articles to go on to, ``count`` of them related.

        Those chosen by staff come first, then those found to be alike; while neither are
        there, the newest of the category.
        """
        found = {}
        place = {name: getattr(self, name) for name in Place._fields}
        for other in _around(**place, at=timezone.now()):
            found.setdefault(other.role, []).append(other)
        by_likeness = {pk: place for place, pk in enumerate(self.alike)}
        alike = sorted(found.get("alike", []), key=lambda other: by_likeness[other.pk])
        related = {other.pk: other for other in [*found.get("chosen", []), *alike]}
        return Related(
            articles=list(related.values())[:count] or found.get("newest", [])[:count],
            older=found.get("older", [None])[0],
            newer=found.get("newer", [None])[0],
        )

    def text_under_title(self):
        """Return lead and body as plain text, one line per paragraph."""
        return "\n".join(part for part in (self.lead, plain_text(self.body)) if part)

    def search_document(self):
        """Return all that readers see of an approved article, also before its time has come."""
        if self.state != self.State.APPROVED:
            return None
        parts = [attachment.title for attachment in self.attachments.all()]
        parts += [photo.shown_caption for photo in self.photos.all()]
        parts += [tag.name for tag in self.tags.all()]
        parts += [self.place, self.byline, self.issuing_unit]
        return Document(
            self.search_kind,
            self.pk,
            url=self.get_absolute_url(),
            title=self.title,
            lead=self.lead,
            body=plain_text(self.body),
            beside="\n".join(filter(None, parts)),
            category_id=self.category_id,
            shown_from=self.published_at,
            shown_until=self.expires_at,
        )

    def text_to_read(self):
        """Return what is read aloud: the title, then the text under it."""
        return f"{self.title}\n{self.text_under_title()}".strip()

    def narration_key(self):
        """Return what changes exactly when the words to be read change."""
        return hashlib.sha256(self.text_to_read().encode()).hexdigest()

    def request_narration(self):
        """Queue the reading aloud of this article unless its sound is current; retry a failure."""
        from news.models.parts import Narration
        from news.tasks import narrate

        made = Q(key=self.narration_key(), error="") | Q(is_recording=True)
        if not Narration.objects.filter(made, article=self).exists():
            narrate.using(priority=self.task_priority).enqueue(self.pk)

    def request_alike(self):
        """Queue the search for articles like this one."""
        from news.tasks import find_alike

        find_alike.using(priority=self.task_priority).enqueue(self.pk)

    def current_narration(self):
        """Return the sound of exactly this text, or None: no sound, no player."""
        narration = getattr(self, "narration", None)
        return narration if narration and narration.is_of(self) else None


class Place(NamedTuple):
    """Where an article stands among the others, or what stands for it in a question."""

    pk: int | Asked
    category_id: int | Asked
    published_at: datetime | Asked


_around = Compiled(
    lambda at, pk, category_id, published_at: Article.objects.around(
        Place(pk, category_id, published_at), at
    )
)


class Related(NamedTuple):
    """Where to go on from an article."""

    articles: list[Article]
    older: Article | None  # the one before it in its category
    newer: Article | None
