"""Programmes in Procedures: what a supervisor sets there holds at once, and goes back to what shipped."""

from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.operations.computer.shipped_packs import shipped
from avrr_desktop.operations.office.programmes import PROGRAMME, own_of
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.office.programmes_tab import ProgrammesTab
from tests.support.window import desktop_of, window_over

KEY = next(key for key, one in shipped().programmes.items() if one.settings)


def shown(qtbot: QtBot, workspace: Workspace) -> ProgrammesTab:
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("procedures")
    page = desktop.page("procedures")
    (tab,) = page.findChildren(ProgrammesTab)
    tabs = page.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentWidget(tab)
    QApplication.processEvents()
    return tab


def form_of(tab: ProgrammesTab) -> Form:
    form = tab.form
    assert form is not None
    return form


def type_into(form: Form, key: str, text: str) -> None:
    form.rows[key].editor.show_typed(text)
    form.rows[key].editor.touched.emit()


def test_the_rules_for_all_come_first_and_a_change_holds_at_once(qtbot: QtBot, workspace: Workspace) -> None:
    tab = shown(qtbot, workspace)
    assert tab.list.count() == 1 + len(shipped().programmes)
    assert form_of(tab).rows["quiet_after_days"].editor.value() == 30
    type_into(form_of(tab), "quiet_after_days", "45")
    assert form_of(tab).save()
    assert workspace.pack.setting("quiet_after_days") == 45
    assert workspace.pack.setting("bulk_from") == shipped().setting("bulk_from")


def test_a_shipped_programme_is_set_and_goes_back(qtbot: QtBot, workspace: Workspace) -> None:
    tab = shown(qtbot, workspace)
    tab.list.choose(f"{PROGRAMME} {KEY}")
    type_into(form_of(tab), "retention_months", "24")
    assert form_of(tab).save()
    QApplication.processEvents()
    assert workspace.pack.setting("retention_months", KEY) == 24
    assert workspace.pack.programmes[KEY].title == shipped().programmes[KEY].title
    assert tab.list.chosen() == f"{PROGRAMME} {KEY}"
    tab.list.currentRowChanged.emit(tab.list.currentRow())
    (back,) = [one for one in tab.findChildren(QPushButton) if "original" in one.text()]
    back.click()
    assert workspace.pack.programmes == shipped().programmes


def test_what_goes_beyond_its_borders_is_said_and_kept_as_typed(qtbot: QtBot, workspace: Workspace) -> None:
    tab = shown(qtbot, workspace)
    tab.list.choose(f"{PROGRAMME} {KEY}")
    type_into(form_of(tab), "assistance_period_months", "9999")
    assert not form_of(tab).save()
    desktop = tab.window().findChild(type(tab))  # the tab is still there with what was typed
    assert desktop is tab
    assert form_of(tab).rows["assistance_period_months"].editor.value() == 9999
    assert own_of(workspace, PROGRAMME, KEY) is None


def test_a_new_programme_is_in_every_list_after_its_first_word(qtbot: QtBot, workspace: Workspace) -> None:
    tab = shown(qtbot, workspace)
    tab.add()
    type_into(form_of(tab), "title", "Return to the lakes")
    assert form_of(tab).save()
    QApplication.processEvents()
    (key,) = workspace.pack.programmes.keys() - shipped().programmes.keys()
    assert workspace.pack.codes["programme"][key] == "Return to the lakes"
    assert tab.list.chosen() == f"{PROGRAMME} {key}"


def test_who_does_not_manage_reads_only(qtbot: QtBot, workspace: Workspace) -> None:
    made = new_record(workspace, "officer", {"name": "Ben", "role": "case_worker"})
    workspace.officer = workspace.store.reader.record("officer", made.record)
    tab = shown(qtbot, workspace)
    assert not tab.add_button.isEnabled()
    assert form_of(tab).state_label().text() == "Read only"
