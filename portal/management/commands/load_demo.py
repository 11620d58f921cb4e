import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from news import alike
from news.models import Article, Photo

FIXTURES = settings.BASE_DIR / "fixtures"
FILES = ("demo_portal", "demo_news", "demo_indicators", "demo_feedback")


class Command(BaseCommand):
    help = "Loads the demonstration content; repeating it restores what was changed in it."

    def handle(self, *args, **options):
        shutil.copytree(
            FIXTURES / "media" / "demo", Path(settings.MEDIA_ROOT) / "demo", dirs_exist_ok=True
        )
        call_command("loaddata", *(FIXTURES / f"{name}.json" for name in FILES), verbosity=0)
        call_command("reindex", verbosity=0)
        for article in Article.objects.published():
            article.request_narration()
        alike.find_for_all(Article.objects.published())
        for photo in Photo.objects.all():
            photo.request_renditions()
        self.stdout.write(f"Đã nạp nội dung minh họa: {Article.objects.count()} bài viết.")
