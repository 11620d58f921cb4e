"""Work done by the worker process."""

from django_tasks import task

from news import narration
from news.models import Article, Photo
from portal import renditions


@task()
def narrate(article_id: int) -> None:
    """Read an article aloud unless it is gone or its sound is current already."""
    article = Article.objects.filter(pk=article_id).select_related("narration").first()
    if article and not article.current_narration():
        narration.narrate(article)


@task()
def render(photo_id: int) -> None:
    """Make the smaller sizes of a photo unless it is gone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo:
        renditions.make(photo.image.name)
        # Unless it was replaced meanwhile: then another task is under way.
        Photo.objects.filter(pk=photo_id, image=photo.image.name).update(rendered=photo.image.name)
