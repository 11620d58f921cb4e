"""Work done by the worker process."""

from django_tasks import task

from news import alike, pronunciations
from news.library import is_in_a_text
from news.models import Article, Photo
from news.narration import making
from portal import renditions

AT_ONCE = 1_000  # articles of one night, at most; the others come the next


@task()
def narrate(article_id: int, again: bool = False) -> None:
    """Read an article aloud unless it is gone or, but for ``again``, its sound is current."""
    article = Article.objects.filter(pk=article_id).select_related("narration").first()
    if article and (again or not _is_read(article)):
        making.narrate(article)


def _is_read(article: Article) -> bool:
    current = article.current_narration()
    if current is None or current.error:
        return False
    return current.is_recording or current.voice == making.engine().name


@task()
def narrate_otherwise() -> None:
    """Have articles read aloud that failed, or that another voice has read than the present one."""
    queued = narrate.using(priority=pronunciations.PRIORITY)
    others = Article.objects.read_by_others_than(making.engine().name)
    for article_id in others.values_list("pk", flat=True)[:AT_ONCE]:
        queued.enqueue(article_id)


@task()
def narrate_again(word: str) -> None:
    """Have the articles with a word read aloud anew: it is to be said in another way."""
    queued = narrate.using(priority=pronunciations.PRIORITY)
    for article_id in pronunciations.articles_with(word).values_list("pk", flat=True):
        queued.enqueue(article_id, again=True)


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
