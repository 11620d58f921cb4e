"""
What stands in an article's form beside its own columns: topics and photos, not saved yet.

An article in memory that was shown them is judged by what is on the page.
"""

from news.models import ArticlePhoto, Photo
from portal.text import whole_number

MOST_ROWS = 1_000  # the form takes fewer


def show_topics(article, form) -> None:
    """Have an article name the topics of its form; only one that will not be saved."""
    if "tags" in form.cleaned_data:
        # Where prefetched topics stand, and so read in place of the stored ones.
        cache = vars(article).setdefault("_prefetched_objects_cache", {})
        cache["tags"] = form.cleaned_data["tags"]


def show_photos(article, data) -> None:
    """Have an article know the photos that its form will put below it, if it sends any."""
    rows = whole_number(data.get("photos-TOTAL_FORMS", ""))
    if rows is None:
        return
    chosen = {
        number: whole_number(data.get(f"photos-{number}-photo", ""))
        for number in range(min(rows, MOST_ROWS))
        if f"photos-{number}-DELETE" not in data
    }
    photos = Photo.objects.in_bulk([pk for pk in chosen.values() if pk is not None])
    shown = {
        number: ArticlePhoto(photo=photos.get(pk), caption=data.get(f"photos-{number}-caption", ""))
        for number, pk in chosen.items()
    }
    article.photos_to_be = {
        number: row for number, row in shown.items() if row.photo or row.caption
    }
