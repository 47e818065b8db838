"""Undo appends the inverse; it never takes back what somebody else wrote since."""

from collections.abc import Callable

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.cases.cases import add_member, open_case
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.endings import close_case
from tests.support.journals import dump, person


def fresh(workspace: Workspace, case: CaseFile) -> CaseFile:
    """Return the case as it stands now."""
    return workspace.store.reader.case_file(case.case.uid)


def content(case: CaseFile) -> object:
    """Return what a case says, without what is counted up by every save."""
    groups = (case.papers, case.services, case.steps, case.notes, case.contacts)
    people = [(member.person.values, member.membership.values) for member in case.members]
    return case.case.values, people, [{record.uid: record.values for record in group} for group in groups]


def test_a_set_goes_back_to_the_values_before(workspace: Workspace, family: CaseFile) -> None:
    luka = family.members[3].person
    before = content(family)
    done = edit_record(workspace, luka, {"birth_date": "2019-05-12", "phone": "1", "sex": None}, family.case.uid)
    assert done and content(fresh(workspace, family)) != before
    undo(workspace, done.change_id)
    assert content(fresh(workspace, family)) == before


@pytest.mark.parametrize(
    ("kind", "values"), [("paper", {"number": "7"}), ("note", {"text": "x"}), ("contact", {"summary": "y"})]
)
def test_an_addition_is_taken_out_again(
    workspace: Workspace, family: CaseFile, kind: str, values: dict[str, object]
) -> None:
    before = content(family)
    made = new_record(workspace, kind, values, family.case.uid)
    assert content(fresh(workspace, family)) != before
    undo(workspace, made.changes.change_id)
    assert content(fresh(workspace, family)) == before
    assert workspace.store.reader.is_removed(kind, made.record, family.case.uid)


@pytest.mark.parametrize("group", ["papers", "notes"])
def test_a_removal_is_brought_back(workspace: Workspace, family: CaseFile, group: str) -> None:
    record = getattr(family, group)[0]
    before = content(family)
    removed = remove_record(workspace, record, family.case.uid)
    assert content(fresh(workspace, family)) != before
    undo(workspace, removed.change_id)
    assert content(fresh(workspace, family)) == before


MANY_PARTS: dict[str, Callable[[Workspace, CaseFile], Changes]] = {
    "a member": lambda w, case: add_member(w, case, {"family_name": "Нова"}, {}).changes,
    "a service": lambda w, case: add_service(w, case, "birth_registration", [case.members[0].person.uid]),
}


@pytest.mark.parametrize("what", MANY_PARTS)
def test_what_came_as_one_goes_and_comes_back_as_one(workspace: Workspace, family: CaseFile, what: str) -> None:
    before = content(family)
    done = MANY_PARTS[what](workspace, family)
    with_it = content(fresh(workspace, family))
    assert with_it != before
    undone = undo(workspace, done.change_id)
    assert content(fresh(workspace, family)) == before
    undo(workspace, undone.change_id)
    assert content(fresh(workspace, family)) == with_it
    assert tables_match(workspace.store)


def test_a_removed_service_comes_back_with_its_steps(workspace: Workspace, family: CaseFile) -> None:
    add_service(workspace, family, "birth_registration", [family.members[0].person.uid])
    before = content(fresh(workspace, family))
    removed = remove_record(workspace, fresh(workspace, family).services[0], family.case.uid)
    assert not fresh(workspace, family).steps
    undo(workspace, removed.change_id)
    assert content(fresh(workspace, family)) == before


DECISIONS: dict[str, Callable[[Workspace, CaseFile], Changes]] = {
    "a closed case": lambda w, case: close_case(w, case, "completed"),
    "a moved step": lambda w, case: move_step(w, case, case.steps[0].uid, "done"),
}


@pytest.mark.parametrize("what", DECISIONS)
def test_a_decision_goes_back(workspace: Workspace, family: CaseFile, what: str) -> None:
    add_service(workspace, family, "birth_registration", [family.members[0].person.uid])
    now = fresh(workspace, family)
    done = DECISIONS[what](workspace, now)
    assert content(fresh(workspace, family)) != content(now)
    undo(workspace, done.change_id)
    assert content(fresh(workspace, family)) == content(now)


def test_an_opened_case_disappears_with_everything_and_comes_back(workspace: Workspace, family: CaseFile) -> None:
    made = open_case(workspace, {"host_country": "BE"}, [({"family_name": "Zogaj"}, {}), ({"family_name": "Z"}, {})])
    before = content(workspace.store.reader.case_file(made.case))
    undone = undo(workspace, made.changes.change_id)
    with pytest.raises(NotFoundError):
        workspace.store.reader.case_file(made.case)
    assert check_store(workspace).cases == 1
    undo(workspace, undone.change_id)
    assert content(workspace.store.reader.case_file(made.case)) == before
    assert check_store(workspace).sound


