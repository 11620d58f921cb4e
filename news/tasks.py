"""Work done by the worker process."""

from django_tasks import task

from news import narration
from news.models import Article


@task()
def narrate(article_id: int) -> None:
    """Read an article aloud unless it is gone or its sound is current already."""
    article = Article.objects.filter(pk=article_id).select_related("narration").first()
    if article and not article.current_narration():
        narration.narrate(article)
