"""A partner who is not in the directory yet is added inside the referral, with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.forms.editors.found_editors import PartnerEditor
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support import window
from tools.rigs.office_window import office_window


def referral(qtbot: QtBot, workspace: Workspace, case: str) -> tuple[Desktop, Form, PartnerEditor]:
    """Return the window, the form of a new referral, and its field for the partner, in which the cursor is."""
    shell = office_window(qtbot, workspace)
    desktop = window.desktop_of(shell)
    form = window.begin_record(desktop, case, "referrals")
    editor = form.rows["provider"].editor
    assert isinstance(editor, PartnerEditor)
    editor.focus.setFocus()
    return desktop, form, editor


def partners(workspace: Workspace) -> list[str]:
    return [one.text("name") for one in workspace.store.reader.everything("provider")]


def test_a_name_that_nobody_has_is_added_with_return_and_chosen(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    desktop, form, editor = referral(qtbot, workspace, family.case.uid)
    window.type_text(editor.box.line, "Caritas Lezha")
    assert [str(editor.box.popup.model().index(0, 0).data())] == ["Add “Caritas Lezha” to the directory"]
    QTest.keyClick(editor.box.popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    [partner] = workspace.store.reader.everything("provider")
    assert (partner.text("name"), editor.value()) == ("Caritas Lezha", partner.uid)
    assert form.save()
    [stored] = read_case(workspace, family.case.uid).referrals
    assert stored.text("provider") == partner.uid
    desktop.acts.undo()
    desktop.acts.undo()
    assert partners(workspace) == [], "the referral and then the partner are taken back"


def test_an_entry_is_found_by_its_place_and_a_name_that_is_left_unadded_is_told(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    there = new_record(workspace, "provider", {"name": "Црвени крст", "place": "Гостивар"}).record
    _, form, editor = referral(qtbot, workspace, family.case.uid)
    window.type_text(editor.box.line, "gostiv")
    QTest.keyClick(editor.box.popup, Qt.Key.Key_Return)
    assert editor.value() == there
    editor.box.line.clear()
    window.type_text(editor.box.line, "Somebody else")
    editor.box.popup.hide()
    form.check()
    assert "Nobody of this name is in the directory." in form.rows["provider"].below.text()
    assert partners(workspace) == ["Црвени крст"]


def test_a_field_that_may_not_add_offers_nothing_to_add(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    _, _, editor = referral(qtbot, workspace, family.case.uid)
    bare = PartnerEditor([("u", "Caritas, Lezhë")], workspace.words)
    qtbot.addWidget(bare.widget)
    for one, rows in ((editor, 1), (bare, 0)):
        window.type_text(one.box.line, "Nobody yet")
        assert one.box.popup.model().rowCount() == rows


@pytest.mark.parametrize(("letters", "taken"), [("ca", "Caritas Tirana"), ("carit", "Caritas Tirana"), ("q", "")])
def test_tab_takes_the_only_one_that_is_left_and_of_several_none(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, letters: str, taken: str
) -> None:
    names = {new_record(workspace, "provider", {"name": name}).record: name
             for name in ("Caritas Tirana", "Qendra sociale", "Qendra e grave")}  # fmt: skip
    desktop, _, editor = referral(qtbot, workspace, family.case.uid)
    window_of = desktop.window().windowHandle()
    for letter in letters:
        QTest.keyClick(window_of, Qt.Key(ord(letter.upper())))
    assert editor.box.popup.isVisible()
    QTest.keyClick(window_of, Qt.Key.Key_Tab)
    assert not editor.box.hasFocus()
    assert names.get(editor.code(), "") == taken
