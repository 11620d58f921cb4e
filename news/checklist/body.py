"""What is wrong in the body of an article."""

import re
from urllib.parse import unquote

from django.conf import settings

from news import links
from news.checklist.finding import Finding, Level, Place, is_shouted, quoted
from news.models.photos import Photo, says_nothing
from portal.text import fold

LONG_BODY = 800  # words that nobody reads without headings

_SAY_NOTHING_OF_TARGET = {
    "tai day",
    "day",
    "o day",
    "xem",
    "xem them",
    "xem tai day",
    "xem chi tiet",
    "chi tiet",
    "tai ve",
    "tai ve tai day",
    "link",
    "lien ket",
    "click",
    "click here",
    "here",
}
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.I)


def pictures_are_undescribed(checked):
    undescribed = [
        (picture.get("src", ""), place)
        for picture, _, place in checked.parts("img")
        if not re.search(r"\w", picture.get("alt", ""))
    ]
    decorative = _decorative({address for address, _ in undescribed})
    for address, place in undescribed:
        if address not in decorative:
            message = (
                f"Có ảnh chưa được mô tả (ảnh thứ {place.number + 1} trong nội dung): hãy bấm "
                "đúp vào ảnh rồi điền ô “Mô tả ảnh”; ảnh không mang thông tin thì đánh dấu "
                "“Ảnh trang trí” trong thư viện ảnh."
            )
            yield Finding(message, place, Level.MUST)


def _decorative(addresses: set[str]) -> set[str]:
    """Return the addresses of pictures that the library knows to be decorative."""
    if not addresses:
        return set()
    names = {unquote(address).removeprefix(settings.MEDIA_URL): address for address in addresses}
    known = Photo.objects.filter(image__in=names, is_decorative=True)
    return {names[name] for name in known.values_list("image", flat=True)}


def descriptions_say_nothing(checked):
    for picture, _, place in checked.parts("img"):
        description = picture.get("alt", "").strip()
        if says_nothing(description):
            yield Finding(
                f"Mô tả {quoted(description)} của ảnh thứ {place.number + 1} trong nội dung "
                "không nói ảnh có gì: hãy viết lại; ảnh không mang thông tin thì để trống ô này "
                "và đánh dấu “Ảnh trang trí” trong thư viện ảnh.",
                place,
                Level.MUST,
            )


def pictures_are_lost(checked):
    for picture, _, place in checked.parts("img"):
        if not links.has_file(picture.get("src", "")):
            yield Finding(
                f"Ảnh thứ {place.number + 1} trong nội dung không còn tệp trên cổng: hãy chèn lại "
                "hoặc bỏ ảnh.",
                place,
            )


def headings_skip_levels(checked):
    above = 1  # the title
    for heading, words, place in checked.headings():
        level = int(heading.tag[1])
        if level > above + 1:
            yield Finding(
                f"Đề mục {quoted(words)} đang ở cấp {level}; ở chỗ này phải là cấp {above + 1} "
                "(chọn ở ô Định dạng).",
                place,
            )
        above = level


def headings_are_empty(checked):
    for _, words, place in checked.headings():
        if not words:
            yield Finding("Có đề mục không có chữ: hãy xóa dòng trống đó.", place)


def headings_are_missing(checked):
    if checked.words > LONG_BODY and checked.body.find(".//h2") is None:
        yield Finding(
            f"Nội dung dài {checked.words} từ mà không có đề mục nào; nên chia thành các phần.",
            Place("body"),
        )


def paragraphs_are_shouted(checked):
    for _, words, place in checked.parts("p"):
        if is_shouted(words):
            yield Finding(f"Đoạn {quoted(words)} viết toàn chữ in hoa, khó đọc.", place)


def tables_have_no_header(checked):
    for table, _, place in checked.parts("table"):
        if table.find(".//th") is None:
            first = next((cell for cell in table.itertext() if cell.strip()), "").strip()
            yield Finding(
                f"Bảng bắt đầu bằng {quoted(first)} không có ô tiêu đề: hãy bấm chuột phải vào "
                "bảng, mở “Thuộc tính bảng” rồi chọn “Hàng đầu tiên” hoặc “Cột đầu tiên” ở "
                "mục “Ô tiêu đề”.",
                place,
            )


def links_are_empty(checked):
    for link, words, place in checked.parts("a"):
        if not words and link.find(".//img") is None:
            yield Finding("Có liên kết không có chữ, người đọc không thấy.", place)


def links_say_nothing(checked):
    for _, words, place in checked.parts("a"):
        if fold(words).strip(" .,:;>»…()[]") in _SAY_NOTHING_OF_TARGET:
            yield Finding(
                f"Chữ của liên kết {quoted(words)} không cho biết sẽ mở trang nào; nên gắn liên "
                "kết vào tên văn bản hoặc tên trang.",
                place,
            )
        elif _ADDRESS.fullmatch(words):
            yield Finding(
                f"Liên kết {quoted(words)} hiện địa chỉ; nên thay bằng tên của trang.", place
            )


def links_lead_nowhere(checked):
    found = [
        (link.get("href"), words, place)
        for link, words, place in checked.parts("a")
        if link.get("href") is not None
    ]
    faults = links.faults(address for address, _, _ in found)
    for address, words, place in found:
        if address in faults:
            yield Finding(f"Liên kết {quoted(words or address)} {faults[address]}.", place)


def links_miss_their_heading(checked):
    count = sum(1 for _ in checked.parts("h2"))
    anchors = {f"#muc-{number}" for number in range(1, count + 1)}
    for link, words, place in checked.parts("a"):
        address = link.get("href", "")
        if address.startswith("#") and address not in anchors:
            yield Finding(f"Liên kết {quoted(words)} dẫn tới chỗ không có trong bài.", place)
