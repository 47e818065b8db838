"""The list of cases as Qt sees it: a sound model, texts as an officer reads them, never all rows in memory."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import CaseFilter, case_keys
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.cases.case_table import COLUMNS, KEPT, PAGE, CaseTable
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.theme import Theme
from tests.support.stores import NOW


@pytest.fixture
def cases(workspace: Workspace, family: CaseFile) -> list[int]:
    """The keys of a case that waits for an office, one that is late, and one of Kosovo*."""
    add_service(workspace, family, "school_enrolment", [family.members[2].person.uid])
    case_file = read_case(workspace, family.case.uid)
    move_step(workspace, case_file, case_file.steps[0].uid, "waiting_authority")
    edit_record(workspace, case_file.steps[1], {"planned_on": "2026-06-20"}, family.case.uid)
    late = open_case(workspace, {"called": "Marku", "country_of_return": "AL"}, [({"family_name": "Marku"}, {})])
    case_file = read_case(workspace, late.case)
    add_service(workspace, case_file, "residence", [])
    case_file = read_case(workspace, late.case)
    edit_record(workspace, case_file.steps[0], {"planned_on": "2026-06-10"}, late.case)
    open_case(workspace, {"country_of_return": "XK"}, [({"family_name": "Krasniqi"}, {})])
    return case_keys(workspace, CaseFilter(), "name", False)


@pytest.fixture
def table(workspace: Workspace, cases: list[int]) -> CaseTable:
    """The model with the three cases, by name."""
    model = CaseTable(workspace)
    model.show_keys(cases, {workspace.actor: "AH"})
    return model


def row(table: CaseTable, number: int) -> dict[str, str]:
    """Return the texts of a row by the names of their columns, without the running numbers of cases."""
    texts = {name: str(table.data(table.index(number, at))) for at, name in enumerate(COLUMNS)}
    return {**texts, "number": texts["number"][:11]}


def test_the_model_is_sound(table: CaseTable, cases: list[int], qtmodeltester: Any) -> None:
    qtmodeltester.check(table)
    for keys in ([], cases * PAGE, cases[:1]):
        table.show_keys(keys, {})
        assert table.rowCount() == len(keys)
        assert table.columnCount(table.index(0, 0)) == (0 if keys else len(COLUMNS))
        qtmodeltester.check(table)


def test_rows_say_what_an_officer_asks(table: CaseTable) -> None:
    assert [row(table, number) for number in range(3)] == [
        {"number": "RS-TIR-2026", "name": "Đorđević family", "persons": "5", "place": "Novi Pazar, Serbia",
         "next": "Collect reports, attendance confirmation and subject list from the host school",
         "waiting": "since today", "due": "in 5 days", "officer": "AH", "status": "Open"},
        {"number": "XK-TIR-2026", "name": "Krasniqi", "persons": "1", "place": "Kosovo*", "next": "", "waiting": "",
         "due": "", "officer": "AH", "status": "Open"},
        {"number": "AL-TIR-2026", "name": "Marku", "persons": "1", "place": "Albania",
         "next": "Get fresh birth and citizenship extracts", "waiting": "", "due": "5 days overdue", "officer": "AH",
         "status": "Open"},
    ]  # fmt: skip


def test_every_role_that_is_read_aloud_says_the_same(table: CaseTable) -> None:
    cell = table.index(1, COLUMNS.index("place"))
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert table.data(cell, role) == "Kosovo*"
    assert table.data(cell, Qt.ItemDataRole.DecorationRole) is None
    assert table.data(QModelIndex()) is None
    titles = [table.headerData(at, Qt.Orientation.Horizontal) for at in range(table.columnCount())]
    assert titles == list(table.titles)
    assert all(titles)
    assert table.headerData(0, Qt.Orientation.Vertical) is None


def test_a_state_is_shown_beside_its_word(table: CaseTable, workspace: Workspace) -> None:
    def states(number: int) -> dict[str, str]:
        found = {name: table.state(number, at, workspace.today) for at, name in enumerate(COLUMNS)}
        return {name: state for name, state in found.items() if state}

    assert [states(number) for number in range(3)] == [{"next": "waiting"}, {}, {"next": "can_start", "due": "overdue"}]


def test_pages_nobody_looks_at_are_forgotten(table: CaseTable, cases: list[int]) -> None:
    table.show_keys(cases[:1] * PAGE + cases * PAGE * KEPT, {})
    assert table.rowCount() > 2 * PAGE * KEPT
    for number in range(0, table.rowCount(), PAGE):
        assert table.line(number) is not None
        assert len(table.pages) <= KEPT
    assert len(table.pages) == KEPT
    assert row(table, 0)["name"] == "Đorđević family"
    assert row(table, table.rowCount() - 1)["name"] == "Marku"
    table.show_keys(cases, {})
    assert table.pages == {}


def test_one_row_reads_one_page(table: CaseTable, cases: list[int]) -> None:
    table.show_keys(cases * PAGE, {})
    assert table.row_of("nobody") == -1
    line = table.line(PAGE + 1)
    assert line is not None
    assert list(table.pages) == [1]
    assert table.row_of(line.uid) in range(PAGE, PAGE + 3)


def test_a_locked_store_shows_nothing(table: CaseTable, workspace: Workspace, cases: list[int]) -> None:
    table.show_keys(cases, {})
    workspace.lock()
    assert set(row(table, 0).values()) == {""}
    assert table.state(0, COLUMNS.index("due"), NOW.date()) == ""


def test_a_list_reads_both_lines_and_keeps_what_was_chosen(qtbot: QtBot) -> None:
    shown = ItemList(Theme(), "People")
    qtbot.addWidget(shown)
    lines = [
        Item("a", "Hoxha, Arta", "principal applicant", "person", "", "2 papers missing"),
        Item("b", "Hoxha, Çelë"),
    ]
    shown.show_lines(lines)
    spoken = [shown.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(shown.count())]
    assert spoken == ["Hoxha, Arta, principal applicant, 2 papers missing", "Hoxha, Çelë"]
    shown.choose("b")
    with qtbot.assertNotEmitted(shown.currentRowChanged):
        shown.show_lines(lines[::-1], shown.chosen())
    assert (shown.chosen(), shown.currentRow()) == ("b", 0)
