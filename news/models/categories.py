"""What articles are sorted by: the department's categories and free topics."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from news.querysets import CategoryQuerySet
from portal.fields import LineField
from portal.natural_keys import NaturalKeyModel
from portal.slugs import TitleSlugField


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
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="categories",
        verbose_name="người phụ trách",
        help_text="Ai có tên ở đây chỉ soạn, duyệt bài của các chuyên mục mình phụ trách.",
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

    def get_absolute_url(self):
        return reverse("news:category", args=[self.slug])

    def path(self):
        """Return the way from the first level to this category, itself last."""
        return [self.parent, self] if self.parent else [self]

    def ancestors(self):
        return self.path()[:-1]


class Tag(NaturalKeyModel):
    """A topic that runs through the categories, such as «khuyến công»."""

    name = LineField("tên", max_length=80, unique=True)
    slug = TitleSlugField("đường dẫn", source="name", help_text="Để trống: lấy từ tên.")

    class Meta:
        ordering = ["name"]
        verbose_name = "chủ đề"
        verbose_name_plural = "chủ đề"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:tag", args=[self.slug])
