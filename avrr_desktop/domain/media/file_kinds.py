"""What kinds of files a case may hold, told from their bytes and never from their names; and what a name may show."""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_

LIMIT = 25_000_000  # bytes: a scan of forty pages
LONGEST_NAME = 120
JPEG, PNG, TEXT = "image/jpeg", "image/png", "text/plain"
_TIFF, _GIF, _WEBP, _HEIC, _PDF = "image/tiff", "image/gif", "image/webp", "image/heic", "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX, _XLSX = _OFFICE + "wordprocessingml.document", _OFFICE + "spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
WITH_PICTURES = frozenset({_DOCX, _XLSX, _ODT, _ODS})  # documents that may hold photos
_PDF_STARTS_WITHIN = 1024  # bytes before which every reader looks for it: mail gateways put some in front


@dataclass(frozen=True, slots=True)
class Media:
    """One kind of file: the ending under which other programs know it, what people call it, whether it has a preview."""

    ending: str
    label: str
    preview: bool = False


MEDIA: Mapping[str, Media] = {
    _PDF: Media(".pdf", N_("PDF"), True),
    JPEG: Media(".jpg", N_("Photo"), True),
    PNG: Media(".png", N_("Picture"), True),
    _TIFF: Media(".tif", N_("Scan"), True),
    _GIF: Media(".gif", N_("Picture"), True),
    _WEBP: Media(".webp", N_("Picture"), True),
    _HEIC: Media(".heic", N_("Photo")),
    _DOCX: Media(".docx", N_("Text document")),
    _ODT: Media(".odt", N_("Text document")),
    _XLSX: Media(".xlsx", N_("Table")),
    _ODS: Media(".ods", N_("Table")),
    TEXT: Media(".txt", N_("Plain text")),
}
_PDF_END, _PDF_ENDS_WITHIN = b"%%EOF", 1024  # every writer of PDF ends so; what a mail gateway puts behind is short
_STARTS = (
    (b"%PDF-", _PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"II*\0", _TIFF), (b"MM\0*", _TIFF),
    (b"GIF87a", _GIF), (b"GIF89a", _GIF),
)  # fmt: skip
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php", b"<%")
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def kind_of(content: bytes) -> str:
    """Return the media type that the bytes themselves show. Raises RefusedError for what a case does not hold."""
    if len(content) > LIMIT:
        raise too_large()
    if not content:
        raise RefusedError(N_("This file is empty."), N_("Nothing was added. Check that it was copied completely."))
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return _HEIC
    found = _document(content) if content.startswith(b"PK\x03\x04") else _plain_text(content)
    if not found and b"%PDF-" in content[:_PDF_STARTS_WITHIN] and not content.startswith(_PROGRAMS):
        return _PDF
    if not found:
        raise _refused(content)
    return found


def cut_off(content: bytes, media_type: str) -> bool:
    """Return whether a PDF has no end: copied off a stick or sent only in part, though its first pages may still show."""
    return media_type == _PDF and _PDF_END not in content.rstrip(b"\0 \r\n\t")[-_PDF_ENDS_WITHIN:]


def _refused(content: bytes) -> RefusedError:
    """Return the error for a file that is not kept: it knows which kind it is, and says what to save it as."""
    if content.startswith(_OLD_OFFICE):
        return RefusedError(
            N_("Files of this type cannot be added to a case."),
            N_(
                "Nothing was added. It comes from an older office program: save it there as .docx, .xlsx or PDF, "
                "and add that."
            ),
        )
    if content.startswith(b"{\\rtf"):
        return RefusedError(
            N_("Files of this type cannot be added to a case."),
            N_("Nothing was added. Save it in your office program as .docx or PDF, and add that."),
        )
    if content.startswith((b"PK", *_PROGRAMS)) or b"\0" in content or _markup(content):
        return RefusedError(
            N_("Files of this type cannot be added to a case."),
            N_(
                "Nothing was added. Photos, scans, PDF, .docx, .odt, .xlsx, .ods and plain text can be added; save it as one "
                "of these."
            ),
        )
    return RefusedError(
        N_("Files of this type cannot be added to a case."),
        N_(
            "Nothing was added. This is an older text or table format: save it as .xlsx, or as UTF-8 text, and "
            "add that."
        ),
    )


def too_large() -> RefusedError:
    """Return the error for a file over the limit."""
    return RefusedError(
        N_("This file is larger than {limit} MB."),
        N_("Nothing was added. Scan at a lower resolution, or in parts."),
        {"limit": LIMIT // 1_000_000},
    )


def _document(content: bytes) -> str:
    """Return which office document a ZIP archive is; empty for any other archive, and for one with a program in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            mimetype = archive.infolist()[0]
            plain = mimetype.filename == "mimetype" and mimetype.compress_type == zipfile.ZIP_STORED
            declared = archive.read(mimetype)[:100].decode("ascii", "replace") if plain else ""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, IndexError, KeyError, RuntimeError, EOFError,
            struct.error):  # fmt: skip
        return ""
    if any(name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        return ""
    if declared in (_ODT, _ODS):
        return declared
    if "[Content_Types].xml" not in names:
        return ""
    if "word/document.xml" in names:
        return _DOCX
    return _XLSX if "xl/workbook.xml" in names else ""


def _plain_text(content: bytes) -> str:
    """Return the type of plain text; empty for bytes that are none, for scripts, and for pages that a browser would run."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if b"\0" in content or _markup(content) else TEXT


def _markup(content: bytes) -> bool:
    """Return whether a text is a script or a page that a browser would run."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096].lower()
    return start.startswith(b"#!") or any(mark in start for mark in _MARKUP)


def safe_name(original: str) -> str:
    """Return the name of a file as it may be shown: no path, no invisible or turning letters, 120 letters at most."""
    last = original.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    seen = "".join(" " if letter.isspace() else letter for letter in seen if letter not in '<>:"|?*')
    seen = " ".join(seen.split()).strip(". ")
    if len(seen) > LONGEST_NAME:
        body, dot, ending = seen.rpartition(".")
        short = len(ending) <= 10 and bool(dot)
        seen = f"{body[: LONGEST_NAME - len(ending) - 2]}….{ending}" if short else seen[: LONGEST_NAME - 1] + "…"
    if seen.split(".")[0].strip().lower() in _RESERVED:
        return f"_{seen}"
    return seen
