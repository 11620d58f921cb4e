"""
Entries that hold most of what was asked for, when hardly any holds all of it.

A word says the more the fewer entries have it: «ở đâu» may be missing, «rượu» may not.
"""

from portal.search.engine import Filters, Hit, run
from portal.search.queries import Query

MOST_NEAR = 10
RAREST = 4  # words or pairs by which candidates are found
CANDIDATES = 40  # of each of them
FREQUENT = 1000  # entries of a word by PostgreSQL's statistics from which on none are counted
COUNTED = 200  # entries of one word; a word with more says little anyway
LEAST_SHARE = 0.5  # of what the words say that an entry must hold more than


def near(query: Query, filters: Filters, *, but: list[Hit], count: int = MOST_NEAR) -> list[Hit]:
    """Return up to ``count`` entries that hold most words, best first, but those already found."""
    if len(query.wanted) < 2:
        return []
    values = {
        "words": query.each_word(),
        "single": [form for word in query.wanted for form in (word.folded, word.exact)],
        "frequent": FREQUENT,
        "signs": query.each_sign(),
        "exclusion": " & ".join(query.exclusions),
        "rarest": RAREST,
        "candidates": CANDIDATES,
        "counted": COUNTED,
        "least": LEAST_SHARE,
        "but_kinds": [hit.kind for hit in but],
        "but_ids": [hit.object_id for hit in but],
        "count": count,
    }
    return [Hit(*row) for row in run(_NEAR, filters, values)]


_NEAR = """
WITH sign AS (
    SELECT form::tsquery AS form, is_word
    FROM (
        SELECT unnest(%(words)s::text[]) AS form, true AS is_word
        UNION ALL SELECT unnest(%(signs)s::text[]), false
    ) AS each
),
-- To count these would take longest.
frequent AS MATERIALIZED (
    SELECT quote_literal(form)::tsquery AS form FROM {frequent_words} AS known
    WHERE place = 'document' AND form = ANY(%(single)s)
),
measured AS MATERIALIZED (
    SELECT form, is_word, CASE WHEN form IN (SELECT form FROM frequent) THEN %(counted)s ELSE (
        SELECT count(*) FROM (
            SELECT FROM portal_searchentry
            WHERE document @@ form AND {condition} LIMIT %(counted)s
        ) AS hit
    ) END AS entries
    FROM sign
),
weighed AS MATERIALIZED (
    SELECT *, ln(1 + %(counted)s / (entries + 0.5)) AS weight FROM measured
),
candidate AS MATERIALIZED (
    SELECT DISTINCT holding.id
    FROM (
        SELECT form FROM weighed WHERE entries > 0 ORDER BY entries LIMIT %(rarest)s
    ) AS rare,
    LATERAL (
        SELECT id FROM portal_searchentry
        WHERE document @@ rare.form AND {condition} LIMIT %(candidates)s
    ) AS holding
),
read AS MATERIALIZED (
    SELECT id, title_document, strip(document) AS document  -- unpacked once
    FROM candidate JOIN portal_searchentry USING (id)
    WHERE (kind, object_id) NOT IN (
        SELECT * FROM unnest(%(but_kinds)s::text[], %(but_ids)s::bigint[])
    )
),
scored AS (
    SELECT id,
        coalesce(sum(weight) FILTER (WHERE is_word), 0)
            / (SELECT sum(weight) FROM weighed WHERE is_word) AS share,
        sum(weight * CASE WHEN title_document @@ form THEN 2 ELSE 1 END)
            / (10 + ln(1 + max(length(document)))) AS score
    FROM read JOIN weighed ON document @@ form
    WHERE %(exclusion)s = '' OR document @@ %(exclusion)s::tsquery
    GROUP BY id
)
SELECT {columns}, false, score
FROM scored JOIN portal_searchentry USING (id)
WHERE share > %(least)s
ORDER BY score DESC, shown_from DESC, id DESC LIMIT %(count)s
"""
