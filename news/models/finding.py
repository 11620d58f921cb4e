"""Tables that answer at once what would otherwise be counted or compared over all articles."""

from django.db import models
from django.db.models import Q

from news.models.articles import Article
from news.models.categories import Category, Tag


class MonthCount(models.Model):
    """
    How many approved articles without expiry a list has of one month (department's time).

    Of a category, of a topic, or, when both are NULL, of all. The database itself keeps the
    rows (triggers of the migration ``month_counts``); a list's count is the sum of its rows.
    """

    category = models.ForeignKey(
        Category, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    tag = models.ForeignKey(
        Tag, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    month = models.DateField(db_index=True)  # its first day
    articles = models.IntegerField()

    class Meta:
        verbose_name = "số bài của tháng"
        verbose_name_plural = "số bài theo tháng"
        default_permissions = ()  # nobody's work
        indexes = [
            models.Index(
                fields=["month"],
                include=["articles"],
                condition=Q(category=None, tag=None),
                name="monthcount_of_all",
            )
        ]

    def __str__(self):
        return f"{self.month:%m/%Y}: {self.articles}"


class ArticleWord(models.Model):
    """One of the words that tell an article from others (see news/alike.py)."""

    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="+", db_constraint=False)
    word = models.IntegerField()  # checksum of two syllables

    class Meta:
        verbose_name = "từ đặc trưng"
        verbose_name_plural = "từ đặc trưng"
        default_permissions = ()
        indexes = [models.Index(fields=["word", "-article"], name="article_word")]

    def __str__(self):
        return f"{self.article_id}: {self.word}"
