"""What must be known of a whole import before its first article is saved."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import reverse

from news.importers.bodies import host, old_path
from news.importers.items import Item
from news.importers.sources import Source
from news.models import Article, FormerSlug, ImportedArticle
from news.models.articles import FIXED_ADDRESSES
from portal import text


@dataclass
class Plan:
    """Where each article of an import will be, so that texts can link to later ones."""

    origin: str
    total: int = 0  # items and what is said of the file
    slugs: dict[str, str] = field(default_factory=dict)  # by key
    addresses: dict[str, str] = field(default_factory=dict)  # slug by old path
    hosts: set[str] = field(default_factory=set)

    def article_at(self, address: str) -> str:
        """Return where the article of an old address is here; empty when it is not among them."""
        if host(address) not in self.hosts | {""} or not (path := old_path(address)):
            return ""
        slug = self.addresses.get(path)
        return reverse("news:article", args=[slug]) if slug else ""

    def is_old(self, address: str) -> bool:
        """Say whether an address leads to the old portal."""
        return host(address) in self.hosts or (address.startswith("/") and address[:2] != "//")


def plan(source: Source, file: Path, origin: str = "") -> Plan:
    """
    Read a file once and decide the address of each of its articles.

    The origin is where most of its articles were read, else the file's name.
    """
    found = Plan(origin)
    hosts: Counter[str] = Counter()
    wanted: list[tuple[str, str, str]] = []  # key, slug, old path
    for item in source.read():
        found.total += 1
        if isinstance(item, Item):
            hosts[host(item.address)] += 1
            slug = item.slug or text.slug(item.title, max_length=110) or "bai-viet"
            wanted.append((item.key, slug, old_path(item.address)))
    found.hosts = {name for name in hosts if name}
    found.origin = origin or next((n for n, _ in hosts.most_common() if n), file.stem)[:120]
    known = _slugs_of_imported(found.origin)
    taken = {
        *FIXED_ADDRESSES,
        *Article.objects.values_list("slug", flat=True),
        *FormerSlug.objects.values_list("slug", flat=True),
    }
    for key, slug, path in wanted:
        here = known.get(key) or found.slugs.get(key) or _free(slug, taken)
        taken.add(here)
        found.slugs[key] = here
        if path:
            found.addresses[path] = here
    return found


def _slugs_of_imported(origin: str) -> dict[str, str]:
    imported = ImportedArticle.objects.filter(origin=origin, article__isnull=False)
    return dict(imported.values_list("key", "article__slug"))


def _free(slug: str, taken: set[str]) -> str:
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = f"{slug[:110]}-{number}"
    return candidate
