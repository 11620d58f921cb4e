"""What "/" says between words: "mỗi", "trên", or no more than a pause."""

import re

from news.spoken.rules import LETTER, Rule, any_of, rule, words

# "/" is "mỗi" before these and "trên" before any other thing that is counted.
EACH = words("""
    năm, tháng, quý, tuần, ngày, người, hộ, vụ, lượt, đêm, ca, lần, suất, chuyến, buổi, phụ nữ
    môn, câu, tiết
""")
# Of money also before these: "đồng/giờ", but "km/giờ" is "trên giờ".
EACH_PAID = words("""
    giờ, học kỳ, em, trẻ em, trẻ, cháu, học sinh, sinh viên, phụ nữ, bệnh nhân, khách, cán bộ
    trường hợp, căn, chỗ, HS, SV, HSSV, GV, NLĐ
""")
# The people of several groups: "45 hộ/180 nhân khẩu".
GROUPS = words("""
    đoàn, hộ, lớp, tổ, đội, câu lạc bộ, clb, chi hội, chi đoàn, nhóm, cuộc, buổi, đợt, hội nghị
    điểm cầu
""")
PEOPLE = words("""
    diễn viên, nhân khẩu, khẩu, học sinh, em, cháu, vận động viên, vđv, lượt, đại biểu, hội viên
    thành viên, đoàn viên, người, thí sinh, lao động, cán bộ, công nhân, chiến sĩ, nghệ nhân
""")
# Before these even where no figure is near: "số bác sĩ/vạn dân".
PER = words("vạn dân, lớp, lứa, đợt, sào, công, phiên, khóa, kỳ, đầu người, mùa, héc ta")
MEASURES = tuple(
    words("""
    đồng, la Mỹ, trăm, mét, vuông, khối, gam, lít, tấn, tạ, héc ta, oát, vôn, giờ, lần, phút
    người, hộ, con, cây, trạm, tỷ, triệu, nghìn, thửa, xã
""")
)
# Words of one group stand beside each other: "xã/phường", "cơ quan/đơn vị", "nam/nữ".
ALTERNATIVES = """
    tỉnh, thành, thành phố, huyện, quận, thị xã, xã, phường, thị trấn, đặc khu
    thôn, bản, ấp, buôn, làng, khóm, khu phố, tổ dân phố, khu, xóm
    cơ quan, đơn vị, tổ chức, cá nhân, doanh nghiệp, hợp tác xã, công ty, cơ sở, hộ, trang trại
    sở, ngành, địa phương, ban, phòng, hội, đoàn thể, tập thể, nhóm, tổ
    nam, nữ
    trường, lớp, nhóm, khối, điểm trường
    cán bộ, công chức, viên chức, chiến sĩ, đảng viên, đoàn viên, hội viên, người dân
    học sinh, sinh viên, học viên, trẻ, em, giáo viên, giảng viên
    ông, bà, cha, mẹ, bố, con, cháu, vợ, chồng, anh, chị
    công trình, dự án, hạng mục, gói thầu
"""
# Of times only names do: "ngày/tháng/năm sinh", but "8 giờ/ngày".
TIMES = words("giờ, ngày, đêm, tuần, tháng, quý, năm")


def _starting_with(things: list[str]) -> re.Pattern:
    return re.compile(rf"(?i:{any_of(things)})(?!{LETTER})")


def _ending_with(things: list[str]) -> re.Pattern:
    return re.compile(rf"(?<!{LETTER})(?i:{any_of(things)})$")


_EACH, _PER = _starting_with(EACH), _starting_with(PER)
_EACH_PAID = _starting_with(EACH_PAID)
_PAID = re.compile(rf"(?<!{LETTER})(?:đồng|la Mỹ)(?:/[^\W\d_ ]{{1,8}}(?: [^\W\d_]{{1,8}})?)?$")
_GROUPED = _ending_with(GROUPS)
_PEOPLE = re.compile(rf"\d\d?[\d.]* (?i:{any_of(PEOPLE)})(?!{LETTER})")
_FIRMS = re.compile(r"\d[\d.]*\d (?:DN|doanh nghiệp|dự án|công trình|khách hàng)\b")
_GROUPS = [words(line) for line in ALTERNATIVES.strip().splitlines()]
_ENDS = [(_ending_with(group), _starting_with(group)) for group in (*_GROUPS, TIMES)]
_COUNTED = re.compile(r"\d +(?:[a-zà-ỹđ]+ +){0,4}[a-zà-ỹđ]+$")
_CODE = re.compile(r"[A-ZĐ]\d+$")
_THING = re.compile(r"[a-zà-ỹđ\d]")


def _slash(match: re.Match) -> str:
    before = match.string[max(0, match.start() - 40) : match.start()]
    after = match.string[match.end() : match.end() + 40]
    counted = bool(_COUNTED.search(before))
    ends = _ENDS[:-1] if counted else _ENDS
    if any(end.search(before) and begin.match(after) for end, begin in ends):
        return ", "
    if counted and _GROUPED.search(before) and _PEOPLE.match(after):
        return ", "
    if _PAID.search(before) and _FIRMS.match(after):
        return ", "
    if _EACH.match(after) or (_PAID.search(before) and _EACH_PAID.match(after)):
        return " mỗi "
    if _CODE.search(before) and after[:1].isupper():
        return ", "
    if before[-1:].isdigit() or before.endswith(MEASURES) or _PER.match(after):
        return " trên "
    return " trên " if counted and _THING.match(after) else match[0]


def _part(match: re.Match) -> str:
    numerator, _, denominator = match[1].partition("/")
    return f"{numerator} phần {'tư' if denominator == '4' else denominator}"


RULES: tuple[Rule, ...] = (
    rule(r"(?<![\w/.,])(?<!lệ )(1/(?:[2-9]|10)|2/3|3/4)(?![\d/]|[.,]\d)", _part, needs="/"),
    rule(r"\b(và)/(?=hoặc\b)", r"\1 ", needs="/"),
    rule(r" ?/ ?(?=\w)", _slash, needs="/"),
)
