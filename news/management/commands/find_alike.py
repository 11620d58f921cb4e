from django.core.management.base import BaseCommand

from news import alike
from news.models import Article


class Command(BaseCommand):
    help = "Finds the related articles of all articles anew; needed after SQL brought articles in."

    def handle(self, *args, **options):
        articles = Article.objects.filter(state=Article.State.APPROVED)
        alike.find_for_all(articles)
        self.stdout.write(f"Đã tìm tin liên quan cho {articles.count()} bài viết.")
