"""Messages lie over the page: nothing moves, each says whose it is, and none outlives what it speaks of."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window

Places = dict[QWidget, QRect]


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace) -> Shell:
    return window.window_over(qtbot, workspace)


def make_case(workspace: Workspace, called: str) -> str:
    return open_case(workspace, {"called": called}, [({"family_name": called}, {})]).case


def rename(desktop: Desktop, case: str, called: str = "", what: str = "Enrol at the school: Done") -> None:
    """Do something in a case, as every page does."""
    workspace = desktop.acts.workspace
    record = read_case(workspace, case).case
    values = {"municipality_of_return": called or "Lezhë"}
    assert desktop.acts.do(lambda: edit_record(workspace, record, values, case), what)
    settle()


def places(desktop: Desktop) -> Places:
    """Return where everything of the page in front stands."""
    page = desktop.page(desktop.current_page())
    shown = [page, *(one for one in page.findChildren(QWidget) if one.isVisible())]
    return {one: QRect(one.mapTo(desktop, QPoint(0, 0)), one.size()) for one in shown}


@pytest.mark.parametrize("kind", ["good", "bad"])
@pytest.mark.parametrize("page", ["cases", "figures", "partners", "new", "setup"])
def test_the_page_stands_still_before_during_and_after_a_message(shell: Shell, kind: str, page: str) -> None:
    desktop = window.desktop_of(shell)
    desktop.show_page(page)
    settle()
    before = places(desktop)
    if kind == "good":
        desktop.acts.said.emit("Paper removed", True)
    else:
        desktop.acts.fail(RefusedError("It did not go.", "Nothing was changed. " * 20))
    settle()
    assert desktop.message.isVisible() and places(desktop) == before
    desktop.message.put_away()
    settle()
    assert not desktop.message.isVisible() and places(desktop) == before


def test_a_message_lies_within_the_window_whatever_its_size(shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.message.bad("It did not go.", "Nothing was changed. " * 20)
    for width, height in ((1280, 800), (1024, 600)):
        shell.resize(width, height)
        settle()
        assert desktop.rect().contains(desktop.message.geometry())
        text = desktop.message.text
        assert text.height() >= text.heightForWidth(text.width())


def test_an_undo_says_whose_it_is(workspace: Workspace, shell: Shell) -> None:
    case = make_case(workspace, "Krasniqi family")
    desktop = window.desktop_of(shell)
    rename(desktop, case)
    assert desktop.message.text.text() == "Krasniqi family · Enrol at the school: Done"
    assert desktop.message.undo_button.isVisible()
    desktop.show_page("figures")
    assert not desktop.message.isVisible()
    desktop.acts.undo()
    assert desktop.message.text.text() == "Undone: Krasniqi family · Enrol at the school: Done"
    assert read_case(workspace, case).case.text("municipality_of_return") == ""


def test_an_undo_that_takes_a_case_back_still_names_it(workspace: Workspace, shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.acts.do(lambda: open_case(workspace, {"called": "Hoti"}, []).changes, "Case opened")
    desktop.show_page("figures")
    desktop.acts.undo()
    assert desktop.message.text.text() == "Undone: Hoti · Case opened"


def test_the_message_of_one_case_is_not_shown_over_another(workspace: Workspace, shell: Shell) -> None:
    one, other = make_case(workspace, "Krasniqi"), make_case(workspace, "Ђорђевић")
    desktop = window.desktop_of(shell)
    desktop.show_case(one)
    rename(desktop, one)
    assert desktop.message.isVisible()
    desktop.show_case(other)
    assert not desktop.message.isVisible()


def test_what_opens_a_case_is_said_over_that_case(workspace: Workspace, shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    made: list[str] = []

    def verb() -> object:
        result = open_case(workspace, {"called": "Hoti"}, [])
        made.append(result.case)
        return result.changes

    desktop.acts.do(verb, "Case opened")  # type: ignore[arg-type]
    desktop.show_case(made[0])
    assert desktop.message.isVisible() and desktop.message.text.text() == "Hoti · Case opened"


def test_bad_news_stays_until_it_is_read(shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.acts.fail(RefusedError("It did not go.", "Nothing was changed."))
    desktop.show_page("figures")
    assert desktop.message.isVisible() and not desktop.message.timed
    desktop.acts.said.emit("Saved elsewhere", False)
    assert desktop.message.timed, "good news goes by itself"


def test_escape_closes_the_message_first_and_then_the_page(shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.show_page("figures")
    desktop.show_page("new")
    desktop.acts.fail(RefusedError("It did not go.", "Nothing was changed."))
    focus = shell.focusWidget()
    QTest.keyClick(focus or shell, Qt.Key.Key_Escape)
    assert not desktop.message.isVisible() and desktop.current_page() == "new"
    QTest.keyClick(focus or shell, Qt.Key.Key_Escape)
    assert desktop.current_page() != "new"


def test_escape_closes_the_help_of_a_page(shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.show_page("new")
    QTest.keyClick(shell, Qt.Key.Key_F1)
    assert desktop.help.card.isVisible()
    QTest.keyClick(shell.focusWidget() or shell, Qt.Key.Key_Escape)
    assert not desktop.help.card.isVisible() and desktop.current_page() == "new"


def test_the_keyboard_comes_to_the_undo_and_goes_back_to_where_it_was(shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.show_page("figures")
    desktop.search.setFocus()
    desktop.acts.said.emit("Paper removed", True)
    settle()
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is desktop.message.undo_button:
            break
        before = focus
        QTest.keyClick(focus or shell, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is desktop.message.undo_button
    QTest.keyClick(desktop.message.undo_button, Qt.Key.Key_Escape)
    settle()
    assert not desktop.message.isVisible() and QApplication.focusWidget() is before


def test_a_message_does_not_cover_what_is_being_typed(workspace: Workspace, shell: Shell) -> None:
    desktop = window.desktop_of(shell)
    desktop.show_page("new")
    page = desktop.page("new")
    lines = [
        one for one in page.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for line in lines:
        line.setFocus()
        desktop.message.bad("It did not go.", "Nothing was changed.")
        settle()
        seen = QRect(line.mapTo(desktop, QPoint(0, 0)), line.size())
        assert not seen.intersects(desktop.message.geometry()), line.accessibleName()


def test_a_message_that_is_said_before_the_window_is_shown_lies_where_it_belongs(
    qtbot: QtBot, workspace: Workspace
) -> None:
    shell = Shell(Settings(language="en", look="light", size=100), False)
    qtbot.addWidget(shell)
    window.show_store(shell, workspace)
    desktop = window.desktop_of(shell)
    desktop.message.bad("This computer’s clock shows a date before this program was made.", "Please correct it.")
    shell.resize(1024, 600)
    shell.show()
    qtbot.waitExposed(shell)
    settle()
    shown = desktop.page(desktop.current_page())
    page = QRect(shown.mapTo(desktop, QPoint(0, 0)), shown.size())
    at = desktop.message.geometry()
    assert page.contains(at) and abs(at.center().x() - page.center().x()) <= 1
