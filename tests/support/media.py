"""Files as telephones, scanners and offices make them, and some that were made to do harm."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

PLACE = b"Novi Pazar 43.1367"
GPS = 0x8825
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "application/vnd.openxmlformats-officedocument."


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """Return a picture with a bright corner, so that one sees how it is turned."""
    made = Image.new("RGB", size, (30, 60, 90))
    made.paste((250, 220, 40), (0, 0, size[0] // 4, size[1] // 4))
    written = io.BytesIO()
    made.save(written, kind, **more)
    return written.getvalue()


def photo(*, turned: int = 6, progressive: bool = False, size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a photo as a telephone takes it: with its place in three ways, a comment, and a second photo behind it."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Telephone"
    exif[GPS] = {1: "N", 2: (43.0, 8.0, 12.2), 3: "E", 4: (20.0, 30.0, 44.0)}
    plain = picture("JPEG", size, exif=exif, comment=PLACE, progressive=progressive, quality=90)
    more = b""
    for marker, body in ((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE), (0xED, b"Photoshop 3.0\0" + PLACE),
                         (0xE2, b"FPXR\0" + PLACE), (0xE0, b"JFXX\0" + PLACE)):  # fmt: skip
        more += bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return plain[:2] + more + plain[2:] + b"behind the end: " + PLACE


def png_with_place() -> bytes:
    """Return a PNG that tells its place in every way that a PNG has."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Place", PLACE.decode())
    info.add_text("Zipped", PLACE.decode(), zip=True)
    info.add_itxt("International", PLACE.decode())
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    return picture("PNG", pnginfo=info, exif=exif) + PLACE


def archive(*names: str, mimetype: str = "") -> bytes:
    """Return a ZIP archive with some entries."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "content")
    return written.getvalue()


def pdf(text: str = "Izvod iz matične knjige", pages: int = 1) -> bytes:
    """Return a PDF with a line of text on each page."""
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written)
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.rect(72, 500, 200, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a PNG of a few megabytes that asks for gigabytes when it is read."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    row, rows, packer = bytes(1 + width), min(height, 2_000), zlib.compressobj(9, wbits=-15)
    packed = packer.compress(row) + packer.flush(zlib.Z_FULL_FLUSH)  # once: each row is the same, and stands alone
    checksum = len(row) * rows % 65_521 << 16 | 1  # of nothing but zeros
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"\x78\xda" + packed * rows + packer.flush() + struct.pack(">I", checksum)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


KINDS = {
    "application/pdf": pdf(),
    "image/jpeg": photo(),
    "image/png": picture("PNG"),
    "image/tiff": picture("TIFF"),
    "image/gif": picture("GIF"),
    "image/webp": picture("WEBP"),
    "image/heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
    OFFICE + "wordprocessingml.document": archive("[Content_Types].xml", "word/document.xml"),
    OFFICE + "spreadsheetml.sheet": archive("[Content_Types].xml", "xl/workbook.xml"),
    ODT: archive("content.xml", mimetype=ODT),
    ODS: archive("content.xml", mimetype=ODS),
    "text/plain": "Потврда о пребивалишту\n".encode(),
}
