"""What came from elsewhere, so that bringing it again changes nothing."""

from django.db import models

from news.models.articles import Article
from news.models.photos import Photo


class ImportedArticle(models.Model):
    """An article of another portal under the name it had there; outlives the article here."""

    origin = models.CharField("nơi cũ", max_length=120)
    key = models.CharField("mã cũ", max_length=300)
    article = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        related_name="imported_from",
        verbose_name="bài viết",
    )
    digest = models.CharField(max_length=64)  # of what was read, to see that it changed there
    revision = models.PositiveIntegerField()  # the article's when imported; later ones are ours

    class Meta:
        verbose_name = "bài đã nhập"
        verbose_name_plural = "bài đã nhập"
        constraints = [
            models.UniqueConstraint(fields=["origin", "key"], name="one_import_per_origin_and_key")
        ]

    def __str__(self):
        return f"{self.origin}: {self.key}"


class ImportedPhoto(models.Model):
    """A picture that an import brought, known again by its bytes."""

    digest = models.CharField(max_length=64, unique=True)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="imported_from")

    class Meta:
        verbose_name = "ảnh đã nhập"
        verbose_name_plural = "ảnh đã nhập"

    def __str__(self):
        return str(self.photo)
