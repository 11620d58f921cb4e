"""What belongs to one article: photos, documents, sound, corrections, former addresses."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from news.models.articles import Article
from news.models.photos import Photo
from news.querysets import ArticlePhotoQuerySet, CorrectionQuerySet
from portal import document_lengths, documents
from portal.fields import LineField, MomentField, ParagraphsField, readable
from portal.natural_keys import NaturalKeyModel


class ArticlePhoto(NaturalKeyModel):
    """A captioned photo under an article's text; an imported caption may wait for its photo."""

    natural_key_fields = ("article__slug", "position", "photo__image")  # any may share a position

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="shown_in", verbose_name="ảnh"
    )
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


class ArticleFile:
    """A file that goes to whoever may read its article (news/downloads.py)."""

    preview_address = ""  # set where a preview shows it

    @property
    def address(self):
        return self.preview_address or self.file.url


class Attachment(ArticleFile, models.Model):
    """A document offered with an article; its kind was checked by content."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="attachments")
    title = LineField("tên tài liệu", max_length=200)
    file = models.FileField("tệp", upload_to="tai-lieu/%Y/%m", max_length=255)
    kind = models.CharField("loại", max_length=4, editable=False)
    size = models.PositiveIntegerField("kích thước", editable=False)  # bytes
    # Pages of a text, sheets of a workbook, slides; NULL where the file does not say.
    pages = models.PositiveIntegerField("số trang", null=True, editable=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        indexes = [models.Index(fields=["file"], name="attachment_file")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.article.refresh_search_entry()  # which holds its title

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        self.article.refresh_search_entry()
        return deleted

    def clean(self):
        if self.file and not self.file._committed:
            try:
                self.kind = documents.check(self.file.file)
            except ValidationError as refusal:
                raise ValidationError({"file": refusal.messages}) from refusal
            self.size = self.file.size
            self.pages = document_lengths.length(self.file.file, self.kind)
            self.file.name = documents.random_name(self.kind)

    @property
    def file_name(self):
        """Return what the file is called where it is offered: «Giấy mời.pdf»."""
        return f"{self.title}.{self.kind}"

    @property
    def file_in_words(self):
        """Return name, size and length: «Giấy mời.pdf (303 KB, 2 trang)»."""
        known = filter(None, (filesizeformat(self.size), self.length))
        return f"{self.file_name} ({', '.join(known)})"

    @property
    def length(self):
        """Return how long the document is in words: «12 trang»; nothing where it is not known."""
        return f"{self.pages} {document_lengths.UNITS[self.kind]}" if self.pages else ""


class Narration(ArticleFile, models.Model):
    """An article read aloud, by the machine or by a person, or why that failed."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="narration")
    # Of the words that were read; a failure leaves what was made before, and its key.
    key = models.CharField(max_length=64, editable=False)
    file = models.FileField("tệp âm thanh", upload_to="nghe/%Y/%m", blank=True, editable=False)
    duration = models.DecimalField(
        "thời lượng (giây)", max_digits=8, decimal_places=2, null=True, editable=False
    )
    # When each is heard, as the article has it: [[start, end, sentence], …], in seconds.
    sentences = models.JSONField(default=list, editable=False)
    # What the file is made of, so that only what changes is made anew (news/narration/clips.py).
    clips = models.JSONField(default=list, editable=False)
    voice = models.CharField(max_length=64, blank=True, default="", editable=False)
    # Uploaded by staff; it stays whatever becomes of the text.
    is_recording = models.BooleanField("bản ghi âm", default=False, editable=False)
    error = models.TextField("lỗi", blank=True, editable=False)
    made_at = models.DateTimeField("tạo lúc", auto_now=True)

    class Meta:
        verbose_name = "bản đọc"
        verbose_name_plural = "bản đọc"
        indexes = [models.Index(fields=["file"], name="narration_file")]

    def __str__(self):
        return str(self.article)

    def is_of(self, article):
        """Say whether this is the sound of an article as it is now; a recording always is."""
        return bool(self.file) and (self.is_recording or self.key == article.narration_key())


@receiver(models.signals.post_delete, sender=Narration)
def delete_sound(instance, **kwargs):
    """Have the file go with its record, also when that goes with its article."""
    if instance.file:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))


class Correction(models.Model):
    """What was wrong in a published article and is put right; readers are told."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    text = ParagraphsField(
        "nội dung đính chính",
        help_text="Nêu chỗ sai và nội dung đúng. Hiện ngay dưới sapo và ở trang “Đính chính”.",
    )
    made_at = MomentField("thời điểm đính chính", default=timezone.now, years_ahead=1)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"
        constraints = [readable("made_at", name="correction_moments_readable")]

    def __str__(self):
        return f"{self.article}: {self.text[:80]}"


class FormerSlug(models.Model):
    """An address readers may still have; it leads to where the article is now."""

    slug = models.SlugField("đường dẫn cũ", max_length=120, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "đường dẫn cũ"
        verbose_name_plural = "đường dẫn cũ"

    def __str__(self):
        return self.slug
