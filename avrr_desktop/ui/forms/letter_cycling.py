"""Letters that a keyboard may lack, one keystroke away: F4 turns the letter before the cursor into its next form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

_ROUNDS = ("eë", "cçčć", "dđ", "sš", "zž", "aâ", "дђ", "гѓ", "кќ", "тћ", "чџ", "нњ", "лљ", "иј", "зѕ")
_NEXT = {
    form: around[(at + 1) % len(around)]
    for around in (*_ROUNDS, *(round_.upper() for round_ in _ROUNDS))
    for at, form in enumerate(around)
}


def turned(letter: str) -> str:
    """Return the next form of a letter: c, ç, č, ć and c again; the letter itself when it has none."""
    return _NEXT.get(letter, letter)


def turn_letter(line: QLineEdit) -> bool:
    """Turn the letter before the cursor of a line; False when there is none to turn."""
    at = line.cursorPosition()
    text = line.text()
    if line.isReadOnly() or not at or turned(text[at - 1]) == text[at - 1]:
        return False
    line.setSelection(at - 1, 1)
    line.insert(turned(text[at - 1]))
    return True


def offer_letters(line: QLineEdit) -> None:
    """Let F4 turn letters while the cursor is in a line."""
    shortcut = QShortcut(QKeySequence("F4"), line)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(lambda: turn_letter(line))
