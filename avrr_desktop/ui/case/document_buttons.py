"""The buttons of the documents that are offered in a part of a case, from the entries of the documents."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from avrr_desktop.language import Language
from avrr_desktop.operations.documents.documents import offered_at
from avrr_desktop.ui.widgets.controls import button


def document_buttons(tab: str, words: Language, on_print: Callable[[str], object]) -> tuple[QWidget, ...]:
    """Return a button for each document of a part of a case; ``on_print`` is called with the key of the document."""
    made = []
    for one in offered_at(tab):
        made.append(button(words.text(one.button), partial(on_print, one.key), name="quiet"))
        made[-1].setAccessibleName(words.text(one.said or one.button))
    return tuple(made)
