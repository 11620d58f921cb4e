"""How the department wants words to be said when articles are read aloud."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction

from news.pronunciations import PronunciationQuerySet
from news.spoken import spoken
from portal.fields import LineField


class Pronunciation(models.Model):
    """A word as written and as said; it goes before the rules of ``news.spoken``."""

    word = LineField(
        "viết là",
        max_length=60,
        unique=True,
        error_messages={"unique": "Từ này đã có trong danh sách."},
        help_text="Một từ hoặc cụm từ như trong bài. Viết thường: áp dụng cả khi bài viết hoa; có "
        "chữ hoa: chỉ áp dụng khi bài viết đúng như vậy.",
    )
    reading = LineField(
        "đọc là",
        max_length=200,
        help_text="Viết bằng chữ như khi nói, ví dụ “ép ti a”, “bờ lóc chên”.",
    )

    objects = PronunciationQuerySet.as_manager()

    class Meta:
        ordering = ["word"]
        verbose_name = "cách đọc"
        verbose_name_plural = "cách đọc từ"

    def __str__(self):
        return self.word

    def save(self, *args, **kwargs):
        former = set(Pronunciation.objects.filter(pk=self.pk).values_list("word", flat=True))
        super().save(*args, **kwargs)
        self.request_narrations(former | {self.word})

    def delete(self, *args, **kwargs):
        self.request_narrations({self.word})
        return super().delete(*args, **kwargs)

    def clean(self):
        if self.word and not any(map(str.isalnum, self.word)):
            raise ValidationError({"word": "Cần ít nhất một chữ hoặc số."})
        if self.reading and not spoken(self.reading):
            raise ValidationError({"reading": "Cần có chữ để đọc, ví dụ “ép ti a”."})

    def request_narrations(self, words: set[str]):
        """Have the articles with these words read aloud anew, once what happened here stands."""
        from news.tasks import narrate_again

        for word in words:
            transaction.on_commit(partial(narrate_again.enqueue, word))
