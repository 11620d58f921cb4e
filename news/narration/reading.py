"""What of an article is read aloud: its paragraphs as written, the title first."""

from lxml import html

from news.spoken.tables import table_text
from portal import fragments, richtext


def paragraphs(article) -> list[str]:
    """Return title, lead and text; a table is announced, its cells read only where they are few."""
    return [article.title, *article.lead.splitlines(), *_of_body(article.body)]


def _of_body(body: str) -> list[str]:
    if not body.strip():
        return []
    root = fragments.parse(body)
    for table in root.xpath(".//table[not(ancestor::table)]"):
        _put_words_for(table)
    return richtext.lines(root)


def _put_words_for(table: html.HtmlElement) -> None:
    rows = [[_words(cell) for cell in row.xpath("./th | ./td")] for row in table.iter("tr")]
    caption = next(table.iter("caption"), None)
    said = html.Element("div")
    for line in table_text("" if caption is None else _words(caption), rows):
        paragraph = html.Element("p")
        paragraph.text = line
        said.append(paragraph)
    said.tail = table.tail
    table.getparent().replace(table, said)


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
