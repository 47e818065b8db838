"""From a new installation to the first case without reading; the tour, the guide, the policy and the update in the window."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop import __version__, app, locations
from avrr_desktop.domain.policy import Policy, Problem, ProblemKind
from avrr_desktop.locations import NAME, data_folder, practice_store
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.disk import NO, UNKNOWN, YES, disk_encryption
from avrr_desktop.operations.computer.settings import Settings, read_settings
from avrr_desktop.operations.program.update import install, offer
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import backup_folder
from avrr_desktop.store.folder.backup import backups_in
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.help.guide_page import GuidePage
from avrr_desktop.ui.start.new_store_page import NewStorePage
from avrr_desktop.ui.start.recovery_page import RecoveryPage
from avrr_desktop.ui.start.start_page import StartPage
from avrr_desktop.ui.today.today_page import TodayPage
from tests.journeys.test_first_case import start_store
from tests.support.releases import It, program, version_in
from tests.support.today import told
from tests.support.window import case_page, keep_code, open_window, press, type_text, unlock, window_over

PASSPHRASE = "three boats under a grey bridge"


def shown_texts(widget: QWidget) -> str:
    """Return all that labels of a widget say."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def type_line(page: NewStorePage, text: str) -> None:
    """Type into the line that has the keyboard, and press Enter."""
    line = page.focusWidget()
    assert line is not None
    type_text(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_with_a_policy_three_lines_are_typed_and_the_first_case_is_there(qtbot: QtBot) -> None:
    policy = Policy(
        office={"name": "Zyra e Tiranës", "code": "TIR", "country": "AL", "programme": "be_admin"},
        languages=("en",),
        lock_minutes=5,
    )
    shell = open_window(qtbot, settings=Settings(), policy=policy)
    start = shell.centralWidget()
    assert isinstance(start, StartPage)
    start.doors[1].click()  # type: ignore[attr-defined]
    page = shell.centralWidget()
    assert isinstance(page, NewStorePage)
    qtbot.waitUntil(page.officer.hasFocus)  # what the policy says is not asked
    type_line(page, "Arta Hoxha")
    assert "three" not in shown_texts(page)
    QTest.keyClick(page.initials, Qt.Key.Key_Return)
    assert page.passphrase.hasFocus()
    type_text(page.passphrase, PASSPHRASE)
    type_text(page.again, PASSPHRASE)
    page.again.setFocus()
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), RecoveryPage))
    keep_code(qtbot, shell, PASSPHRASE)
    desktop = shell.desktop
    assert desktop is not None
    today = desktop.page("today")
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: "THE FIRST CASE" in shown_texts(today))
    press(today, "New case")
    new = desktop.page("new")
    assert isinstance(new, NewCasePage)
    assert new.isVisible()
    qtbot.waitUntil(new.who.hasFocus)
    type_text(new.who, "Gjokaj")
    QTest.keyClick(new.who, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desktop.page("case").isVisible()
    assert desktop.status.saved.text().startswith("Saved ")
    desktop.show_page("today")
    [line] = told(desktop)
    assert "Gjokaj" in line and "No service yet" in line
    assert "THE FIRST CASE" not in shown_texts(today)
    assert shell.workspace is not None
    office = shell.workspace.office
    assert office is not None
    assert (office.text("name"), office.text("code")) == ("Zyra e Tiranës", "TIR")


def test_what_is_missing_is_said_where_it_is_missing_and_one_can_go_back(qtbot: QtBot) -> None:
    shell = open_window(qtbot)
    shell.doors.show_new_store()
    page = shell.centralWidget()
    assert isinstance(page, NewStorePage)
    qtbot.waitUntil(page.name.hasFocus)
    type_line(page, "Podgorica office")
    assert page.code.hasFocus()
    type_line(page, "po")
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "three letters" in shown_texts(page)
    assert page.code.hasFocus()
    press(page, "Back")
    assert isinstance(shell.centralWidget(), StartPage)


def test_nothing_can_be_typed_or_left_while_the_store_is_made(qtbot: QtBot) -> None:
    shell = open_window(qtbot)
    shell.doors.show_new_store()
    page = shell.centralWidget()
    assert isinstance(page, NewStorePage)
    for line, text in (
        (page.name, "Zyra e Tiranës"),
        (page.code, "TIR"),
        (page.officer, "Arta Hoxha"),
        (page.passphrase, PASSPHRASE),
        (page.again, PASSPHRASE),
    ):
        line.setText(text)
    page.make.click()
    assert not page.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert shell.centralWidget() is page
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), RecoveryPage))


def practise(qtbot: QtBot, shell: Shell) -> Desktop:
    """Go through the door of practice, say who is at work, and return the desk."""
    page = shell.centralWidget()
    assert isinstance(page, StartPage)
    page.doors[0].click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not isinstance(shell.centralWidget(), StartPage))
    who = shell.centralWidget()
    who.list.setCurrentRow(0)  # type: ignore[union-attr]
    who.choose()  # type: ignore[union-attr]
    assert shell.desktop is not None
    return shell.desktop


