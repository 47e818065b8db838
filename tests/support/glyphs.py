"""Counts what a PDF draws glyph by glyph: boxes that stand for a missing letter are seen here, also where text is not."""

import io
from collections import Counter
from typing import Any

import pypdf
from fontTools.ttLib import TTFont
from pypdf.generic import ContentStream


def drawn(pdf: bytes) -> Counter[bool]:
    """Return how many glyphs are letters (True) and how many are the box for a missing one (False)."""
    reader, found = pypdf.PdfReader(io.BytesIO(pdf)), Counter[bool]()
    for page in reader.pages:
        fonts = {name: _glyphs(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
        chosen: dict[int, str] = {}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"Tf":
                chosen = fonts[operands[0]]
            elif operator == b"Tj":
                found.update(chosen.get(code, ".notdef") != ".notdef" for code in operands[0].original_bytes)
    return found


def _glyphs(font: Any) -> dict[int, str]:
    file = TTFont(io.BytesIO(font["/FontDescriptor"]["/FontFile2"].get_object().get_data()))
    codes = dict(file["cmap"].tables[0].cmap)
    order = file.getGlyphOrder()
    return {code: ".notdef" if name == order[0] else name for code, name in codes.items()}
