"""Few places, none hidden: at most nine tabs, six pages of Setup, seven entries at the side; what has no room is named in a menu."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.record_types import OF_CASE
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.parts import PART_KEYS, TAB_KEYS, tab_around, tab_of
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.case.protection.rights_card import RightsCard
from avrr_desktop.ui.forms.editors.list_editors import GroupedEditor
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.setup_page import TABS, SetupPage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.widgets.controls import ElidedLabel
from avrr_desktop.ui.widgets.tab_row import TabRow
from tests.support import office_with_keys, stores, window
from tests.support.office_with_keys import FOUNDER

ALT = Qt.KeyboardModifier.AltModifier
SMALL, WIDE = (1024, 600), (1280, 800)


def opened(qtbot: QtBot, workspace: Workspace, size: tuple[int, int], scale: int, case: str) -> tuple[Shell, CasePage]:
    """Return a window of a size, at a size of letters, with a case open in it."""
    shell = Shell(Settings(language="en", look="light", size=scale), False)
    qtbot.addWidget(shell)
    shell.resize(*size)
    window.show_store(shell, workspace)
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    QApplication.processEvents()
    return shell, window.case_page(desktop)


@pytest.fixture
def narrow(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> Iterator[CasePage]:
    shell, page = opened(qtbot, workspace, SMALL, 150, family.case.uid)
    window.desktop_of(shell).message.hide()  # it is closed by Escape first
    yield page
    shell.close()


def test_there_are_few_places(qtbot: QtBot, tmp_path: Path) -> None:
    office = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), new_code())
    desktop = window.desktop_of(window.window_over(qtbot, office.at_work(FOUNDER)))
    setup = desktop.page("setup")
    assert isinstance(setup, SetupPage)
    assert len(TAB_KEYS) <= 9 and len(TABS) <= 6 and len(desktop.nav_buttons) <= 7
    assert setup.tabs.count() == len(TABS) and set(setup.parts) == {part for parts in TABS.values() for part in parts}
    for part in setup.parts:
        desktop.show_setup(part)
        assert setup.part == part and setup.tabs.currentWidget().isVisible()


def test_every_record_is_found_in_the_part_that_its_type_names(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell, page = opened(qtbot, workspace, WIDE, 100, family.case.uid)
    parted = [kind.key for kind in OF_CASE if kind.tab and kind.key not in ("file", "membership", "service")]
    assert len(parted) == 8
    for kind in parted:
        record = new_record(workspace, kind, {}, family.case.uid).record
        page.show_case(family.case.uid, kind, record)
        QApplication.processEvents()
        shown = [form.record.uid for form in page.findChildren(Form) if form.isVisible()]
        assert shown == [record], kind
        assert page.shown_tab == tab_of(kind) and TAB_KEYS[page.tabs.currentIndex()] == tab_around(tab_of(kind))
    shell.close()


def _in_row(tabs: QTabBar) -> list[int]:
    """The tabs that are seen whole."""
    rects = {number: tabs.tabRect(number) for number in range(tabs.count()) if tabs.isTabVisible(number)}
    return [number for number, rect in rects.items() if tabs.rect().contains(rect)]


def _in_menu(tabs: TabRow) -> list[str]:
    return [one.text() for one in tabs.more.menu().actions()] if tabs.more.isVisible() else []


@pytest.mark.parametrize(("size", "scale"), [(SMALL, 100), (SMALL, 150), (WIDE, 150), (WIDE, 200)])
def test_each_tab_is_seen_whole_or_named_in_the_menu(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, size: tuple[int, int], scale: int
) -> None:
    shell, page = opened(qtbot, workspace, size, scale, family.case.uid)
    for number in range(page.tabs.count()):
        QTest.keyClick(shell, Qt.Key(Qt.Key.Key_1.value + number), ALT)
        QApplication.processEvents()
        seen = _in_row(page.tabs)
        assert number in seen and page.shown_tab == TAB_KEYS[number]
        assert [page.tabs.tabText(one) for one in range(page.tabs.count()) if one not in seen] == _in_menu(page.tabs)
    assert (scale == 100) is not page.tabs.more.isVisible() or size == WIDE
    shell.close()


def test_a_tab_of_the_menu_comes_into_the_row(narrow: CasePage) -> None:
    [story] = [one for one in narrow.tabs.more.menu().actions() if one.text() == "Story"]
    story.trigger()
    QApplication.processEvents()
    assert narrow.shown_tab == "story" and narrow.tab("story").isVisible()
    assert TAB_KEYS.index("story") in _in_row(narrow.tabs) and "Story" not in _in_menu(narrow.tabs)


def test_a_view_is_shown_and_left_by_its_button(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell, page = opened(qtbot, workspace, WIDE, 100, family.case.uid)
    for tab, view, name in (("papers", "files", "Files"), ("story", "history", "History")):
        page.show_tab(tab)
        window.press(page.tab(tab), name)
        assert page.shown_tab == view and page.tab(view).isVisible() and not page.tab(tab).isVisible()
        assert TAB_KEYS[page.tabs.currentIndex()] == tab
        window.press(page.tab(view), page.tabs.tabText(page.tabs.currentIndex()))
        assert page.shown_tab == tab and page.tab(tab).isVisible()
    assert {tab_around(part) for part in PART_KEYS} == set(TAB_KEYS)
    shell.close()


def test_in_a_narrow_window_list_and_form_are_two_pages(narrow: CasePage, workspace: Workspace) -> None:
    narrow.show_tab("people")
    tab = narrow.tab("people")
    assert isinstance(tab, PeopleTab)
    QApplication.processEvents()
    assert tab.list.isVisible() and not tab.forms[0].isVisible()
    QTest.mouseClick(
        tab.list.viewport(), Qt.MouseButton.LeftButton, pos=tab.list.visualItemRect(tab.list.item(1)).center()
    )
    QApplication.processEvents()
    assert tab.forms[0].isVisible() and not tab.list.isVisible()
    window.type_into(tab.forms[0], "remarks", "Speaks Dutch")
    window.press(narrow, "Back to the list")
    case = narrow.case_file
    assert case is not None and tab.list.isVisible() and tab.list.hasFocus() and not tab.forms[0].isVisible()
    assert read_case(workspace, case.case.uid).members[1].person.text("remarks") == "Speaks Dutch"
    QTest.keyClick(tab.list, Qt.Key.Key_Return)
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None and any(form.isVisible() and form.isAncestorOf(focus) for form in tab.forms)
    window.type_into(tab.forms[0], "remarks", ", and French")
    QTest.keyClick(tab.forms[0].rows["remarks"].editor.focus, Qt.Key.Key_Escape)
    assert tab.list.isVisible()
    assert "and French" in read_case(workspace, case.case.uid).members[1].person.text("remarks")


def test_back_leads_to_the_list_first_and_then_out_of_the_case(qtbot: QtBot, narrow: CasePage) -> None:
    case = narrow.case_file
    assert case is not None
    narrow.show_tab("people", case.members[0].person.uid)
    tab = narrow.tab("people")
    assert isinstance(tab, PeopleTab)
    QApplication.processEvents()
    assert tab.forms[0].isVisible() and not tab.list.isVisible(), "who is led to a record sees it"
    QTest.keyClick(narrow, Qt.Key.Key_Left, ALT)
    assert tab.list.isVisible() and narrow.isVisible()
    QTest.keyClick(narrow, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: not narrow.isVisible())


def test_what_is_begun_in_a_narrow_window_is_seen(narrow: CasePage) -> None:
    narrow.show_tab("referrals")
    QApplication.processEvents()
    assert window.says(narrow, "No referrals yet"), "an empty list leaves room for what is said"
    for part in ("referrals", "papers", "notes"):
        narrow.show_tab(part)
        QTest.keyClick(narrow, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        QApplication.processEvents()
        [form] = [one for one in narrow.findChildren(Form) if one.isVisible()]
        focus = QApplication.focusWidget()
        assert form.is_new and focus is not None and form.isAncestorOf(focus), part


def test_restricted_records_and_their_form_are_two_pages_in_a_narrow_window(qtbot: QtBot, tmp_path: Path) -> None:
    office = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), new_code())
    founder = office.at_work(FOUNDER)
    family = stores.family(founder)
    shell, page = opened(qtbot, founder, SMALL, 150, family.case.uid)
    page.show_tab("protection")
    tab = page.tab("protection")
    assert isinstance(tab, ProtectionTab)
    QApplication.processEvents()
    assert not tab.findChildren(RightsCard)[0].isVisible(), "two pages, not two halves"
    window.press(tab, "Rights of the person")
    assert tab.findChildren(RightsCard)[0].isVisible() and not tab.told.isVisible()
    window.press(tab, "Back to the list")
    for text in ("Show restricted records", "Add a specific need"):
        window.press(tab, text)
        QApplication.processEvents()
    assert tab.form is not None and tab.form.isVisible() and not tab.told.isVisible() and not tab.list.isVisible()
    assert tab.form.width() > tab.width() * 3 // 4
    window.type_into(tab.form, "what_was_said", "Needs a quiet room")
    window.press(tab, "Back to the list")
    QApplication.processEvents()
    assert tab.list.isVisible() and tab.list.count() == 1 and not tab.form.isVisible()
    QTest.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    QApplication.processEvents()
    assert tab.form.isVisible() and not tab.list.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Left, ALT)
    assert tab.list.isVisible()
    shell.close()


def _fields_seen(page: CasePage) -> list[str]:
    """The fields of the forms in sight whose editors are seen whole."""
    rows = [(key, row.editor.widget) for form in page.findChildren(Form) for key, row in form.rows.items()]
    return [key for key, one in rows if one.isVisible() and one.visibleRegion().boundingRect().height() >= one.height()]


def _settle() -> None:
    """Let what was shown be laid out: the height of a text follows its width, and that of a page its texts."""
    for _ in range(5):
        QApplication.processEvents()


def _typed_in(page: CasePage) -> Iterator[tuple[str, list[str], int]]:
    """Open every form of a case as an officer does, and yield its type, its fields that are seen whole, and how many no section folds away."""
    case = page.case_file
    assert case is not None
    page.show_tab("people", case.members[0].person.uid)
    _settle()
    yield "person", _fields_seen(page), 8
    page.show_tab("services", case.steps[0].uid)
    _settle()
    yield "step", _fields_seen(page), 8
    for part in ("people", "papers", "plan", "school", "referrals", "follow_ups", "contacts", "notes"):
        page.show_tab(part)
        QTest.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        _settle()
        [form] = [one for one in page.findChildren(Form) if one.isVisible()]
        yield f"new {form.record.type}", _fields_seen(page), sum(row.isVisible() for row in form.rows.values())


@pytest.mark.parametrize(("size", "scale"), [(SMALL, 100), (WIDE, 150)])
def test_eight_fields_of_every_form_are_seen_as_it_is_opened(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, size: tuple[int, int], scale: int
) -> None:
    add_service(workspace, family, next(iter(workspace.pack.services)), [family.members[0].person.uid])
    shell, page = opened(qtbot, workspace, size, scale, family.case.uid)
    window.desktop_of(shell).message.hide()
    counted = {kind: (seen, whole) for kind, seen, whole in _typed_in(page)}
    assert {"person", "step", "new person", "new paper", "new referral", "new schooling"} <= counted.keys()
    assert {kind: seen for kind, (seen, whole) in counted.items() if len(seen) < min(8, whole)} == {}
    shell.close()


@pytest.mark.parametrize("low", [True, False])
def test_situations_take_one_line_in_a_low_window(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, low: bool
) -> None:
    shell, page = opened(qtbot, workspace, SMALL if low else (1280, 900), 100, family.case.uid)
    page.show_tab("people", family.members[0].person.uid)
    QApplication.processEvents()
    [form] = [one for one in page.findChildren(Form) if one.isVisible() and one.record.type == "membership"]
    assert list(form.rows)[:2] == ["role", "relationship"]
    editor = form.rows["situations"].editor
    assert isinstance(editor, GroupedEditor) and editor.is_open is not low and editor.fold.isVisible() is low
    if low:
        assert "none ticked" in editor.fold.accessibleName() and editor.widget.height() < 50
        editor.fold.setFocus()
        QTest.keyClick(editor.fold, Qt.Key.Key_Return)
        assert editor.is_open and QApplication.focusWidget() is editor.focus
        QTest.keyClick(editor.focus, Qt.Key.Key_Space)
        assert "1 ticked: " in editor.fold.accessibleName()
        shell.resize(1280, 900)
        QApplication.processEvents()
        assert editor.is_open and not editor.fold.isVisible()
    shell.close()


def test_a_hint_stands_beside_its_label_in_a_low_window(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell, page = opened(qtbot, workspace, SMALL, 100, family.case.uid)
    page.show_tab("people", family.members[0].person.uid)
    QApplication.processEvents()
    [form] = [one for one in page.findChildren(Form) if one.isVisible() and one.record.type == "person"]
    row = form.rows["birth_date"]
    focus = row.editor.focus
    assert isinstance(focus, QLineEdit)
    focus.setText("31.31.31")
    row.editor.touched.emit()
    form.check()
    assert row.bad and row.below.isVisible(), "what is wrong is said in whole, below"
    hinted = form.rows["family_name"]
    assert not hinted.below.isVisible() and workspace.words.text("Exactly as spelled in the document.") in [
        one.whole for one in hinted.findChildren(ElidedLabel)
    ]
    form.forget()
    shell.close()


def test_the_head_takes_one_line_in_a_low_window(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell, page = opened(qtbot, workspace, WIDE, 100, family.case.uid)
    tall = page.head.height()
    shell.resize(*SMALL)
    QApplication.processEvents()
    assert page.head.height() <= page.print_button.height() + 4 < tall
    number, called = family.case.text("number"), family.case.text("called")
    shown = [one.accessibleName() for one in page.head.findChildren(type(page.head.line_facts)) if one.isVisible()]
    assert called in shown and any(number in one for one in shown)
    shell.resize(*WIDE)
    QApplication.processEvents()
    assert page.head.height() == tall
    shell.close()
