"""Periods: the year, the months counted from January, or a part such as a quarter."""

from collections.abc import Sequence
from typing import NamedTuple

from indicators.reading.numbers import ROMAN, SPELLED
from indicators.reading.source import Token

FIRST_YEAR, LAST_YEAR = 1975, 2060
WHOLE_YEAR = 12
THIS_MONTH, THIS_QUARTER = "tháng này", "trong quý"
_EARLY = {"trước", "sớm", "chậm", "thêm"}
_COUNTS = frozenset(SPELLED)
_UNTIL = frozenset("hết cuối giữa ngày thời điểm nay đầu kết thúc".split())


class Period(NamedTuple):
    """A period as words give it; what they leave open is None."""

    year: int | None = None
    months: int | None = None
    part: str = ""
    # −1 last year, 0 this year, 1 next year, as the words tell («năm ngoái»).
    relative: int | None = None
    is_span: bool = False  # «giai đoạn 2021-2025»
    is_vague: bool = False  # «trong năm qua»
    is_until: bool = False  # «đến năm 2025»
    years: tuple[int, ...] = ()
    is_to_date: bool = False  # «từ đầu năm đến nay»
    day: int = 0  # until that day of its last month: «đến ngày 20/11»

    def within(self, outer: "Period | None") -> "Period":
        """Return this period with what it leaves open taken from ``outer``."""
        if outer is None or self.is_span:
            return self
        year, relative = self.year, self.relative
        months, part = self.months, self.part
        if year is None and relative is None:
            year, relative = outer.year, outer.relative
        if self.is_to_date:
            months = _months_to_date(outer)
        elif months is None and not part:
            months, part = outer.months, outer.part
        return self._replace(
            year=year, relative=relative, months=months, part=part,
            is_vague=self.is_vague and year is None and relative is None,
        )  # fmt: skip


def period_at(tokens: Sequence[Token], index: int) -> tuple[Period, int] | None:
    """Return the period that begins at ``index`` and the index after it."""
    word = tokens[index].word
    if word in {"giai", "thời", "nhiệm"} and _word(tokens, index + 1) in {"đoạn", "kỳ"}:
        return _span(tokens, index + 2)
    if word in {"lũy", "luỹ", "tính", "cộng"} and _word(tokens, index + 1) in {
        "kế", "chung", "dồn", "đến", "từ",
    }:  # fmt: skip
        return _accumulated(tokens, index)
    if word in {"đến", "hết", "tới"}:
        return _until(tokens, index)
    if word == "nửa" and _word(tokens, index + 1) == "đầu":
        return _with_year(tokens, index + 2, Period(months=6), ("năm",))
    if word == "nửa" and _word(tokens, index + 1) == "cuối":
        return _with_year(tokens, index + 2, Period(part="6 tháng cuối năm"), ("năm",))
    if word == "cả" and _word(tokens, index + 1) == "năm":
        return _with_year(tokens, index + 1, Period(months=WHOLE_YEAR), ())
    if word == "trong" and _word(tokens, index + 1) == "tháng":
        following = tokens[index + 2] if index + 2 < len(tokens) else None
        if following is None or (following.kind != "number" and following.word not in _COUNTS):
            return Period(part=THIS_MONTH), index + 2 + (_word(tokens, index + 2) == "này")
        return None
    if word == "từ" or (word == "kể" and _word(tokens, index + 1) == "từ"):
        return _since(tokens, index)
    if (span_end := _years_end(tokens, index)) > index:
        return Period(is_span=True), span_end
    if word == "trong" and _word(tokens, index + 1) in {"quý", "quí"}:
        return _quarter(tokens, index + 1) or (
            Period(part=THIS_QUARTER), index + 2 + (_word(tokens, index + 2) == "này")
        )  # fmt: skip
    if word == "năm":
        return _year(tokens, index)
    if word == "tháng":
        return _month(tokens, index)
    if word in {"quý", "quí"}:
        return _quarter(tokens, index)
    if (
        (count := _count(tokens, index))
        and count <= len(ROMAN)
        and ([token.word for token in tokens[index + 1 : index + 3]] == ["quý", "đầu"])
    ):
        return _with_year(tokens, index + 3, Period(months=count * 3), ("của", "năm"))
    if (count := _count(tokens, index)) and _word(tokens, index + 1) == "tháng":
        if index and tokens[index - 1].word in _EARLY and _word(tokens, index + 2) != "đầu":
            return None  # «về đích trước 2 tháng»
        return _months(tokens, index, count)
    if word == "vụ" and _word(tokens, index + 1) in {"đông", "hè", "mùa"}:
        return None
    return _bare_year(tokens, index)


