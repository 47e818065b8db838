"""What is copied is a person's: clipboard histories are asked to pass it over, and it is taken away again soon."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from avrr_desktop.ui.system.pause_timer import pause_timer

KEPT_MS = 30_000
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),  # a number, 0: no
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
    "org.nspasteboard.ConcealedType": b"1",
}


def copy_sensitive(text: str) -> None:
    """Put a text on the clipboard with the marks that ask others not to keep it. Nothing else may copy."""
    content = QMimeData()
    content.setText(text)
    for name, value in HINTS.items():
        content.setData(name, value)
    QGuiApplication.clipboard().setMimeData(content)


def copied_text() -> str:
    """Return the text that lies on the clipboard; empty for anything else."""
    return QGuiApplication.clipboard().text()


def _marked() -> bool:
    content = QGuiApplication.clipboard().mimeData()
    return content is not None and all(content.hasFormat(name) for name in HINTS)


class ClipboardGuard(QObject):
    """Marks what a person copies by keys or menu in our window too, and clears it after half a minute and at a lock.

    ``owns`` says whether what lies there is ours; what another program put there is never touched.
    """

    def __init__(self, parent: QObject, owns: Callable[[], bool] | None = None, kept_ms: int = KEPT_MS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._owns = owns or self._clipboard.ownsClipboard
        self._timer = pause_timer(self, kept_ms, self.clear)
        self._clipboard.dataChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        text = self._clipboard.text()
        if text and _marked():
            self._timer.start()
        elif text and self._owns():
            copy_sensitive(text)  # says that it changed, once more
        else:
            self._timer.stop()

    @property
    def timed(self) -> bool:
        """Whether what lies there will be taken away by time."""
        return self._timer.isActive()

    def clear(self) -> None:
        """Take away what is ours, also what is only selected."""
        self._timer.stop()
        if self._owns() or _marked():  # not every platform knows whose it is
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
