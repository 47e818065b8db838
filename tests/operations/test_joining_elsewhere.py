"""Joined in an office of many: two people close, another copy takes it in, a journey joins nothing, and figures count once."""

import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import FIRST, differences
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import add_member, open_case, read_case
from avrr_desktop.operations.cases.closing import approve_closing, closing_asked
from avrr_desktop.operations.cases.join.families import (
    CasesDecision,
    SamePerson,
    join_cases,
    left_over,
    take_over_later,
)
from avrr_desktop.operations.cases.join.people import join_people
from avrr_desktop.operations.cases.join.splitting import SplitDecision, split_family
from avrr_desktop.operations.exchange.journey import merge_journey, take_along, take_in
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.quarantine import Quarantine
from tests.operations.test_joining import back, live
from tests.support import office_with_keys, stores
from tests.support.journals import dump
from tests.support.office_with_keys import FOUNDER, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    """Officers with passphrases of their own."""
    return office_with_keys.office(tmp_path / "office.avrr")


def two_cases(workspace: Workspace) -> tuple[CaseFile, CaseFile]:
    """Return a family, and a case of its first person and one more."""
    family = stores.family(workspace)
    other = open_case(
        workspace, {"called": "Kalderaš"}, [({"family_name": "Kalderaš", "given_names": "Marko"}, {})]
    ).case
    add_member(workspace, read_case(workspace, other), {"given_names": "Razija"}, {"relationship": "mother"})
    holder = read_case(workspace, other).members[1].person.uid
    new_record(workspace, "paper", {"holder": holder, "doc_type": "identity_card", "number": "P 1"}, other)
    return read_case(workspace, family.case.uid), read_case(workspace, other)


def everything_first(stays: CaseFile, goes: CaseFile) -> CasesDecision:
    """Return the decision by which everything stays as the first case has it."""
    one, other = stays.members[0].person, goes.members[0].person
    same = SamePerson(
        stays=one.uid, goes=other.uid, decided={each.field.key: FIRST for each in differences(one, other)}
    )
    decided = {each.field.key: FIRST for each in differences(stays.case, goes.case)}
    return CasesDecision(principal=one.uid, decided=decided, same=(same,))


def test_where_two_people_close_the_emptied_case_is_asked_to_be_closed(office: People) -> None:
    worker = office.at_work(WORKER)
    stays, goes = two_cases(worker)
    changes = join_cases(worker, stays, goes, everything_first(stays, goes))
    emptied = read_case(worker, goes.case.uid)
    assert emptied.running and closing_asked(emptied) and emptied.members == ()
    undo(worker, changes.change_id, *changes.together)
    assert not closing_asked(read_case(worker, goes.case.uid)) and len(read_case(worker, goes.case.uid).members) == 2
    join_cases(
        worker, read_case(worker, stays.case.uid), read_case(worker, goes.case.uid), everything_first(stays, goes)
    )
    worker.lock()
    founder = office.at_work(FOUNDER)
    approve_closing(founder, read_case(founder, goes.case.uid))
    closed = read_case(founder, goes.case.uid).case
    assert (closed.text("status"), closed.text("double_of")) == ("duplicate", stays.case.text("number"))
    assert check_store(founder).sound
    founder.lock()


