"""Numbers that are no figures: days, hours, document and telephone numbers, labels, ranks."""

from indicators.reading.amounts import has_unit

# Before a number that is a label: «Điều 5», «số 12», «Nghị quyết 25», «lần thứ 12», «top 10».
_LABELS = frozenset(
    "điều khoản mục chương số thứ quyết định nghị tư luật lệnh khóa kỳ lần đợt top hạng cấp "
    "thị nhóm quyển trang tờ phụ lục biểu hình bảng đường quốc lộ qđ nq tt ct phiên lúc đại "
    "hội hotline thoại đt tel fax sđt iso viii".split()
)
DAY_WORDS = frozenset("ngày sáng chiều trưa tối hôm mùng mồng".split())


def idle_end(tokens, index) -> int | None:
    """Return the index after a number that is no figure, None for one that may be."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        before is not None
        and before.end == token.start
        and (
            before.kind == "word"
            and before.word not in {"tăng", "giảm", "đạt", "usd"}
            and len(before.word) < 3
        )
    ):
        return index + 1  # «QL1», «G20», «m2», «H5N1»
    if iso_end(tokens, index) > index:
        return iso_end(tokens, index)  # «2013-11-01»
    is_joined = following is not None and following.start == token.end
    if is_joined and following.word in {"/", "-", ":"}:
        after = tokens[index + 2] if index + 2 < len(tokens) else None
        has_after = after is not None and after.start == following.end
        if following.word == "/" and has_after and (after.kind == "number" or after.is_capital):
            return _joined_end(tokens, index)
        if following.word == ":" and has_after and after.kind == "number":
            return _joined_end(tokens, index)
        if following.word == "-" and has_after and after.is_capital:
            return _joined_end(tokens, index)
        if following.word == "-" and before is not None and before.word in DAY_WORDS:
            return day_end(tokens, index)
    if is_joined and following.word in {"h", "g"} and len(token.word) <= 2:
        return index + 2 + (index + 2 < len(tokens) and tokens[index + 2].kind == "number")
    if before is not None and before.word in _LABELS and not has_unit(tokens, index):
        return index + 1
    if before is not None and before.word == "thứ":
        return index + 1
    if before is not None and before.word == "/" and before.end == token.start:
        return index + 1
    if before is not None and before.word == "[":
        return index + 1
    if (len(token.word) >= 8 and token.word.isdigit()) or (
        token.word.startswith("0") and token.word.count(".") >= 2
    ):
        return index + 1  # a telephone number
    if token.word.startswith("0") and len(token.word) >= 3 and token.word.isdigit():
        return day_end(tokens, index)
    return None


def iso_end(tokens, index) -> int:
    """Return the index after «2013-11-01», ``index`` where no such date stands."""
    parts = [token.word for token in tokens[index : index + 5]]
    is_date = (
        [len(part) for part in parts] == [4, 1, 2, 1, 2] and {parts[1], parts[3]} <= {"-", "/"}
        and all(part.isdigit() for part in parts[::2])
    )  # fmt: skip
    return index + 5 if is_date else index


def day_end(tokens, index) -> int:
    """Return the index after «5/1/2024», «10-10», «30.6.2023», the same if there is no date."""
    end = index
    if tokens[end].word in {"ngày", "("}:
        end += 1
    begin = end
    while end < len(tokens):
        token = tokens[end]
        if token.kind == "number" or (
            end > begin
            and token.word in {"/", "-", "."}
            and (
                end + 1 < len(tokens)
                and tokens[end + 1].kind == "number"
                and tokens[end + 1].start == token.end
            )
        ):
            end += 1
        else:
            break
    return end if end > begin else index


def _joined_end(tokens, index) -> int:
    end = index + 1
    while (
        end < len(tokens)
        and tokens[end].start == tokens[end - 1].end
        and (tokens[end].word not in {",", ";", ")", ".", "("})
    ):
        end += 1
    return end
