import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from indicators import catalogue
from indicators.models import Indicator
from indicators.reading import Reading, read

HEADINGS = ("Chỉ tiêu", "Loại", "Kỳ", "Giá trị", "Tăng/giảm", "So kế hoạch", "Cần xem lại")
KINDS = {"result": "kết quả", "target": "kế hoạch", "": "?"}
OUTCOMES = {"exceeded": "vượt", "met": "đạt", "missed": "không đạt"}
_WIDEST = 44  # characters of a column of the table


class Command(BaseCommand):
    help = "Reads the figures of a Vietnamese text and prints the rows it would propose."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help="để trống: đọc từ đầu vào chuẩn"
        )
        parser.add_argument("--date", type=_day, help="ngày đăng của văn bản, dạng 2024-01-31")
        parser.add_argument(
            "--catalogue", action="store_true", help="dùng danh mục có sẵn thay cho cơ sở dữ liệu"
        )
        parser.add_argument("--table", action="store_true", help="in thành bảng thay cho JSON")

    def handle(self, *args, file, date, catalogue: bool, table, **options):
        text = _text(file)
        rows = read(text, _subjects(from_catalogue=catalogue), published=date)
        if table:
            self.stdout.write(_as_table(rows))
        else:
            self.stdout.write(
                json.dumps(
                    [row._asdict() for row in rows], ensure_ascii=False, indent=1, default=str
                )
            )


def _subjects(*, from_catalogue: bool):
    return catalogue.subjects() if from_catalogue else Indicator.objects.subjects()


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _text(file: Path | None) -> str:
    if file is None:
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: tệp không phải văn bản UTF-8.") from error
    except OSError as error:
        raise CommandError(f"{file}: không đọc được tệp ({error.strerror}).") from error


def _as_table(rows: list[Reading]) -> str:
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [
        min(max(len(line[column]) for line in lines), _WIDEST) for column in range(len(HEADINGS))
    ]
    return "\n".join(
        "  ".join(
            cell[:width].ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(row: Reading) -> tuple[str, ...]:
    name = f"{row.code or '—'} {row.subject}" + (f" ({row.place})" if row.place else "")
    months = {None: "", 12: ""}.get(row.months, f"{row.months} tháng ")
    period = f"{row.part or months}{' ' if row.part else ''}{row.year or '?'}"
    value = _number(row.value) + (f"–{_number(row.upper)}" if row.upper is not None else "")
    change = f"{_signed(row.growth)} {row.growth_unit}" if row.growth is not None else ""
    plan = f"{_signed(row.plan)} %" if row.plan is not None else OUTCOMES.get(row.outcome, "")
    return (
        name, KINDS[row.kind], period, f"{value} {row.unit}" if value else "",
        f"{change} {row.growth_base}".strip(), plan, "; ".join(row.doubts),
    )  # fmt: skip


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def _signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + _number(value)
