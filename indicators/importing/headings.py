"""What the heading of a column means, in the many ways reports write it."""

import re
from typing import NamedTuple

from portal.text import clean_line, fold

# What the columns of the portal's own export and the plain columns of every table are called.
_NAMED = {
    "territory": ("dia ban", "dia phuong", "tinh"),
    "code": ("ma", "ma chi tieu", "ma so", "ma ct"),
    "indicator": (
        "chi tieu", "ten chi tieu", "noi dung", "noi dung chi tieu", "danh muc chi tieu",
        "cac chi tieu", "chi tieu chu yeu", "chi tieu kinh te", "danh muc", "ten",
    ),
    "unit": ("dvt", "don vi", "don vi tinh", "dv tinh", "dv"),
    "year": ("nam",),
    "months": ("so thang",),
    "target_qualifier": ("kh tu di truoc so",),
    "target_upper": ("kh can tren",),
    "target_is_derived": ("kh suy ra",),
    "result_qualifier": ("th tu di truoc so",),
    "stage": ("loai so lieu",),
    "outcome": (
        "danh gia", "ket qua danh gia", "danh gia ket qua", "muc do hoan thanh", "xep loai",
        "dat khong dat",
    ),
    "source": ("nguon", "nguon so lieu"),
    "note": ("ghi chu", "giai trinh"),
    "territory_code": ("ma dia ban",),
    "restated_previous": ("th nam truoc nguon tinh lai",),
    "stated_growth": ("tang so voi nam truoc theo nguon %",),
    "stated_over_plan": ("vuot ke hoach theo nguon %",),
    "stated_outcome": ("ket luan theo nguon",),
    "target_stated_growth": ("kh tang so voi nam truoc theo nguon %",),
    # Passed over: counted along, or worked out by the portal itself.
    "ignored": (
        "stt", "tt", "so tt", "nhom", "th nam truoc suy ra", "dia chi nguon", "cap nhat luc",
        "moc thay doi dia ban",
    ),
}  # fmt: skip
_KIND_OF = {name: kind for kind, names in _NAMED.items() for name in names}
# Columns only the portal's own export has: its numbers in CSV are written for programs, and
# what its sources state stands apart from what the portal computed.
STATED = ("restated_previous", "stated_growth", "stated_over_plan", "target_stated_growth")
OF_EXPORT = {"target_qualifier", "result_qualifier", "target_is_derived", "stated_growth"}
RATIOS = {"attainment", "growth", "target_growth"}
VALUES = {"target", "result", "previous"}
PLANS = {"target", "target_upper", "target_growth"}
AMOUNTS = VALUES | {"target_upper", "restated_previous", "year_target"}  # in the indicator's unit

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLAN = re.compile(r"\b(kh|ctkh|ke hoach|muc tieu|chi tieu giao|du toan|dt giao|nghi quyet)\b")
_DONE = re.compile(r"\b(th|uth|uoc|thuc hien|ket qua|dat duoc|luy ke|chinh thuc|so bo)\b")
_BEFORE = re.compile(r"\b(nam truoc|cung ky|ck|nam ngoai|nam lien truoc)\b")
_GROWS = re.compile(r"\b(tang|giam|tang truong|toc do)\b|\+/")
_SHARE_OF_PLAN = re.compile(r"\b(ty le|muc|%) (dat|hoan thanh|thuc hien|kh)\b|% dat\b|dat %")
_COMPARED = re.compile(r"\bso (?:voi|sanh voi|sanh|ke hoach|kh|cung ky|nam)\b|\bsv\b")
_PART_OF_YEAR = re.compile(r"\bquy\b|\btuan\b|\bthang (?:bao cao|truoc|nay)\b|\btrong thang\b")
_SOME_MONTHS = re.compile(r"\b(\d{1,2}) thang\b")
_UP_TO_MONTH = re.compile(r"\bluy ke .*?\bthang (\d{1,2})\b")
_ONE_MONTH = re.compile(r"\bthang (\d{1,2})\b")


