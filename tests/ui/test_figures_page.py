"""The page of figures: what is shown is what is saved."""

from datetime import datetime, timezone
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.tables.register import read_csv
from avrr_desktop.ui.office.figures_page import FiguresPage
from tests.support.window import desktop_of, window_over


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


def test_what_stands_now_is_one_choice_away_from_what_was_reported(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(datetime(2027, 3, 1, 9, tzinfo=timezone.utc))
    record = family.case
    commit(workspace, [Part(PartKind.SET, "case", record.uid, {"country_of_return": "AL"}, record.seen)], record.uid)
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("figures")
    page = desktop.page("figures")
    assert isinstance(page, FiguresPage)
    page.period.setCurrentIndex(page.period.findData("2026-01-01 2026-07-01"))

    def said() -> str:
        return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))

    QApplication.processEvents()
    assert f"corrected or removed: {record.text('number')}." in said()
    assert {row.country: row.cases for row in page.counted().rows}["RS"] == 1
    page.known.setCurrentIndex(1)
    QApplication.processEvents()
    assert "corrected or removed" not in said()
    assert {row.country: row.cases for row in page.counted().rows}["AL"] == 1


def test_every_stated_period_is_offered_once_and_never_says_nought_beside_its_total(
    qtbot: QtBot, workspace: Workspace
) -> None:
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("figures")
    page = desktop.page("figures")
    assert isinstance(page, FiguresPage)
    offered = [page.period.itemData(number) for number in range(page.period.count())]
    assert offered.count("2002-07-01 2012-01-01") == 1
    page.period.setCurrentIndex(offered.index("2002-07-01 2012-01-01"))
    QApplication.processEvents()
    cells = [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    stated = cells[cells.index("Total") :][:10]
    assert stated[:5] == ["Total", "0", "0", "221", "530"]
    for total in ("221 cases", "530 persons", "13 processed cases", "350 processed returnees"):
        assert total in cells, total
