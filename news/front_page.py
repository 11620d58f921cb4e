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
_categories = Compiled(lambda at: Category.objects.with_newest(OF_A_CATEGORY, at))
_cards = Compiled(lambda keys: Article.objects.among(keys).for_cards().newest_first())


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
        """
        Return the first-level categories that have published articles.

        Each has ``latest``: its newest and those of its children. None looks at older articles.
        """
        categories = _categories(at=self._at)
        found = _cards(keys=[key for category in categories for key in category.newest])
        tops = [category for category in categories if category.parent_id is None]
        for category in tops:
            own = [one for one in found if category.pk in {one.category_id, one.category.parent_id}]
            category.latest = own[:OF_A_CATEGORY]
        return [category for category in tops if category.latest]

    @cached_property
    def _newest(self):
        return _newest(at=self._at)