class Heading(NamedTuple):
    """What a column holds; ``year`` and ``months`` where its heading names them."""

    said: str
    kind: str  # "" is unknown
    year: int | None = None
    months: int | None = None
    is_growth: bool = False  # of a ratio: the heading says «tăng», «giảm» or «vượt»


def recognised(words: str) -> bool:
    """Say whether a cell may head a column of a table of figures."""
    return bool(heading(words).kind)


def heading(words: str) -> Heading:
    """Return what a column called ``words`` holds."""
    said = clean_line(words)
    if not said or len(said) > 160:
        return Heading(said[:160], "")
    plain = _plain(said)
    if kind := _KIND_OF.get(plain):
        return Heading(said, kind)
    years = [int(year) for year in _YEAR.findall(plain)]
    months = _months(plain)
    if months == 0:
        return Heading(said, "other")  # one month, one quarter: no figure from January on
    kind = _ratio(plain, years) or _value(plain, years)
    if kind in RATIOS:
        is_growth = bool(_GROWS.search(plain)) or "vuot" in plain
        return Heading(said, kind, _year_of_ratio(plain, kind, years), months, is_growth)
    return Heading(said, kind, years[-1] if years else None, months)


def counts(column: Heading) -> bool:
    """Say whether a column counts the rows."""
    return _plain(column.said) in {"stt", "tt", "so tt"}


def years_in(words: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(words)]


def months_in(words: str) -> int | None:
    """Return the months since January that a title names: «9 THÁNG ĐẦU NĂM» is 9."""
    return _months(_plain(words)) or None


def is_estimated(said: str) -> bool:
    return bool(re.search(r"\b(uoc|uth)\b", _plain(said)))


def _plain(said: str) -> str:
    """Return a heading without marks, punctuation and notes: «TH/KH (%)» is «th/kh %»."""
    return " ".join(re.sub(r"[^\w%/+]+", " ", fold(said)).split())


def _months(plain: str) -> int | None:
    """Return the months a heading covers; 0 for a part of the year, None where none is named."""
    if found := (_UP_TO_MONTH.search(plain) or _SOME_MONTHS.search(plain)):
        return int(found[1]) if 1 <= int(found[1]) <= 12 else 0
    if _ONE_MONTH.search(plain) or _PART_OF_YEAR.search(plain):
        return 0
    return 12 if re.search(r"\bca nam\b", plain) else None


def _ratio(plain: str, years: list[int]) -> str:
    """Return what is compared with what, if anything is."""
    left, slash, right = plain.rpartition("/")
    if slash and left.rstrip().endswith("+"):
        slash = ""  # «+/−», the sign
    if not slash and (found := _COMPARED.search(plain)):
        left, right = plain[: found.start()], plain[found.start() :]
        slash = "so voi"
    if slash:
        if _PLAN.search(right):
            return "attainment"
        if _BEFORE.search(right) or _DONE.search(right) or years:
            return "target_growth" if _PLAN.search(left) else "growth"
        return ""
    if _SHARE_OF_PLAN.search(plain) or ("%" in plain and _PLAN.search(plain)) or "vuot" in plain:
        return "attainment"
    if _GROWS.search(plain) or re.search(r"\bchi so phat trien\b", plain):
        return "target_growth" if _PLAN.search(plain) else "growth"
    return ""


def _year_of_ratio(plain: str, kind: str, years: list[int]) -> int | None:
    """Return the year whose number is compared: «so với cùng kỳ 2022» belongs to 2023."""
    if kind == "attainment" or len(set(years)) != 1:
        return max(years, default=None)
    compared = _COMPARED.search(plain)
    begin = compared.start() if compared else plain.rfind("/")
    is_base = 0 <= begin < plain.rfind(str(years[0]))
    return years[0] + 1 if is_base else years[0]


def _value(plain: str, years: list[int]) -> str:
    if _BEFORE.search(plain):
        return "previous"
    is_plan, is_done = bool(_PLAN.search(plain)), bool(_DONE.search(plain))
    if is_plan != is_done:
        return "target" if is_plan else "result"
    return "result" if years and not is_plan and re.fullmatch(r"(nam )?\d{4}", plain) else ""
