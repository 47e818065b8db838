"""Two computers that wrote as one: what the copy wrote comes in under names of its own, nothing is lost, nothing comes twice."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history import change
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.exchange.journey import take_in
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.journal import ChainFault, fault_of
from avrr_desktop.store.journal.quarantine import Quarantine
from avrr_desktop.store.journal.reissue import reissue_fault
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support import office_with_keys, stores
from tests.support.journals import dump
from tests.support.office_with_keys import FOUNDER, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def as_one(workspace: Workspace, incarnation: str) -> None:
    """Let a store count on as the one of which it is an image: what told them apart was carried along."""
    workspace.store.local.set_setting("identity", workspace.store._identity)
    workspace.store.local.set_setting("incarnation", incarnation)
    workspace.store._newest = "nothing is to be found out"


def parted(office: People, tmp_path: Path) -> tuple[Workspace, Path, CaseFile]:
    """Return the store at home, open, and a copy that wrote under the same names for a week; the case of both."""
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    incarnation = home.store.local.setting("incarnation")
    home.lock()
    copy = Path(shutil.copytree(office.folder, tmp_path / "copy.avrr"))
    twin = People(copy, office.founder).at_work(WORKER)
    as_one(twin, incarnation)
    edit_record(twin, case.case, {"remarks": "of the copy"}, case.case.uid)
    for day in range(5):
        new_record(twin, "note", {"text": f"day {day}"}, case.case.uid)
    edit_record(twin, twin.store.reader.case_file(case.case.uid).case, {"remarks": "of the copy, later"}, case.case.uid)
    open_case(twin, {"called": "Opened in the copy"}, [({"family_name": "Copied"}, {})])
    twin.lock()
    home = office.at_work(FOUNDER)
    as_one(home, incarnation)
    new_record(home, "note", {"text": "at home"}, case.case.uid)
    new_record(home, "note", {"text": "at home, too"}, case.case.uid)
    return home, copy, case


def reissued(workspace: Workspace) -> list[Any]:
    return [entry for entry in workspace.store.journal.all() if "was" in entry.change.envelope]


def test_a_week_of_work_under_names_that_are_taken_comes_in_under_names_of_its_own(
    office: People, tmp_path: Path
) -> None:
    home, copy, case = parted(office, tmp_path)
    taken = take_in(home, copy)
    assert (taken.entries, taken.reissued, taken.refused) == (8, 8, 0)
    assert "8 entries" in taken.told(home.words)
    after = home.store.reader.case_file(case.case.uid)
    assert {note.text("text") for note in after.notes} >= {
        *(f"day {day}" for day in range(5)),
        "at home",
        "at home, too",
    }
    assert (after.case.text("remarks"), after.case.conflicts) == ("of the copy, later", None)
    assert check_store(home).sound
    entries = reissued(home)
    assert {entry.change.envelope["actor"] for entry in entries} == {office.worker}
    assert home.grants is not None and all(home.grants.wrote(entry) and not fault_of(entry) for entry in entries)
    assert len({entry.change.envelope["incarnation"] for entry in entries}) == 1
    home.lock()
    office.at_work(FOUNDER).lock()


def test_taken_in_twice_nothing_is_called_anew_twice(office: People, tmp_path: Path) -> None:
    home, copy, case = parted(office, tmp_path)
    take_in(home, copy)
    count, before = home.store.journal.count(), dump(home)
    again = take_in(home, copy)
    assert (again.entries, again.reissued, again.refused) == (0, 0, 0)
    assert (home.store.journal.count(), dump(home)) == (count, before)
    twin = People(copy, office.founder).at_work(WORKER)
    as_one(twin, home.store.local.setting("incarnation"))
    new_record(twin, "note", {"text": "day 6"}, case.case.uid)
    twin.lock()
    later = take_in(home, copy)
    assert later.entries == 1 and check_store(home).sound
    home.lock()


def test_what_is_missing_before_an_entry_keeps_no_chain_from_holding(office: People, tmp_path: Path) -> None:
    """A journey that was made after a backup holds some entries of which the restored store has none before them."""
    home = office.at_work(FOUNDER)
    case, other = stores.family(home), open_case(home, {"called": "Other"}, [])
    home.lock()
    kept = Path(shutil.copytree(office.folder, tmp_path / "kept.avrr"))
    home = office.at_work(FOUNDER)
    new_record(home, "note", {"text": "not on the journey"}, other.case)
    new_record(home, "note", {"text": "on the journey"}, case.case.uid)
    from avrr_desktop.operations.exchange.journey import merge_journey, take_along

    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    remembered = home.store.local.setting("journeys")
    home.lock()
    shutil.rmtree(office.folder)
    shutil.copytree(kept, office.folder)
    away = People(journey, office.founder).at_work(WORKER)
    new_record(away, "note", {"text": "written away"}, case.case.uid)
    away.lock()
    home = office.at_work(FOUNDER)
    home.store.local.set_setting("journeys", remembered)
    taken = merge_journey(home, journey)
    notes = {note.text("text") for note in home.store.reader.case_file(case.case.uid).notes}
    assert {"on the journey", "written away"} <= notes and taken.reissued >= 1
    assert check_store(home).sound
    home.lock()


def test_a_refused_entry_in_the_middle_leaves_the_chain_whole_and_what_follows_in_place(
    office: People, tmp_path: Path
) -> None:
    home, copy, case = parted(office, tmp_path)
    other = Path(shutil.copytree(copy, tmp_path / "other.avrr"))
    twin = People(other, office.founder).at_work(WORKER)  # another place: an incarnation of its own
    edit_record(twin, twin.store.reader.case_file(case.case.uid).case, {"donor": "first"}, case.case.uid)
    case_now = twin.store.reader.case_file(case.case.uid).case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(twin.store.journal, "next_clock", lambda _: 1)
        edit_record(twin, case_now, {"donor": "refused"}, case.case.uid)
    edit_record(twin, twin.store.reader.case_file(case.case.uid).case, {"donor": "last"}, case.case.uid)
    twin.lock()
    take_in(home, copy)
    taken = take_in(home, other)
    assert taken.refused == 1 == Quarantine(home.store.connection).count()
    assert chain_fault(home.store.connection) is None and tables_match(home.store)
    record = home.store.reader.case_file(case.case.uid).case
    assert (record.text("donor"), record.conflicts) == ("last", None), "who wrote last had seen what came before"
    home.lock()


Alter = Callable[[dict[str, Any]], object]
ALTERED: dict[str, Alter] = {
    "another case": lambda envelope: envelope.update(case="01KRQWSCW87DDFW08MC3WCXM8S"),
    "another actor": lambda envelope: envelope.update(actor="FOUNDER"),
    "another time": lambda envelope: envelope.update(time="2026-06-16T08:00:00.000Z"),
    "other content": lambda envelope: envelope.update(commitments=["00" * 32]),
    "other rights": lambda envelope: envelope.update(under="00" * 8),
    "what it was is no envelope": lambda envelope: envelope.update(was="nothing"),
    "what it was has nothing in it": lambda envelope: envelope.update(was={}),
    "what it was was something": lambda envelope: envelope.update(was={**envelope["was"], "was": {}}),
    "it gives a right": lambda envelope: envelope.update(grant={}),
    "it saw more": lambda envelope: envelope["parents"].append([]),
}


@pytest.mark.parametrize("what", ALTERED)
def test_what_does_not_say_what_it_was_is_told(office: People, tmp_path: Path, what: str) -> None:
    home, copy, _ = parted(office, tmp_path)
    take_in(home, copy)
    entry = reissued(home)[0]
    envelope = json.loads(json.dumps(entry.change.envelope))
    assert reissue_fault(envelope) == ""
    ALTERED[what](envelope)
    assert reissue_fault(envelope) == "was"
    home.lock()


def test_old_words_given_out_as_new_ones_are_told(office: People) -> None:
    """An insider re-issues an entry that is here: by the hand of whoever wrote it, as if it were written last."""
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    made = new_record(home, "note", {"text": "long ago"}, case.case.uid)
    old = home.store.journal.named(made.changes.change_id)
    assert old is not None
    from avrr_desktop.store.journal.reissue import Reissue

    anew = Reissue(*home.store.fresh_chain()).again(old.change, old.change.envelope["clock"] + 9, {})
    home.store.journal.keep(anew)
    assert chain_fault(home.store.connection) == ChainFault(anew.change_id, "was")
    home.lock()


def test_words_that_saw_more_than_their_writer_are_told(office: People, tmp_path: Path) -> None:
    home, copy, _ = parted(office, tmp_path)
    seen = home.store.journal.newest_name()
    take_in(home, copy)
    entry = reissued(home)[-1]
    envelope = {**entry.change.envelope, "parents": [[seen] for _ in entry.change.envelope["parents"]]}
    digest = change.envelope_digest(envelope)
    envelope["signature"] = home.store.fresh_chain()[2].sign(digest)
    home.store.connection.execute(
        "UPDATE journal SET envelope=?, digest=? WHERE pk=?", (change.canonical(envelope), digest, entry.number)
    )
    assert chain_fault(home.store.connection) == ChainFault(entry.change.change_id, "was")
    home.lock()
