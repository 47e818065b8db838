"""Shows PDF pages in the window and prints them as pictures, without a file; the only module that reads PDFs."""

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPageSize, QPainter, QPixmap, QShortcut, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import Column, emptied, label
from avrr_desktop.ui.widgets.theme import GAP, Theme

PRINT_DPI = 300
POINTS = 72


def page_images(content: bytes, dpi: float) -> Iterator[QImage]:
    """Yield each page of a PDF as a picture at a resolution."""
    import pypdfium2  # only when a page is looked at

    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True, force_bitmap_format=4)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
            yield image.copy()
            page.close()
    finally:
        document.close()


NEARER, NEAREST, FARTHEST = 1.25, 4.0, 0.5


class PdfView(Column):
    """Pages, one under the other, as wide as the column; Ctrl with plus, minus, 0 or the wheel shows them larger and smaller."""

    def __init__(self, words: Language, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._content = b""
        self._pages: list[QLabel] = []
        self.setAccessibleName(words.text("Pages of the document"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.zoom = 1.0
        keys = (("Ctrl++", NEARER), ("Ctrl+=", NEARER), ("Ctrl+-", 1 / NEARER), ("Ctrl+0", 0.0))
        for key, factor in keys:
            QShortcut(QKeySequence(key), self).activated.connect(lambda factor=factor: self.zoom_by(factor))

    @property
    def page_count(self) -> int:
        """The number of pages shown."""
        return len(self._pages)

    def clear(self, text: str) -> None:
        """Show a sentence instead of pages."""
        self._content, self._pages = b"", []
        emptied(self.body)
        self.body.addWidget(label(text, "muted"))
        self.body.addStretch(1)

    def show_pdf(self, content: bytes) -> None:
        """Show a document from its first page."""
        if content == self._content:
            return
        self._content, self.zoom = content, 1.0
        self._draw()
        self.verticalScrollBar().setValue(0)

    def zoom_by(self, factor: float) -> None:
        """Show the pages larger or smaller; 0: as wide as the column again. What is in the middle stays there."""
        zoom = min(max(self.zoom * factor, FARTHEST), NEAREST) if factor else 1.0
        if zoom == self.zoom or not self._content:
            return
        bar = self.verticalScrollBar()
        middle = (bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep())
        self.zoom = zoom
        self._draw()
        inner = self.widget()
        if inner is not None:
            inner.adjustSize()
        bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom while Ctrl is held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_by(NEARER if event.angleDelta().y() > 0 else 1 / NEARER)
            event.accept()
            return
        super().wheelEvent(event)

    def _draw(self) -> None:
        self._pages = []
        emptied(self.body)
        width = round(max(480, self.viewport().width() - 2 * GAP) * self.zoom)
        dpi = max(150.0, min(300.0, 150 * self.zoom))
        for number, image in enumerate(page_images(self._content, dpi), 1):
            page = QLabel()
            page.setObjectName("card")
            page.setFrameShape(QLabel.Shape.Box)
            page.setAccessibleName(self._words.text("Page {page}", page=number))
            page.setPixmap(QPixmap.fromImage(image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)))
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(page)
            self._pages.append(page)
        self.body.addStretch(1)


def print_pages(content: bytes, printer: QPrinter) -> int:
    """Paint every page on a printer at 300 dpi or better and return the number of pages. No file is written."""
    painter = QPainter(printer)
    count = 0
    try:
        for image in page_images(content, max(PRINT_DPI, min(printer.resolution(), 400))):
            if count:
                printer.newPage()
            area = printer.pageRect(printer.Unit.DevicePixel)
            size = QSize(image.size()).scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
            count += 1
    finally:
        painter.end()
    return count


def a4(printer: QPrinter) -> None:
    """Set a printer to A4 without margins of its own: the page has them."""
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def chosen_printer(parent: QWidget) -> QPrinter | None:
    """Ask for a printer; None when nobody wanted one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("AVRR")
    a4(printer)
    dialog = paper_dialog(printer, parent)
    try:
        return printer if dialog.exec() and not printer.outputFileName() else None
    finally:
        shiboken6.delete(dialog)  # now: it would outlive the printer that it asks about


def paper_dialog(printer: QPrinter, parent: QWidget) -> QDialog:
    """Return the dialog for a printer, without its way to a file: files leave by the outbox, which writes that down."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
    return dialog


def ask_and_print(content: bytes, parent: QWidget) -> int:
    """Ask for a printer and print; return the number of pages, 0 when nobody wanted it. Nothing is written to a file."""
    printer = chosen_printer(parent)
    return print_pages(content, printer) if printer is not None else 0