def test_practice_begins_with_the_tour_once_and_it_can_be_had_again(qtbot: QtBot) -> None:
    shell = open_window(qtbot, settings=Settings(language="en", look="light", size=100, lock_minutes=5, tour=True))
    desktop = practise(qtbot, shell)
    tour = desktop.help.tour
    assert tour is not None
    qtbot.waitUntil(tour.isVisible)
    assert not tour.spot.isVisible()
    titles, pointed = [tour.title.text()], 0
    while tour.isVisible():
        QTest.keyClick(tour.next, Qt.Key.Key_Space)
        pointed += tour.spot.isVisible()
        titles.append(tour.title.text())
    assert len(set(titles)) == 9
    assert pointed == 8
    assert read_settings().tour is False  # also for the next window
    shell.lock()
    desktop = unlock(qtbot, shell, PRACTICE_PASSPHRASE)
    assert desktop.help.tour is None
    QTest.keyClick(desktop, Qt.Key.Key_F1)
    press(desktop.help.card, "Practice tour")
    assert desktop.help.tour is not None
    assert desktop.help.tour.isVisible()
    assert practice_store().exists()


def test_an_office_has_no_tour(qtbot: QtBot, workspace: Workspace) -> None:
    shell = window_over(qtbot, workspace)
    desktop = shell.desktop
    assert desktop is not None
    QTest.keyClick(desktop, Qt.Key.Key_F1)
    assert desktop.help.card.isVisible()
    assert not desktop.help.card.tour.isVisible()


def test_help_opens_the_guide_where_the_page_is_told_and_leads_back(qtbot: QtBot, workspace: Workspace) -> None:
    shell = window_over(qtbot, workspace)
    desktop = shell.desktop
    assert desktop is not None
    desktop.show_page("new")
    QTest.keyClick(desktop, Qt.Key.Key_F1)
    press(desktop.help.card, "Read more in the guide")
    guide = desktop.page("guide")
    assert isinstance(guide, GuidePage)
    assert guide.isVisible()
    there = guide.contents.currentItem()
    assert there is not None
    assert "new" in there.text().lower()
    assert there.text() in guide.sheet.toPlainText()
    type_text(guide.words_line, "xwxw")
    assert guide.contents.count() == 0
    assert "No topic contains these words." in shown_texts(guide)
    guide.words_line.clear()
    assert guide.contents.count() > 2
    press(guide, "Back")
    assert desktop.page("new").isVisible()


def test_the_guide_can_be_read_before_a_store_is_open(qtbot: QtBot) -> None:
    shell = open_window(qtbot)
    page = shell.centralWidget()
    assert page is not None
    QTest.keyClick(page, Qt.Key.Key_F1)
    guide = shell.centralWidget()
    assert isinstance(guide, GuidePage)
    qtbot.waitUntil(guide.isVisible)
    assert guide.sheet.toPlainText()
    press(guide, "Back")
    assert isinstance(shell.centralWidget(), StartPage)


def test_a_policy_that_does_not_hold_is_told_before_and_behind_the_lock(qtbot: QtBot, workspace: Workspace) -> None:
    broken = Policy(
        problems=(Problem(ProblemKind.VALUE, "lock.minutes", "must be one of these: {choices}", {"choices": "2, 5"}),)
    )
    shell = open_window(qtbot, settings=Settings(language="en"), policy=broken)
    page = shell.centralWidget()
    assert page is not None
    assert "lock.minutes: must be one of these: 2, 5" in shown_texts(page)
    workspace.policy = broken
    desktop = window_over(qtbot, workspace).desktop
    assert desktop is not None
    assert "no file can leave a store" in desktop.message.text.text()


