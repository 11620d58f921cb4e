"""The article."""

import hashlib
import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone

from news import versions
from news.models.categories import Category, Tag
from news.models.photos import Photo
from news.querysets import ArticleQuerySet
from portal.fields import LineField, ParagraphsField
from portal.natural_keys import NaturalKeyModel
from portal.richtext import RichTextField, plain_text
from portal.slugs import TitleSlugField

_UNDESCRIBED_PICTURE = re.compile(r'<img(?![^>]*\salt="[^"]*\w)[^>]*>')


class Article(NaturalKeyModel):
    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        SUBMITTED = "submitted", "Chờ duyệt"
        APPROVED = "approved", "Đã duyệt"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    title = LineField("tiêu đề", max_length=250)
    slug = TitleSlugField(
        "đường dẫn", help_text="Để trống: lấy từ tiêu đề. Không tự đổi khi sửa tiêu đề."
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
        help_text="Để trống: cổng tự chọn tin mới cùng chuyên mục.",
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(
        "thời điểm đăng",
        null=True,
        blank=True,
        help_text="Giờ Việt Nam. Bài đã duyệt sẽ xuất hiện đúng thời điểm này.",
    )
    expires_at = models.DateTimeField(
        "thời điểm hết hạn", null=True, blank=True, help_text="Để trống: không có hạn."
    )
    is_featured = models.BooleanField(
        "tin nổi bật", default=False, help_text="Đưa lên đầu trang chủ."
    )
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("sửa lúc", default=timezone.now, editable=False)
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
    search = models.GeneratedField(
        expression=Func(F("title"), F("lead"), F("body"), function="news_article_document"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        permissions = [("publish_article", "Được duyệt đăng và gỡ bài viết")]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="article_newest"),
            models.Index(
                fields=["category", "-published_at", "-id"], name="article_newest_in_category"
            ),
            GinIndex(fields=["search"], name="article_search"),
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
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self.appear_now_unless_scheduled()
        if self.state == self.State.APPROVED and not self.text_under_title():
            raise ValidationError("Bài chưa có sapo và nội dung nên chưa đăng được.")
        if self.state == self.State.APPROVED and _UNDESCRIBED_PICTURE.search(self.body):
            raise ValidationError(
                {"body": "Có ảnh chưa được mô tả: hãy bấm đúp vào ảnh rồi điền ô “Mô tả ảnh”."}
            )

    @transaction.atomic
    def save(self, *args, by=None, note="", **kwargs):
        """
        Store the article as its next revision.

        ``by`` is who saves and ``note`` what was done; both stand beside the version.
        """
        self.appear_now_unless_scheduled()
        self.updated_at = timezone.now()
        self.revision += 1
        super().save(*args, **kwargs)
        versions.record(self, by=by, note=note)
        if self.state == self.State.APPROVED:
            transaction.on_commit(self.request_narration)

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

    def related_articles(self, count=4):
        """
        Return up to ``count`` published articles: those chosen, else the newest alike.

        Alike means of the same category. An empty list when there is nothing to show.
        """
        others = Article.objects.published().for_cards().newest_first().exclude(pk=self.pk)
        chosen = list(others.filter(pk__in=self.related.values("pk"))[:count])
        return chosen or list(others.filter(category=self.category_id)[:count])

    def text_under_title(self):
        """Return lead and body as plain text, one line per paragraph."""
        return "\n".join(part for part in (self.lead, plain_text(self.body)) if part)

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

        made = Narration.objects.filter(article=self, key=self.narration_key(), error="")
        if not made.exists():
            narrate.enqueue(self.pk)

    def current_narration(self):
        """Return the sound of exactly this text, or None: no sound, no player."""
        narration = getattr(self, "narration", None)
        if narration and narration.file and narration.key == self.narration_key():
            return narration
        return None
