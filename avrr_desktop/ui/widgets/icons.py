"""Line icons in the colour of the text beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QIcon, QPixmap

from avrr_desktop.locations import resources


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """Return an icon as a picture of ``size`` pixels; an unknown name raises FileNotFoundError."""
    svg = _source(name).replace("currentColor", colour)
    svg = svg.replace('width="24" height="24"', f'width="{size}" height="{size}"', 1)
    picture = QPixmap()
    picture.loadFromData(QByteArray(svg.encode("utf-8")), "SVG")
    return picture


def icon(name: str, colour: str, size: int = 40) -> QIcon:
    """Return an icon for buttons and lists."""
    return QIcon(pixmap(name, colour, size))


def step_icon(look: str) -> str:
    """Return the icon of a step, told apart by its shape."""
    return {"under_way": "waiting", "refused": "blocked", "not_needed": "remove"}.get(look, look)


def application_icon() -> QIcon:
    """Return the program's own icon in all its sizes."""
    found = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        found.addFile(str(resources() / "icons" / f"avrr-desktop-{size}.png"), QSize(size, size))
    return found
