"""Categories and topics of imported articles: found by their names, made when missing."""

from news.models import Category, Tag
from portal import text


class Shelves:
    """The categories and topics there are, by name; with ``dry_run`` none is stored."""

    def __init__(self, *, default: str, dry_run: bool = False):
        self.default = default
        self.dry_run = dry_run
        self.made_categories: list[str] = []
        self.made_tags: list[str] = []
        self._categories: dict[tuple[str, str], Category] = {}  # by parent's name and name
        for category in Category.objects.select_related("parent"):
            self._categories[_name(category.parent), _name(category)] = category
        self._tags = {tag.name.casefold(): tag for tag in Tag.objects.all()}

    def category(self, path: tuple[str, ...]) -> Category:
        """Return the category at a path of names, which has two levels at most."""
        names = [name for name in map(text.clean_line, path) if name] or [self.default]
        if len(names) == 1 or names[0].casefold() == names[-1].casefold():
            return self._alone(names[-1][:120])
        return self._found_or_made(self._found_or_made(None, names[0][:120]), names[-1][:120])

    def _alone(self, name: str) -> Category:
        """Return a category named without its parent: of the first level, else the only one."""
        key = name.casefold()
        below = [
            one for (parent, child), one in self._categories.items() if parent and child == key
        ]
        if ("", key) not in self._categories and len(below) == 1:
            return below[0]
        return self._found_or_made(None, name)

    def _found_or_made(self, parent: Category | None, name: str) -> Category:
        place = (_name(parent), name.casefold())
        if place not in self._categories:
            category = Category(name=name, parent=parent)
            if not self.dry_run:
                category.save()
            self.made_categories.append(f"{parent} › {name}" if parent else name)
            self._categories[place] = category
        return self._categories[place]

    def tags(self, names: tuple[str, ...]) -> list[Tag]:
        """Return the topics of these names, each once."""
        wanted = {name.casefold(): name for one in names if (name := text.clean_line(one)[:80])}
        return [self._tag(key, name) for key, name in wanted.items()]

    def _tag(self, key: str, name: str) -> Tag:
        if key not in self._tags:
            tag = Tag(name=name)
            if not self.dry_run:
                tag.save()
            self.made_tags.append(name)
            self._tags[key] = tag
        return self._tags[key]


def _name(category: Category | None) -> str:
    return category.name.casefold() if category else ""
