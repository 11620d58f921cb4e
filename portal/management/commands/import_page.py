from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from indicators.models import Territory
from news.importers import NothingToImportError, read_page, save_draft
from news.models import Article, Category
from portal import text


class Command(BaseCommand):
    help = "Makes a draft article of the visible text of an old portal's page."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="văn bản UTF-8 của trang")
        parser.add_argument("--territory", required=True, help="mã hoặc tên địa bàn bài nói về")
        parser.add_argument("--category", help="đường dẫn của chuyên mục; để trống: chuyên mục đầu")

    def handle(self, *args, file, territory, category, **options):
        page = self.read(file)
        if existing := Article.objects.filter(title=page.title[:250]).first():
            raise CommandError(f"Đã có bài cùng tiêu đề: {existing.get_absolute_url()}")
        article = save_draft(
            page, category=self.category(category), place=self.territory(territory).name
        )
        self.stdout.write(f"Đã tạo bản nháp số {article.pk}: {article.title}")
        self.stdout.write(
            f"  {len(page.paragraphs) + 1} đoạn, {len(page.captions)} chú thích chờ ảnh, "
            f"tác giả: {article.byline or article.issuing_unit or 'không rõ'}"
        )

    def read(self, file):
        try:
            return read_page(file.read_text(encoding="utf-8-sig"))
        except OSError:
            raise CommandError(f"Không đọc được {file}: tệp không có hoặc không mở được.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} không phải văn bản UTF-8.") from None
        except NothingToImportError as error:
            raise CommandError(f"{file}: {error}") from None

    def territory(self, wanted):
        """Find a territory by code or name, marks or not; one that is new is added."""
        code = text.slug(wanted)
        if not code:
            raise CommandError("Tên địa bàn phải có chữ.")
        found = Territory.objects.filter(Q(code=code) | Q(name__iexact=wanted)).first()
        if found is None:
            found = Territory.objects.create(code=code, name=wanted, full_name=wanted)
            self.stdout.write(f"Đã thêm địa bàn mới: {wanted}")
        return found

    def category(self, slug):
        categories = Category.objects.filter(slug=slug) if slug else Category.objects.all()
        if found := categories.first():
            return found
        if slug:
            raise CommandError(f"Không có chuyên mục nào có đường dẫn {slug}.")
        return Category.objects.create(name="Tin tức")
