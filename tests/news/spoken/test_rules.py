"""What is looked for before a rule is tried, so that most rules cost nothing."""

from news.spoken import RULES, WITHOUT_FIGURES, spoken
from news.spoken.safety import plain
from tests.news.spoken.test_table import pairs

WRITTEN = [pair.values[0] for pair in pairs()]


def test_a_rule_matches_nothing_without_the_mark_it_needs():
    for text in WRITTEN:
        text = plain(text)
        for pattern, spoken_form, needs in RULES:
            assert needs in text or not pattern.search(text), (pattern.pattern, text)
            text = pattern.sub(spoken_form, text)


def test_the_rules_about_figures_change_no_text_without_figures():
    of_figures = [rule for rule in RULES if rule not in WITHOUT_FIGURES]
    heard = [spoken(text) for text in WRITTEN]
    for text in heard:
        assert not any(pattern.search(text) for pattern, *_ in of_figures), text
