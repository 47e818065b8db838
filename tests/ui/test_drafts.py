"""What somebody typed and did not save: offered with its time, saved once and only on purpose, closed where it was closed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.today import desk
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.drafts import all_drafts, drop_draft, keep_draft
from avrr_desktop.operations.session.records import directory, edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.parts import PROTECTION
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.office.directory_page import DirectoryPage
from tests.support import office_with_keys, stores, window
from tests.support.office_with_keys import FOUNDER, READER, WORKER, People
from tests.ui.test_people_tab import people_tab
from tools.rigs.office_window import office_window

SECRET = "violence by an uncle"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), new_code())


def at_work(qtbot: QtBot, office: People, passphrase: str) -> tuple[Shell, Desktop, Workspace]:
    workspace = office.at_work(passphrase)
    shell = window.window_over(qtbot, workspace)
    return shell, window.desktop_of(shell), workspace


def tab_of(desktop: Desktop, case: str, name: str) -> object:
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab(name)
    QApplication.processEvents()
    return page.tab(name)


def protection(desktop: Desktop, case: str) -> ProtectionTab:
    tab = tab_of(desktop, case, "protection")
    assert isinstance(tab, ProtectionTab)
    return tab


def notes(desktop: Desktop, case: str) -> RecordTab:
    tab = tab_of(desktop, case, "notes")
    assert isinstance(tab, RecordTab)
    return tab


def begin_restricted(qtbot: QtBot, office: People, kind: str = "note", key: str = "text") -> str:
    """Let the founder begin a restricted record and be interrupted by a lock; return the case."""
    shell, desktop, workspace = at_work(qtbot, office, FOUNDER)
    case = stores.family(workspace).case.uid
    tab = protection(desktop, case)
    tab.open()
    tab.add(kind)
    QApplication.processEvents()
    assert tab.form is not None
    window.type_into(tab.form, key, SECRET)
    shell.lock()
    return case


def test_a_restricted_note_begun_before_a_lock_stays_restricted(qtbot: QtBot, office: People) -> None:
    case = begin_restricted(qtbot, office)
    shell, desktop, workspace = at_work(qtbot, office, FOUNDER)
    [draft] = all_drafts(workspace)
    assert SECRET not in str(draft.values)
    assert notes(desktop, case).list.count() == 1, "among what everybody reads it is not offered"
    window.open_draft(desktop, draft)
    page = window.case_page(desktop)
    tab = page.tab("protection")
    assert isinstance(tab, ProtectionTab) and page.shown_tab == PROTECTION
    tab.open()
    QApplication.processEvents()
    assert tab.form is not None and tab.form.rows["text"].editor.typed() == SECRET
    window.type_into(tab.form, "text", "!")
    tab.form.keep_draft()
    assert SECRET not in str(all_drafts(workspace)[0].values)
    assert tab.form.save()
    assert all_drafts(workspace) == []
    found = read_case(workspace, case)
    assert not any(SECRET in note.text("text") for note in found.notes)
    assert [SECRET in record.text("text") for record in show_restricted(workspace, found)] == [True]
    shell.lock()


def test_who_holds_no_key_neither_sees_nor_spends_a_restricted_draft(qtbot: QtBot, office: People) -> None:
    case = begin_restricted(qtbot, office)
    shell, desktop, workspace = at_work(qtbot, office, WORKER)
    assert all_drafts(workspace) == [] and desk(workspace).drafts == ()
    tab = notes(desktop, case)
    assert tab.list.count() == 1
    desktop.show_page("today")
    [kept] = workspace.store.local.drafts()
    with pytest.raises(RefusedError):
        keep_draft(workspace, kept.form, case, "note", kept.record, {"text": "open"}, ())
    with pytest.raises(RefusedError):
        new_record(workspace, "note", {"text": "open"}, case, draft=kept.form)
    with pytest.raises(RefusedError):
        drop_draft(workspace, kept.form)
    assert workspace.store.local.drafts() == [kept]
    shell.lock()


def test_a_specific_need_that_was_begun_waits_under_protection(qtbot: QtBot, office: People) -> None:
    case = begin_restricted(qtbot, office, "vulnerability", "what_was_said")
    shell, desktop, workspace = at_work(qtbot, office, FOUNDER)
    [draft] = all_drafts(workspace)
    window.open_draft(desktop, draft)
    tab = protection(desktop, case)
    tab.open()
    assert tab.form is not None and tab.form.rows["what_was_said"].editor.typed() == SECRET
    QTest.mouseClick(tab.form.strip.save, Qt.MouseButton.LeftButton)
    [record] = show_restricted(workspace, read_case(workspace, case))
    assert record.text("what_was_said") == SECRET and all_drafts(workspace) == []
    shell.lock()


def given_names(workspace: Workspace, case: str) -> list[str]:
    return [member.person.text("given_names") for member in read_case(workspace, case).members]


def drafted_person(shell: Shell, workspace: Workspace, family: CaseFile) -> PeopleTab:
    keep_draft(workspace, "new person 01X", family.case.uid, "person", "01X", {"given_names": "Zana"}, ())
    return people_tab(shell, family.case.uid)


def test_a_draft_is_not_saved_by_looking_at_it(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = drafted_person(shell, workspace, family)
    entries = workspace.store.journal.count()
    assert tab.list.chosen() == family.members[0].person.uid, "what is stored comes first"
    tab.list.choose("draft 01X")
    QApplication.processEvents()
    [form] = tab.forms
    assert form.strip.isVisible() and "15.06.2026" in form.strip.said.text()
    form.rows["given_names"].editor.focus.setFocus()
    tab.list.setFocus()
    assert shell.desktop is not None
    shell.desktop.show_page("today")
    shell.desktop.leave(parting=True)
    assert workspace.store.journal.count() == entries
    [draft] = all_drafts(workspace)
    assert draft.values == {"given_names": "Zana"}
    shell.close()


def test_a_draft_of_a_person_becomes_one_person(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = drafted_person(shell, workspace, family)
    tab.list.choose("draft 01X")
    QApplication.processEvents()
    QTest.mouseClick(tab.forms[0].strip.save, Qt.MouseButton.LeftButton)
    assert given_names(workspace, family.case.uid).count("Zana") == 1
    assert all_drafts(workspace) == [] and len(tab.forms) == 2
    assert tab.list.chosen() == read_case(workspace, family.case.uid).members[-1].person.uid
    shell.close()


@pytest.mark.parametrize("how", ["key", "list"])
def test_a_draft_typed_on_in_becomes_one_person(qtbot: QtBot, workspace: Workspace, family: CaseFile, how: str) -> None:
    shell = office_window(qtbot, workspace)
    tab = drafted_person(shell, workspace, family)
    tab.list.choose("draft 01X")
    QApplication.processEvents()
    window.type_into(tab.forms[0], "family_name", "Hoxha")
    assert not tab.forms[0].strip.isVisible()
    if how == "key":
        field = tab.forms[0].rows["family_name"].editor.focus
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        tab.list.setFocus()
    assert given_names(workspace, family.case.uid).count("Zana") == 1 and all_drafts(workspace) == []
    shell.close()


@pytest.mark.parametrize("kind", ["provider", "officer"])
def test_a_draft_beside_all_cases_becomes_one_record(qtbot: QtBot, workspace: Workspace, kind: str) -> None:
    new_record(workspace, kind, {"name": "Qendra sociale"})
    keep_draft(workspace, f"new {kind} 01X", "", kind, "01X", {"name": "Komuna"}, ())
    shell = office_window(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_page("partners" if kind == "provider" else "setup")
    page = next(
        one for one in shell.desktop.page("partners" if kind == "provider" else "setup").findChildren(DirectoryPage)
    ) if kind == "officer" else shell.desktop.page("partners")  # fmt: skip
    assert isinstance(page, DirectoryPage)
    page.show_records()
    page.list.choose("draft 01X")
    assert page.form is not None and page.form.save()
    assert [one.text("name") for one in directory(workspace, kind)].count("Komuna") == 1
    assert all_drafts(workspace) == []
    shell.close()


def test_a_draft_is_thrown_away_and_put_back(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    paper = family.papers[0]
    form_key = f"edit paper {paper.uid}"
    keep_draft(workspace, form_key, family.case.uid, "paper", paper.uid, {"number": "BA 1"}, paper.seen)
    shell = office_window(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_case(family.case.uid, "paper", paper.uid)
    tab = window.case_page(shell.desktop).tab("papers")
    assert isinstance(tab, RecordTab) and tab.form is not None
    QApplication.processEvents()
    form = tab.form
    number = form.rows["number"].editor
    assert number.typed() == "BA 1"
    QTest.mouseClick(form.strip.away, Qt.MouseButton.LeftButton)
    assert number.typed() == paper.text("number") and all_drafts(workspace) == [] and not form.dirty
    QTest.mouseClick(form.strip.back, Qt.MouseButton.LeftButton)
    assert number.typed() == "BA 1" and all_drafts(workspace)[0].values == {"number": "BA 1"}
    QTest.mouseClick(form.strip.save, Qt.MouseButton.LeftButton)
    assert read_case(workspace, family.case.uid).papers[0].text("number") == "BA 1" and all_drafts(workspace) == []
    assert not form.strip.isVisible()
    shell.close()


def test_the_line_of_a_draft_that_was_thrown_away_goes(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = drafted_person(shell, workspace, family)
    tab.list.choose("draft 01X")
    QApplication.processEvents()
    QTest.mouseClick(tab.forms[0].strip.away, Qt.MouseButton.LeftButton)
    tab.list.choose(family.members[1].person.uid)
    assert tab.list.count() == len(family.members) and tab.list.chosen() == family.members[1].person.uid
    assert tab.forms[0].record.uid == family.members[1].person.uid
    assert "Zana" not in given_names(workspace, family.case.uid)
    shell.close()


def test_who_may_only_read_is_shown_what_is_stored_to_its_end(qtbot: QtBot, office: People) -> None:
    workspace = office.at_work(FOUNDER)
    family = stores.family(workspace)
    case, note = family.case.uid, family.notes[0]
    edit_record(workspace, note, {"text": "\n".join(f"Line {number}" for number in range(60))}, case)
    keep_draft(workspace, f"edit note {note.uid}", case, "note", note.uid, {"text": "UNSAVED"}, note.seen)
    keep_draft(workspace, "new note 01X", case, "note", "01X", {"text": "UNSAVED"}, ())
    workspace.lock()
    shell, desktop, workspace = at_work(qtbot, office, READER)
    assert desk(workspace).drafts == ()
    tab = notes(desktop, case)
    assert tab.list.count() == 1 and tab.form is not None
    text = tab.form.rows["text"].editor.focus
    assert isinstance(text, QPlainTextEdit) and "UNSAVED" not in text.toPlainText()
    assert "Read only" in [one.text() for one in tab.findChildren(QLabel)]
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert text.verticalScrollBar().value() == text.verticalScrollBar().maximum() > 0
    window.type_text(text, "x")
    assert "x" not in text.toPlainText()
    shell.lock()


def test_nothing_is_said_to_be_saved_where_nothing_was(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    tab.add()
    QApplication.processEvents()
    [form] = tab.forms
    said: list[str] = []
    form.state_said.connect(said.append)
    field = form.rows["family_name"].editor.focus
    window.type_into(form, "family_name", "x")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not [text for text in said if "Saved" in text]
    assert len(read_case(workspace, family.case.uid).members) == len(family.members)
    shell.close()


def test_the_next_child_is_begun_while_one_is_typed(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    tab.add()
    QApplication.processEvents()
    window.type_into(tab.forms[0], "given_names", "Zana")
    [add] = [one for one in tab.findChildren(QPushButton) if one.text() == "Add a person"]
    add.click()
    QApplication.processEvents()
    assert given_names(workspace, family.case.uid).count("Zana") == 1
    assert tab.list.chosen() == "" and tab.forms[0].rows["given_names"].editor.typed() == ""
    shell.close()


def test_who_is_chosen_over_a_new_person_is_who_is_shown(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    other = family.members[1].person
    tab.add()
    QApplication.processEvents()
    window.type_into(tab.forms[0], "given_names", "Zana")
    tab.list.choose(other.uid)
    assert tab.list.chosen() == other.uid and tab.forms[0].record.uid == other.uid
    assert given_names(workspace, family.case.uid).count("Zana") == 1
    shell.close()


def test_a_closed_draft_without_its_key_is_not_shown_in_a_form(qtbot: QtBot, office: People) -> None:
    case = begin_restricted(qtbot, office)
    shell, desktop, workspace = at_work(qtbot, office, WORKER)
    [kept] = workspace.store.local.drafts()
    found = read_case(workspace, case)
    form = Form(desktop.acts, Record("note", kept.record, {}), case, links_of(workspace, found), new=True)
    qtbot.addWidget(form)
    assert not form.dirty and form.save() and workspace.store.local.drafts() == [kept]
    shell.lock()


def test_going_on_leads_to_what_cannot_be_read(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    person = family.members[1].person
    typed = {"birth_place": "Prizren", "birth_date": "31.2.1989"}
    keep_draft(workspace, f"edit person {person.uid}", family.case.uid, "person", person.uid, typed, person.seen)
    shell = office_window(qtbot, workspace)
    assert shell.desktop is not None
    [draft] = all_drafts(workspace)
    window.open_draft(shell.desktop, draft)
    tab = window.case_page(shell.desktop).tab("people")
    assert isinstance(tab, PeopleTab)
    field = tab.forms[0].rows["birth_date"].editor.focus
    qtbot.waitUntil(field.hasFocus)
    assert tab.list.chosen() == person.uid
    shell.close()