def test_one_backup_more_goes_to_a_stick_and_the_folder_of_all_others_stays(qtbot: QtBot, tmp_path: Path) -> None:
    shell, desktop = start_store(qtbot)
    page = about(desktop)
    page.show_part("backups")
    page.backups.ask_folder = lambda: str(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    press(page.backups, "One on a stick")
    qtbot.waitUntil(lambda: "compared" in desktop.message.text.text())
    [made] = backups_in(tmp_path / "stick")
    assert made.whole
    assert shell.workspace is not None
    assert backup_folder(shell.workspace) == data_folder() / "backups"
    assert not (data_folder() / "backups").exists()
    shell.workspace.policy = Policy(backup_folder=str(tmp_path))
    desktop.settings_changed.emit(Settings(language="en", look="dark", size=100))  # the window is drawn anew
    again = shell.desktop
    assert again is not None
    page = about(again)
    page.show_part("backups")
    assert [one.text() for one in page.backups.buttons if not one.isHidden()] == [
        "Back up now",
        "Test restore",
        "One on a stick",
    ]


def about(desktop: Desktop) -> SetupPage:
    """Show About."""
    desktop.show_page("setup")
    page = desktop.page("setup")
    assert isinstance(page, SetupPage)
    page.show_part("about")
    return page


def test_about_says_what_it_is_where_it_stands_and_what_was_decided(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.policy = Policy(lock_minutes=5, exports=frozenset({"sealed"}))
    shell = window_over(qtbot, workspace)
    assert shell.desktop is not None
    page = about(shell.desktop).about
    qtbot.waitUntil(lambda: page.disk.text() != "")
    said = shown_texts(page)
    told = {YES: "The disk that contains the store is encrypted.", NO: "The disk that contains the store is not encrypted",
            UNKNOWN: "The program cannot determine whether the disk is encrypted."}  # fmt: skip
    assert told[disk_encryption(workspace.folder.path)] in page.disk.text()
    for part in (f"AVRR Desktop {__version__}", "SQLCipher 4", "Qt 6", str(workspace.folder.path), "No backup yet",
                 "Longest time without input before the window locks: 5", "documents encrypted for one recipient",
                 "runs from its source"):  # fmt: skip
        assert part in said, part
    press(page, "Show the licences")
    assert "Apache License" in page.licences.toPlainText()
    assert not page.update_card.choose.isVisible()


def updatable(place: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[It, Path]:
    """Return an IT, and the folder of a program that takes itself for the one that runs and trusts that IT."""
    it, here = It(place / "it"), program(place / "programs" / NAME, __version__)
    (here / "update-key.pub").write_text(it.begin() + "\n", "ascii")
    for module in (locations, offer, install):
        monkeypatch.setattr(module, "program_folder", lambda: here)
    return it, here


def test_an_update_is_tried_and_put_in_place_when_the_window_is_closed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    it, here = updatable(tmp_path, monkeypatch)
    broken = it.release("9.2.0", "no PDF")
    shell, desktop = start_store(qtbot)
    workspace = shell.workspace
    assert workspace is not None
    card = about(desktop).about.update_card
    card.ask_file = lambda: str(broken)
    card.choose.click()
    qtbot.waitUntil(
        lambda: shell.desktop is not None and "does not work on this computer" in shell.desktop.message.text.text(),
    )
    assert card.choose.isEnabled()
    card.ask_file = lambda: str(it.release("9.4.0"))
    card.choose.click()
    qtbot.waitUntil(card.go.isVisible)
    assert "Version 9.4.0 works on this computer." in card.said.text()
    assert version_in(here) == __version__
    assert shell.desktop is not None
    shell.desktop.settings_changed.emit(
        Settings(language="en", look="dark", size=125)
    )  # the window is drawn anew: the update waits still
    assert shell.desktop is not None
    card = about(shell.desktop).about.update_card
    qtbot.waitUntil(card.go.isVisible)
    workspace.policy = Policy(backup_folder=str(here / NAME))  # a file: no backup can be made there
    card.go.click()
    assert shell.desktop is not None and not workspace.locked, "without a backup nothing is closed"
    workspace.policy = Policy()
    card.go.click()
    assert workspace.locked
    assert not shell.isVisible()
    assert shell.staged is not None
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execve", lambda path, words, env: started.append([path, *words]))
    monkeypatch.setattr(sys, "argv", ["avrr-desktop", "practice"])
    app.update(shell.staged, shell.words)
    assert version_in(here) == "9.4.0"
    assert started == [[str(here / NAME), str(here / NAME), "practice"]]


def test_an_update_to_which_nobody_said_yes_goes_with_the_lock(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    it, here = updatable(tmp_path, monkeypatch)
    shell, desktop = start_store(qtbot)
    card = about(desktop).about.update_card
    card.ask_file = lambda: str(it.release("9.1.0"))
    card.choose.click()
    qtbot.waitUntil(card.go.isVisible)
    assert len(list(here.parent.iterdir())) == 2
    shell.lock()
    assert [path.name for path in here.parent.iterdir()] == [NAME]


def test_what_is_added_comes_into_sight_in_a_small_window_with_large_letters(qtbot: QtBot) -> None:
    shell = open_window(qtbot, settings=Settings(language="en", look="light", size=150))
    shell.resize(1024, 600)
    desktop = practise(qtbot, shell)
    case = case_page(desktop)
    desktop.show_case(max(all_cases(desktop.acts.workspace), key=lambda line: line.persons).uid)
    case.show_tab("services")
    qtbot.waitUntil(case.isVisible)
    press(case.tab("services"), "Add a service")
    qtbot.waitUntil(lambda: (now := shell.focusWidget()) is not None and not now.visibleRegion().isEmpty())
    assert desktop.search is not shell.focusWidget()
