"""What tells copies of a store apart, for they look alike inside: a mark in the status line, beside the coloured edge."""

from PySide6.QtWidgets import QLabel

from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.controls import label


def standing_mark(workspace: Session) -> QLabel | None:
    """Return the mark of a practice store, of a journey, of a store that was moved aside; None for the office’s own."""
    words = workspace.words
    marks = {
        "practice": words.text("PRACTICE: nothing here is real"),
        "journey": words.text("JOURNEY: chosen cases only"),
        "aside": words.text("OLD COPY: not the current store"),
    }
    text = marks.get(workspace.store_role)
    if text is None:
        return None
    return label(text, "practice", wrap=False)
