"""What articles are sorted by: the department's categories and free topics."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from news import traces
from news.querysets import CategoryQuerySet, TagQuerySet
from portal.fields import LineField
from portal.search.entries import Document
from portal.search.findable import Findable
from portal.search.models import SearchEntry
from portal.slugs import SluggedModel, TitleSlugField

# What stands at these places under /rss/ is no category's feed (portal/urls.py).
FIXED_FEEDS = ("nghe",)


class Category(Findable, SluggedModel):
    search_kind = SearchEntry.Kind.CATEGORY

    name = LineField("tên", max_length=120)
    slug = TitleSlugField(
        "đường dẫn",
        source="name",
        reserved=FIXED_FEEDS,
        former="former_slugs",
        help_text="Để trống: lấy từ tên.",
    )
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
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="categories",
        verbose_name="người phụ trách",
        help_text="Ai có tên ở đây chỉ soạn, duyệt bài của các chuyên mục mình phụ trách; ai không "
        "có tên ở chuyên mục nào thì làm mọi chuyên mục.",
    )

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

    @transaction.atomic
    def save(self, *args, **kwargs):
        former = Category.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        super().save(*args, **kwargs)
        traces.move(self, former, self.slug)

    def get_absolute_url(self):
        return reverse("news:category", args=[self.slug])

    def path(self):
        """Return the way from the first level to this category, itself last."""
        return [self.parent, self] if self.parent else [self]

    def ancestors(self):
        return self.path()[:-1]

    def family(self):
        """Return the primary keys of this category and of its children."""
        return [self.pk, *(child.pk for child in self.children.all())]

    def search_document(self):
        return Document(
            self.search_kind,
            self.pk,
            url=self.get_absolute_url(),
            title=self.name,
            lead=self.description,
        )


class FormerCategorySlug(models.Model):
    """An address readers may still have; it leads to where the category is now."""

    slug = models.SlugField("đường dẫn cũ", max_length=120, unique=True)
    category = models.ForeignKey(Category, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "đường dẫn cũ của chuyên mục"
        verbose_name_plural = "đường dẫn cũ của chuyên mục"

    def __str__(self):
        return self.slug


class Tag(Findable, SluggedModel):
    """A topic that runs through the categories, such as «khuyến công»."""

    search_kind = SearchEntry.Kind.TAG

    name = LineField("tên", max_length=80, unique=True)
    slug = TitleSlugField("đường dẫn", source="name", help_text="Để trống: lấy từ tên.")

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "chủ đề"
        verbose_name_plural = "chủ đề"

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        Tag.objects.filter(pk=self.pk).outdate_articles()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        Tag.objects.filter(pk=self.pk).outdate_articles()
        return super().delete(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("news:tag", args=[self.slug])

    def search_document(self):
        return Document(self.search_kind, self.pk, url=self.get_absolute_url(), title=self.name)
