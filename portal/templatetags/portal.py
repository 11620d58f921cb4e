"""Filters and tags every template may use."""

import functools
import itertools
import logging
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.db import DatabaseError
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from portal import kept, richtext, visitors
from portal.models import Notice
from portal.numbers import half_up

register = template.Library()
logger = logging.getLogger(__name__)

MISSING = "—"

# What the address of a list may say besides the page: what is searched, and how it is narrowed.
LIST_PARAMETERS = ("q", "loai", "muc", "nam", "xep")

SECTIONS = [
    ("news:article-list", "Tin tức"),
    ("indicators:scoreboard", "Chỉ tiêu"),
    ("feedback:send", "Góp ý"),
    ("feedback:answers", "Hỏi đáp"),
    ("feedback:poll", "Đánh giá"),
    ("about", "Giới thiệu"),
]


@register.filter
def figure(value: Decimal | int | None, unit: str = "") -> str:
    """
    Return a number as Vietnamese offices print it: 1.234.567,8 tỷ đồng.

    Trailing zeros of the fraction are dropped; a missing value gives «—». Years and
    codes never pass through here.
    """
    if value is None:
        return MISSING
    value = Decimal(value)
    whole = value == value.to_integral_value()
    plain = f"{value:.0f}" if whole else f"{value.normalize():f}"
    printed = number_format(plain, use_l10n=True, force_grouping=True).replace("-", "−", 1)
    if not unit:
        return printed
    return f"{printed}%" if unit == "%" else f"{printed} {unit}"


@register.filter
def percent(value: Decimal | None) -> str:
    """Return a percentage to two decimals, such as 104,44; «—» when missing."""
    return figure(None if value is None else half_up(value))


@register.filter
def signed_percent(value: Decimal | None) -> str:
    """Return a change with its sign, such as +12,06 or −4,81; «—» when missing."""
    printed = percent(value)
    return f"+{printed}" if value is not None and half_up(value) > 0 else printed


@register.filter
def duration(seconds: Decimal | None) -> str:
    """Return a length of time as players show it, 3:38 or 1:02:05; «—» when missing."""
    if seconds is None:
        return MISSING
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def rich(html: str) -> SafeString:
    """Show rich text, cleaned by the one sanitiser."""
    return richtext.show(html)


@register.filter
def headings(html: str) -> list[tuple[str, str]]:
    """Return id and text of the headings of rich text, for a list of contents."""
    return richtext.headings(html)


@register.filter(is_safe=True)
def served_anew(form: str) -> str:
    """
    Have the browser not put back what was typed into a form of Django's admin before.

    Going back, old words would stand beside the hidden fields of now.
    """
    return form.replace('method="post"', 'method="post" autocomplete="off"', 1)


@register.simple_tag(takes_context=True)
def page_address(context, number: int) -> str:
    """
    Return the address of another page of the same list; what we do not know falls away.

    Without a request it is a list that nothing else is asked of.
    """
    request = context.get("request")
    sent = request.GET if request else {}
    kept = [(name, sent[name]) for name in LIST_PARAMETERS if sent.get(name)]
    return "?" + urlencode([*kept, ("trang", number)])


class Place(NamedTuple):
    """Where in the portal a page lies."""

    section: str  # its address; empty outside all of them
    is_its_start: bool


@register.simple_tag(takes_context=True)
def place(context) -> Place:
    """Return which section of the main menu is being read."""
    path = context["request"].path
    # /gop-y/hoi-dap/ lies inside /gop-y/: the closest section is meant.
    around = [address for address, _ in _sections() if path.startswith(address)]
    section = max(around, key=len, default="")
    return Place(section, path == section)


@register.inclusion_tag("portal/_main_menu.html")
def main_menu(here: Place) -> dict:
    """Show the sections of the portal, the one that is being read marked."""
    return {"sections": _sections(), "current": here.section, "is_its_start": here.is_its_start}


@functools.cache
def _sections() -> list[tuple[str, str]]:
    return [(reverse(name), title) for name, title in SECTIONS]


@register.simple_tag
@functools.lru_cache(maxsize=4096)
def page_token(page: str) -> str:
    """Return the token a page sends back to be counted."""
    return visitors.page_token(page)


class KeepNode(template.Node):
    def __init__(self, nodelist: template.NodeList, key: list, *, is_apart: bool):
        self.nodelist, self.key, self.is_apart = nodelist, key, is_apart
        self.number = next(_numbers)  # unlike an id, never given to another one later

    def render(self, context):
        key = ("keep", self.number, *(expression.resolve(context) for expression in self.key))
        return kept.part(key, lambda: self.nodelist.render(context), apart=self.is_apart)


_numbers = itertools.count()


@register.tag
def keep(parser, token) -> KeepNode:
    """
    Keep what stands up to ``endkeep`` until something it was made from changes (portal/kept.py).

    The arguments must hold all of the request, and of what the view chose, that it depends on:
    ``{% keep article.slug %}``. With ``apart`` as the last word it shows nothing that was read
    before: what the view read on is no reason to make it anew.
    """
    words = token.split_contents()[1:]
    is_apart = words[-1:] == ["apart"]
    key = [parser.compile_filter(word) for word in (words[:-1] if is_apart else words)]
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(nodelist, key, is_apart=is_apart)


@register.inclusion_tag("portal/_notice.html")
def notices() -> dict:
    """Show what concerns every page just now; pages that open without the database still do."""
    try:
        return {"notices": list(Notice.objects.shown())}
    except DatabaseError as error:
        logger.error("page shown without its notices: %s", error)
        return {"notices": []}
