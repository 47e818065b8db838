"""The one face on paper, measured by ourselves; a letter that it lacks prints as its code point."""

import re
import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from avrr_desktop.locations import resources

REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
_UNITS = re.compile(r"\[U\+[0-9A-F]{4,6}\]|.", re.DOTALL)  # a code point in brackets is never cut
_CODE = re.compile(r"\[(U\+[0-9A-F]{4,6})\]")
_MARKS = re.compile("[\u0300-\u036f]")
_TALL = frozenset("bdfhklđћђбфѓќ")
ABOVE = 230  # the class of marks that stand above their letter
MARK_RISE = 0.178  # from where small letters end (536) to where capitals do (714), of 1000 units of the face
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}


class Face:
    """Widths and glyphs of one font file."""

    def __init__(self, name: str) -> None:
        font = TTFont(name, str(resources() / "fonts" / _FILES[name]))
        pdfmetrics.registerFont(font)
        self._glyphs: dict[int, int] = font.face.charToGlyph
        self._widths: dict[int, float] = font.face.charWidths
        self._default: float = font.face.defaultWidth

    def has(self, letter: str) -> bool:
        """Return whether the font can draw a letter; glyph 0 is the box for what it lacks."""
        return bool(self._glyphs.get(ord(letter)))

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points."""
        widths, default = self._widths, self._default
        return sum(widths.get(ord(letter), default) for letter in text) * size / 1000


@cache
def face(name: str) -> Face:
    """Return a face, registered with the engine once."""
    return Face(name)


def printable(text: str, lacking: set[str]) -> str:
    """Return a text in which every letter can be drawn; letters that cannot become ``[U+0623]``, and are noted.

    The one way of a text onto paper: it is drawn letter by letter and never read as markup.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and text.isprintable():
        return text
    known, known_bold = face(REGULAR), face(BOLD)
    letters = []
    for letter in text:
        if letter in "\n\t" or (known.has(letter) and known_bold.has(letter)):
            letters.append(letter)
        else:
            code = f"U+{ord(letter):04X}"
            lacking.add(code)
            letters.append(f"[{code}]")
    return "".join(letters)


def parted_by_marks(text: str) -> list[tuple[str, float]]:
    """Return the pieces of a text, each with how far it is raised, in parts of the size of the letters.

    A mark above a letter is drawn where small letters end: over a capital or a tall letter it would lie inside. Most texts are one piece.
    """
    if not _MARKS.search(text):
        return [(text, 0.0)]
    pieces: list[tuple[str, float]] = []
    base = ""
    for letter in text:
        above = unicodedata.combining(letter) == ABOVE
        raised = MARK_RISE if above and (base.isupper() or base in _TALL) else 0.0
        if pieces and pieces[-1][1] == raised:
            pieces[-1] = (pieces[-1][0] + letter, raised)
        else:
            pieces.append((letter, raised))
        base = base if unicodedata.combining(letter) else letter
    return pieces


def codes_in(text: str) -> list[str]:
    """Return the code points (``U+0623``) that stand in a printable text in brackets."""
    return _CODE.findall(text)


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """Return the lines of a text in a width; words that are wider than the line are cut where it ends."""
    measured = face(font)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, length = "", 0.0
        space = measured.width(" ", size)
        for word in paragraph.replace("\t", "    ").split(" "):
            word_width = measured.width(word, size)
            if line and length + space + word_width > width:
                lines.append(line)
                line, length = "", 0.0
            if word_width > width:
                pieces = _cut(word, measured, size, width)
                lines.extend(pieces[:-1])
                word, word_width = pieces[-1], measured.width(pieces[-1], size)
            length += (space if line else 0.0) + word_width
            line = f"{line} {word}" if line else word
        lines.append(line)
    return lines


def _cut(word: str, measured: Face, size: float, width: float) -> list[str]:
    pieces, piece, length = [], "", 0.0
    for letter in _UNITS.findall(word):
        step = measured.width(letter, size)
        if piece and length + step > width:
            pieces.append(piece)
            piece, length = "", 0.0
        piece += letter
        length += step
    return [*pieces, piece]
