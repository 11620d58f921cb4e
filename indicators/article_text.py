"""An article as the reader of figures takes it: its words, and the territory it speaks of."""

from lxml import html

from indicators.models import Territory
from news.models import Article
from portal import fragments, richtext
from portal.text import fold


def text_of(article: Article) -> str:
    """Return title, lead and text of an article; the cells of a table's row between bars."""
    root = fragments.parse(richtext.stored_html(article.body))
    for table in reversed(list(root.iter("table"))):  # those inside others first
        outermost = next(reversed(list(table.iterancestors("table"))), table)
        outermost.addnext(_as_lines(table))
        table.drop_tree()
    return "\n".join([article.title, article.lead, *richtext.lines(root)])


def _as_lines(table):
    """Return a paragraph with the caption and the rows of a table, a line each."""
    paragraph = html.Element("p")
    rows = [
        " | ".join(" ".join(cell.text_content().split()) for cell in row.iterchildren("th", "td"))
        for row in table.iter("tr")
    ]
    captions = [caption.text_content() for caption in table.iterchildren("caption")]
    paragraph.text = "\n".join([*captions, *rows])
    return paragraph


def territory_of(article: Article) -> Territory | None:
    """
    Return the territory an article speaks of: its place, else the one its title names.

    The department's own where neither names one; None for a place that is no territory here.
    """
    territories = list(Territory.objects.prefetch_related("breaks"))
    if article.place.strip():
        return named(article.place, territories)
    title = fold(article.title)
    in_title = (found for found in territories if fold(found.name) in title)
    home = (found for found in territories if found.is_home)
    return next(in_title, None) or next(home, None)


def own_names(article: Article, territory: Territory | None) -> tuple[str, ...]:
    """Return the names of what an article speaks of, so that the reader tells other places."""
    return (territory.name, territory.full_name) if territory else (article.place,)


def named(place: str, territories: list[Territory]) -> Territory | None:
    """Return the territory with this name or full name, however its letters are marked."""
    place = fold(place.strip())
    return next(
        (found for found in territories if place in {fold(found.name), fold(found.full_name)}), None
    )
