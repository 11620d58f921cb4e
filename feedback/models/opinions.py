"""«Thông tin này có hữu ích không?»: what readers say of one article."""

from django.db import models
from django.utils import timezone

from portal.fields import LineField


class Opinion(models.Model):
    """One browser's yes or no about an article; said again it is changed, not added."""

    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="opinions", verbose_name="bài viết"
    )
    ballot = models.UUIDField(editable=False)  # the random number in the reader's signed cookie
    is_helpful = models.BooleanField("hữu ích")
    remark = LineField("ý kiến thêm", max_length=300, blank=True)
    at = models.DateTimeField("lúc", default=timezone.now, editable=False, db_index=True)
    # Hash of network and browser under a key that changes every day; never an address.
    voter = models.BinaryField(max_length=16, null=True, editable=False)
    is_suspect = models.BooleanField("nghi do máy gửi", default=False)

    class Meta:
        ordering = ["-at"]
        verbose_name = "ý kiến về bài viết"
        verbose_name_plural = "ý kiến về bài viết"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "ballot"], name="one_opinion_per_article_and_browser"
            )
        ]

    def __str__(self):
        return "Có ích" if self.is_helpful else "Chưa có ích"
