"""HTML of whatever quality, read as a tree."""

import re

from lxml import html as lxml_html

_WHOLE = re.compile(r"</?(?:html|body)\b[^<>]*+>", re.IGNORECASE)


def parse(html: str) -> lxml_html.HtmlElement:
    """
    Return what ``html`` holds, under a div and without comments.

    Whole documents, several of them or parts of one count by what their bodies hold; nothing is
    refused.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    # Bytes, because text that declares an encoding is refused as such. What begins with a
    # comment is never taken for a whole document, of which lxml wants exactly one body.
    content = b"<!-- -->" + _WHOLE.sub("", html).encode("utf-8", "ignore")
    return lxml_html.fragment_fromstring(content, create_parent="div", parser=parser)
