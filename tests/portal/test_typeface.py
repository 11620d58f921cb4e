"""The typeface has what Vietnamese needs and costs little to send."""

import re
import unicodedata

import pytest
from django.conf import settings
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

FOLDER = settings.BASE_DIR / "static/vendor/be-vietnam-pro"
FILES = sorted(FOLDER.glob("*.woff2"))
TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"
LETTERS = {
    letter
    for vowel in VOWELS
    for tone in TONES
    for letter in (unicodedata.normalize("NFC", vowel + tone),)
} | set("bcdđghklmnpqrstvx")
ALL_LETTERS = sorted(LETTERS | {letter.upper() for letter in LETTERS})
OFFICE_SIGNS = "0123456789.,;:!?()[]/%‰°²³§–—“”‘’…•·×−+±≤≥≈₫€½›«»"


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def font(request):
    return TTFont(request.param)


def test_there_are_two_files_of_at_most_60_kb_together():
    assert len(FILES) == 2
    assert sum(file.stat().st_size for file in FILES) <= 60_000


def test_every_vietnamese_letter_is_there(font):
    assert len(ALL_LETTERS) == 2 * (12 * 6 + 17)
    assert [letter for letter in ALL_LETTERS if ord(letter) not in font.getBestCmap()] == []


def test_every_sign_that_offices_print_is_there(font):
    assert [sign for sign in OFFICE_SIGNS if ord(sign) not in font.getBestCmap()] == []


def test_columns_of_figures_can_have_digits_of_one_width(font):
    substitutions = font["GSUB"].table
    features = substitutions.FeatureList.FeatureRecord
    [tabular] = [record.Feature for record in features if record.FeatureTag == "tnum"]
    mapping = substitutions.LookupList.Lookup[tabular.LookupListIndex[0]].SubTable[0].mapping
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    assert len({font["hmtx"][mapping[name]][0] for name in names}) == 1


def test_lines_stand_far_enough_apart_for_stacked_marks(font):
    """The dot under Ậ must not touch the tilde of an Ỗ in the next line."""
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    lowest = highest = 0
    for letter in ALL_LETTERS:
        pen = BoundsPen(glyphs)
        glyphs[names[ord(letter)]].draw(pen)
        lowest, highest = min(lowest, pen.bounds[1]), max(highest, pen.bounds[3])
    needed = (highest - lowest) / font["head"].unitsPerEm
    leadings = [float(number) for number in re.findall(r"--leading[a-z-]*: ([\d.]+);", TOKENS)]
    assert len(leadings) == 3
    assert min(leadings) >= needed
