"""The list of cases: its filters offer whatever cases there are."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.reports.registers import country_rows, save_table
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.tables.register import read_csv
from avrr_desktop.ui.cases.cases_page import CasesPage
from tests.support import stores
from tests.support.window import desktop_of, window_over

PERIOD = ("2026-01-01", "2026-07-01")


def add(workspace: Workspace, country: str, people: int) -> str:
    case = {"called": "Khan", "opened_on": "2026-05-05", "country_of_return": country}
    names = [{"family_name": "Khan", "given_names": f"Bilal {number}"} for number in range(people)]
    return add_case_document(workspace, {"case": case, "person": names}).case


def offered(page: CasesPage) -> list[str]:
    return [str(page.country.itemData(number)) for number in range(page.country.count())]


def shown(page: CasesPage) -> list[str]:
    return [line.uid for number in range(page.model.rowCount()) if (line := page.model.line(number)) is not None]


def choose(page: CasesPage, country: str) -> None:
    page.country.setCurrentIndex(page.country.findData(country))


def test_a_country_that_a_case_returns_to_can_be_filtered_by(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("cases")
    page = desktop.page("cases")
    assert isinstance(page, CasesPage)
    assert offered(page) == ["", *RETURN], "nothing but the usual ones while no case needs another"
    far = add(workspace, "PK", 2)
    desktop.acts.changed.emit(edited(workspace, far, called="Khan family"))
    assert offered(page) == ["", *RETURN, "PK"]
    assert page.country.itemText(len(RETURN) + 1) == "Pakistan"
    choose(page, "PK")
    assert shown(page) == [far]
    assert page.counted.text() == "1 case, 2 persons"
    desktop.acts.changed.emit(edited(workspace, far, called="Khan"))
    assert shown(page) == [far], "what was chosen stays chosen"


def edited(workspace: Workspace, case: str, **values: object) -> object:
    return edit_record(workspace, read_case(workspace, case).case, values, case)


def test_other_countries_and_none_have_rows_of_their_own_and_are_in_the_sum(
    workspace: Workspace, tmp_path: Path
) -> None:
    stores.family(workspace)
    add(workspace, "PK", 2)
    add(workspace, "GE", 1)
    edited(workspace, add(workspace, "PK", 3), country_of_return=None)
    table = cases_by_country(workspace, *PERIOD)
    assert [row.country for row in table.rows[: len(RETURN)]] == list(RETURN)
    assert (table.cases, table.persons) == (4, 11)
    rows = country_rows(workspace, table)
    for line in (["Pakistan", 1, 2], ["Georgia", 1, 1], ["not stated", 1, 3], ["Serbia", 1, 5], ["Total", 4, 11]):
        assert line in rows
    assert not any(row and row[0] == "" for row in rows)
    written = read_csv(save_table(workspace, table, tmp_path / "table.csv").read_bytes())
    assert ["Pakistan", "1", "2"] in written
    assert ["Total", "4", "11"] in written
