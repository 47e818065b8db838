"""A case is closed in the real window with keys alone: open steps and a referral settled, a lost contact, approval, reopening."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.closing import ended_periods, open_things
from avrr_desktop.keys import recovery
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.session.records import directory, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.closing.approval_card import ApprovalCard
from avrr_desktop.ui.case.closing.closing_card import ClosingCard
from tests.support import window
from tests.support.closing_page import choose, close, closing_page
from tests.support.endings import referral_in
from tests.support.office_with_keys import SECOND, WORKER, office, with_code

Key = Qt.Key


class Keys:
    """Types, and counts what was typed."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the cursor stands."""
        self.count += 1
        QTest.keyClick(_focus(), key, modifier)
        QApplication.processEvents()

    def write(self, letters: str) -> None:
        """Type letters where the cursor stands."""
        self.count += len(letters)
        window.type_text(_focus(), letters) if not letters.isascii() else QTest.keyClicks(_focus(), letters)
        QApplication.processEvents()

    def tab(self, times: int = 1) -> None:
        """Go on to the next field."""
        for _ in range(times):
            self.press(Key.Key_Tab)


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _begin(page: CasePage, text: str) -> None:
    next(one for one in page.menu.actions() if one.text().startswith(text)).trigger()
    QApplication.processEvents()


def _card(page: CasePage) -> ClosingCard:
    return next(one for one in page.findChildren(ClosingCard) if one.isVisible())


def test_a_case_with_two_steps_and_a_referral_is_closed_with_keys_and_undone(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    for title in ("Ask at the school", "Изјава сведока"):
        new_record(
            workspace, "step", {"title": title, "state": "planned", "person": family.members[0].person.uid}, case
        )
    referral_in(workspace, case, "accepted", sent_on="2026-05-20", category="HEA", person=family.members[1].person.uid)
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page, keys = window.case_page(desktop), Keys()
    _begin(page, "Close the case")
    card = _card(page)
    assert card.rows["reason"].editor.focus.hasFocus(), "the first question has the cursor"
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.said.text() == "Choose the reason."
    keys.write("O")  # Objectives met
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "everything that is open" in card.said.text()
    assert card.open.rows[0].how.hasFocus(), "the cursor stands where something is missing"
    keys.write("D")
    keys.tab()
    keys.write("H")
    keys.tab()
    assert card.open.rows[1].to.hasFocus()
    keys.write("Каритас")
    keys.tab()
    keys.write("S")
    assert card.open.first_left() is None and "Everything is settled" in card.open.left.text()
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "how the return ended" in card.said.text() and card.rows["outcome"].editor.focus.hasFocus()
    keys.write("S")
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    closed = read_case(workspace, case)
    assert closed.over and not open_things(closed), desktop.message.text.text()
    assert [one.text("state") for one in (*closed.steps, *closed.referrals)] == ["done", "abandoned", "closed"]
    assert (
        closed.steps[1].text("handed_to") == "Каритас"
        and closed.referrals[0].text("outcome_code") == "service_received"
    )
    assert ended_periods(closed)[0].text("outcome") == "settled"
    assert keys.count <= 20, keys.count
    assert not page.findChildren(ClosingCard) and window.says(page, "Closed on")
    QTest.keyClick(shell, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    again = read_case(workspace, case)
    assert again.running and len(open_things(again)) == 3
    shell.close()


def test_a_lost_contact_is_refused_and_then_allowed(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    new_record(workspace, "contact", {"on": "2026-05-20", "result": "no_answer"}, case)
    desktop.show_case(case)
    card = close(page, "lost_contact")
    assert "1 of 3" in card.tried.text() and "20.05.2026" in card.tried.text()
    assert "Too few attempts" in desktop.message.text.text() and read_case(workspace, case).running
    for day in ("2026-06-01", "2026-06-10"):
        new_record(workspace, "contact", {"on": day, "result": "left_message"}, case)
    desktop.show_case(case)
    close(page, "lost_contact")
    assert read_case(workspace, case).over
    _begin(page, "Reopen this case")
    field = page.decisions.strip.rows["reopened_because"].editor.focus
    QTest.keyClicks(field, "The daughter called")
    QTest.keyClick(field, Key.Key_Return)
    again = read_case(workspace, case)
    assert again.running and ended_periods(again)[0].text("reopened_on")
    shell.close()


def test_another_person_sees_everything_on_one_page_and_approves_with_a_comment(qtbot: QtBot, tmp_path: Path) -> None:
    people = with_code(office(tmp_path / "office.avrr"), recovery.new_code())
    worker = people.at_work(WORKER)
    shell = window.window_over(qtbot, worker)
    desktop = window.desktop_of(shell)
    case = open_case(worker, {}, [({"family_name": "Стефковска", "given_names": "Ана"}, {})]).case
    new_record(worker, "step", {"title": "Ask at the school", "state": "planned"}, case)
    desktop.show_case(case)
    card = closing_page(window.case_page(desktop))
    choose(card, "text", "Schools in Шабац ask for papers that Ана cannot have.")
    assert "Ана" in card.rows["text"].below.text(), "a name in a lesson is warned of"
    lesson = "Schools in Шабац ask for papers that nobody can have."
    close(window.case_page(desktop), "objectives_met", outcome="settled", remaining_needs="Огрев", text=lesson)
    assert read_case(worker, case).running and len(directory(worker, "lesson")) == 1
    shell.lock()
    shell.close()
    second = people.at_work(SECOND)
    shell = window.window_over(qtbot, second)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    QTest.mouseClick(window.button(page, "Look at the closing …"), Qt.MouseButton.LeftButton)
    seen = next(one for one in page.findChildren(ApprovalCard) if one.isVisible())
    for said in ("Objectives met", "Settled here", "Ask at the school", "Abandoned", "Огрев"):
        assert window.says(seen, said), said
    keys = Keys()
    keys.write("Jasno.")
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    closed = read_case(second, case)
    assert closed.over and ended_periods(closed)[0].text("comment") == "Jasno."
    shell.lock()
    shell.close()
