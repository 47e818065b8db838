"""Wrong clocks and other time zones: saving goes on, who saw what decides, and a day of birth stays that day."""

import json
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop import BUILD_DATE
from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.history import history
from avrr_desktop.operations.cases.today import desk
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import clock_problem
from avrr_desktop.store.journal.hybrid_clock import ceiling
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.ui.start.unlock_page import UnlockPage
from tests.support import stores
from tests.support.journals import person
from tests.support.stores import NOW
from tools.rigs.office_window import office_window

UTC = timezone.utc
CLOCKS = {
    "400 days back": NOW - timedelta(days=400),
    "10 years ahead": NOW + timedelta(days=3653),
    "the first second of 1970": datetime(1970, 1, 1, tzinfo=UTC),
    "the first day of 1980": datetime(1980, 1, 1, tzinfo=UTC),
    "after 2038": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    "after 2106": datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC),
}
ZONES = (
    "Etc/GMT+12", "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver",
    "America/Chicago", "America/New_York", "America/Halifax", "America/Sao_Paulo", "Atlantic/South_Georgia",
    "Atlantic/Azores", "UTC", "Europe/Belgrade", "Europe/Athens", "Europe/Istanbul", "Asia/Dubai", "Asia/Karachi",
    "Asia/Kathmandu", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Kiritimati",
)  # fmt: skip
BIRTHS = ("1985-06-15", "2019-03-31", "2020-02-29", "1900-01-01", "2019-05", "1988", "1955~")


@pytest.fixture
def clock(workspace: Workspace) -> SteppingClock:
    """The clock that the store of ``workspace`` goes by."""
    assert isinstance(workspace.clock, SteppingClock)
    return workspace.clock


@pytest.fixture
def travelling() -> Iterator[None]:
    """Puts the computer back into its own time zone."""
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    if hasattr(time, "tzset"):
        time.tzset()


def texts_written(workspace: Workspace, family: CaseFile) -> list[str]:
    """Return the texts of notes in the order of the journal."""
    entries = workspace.store.journal.of_case(family.case.uid)
    return [str(part.values["text"]) for entry in entries for part in entry.parts if part and "text" in part.values]


@pytest.mark.parametrize("wrong", CLOCKS)
def test_T1_whatever_the_clock_says_edits_meet_by_what_was_seen(
    workspace: Workspace, family: CaseFile, clock: SteppingClock, wrong: str
) -> None:
    uid, case = family.members[0].person.uid, family.case.uid
    shown = person(workspace, uid)
    edit_record(workspace, shown, {"given_names": "Марко Илија"}, case)
    clock.set(CLOCKS[wrong])
    seen_all = person(workspace, uid)
    edit_record(workspace, seen_all, {"given_names": "Марко Павле"}, case)
    now = person(workspace, uid)
    assert (now.text("given_names"), now.conflicts) == ("Марко Павле", None), "who saw the other writes over it"
    edit_record(workspace, shown, {"given_names": "Милан"}, case)
    both = person(workspace, uid).conflicts
    assert both is not None
    assert set(both["given_names"]) == {"Марко Павле", "Милан"}, "who did not see it overwrites nothing"
    new_record(workspace, "note", {"text": "saved all the same"}, case)
    desk(workspace)
    assert check_store(workspace).sound


def test_T1_a_clock_that_is_behind_is_said_and_stops_nobody(
    workspace: Workspace, family: CaseFile, clock: SteppingClock
) -> None:
    clock.set(datetime.fromisoformat(BUILD_DATE).replace(tzinfo=UTC) + timedelta(days=1))
    assert clock_problem(workspace) == ""
    new_record(workspace, "note", {"text": "under the right clock"}, family.case.uid)
    clock.set(clock.now() - timedelta(days=400))
    assert "behind the last entry" in clock_problem(workspace)
    assert "Saving still works" in clock_problem(workspace)
    new_record(workspace, "note", {"text": "saved all the same"}, family.case.uid)
    texts = [note.text("text") for note in workspace.store.reader.case_file(family.case.uid).notes]
    assert "saved all the same" in texts


def test_T1_a_store_that_a_clock_ahead_wrote_into_opens_under_the_right_one(
    workspace: Workspace, family: CaseFile, clock: SteppingClock
) -> None:
    clock.set(CLOCKS["10 years ahead"])
    new_record(workspace, "note", {"text": "from the future"}, family.case.uid)
    again = stores.reopened(workspace, SteppingClock(NOW + timedelta(days=1)))
    try:
        new_record(again, "note", {"text": "of today"}, family.case.uid)
        assert texts_written(again, family)[-2:] == ["from the future", "of today"], "the order is that of the saves"
        assert check_store(again).sound
        assert clock_problem(again)
    finally:
        again.lock()


def test_T2_a_clock_that_jumps_leaves_the_order_of_the_entries(
    workspace: Workspace, family: CaseFile, clock: SteppingClock
) -> None:
    case = family.case.uid
    for number, moment in enumerate(
        (NOW, CLOCKS["10 years ahead"], CLOCKS["400 days back"], NOW, CLOCKS["after 2038"])
    ):
        clock.set(moment)
        new_record(workspace, "note", {"text": f"note {number}"}, case)
    entries = list(workspace.store.journal.of_case(case))
    assert texts_written(workspace, family)[-5:] == [f"note {number}" for number in range(5)]
    clocks = [entry.change.envelope["clock"] for entry in entries]
    near = [clock for clock in clocks if clock <= ceiling(NOW)]
    assert near == sorted(set(near)), "the clock of the journal never goes back"
    assert clocks[-4] > ceiling(NOW) > clocks[-3], "and no clock from years ahead is followed"
    assert history(workspace, case)
    assert chain_fault(workspace.store.connection) is None


def test_T2_the_idle_lock_goes_by_no_clock_that_can_jump(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, clock: SteppingClock
) -> None:
    shell = office_window(qtbot, workspace)
    clock.set(CLOCKS["10 years ahead"])
    QApplication.processEvents()
    assert shell.workspace is workspace, "a jump ahead locks nothing"
    clock.set(CLOCKS["400 days back"])
    shell.idle.wait_milliseconds(150)
    with qtbot.waitSignal(shell.locked):
        pass
    assert isinstance(shell.centralWidget(), UnlockPage)
    shell.close()


def test_T4_a_day_of_birth_is_the_same_day_in_every_time_zone(
    workspace: Workspace, family: CaseFile, clock: SteppingClock, travelling: None
) -> None:
    people = [{"family_name": "Hoxha", "given_names": f"Child {number}", "birth_date": birth}
              for number, birth in enumerate(BIRTHS)]  # fmt: skip
    document: dict[str, Any] = {"case": {"called": "Hoxha"}, "person": people}
    for number, zone in enumerate(ZONES):
        os.environ["TZ"] = zone
        if hasattr(time, "tzset"):
            time.tzset()
        office = workspace.office
        assert office is not None
        edit_record(workspace, office, {"time_zone": zone})
        clock.set(NOW + timedelta(days=number, hours=number % 2 * 12 + 3, minutes=59))
        made = add_case_document(workspace, document)
        case_file = workspace.store.reader.case_file(made.case)
        assert [member.person.text("birth_date") for member in case_file.members] == list(BIRTHS), zone
        said = [workspace.words.partial_date(member.person.text("birth_date")) for member in case_file.members]
        assert said[:2] == ["15.06.1985", "31.03.2019"], zone
        document = json.loads(json.dumps(case_document(workspace, case_file)))  # carried into the next zone
