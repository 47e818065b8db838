"""The grid of a family under the keys: what is typed is read, carried down, asked for where it may be several things, and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.imports.intake import Arrival, open_family
from avrr_desktop.operations.session.drafts import draft_of
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.cases.new_case_page import FORM, NewCasePage
from avrr_desktop.ui.cases.who_typed import who_typed
from avrr_desktop.ui.forms.grid.cells import Cells
from avrr_desktop.ui.forms.grid.columns import BY_NAME, COLUMNS
from avrr_desktop.ui.forms.grid.family_grid import FamilyGrid
from avrr_desktop.ui.forms.grid.paste import cells_of, placed
from avrr_desktop.ui.forms.grid.rows import FamilyRows
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window
from tests.support.apart import passes_apart
from tools.jobs.hand import CONTROL, Hand, Key

TAB, RETURN = Key.Key_Tab, Key.Key_Return


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace) -> Shell:
    return window.window_over(qtbot, workspace)


@pytest.fixture
def desktop(shell: Shell) -> Desktop:
    return window.desktop_of(shell)


@pytest.fixture
def hand(shell: Shell, desktop: Desktop) -> Hand:
    desktop.message.hide()  # Escape would close it first
    desktop.show_page("new")
    return Hand(shell.windowHandle())


@pytest.fixture
def page(desktop: Desktop, hand: Hand) -> NewCasePage:
    made = desktop.page("new")
    assert isinstance(made, NewCasePage)
    return made


def row(grid: FamilyGrid, number: int) -> dict[str, str]:
    return {column.field: grid.model.shown(number, column.key) for column in COLUMNS}


def at(grid: FamilyGrid) -> tuple[int, str]:
    return grid.table.row, grid.table.key.partition(".")[2]


def test_what_was_typed_to_search_goes_on_in_the_first_row(hand: Hand, page: NewCasePage) -> None:
    hand.text("Agim Krasniqi 140584")
    assert row(page.grid, 0)["given_names"] == "Agim", "while it is typed"
    hand.key(RETURN)
    assert at(page.grid) == (0, "sex") and page.grid.table.hasFocus()
    assert row(page.grid, 0)["birth_date"] == "14.05.1984"
    page.who.setFocus()
    hand.key(Key.Key_Backspace)
    hand.key(RETURN)
    assert row(page.grid, 0)["birth_date"] == "14.05.1984", "a row that somebody went into is not written over"


@pytest.mark.parametrize("text, given_names, family, born, phone", [
    ("Krasniqi", "", "Krasniqi", "", ""),
    ("Agim Krasniqi", "Agim", "Krasniqi", "", ""),
    ("Krasniqi, Agim", "Agim", "Krasniqi", "", ""),
    ("Ana Marija Đorđević 1988", "Ana Marija", "Đorđević", "1988", ""),
    ("Марко Ђорђевић 12.5.1985", "Марко", "Ђорђевић", "12.5.1985", ""),
    ("14 May 1984 Agim Krasniqi", "Agim", "Krasniqi", "14 May 1984", ""),
    ("Agim Krasniqi 069 123 4567", "Agim", "Krasniqi", "", "069 123 4567"),
    ("+355 69 123 4567", "", "", "", "+355 69 123 4567"),
    ("Agim Krasniqi 1984 +355691234567", "Agim", "Krasniqi", "1984", "+355691234567"),
    ("Agim Krasniqi 12", "Agim Krasniqi", "12", "", ""),
    ("", "", "", "", ""),
])  # fmt: skip
def test_one_line_says_who_is_looked_for(
    workspace: Workspace, text: str, given_names: str, family: str, born: str, phone: str
) -> None:
    said = who_typed(text, Language("en"), workspace.today)
    keys = ("person.given_names", "person.family_name", "person.birth_date", "person.phone")
    assert [said.get(key, "") for key in keys] == [given_names, family, born, phone]


@given(text=some.text("AŠdжњ 0123456789.,+-()", max_size=40))
def test_nothing_of_the_line_is_lost(text: str) -> None:
    from datetime import date

    said = who_typed(text, Language("en"), date(2026, 6, 15))
    kept = sorted("".join(said.values()).replace(" ", "").replace(",", ""))
    assert kept == sorted(text.replace(" ", "").replace(",", ""))


def test_shared_values_come_from_the_row_above_and_a_country_from_the_same_place(hand: Hand, page: NewCasePage) -> None:
    hand.text("Agim Krasniqi")
    hand.key(RETURN, TAB, TAB)
    hand.text("Shkodër")
    hand.key(TAB)
    hand.code("alb")
    hand.key(TAB, TAB)
    hand.code("alb")
    hand.key(RETURN)
    below = row(page.grid, 1)
    assert (below["family_name"], below["citizenship"]) == ("Krasniqi", "Albania")
    assert (below["birth_country"], below["birth_place"]) == ("", ""), "nobody is born where nobody said so"
    page.grid.table.go(1, BY_NAME["person.birth_place"])
    hand.text("shkoder")
    hand.key(TAB)
    assert row(page.grid, 1)["birth_country"] == "Albania"
    page.grid.table.go(1, BY_NAME["person.birth_place"])
    hand.text("Liège")
    hand.key(TAB)
    assert row(page.grid, 1)["birth_country"] == "", "it was that of the other place"
    hand.code("belg")
    page.grid.table.go(1, BY_NAME["person.birth_place"])
    hand.text("Shkodër")
    hand.key(TAB)
    assert row(page.grid, 1)["birth_country"] == "Belgium", "what somebody typed stays"


@pytest.mark.parametrize("sex, typed, shown", [
    ("f", "c", "Daughter"), ("m", "c", "Son"), ("f", "w", "Spouse"), ("m", "child", "Son"), ("f", "mo", "Mother"), ("x", "DAUGHTER", "Daughter"),
])  # fmt: skip
def test_first_letters_and_other_words_lead_to_an_entry(
    hand: Hand, page: NewCasePage, sex: str, typed: str, shown: str
) -> None:
    page.grid.table.go(0, BY_NAME["person.sex"])
    page.grid.table.setFocus()
    hand.code(sex)
    page.grid.table.go(0, BY_NAME["membership.relationship"])
    hand.code(typed)
    hand.key(TAB)
    assert row(page.grid, 0)["relationship"] == shown


def test_a_word_that_can_be_several_is_asked_for_and_nothing_is_dropped(
    hand: Hand, page: NewCasePage, workspace: Workspace
) -> None:
    hand.text("Agim Krasniqi")
    hand.key(RETURN)
    for key, typed, said in (
        ("person.sex", "q", "Type the first letters: Female, Male"),
        ("membership.relationship", "s", "can mean several: Spouse, Son"),
        ("person.birth_date", "31.2.1984", "Not a date."),
        ("person.birth_country", "Atlantis", "Choose a country from the list"),
    ):
        page.grid.table.go(0, BY_NAME[key])
        before = page.grid.rows.rows[0].typed.get(key, "")
        hand.code(typed)
        hand.key(TAB)
        assert said in page.grid.model.said(0, key), key
        assert page.grid.model.shown(0, key) == typed, "it stands there as it was typed"
        hand.key(RETURN, held=CONTROL)
        assert all_cases(workspace) == [] and at(page.grid) == (0, key.partition(".")[2]), "it leads to the cell"
        saying = page.grid.table.findChild(QWidget, "cell_said")
        assert saying is not None and saying.isVisible() and said in saying.property("text")
        page.grid.model.type(0, key, before)
    hand.key(RETURN, held=CONTROL)
    assert len(all_cases(workspace)) == 1


def test_escape_takes_back_what_was_typed_in_a_cell_and_then_keeps_all_for_later(
    hand: Hand, page: NewCasePage, workspace: Workspace
) -> None:
    hand.text("Agim Krasniqi")
    hand.key(RETURN)
    page.grid.table.go(0, 0)
    hand.text("Besnik")
    hand.key(Key.Key_Escape)
    assert row(page.grid, 0)["given_names"] == "Agim" and page.isVisible()
    hand.key(Key.Key_Escape)
    assert not page.isVisible()
    kept = draft_of(workspace, FORM)
    assert kept is not None and "Agim" in str(kept.values)


def test_what_is_discarded_and_a_row_that_is_removed_come_back(hand: Hand, page: NewCasePage) -> None:
    hand.text("Agim Krasniqi")
    hand.key(RETURN, RETURN)
    hand.text("Mimoza")
    hand.key(Key.Key_Minus, held=CONTROL)
    assert [page.grid.model.who(number) for number in page.grid.rows.filled_rows()] == ["Agim Krasniqi"]
    window.press(page, "Restore the row")
    assert [page.grid.model.who(number) for number in page.grid.rows.filled_rows()] == [
        "Agim Krasniqi",
        "Mimoza Krasniqi",
    ]
    page.discard()
    assert page.grid.rows.filled_rows() == [] and page.who.text() == ""
    window.press(page, "Restore the row")
    assert [page.grid.model.who(number) for number in page.grid.rows.filled_rows()] == [
        "Agim Krasniqi",
        "Mimoza Krasniqi",
    ]


def test_rows_of_a_spreadsheet_are_pasted_by_their_headings_or_in_order(hand: Hand, page: NewCasePage) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText(
        'Family name\tGiven names\tShoe size\tDate of birth\tSex\r\nZeqiri\tFatmir\t43\t3.4.1980\tM\r\nZeqiri\t"Valentina\nAna"\t38\t1982\tF\r\n'
    )
    hand.key(Key.Key_Down)
    hand.key(Key.Key_V, held=CONTROL)
    grid = page.grid
    assert [row(grid, number)["given_names"] for number in (0, 1)] == ["Fatmir", "Valentina Ana"]
    assert [row(grid, number)["birth_date"] for number in (0, 1)] == ["03.04.1980", "1982"]
    assert [row(grid, number)["sex"] for number in (0, 1)] == ["Male", "Female"]
    assert window.says(page, "2 rows pasted. Left out, because it has no column here: Shoe size")
    grid.table.go(grid.model.add(), 0)
    clipboard.setText(
        "Leonora\tZeqiri\tf\t070714\tAntwerpen\tbelg\tchild\nДритон\tZeqiri\tm\t190917\tAntwerpen\t\tchild\n"
    )
    hand.key(Key.Key_V, held=CONTROL)
    assert list(row(grid, 3).values())[:7] == ["Дритон", "Zeqiri", "Male", "19.09.2017", "Antwerpen", "Belgium", "Son"]
    clipboard.setText("a\tb\n" * 61)
    hand.key(Key.Key_V, held=CONTROL)
    assert window.says(page, "Not pasted: this is more than 60 rows") and len(grid.rows.filled_rows()) == 4


@given(text=some.text(some.sampled_from('aŠж\t\n\r";,1 \u00a0\u2028\0'), max_size=60))
def test_no_letter_that_a_spreadsheet_copies_is_lost(text: str) -> None:
    rows = cells_of(text)
    order = [column.key for column in COLUMNS]
    placed_rows, lost = placed(rows, {}, order, 0)
    there = sorted("".join("".join(one.values()) for one in placed_rows) + "".join(lost))
    assert there == sorted("".join("".join(cells) for cells in rows))
    plain = text.replace('"', "")
    if plain == text:
        assert "".join("".join(cells) for cells in rows).replace(" ", "") == "".join(text.split())


@pytest.fixture(scope="module")
def holder(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.deleteLater()


def test_whatever_is_pasted_stands_there_or_is_read(workspace: Workspace, holder: QWidget) -> None:
    cells = Cells(workspace, holder)

    @example(
        rows=[["", "", "", "", "", "", "", "", "", "", "0;F"]]
    )  # one of two is read, the other stays as it was pasted
    @given(rows=some.lists(some.lists(some.text("FMw0198.;žЂ/-~belg ", max_size=9), max_size=11), max_size=4))
    def pasted(rows: list[list[str]]) -> None:
        family = FamilyRows(cells.read, {})
        texts = [[" ".join(cell.split()) for cell in line] for line in rows]
        given_rows, _ = placed(texts, {}, [column.key for column in COLUMNS], 0)
        family.put(0, given_rows)
        for number, one in enumerate(given_rows):
            for key, text in one.items():
                cell = family.cell(number, key)
                parts = [part.strip() for part in text.split(";") if part.strip()] if ";" in text else [text]
                read = cell.typed if isinstance(cell.typed, list | tuple) and len(cell.typed) == len(parts) else parts
                whole = all(part in cell.shown or part != kept for part, kept in zip(parts, read, strict=True))
                assert cell.value is not None or (cell.unreadable and whole) or not parts, (key, text)
        again = FamilyRows(cells.read, {})
        again.show_draft(family.draft())
        assert [again.arrival(number) for number in again.filled_rows()] == [
            family.arrival(number) for number in family.filled_rows()
        ]

    pasted()


def test_what_the_facts_propose_is_ticked_only_by_somebody() -> None:
    passes_apart(Path(__file__).with_name("proposals_ticked.py"))


def test_the_panel_holds_what_has_no_column_and_what_the_person_is_in_the_case_first(
    hand: Hand, page: NewCasePage, workspace: Workspace
) -> None:
    hand.text("Agim Krasniqi")
    hand.key(RETURN)
    hand.key(Key.Key_F6)
    panel = page.grid.panel
    assert panel.isVisible() and QApplication.focusWidget() is panel.forms["membership"].by_key["role"].editor.focus
    open_ = [part for parts in panel.parts.values() for part in parts.parts if part.section.is_open]
    assert [part.rows[0].field.key for part in open_] == ["role"]
    panel.parts["person"].unfold(["phone"])
    phone = panel.forms["person"].by_key["phone"].editor
    phone.focus.setFocus()
    hand.code("+355691234567")
    hand.key(Key.Key_F6)
    assert page.grid.table.hasFocus() and not panel.isVisible()
    hand.key(RETURN, held=CONTROL)
    [line] = all_cases(workspace)
    assert read_case(workspace, line.uid).members[0].person.text("phone") == "+355691234567"


def test_somebody_who_is_in_the_store_is_marked_shown_and_taken(
    hand: Hand, page: NewCasePage, workspace: Workspace
) -> None:
    old = {"given_names": "Mimoza", "family_name": "Krasniqi", "birth_date": "1988-11-02", "sex": "F"}
    case = open_family(workspace, {}, [Arrival(person=old)]).case
    known = read_case(workspace, case).members[0].person.uid
    hand.text("Agim Krasniqi")
    hand.key(RETURN, RETURN)
    hand.text("Mimoza")
    hand.key(TAB, RETURN)
    grid = page.grid
    assert grid.model.headerData(1, Qt.Orientation.Vertical) == "2 ?"
    assert grid.model.headerData(0, Qt.Orientation.Vertical) == "1"
    grid.table.go(1, 0)
    hand.key(Key.Key_F7)
    assert grid.already.people.hasFocus() and grid.already.people.chosen() == known
    hand.key(Key.Key_Space)
    assert row(grid, 1)["birth_date"] == "02.11.1988" and at(grid) == (1, "relationship")
    assert grid.model.headerData(1, Qt.Orientation.Vertical) == "2"
    hand.code("w")
    hand.key(RETURN, held=CONTROL)
    made = next(read_case(workspace, line.uid) for line in all_cases(workspace) if line.uid != case)
    assert [one.person.uid == known for one in made.members] == [False, True]
    assert made.members[1].membership.text("relationship") == "spouse"


def test_a_case_without_anybody_is_opened_by_its_name(hand: Hand, page: NewCasePage, workspace: Workspace) -> None:
    hand.key(RETURN, held=CONTROL)
    assert page.problem.isVisible() and "Enter at least one name" in page.problem.text()
    page.called.setFocus()
    hand.text("Door 14")
    hand.key(RETURN, held=CONTROL)
    [line] = all_cases(workspace)
    assert (line.called, line.persons) == ("Door 14", 0)


def test_a_family_that_was_begun_is_there_again(
    hand: Hand, page: NewCasePage, desktop: Desktop, workspace: Workspace
) -> None:
    hand.text("Agim Krasniqi 140584")
    hand.key(RETURN, RETURN)
    hand.text("Mimoza")
    hand.key(TAB, TAB)
    hand.code("q")
    desktop.show_page("today")
    desktop.show_page("new")
    assert [page.grid.model.who(number) for number in page.grid.rows.filled_rows()] == [
        "Agim Krasniqi",
        "Mimoza Krasniqi",
    ]
    assert row(page.grid, 1)["sex"] == "q", "also what cannot be read"
    assert row(page.grid, 0)["birth_date"] == "14.05.1984" and row(page.grid, 1)["family_name"] == "Krasniqi"


def test_several_people_are_added_to_a_case_and_one_undo_takes_them_out(
    shell: Shell, desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    desktop.show_case(family.case.uid)
    case = window.case_page(desktop)
    case.show_tab("people")
    tab = case.tab("people")
    assert isinstance(tab, PeopleTab)
    hand = Hand(shell.windowHandle())
    hand.key(Key.Key_M, held=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    name = family.members[0].person.text("family_name")
    for given_names in ("Ilir", "Drita"):
        hand.text(given_names)
        hand.key(RETURN)
    desktop.show_page("today")
    desktop.show_case(family.case.uid)
    case.show_tab("people")
    hand.key(RETURN, held=CONTROL)
    added = read_case(workspace, family.case.uid).members[len(family.members) :]
    assert [(one.person.text("given_names"), one.person.text("family_name")) for one in added] == [
        ("Ilir", name),
        ("Drita", name),
    ]
    assert tab.list.count() == len(family.members) + 2, "no draft is left"
    hand.key(Key.Key_Z, held=CONTROL)
    assert len(read_case(workspace, family.case.uid).members) == len(family.members)


def test_a_screen_reader_hears_whose_cell_it_is_and_what_is_wrong_with_it(hand: Hand, page: NewCasePage) -> None:
    hand.text("Agim Krasniqi")
    hand.key(RETURN)
    hand.code("q")
    hand.key(TAB)
    heard = QAccessible.queryAccessibleInterface(page.grid.table)
    assert heard.role() == QAccessible.Role.Table and heard.text(QAccessible.Text.Name) == "The people of the family"
    index = page.grid.model.index(0, BY_NAME["person.sex"])
    text = page.grid.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert text == "Agim Krasniqi, Sex: q"
    assert "not in the list" in page.grid.model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    page.grid.table.go(0, 0)
    hand.key(Key.Key_F2)
    line = page.grid.table.open_line
    assert line is not None and line.accessibleName() == "Agim Krasniqi, Given names"


def test_places_and_countries_are_proposed_in_their_cells(hand: Hand, page: NewCasePage) -> None:
    table = page.grid.table
    for key, letters, wanted, left in (
        ("person.birth_place", "Shkod", "Shkodër", "Shkodër"), ("person.birth_country", "Belg", "Belgium", "BE"),
        ("person.citizenship", "Alba", "Albania", "AL"),
    ):  # fmt: skip
        table.setFocus()
        table.go(0, BY_NAME[key])
        hand.text(letters)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QAbstractItemView), key
        shown = [str(popup.model().index(at, 0).data()) for at in range(popup.model().rowCount())]
        assert wanted in shown, key
        for _ in range(shown.index(wanted) + 1):
            hand.key(Key.Key_Down)
        hand.key(TAB)
        assert page.grid.rows.rows[0].text(key) == left and at(page.grid)[0] == 0 and page.grid.table.key != key
    table.setFocus()
    table.go(0, BY_NAME["person.birth_place"])
    hand.key(Key.Key_Delete)
    hand.text("Shk")
    hand.key(RETURN)
    assert page.grid.rows.rows[0].text("person.birth_place") == "Shk" and at(page.grid)[0] == 1, (
        "nothing is taken unasked"
    )
