"""Cut Noto Sans to the letters the languages need, so that screen and paper share one small font."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
WEIGHTS = ("Regular", "Bold")
FAMILY = "Noto Sans"

# First and last code point of each range wanted; what the source font lacks is left out.
RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0180, 0x024F),  # Latin Extended-B
    (0x0259, 0x0259),  # schwa
    (0x0292, 0x0292),  # ezh, a letter of the common Romani alphabet
    (0x02B0, 0x02FF),  # spacing modifiers
    (0x0300, 0x036F),  # combining diacritical marks
    (
        0x0384,
        0x03CE,
    ),  # Greek: official names of Dropull and Finiq; theta is a letter of the common Romani alphabet, too
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency signs
    (0x2116, 0x2116),  # number sign of Cyrillic text
    (0x2122, 0x2122),  # trade mark
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2212),  # minus
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2713, 0x2713),  # check mark
    (0xFFFD, 0xFFFD),  # replacement character
)

# No 'liga' or 'dlig': a joined "fi" is read back from a PDF as one odd sign, or as none.
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]

# Letters without which a name or a paper could not be written; the command fails when one is missing.
NEEDED = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ĐđËëÇçČčĆćŠšŽžŚśŹźЂђ\u0408\u0458ЉљЊњЋћЏџЃѓЌќ\u0405\u0455ЀѐЍѝĳœßüöäşğ\u0131łčhavo"
    "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШабвгдежзиклмнопрстуфхцчш"
    "\u00a0\u202f\u2011\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2030«»€§№²³"
)


def wanted() -> set[int]:
    """Return the code points asked for."""
    return {code for first, last in RANGES for code in range(first, last + 1)}


def options() -> Options:
    """Return the subsetter's settings: marks and kerning kept, ligatures and hinting dropped."""
    chosen = Options()
    chosen.layout_features = FEATURES
    chosen.hinting = False
    chosen.notdef_outline = True
    chosen.recommended_glyphs = True
    chosen.name_IDs = ["*"]
    chosen.recalc_timestamp = False  # the same source gives the same bytes
    return chosen


def missing(font: TTFont) -> str:
    """Return the needed letters that the font has no glyph for."""
    have = font.getBestCmap() or {}
    return "".join(letter for letter in dict.fromkeys(NEEDED) if ord(letter) not in have)


def joined(font: TTFont) -> list[str]:
    """Return the ligature features left in the font."""
    table: Any = font["GSUB"].table if "GSUB" in font else None
    if table is None or table.FeatureList is None:
        return []
    tags = {record.FeatureTag for record in table.FeatureList.FeatureRecord}
    return sorted(tags & {"clig", "dlig", "hlig", "liga", "rlig"})


def make(source: Path, target: Path) -> str:
    """Write the subset of one font file and return its copyright line."""
    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options())
    cutter.populate(unicodes=sorted(wanted() & set(font.getBestCmap() or {})))
    cutter.subset(font)
    names: Any = font["name"]
    if lacking := missing(font):
        raise SystemExit(f"{source.name} has no glyph for: {lacking}")
    if ligatures := joined(font):
        raise SystemExit(f"{source.name} still joins letters: {', '.join(ligatures)}")
    if names.getDebugName(1) != FAMILY:
        raise SystemExit(f"{source.name} is not of the family {FAMILY}")
    font.save(target)
    return str(names.getDebugName(0))


def main() -> int:
    """Write every weight, then see that the licence text carries each font's copyright line."""
    parser = argparse.ArgumentParser(description="Write the program's font files from Noto Sans.")
    parser.add_argument("source", type=Path, help="folder that holds NotoSans-Regular.ttf and NotoSans-Bold.ttf")
    parser.add_argument("--target", type=Path, default=FONTS, help="folder to write to (default: resources/fonts)")
    given = parser.parse_args()
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    for weight in WEIGHTS:
        name = f"NotoSans-{weight}.ttf"
        notice = make(given.source / name, given.target / name)
        if notice not in licence:
            raise SystemExit(f"OFL.txt lacks the copyright line of {name}: {notice}")
        print(f"{name}: {(given.target / name).stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