def test_another_copy_brings_a_join_and_a_split_and_nothing_waits(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    stays, goes = two_cases(home)
    third = open_case(home, {"called": "third"}, [({"given_names": "Marko"}, {}), ({"given_names": "Ana"}, {})]).case
    home.lock()
    copy = Path(shutil.copytree(office.folder, tmp_path / "copy.avrr"))
    at = People(copy, office.founder).at_work(WORKER)
    join_cases(at, stays, goes, everything_first(stays, goes))
    leaves = read_case(at, third).members[1].person.uid
    stay = read_case(at, third).members[0].person
    split_family(at, read_case(at, third), SplitDecision(leaving=[leaves], principal=leaves, stays_principal=stay.uid))
    both = read_case(at, stays.case.uid).members[0].person
    join_people(at, both.uid, stay.uid, {each.field.key: FIRST for each in differences(both, stay)})
    there = dump(at)
    at.lock()
    home = office.at_work(FOUNDER)
    taken = take_in(home, copy)
    assert taken.refused == 0 and not Quarantine(home.store.connection).waiting()
    assert [one for one in dump(home) if '"accesses"' not in one] == [one for one in there if '"accesses"' not in one]
    assert check_store(home).sound
    home.lock()


def test_nothing_is_joined_on_a_journey_and_what_it_brings_for_a_joined_record_is_kept(
    office: People, tmp_path: Path
) -> None:
    home = office.at_work(FOUNDER)
    stays, goes = two_cases(home)
    journey = take_along(home, [stays.case.uid, goes.case.uid], tmp_path, office.everybody)
    decision = everything_first(stays, goes)
    join_cases(home, stays, goes, decision)
    home.lock()
    at = People(journey, office.founder).at_work(WORKER)
    with pytest.raises(RefusedError):
        join_cases(at, read_case(at, stays.case.uid), read_case(at, goes.case.uid), decision)
    there = read_case(at, goes.case.uid)
    edit_record(at, there.members[0].person, {"occupation": "baker", "phone": "044 1"}, goes.case.uid)
    edit_record(at, there.papers[0], {"number": "P 77", "remarks": "seen on the way"}, goes.case.uid)
    new_record(
        at, "paper", {"holder": there.members[0].person.uid, "doc_type": "other", "number": "on the way"}, goes.case.uid
    )
    add_member(at, there, {"given_names": "Baby"}, {})
    at.lock()
    home = office.at_work(FOUNDER)
    moved = next(one for one in read_case(home, stays.case.uid).papers if one.uid == there.papers[0].uid)
    edit_record(home, moved, {"number": "P 88"}, stays.case.uid)
    taken = merge_journey(home, journey)
    assert taken.joined_meanwhile == (goes.case.text("number"),)
    assert goes.case.text("number") in taken.told(home.words)
    before = live(home)
    changes = take_over_later(home, read_case(home, goes.case.uid))
    here = read_case(home, stays.case.uid)
    person = here.members[0].person
    assert person.text("occupation") == "baker" and "Baby" in [one.person.text("given_names") for one in here.members]
    paper = next(one for one in here.papers if one.uid == moved.uid)
    assert (paper.text("number"), paper.text("remarks")) == ("P 88", "seen on the way"), "what was changed here stays"
    assert any("P 77" in one.text("text") for one in here.notes), "and the other value is in a note"
    assert [one.text("holder") for one in here.papers if one.text("number") == "on the way"] == [person.uid]
    assert left_over(home, read_case(home, goes.case.uid)) == 0 and check_store(home).sound
    with pytest.raises(RefusedError):
        take_over_later(home, read_case(home, goes.case.uid))
    back(home, changes)
    after = live(home)
    for cases in (before, after):
        for _, _, values in cases["case"]:
            values.pop("late_entry_because", None)
    assert after == before
    home.lock()


def counted(workspace: Workspace) -> tuple[int, int]:
    """Return the cases and persons of the half-year."""
    table = cases_by_country(workspace, "2026-01-01", "2026-07-01")
    return table.cases, table.persons


def test_figures_count_a_joined_family_once_and_a_split_one_as_two_cases(workspace: Workspace) -> None:
    stays, goes = two_cases(workspace)
    before = counted(workspace)
    changes = join_cases(workspace, stays, goes, everything_first(stays, goes))
    assert counted(workspace) == (before[0] - 1, before[1] - 1)
    back(workspace, changes)
    assert counted(workspace) == before
    leaves = stays.members[1].person.uid
    decision = SplitDecision(leaving=[leaves], principal=leaves, stays_principal=stays.members[0].person.uid)
    new = split_family(workspace, read_case(workspace, stays.case.uid), decision)
    assert counted(workspace) == (before[0] + 1, before[1])
    back(workspace, new.changes)
    assert counted(workspace) == before


def test_a_rebuild_gives_the_same(workspace: Workspace) -> None:
    stays, goes = two_cases(workspace)
    join_cases(workspace, stays, goes, everything_first(stays, goes))
    before = live(workspace)
    workspace.store.rebuild()
    assert live(workspace) == before
