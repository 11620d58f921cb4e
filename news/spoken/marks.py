"""Marks: bullets, tags and brackets; pauses stay and the rest goes."""

import re

from news.spoken.letters import CAPITAL, spell
from news.spoken.rules import LETTER, Rule, rule

MARKS = {"&": "và", "=": "bằng", "×": "nhân", "±": "cộng trừ"}


def _dash(match: re.Match) -> str:
    """Pause where a new item begins ("- Thương mại"), but not inside "kinh tế - xã hội"."""
    return f", {match[1]}" if match[1].isupper() else f" {match[1]}"


def _bullet(match: re.Match) -> str:
    letter, mark = filter(None, match.groups())
    return f"{spell(letter)}{mark} "


# What only the eye needs, before all other rules.
BEFORE: tuple[Rule, ...] = (
    rule(rf"^ ?(?:[-+*•·●○▪►✓✔❖➢o](?: |(?={CAPITAL}))|[-+*•·]{{1,9}}(?={LETTER}))+", ""),
    rule(r"^ ?(?:([b-zđ])([.)])|([B-GĐ])([.)])) (?=\S)", _bullet),
    rule(r"[ (]*GMT ?\+ ?0?7[ )]*", " ", needs="GMT"),
    rule(r"\./\.?", "."),
    rule(r"\b[vV]\.? ?v(?:\.{1,3}|(?!\w))", "vân vân"),
    rule(r"\( ?[-+] ?\)", " "),
    rule(r"\b((?i:mua vào|mua)) ?[-/] ?(?=bán)", r"\1, "),
)
AFTER: tuple[Rule, ...] = (
    rule(rf"[{''.join(MARKS)}](?= ?\w)", lambda match: f" {MARKS[match[0]]} "),
    rule(r"(?<=\w) ?\+ ?(?=\w)", " cộng ", needs="+"),
    rule(r"\.{2,}", "…", needs=".."),
    rule(r" ?… ?$", ".", needs="…"),
    rule(r"[…()\[\]{}/|]", ", "),
    rule(r" -+ (\w)", _dash, needs=" -"),
    rule(r"(?<=\w)-(?=\w)", " "),
    rule(r"(?<=\w)'(?=\w)", " ", needs="'"),
    rule(r"[^\w\s,.;:!?-]|_|(?<!\w)-+|-+(?!\w)", " "),
)
TIDY: tuple[Rule, ...] = (
    rule(r" {2,}", " "),
    rule(r" (?=[,.;:!?])", ""),
    rule(r"(?<=[!?])[.!?]+", ""),
    rule(r"\.+(?= ?,)", ""),
    rule(r",(?: ?,)+", ","),
    rule(r", ?(?=[.;:!?])|(?<=[.;:!?]),", ""),
    rule(r"([;:])[;:. ]+(?=[;:.])", ""),
    rule(r"^[ ,.;:]+|[ ,;]{1,9}$", ""),
)
