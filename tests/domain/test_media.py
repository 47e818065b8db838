"""Kinds of files are told from bytes, photos lose their place and nothing else, names show nothing that deceives."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.media.file_kinds import LIMIT, LONGEST_NAME, MEDIA, cut_off, kind_of, safe_name
from avrr_desktop.domain.media.photo_metadata import without_position
from tests.support import media
from tests.support.media import KINDS, PLACE

REFUSED = {
    "a Windows program": b"MZ\x90\0" + bytes(200),
    "a Linux program": b"\x7fELF" + bytes(200),
    "a script": b"#!/bin/sh\nrm -rf ~\n",
    "a script behind a mark": b"\xef\xbb\xbf#!/usr/bin/python3\n",
    "a page": b"<!DOCTYPE html><p>hello",
    "a page behind blanks": b"\n\n  <HTML><script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "a page in a text": b"Dear colleague <script src=x></script>",
    "an archive": media.archive("a.txt"),
    "a program for Java": media.archive("META-INF/MANIFEST.MF", "A.class"),
    "a document with a program": media.archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "a damaged archive": b"PK\x03\x04" + bytes(60),
    "a table that says it is a text document": media.archive("content.xml", mimetype="application/x-shellscript"),
    "text with a NUL": b"text\0text",
    "text in another encoding": "Đorđević".encode("utf-16"),
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "a film": b"\0\0\0\x18ftypisom" + bytes(100),
    "nothing": b"",
}  # fmt: skip
NAMES = [
    ("../../x", "x"), ("C:\\Papers\\ana\\pasoš.pdf", "pasoš.pdf"), ("/etc/passwd", "passwd"), ("..", ""), ("", ""),
    ("CON", "_CON"), ("con.pdf", "_con.pdf"), ("Lpt1.tar.gz", "_Lpt1.tar.gz"), ("console.pdf", "console.pdf"),
    ("a\0b", "ab"), ("x.pdf.exe", "x.pdf.exe"), ("photo\u202egpj.exe", "photogpj.exe"), ("a\u200bb\ufeff.pdf", "ab.pdf"),
    ("a\u2028b\u00a0c", "a b c"), ("  .hidden. ", "hidden"), ("Ђорђевић – извод.pdf", "Ђорђевић – извод.pdf"),
    ("what?*|<>:\".pdf", "what.pdf"), ("e\u0301.pdf", "é.pdf"),
]  # fmt: skip


def pixels(content: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(content)) as image:
        return image.size, image.convert("RGB").tobytes()


@pytest.mark.parametrize("media_type", KINDS)
def test_a_kind_is_told_from_the_bytes(media_type: str) -> None:
    assert kind_of(KINDS[media_type]) == media_type
    assert MEDIA[media_type].ending.startswith(".")


@pytest.mark.parametrize("media_type", KINDS)
def test_only_a_pdf_without_its_end_is_cut_off(media_type: str) -> None:
    content = KINDS[media_type]
    assert not cut_off(content, media_type)
    assert cut_off(content[: len(content) // 2], media_type) == (media_type == "application/pdf")


def test_what_a_gateway_or_a_disk_puts_behind_a_pdf_does_not_cut_it_off() -> None:
    whole = media.pdf()
    assert not cut_off(whole + b"\r\n-- checked by the gateway\r\n", "application/pdf")
    assert not cut_off(whole + bytes(5000), "application/pdf")
    first_of_two = whole + media.pdf(pages=40)[:4000]  # saved twice, and the second time cut
    assert cut_off(first_of_two, "application/pdf")


def test_every_kind_that_is_kept_is_tried() -> None:
    assert set(KINDS) == set(MEDIA)


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_in_words(name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        kind_of(REFUSED[name])
    assert "Nothing was added" in refused.value.hint


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    whole = b"a" * LIMIT
    assert kind_of(whole) == "text/plain"
    with pytest.raises(RefusedError) as refused:
        kind_of(whole + b"a")
    assert refused.value.values == {"limit": 25}


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_loses_its_place_and_stays_upright(turned: int, progressive: bool) -> None:
    taken = media.photo(turned=turned, progressive=progressive)
    assert PLACE in taken and b"Telephone" in taken
    clean = without_position(taken, "image/jpeg")
    for word in (PLACE, b"Telephone", b"xap", b"Photoshop", b"FPXR", b"JFXX", b"behind the end"):
        assert word not in clean
    with Image.open(io.BytesIO(clean)) as image:
        exif = image.getexif()
        assert set(exif) == ({0x0112} if turned > 1 else set())
        assert exif.get(0x0112, 1) == turned
        assert not exif.get_ifd(media.GPS)
    assert pixels(clean) == pixels(taken)
    with Image.open(io.BytesIO(clean)) as one, Image.open(io.BytesIO(taken)) as other:
        assert ImageOps.exif_transpose(one).tobytes() == ImageOps.exif_transpose(other).tobytes()
    assert without_position(clean, "image/jpeg") == clean


def test_the_colours_of_a_photo_stay() -> None:
    profile = b"ICC" * 50
    clean = without_position(media.picture("JPEG", icc_profile=profile), "image/jpeg")
    with Image.open(io.BytesIO(clean)) as image:
        assert image.info["icc_profile"] == profile


def test_a_photo_that_was_cut_off_in_its_dots_stays_as_far_as_it_goes() -> None:
    taken = media.picture("JPEG", (400, 300))
    clean = without_position(taken[: len(taken) // 2], "image/jpeg")
    assert clean.startswith(taken[: len(taken) // 2 - 2]) and clean.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(media.photo()[:60], "image/jpeg"), (b"\xff\xd8\xff\xe1\xff", "image/jpeg"), (b"\xff\xd8\xff\xe1\0\0", "image/jpeg"),
     (b"\xff\xd8 no marker", "image/jpeg"), (media.png_with_place()[:40], "image/png"),
     (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT", "image/png")],
)  # fmt: skip
def test_a_photo_that_cannot_be_read_is_refused_and_not_kept_with_its_place(content: bytes, media_type: str) -> None:
    with pytest.raises(RefusedError):
        without_position(content, media_type)


def test_a_png_loses_its_place_and_nothing_else() -> None:
    taken = media.png_with_place()
    clean = without_position(taken, "image/png")
    assert PLACE in taken and PLACE not in clean
    for name in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
        assert name in taken and name not in clean
    assert pixels(clean) == pixels(taken)


def test_what_says_no_place_stays_as_it_is() -> None:
    for media_type, content in KINDS.items():
        if media_type not in ("image/jpeg", "image/png", "image/heic"):
            assert without_position(content, media_type) == content


@given(st.binary(max_size=300))
def test_no_bytes_make_a_traceback(tail: bytes) -> None:
    for start, media_type in ((b"\xff\xd8", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png")):
        try:
            without_position(start + tail, media_type)
        except RefusedError:
            continue
    for start in (b"", b"PK\x03\x04"):
        try:
            kind_of(start + tail)
        except RefusedError:
            continue


@pytest.mark.parametrize(("original", "shown"), NAMES)
def test_a_name_shows_no_path_and_nothing_that_deceives(original: str, shown: str) -> None:
    assert safe_name(original) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = safe_name("ж" * 300 + ".pdf")
    assert len(shown) == LONGEST_NAME and shown.endswith("….pdf")
    assert len(safe_name("x" * 300)) == LONGEST_NAME
    assert len(safe_name("x." + "y" * 300)) == LONGEST_NAME


@given(st.text(max_size=300))
def test_a_shown_name_is_one_short_line_of_visible_letters(original: str) -> None:
    shown = safe_name(original)
    assert len(shown) <= LONGEST_NAME
    assert not any(unicodedata.category(letter)[0] == "C" or letter in '/\\<>:"|?*' for letter in shown)
    assert not shown.startswith((".", " ")) and not shown.endswith((".", " "))
    assert safe_name(shown) == shown
