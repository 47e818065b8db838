"""Closes whatever stands beside the window: a lock hides dialogs, menus and lists too, also those that wait for an answer."""

from PySide6.QtWidgets import QApplication, QDialog, QWidget


def close_all_but(window: QWidget) -> None:
    """Close every other window of the program as if nobody had chosen anything; loops that wait for one end."""
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible():
            continue
        if isinstance(other, QDialog):
            other.done(QDialog.DialogCode.Rejected.value)
        else:
            other.close()
