"""The check in the window: by itself when it is due, by a button, in the background; its result leads to what was found."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store import check
from avrr_desktop.operations.store.check import StoreReport, check_store
from avrr_desktop.operations.store.check_notes import check_state, keep_check
from avrr_desktop.store.folder.backup import Progress
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.setup import checks
from avrr_desktop.ui.setup.check_card import CheckCard
from tests.support import office_with_keys, window
from tests.support.insider import at_the_file
from tests.support.office_with_keys import FOUNDER, READER, WORKER, People
from tests.support.stores import unlocked


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def card_of(shell: Shell) -> CheckCard:
    """Return the card as the words in the status line lead to it."""
    desktop = window.desktop_of(shell)
    desktop.status.check.click()
    QApplication.processEvents()
    page = desktop.page("setup")
    assert isinstance(page, SetupPage) and page.part == "backups"
    return page.backups.check


def texts(card: CheckCard) -> list[str]:
    return [one.text() for one in card.found if one.isVisible()]


def test_a_check_that_is_due_is_made_by_itself_and_its_end_is_said(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    assert desktop.status.check.text() == "Not checked yet" and check_state(workspace).due
    desktop.checks.check_if_due()
    assert desktop.checks.running
    qtbot.waitUntil(lambda: not desktop.checks.running)
    assert desktop.status.check.text() == "Checked today" and not check_state(workspace).due
    desktop.checks.check_if_due()
    assert not desktop.checks.running  # not again before its week is over


def test_what_was_found_is_shown_to_who_only_reads_and_can_be_looked_for_again(qtbot: QtBot, office: People) -> None:
    with at_the_file(office.folder, WORKER) as store:
        store.connection.execute("CREATE TRIGGER mine AFTER INSERT ON notes BEGIN DELETE FROM accesses; END")
    founder = office.at_work(FOUNDER)
    keep_check(founder, check_store(founder))
    founder.lock()
    shell = window.window_over(qtbot, office.at_work(READER))
    assert window.desktop_of(shell).status.check.text() == "The check found problems"
    card = card_of(shell)
    assert len(texts(card)) == 1 and "trigger mine" in texts(card)[0]
    unlocked(shell.workspace).store.connection.execute("DROP TRIGGER mine")
    card.button.click()
    assert not card.button.isEnabled()
    qtbot.waitUntil(card.button.isEnabled)
    assert texts(card) == [] and window.desktop_of(shell).status.check.text() == "Checked today"


def test_it_runs_beside_the_window_and_the_lock_stops_it(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []
    gate, at_once = threading.Event(), check.check_work
    ends: list[str] = []
    shell = window.window_over(qtbot, workspace)
    shell.jobs.cancelling.connect(gate.set)
    desktop = window.desktop_of(shell)

    def until_stopped(made: Workspace) -> Callable[[Progress], StoreReport]:
        work = at_once(made)

        def slow(progress: Progress) -> StoreReport:
            threads.append(QThread.currentThread() is QApplication.instance().thread())  # type: ignore[union-attr]
            gate.wait()
            try:
                return work(progress)
            finally:
                ends.append("ended")

        return slow

    monkeypatch.setattr(checks, "check_work", until_stopped)
    desktop.checks.begin()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [False] and desktop.status.cancel.isVisible()
    shell.lock()
    assert ends == ["ended"] and workspace.locked


def test_stopping_it_is_no_error_and_leaves_what_was_known(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    failed: list[str] = []
    gate, at_once = threading.Event(), check.check_work
    shell.jobs.cancelling.connect(gate.set)
    desktop.acts.failed.connect(lambda title, _: failed.append(title))

    def waiting(made: Workspace) -> Callable[[Progress], StoreReport]:
        work = at_once(made)

        def slow(progress: Progress) -> StoreReport:
            gate.wait()
            return work(progress)

        return slow

    monkeypatch.setattr(checks, "check_work", waiting)
    desktop.checks.begin()
    desktop.status.cancel.click()
    qtbot.waitUntil(lambda: not desktop.checks.running)
    assert failed == [] and check_state(workspace).at is None


def test_practice_is_not_checked_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    from datetime import date

    from avrr_desktop.language import Language
    from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice

    made = create_practice(tmp_path / "practice.avrr", PracticeOptions(date(2026, 6, 15), 7, 3), Language("en"))
    shell = window.window_over(qtbot, made)
    desktop = window.desktop_of(shell)
    desktop.checks.check_if_due()
    assert not desktop.checks.running and not desktop.status.check.isVisible()
