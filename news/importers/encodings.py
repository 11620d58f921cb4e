"""Which letters a file is written in: Unicode, windows-1258, or a font of before Unicode."""

import codecs
import re
import unicodedata
from pathlib import Path

from news.importers.items import ImportFileError

_CHUNK = 1 << 20  # bytes
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
OLD_FONT = (
    "Văn bản dùng phông chữ cũ ({font}), không phải Unicode. Hãy chuyển sang Unicode bằng công cụ "
    "chuyển mã của bộ gõ rồi nhập lại."
)
UNKNOWN = "Không nhận ra bảng mã của tệp. Hãy lưu lại tệp dưới dạng UTF-8 rồi nhập lại."

# Letters with two marks, which only Unicode Vietnamese has.
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
# TCVN3 shows its letters as signs inside words: «®iÖn», «th­¬ng».
_TCVN3 = re.compile(
    r"[®µ¸¶·¹¨»¾¼½Æ©«¬\u00ad­ªÖ×ØÜÞßæçëîïñöø÷þ](?=[^\W\d_])|(?<=[^\W\d_])[µ¸¶·¹¨»¾¼½©«¬®ª]"
)
# VNI writes the mark as a letter after its vowel: «Sôû Coâng Thöông».
_VNI = re.compile(
    r"[aeouyAEOUYöôÖÔ][äàåáãâùøûõïêéèúüÄÀÅÁÃÂÙØÛÕÏÊÉÈÚÜ]|[ñÑ](?=[^\W\d_])|[öÖ](?=[^\W\d_])"
)
_ENOUGH = 0.02  # of the letters; French and German quotations stay far below


def of_file(path: Path) -> str:
    """
    Return the codec that reads a text file.

    Raises ImportFileError where none gives Vietnamese.
    """
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    for mark, codec in _MARKS.items():
        if start.startswith(mark):
            return codec
    if b"\x00" in start[:200]:  # every second byte of plain letters in UTF-16
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    if _reads(path, "utf-8"):
        return "utf-8"
    if font := old_font(start.decode("cp1252", "replace")):
        raise ImportFileError(OLD_FONT.format(font=font))
    composed = unicodedata.normalize("NFC", start.decode("cp1258", "replace"))
    if len(_VIETNAMESE.findall(composed)) > _ENOUGH * len(composed) and _reads(path, "cp1258"):
        return "cp1258"
    raise ImportFileError(UNKNOWN)


def _reads(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def old_font(words: str) -> str:
    """Return «TCVN3» or «VNI» where text makes sense only in such a font, else nothing."""
    letters = sum(character.isalpha() for character in words)
    if letters < 20 or len(_VIETNAMESE.findall(words)) > _ENOUGH * letters:
        return ""
    found = {"TCVN3": len(_TCVN3.findall(words)), "VNI": len(_VNI.findall(words))}
    font = max(found, key=found.get)
    return font if found[font] > _ENOUGH * letters else ""
