"""Consents in the window: begun with what is usual, withdrawn with one button, confirmed where they are of an older version."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.referrals.agreements import groups_told
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.consents.consents_tab import ConsentsTab
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support import window
from tests.support.consents import USUAL, agreed_before


def tab_of(desktop: Desktop, case: str) -> ConsentsTab:
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab("consents")
    tab = page.tab("consents")
    assert isinstance(tab, ConsentsTab)
    return tab


def test_a_consent_is_begun_saved_withdrawn_and_handled(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    partner = new_record(workspace, "provider", {"name": "Vatra", "categories": ("EDU",)}).record
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    tab = tab_of(desktop, family.case.uid)
    tab.add()
    form = tab.form
    assert form is not None and form.value_of("given_by") == "self" and form.value_of("counselled_on") == "2026-06-15"
    luka, marko = family.members[3].person.uid, family.members[0].person.uid
    form.rows["person"].editor.show_value(luka)
    form.rows["person"].editor.touched.emit()
    assert (form.value_of("given_by"), form.value_of("guardian")) == ("guardian", marko)
    form.rows["provider"].editor.show_value(partner)
    form.rows["groups"].editor.show_value(USUAL)
    for key in ("provider", "groups"):
        form.rows[key].editor.touched.emit()
    assert form.save()
    QApplication.processEvents()
    file = workspace.store.reader.case_file(family.case.uid)
    assert groups_told(workspace, file, luka, partner)
    tab = tab_of(desktop, family.case.uid)
    assert window.says(tab, "May be shared with Vatra: ")
    window.press(tab, "Withdraw")
    file = workspace.store.reader.case_file(family.case.uid)
    assert not groups_told(workspace, file, luka, partner)
    assert window.says(tab, "Next: tell the recipient")
    window.press(tab, "Recipient told")
    assert window.says(tab, "The recipient has known since")


def test_an_agreement_of_an_older_version_is_confirmed_with_one_button(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    partner, marko = new_record(workspace, "provider", {"name": "Vatra"}).record, family.members[0].person.uid
    agreed_before(workspace, family, person=marko, provider=partner)
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    tab = tab_of(desktop, family.case.uid)
    window.press(tab, "Confirm as a consent")
    assert tab.form is not None and tab.form.value_of("provider") == partner
    assert not workspace.store.reader.case_file(family.case.uid).of_type("consent"), "nothing is written by itself"
    window.type_into(tab.form, "counselled_on", "1.6.2026")
    QTest.keyClick(tab.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    [consent] = workspace.store.reader.case_file(family.case.uid).of_type("consent")
    assert consent.text("counselled_on") == "2026-06-01" and consent.many("groups")
