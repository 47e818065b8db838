"""Where jobs are done: each place opens the real window over a store of its own, and closes it again."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from avrr_desktop.keys import recovery
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window
from tests.support.endings import close_case
from tests.support.office_with_keys import SECOND, WORKER, People, office, with_code
from tests.support.stores import office_workspace
from tools.jobs import desk, intake, records, stage, start
from tools.jobs.hand import Hand

Opened = tuple[
    Shell, Any
]  # the window, and where its jobs are done: its desktop, or the window itself while there is none


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and what is there before; nothing of that is counted."""

    name: str
    do: Callable[[Hand, Any], None]
    prepare: Callable[[Any], object] = lambda _: None


@dataclass(frozen=True, slots=True)
class Place:
    """A window, opened for its jobs: they are done one after the other, some go on in the case of the one before."""

    opened: Callable[[Path], AbstractContextManager[Opened]]
    jobs: tuple[Job, ...]


def _window(settings: Settings) -> Shell:
    shell = Shell(settings, False)
    shell.resize(1280, 800)
    return shell


def _show(shell: Shell) -> None:
    shell.show()
    shell.activateWindow()
    QApplication.processEvents()


def over(open_store: Callable[[Path], Workspace]) -> Callable[[Path], AbstractContextManager[Opened]]:
    """Return what shows the window of an officer at 1280x800 over a store that is made for it."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Opened]:
        shell = _window(Settings(language="en", look="light", size=100))
        window.show_store(shell, open_store(folder / "office.avrr"))
        _show(shell)
        desktop = window.desktop_of(shell)
        desktop.message.hide()
        yield shell, desktop
        shell.close()

    return opened


@contextmanager
def nothing_yet(folder: Path) -> Iterator[Opened]:
    """Show the first window of a computer on which no store is."""
    shell = _window(Settings())
    _show(shell)
    yield shell, shell
    shell.close()


def _office(folder: Path) -> People:
    """Make an office whose officers have passphrases of their own, so that two people close a case."""
    return with_code(office(folder), recovery.new_code())


def _worker(folder: Path) -> Workspace:
    return _office(folder).at_work(WORKER)


def _supervisor(folder: Path) -> Workspace:
    """Return an office in which a closing was asked for, opened by a supervisor who did not."""
    people = _office(folder)
    worker = people.at_work(WORKER)
    case = add_case_document(worker, stage.family()).case
    close_case(worker, read_case(worker, case), "objectives_met")
    worker.lock()
    return people.at_work(SECOND)


PLACES = (
    Place(nothing_yet, (Job("from the first start to the first case", start.first_case),)),
    Place(over(office_workspace), (
        Job("a family of five, with situations and two services", intake.family_of_five),
        Job("one person more, with relationship and situation", intake.one_more),
        Job("two services from what is proposed", intake.proposed_services),
        Job("a new case with one name", intake.one_name),
        Job("the applicant's basics", intake.applicant),
        Job("a case in Cyrillic", intake.cyrillic),
        Job("four people pasted from a spreadsheet", intake.pasted),
    )),
    Place(over(office_workspace), (
        Job("a paper that is held, with number and days", records.paper_held, records.with_family),
        Job("a paper missing for three children", records.papers_missing, records.with_family),
        Job("a paper moved to another person", records.paper_moved, records.with_passport),
        Job("a referral to a partner of the directory", records.referral, records.with_consent),
        Job("a referral to a partner who is new", records.referral_new_partner, records.with_consent),
        Job("the answer to a referral", records.referral_answered, records.with_referral),
        Job("a child enrolled at school", records.school, records.with_family),
        Job("a note", records.note, records.with_family),
        Job("a call written down", records.contact, records.with_family),
        Job("follow-ups as the programme plans them", records.follow_ups, records.with_family),
    )),
    Place(over(office_workspace), (
        Job("a late step done from Today", desk.done_from_today, desk.late_step),
        Job("the last act undone", desk.undone),
        Job("the first line of Today done by keyboard", desk.first_by_keyboard, stage.show_today),
        Job("a step put off to next week", desk.postponed, desk.late_other),
        Job("a case found by a telephone", desk.found_by_phone, desk.somebody_calls),
        Job("a case found by the last figures of a paper", desk.found_by_paper, stage.show_today),
        Job("a case found by name and year of birth", desk.found_by_birth, stage.show_today),
        Job("a summary kept in the outbox", desk.kept_in_outbox, desk.with_open_case),
        Job("a summary handed over on a stick", desk.to_stick, desk.with_open_case),
    )),
    Place(over(office_workspace), (Job("what is late for me, in a busy office", desk.late_for_me, desk.busy_office),)),
    Place(over(_worker), (Job("a closing requested", desk.ask_closing, desk.with_open_case),)),
    Place(over(_supervisor), (Job("a closing seen and approved", desk.approve_closing, stage.show_today),)),
)  # fmt: skip
