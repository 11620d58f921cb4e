"""Any text made harmless: one kind of digit, hyphen and space, no command, no other script."""

import re
import unicodedata

# Said by their names; every other letter that is not Latin is skipped.
GREEK = {
    "α": "an pha",
    "β": "bê ta",
    "γ": "gam ma",
    "δ": "đen ta",
    "Δ": "đen ta",
    "μ": "μ",
    "π": "pi",
    "Ω": "ôm",
}
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<(?:!--|!\[|\?)[^<>\n]{0,200}>")
# Seconds of an angle, before quotation marks go: 10°30'15"
_SECONDS = re.compile(r"(\d ?['′] ?\d{1,2}(?:[.,]\d{1,3})?) ?(?:\"|″|”|'')")
# Of a race: 11"35
_SPLIT_SECONDS = re.compile(r"(?<=\d)[\"″”](?=\d\d(?!\d))")


def plain(text: str) -> str:
    """Return ``text`` composed, with one kind of digit, hyphen and space, and no quotes."""
    text = _TAG.sub(" ", text)
    text = _SPLIT_SECONDS.sub(" giây ", text)
    text = _SECONDS.sub(r"\1 giây ", text)
    # The compatibility forms below make "m²" an "m2", as wanted, but also "10²" a "102".
    text = re.sub(r"(?<=\d)([²³])", r" mũ \1 ", text)
    text = re.sub(r"(?<=\d)([½⅓⅔¼¾⅛])", r" \1", text)
    text = text.replace("″", " giây ").replace("′", "'")
    text = unicodedata.normalize("NFKC", text)
    text = text.translate({ord(character): _plain_character(character) for character in set(text)})
    return re.sub(r" {2,}", " ", text)


def _plain_character(character: str) -> str:
    if character.isascii() and character.isprintable() and character != '"':
        return character
    if character.isdigit():
        return str(unicodedata.digit(character))
    category = unicodedata.category(character)
    if character in "\n\r\v\f\x85" or category in ("Zl", "Zp"):
        return "\n"
    if category == "Pd" or character == "÷":
        return "-"
    if character == "⁄":  # what the compatibility form of "½" is made with
        return "/"
    if category in ("Pi", "Pf", "Cf") or character == '"':
        return ""
    if category[0] in "CZN" or (category == "So" and character != "°"):
        return " "
    if category[0] == "L":
        return _letter(character)
    return character


def _letter(character: str) -> str:
    if unicodedata.name(character, "").startswith("LATIN"):
        return character
    return GREEK.get(character, " ")
