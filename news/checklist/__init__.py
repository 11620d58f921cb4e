"""
What should be put right before an article is published.

A rule reads an article and yields findings; the rules stand in the order of the form. What
``Article.clean`` refuses at approval are the findings of MUST_RULES, so that the list beside
the button and the refusal never disagree.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from news.checklist import body, fields
from news.checklist.finding import Checked, Finding, Level, Rule
from news.models import Article

SAME_KIND = 5  # findings of one rule that are listed one by one

MUST_RULES: list[Rule] = [
    fields.text_is_missing,
    body.pictures_are_undescribed,
    body.descriptions_say_nothing,
    fields.cover_is_undescribed,
    fields.photos_are_undescribed,
]

RULES: list[Rule] = [
    fields.title_is_long,
    fields.title_is_shouted,
    fields.text_is_missing,
    fields.lead_is_missing,
    fields.lead_is_long,
    body.pictures_are_undescribed,
    body.descriptions_say_nothing,
    body.pictures_are_lost,
    body.headings_skip_levels,
    body.headings_are_empty,
    body.headings_are_missing,
    body.paragraphs_are_shouted,
    body.tables_have_no_header,
    body.links_are_empty,
    body.links_say_nothing,
    body.links_lead_nowhere,
    body.links_miss_their_heading,
    fields.category_is_missing,
    fields.topics_are_missing,
    fields.source_is_missing,
    fields.publication_time_is_past,
    fields.expiry_is_past,
    fields.cover_is_undescribed,
    fields.photos_are_undescribed,
    fields.photos_are_awaited,
]


def register(rule: Rule) -> None:
    """Have another app's rule read every article too, after those above."""
    RULES.append(rule)


def findings(article: Article) -> list[Finding]:
    """Return what should be put right, what must be first; an empty list if nothing."""
    return sorted(_found_by(RULES, article), key=lambda finding: finding.level != Level.MUST)


def refusals(article: Article) -> list[Finding]:
    """Return what keeps an article from being published."""
    return list(_found_by(MUST_RULES, article))


def _found_by(rules: list[Rule], article: Article) -> Iterator[Finding]:
    checked = Checked(article)
    return chain.from_iterable(_not_too_many(rule(checked)) for rule in rules)


def _not_too_many(found: Iterable[Finding]) -> list[Finding]:
    found = list(found)
    if len(found) <= SAME_KIND + 1:
        return found
    next_one = found[SAME_KIND]
    more = next_one._replace(message=f"Còn {len(found) - SAME_KIND} chỗ tương tự.")
    return [*found[:SAME_KIND], more]
