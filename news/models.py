"""Articles, their categories, photos, attachments and sound."""

import hashlib
import re

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone

from news.querysets import ArticleQuerySet, CategoryQuerySet
from portal import documents, renditions, text
from portal.fields import LineField, ParagraphsField
from portal.images import PictureField
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from portal.richtext import RichTextField, plain_text
from portal.slugs import TitleSlugField

# Alternative text seen on real portals: the file's name, or words that fit any picture.
_SAYS_NOTHING = re.compile(
    r".*\.(jpe?g|png|webp|gif|bmp|heic)|(hinh )?anh( tin)?( bai)?( viet)?|no image|img[_-]?\d*",
    re.I,
)
_UNDESCRIBED_PICTURE = re.compile(r'<img(?![^>]*\salt="[^"]*\w)[^>]*>')


class Category(NaturalKeyModel):
    name = LineField("tên", max_length=120)
    slug = TitleSlugField("đường dẫn", source="name", help_text="Để trống: lấy từ tên.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        verbose_name="thuộc chuyên mục",
        help_text="Chỉ có hai cấp: chuyên mục con không thể chứa chuyên mục khác.",
    )
    description = LineField("giới thiệu", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="category_is_not_its_own_parent",
                violation_error_message="Chuyên mục không thể thuộc chính nó.",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                nulls_distinct=False,
                name="category_name_is_unique_in_its_place",
                violation_error_message="Đã có chuyên mục cùng tên ở cấp này.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.parent and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": "Chuyên mục chỉ có hai cấp."})

    def get_absolute_url(self):
        return reverse("news:category", args=[self.slug])

    def path(self):
        """Return the way from the first level to this category, itself last."""
        return [self.parent, self] if self.parent else [self]

    def ancestors(self):
        return self.path()[:-1]


class Photo(NaturalKeyModel):
    """A picture with what it shows, usable in any number of articles."""

    natural_key_fields = ("image",)

    image = PictureField(
        "ảnh", upload_to="anh/%Y/%m", width_field="width", height_field="height", unique=True
    )
    width = models.PositiveIntegerField("rộng", editable=False)
    height = models.PositiveIntegerField("cao", editable=False)
    # The picture whose smaller sizes are there; another one's would show what was replaced.
    rendered = models.CharField(max_length=255, blank=True, editable=False)
    alt_text = LineField(
        "mô tả ảnh",
        max_length=250,
        help_text="Mô tả bằng lời nội dung ảnh, dành cho người không nhìn thấy ảnh.",
    )
    caption = LineField("chú thích", max_length=300, blank=True)
    credit = LineField("nguồn ảnh", max_length=120, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

    def __str__(self):
        return self.caption or self.alt_text

    def clean(self):
        if _SAYS_NOTHING.fullmatch(text.unaccented(self.alt_text)):
            raise ValidationError(
                {"alt_text": "Hãy mô tả nội dung ảnh; tên tệp hay “ảnh tin bài” không đủ."}
            )

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        transaction.on_commit(self.request_renditions)

    def request_renditions(self):
        """Have the worker make the smaller sizes unless they are there."""
        from news.tasks import render

        if self.rendered != self.image.name:
            render.enqueue(self.pk)

    def srcset(self):
        """Return the smaller sizes for an HTML srcset; nothing while there are none."""
        if self.rendered != self.image.name:
            return ""
        sizes = renditions.of(self.image.name, self.width)
        return ", ".join(f"{size.url} {size.width}w" for size in sizes)

    def is_in_approved(self):
        """Say whether an approved article shows this photo, so that readers see it."""
        in_article = Q(cover=self) | Q(photos__photo=self)
        return Article.objects.filter(in_article, state=Article.State.APPROVED).exists()


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
    cover = models.ForeignKey(
        Photo, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ảnh đại diện"
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

    def save(self, *args, **kwargs):
        self.appear_now_unless_scheduled()
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)
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


class ArticlePhotoQuerySet(NaturalKeyQuerySet):
    def with_picture(self):
        """Leave out captions that still wait for their picture."""
        return self.filter(photo__isnull=False).select_related("photo")


class ArticlePhoto(NaturalKeyModel):
    """A captioned photo under an article's text; an imported caption may wait for its photo."""

    natural_key_fields = ("article__slug", "position")

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, verbose_name="ảnh")
    caption = LineField(
        "chú thích", max_length=300, blank=True, help_text="Để trống: dùng chú thích của ảnh."
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = ArticlePhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "ảnh kèm bài"
        verbose_name_plural = "ảnh kèm bài"

    def __str__(self):
        return self.shown_caption

    @property
    def shown_caption(self):
        return self.caption or (self.photo.caption if self.photo else "")


class Attachment(models.Model):
    """A document offered with an article; its kind was checked by content."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="attachments")
    title = LineField("tên tài liệu", max_length=200)
    file = models.FileField("tệp", upload_to="tai-lieu/%Y/%m", max_length=255)
    kind = models.CharField("loại", max_length=4, editable=False)
    size = models.PositiveIntegerField("kích thước", editable=False)  # bytes
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"

    def __str__(self):
        return self.title

    def clean(self):
        if self.file and not self.file._committed:
            self.kind = documents.check(self.file.file)
            self.size = self.file.size
            self.file.name = documents.random_name(self.kind)


class Narration(models.Model):
    """An article read aloud, or why that failed."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="narration")
    key = models.CharField(max_length=64, editable=False)
    file = models.FileField("tệp âm thanh", upload_to="nghe/%Y/%m", blank=True, editable=False)
    duration = models.DecimalField(
        "thời lượng (giây)", max_digits=8, decimal_places=2, null=True, editable=False
    )
    error = models.TextField("lỗi", blank=True, editable=False)
    made_at = models.DateTimeField("tạo lúc", auto_now=True)

    class Meta:
        verbose_name = "bản đọc"
        verbose_name_plural = "bản đọc"

    def __str__(self):
        return str(self.article)
