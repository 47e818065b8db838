"""How a case stands is decided in its window: by menu and keyboard, asked for in the page, undone as anything else."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.session.late_entries import begin_late_entry, is_read_only
from avrr_desktop.operations.session.records import commit, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_decisions import CaseDecisions
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.files_tab import FilesTab
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import office_with_keys, stores, today, window
from tests.support.clipping import asks
from tests.support.closing_page import choose, close
from tests.support.endings import close_case
from tests.support.referrals import stored_referral
from tools.rigs.office_window import office_window


def _case_page(qtbot: QtBot, workspace: Workspace, case: str) -> tuple[Desktop, CasePage]:
    desktop = window.desktop_of(office_window(qtbot, workspace))
    desktop.show_case(case)
    return desktop, window.case_page(desktop)


def _offered(page: CasePage) -> list[str]:
    return [action.text() for action in page.menu.actions()]


def _choose(page: CasePage, text: str) -> None:
    menu = page.menu
    for part in text.split(" > "):
        action = next(one for one in menu.actions() if one.text() == part)
        menu = action.menu() or menu  # type: ignore[assignment]
    action.trigger()
    QApplication.processEvents()


def _type(decisions: CaseDecisions, key: str, text: str) -> QLineEdit:
    line = decisions.strip.rows[key].editor.focus
    assert isinstance(line, QLineEdit)
    line.setText(text)
    return line


def _said(decisions: CaseDecisions) -> str:
    QApplication.processEvents()
    return " ".join(one.text() for one in decisions.findChildren(QLabel) if one.isVisible())


def test_a_case_opened_before_the_arrival_is_confirmed_when_they_are_here(qtbot: QtBot, workspace: Workspace) -> None:
    desktop = window.desktop_of(office_window(qtbot, workspace))
    desktop.show_page("new")
    new = desktop.page("new")
    assert isinstance(new, NewCasePage)
    new.look_for("Hoti")
    new.abroad.setChecked(True)
    new.open_new()
    assert not new.abroad.isChecked(), "the next family is here"
    [line] = all_cases(workspace)
    assert line.status == "pre_arrival"
    page = window.case_page(desktop)
    assert "Still abroad" in _said(page.decisions)
    _choose(page, "Confirm the arrival …")
    day = _type(page.decisions, "arrival_date", "soon")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert "Not a date" in _said(page.decisions)
    day.setText("14.6.2026")
    QTest.keyClick(day, Qt.Key.Key_Return)
    case = read_case(workspace, line.uid).case
    assert (case.text("status"), case.text("arrival_date")) == ("open", "2026-06-14")
    assert not page.decisions.strip.isVisible()
    assert "Still abroad" not in _said(page.decisions)
    desktop.acts.undo()
    assert read_case(workspace, line.uid).case.text("status") == "pre_arrival"


def test_a_case_rests_and_goes_on(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    _, page = _case_page(qtbot, workspace, family.case.uid)
    _choose(page, "Put on hold …")
    why = _type(page.decisions, "hold_because", "In hospital abroad")
    assert why.hasFocus()
    QTest.keyClick(why, Qt.Key.Key_Return)
    assert page.decisions.strip.isVisible(), "no day yet: the question stays"
    QTest.keyClick(_type(page.decisions, "hold_until", "20.7.2026"), Qt.Key.Key_Return)
    assert read_case(workspace, family.case.uid).case.text("status") == "on_hold"
    assert "20.07.2026" in _said(page.decisions) and "In hospital abroad" in _said(page.decisions)
    assert _offered(page)[:3] == ["Continue with this case", "Extend the hold …", "Close the case …"]
    _choose(page, "Continue with this case")
    assert read_case(workspace, family.case.uid).case.text("status") == "open"
    _choose(page, "Put on hold …")
    QTest.keyClick(page.decisions.strip.rows["hold_because"].editor.focus, Qt.Key.Key_Escape)
    assert not page.decisions.strip.isVisible()


def test_a_double_names_the_case_that_stays(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    second = open_case(workspace, {"called": "Đorđević again"}).case
    desktop, page = _case_page(qtbot, workspace, second)
    card = close(page, "duplicate", double_of="nobody")
    assert "no other case" in desktop.message.text.text() and not card.open.isVisible()
    choose(card, "double_of", family.case.text("number"))
    card.go.click()
    closed = read_case(workspace, second).case
    assert (closed.text("status"), closed.text("double_of")) == ("duplicate", family.case.text("number"))
    assert family.case.text("number") in _said(page.decisions)


def test_a_transferred_case_says_where_it_is(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    _, page = _case_page(qtbot, workspace, family.case.uid)
    close(page, "transferred", transferred_to="Return desk, Skopje")
    assert read_case(workspace, family.case.uid).case.text("status") == "transferred"
    assert "Return desk, Skopje" in _said(page.decisions)
    assert "Transferred" in page.head.facts.text()


def test_papers_that_stay_are_told_beside_the_undo(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    new_record(workspace, "paper", {"doc_type": "passport", "original_held_by": "programme"}, family.case.uid)
    desktop, page = _case_page(qtbot, workspace, family.case.uid)
    close(page, "withdrew")
    said = desktop.message.text.text()
    assert "Case closed" in said and "Original papers are still" in said
    desktop.acts.undo()
    assert read_case(workspace, family.case.uid).running


def _asking(page: CasePage) -> list[str]:
    tab = page.tab("notes")
    assert isinstance(tab, RecordTab) and tab.form is not None
    return [key for key, row in tab.form.rows.items() if asks(row.editor.widget)]


def test_a_closed_case_is_only_read_until_a_late_entry(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    uid = family.case.uid
    other = open_case(workspace, {"called": "Hoti"}).case
    desktop, page = _case_page(qtbot, workspace, uid)
    page.show_tab("notes", family.notes[0].uid)
    assert _asking(page)
    close(page, "withdrew")
    assert _offered(page)[:2] == ["Add a late entry …", "Reopen this case …"]
    assert "Closed on 15.06.2026: Withdrew." in _said(page.decisions)
    page.show_tab("notes", family.notes[0].uid)
    assert not _asking(page)

    [late] = [one for one in page.decisions.findChildren(QPushButton) if one.text() == "Add a late entry …"]
    late.setFocus()
    QTest.keyClick(late, Qt.Key.Key_Space)
    reason = page.decisions.strip.rows["late_entry_because"].editor.focus
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert "Give the reason" in desktop.message.text.text()
    QTest.keyClick(_type(page.decisions, "late_entry_because", "The certificate came"), Qt.Key.Key_Return)
    assert "Late entry: The certificate came" in _said(page.decisions)
    page.show_tab("notes", family.notes[0].uid)
    assert _asking(page)
    new_record(workspace, "note", {"text": "Late"}, uid)

    desktop.show_case(other)
    assert is_read_only(workspace, uid)
    desktop.show_case(uid, "note", family.notes[0].uid)
    assert not _asking(page)
    _choose(page, "Reopen this case …")
    QTest.keyClick(_type(page.decisions, "reopened_because", "She came back"), Qt.Key.Key_Return)
    page.show_tab("notes", family.notes[0].uid)
    assert _asking(page)
    assert read_case(workspace, uid).case.text("reopened_because") == "She came back"


def test_a_late_entry_ends_when_the_case_is_left(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    close_case(workspace, family, "withdrew")
    desktop, page = _case_page(qtbot, workspace, family.case.uid)
    for leave, open_still in (("print", True), ("today", False)):
        if is_read_only(workspace, family.case.uid):
            _choose(page, "Add a late entry …")
            QTest.keyClick(_type(page.decisions, "late_entry_because", "x"), Qt.Key.Key_Return)
        desktop.show_page(leave)
        assert is_read_only(workspace, family.case.uid) is not open_still, leave


def test_today_says_since_when_an_answer_is_expected_as_the_case_does(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    sent = {"state": "sent", "sent_on": "2026-06-10"}
    for urgency in ("emergency", "normal"):
        stored_referral(workspace, {**sent, "urgency": urgency}, family.case.uid)
    desktop, page = _case_page(qtbot, workspace, family.case.uid)
    page.show_tab("referrals")
    tab = page.tab("referrals")
    assert isinstance(tab, RecordTab)
    shown = {tab.list.item(number).data(LINE_ROLE).right for number in range(tab.list.count())}
    assert shown == {"Answer overdue since 11.06.2026", "Answer expected: in 9 days"}
    said = " ".join(today.told(desktop))
    assert all(text in said for text in shown)


def _enabled(shown: QWidget) -> set[str]:
    boxes = [*shown.findChildren(QPushButton), *shown.findChildren(QCheckBox)]
    return {one.text() for one in boxes if one.isVisibleTo(shown) and one.isEnabled()}


ADDING = {
    "papers": {"Paper", "For several people"},
    "files": {"File", "Keep the location of photos"},
    "protection": {"Add a specific need", "Add a restricted note"},
}


@pytest.mark.parametrize("tab", ADDING)
def test_nothing_is_added_to_a_closed_case_until_a_late_entry(qtbot: QtBot, tmp_path: Path, tab: str) -> None:
    office = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), new_code())
    workspace = office.at_work(office_with_keys.FOUNDER)
    case = stores.family(workspace).case.uid
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    shown = _opened(page, tab)
    assert _enabled(shown) >= ADDING[tab]
    closed = Part(PartKind.SET, "case", case, {"status": "closed", "closure_reason": "withdrew"})
    commit(workspace, [closed], case)  # two supervisors agreed
    page.show_case(case)
    shown = _opened(page, tab)
    assert not _enabled(shown) & ADDING[tab]
    said = any("Add a late entry" in one.text() for one in shown.findChildren(QLabel))
    assert said or tab == "papers", "its form says so"
    assert not isinstance(shown, FilesTab) or not _let_in(shown)
    begin_late_entry(workspace, read_case(workspace, case), "The certificate came")
    page.decisions.late_changed.emit()
    shown = _opened(page, tab)
    assert _enabled(shown) >= ADDING[tab]
    assert not isinstance(shown, FilesTab) or _let_in(shown)


def _opened(page: CasePage, tab: str) -> QWidget:
    page.show_tab(tab)
    shown = page.tab(tab)
    if isinstance(shown, ProtectionTab):
        shown.open()
    QApplication.processEvents()
    return shown


def _let_in(tab: FilesTab) -> bool:
    """Whether a file that is dragged over a tab may be dropped there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/nowhere/scan.pdf")])
    action, press = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(5, 5), action, data, press, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    tab.dragEnterEvent(event)
    return event.isAccepted()