def _since(tokens, index) -> tuple[Period, int] | None:
    """Read «từ đầu năm đến nay»; «từ năm 2021 đến nay» is of several years."""
    if tokens[index].word == "kể":
        at = index + 2 + (_word(tokens, index + 2) == "năm")
        year = year_number(tokens[at]) if at < len(tokens) else None
        return (Period(is_span=True, years=(year,)), at + 1) if year else None
    is_of_year = _word(tokens, index + 1) == "đầu" and _word(tokens, index + 2) == "năm"
    end = index + 3
    if not is_of_year and (_word(tokens, index + 1) != "năm" or end > len(tokens)):
        return None
    to_now = _word(tokens, end) in {"đến", "tới"} and _word(tokens, end + 1) == "nay"
    if is_of_year:
        return Period(is_vague=True, is_to_date=True), end + 2 * to_now
    year = year_number(tokens[index + 2])
    if year is None or not (to_now or _word(tokens, end) == "trở"):
        return None
    end += 2
    while _word(tokens, end) in {"lại", "đây"}:
        end += 1
    return Period(is_span=True, years=(year,)), end


def _years_end(tokens, index) -> int:
    """Return the index after «trong 5 năm», «5 năm qua», ``index`` where no years are counted."""
    is_within = tokens[index].word in {"trong", "sau", "qua"}
    at = index + is_within
    if at + 1 >= len(tokens) or tokens[at + 1].word != "năm" or tokens[at].word == "năm":
        return index
    count = _count(tokens, at)
    if not count or count == 1:
        return index
    if at + 2 < len(tokens) and year_number(tokens[at + 2]):
        is_span = _word(tokens, at + 3) in {"-", "đến"} and at + 4 < len(tokens)
        return at + 5 if is_span and year_number(tokens[at + 4]) else index
    end = at + 2
    while _word(tokens, end) in {"qua", "gần", "đây", "vừa"}:
        end += 1
    return end if is_within or end > at + 2 else index


def _months_to_date(outer: Period) -> int | None:
    """Return the months of «từ đầu năm đến nay» where the text speaks of a month or of months."""
    if outer.part.startswith("tháng ") and outer.part[6:].isdigit():
        return int(outer.part[6:])
    return outer.months


def _word(tokens, index) -> str:
    return tokens[index].word if index < len(tokens) else ""


def year_number(token: Token) -> int | None:
    """Return the year a number may be."""
    if token.kind == "number" and len(token.word) == 4 and token.word.isdigit():
        year = int(token.word)
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
    return None


def _count(tokens, index) -> int | None:
    token = tokens[index]
    if token.kind == "number" and len(token.word) <= 2 and token.word.isdigit():
        number = int(token.word)
    else:
        number = SPELLED.get(token.word)
        if number == 10 and _word(tokens, index + 1) in SPELLED:
            return None
    return number if number and 1 <= number <= WHOLE_YEAR else None


def _months(tokens, index, count) -> tuple[Period, int] | None:
    end = index + 2
    if count == 1 and tokens[index].word in {"1", "một"}:
        return None  # «bình quân 1 tháng»
    period = Period(months=count)
    while _word(tokens, end) in {"đầu", "cuối", "còn", "lại", "qua", "vừa", "đã"}:
        if tokens[end].word in {"cuối", "còn"}:
            period = Period(part=f"{count} tháng cuối năm")
        end += 1
    return _with_year(tokens, end, period, ("của", "năm"))


def _month(tokens, index) -> tuple[Period, int] | None:
    if index + 1 >= len(tokens):
        return None
    token = tokens[index + 1]
    end = index + 2
    number = _count(tokens, index + 1)
    if token.word == "mười" and _word(tokens, end) in {"một", "hai"}:
        number, end = 10 + SPELLED[tokens[end].word], end + 1
    if number is None:
        if token.word in {"trước", "này", "qua"}:
            return Period(part=f"tháng {token.word}"), end
        return None
    return _with_year(tokens, end, Period(part=f"tháng {number}"), ("của",))


