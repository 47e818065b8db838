"""Leaving is a call: a page, a tab or a form saves when it is left, and taking something out of a layout saves nothing."""

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.late_entries import begin_late_entry
from avrr_desktop.operations.session.records import directory, read_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.widgets.controls import emptied
from tests.support import window
from tests.support.closing_page import close
from tests.support.endings import close_case
from tools.rigs.office_window import office_window

FIELDS = {"overview": "called", "people": "phone", "papers": "number", "notes": "text"}


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace) -> Shell:
    return office_window(qtbot, workspace)


def desktop_of(shell: Shell) -> Desktop:
    assert shell.desktop is not None
    return shell.desktop


def form_in(desktop: Desktop, case: str, tab: str) -> Form:
    """Return the first form of a tab of a case, shown."""
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab(tab)
    QApplication.processEvents()
    return next(form for form in page.tab(tab).findChildren(Form) if FIELDS[tab] in form.rows)


def type_unseen(form: Form, key: str, text: str) -> Record:
    """Type where no cursor stands, so that only a call can save it; return the record."""
    form.rows[key].editor.show_typed(text)
    form.rows[key].editor.touched.emit()
    assert form.dirty
    return form.record


def stored(workspace: Workspace, record: Record, case: str, key: str) -> str:
    found = read_record(workspace, record.type, record.uid, case)
    assert found is not None
    return found.text(key)


@pytest.mark.parametrize("way", ["tab", "page", "case", "new window"])
@pytest.mark.parametrize("tab", FIELDS)
def test_what_is_typed_in_a_tab_is_saved_when_it_is_left(
    shell: Shell, workspace: Workspace, family: CaseFile, tab: str, way: str
) -> None:
    desktop, case = desktop_of(shell), family.case.uid
    record = type_unseen(form_in(desktop, case, tab), FIELDS[tab], "Zanë 069")
    if way == "tab":
        window.case_page(desktop).show_tab("history")
    elif way == "page":
        desktop.show_page("today")
    elif way == "case":
        desktop.show_case(case)
    else:
        desktop.settings_changed.emit(Settings(language="en", look="light", size=100))
    assert stored(workspace, record, case, FIELDS[tab]) == "Zanë 069"
    assert all_drafts(workspace) == []
    shell.close()


def test_what_is_typed_of_a_partner_is_saved_when_its_page_is_left(shell: Shell, workspace: Workspace) -> None:
    desktop = desktop_of(shell)
    desktop.show_page("partners")
    page = desktop.page("partners")
    page.add()  # type: ignore[attr-defined]
    type_unseen(page.findChildren(Form)[0], "name", "Komuna e Prizrenit")
    desktop.show_page("today")
    assert "Komuna e Prizrenit" in [one.text("name") for one in directory(workspace, "provider")]
    shell.close()


@pytest.mark.parametrize("tab", FIELDS)
def test_a_lock_keeps_a_draft_and_writes_nothing(
    shell: Shell, workspace: Workspace, family: CaseFile, tab: str
) -> None:
    desktop, entries = desktop_of(shell), workspace.store.journal.count()
    record = type_unseen(form_in(desktop, family.case.uid, tab), FIELDS[tab], "Zanë 069")
    desktop.leave(parting=True)
    desktop.show_page("today")
    assert workspace.store.journal.count() == entries
    [draft] = all_drafts(workspace)
    assert (draft.record_type, draft.record, draft.values[FIELDS[tab]]) == (record.type, record.uid, "Zanë 069")
    shell.close()


def test_emptying_a_layout_saves_nothing(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    person = family.members[1].person
    form = Form(Actions(workspace, whole), person, family.case.uid, links_of(workspace, family))
    column.addWidget(form)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    entries = workspace.store.journal.count()
    window.type_into(form, "phone", "069")
    assert form.rows["phone"].editor.focus.hasFocus()
    assert emptied(column)
    assert workspace.store.journal.count() == entries and all_drafts(workspace) == []


def test_what_is_added_late_is_saved_before_the_late_entry_ends(
    shell: Shell, workspace: Workspace, family: CaseFile
) -> None:
    desktop, case = desktop_of(shell), family.case.uid
    close_case(workspace, family, "objectives_met")
    begin_late_entry(workspace, read_case(workspace, case), "A letter came late.")
    record = type_unseen(form_in(desktop, case, "notes"), "text", "The school wrote.")
    desktop.show_page("today")
    assert stored(workspace, record, case, "text") == "The school wrote."
    assert not workspace.late_entries
    shell.close()


def test_what_is_typed_is_saved_before_its_case_is_closed(shell: Shell, workspace: Workspace, family: CaseFile) -> None:
    desktop, case = desktop_of(shell), family.case.uid
    record = type_unseen(form_in(desktop, case, "notes"), "text", "She found work.")
    close(window.case_page(desktop), "objectives_met")
    assert stored(workspace, record, case, "text") == "She found work."
    assert read_case(workspace, case).over
    shell.close()


def test_an_undo_brings_back_what_was_typed_last(shell: Shell, workspace: Workspace, family: CaseFile) -> None:
    desktop, case = desktop_of(shell), family.case.uid
    record = type_unseen(form_in(desktop, case, "papers"), "number", "BA 7654321")
    tab = window.case_page(desktop).tab("papers")
    assert isinstance(tab, RecordTab)
    tab.remove()
    assert record.uid not in [one.uid for one in read_case(workspace, case).papers]
    assert all_drafts(workspace) == []
    desktop.acts.undo()
    assert stored(workspace, record, case, "number") == "BA 7654321"
    shell.close()


def test_a_record_is_moved_with_what_was_typed_last(shell: Shell, workspace: Workspace, family: CaseFile) -> None:
    desktop, case = desktop_of(shell), family.case.uid
    record = type_unseen(form_in(desktop, case, "papers"), "number", "BA 7654321")
    tab = window.case_page(desktop).tab("papers")
    assert isinstance(tab, RecordTab)
    tab.show_mover(record)
    assert stored(workspace, record, case, "number") == "BA 7654321"
    shell.close()
