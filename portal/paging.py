"""Numbered pages of a list."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from portal import text


class NumberedPage(Page):
    def shown_numbers(self):
        """Return the page numbers to link, with an ellipsis where some are left out."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1)


class NumberedPaginator(Paginator):
    def _get_page(self, *args):
        return NumberedPage(*args)


def page_or_404(rows: QuerySet, per_page: int, number: str | None) -> NumberedPage:
    """
    Return the page of ``rows`` asked for by ``?trang=``; the first when none is asked.

    Raises Http404 for anything that is not the number of a page. The first page of an
    empty list exists.
    """
    paginator = NumberedPaginator(rows, per_page)
    if number is None:
        return paginator.page(1)
    asked = text.whole_number(number)
    if asked is None or not 1 <= asked <= paginator.num_pages:
        raise Http404
    return paginator.page(asked)
