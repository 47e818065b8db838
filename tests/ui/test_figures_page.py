"""The page of figures: what is shown is what is saved."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.country import KOSOVO_NOTE
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.tables.register import read_csv
from avrr_desktop.ui.figures_page import FiguresPage
from tests.journeys.window import desktop_of, window_over


def test_the_shown_period_is_saved_as_a_table(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    shell = window_over(qtbot, workspace)
    desktop = desktop_of(shell)
    desktop.show_page("figures")
    page = desktop.page("figures")
    assert isinstance(page, FiguresPage)
    proposed: list[str] = []

    def choose(name: str) -> str:
        proposed.append(name)
        return str(tmp_path / name)

    page.ask_save = choose
    page.save_as_table()
    assert proposed == ["cases-by-country-2026-01-01-2026-06-30.csv"]
    rows = read_csv((tmp_path / proposed[0]).read_bytes())
    assert ["Serbia", "1", "5"] in rows
    assert rows[-1] == [KOSOVO_NOTE]
    assert "written" in desktop.message.text.text()


def test_nothing_is_saved_when_nobody_chose_a_file_or_it_cannot_be_written(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    shell = window_over(qtbot, workspace)
    desktop = desktop_of(shell)
    desktop.show_page("figures")
    page = desktop.page("figures")
    assert isinstance(page, FiguresPage)
    before = sorted(tmp_path.iterdir())
    page.ask_save = lambda _: ""
    page.save_as_table()
    page.ask_save = lambda name: str(tmp_path / "nowhere" / name)
    page.save_as_table()
    assert sorted(tmp_path.iterdir()) == before
    assert "could not be written" in desktop.message.text.text()
