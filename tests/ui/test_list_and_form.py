"""A list beside a form: whatever makes room for a form has it save first, and what follows shows what is stored."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.records import directory, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.forms.editors.field_editors import is_inside
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.office.directory_page import DirectoryPage
from tests.support import window
from tools.rigs.office_window import office_window


def typed_unseen(form: Form, key: str, text: str) -> None:
    """Type where no cursor stands: only what takes the form away can save it."""
    QApplication.processEvents()  # the form is seen now
    editor = form.rows[key].editor.focus
    assert isinstance(editor, QLineEdit)
    editor.clearFocus()
    editor.setText(text)
    editor.textEdited.emit(text)
    assert form.dirty


def record_tab(shell: Shell, case: str, name: str) -> RecordTab:
    assert shell.desktop is not None
    shell.desktop.show_case(case)
    page = window.case_page(shell.desktop)
    page.show_tab(name)
    QApplication.processEvents()  # its form is seen now
    tab = page.tab(name)
    assert isinstance(tab, RecordTab)
    return tab


def test_a_record_opened_again_over_what_was_typed_shows_what_was_saved(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    case, paper = family.case.uid, family.papers[0]
    tab = record_tab(shell, case, "papers")
    tab.list.choose(paper.uid)
    assert tab.form is not None
    typed_unseen(tab.form, "number", "BA 7654321")
    assert shell.desktop is not None
    shell.desktop.show_case(case, "paper", paper.uid)
    assert read_case(workspace, case).papers[0].text("number") == "BA 7654321"
    assert tab.form.rows["number"].editor.typed() == "BA 7654321"
    typed_unseen(tab.form, "number", "BA 7654322")
    assert tab.form.save()
    assert not read_case(workspace, case).papers[0].conflicts, "the form had seen what was saved before"
    shell.close()


def test_a_form_shows_what_is_stored_when_it_is_made(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, family.case.uid, "papers")
    before = read_case(workspace, family.case.uid).papers[0]
    tab.list.choose(before.uid)
    assert tab.form is not None
    typed_unseen(tab.form, "number", "BA 7654321")
    assert tab.form.save()
    assert shell.desktop is not None
    form = Form(shell.desktop.acts, before, family.case.uid, links_of(workspace, family))
    qtbot.addWidget(form)
    assert form.rows["number"].editor.typed() == "BA 7654321"
    shell.close()


def test_another_one_is_begun_over_a_new_one_and_nothing_is_lost_or_doubled(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, family.case.uid, "papers")
    tab.add()
    assert tab.form is not None
    typed_unseen(tab.form, "number", "BA 1111111")
    tab.add()
    assert [paper.text("number") for paper in read_case(workspace, family.case.uid).papers].count("BA 1111111") == 1
    assert tab.list.chosen() == "", "the list does not point at what the form does not show"
    assert tab.form.rows["number"].editor.typed() == ""
    typed_unseen(tab.form, "number", "BA 2222222")
    tab.form.keep_draft()
    [draft] = all_drafts(workspace)
    tab.show_case(read_case(workspace, family.case.uid))
    tab.list.choose(f"draft {draft.record}")
    assert tab.form.save()
    numbers = [paper.text("number") for paper in read_case(workspace, family.case.uid).papers]
    assert numbers.count("BA 2222222") == 1 and all_drafts(workspace) == []
    shell.close()


def test_another_line_chosen_over_a_new_one_stays_chosen(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    case, paper = family.case.uid, family.papers[0]
    tab = record_tab(shell, case, "papers")
    tab.add()
    assert tab.form is not None
    typed_unseen(tab.form, "number", "BA 1111111")
    assert shell.desktop is not None
    shell.desktop.show_case(case, "paper", paper.uid)
    assert "BA 1111111" in [one.text("number") for one in read_case(workspace, case).papers]
    assert tab.list.chosen() == paper.uid
    assert tab.form.rows["number"].editor.typed() == paper.text("number")
    shell.close()


def test_a_partner_opened_again_over_what_was_typed_shows_what_was_saved(qtbot: QtBot, workspace: Workspace) -> None:
    uid = new_record(workspace, "provider", {"name": "Komuna Prizren"}).record
    new_record(workspace, "provider", {"name": "Qendra sociale"})
    shell = office_window(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_page("partners")
    page = shell.desktop.page("partners")
    assert isinstance(page, DirectoryPage)
    page.list.choose(uid)
    assert page.form is not None
    typed_unseen(page.form, "name", "Komuna e Prizrenit")
    page.list.currentRowChanged.emit(page.list.currentRow())
    assert {"Komuna e Prizrenit", "Qendra sociale"} <= {one.text("name") for one in directory(workspace, "provider")}
    assert page.form.rows["name"].editor.typed() == "Komuna e Prizrenit"
    page.add()
    typed_unseen(page.form, "name", "Drejtoria e arsimit")
    page.add()
    assert page.list.chosen() == ""
    assert [one.text("name") for one in directory(workspace, "provider")].count("Drejtoria e arsimit") == 1
    shell.close()


def test_a_step_chosen_over_what_was_typed_into_its_service_is_shown(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    person = family.members[2].person.uid
    add_service(workspace, family, "birth_registration", [person])
    case = family.case.uid
    file = read_case(workspace, case)
    [service], step = file.services, file.steps[1]
    shell = office_window(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_case(case, "service", service.uid)
    tab = window.case_page(shell.desktop).tab("services")
    assert isinstance(tab, ServicesTab) and tab.form is not None
    QApplication.processEvents()
    for said in ("Father is abroad.", "Father is abroad; a power of attorney is on the way."):
        remarks = tab.form.rows["remarks"].editor
        remarks.show_typed(said)
        remarks.touched.emit()
        for chosen in (step.uid, service.uid):
            item = next(
                one for one in tab.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
                if one.data(0, Qt.ItemDataRole.UserRole) == chosen
            )  # fmt: skip
            tab.tree.setCurrentItem(item)
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert tab.form is not None and tab.form.record.uid == chosen
        assert read_case(workspace, case).services[0].text("remarks") == said
    shell.close()


def test_the_cursor_goes_on_in_the_next_empty_field(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, family.case.uid, "papers")
    tab.list.choose(family.papers[0].uid)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_Return)
    form = tab.form
    assert form is not None
    filled = [key for key, row in form.rows.items() if row.editor.typed() not in ("", [], None)]
    [at] = [key for key, row in form.rows.items() if is_inside(QApplication.focusWidget(), row.editor.widget)]
    keys = list(form.rows)
    assert filled and keys[0] in filled and at not in filled
    assert set(keys[: keys.index(at)]) <= set(filled), "no empty field is left behind"
    tab = record_tab(shell, family.case.uid, "notes")
    tab.add()
    note = tab.form
    assert note is not None and note.value_of("on") is not None
    assert is_inside(QApplication.focusWidget(), note.rows["kind"].editor.widget), "today stands there already"


def test_the_cursor_goes_into_the_first_field_where_all_are_filled(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, family.case.uid, "papers")
    tab.list.choose(family.papers[0].uid)
    form = tab.form
    assert form is not None
    for row in form.rows.values():
        row.editor.widget.setEnabled(row.editor.typed() not in ("", [], None) or row is form.rows["holder"])
    form.focus_next()
    assert is_inside(QApplication.focusWidget(), form.rows["holder"].editor.widget)