def _quarter(tokens, index) -> tuple[Period, int] | None:
    if index + 1 >= len(tokens):
        return None
    word = tokens[index + 1].word
    number = ROMAN.get(word) or (int(word) if word in {"1", "2", "3", "4"} else None)
    if word == "đầu":
        number = 1
    if number is None:
        return None
    name = ("I", "II", "III", "IV")[number - 1]
    return _with_year(tokens, index + 2, Period(part=f"quý {name}"), ("của",))


def _with_year(tokens, index, period, fillers) -> tuple[Period, int]:
    """Read the year that follows, if one does."""
    end = index
    if _word(tokens, end) in fillers and _word(tokens, end) != "năm":
        end += 1
    if _word(tokens, end) == "năm":
        found = _year(tokens, end)
        if found and not found[0].is_vague:
            year = found[0]
            return period._replace(year=year.year, relative=year.relative), found[1]
        if found:
            return period, found[1]
        return period, end + 1 if "năm" in fillers else index
    if _word(tokens, end) in {"/", "-", "."} and end + 1 < len(tokens):
        year = year_number(tokens[end + 1])
        if year:
            return period._replace(year=year), end + 2
    if end < len(tokens) and (year := year_number(tokens[end])):
        return period._replace(year=year), end + 1
    return period, index


def _year(tokens, index) -> tuple[Period, int] | None:
    """Read what follows the word «năm» at ``index``."""
    if index + 1 >= len(tokens):
        return None
    token = tokens[index + 1]
    end = index + 2
    year = year_number(token)
    if year is not None:
        years = [year]
        while (
            end + 1 < len(tokens)
            and tokens[end].word in {",", "và", "-", ";", "/"}
            and (another := year_number(tokens[end + 1]))
        ):
            years.append(another)
            if tokens[end].word == "-":
                return Period(is_span=True, years=tuple(years)), end + 2
            end += 2
        if len(years) > 1:
            return Period(year=None, months=WHOLE_YEAR, years=tuple(years)), end
        return Period(year=year, months=WHOLE_YEAR), end
    if token.kind == "number" and len(token.word) == 5 and token.word.isdigit():
        return Period(is_vague=False), end  # «năm 20214»: which year, nobody can say
    relative = {"nay": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}.get(token.word)
    if relative is not None:
        return Period(relative=relative, months=WHOLE_YEAR), end
    if token.word in {"qua", "vừa"}:
        end += _word(tokens, end) == "qua"
        return Period(is_vague=True, months=WHOLE_YEAR), end
    return None


def _bare_year(tokens, index) -> tuple[Period, int] | None:
    year = year_number(tokens[index])
    if year is None:
        return None
    if _word(tokens, index + 1) == "-" and index + 2 < len(tokens):
        last = year_number(tokens[index + 2])
        if last and last > year:
            return Period(is_span=True, years=(year, last)), index + 3
    return Period(year=year, months=WHOLE_YEAR), index + 1


def _span(tokens, index) -> tuple[Period, int]:
    end = index
    years = []
    while end < len(tokens) and end < index + 6:
        year = year_number(tokens[end])
        if year:
            years.append(year)
        elif tokens[end].word not in {"năm", "-", "đến", "từ", "(", ")", "này"}:
            break
        end += 1
    if end > index and tokens[end - 1].word == "(":
        end -= 1
    return Period(is_span=True, years=tuple(years)), end


