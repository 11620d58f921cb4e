"""The news of the home page."""

from functools import cached_property

from django.utils import timezone

from news.models import Article, Category
from portal.compiled import Compiled

LATEST = 5
OF_A_CATEGORY = 3


def _stories(at):
    return Article.objects.published(at).for_cards().newest_first()


_featured = Compiled(lambda at: _stories(at).filter(is_featured=True)[:1])
_newest = Compiled(lambda at: _stories(at)[: LATEST + 1])


class FrontPage:
    """One story before the others, the latest, and those of each category; asked when shown."""

    def __init__(self):
        self._at = timezone.now()

    @cached_property
    def lead_story(self) -> Article | None:
        return next(iter([*_featured(at=self._at), *self._newest]), None)

    @property
    def latest(self) -> list[Article]:
        return [article for article in self._newest if article != self.lead_story][:LATEST]

    @cached_property
    def categories(self) -> list[Category]:
        return Category.objects.with_latest(per_category=OF_A_CATEGORY)

    @cached_property
    def _newest(self):
        return _newest(at=self._at)
