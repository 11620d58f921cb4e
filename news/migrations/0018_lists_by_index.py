"""Lists are answered by indexes alone, also of a category that has hardly any articles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0017_article_files"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_newest_in_category",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_expiring",
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["category", "-published_at", "-id"],
                include=("state", "expires_at"),
                name="article_latest_in_category",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False), ("state", "approved")),
                fields=["expires_at"],
                include=("published_at", "category"),
                name="article_ending",
            ),
        ),
        migrations.AddIndex(
            model_name="monthcount",
            index=models.Index(
                condition=models.Q(("category", None), ("tag", None)),
                fields=["month"],
                include=("articles",),
                name="monthcount_of_all",
            ),
        ),
    ]
