"""
Which articles are alike: by shared topics, words that tell them apart, and category.

Worked out when an article is saved, by the worker, never when it is read. Of each article its
most telling words are kept; of every word only the latest articles are compared, so that
the work stays the same however many articles there are.
"""

import re
import zlib
from collections import Counter
from itertools import pairwise

from django.db import connection, transaction
from django.db.models import QuerySet

from news.models import Article, ArticleWord
from portal.richtext import plain_text

KEPT = 12  # alike articles an article remembers; some may be withdrawn when it is read
TOLD = 8  # of them, how many learn of an article at once
WORDS = 24  # telling words kept of an article
CONSIDERED = 120  # its most frequent ones, of which the telling are chosen
RARE = 500  # a word of so many articles tells hardly anything; more are not counted

_SYLLABLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_BREAK = re.compile(r"[.,;:!?()“”\"…\n–—/]")
# Syllables that bind sentences together and are half of no word that says what one is about.
_BINDING = set(
    """
    và của các những cho được trong với là có này để đã từ khi về theo tại trên đến một cũng
    không như ra vào do bị sẽ nhiều hơn hay thì mà nếu còn phải qua sau trước đó bởi lại nên
    """.split()
)


def find(article) -> None:
    """Find what is like an article and let the articles found learn of it."""
    keep_words(article)
    for other in _remember(article.pk)[:TOLD]:
        _remember(other)


def find_for_all(articles: QuerySet) -> None:
    """Find what is like each of many articles, such as those of an import."""
    pks = []
    for article in articles.iterator():
        keep_words(article)
        pks.append(article.pk)
    for pk in pks:
        _remember(pk)


@transaction.atomic
def keep_words(article) -> None:
    """Keep the words that tell an article from others."""
    words = telling_words(article)
    kept = ArticleWord.objects.filter(article=article)
    if set(kept.values_list("word", flat=True)) != words:
        kept.delete()
        ArticleWord.objects.bulk_create(ArticleWord(article=article, word=word) for word in words)


def telling_words(article) -> set[int]:
    """Return checksums of the words that are frequent in an article and rare elsewhere."""
    times = Counter()
    for text, weight in ((article.title, 3), (article.lead, 2), (plain_text(article.body), 1)):
        for pair in pairs(text):
            times[checksum(pair)] += weight
    told = _telling([word for word, _ in times.most_common(CONSIDERED)])
    weights = {word: telling * times[word] ** 0.5 for word, telling in told.items()}
    return set(sorted(weights, key=lambda word: (-weights[word], word))[:WORDS])


def _telling(words: list[int]) -> dict[int, float]:
    """Return how much each word tells: nothing when all have it, the more the fewer have it."""
    with connection.cursor() as cursor:
        cursor.execute(_TELLING, {"words": words, "rare": RARE})
        return dict(cursor.fetchall())


def pairs(text):
    """Yield the pairs of neighbouring syllables: most words of Vietnamese have two."""
    for clause in _BREAK.split(text.lower()):
        syllables = _SYLLABLE.findall(clause)
        for first, second in pairwise(syllables):
            if not {first, second} & _BINDING:
                yield f"{first} {second}"


def checksum(word: str) -> int:
    """Return the number under which a word is kept."""
    return zlib.crc32(word.encode()) - 2**31  # within the integers of the database


def _remember(pk) -> list[int]:
    """Keep the primary keys of what is like an article, most alike first, and return them."""
    told = _telling(list(ArticleWord.objects.filter(article=pk).values_list("word", flat=True)))
    asked = {"article": pk, "words": list(told), "telling": list(told.values())}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked | {"rare": RARE, "kept": KEPT})
        found = [other for (other,) in cursor.fetchall()]
    # Not a save: nothing of the article itself changes.
    Article.objects.filter(pk=pk).update(alike=found)
    return found


_TELLING = """
SELECT word, ln(((
    1 + (SELECT count(*) FROM (
        SELECT FROM news_article WHERE state = 'approved' LIMIT 2 * %(rare)s
    ) AS articles)
)::float / (
    1 + (SELECT count(*) FROM (
        SELECT FROM news_articleword AS same WHERE same.word = asked.word LIMIT %(rare)s
    ) AS those_with_it)
)))
FROM unnest(%(words)s::int[]) AS asked (word)
"""
# A shared topic weighs as much as about two rare words, the category as half of one.
_ALIKE = """
WITH this AS (
    SELECT category_id FROM news_article WHERE id = %(article)s
),
shared AS (
    SELECT latest.article_id, telling AS likeness
    FROM unnest(%(words)s::int[], %(telling)s::float[]) AS own (word, telling)
    CROSS JOIN LATERAL (
        SELECT article_id FROM news_articleword
        WHERE word = own.word ORDER BY article_id DESC LIMIT %(rare)s
    ) AS latest
    UNION ALL
    SELECT latest.article_id, 12
    FROM news_article_tags AS topic CROSS JOIN LATERAL (
        SELECT article_id FROM news_article_tags
        WHERE tag_id = topic.tag_id ORDER BY article_id DESC LIMIT %(rare)s
    ) AS latest
    WHERE topic.article_id = %(article)s
    UNION ALL
    (SELECT id, 0 FROM news_article
     WHERE category_id = (SELECT category_id FROM this) AND state = 'approved'
     ORDER BY published_at DESC, id DESC LIMIT 50)
),
summed AS (
    SELECT article_id, sum(likeness) AS likeness FROM shared
    WHERE article_id <> %(article)s GROUP BY article_id
    ORDER BY sum(likeness) DESC, article_id DESC LIMIT 200
),
ranked AS (
    SELECT other.id, other.published_at, likeness + CASE
        WHEN other.category_id = (SELECT category_id FROM this) THEN 3 ELSE 0 END AS likeness
    FROM summed JOIN news_article AS other ON other.id = article_id
    WHERE other.state = 'approved'
)
SELECT id FROM ranked WHERE likeness > 0
ORDER BY likeness DESC, published_at DESC, id DESC
LIMIT %(kept)s
"""
