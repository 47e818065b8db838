"""Fills the page on which a case is closed, as its fields are chosen."""

from PySide6.QtWidgets import QApplication

from avrr_desktop.domain.case.closing import StepEnd
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.closing.closing_card import ClosingCard


def closing_page(page: CasePage) -> ClosingCard:
    """Open the page and return it."""
    page.decisions.closing.emit()
    QApplication.processEvents()
    return next(one for one in page.findChildren(ClosingCard) if one.isVisible())


def choose(card: ClosingCard, key: str, code: str) -> None:
    """Choose or type the value of a field."""
    row = card.rows[key]
    row.editor.show_typed(code)
    row.editor.touched.emit()


def close(page: CasePage, reason: str, **typed: str) -> ClosingCard:
    """Close the shown case: every step is abandoned, every referral ends in the first way. ``typed``: fields by key."""
    card = closing_page(page)
    choose(card, "reason", reason)
    for row in card.open.rows:
        told = [row.how.itemData(at).how for at in range(row.how.count())]
        row.how.setCurrentIndex(told.index(StepEnd.ABANDONED.code) if row.record.type == "step" else 1)
    for key, text in {"outcome": "not_known", **typed}.items():
        choose(card, key, text)
    card.go.click()
    QApplication.processEvents()
    return card
