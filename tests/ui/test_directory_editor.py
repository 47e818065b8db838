"""An office or a school is proposed from the directory while somebody types; other text stays as it is, or is added there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.forms.editors.directory_editor import DirectoryEditor
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support import window
from tools.rigs.office_window import office_window


def schooling(qtbot: QtBot, workspace: Workspace, case: str) -> tuple[Desktop, Form, DirectoryEditor]:
    """Return the window, the form of a new schooling, and its field for the school, in which the cursor is."""
    desktop = window.desktop_of(office_window(qtbot, workspace))
    form = window.begin_record(desktop, case, "school")
    editor = form.rows["school"].editor
    assert isinstance(editor, DirectoryEditor)
    editor.focus.setFocus()
    return desktop, form, editor


def offered(editor: DirectoryEditor) -> list[str]:
    model = editor.suggestions.popup.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def stored_school(workspace: Workspace, case: str) -> str:
    [record] = read_case(workspace, case).of_type("schooling")
    return record.text("school")


def test_schools_of_the_place_of_the_case_come_first(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    edit_record(workspace, family.case, {"municipality_of_return": "Gostivar"}, family.case.uid)
    school = {"categories": ("EDU",)}
    for values in (
        {"name": "Shkolla e mesme"}, {"name": "Shkolla Bajram Curri", "place": "Shkodër", **school},
        {"name": "Shkolla Petre Jovanovski", "place": "Gostivar", **school},
    ):  # fmt: skip
        new_record(workspace, "provider", values)
    _, form, editor = schooling(qtbot, workspace, family.case.uid)
    window.type_text(editor.line, "shko")
    assert offered(editor) == [
        "Shkolla Petre Jovanovski", "Shkolla Bajram Curri", "Shkolla e mesme", "Add “shko” to the directory",
    ]  # fmt: skip
    QTest.keyClick(editor.suggestions.popup, Qt.Key.Key_Down)
    QTest.keyClick(editor.suggestions.popup, Qt.Key.Key_Return)
    assert editor.value() == "Shkolla Petre Jovanovski"
    assert form.save() and stored_school(workspace, family.case.uid) == "Shkolla Petre Jovanovski"
    window.type_text(editor.line, " ")
    editor.line.clear()
    window.type_text(editor.line, "bajr")
    assert offered(editor)[:1] == ["Shkolla Bajram Curri"], "any word of the name finds it"


def test_free_text_stays_as_it_was_typed(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    new_record(workspace, "provider", {"name": "Shkolla Bajram Curri"})
    _, form, editor = schooling(qtbot, workspace, family.case.uid)
    window.type_text(editor.line, "Shkolla")
    QTest.keyClick(editor.suggestions.popup, Qt.Key.Key_Return)
    assert editor.value() == "Shkolla", "Return takes nothing that nobody went to"
    assert form.save() and stored_school(workspace, family.case.uid) == "Shkolla"


def test_a_school_is_added_to_the_directory_in_place(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    desktop, form, editor = schooling(qtbot, workspace, family.case.uid)
    window.type_text(editor.line, "ОУ „Гоце Делчев“")
    QTest.keyClick(editor.suggestions.popup, Qt.Key.Key_Down)
    QTest.keyClick(editor.suggestions.popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    [added] = workspace.store.reader.everything("provider")
    assert (added.text("name"), added.values["categories"]) == ("ОУ „Гоце Делчев“", ("EDU",))
    assert editor.value() == "ОУ „Гоце Делчев“" and form.save()
    editor.line.clear()
    window.type_text(editor.line, "гоце")
    assert offered(editor)[:1] == ["ОУ „Гоце Делчев“"]
    desktop.acts.undo()


def test_a_step_proposes_authorities_first(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    new_record(workspace, "provider", {"name": "Albanian Caritas", "role": "service_provider"})
    new_record(workspace, "provider", {"name": "Zyra e gjendjes civile", "role": "authority"})
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    case = read_case(workspace, family.case.uid)
    assert [name for name, _ in links_of(workspace, case)("directory authority")] == [
        "Zyra e gjendjes civile", "Albanian Caritas",
    ]  # fmt: skip
    desktop = window.desktop_of(office_window(qtbot, workspace))
    desktop.show_case(family.case.uid, "step", case.steps[0].uid)
    QApplication.processEvents()
    [form] = [
        one for one in window.case_page(desktop).findChildren(Form) if one.isVisible() and "office_name" in one.rows
    ]
    assert isinstance(form.rows["office_name"].editor, DirectoryEditor)
