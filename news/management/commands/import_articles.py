import csv
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from news.importers.items import ImportFileError
from news.importers.plans import plan
from news.importers.saving import Import, Report
from news.importers.sources import recognise

SHOWN = 20  # lines of each kind; the rest stands in the report


class Command(BaseCommand):
    help = "Brings articles of another portal: WordPress export, RSS, Atom, CSV, XLSX."

    def add_arguments(self, parser):
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--media", type=Path, help="thư mục chứa ảnh của cổng cũ")
        parser.add_argument("--source", default="", help="tên cổng cũ; để trống: lấy từ tệp")
        parser.add_argument(
            "--category", default="Tin tức", help="chuyên mục cho bài không ghi chuyên mục"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu gì")
        parser.add_argument("--update", action="store_true", help="ghi đè cả bài đã sửa ở đây")
        parser.add_argument("--restore", action="store_true", help="nhập lại cả bài đã xóa ở đây")
        parser.add_argument("--report", type=Path, help="ghi mọi lỗi, ghi chú vào tệp CSV này")

    def handle(self, *args, files, media, report, dry_run, **options):
        if media and not media.is_dir():
            raise CommandError(f"Không có thư mục {media}.")
        lines, failures = [], 0
        for file in files:
            try:
                done = self.bring(file, media, dry_run=dry_run, **options)
            except (ImportFileError, OSError) as error:
                self.stderr.write(f"{file}: {error}")
                lines.append((file.name, "", "lỗi", str(error)))
                failures += 1
                continue
            self.tell(file, done, dry_run)
            failures += len(done.failed)
            lines += [(file.name, one.place, "lỗi", one.reason) for one in done.failed]
            lines += [(file.name, one.place, "ghi chú", one.words) for one in done.remarks]
        if report:
            self.write(report, lines)
        if failures:
            raise CommandError(f"Có {failures} lỗi; những bài khác đã được xử lý.")

    def bring(
        self, file, media, *, source, category, update, restore, dry_run, **options
    ) -> Report:
        recognised = recognise(file)
        planned = plan(recognised, file, source)
        run = Import(
            planned,
            kind=recognised.kind,
            media=media,
            category=category,
            update=update,
            restore=restore,
            dry_run=dry_run,
        )
        items = tqdm(
            recognised.read(),
            total=planned.total,
            unit=" bài",
            file=sys.stderr,
            disable=not sys.stderr.isatty(),
        )
        return run.run(items)

    def tell(self, file: Path, done: Report, dry_run: bool):
        head = "Chạy thử, chưa lưu gì. " if dry_run else ""
        self.stdout.write(
            f"{head}{file.name}: {done.created} bài mới, {done.updated} bài cập nhật, "
            f"{done.unchanged} bài không đổi, {done.kept} bài giữ nguyên (đã sửa hoặc xóa ở đây, "
            f"hoặc lần này thiếu ảnh), {len(done.failed)} lỗi."
        )
        self.stdout.write(
            f"  {len(done.photos)} ảnh đưa vào thư viện ảnh, {done.missing_photos} ảnh không lấy "
            f"được, {done.undescribed} ảnh trong bài chưa có mô tả; {done.links_rewritten} liên "
            f"kết dẫn về bài mới, {done.links_kept} liên kết còn dẫn về cổng cũ."
        )
        for name, made in (("chuyên mục", done.made_categories), ("chủ đề", done.made_tags)):
            if made:
                self.stdout.write(f"  {len(made)} {name} mới: {_some(made)}.")
        for broken in done.failed[:SHOWN]:
            self.stderr.write(f"  Lỗi, {broken.place}: {broken.reason}")
        for remark in done.remarks[:SHOWN]:
            self.stdout.write(f"  {remark.place or file.name}: {remark.words}")
        hidden = max(len(done.failed) - SHOWN, 0) + max(len(done.remarks) - SHOWN, 0)
        if hidden:
            self.stdout.write(f"  … và {hidden} dòng nữa; ghi đủ vào tệp bằng --report.")

    def write(self, report: Path, lines):
        with report.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["tệp", "chỗ", "loại", "nội dung"])
            writer.writerows(lines)


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} …" if len(names) > SHOWN else shown
