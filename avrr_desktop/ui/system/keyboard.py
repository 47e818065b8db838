"""What can be told of the keyboard beside a line whose letters are hidden: layout, Caps Lock, the script that is typed."""

import sys
import unicodedata

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

LATIN, CYRILLIC = "LATIN", "CYRILLIC"
_TELLING = frozenset(
    {"windows", "cocoa"}
)  # elsewhere Qt names the language of the system, whatever the keyboard writes
_CAPITAL = 0x14  # VK_CAPITAL


def layout_named() -> str:
    """Return the language of the keyboard by its own name; empty where the system does not tell it."""
    if QGuiApplication.platformName() not in _TELLING:
        return ""
    return named(QGuiApplication.inputMethod().locale())


def named(locale: QLocale) -> str:
    """Return the language of a keyboard by its own name, with its country; empty for none."""
    if locale.language() == QLocale.Language.C:
        return ""
    return " – ".join(filter(None, (locale.nativeLanguageName(), locale.nativeTerritoryName())))


def caps_now() -> bool | None:
    """Return whether Caps Lock is on; None where only what is typed tells it."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_CAPITAL) & 1)
    return None


def caps_by(event: QKeyEvent) -> bool | None:
    """Return whether a key shows that Caps Lock is on: a large letter without Shift, or a small one with it; None for others."""
    text = event.text()
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if len(text) != 1 or text.upper() == text.lower() or held & ~Qt.KeyboardModifier.ShiftModifier:
        return None
    return text.isupper() != bool(held & Qt.KeyboardModifier.ShiftModifier)


def scripts(text: str) -> frozenset[str]:
    """Return which scripts the letters of a text are of: ``LATIN``, ``CYRILLIC`` and others, as Unicode names them."""
    return frozenset(unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha())
