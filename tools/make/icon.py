"""Render the application icon to the sizes that desktops ask for, as they do not all read SVG."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
NAME = "avrr-desktop"
SIZES = (16, 32, 48, 64, 128, 256)


def rendered(source: Path, size: int) -> QImage:
    """Return the drawing as a square image with a clear ground."""
    drawing = QSvgRenderer(str(source))
    if not drawing.isValid():
        raise SystemExit(f"{source.name} is not a drawing that Qt reads")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def main() -> int:
    """Write one PNG a size."""
    parser = argparse.ArgumentParser(description="Render the application icon to PNG files.")
    parser.add_argument("--target", type=Path, default=ICONS, help="folder to write to")
    given = parser.parse_args()
    application = QGuiApplication([])
    for size in SIZES:
        target = given.target / f"{NAME}-{size}.png"
        if not rendered(ICONS / f"{NAME}.svg", size).save(str(target)):
            raise SystemExit(f"could not write {target.name}")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
