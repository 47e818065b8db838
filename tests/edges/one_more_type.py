"""Run in a copy of the tree that has one more record type, “visit”, and one more document: where they turn up by themselves.

No part of the ordinary run: see ``test_one_more_type.py``, which makes the copy.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.documents.documents import DOCUMENTS, title_of
from avrr_desktop.operations.documents.printing import keep_copy, outbox, write_pdfs
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.protection.erasing import erase, plan_person
from avrr_desktop.operations.protection.own_data import give_own_data, own_data
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.parts import TAB_KEYS, tab_of
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import office_with_keys, pdf_text, stores, window
from tests.support.journals import tables_with

WORD, TYPE, DOCUMENT = "Kalimtare", "visit", "visits"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    made = office_with_keys.office(tmp_path / "office.avrr")
    workspace = made.at_work(office_with_keys.FOUNDER)
    yield workspace
    if not workspace.locked:
        workspace.lock()


def visit(workspace: Workspace) -> CaseFile:
    """Return a case with a visit to its third member."""
    case = stores.family(workspace)
    values = {"person": case.members[2].person.uid, "on": "2026-06-01", "report": f"{WORD} at the door"}
    new_record(workspace, TYPE, values, case.case.uid)
    return read_case(workspace, case.case.uid)


@pytest.fixture
def visited(office: Workspace) -> CaseFile:
    return visit(office)


def ana(case: CaseFile) -> Member:
    return case.members[2]


def test_it_is_saved_and_found(office: Workspace, visited: CaseFile) -> None:
    assert [one.text("report") for one in visited.of_type(TYPE)] == [f"{WORD} at the door"]
    assert [hit.record_type for hit in find(office, WORD[:6])] == [TYPE]


def test_it_stands_in_own_data(office: Workspace, visited: CaseFile, tmp_path: Path) -> None:
    assert TYPE in [one.type for one in own_data(office, ana(visited).person.uid)[0].records]
    (tmp_path / "given").mkdir()
    pages, machine = give_own_data(office, visited, ana(visited), tmp_path / "given")
    assert WORD in pdf_text.whole(pdf_text.sheets(pages.read_bytes())) and WORD in machine.read_text("utf-8")


def test_it_is_carried_and_erased(office: Workspace, visited: CaseFile, tmp_path: Path) -> None:
    carried = case_document(office, visited)
    erasure = plan_person(office, ana(visited).person.uid)
    erase(office, erasure, "Asked for by the person, article 17", office_with_keys.agreeing(tmp_path / "office.avrr"))
    assert tables_with(office, WORD) == set() and find(office, WORD) == []
    again = add_case_document(office, carried)
    assert [one.text("report") for one in read_case(office, again.case).of_type(TYPE)] == [f"{WORD} at the door"]


def test_it_has_a_part_of_the_case_with_list_form_and_printing(qtbot: QtBot, workspace: Workspace) -> None:
    visited = visit(workspace)
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    [record] = visited.of_type(TYPE)
    desktop.show_case(visited.case.uid, TYPE, record.uid)
    page = window.case_page(desktop)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Visits" and TAB_KEYS.index("visits") < TAB_KEYS.index(
        "protection"
    )
    tab = page.tab(tab_of(TYPE))
    assert isinstance(tab, RecordTab)
    line = tab.list.item(0).data(LINE_ROLE)
    assert (line.title, line.icon) == (workspace.words.partial_date("2026-06-01"), "person")
    assert line.below.startswith(f"{WORD} at the door · ") and "Ana" in line.below
    [form] = tab.findChildren(Form)
    assert form.rows["report"].editor.typed() == f"{WORD} at the door"
    [button] = [one for one in tab.findChildren(QPushButton) if one.text() == "Print the visits"]
    with qtbot.waitSignal(page.printing) as asked:
        button.click()
    assert asked.args[1] == DOCUMENT
    tab.add()
    [form] = [one for one in tab.findChildren(Form) if not one.isHidden()]
    assert form.rows["on"].editor.typed() == workspace.words.partial_date(workspace.today.isoformat())


def test_its_document_is_kept_and_written(office: Workspace, visited: CaseFile, tmp_path: Path) -> None:
    assert DOCUMENT in [one.key for one in DOCUMENTS]
    keep_copy(office, visited, DOCUMENT, "full_internal", "Head office")
    assert [title_of(item.document) for item in outbox(office)] == ["Visits"]
    [path] = write_pdfs(office, [visited.case.uid], tmp_path / "out", lambda done, of: True, None, DOCUMENT)
    assert DOCUMENT in path.name and WORD in pdf_text.whole(pdf_text.sheets(path.read_bytes()))
