"""A closing is asked for, seen on the supervisor's desk, sent back with a word, asked for again and approved."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.keys import recovery
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.exchange.quarantine import throw_away, waiting
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.closing.approval_card import ApprovalCard
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from tests.support import today, window
from tests.support.closing_page import close
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER, People, joined, office, with_code
from tests.support.quarantine import waits

COMMENT = "Сè е завршено."
WORD = "Училиштето сè уште не одговорило."


def at_work(qtbot: QtBot, people: People, passphrase: str) -> tuple[Shell, Desktop, Workspace]:
    workspace = people.at_work(passphrase)
    shell = window.window_over(qtbot, workspace)
    return shell, window.desktop_of(shell), workspace


def ask_for_closing(desktop: Desktop, case: str) -> None:
    desktop.show_case(case)
    close(window.case_page(desktop), "objectives_met")


def groups(desktop: Desktop) -> dict[str, int]:
    page = today.today_page(desktop)
    page.show_desk()
    return {group.title: group.count for group in page.model.groups}


def test_a_closing_goes_from_desk_to_desk(qtbot: QtBot, tmp_path: Path) -> None:
    people = with_code(office(tmp_path / "office.avrr"), recovery.new_code())
    shell, desktop, workspace = at_work(qtbot, people, WORKER)
    person: tuple[dict[str, object], dict[str, object]] = ({"family_name": "Стефковска", "given_names": "Ана"}, {})
    case = open_case(workspace, {}, [person]).case
    member = read_case(workspace, case).members[0].person.uid
    new_record(workspace, "step", {"title": "Ask at the school", "state": "planned", "person": member}, case)
    ask_for_closing(desktop, case)
    assert "For my decision" not in groups(desktop), "who asked does not decide"
    assert any("Closing: " in text and "Besnik Leka" in text for text in today.told(desktop)), "it waits for somebody"
    shell.lock()
    shell.close()

    shell, desktop, workspace = at_work(qtbot, people, SECOND)
    page = today.today_page(desktop)
    assert page.mine.isChecked() and groups(desktop)["For my decision"] == 1, "whatever the switch says"
    [said] = [text for text in today.told(desktop) if "Closing: " in text]
    assert "Стефковска" in said and "Requested by Besnik Leka" in said
    assert today.told(desktop)[0] == said, "it comes first"
    today.click(desktop, "Closing: ", Act.SEND_BACK)
    strip = page.menu.strip
    strip.answer()
    assert strip.isVisible() and desktop.message.text.text().startswith("Write why you send it back.")
    field = strip.rows["closure_sent_back_because"].editor.focus
    window.type_text(field, WORD)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not strip.isVisible() and "For my decision" not in groups(desktop)
    assert "Стефковска" in desktop.message.text.text()
    shell.lock()
    shell.close()

    shell, desktop, workspace = at_work(qtbot, people, WORKER)
    [said] = [text for text in today.told(desktop) if "sent back" in text]
    assert WORD in said and "Vesna Šipčić" in said
    assert any(group.key == "today" for group in today.today_page(desktop).model.groups)
    desktop.show_case(case)
    assert window.says(window.case_page(desktop), WORD), "the case says it, too"
    ask_for_closing(desktop, case)
    assert not any("sent back" in text for text in today.told(desktop)), "they acted"
    shell.lock()
    shell.close()

    shell, desktop, workspace = at_work(qtbot, people, SECOND)
    today.type_key(desktop, "Closing: ", Qt.Key.Key_P)
    assert not read_case(workspace, case).over, "nobody approves what was not seen"
    [card] = window.case_page(desktop).findChildren(ApprovalCard)
    assert card.isVisible() and card.comment.editor.focus.hasFocus(), "its page asks for the comment"
    window.type_text(card.comment.editor.focus, COMMENT)
    QTest.keyClick(card.comment.editor.focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    closed = read_case(workspace, case)
    assert closed.over and [one.text("comment") for one in closed.of_type("closing")] == [COMMENT]
    assert "For my decision" not in groups(desktop)
    desktop.acts.undo()
    assert groups(desktop)["For my decision"] == 1, "an approval can be taken back"
    shell.lock()
    shell.close()


def test_what_was_sent_back_is_put_aside_by_who_asked(qtbot: QtBot, tmp_path: Path) -> None:
    people = with_code(office(tmp_path / "office.avrr"), recovery.new_code())
    shell, desktop, workspace = at_work(qtbot, people, WORKER)
    case = open_case(workspace, {}, [({"family_name": "Hoti", "given_names": "Besa"}, {})]).case
    ask_for_closing(desktop, case)
    shell.lock()
    shell.close()
    shell, desktop, workspace = at_work(qtbot, people, SECOND)
    desktop.show_case(case)
    decisions = window.case_page(desktop).decisions
    decisions.turn_down()
    decisions.strip.rows["closure_sent_back_because"].editor.show_typed(WORD)
    decisions.strip.answer()
    assert not any("sent back" in text for text in today.told(desktop)), "it is on the desk of who asked"
    shell.lock()
    shell.close()
    shell, desktop, workspace = at_work(qtbot, people, WORKER)
    today.click(desktop, "sent back", Act.DONE)
    assert not any("sent back" in text for text in today.told(desktop))
    assert not read_case(workspace, case).over
    shell.lock()
    shell.close()


def test_what_came_from_outside_waits_on_the_desk_of_who_may_decide(qtbot: QtBot, tmp_path: Path) -> None:
    people = with_code(office(tmp_path / "office.avrr"), recovery.new_code())
    home, _ = waits(people, tmp_path)
    held = waiting(home)
    home.lock()
    shell, desktop, workspace = at_work(qtbot, people, WORKER)
    assert "For my decision" not in groups(desktop), "a case worker decides nothing of it"
    shell.lock()
    shell.close()
    shell, desktop, workspace = at_work(qtbot, people, SECOND)
    assert groups(desktop)["For my decision"] == len(held) == 5
    assert "Entry in quarantine" in today.told(desktop)[0] and held[0].why in today.told(desktop)[0]
    view = today.today_page(desktop).view
    view.acted.emit(next(view.rows())[1], Act.DONE)
    setup = desktop.page("setup")
    assert isinstance(setup, SetupPage) and setup.isVisible() and setup.part == "journey"
    throw_away(workspace, [one.name for one in held])
    desktop.show_page("today")
    assert "For my decision" not in groups(desktop)
    shell.lock()
    shell.close()


def test_a_new_supervisor_waits_on_the_desk_of_who_may_confirm_them(qtbot: QtBot, tmp_path: Path) -> None:
    people = with_code(office(tmp_path / "office.avrr"), recovery.new_code())
    shell, desktop, workspace = at_work(qtbot, people, FOUNDER)
    joined(workspace, "Љубица Ђокић", "supervisor", "third of five words")
    assert "For my decision" not in groups(desktop), "who gave the passphrase does not confirm"
    shell.lock()
    shell.close()
    shell, desktop, workspace = at_work(qtbot, people, SECOND)
    assert groups(desktop)["For my decision"] == 1
    assert "Љубица Ђокић: New supervisor, to be confirmed" in today.told(desktop)[0]
    today.click(desktop, "New supervisor", Act.DONE)
    setup = desktop.page("setup")
    assert isinstance(setup, SetupPage) and setup.access is not None
    assert setup.isVisible() and setup.access.isVisible()
    shell.lock()
    shell.close()
