"""Units of measurement: recognised after a number, converted into an indicator's own unit."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from indicators.reading.source import Token, words

MULTIPLES = {
    ("nghìn", "tỷ"): 12, ("ngàn", "tỷ"): 12, ("triệu", "tỷ"): 15, ("nghìn",): 3, ("ngàn",): 3,
    ("triệu",): 6, ("tr",): 6, ("tỷ",): 9, ("vạn",): 4, ("nghìn", "triệu"): 9, ("k",): 3,
    ("ng",): 3,
}  # fmt: skip

# What is measured: spelling -> (dimension, power of ten).
MEASURES = {
    "đồng": ("đồng", 0), "vnd": ("đồng", 0), "vnđ": ("đồng", 0),
    "đồng việt nam": ("đồng", 0),
    "usd": ("USD", 0), "đô la mỹ": ("USD", 0), "đô la": ("USD", 0), "đô - la": ("USD", 0),
    "đô - la mỹ": ("USD", 0), "đôla": ("USD", 0), "đôla mỹ": ("USD", 0), "mỹ kim": ("USD", 0),
    "đô": ("USD", 0), "đô la hoa kỳ": ("USD", 0), "$": ("USD", 0),
    "eur": ("EUR", 0), "euro": ("EUR", 0), "nhân dân tệ": ("nhân dân tệ", 0),
    "kwh": ("kWh", 0), "mwh": ("kWh", 3), "gwh": ("kWh", 6), "kw": ("kW", 0), "mw": ("kW", 3),
    "mwp": ("kWp", 3), "kwp": ("kWp", 0), "gw": ("kW", 6), "kva": ("kVA", 0), "mva": ("kVA", 3),
    "km": ("m", 3), "m": ("m", 0), "mét": ("m", 0), "cây số": ("m", 3), "kilomet": ("m", 3),
    "ha": ("ha", 0), "héc ta": ("ha", 0), "hecta": ("ha", 0), "km 2": ("km2", 0),
    "m 2": ("m2", 0), "m 3": ("m3", 0), "m *": ("m2/m3", 0), "lít": ("lít", 0),
    "kg": ("tấn", -3), "tạ": ("tấn", -1), "tấn": ("tấn", 0), "teu": ("TEU", 0),
    "%": ("%", 0), "phần trăm": ("%", 0), "‰": ("‰", 0), "phần nghìn": ("‰", 0),
    "điểm %": ("điểm %", 0), "điểm phần trăm": ("điểm %", 0),
    "lần": ("lần", 0),
}  # fmt: skip

# Things that are counted, each its own dimension.
COUNTED = """
hộ|hộ dân|trạm|trạm biến áp|trạm biến thế|doanh nghiệp|dn|dự án|lượt|lượt khách|lượt người|khách|
du khách|nhiệm vụ|chợ|siêu thị|trung tâm thương mại|cụm|cụm công nghiệp|ccn|khu|khu công nghiệp|
kcn|hợp tác xã|htx|vụ|vụ vi phạm|vụ việc|đề án|sản phẩm|người|lao động|cơ sở|hồ sơ|thủ tục|xã|
chiếc|cái|con|bộ|đôi|giấy|căn|phòng|giường|thuê bao|máy|mô hình|lớp|cuộc|đơn vị|công trình|xe|
viên|bao|lon|chai|hành khách|cửa hàng|điểm bán|thương nhân|tổ chức|giấy phép|giấy chứng nhận|
trường|trường hợp|việc làm|nhà máy|phiên|gian hàng|tài khoản|website|hộ nghèo|container|bộ hồ sơ|
chứng từ|nghìn sản phẩm|điểm|bậc|tuổi|ngày|giờ|phút|tháng|năm|quý|tuần|kv|lượt xe|
hộ kinh doanh|thành viên|đại biểu|cá nhân|tập thể|phụ nữ|tỉnh|huyện|địa phương|nước|quốc gia|
mặt hàng|nhóm|ngành|lĩnh vực|chỉ tiêu|thị trường|loại|đợt|dây chuyền|tổ máy|lô|tuyến|điểm du lịch
""".replace("\n", "").split("|")

# Counted, but never an indicator of a report: people who were praised, hours, ranks, parts.
IDLE = set(
    "điểm|bậc|tuổi|ngày|giờ|phút|tháng|năm|quý|tuần|đại biểu|cá nhân|tập thể|tỉnh|huyện|địa phương|"
    "nước|quốc gia|nhóm|ngành|lĩnh vực|chỉ tiêu|thị trường|loại|đợt|kv|lớp|phiên|cuộc|đơn vị|"
    "tổ máy|thành viên|phụ nữ|tổ chức|lần|mặt hàng|lô|tuyến".split("|")
)
_PER = {"người", "năm", "ha", "tháng", "hộ", "ngày", "lao", "vụ", "đầu", "tổng", "lượt", "quý"}


class Unit(NamedTuple):
    """A unit; ``power`` says how many tens it holds of what is measured."""

    dimension: str
    power: int
    written: str
    per: str  # "/người/năm"
    has_measure: bool  # False: «160 triệu», of what is not said


def _key(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TABLE = {_key(name): measure for name, measure in MEASURES.items()}
_TABLE.update({_key(name): (name.strip(), 0) for name in COUNTED})
_DEPTH = max(map(len, _TABLE))


def unit_at(tokens: Sequence[Token], index: int) -> tuple[Unit, int] | None:
    """Return the unit that begins at ``index`` and the index after it."""
    begin = index
    power, index = _multiple(tokens, index)
    has_multiple = index > begin
    measure, index = _measure(tokens, index)
    if measure is None and not has_multiple:
        return None
    end = index
    per, index = _per(tokens, index) if measure else ("", index)
    written = _spelled(tokens[begin:end]) + per
    if measure is None:
        return Unit("", power, written, "", False), index
    return Unit(measure[0], power + measure[1], written, per, True), index


def unit(name: str) -> Unit | None:
    """Return the unit of an indicator as its form names it, None for one nobody knows."""
    tokens = words(name)
    found = unit_at(tokens, 0)
    return found[0] if found and found[0].has_measure else None


def same_kind(given: Unit, wanted: str) -> bool:
    """Say whether a value in ``given`` can be told in the unit named ``wanted``."""
    own = unit(wanted)
    if own is None:
        return given.written.casefold() == wanted.casefold()
    if given.dimension != own.dimension:
        return _counts(given.dimension) and _counts(own.dimension) and _akin(given, own)
    if "tháng" in given.per and "tháng" not in own.per:
        return False  # «3,5 triệu đồng/người/tháng»: wages, no income of a year
    # An amount for each person is never the whole province's.
    return "người" not in given.per or "người" in own.per or own.power <= 6


def converted(value: Decimal, digits: int, given: Unit, wanted: str) -> tuple[Decimal, int]:
    """Return ``value`` and its decimals in the unit named ``wanted``, of the same kind."""
    own = unit(wanted)
    shift = given.power - own.power if own else 0
    moved = value.scaleb(shift)
    return moved.quantize(
        Decimal(1)
    ) if moved == moved.to_integral_value() else moved, digits - shift


def _counts(dimension: str) -> bool:
    return dimension in COUNTED


def _akin(given: Unit, own: Unit) -> bool:
    """«lượt» and «lượt khách», «hộ» and «hộ dân» count the same."""
    one, other = given.dimension.split(), own.dimension.split()
    return set(one) <= set(other) or set(other) <= set(one)


def _multiple(tokens, index):
    for length in (2, 1):
        spelled = tuple(_as_ty(token.word) for token in tokens[index : index + length])
        if len(spelled) == length and spelled in MULTIPLES:
            return MULTIPLES[spelled], index + length
    return 0, index


def _as_ty(word: str) -> str:
    return "tỷ" if word == "tỉ" else word


def _measure(tokens, index):
    for length in range(_DEPTH, 0, -1):
        spelled = tuple(token.word for token in tokens[index : index + length])
        if len(spelled) == length and spelled in _TABLE:
            if spelled[-1].isdigit() and tokens[index + length - 1].start != tokens[index].end:
                continue  # «5 m 2 …» is no square metre
            return _TABLE[spelled], index + length
    return None, index


def _per(tokens, index):
    per = ""
    while index + 1 < len(tokens) and tokens[index].word == "/" and tokens[index + 1].word in _PER:
        per += "/" + tokens[index + 1].word
        index += 2
    return per, index


def _spelled(tokens) -> str:
    text = ""
    for position, token in enumerate(tokens):
        before = tokens[position - 1].word if position else ""
        if position and (token.start > tokens[position - 1].end or (before,) in MULTIPLES):
            text += " "
        text += token.word
    for plain, usual in (("usd", "USD"), ("kwh", "kWh"), ("mw", "MW"), ("mva", "MVA"),
                         ("vnd", "VND"), ("vnđ", "VNĐ"), ("tỉ", "tỷ"),
                         ("phần trăm", "%"), ("đô la mỹ", "USD"), ("đô la", "USD")):  # fmt: skip
        text = text.replace(plain, usual)
    return "MWh" if text == "MWh" else text
