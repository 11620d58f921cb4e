"""
A test set of relevance: articles, and what people type who mean them.

``articles.txt``: blocks of «key: title», lead, text. ``queries.txt``: what is typed, a bar, the
keys of the articles that must be found. All of it is invented.
"""

from pathlib import Path
from typing import NamedTuple

from news.models import Article
from portal import text

FOLDER = Path(__file__).parent


class Question(NamedTuple):
    section: str
    typed: str
    wanted: list[str]  # slugs


class Quality(NamedTuple):
    recall: float  # of the articles wanted, how many are among the first ten
    first: float  # of the questions, how many have one of them first


def articles(**shared) -> list[Article]:
    """Return the articles, not saved yet, the key in place of the slug."""
    blocks = (FOLDER / "articles.txt").read_text().strip().split("\n\n")
    return [_article(block, **shared) for block in blocks]


def _article(block, **shared):
    heading, lead, *body = block.split("\n")
    key, title = heading.split(": ", 1)
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return Article(slug=key, title=title, lead=lead, body=paragraphs, **shared)


def questions() -> list[Question]:
    found, section = [], ""
    for line in (FOLDER / "queries.txt").read_text().splitlines():
        if line.startswith("# -- "):
            section = line.removeprefix("# -- ")
        elif line and not line.startswith("#"):
            typed, wanted = line.split(" | ")
            found.append(Question(section, typed, wanted.split(", ")))
    return found


def without_marks(asked: list[Question]) -> list[Question]:
    return [question._replace(typed=text.unaccented(question.typed)) for question in asked]


def quality(asked: list[Question], search) -> Quality:
    """Judge ``search``, which returns slugs for what is typed, best first."""
    recalls, firsts = [], []
    for question in asked:
        found = search(question.typed)[:10]
        recalls.append(len(set(question.wanted) & set(found)) / len(question.wanted))
        firsts.append(found[:1] != [] and found[0] in question.wanted)
    return Quality(sum(recalls) / len(asked), sum(firsts) / len(asked))
