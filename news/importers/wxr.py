"""Articles out of WordPress's export (WXR)."""

from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from news.importers import items, streams, wordpress
from news.importers.items import BrokenItem, Item, Items, Picture, Remark
from portal import text
from portal.richtext import plain_text

EXPORTS = [f"http://wordpress.org/export/{version}/" for version in ("1.0", "1.1", "1.2")]
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
# Where the usual counters keep their figures.
_VIEWS = ("post_views_count", "views", "_post_views", "pvc_views")
_DRAFTS = {"draft", "pending", "private"}
_PUBLIC = {"publish", "future"}
_NO_CATEGORY = {"uncategorized", "chua-phan-loai", "khong-phan-loai"}


class Export:
    """One export file; read once for what its posts refer to, then for the posts."""

    def __init__(self, path: Path):
        self.path = path
        self.media: dict[str, Picture] = {}  # by number
        self.uploads: dict[str, list[Picture]] = defaultdict(list)  # by number of the post
        self.authors: dict[str, str] = {}  # shown name by login
        self.categories: dict[str, tuple[str, str]] = {}  # name and parent by address name
        self._look_around()

    def read(self) -> Items:
        """Yield the posts; pages and other kinds are counted, not imported."""
        others = 0
        for number, element in enumerate(streams.elements(self.path, "item"), 1):
            if isinstance(element, BrokenItem):
                yield element
                continue
            post = _texts(element)
            status = post.get("wp:status", "")
            if post.get("wp:post_type", "post") != "post" or status not in _DRAFTS | _PUBLIC:
                others += post.get("wp:post_type") != "attachment"
                continue
            place = f"mục {number}"
            try:
                yield self._item(place, element, post)
            except ValueError as error:
                yield BrokenItem(place, str(error))
        if others:
            yield Remark(
                "",
                f"Đã bỏ qua {others} mục (trang, bản nháp tự động, bài trong thùng rác, mục không "
                "phải bài viết).",
            )

    def _look_around(self) -> None:
        names = [f"{{{export}}}{name}" for export in EXPORTS for name in ("author", "category")]
        for element in streams.elements(self.path, "item", *names):
            if isinstance(element, BrokenItem):
                continue
            found = _texts(element)
            kind = etree.QName(element).localname
            if kind == "author":
                self.authors[found.get("wp:author_login", "")] = found.get(
                    "wp:author_display_name", ""
                )
            elif kind == "category":
                self.categories[found.get("wp:category_nicename", "")] = (
                    text.clean_line(found.get("wp:cat_name", "")),
                    found.get("wp:category_parent", ""),
                )
            elif found.get("wp:post_type") == "attachment":
                self._keep_attachment(element, found)

    def _keep_attachment(self, element, found: dict[str, str]) -> None:
        address = found.get("wp:attachment_url") or found.get("guid", "")
        alt = _meta(element).get("_wp_attachment_image_alt", "")
        picture = Picture(address, alt, plain_text(found.get("excerpt", "")))
        self.media[found.get("wp:post_id", "")] = picture
        self.uploads[found.get("wp:post_parent", "")].append(picture)

    def _item(self, place: str, element, post: dict[str, str]) -> Item:
        title = text.clean_line(post.get("title", ""))
        if not title:
            raise ValueError("Không có tiêu đề.")
        number = post.get("wp:post_id", "")
        meta = _meta(element)
        body, pictures, notes = wordpress.to_html(
            post.get("content", ""), self.media, self.uploads[number]
        )
        is_public = post.get("wp:status") in _PUBLIC
        if is_public and post.get("wp:post_password"):
            is_public = False
            notes.append("Bài đặt mật khẩu ở cổng cũ: nhập thành bản nháp.")
        category, tags = self._filed_under(element)
        return Item(
            place=place,
            key=number or post.get("guid", "") or post.get("link", ""),
            title=title,
            lead=plain_text(post.get("excerpt", "")),
            body=body,
            slug=text.slug(unquote(post.get("wp:post_name", ""))),
            address=post.get("link", ""),
            category=category,
            tags=tags,
            byline=self.authors.get(post.get("creator", "")) or post.get("creator", ""),
            published_at=_moment(post, "wp:post_date"),
            is_public=is_public,
            views=_views(meta),
            cover=self.media.get(meta.get("_thumbnail_id", "")),
            pictures=tuple(pictures),
            notes=notes,
        )

    def _filed_under(self, element) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the deepest category, first level first, and the topics: tags and the others."""
        paths, tags = [], []
        for found in element.findall("category"):
            name = text.clean_line(found.text or "")
            if found.get("domain") == "post_tag":
                tags.append(name)
            elif found.get("domain") == "category" and found.get("nicename") not in _NO_CATEGORY:
                paths.append(self._path(found.get("nicename", ""), name))
        paths.sort(key=len, reverse=True)  # stable: the first of the deepest
        others = [path[-1] for path in paths[1:]]
        return (paths[0] if paths else ()), tuple(dict.fromkeys([*tags, *others]))

    def _path(self, nicename: str, name: str) -> tuple[str, ...]:
        """Return a category below its first level; levels between fall away."""
        top, seen = "", {nicename}
        parent = self.categories.get(nicename, ("", ""))[1]
        while parent in self.categories and parent not in seen:
            seen.add(parent)
            top, parent = self.categories[parent]
        return (top, name) if top else (name,)


def _texts(element) -> dict[str, str]:
    """Return the texts of an element's children by name: «title», «wp:post_id», «content»."""
    found = {}
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child)
        if name.namespace in EXPORTS:
            found[f"wp:{name.localname}"] = child.text or ""
        elif name.namespace == _CONTENT:
            found["content"] = child.text or ""
        elif name.namespace and name.namespace.endswith("/excerpt/"):
            found["excerpt"] = child.text or ""
        elif name.namespace in {None, _DC}:
            found.setdefault(name.localname, child.text or "")
    return found


def _meta(element) -> dict[str, str]:
    meta = (
        _texts(child)
        for child in element.iterchildren(*(f"{{{export}}}postmeta" for export in EXPORTS))
    )
    return {one.get("wp:meta_key", ""): one.get("wp:meta_value", "") for one in meta}


def _moment(post: dict[str, str], name: str):
    written = post.get(f"{name}_gmt", "")
    try:
        return items.moment_in_utc(written) or items.moment(post.get(name, ""))
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"Không đọc được ngày đăng: “{written[:40]}”.") from None


def _views(meta: dict[str, str]) -> int:
    written = next((meta[name] for name in _VIEWS if meta.get(name)), "")
    try:
        return items.count(written)
    except ValueError:
        return 0
