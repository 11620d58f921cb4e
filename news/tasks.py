"""Work done by the worker process."""

from django_tasks import task

from news import alike, narration
from news.library import is_in_a_text
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
    """Make the sizes of a photo unless it is gone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo:
        share = renditions.make(photo.image.name, photo.focus)
        # Unless it was replaced meanwhile: then another task is under way.
        Photo.objects.filter(pk=photo_id, image=photo.image.name).update(
            rendered=photo.image.name, share_picture=share
        )


@task()
def discard(name: str) -> None:
    """Delete the files of a replaced or deleted photo unless something still shows them."""
    if not Photo.objects.filter(image=name).exists() and not is_in_a_text(name):
        renditions.remove(name)


@task()
def find_alike(article_id: int) -> None:
    """Find articles like an approved one, and let those know of it."""
    article = Article.objects.filter(pk=article_id, state=Article.State.APPROVED).first()
    if article:
        alike.find(article)
