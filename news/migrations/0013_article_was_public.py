"""Articles remember that readers had them; the category's form says who works on all."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0012_former_category_slug"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="was_public",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="category",
            name="staff",
            field=models.ManyToManyField(
                blank=True,
                help_text="Ai có tên ở đây chỉ soạn, duyệt bài của các chuyên mục mình phụ trách; "
                "ai không có tên ở chuyên mục nào thì làm mọi chuyên mục.",
                related_name="categories",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người phụ trách",
            ),
        ),
    ]
