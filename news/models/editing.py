"""What staff did and are doing with an article."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from news.models.articles import Article
from news.querysets import PreviewLinkQuerySet
from portal.people import name_of


class StateChange(models.Model):
    """One step of the workflow: who took it, when and why. Outlives the article."""

    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="state_changes", verbose_name="bài viết"
    )
    title = models.CharField("tiêu đề", max_length=250)
    from_state = models.CharField("từ", max_length=10, choices=Article.State, blank=True)
    to_state = models.CharField("sang", max_length=10, choices=Article.State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người thực hiện"
    )
    at = models.DateTimeField("thời điểm", default=timezone.now)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "lần chuyển trạng thái"
        verbose_name_plural = "nhật ký trạng thái"

    def __str__(self):
        return f"{self.title}: {self.get_to_state_display()}"


class Version(models.Model):
    """An article as it was saved once, with its photos and documents."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("phiên bản")  # the article's revision
    content = models.JSONField("nội dung", default=dict)  # see news/versions.py
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người lưu"
    )
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now)
    note = models.CharField("việc đã làm", max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = "phiên bản"
        verbose_name_plural = "phiên bản"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="one_version_per_revision")
        ]

    def __str__(self):
        return f"Phiên bản {self.number}"

    @property
    def author(self):
        return name_of(self.saved_by)


class EditingSession(models.Model):
    """Who has an article open for editing; gone a while after the page was closed."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="editing_sessions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "lượt đang sửa"
        verbose_name_plural = "lượt đang sửa"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"], name="one_session_per_article_and_user"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.article}"


class PreviewLink(models.Model):
    """An address under which somebody without an account may read an unpublished article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)  # of the token; the token is not kept
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người tạo"
    )
    made_at = models.DateTimeField("tạo lúc", default=timezone.now)
    expires_at = models.DateTimeField("hết hạn lúc")

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "đường dẫn xem trước"
        verbose_name_plural = "đường dẫn xem trước"

    def __str__(self):
        return str(self.article)
