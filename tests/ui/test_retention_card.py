"""What is erased after closing, in the window: nothing until it is read, and the list says in which case."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.setup.retention_card import RetentionCard
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.operations.test_retention import PHONE, with_rules
from tests.support import window
from tests.support.journals import tables_with


def card_of(shell: Shell) -> RetentionCard:
    desktop = window.desktop_of(shell)
    desktop.show_setup("data")
    QApplication.processEvents()
    [card] = desktop.page("setup").findChildren(RetentionCard)
    return card


def test_without_rules_there_is_no_card(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    assert not card_of(window.window_over(qtbot, workspace)).isVisible()


def test_what_would_go_is_read_first_then_it_goes(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    with_rules(workspace, family)
    shell = window.window_over(qtbot, workspace)
    card = card_of(shell)
    assert card.isVisible() and not card.list.isVisible() and tables_with(workspace, PHONE)
    window.press(card, "Show what would go")
    qtbot.waitUntil(card.list.isVisible)
    shown = [card.list.item(row).data(LINE_ROLE).title for row in range(card.list.count())]
    number = family.case.text("number")
    assert shown == [
        f"{number} · Person, Phone: goes (1)", f"{number} · Person, Place of birth: goes (2)",
        f"{number} · Person, Date of birth: only the year stays (3)", f"{number} · Contacts: all go, their number stays (2)",
    ]  # fmt: skip
    assert window.says(card, "8 entries in 1 closed case would go, for good.")
    window.press(card, "Cancel")
    assert not card.list.isVisible() and tables_with(workspace, PHONE)
    window.press(card, "Show what would go")
    qtbot.waitUntil(card.list.isVisible)
    window.press(card, "Let it go for good")
    qtbot.waitUntil(lambda: not tables_with(workspace, PHONE) and not shell.jobs.busy)
    window.press(card, "Show what would go")
    qtbot.waitUntil(lambda: window.says(card, "Nothing is due"))
