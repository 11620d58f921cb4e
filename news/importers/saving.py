"""Imported articles, saved: each in its own savepoint, none twice, nothing of ours lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from news import workflow
from news.importers import bodies, encodings, pictures
from news.importers.filing import Shelves
from news.importers.items import BrokenItem, Item, Picture, Remark
from news.importers.plans import Plan
from news.models import Article, ArticlePhoto, ImportedArticle, Photo
from portal import fragments, text, wordmarkup
from portal.models import PageViews
from portal.richtext import clean_html, plain_text

BATCH = 100  # articles to a transaction
AFTER_OTHERS = -50  # the worker turns to old articles when nothing new waits
# An article is stored again only for one of these.
_COMPARED = ("title", "lead", "body", "byline", "source", "category_id", "cover_id", "published_at")


@dataclass
class Report:
    """What an import did, or with ``dry_run`` would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0  # edited or deleted here since, so left alone
    photos: set[str] = field(default_factory=set)  # the files they came from
    missing_photos: int = 0
    undescribed: int = 0  # pictures in texts and beside them
    links_rewritten: int = 0
    links_kept: int = 0  # still lead to the old portal
    made_categories: list[str] = field(default_factory=list)
    made_tags: list[str] = field(default_factory=list)
    failed: list[BrokenItem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class Import:
    """One run over one file."""

    def __init__(
        self,
        plan: Plan,
        *,
        kind: str,
        media: Path | None = None,
        category: str = "Tin tức",
        update: bool = False,
        restore: bool = False,
        dry_run: bool = False,
    ):
        self.plan = plan
        self.note = f"Nhập từ {kind} {plan.origin}"[:200]
        self.media = pictures.MediaFolder(media)
        self.shelves = Shelves(default=category, dry_run=dry_run)
        self.update = update
        self.restore = restore
        self.dry_run = dry_run
        self.seen: set[str] = set()  # keys
        self.report = Report()

    def run(self, items: Iterable[Item | BrokenItem | Remark]) -> Report:
        """Save what is new or changed; report the rest."""
        for batch in _batches(items):
            with transaction.atomic():
                self._save_batch(batch)
        self.report.made_categories = self.shelves.made_categories
        self.report.made_tags = self.shelves.made_tags
        return self.report

    def _save_batch(self, batch: list[Item | BrokenItem | Remark]) -> None:
        keys = [one.key for one in batch if isinstance(one, Item)]
        imported = ImportedArticle.objects.filter(origin=self.plan.origin, key__in=keys)
        known = {one.key: one for one in imported.select_related("article")}
        for one in batch:
            if isinstance(one, BrokenItem):
                self.report.failed.append(one)
            elif isinstance(one, Remark):
                self.report.remarks.append(one)
            else:
                self._save_item(one, known)

    def _save_item(self, item: Item, known: dict[str, ImportedArticle]) -> None:
        if item.key in self.seen:
            self.report.failed.append(
                BrokenItem(item.place, f"Trùng mã “{item.key}” với mục trước.")
            )
            return
        self.seen.add(item.key)
        before = known.get(item.key)
        if before and not self._may_write(item, before):
            return
        try:
            article, photos = self._article(item, before)
            if article is None:
                return
            tags = self.shelves.tags(item.tags)
            if not self.dry_run:
                with transaction.atomic():
                    known[item.key] = self._store(item, article, photos, tags, before)
        except ValidationError as refusal:
            self.report.failed.append(BrokenItem(item.place, " ".join(refusal.messages)))
        except (DataError, IntegrityError) as error:
            self.report.failed.append(BrokenItem(item.place, f"Không lưu được: {error}".strip()))
        else:
            self.report.updated += bool(before and before.article_id)
            self.report.created += not (before and before.article_id)
            self.report.remarks += [Remark(item.place, note) for note in item.notes]

    def _may_write(self, item: Item, before: ImportedArticle) -> bool:
        """Say whether what was imported before is to be written again."""
        if before.article is None:
            self.report.kept += not self.restore
            return self.restore
        if before.digest == item.digest() and not self.update:
            self.report.unchanged += 1
            return False
        if before.article.revision != before.revision and not self.update:
            self.report.kept += 1
            self.report.remarks.append(Remark(item.place, "Đã sửa ở cổng này: giữ nguyên."))
            return False
        return True

    def _article(self, item: Item, before: ImportedArticle | None) -> tuple[Article | None, list]:
        """Return the article to save with the photos under it; None when nothing changed."""
        values = self._values(item)
        photos = [(self._photo(picture, item), picture) for picture in item.pictures]
        if before is None or before.article is None:
            return Article(slug=self.plan.slugs[item.key], **values), photos
        stored = before.article
        if values["body"].count("<img") < stored.body.count("<img"):
            self.report.kept += 1
            self.report.remarks.append(Remark(item.place, "Lần này thiếu ảnh: giữ bản đã nhập."))
            return None, []
        if stored.revision != before.revision:
            del values["state"]  # what was withdrawn here is not published again
        as_it_was = [getattr(stored, name) for name in _COMPARED]
        for name, value in values.items():
            setattr(stored, name, value)
        if as_it_was == [getattr(stored, name) for name in _COMPARED]:
            self.report.unchanged += 1
            return None, []
        return stored, photos

    def _values(self, item: Item) -> dict:
        """Return the article's fields, cleaned. Raises ValidationError."""
        if font := encodings.old_font(f"{item.title} {item.lead} {item.body[:5000]}"):
            raise ValidationError(encodings.OLD_FONT.format(font=font))
        rewritten = bodies.rewrite(
            item.body,
            bodies.Surroundings(self._library_photo, self.plan.article_at, self.plan.is_old),
        )
        cover = self._photo(item.cover, item) if item.cover else None
        body = clean_html(_without_opening_picture(rewritten.html, cover))
        lead = text.clean(item.lead)
        item.notes += rewritten.notes
        self.report.links_rewritten += rewritten.rewritten
        self.report.links_kept += rewritten.kept
        self.report.undescribed += body.count('alt=""')
        return {
            "title": _cut(item, "Tiêu đề", item.title, 250),
            "lead": lead,
            "body": body,
            "byline": _cut(item, "Tên tác giả", item.byline, 120),
            "source": _cut(item, "Nguồn", item.source, 200),
            "category": self.shelves.category(item.category),
            "cover": cover,
            "published_at": item.published_at,
            "state": _state(item, has_text=bool(lead or plain_text(body))),
        }

    def _photo(self, picture: Picture, item: Item) -> Photo | None:
        """Return the photo for a picture that stands beside the text; the item notes its lack."""
        photo = self._library_photo(picture)
        if photo is None:
            item.notes.append(f"Không lấy được ảnh {bodies.short(picture.address)}.")
        elif not photo.is_described:
            self.report.undescribed += 1
        return photo

    def _library_photo(self, picture: Picture) -> Photo | None:
        """Return the library's photo for an old portal's picture; None where it cannot be had."""
        file = self.media.find(picture.address)
        if file is None:
            self.report.missing_photos += 1
            return None
        if self.dry_run:
            self.report.photos.add(str(file))
            return Photo(image=f"anh/{file.name}", alt_text=picture.alt, width=1, height=1)
        try:
            photo = pictures.store_file(file, alt=picture.alt, caption=picture.caption)
        except ValidationError as refusal:
            self.report.missing_photos += 1
            self.report.remarks.append(Remark(file.name, " ".join(refusal.messages)))
            return None
        self.report.photos.add(str(file))
        return photo

    def _store(self, item, article, photos, tags, before) -> ImportedArticle:
        article.task_priority = AFTER_OTHERS
        stored = Article.objects.filter(pk=article.pk).values_list("state", flat=True)
        came_from = stored.first() or ""
        article.save(note=self.note)
        if article.state != came_from:
            workflow.log(article, came_from, article.state, by=None, reason=self.note)
        article.tags.set(tags)
        if photos:
            article.photos.all().delete()
            ArticlePhoto.objects.bulk_create(
                ArticlePhoto(
                    article=article,
                    photo=photo,
                    caption=text.clean_line(picture.caption)[:300],
                    position=position,
                )
                for position, (photo, picture) in enumerate(photos, 1)
                if photo
            )
        if photos or tags:
            article.parts_saved()
        if item.views:
            _keep_views(article, item.views)
        imported = before or ImportedArticle(origin=self.plan.origin, key=item.key[:300])
        imported.article = article
        imported.digest = item.digest()
        imported.revision = article.revision
        imported.save()
        return imported


def _batches(items: Iterable) -> Iterator[list]:
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch


def _cut(item: Item, field: str, words: str, length: int) -> str:
    """Return a line as long as its field takes, cut at a word; the item notes it."""
    line = text.clean_line(words)
    if len(line) <= length:
        return line
    item.notes.append(f"{field} dài quá {length} ký tự nên bị cắt.")
    return line[: length - 2].rpartition(" ")[0] + " …"


def _state(item: Item, *, has_text: bool) -> str:
    """Return whether the article is public, as it was; without date or text it cannot be."""
    if item.is_public and item.published_at and has_text:
        return Article.State.APPROVED
    if item.is_public:
        what = "nội dung" if item.published_at else "ngày đăng"
        item.notes.append(f"Không có {what}: nhập thành bản nháp.")
    return Article.State.DRAFT


def _without_opening_picture(html: str, cover: Photo | None) -> str:
    """Return a body without the picture it opens with where that is the cover, shown above it."""
    if cover is None or f'src="{cover.image.url}"' not in html[:2000]:
        return html
    root = fragments.parse(html)
    opening = next(element for element in root.iter() if element.tag == "img" or _says(element))
    if opening.get("src") != cover.image.url:
        return html
    figure = next(opening.iterancestors("figure"), opening)
    if "".join(figure.itertext()).strip() and not cover.caption:
        return html  # its caption stands nowhere else
    figure.drop_tree()
    return wordmarkup.inside(root)


def _says(element) -> bool:
    return bool((element.text or "").strip())


def _keep_views(article: Article, views: int) -> None:
    """Keep the views of former years under the day of publication: no list of today has them."""
    moment = article.published_at or timezone.now()
    counted = PageViews(page=article.page, day=timezone.localdate(moment), views=views)
    PageViews.objects.bulk_create(
        [counted],
        update_conflicts=True,
        unique_fields=["page", "day"],
        update_fields=["views"],
    )
