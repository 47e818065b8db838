"""A place picked in two languages and spellings is one place: found, listed, counted and printed as such."""

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.records.fields import Record
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.documents.printing import case_pdf
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.cases.cases_page import CasesPage
from avrr_desktop.ui.forms.editors.place_editor import PlaceEditor
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.office.figures_page import FiguresPage
from avrr_desktop.ui.office.office_tab import OfficeTab
from tests.support import window
from tests.support.stores import reopened


def place_of(qtbot: QtBot, desktop: Desktop, case: str) -> PlaceEditor:
    """Return the field for the municipality of a case, shown and with the cursor in it."""
    desktop.show_case(case)
    tab = window.case_page(desktop).tab("overview")
    assert isinstance(tab, OverviewTab) and tab.form is not None
    editor = tab.form.rows["municipality_of_return"].editor
    assert isinstance(editor, PlaceEditor)
    editor.line.setFocus()
    editor.line.clear()
    return editor


def pick(qtbot: QtBot, workspace: Workspace, language: str, case: str, letters: str) -> tuple[Workspace, Record]:
    """Type first letters in a window of a language, go to the first place that is offered, take it and save; open anew."""
    workspace.words = Language(language)
    shell = window.window_over(qtbot, workspace)
    editor = place_of(qtbot, window.desktop_of(shell), case)
    window.type_text(editor.line, letters)
    popup = editor.suggestions.popup
    qtbot.waitUntil(popup.isVisible)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(popup, key)
    tab = window.case_page(window.desktop_of(shell)).tab("overview")
    assert isinstance(tab, OverviewTab) and tab.form is not None and tab.form.save()
    shell.close()
    workspace = reopened(workspace)
    return workspace, read_case(workspace, case).case


def new_case(workspace: Workspace, called: str, country: str, place: str = "") -> str:
    case = {"called": called, "country_of_return": country, "municipality_of_return": place}
    return open_case(workspace, case, [({"family_name": called}, {})]).case


def printed(workspace: Workspace, case: str, language: str) -> str:
    workspace.words = Language(language)
    with pypdfium2.PdfDocument(case_pdf(workspace, read_case(workspace, case))) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_place_picked_in_two_languages_is_one_and_stands_on_paper_with_both_names(
    qtbot: QtBot, workspace: Workspace
) -> None:
    krasniqi, petrovic = new_case(workspace, "Krasniqi", "XK"), new_case(workspace, "Petrović", "XK")
    workspace, first = pick(qtbot, workspace, "sr-Latn", krasniqi, "urošev")
    workspace, second = pick(qtbot, workspace, "sq", petrovic, "feri")
    assert [one.text("municipality_of_return") for one in (first, second)] == ["Uroševac", "Ferizaj"]
    assert {one.text("municipality_of_return_code") for one in (first, second)} == {"XK-m-ferizaj"}
    for language in ("en", "sq", "sr-Cyrl"):
        for case in (krasniqi, petrovic):
            assert "Ferizaj / Урошевац, " in printed(workspace, case, language)
    workspace.lock()


def test_two_spellings_are_found_listed_and_counted_as_one_place(qtbot: QtBot, workspace: Workspace) -> None:
    cases = {new_case(workspace, "Leka", "AL", "Skadar"), new_case(workspace, "Hoxha", "AL", "Shkodra")}
    new_case(workspace, "Dervishi", "AL", "Durrës")
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    for typed in ("Skadar", "Shkodër", "Скадар", "u Skadru"):
        desktop.search.clear()
        window.type_text(desktop.search, typed)
        desktop.search.show_hits()
        found = {
            desktop.search.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
            for row in range(desktop.search.list.count())
        }
        assert len(found) == 2 and not any("Dervishi" in one for one in found), typed
    desktop.show_page("cases")
    page = desktop.page("cases")
    assert isinstance(page, CasesPage)
    page.place.setCurrentIndex(page.place.findText("Shkodër"))
    lines = [page.model.line(row) for row in range(page.model.rowCount())]
    assert {line.uid for line in lines if line} == cases
    assert {page.model.text(row, 3) for row in range(2)} == {"Shkodër, Albania"}
    desktop.show_page("figures")
    figures = desktop.page("figures")
    assert isinstance(figures, FiguresPage)
    assert [(row.name, row.cases) for row in figures.counted().places] == [("Durrës", 1), ("Shkodër", 2)]
    assert window.says(figures, "Shkodër") and not window.says(figures, "Skadar")
    shell.close()


def test_an_office_takes_in_its_own_list_and_takes_it_back(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    new_case(workspace, "Krasniqi", "XK", "Sofali")
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    desktop.show_page("setup")
    [tab] = desktop.findChildren(OfficeTab)
    tab.show()
    card = tab.places
    assert card is not None and card.counted.text() == "0 places of your own"
    path = tmp_path / "places.csv"
    path.write_text("name,country,parent\nSofali,Kosovo,Uroševac\n", encoding="utf-8")
    card.ask_open = lambda: str(path)
    window.press(card, "Import a list")
    assert card.counted.text() == "1 place of your own"
    page = desktop.page("figures")
    assert isinstance(page, FiguresPage)
    assert [row.name for row in page.counted().places] == ["Ferizaj"]
    window.press(desktop, "Undo (Ctrl+Z)")
    assert card.counted.text() == "0 places of your own"
    assert [row.name for row in page.counted().places] == ["Sofali"]
    shell.close()