def _accumulated(tokens, index) -> tuple[Period, int] | None:
    """Read «lũy kế 10 tháng», «tính chung 11 tháng», «tính đến hết tháng 9»."""
    end = index + (1 if tokens[index].word == "tính" and tokens[index + 1].word != "chung" else 2)
    since = next((at for at in (index + 1, index + 2) if _word(tokens, at) == "từ"), 0)
    if since and (years := _since(tokens, since)) and years[0].is_span:
        return years  # «lũy kế từ năm 1990 đến nay»
    is_until = is_to_date = False
    while _word(tokens, end) in {
        "đến", "hết", "từ", "đầu", "ngày", "cả", "trong", "chung", "giữa",
    }:  # fmt: skip
        if tokens[end].word == "cả":
            break
        if (
            tokens[end].word == "từ"
            and _word(tokens, end + 1) == "đầu"
            and (_word(tokens, end + 2) == "năm")
        ):
            end += 3
            is_to_date = True
            continue
        is_until = is_until or tokens[end].word in {"đến", "hết"}
        end += 1
    if end >= len(tokens):
        return Period(is_vague=True, is_to_date=is_to_date), end
    dated = _date(tokens, end)
    if dated and "từ" in {tokens[end - 1].word, tokens[end - 2].word}:
        # «Tính từ 01/01/2016 đến thời điểm lập báo cáo»: since that day
        until = _until(tokens, dated[1]) if _word(tokens, dated[1]) in {"đến", "tới"} else None
        return until or (Period(is_vague=True, is_to_date=True), dated[1])
    if dated:
        return dated
    if is_to_date and tokens[end].kind == "mark":
        return Period(is_vague=True, is_to_date=True), end
    if is_until and tokens[end].word == "nay":
        return Period(is_vague=True), end + 1
    # «Tính chung quý III»: of its three months, unless «đến», «từ đầu năm» stand before.
    is_of_quarter = _word(tokens, index + 1) == "chung" and not (is_until or is_to_date)
    found = period_at(tokens, end)
    if found is None:
        is_sum = tokens[index].word != "tính"
        return (Period(is_vague=True, is_to_date=True), end) if is_sum else None
    period, end = found
    if period.part.startswith("tháng ") and period.part[6:].isdigit():
        period = period._replace(months=int(period.part[6:]), part="")
    elif period.part == "quý I" or (period.part.startswith("quý ") and not is_of_quarter):
        period = period._replace(months=ROMAN[period.part[4:].lower()] * 3, part="")
    return period, end


def _until(tokens, index) -> tuple[Period, int] | None:
    """Read «đến năm 2025», «đến hết tháng 9», «đến cuối năm 2023», «đến 30/9/2022»."""
    end = index + 1
    while _word(tokens, end) in _UNTIL:
        end += 1
    if end >= len(tokens):
        return None
    dated = _date(tokens, end)
    if dated:
        return dated
    if tokens[end].word not in {"năm", "tháng", "quý", "quí"}:
        return None
    found = period_at(tokens, end)
    if found is None:
        return None
    period, end = found
    if "đầu" in [token.word for token in tokens[index:end]] and period.months == WHOLE_YEAR:
        return Period(), end  # «ước đến đầu năm 2023 đạt»: of the year before, or of no year
    if period.part.startswith("tháng ") and period.part[6:].isdigit():
        period = period._replace(months=int(period.part[6:]), part="")
    elif period.part.startswith("quý "):
        period = period._replace(months=ROMAN[period.part[4:].lower()] * 3, part="")
    return period._replace(is_until=True), end


def _date(tokens, index) -> tuple[Period, int] | None:
    """Read «30/9/2022», «20/11»: what has been reached by a day counts from January."""
    parts = [token.word for token in tokens[index : index + 5]]
    if len(parts) < 3 or parts[1] not in {"/", "-", "."} or tokens[index + 2].kind != "number":
        return _dotted(tokens, index)
    is_joined = tokens[index].end == tokens[index + 1].start
    has_year = parts[3:4] == parts[1:2] and len(parts) == 5
    year = year_number(tokens[index + 4]) if has_year else None
    if not (year or is_joined):
        return None
    return _until_day(parts[0], parts[2], year, index + (5 if year else 3))


def _dotted(tokens, index) -> tuple[Period, int] | None:
    """Read «20.11» or «20.11.2024» after «ngày»."""
    day, *rest = tokens[index].word.split(".")
    if tokens[index - 1].word != "ngày" or not 1 <= len(rest) <= 2:
        return None
    year = int(rest[1]) if len(rest) == 2 and len(rest[1]) == 4 else None
    return _until_day(day, rest[0], year, index + 1)


def _until_day(day: str, month: str, year: int | None, end: int) -> tuple[Period, int] | None:
    if not (day.isdigit() and month.isdigit() and len(day) <= 2 and len(month) <= 2):
        return None
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= WHOLE_YEAR):
        return None
    return Period(year=year, months=int(month), day=int(day)), end