def test_the_undo_of_an_undo_brings_the_value_back(workspace: Workspace, family: CaseFile) -> None:
    marko = family.members[0].person
    done = edit_record(workspace, marko, {"phone": "1"}, family.case.uid)
    assert done
    name, shown = done.change_id, []
    for _ in range(4):
        name = undo(workspace, name).change_id
        shown.append(person(workspace, marko.uid).values.get("phone"))
    assert shown == [None, "1", None, "1"]
    assert not person(workspace, marko.uid).conflicts


def test_undo_is_an_entry_like_any_other(workspace: Workspace, family: CaseFile) -> None:
    made = new_record(workspace, "note", {"text": "x"}, family.case.uid)
    count = workspace.store.journal.count()
    undone = undo(workspace, made.changes.change_id)
    assert workspace.store.journal.count() == count + 1
    entry = workspace.store.journal.named(undone.change_id)
    assert entry and entry.change.envelope["actor"] == workspace.actor
    assert entry.change.envelope["parents"] == [[made.changes.change_id]]
    assert chain_fault(workspace.store.connection) is None


def test_what_another_officer_changed_since_stays_and_the_reason_names_them(
    workspace: Workspace, family: CaseFile
) -> None:
    marko = family.members[0].person
    done = edit_record(workspace, marko, {"phone": "1"}, family.case.uid)
    made = new_record(workspace, "officer", {"name": "Besa Krasniqi", "initials": "BK", "role": "case_worker"})
    first, workspace.officer = workspace.officer, workspace.store.reader.record("officer", made.record)
    edit_record(workspace, person(workspace, marko.uid), {"phone": "2"}, family.case.uid)
    workspace.officer = first
    before, count = dump(workspace), workspace.store.journal.count()
    assert done
    with pytest.raises(RefusedError) as refused:
        undo(workspace, done.change_id)
    assert refused.value.values == {"officer": "BK"}
    assert "Nothing was changed" in refused.value.hint
    assert (dump(workspace), workspace.store.journal.count()) == (before, count)


def test_one_changed_part_refuses_the_whole_undo(workspace: Workspace, family: CaseFile) -> None:
    added = add_service(workspace, family, "birth_registration", [family.members[0].person.uid])
    now = fresh(workspace, family)
    moved = move_step(workspace, now, now.steps[0].uid, "done")
    before = dump(workspace)
    with pytest.raises(RefusedError):
        undo(workspace, added.change_id)
    assert dump(workspace) == before
    undo(workspace, moved.change_id)
    undo(workspace, added.change_id)
    assert not fresh(workspace, family).services


def test_an_addition_can_be_undone_once_its_edits_are_undone(workspace: Workspace, family: CaseFile) -> None:
    made = new_record(workspace, "paper", {"number": "7"}, family.case.uid)
    record = workspace.store.reader.record("paper", made.record, family.case.uid)
    assert record
    done = edit_record(workspace, record, {"number": "8", "remarks": "x"}, family.case.uid)
    assert done
    with pytest.raises(RefusedError):
        undo(workspace, made.changes.change_id)
    undo(workspace, done.change_id)
    undo(workspace, made.changes.change_id)
    assert workspace.store.reader.is_removed("paper", made.record, family.case.uid)


def test_what_is_gone_or_back_already_is_not_undone_twice(workspace: Workspace, family: CaseFile) -> None:
    made = new_record(workspace, "note", {"text": "x"}, family.case.uid)
    undone = undo(workspace, made.changes.change_id)
    with pytest.raises(RefusedError):
        undo(workspace, made.changes.change_id)
    undo(workspace, undone.change_id)
    with pytest.raises(RefusedError):
        undo(workspace, undone.change_id)


def test_the_value_before_may_have_been_written_in_another_case(workspace: Workspace, family: CaseFile) -> None:
    marko = family.members[0].person.uid
    other = open_case(workspace, {}, known=marko).case
    edit_record(workspace, person(workspace, marko), {"phone": "written in the other case"}, other)
    done = edit_record(workspace, person(workspace, marko), {"phone": "1"}, family.case.uid)
    assert done
    undo(workspace, done.change_id)
    assert person(workspace, marko).text("phone") == "written in the other case"


def test_an_entry_that_is_not_there_is_not_undone(workspace: Workspace, family: CaseFile) -> None:
    with pytest.raises(NotFoundError):
        undo(workspace, "01JZZZZZZZZZZZZZZZZZZZZZZZ.1.1")
