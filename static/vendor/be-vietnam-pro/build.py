"""
Makes the files of this folder from the typeface's own: woff2 for pages, ttf for pictures.

    npm pack @expo-google-fonts/be-vietnam-pro@0.4.1
    tar xzf expo-google-fonts-be-vietnam-pro-0.4.1.tgz
    python static/vendor/be-vietnam-pro/build.py package

Kept are the letters of Vietnamese and of western and central European names, digits and the
signs that offices print. The typeface has no digits of equal width, which columns of figures
need: they are added here as the feature ``tnum``, each digit centred in the width of a zero.

What draws pictures (indicators/pictures.py) reads no woff2, and knows a weight only within a
family: the ttf files are the same letters uncompressed, both called «Be Vietnam Pro».
"""

import sys
from copy import deepcopy
from io import StringIO
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeatures
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

WEIGHTS = {
    "400": "400Regular/BeVietnamPro_400Regular",
    "600": "600SemiBold/BeVietnamPro_600SemiBold",
}
DIGITS = "zero one two three four five six seven eight nine".split()
LETTERS = """
    0020-007E 00A0-017F 01A0-01A1 01AF-01B0 1EA0-1EF9 0300 0301 0303 0309 0323
    2013 2014 2018-201A 201C-201E 2022 2026 2030 203A 20AB 20AC 2212 2248 2264 2265
""".split()


def add_tabular_digits(font: TTFont) -> None:
    glyphs, widths = font["glyf"], font["hmtx"]
    width = widths["zero"][0]
    for digit in DIGITS:
        advance, bearing = widths[digit]
        shift = (width - advance) // 2
        centred = glyphs[f"{digit}.tf"] = deepcopy(glyphs[digit])
        centred.coordinates.translate((shift, 0))
        centred.recalcBounds(glyphs)
        widths[f"{digit}.tf"] = (width, bearing + shift)
    font.setGlyphOrder(glyphs.glyphOrder)
    rules = " ".join(f"sub {digit} by {digit}.tf;" for digit in DIGITS)
    feature = (
        f"languagesystem DFLT dflt; languagesystem latn dflt; feature tnum {{ {rules} }} tnum;"
    )
    substitutions = font["GSUB"]
    addOpenTypeFeatures(font, StringIO(feature), tables=["GSUB"])
    graft(font["GSUB"].table, substitutions.table)
    font["GSUB"] = substitutions


def graft(added, table) -> None:
    """Append the one feature of ``added`` to ``table``, for every script and language."""
    table.LookupList.Lookup.append(added.LookupList.Lookup[0])
    table.LookupList.LookupCount += 1
    record = added.FeatureList.FeatureRecord[0]
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount += 1
    for script in table.ScriptList.ScriptRecord:
        languages = [
            script.Script.DefaultLangSys,
            *(r.LangSys for r in script.Script.LangSysRecord),
        ]
        for language in filter(None, languages):
            language.FeatureIndex.append(table.FeatureList.FeatureCount - 1)
            language.FeatureCount += 1


def build(source: Path, weight: str) -> None:
    font = TTFont(source)
    add_tabular_digits(font)
    options = Options(
        flavor="woff2",
        hinting=False,
        layout_features=["ccmp", "kern", "locl", "mark", "mkmk", "tnum"],
        name_IDs=[0, 1, 2, 13, 14],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(",".join(LETTERS)))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(Path(__file__).with_name(f"be-vietnam-pro-{weight}.woff2"))
    font.flavor = None
    # The family whatever the weight, and the name without which a font is not loaded.
    for position, name in ((16, "Be Vietnam Pro"), (6, f"BeVietnamPro-{weight}")):
        font["name"].setName(name, position, 3, 1, 0x409)
    font.save(Path(__file__).with_name(f"be-vietnam-pro-{weight}.ttf"))


if __name__ == "__main__":
    for weight, name in WEIGHTS.items():
        build(Path(sys.argv[1]) / f"{name}.ttf", weight)
