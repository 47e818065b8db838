"""What was written for the wrong person or in the wrong case goes where it belongs, and both histories say so."""

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.corrections import move_to_case, move_to_member
from avrr_desktop.operations.cases.history import history
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from tests.support.endings import close_case


@pytest.fixture
def other(workspace: Workspace) -> CaseFile:
    """Another case, of one person."""
    document = {"case": {"called": "Hoxha"}, "person": [{"family_name": "Hoxha", "given_names": "Besa"}]}
    return read_case(workspace, add_case_document(workspace, document).case)


def test_a_paper_goes_to_another_member(workspace: Workspace, family: CaseFile) -> None:
    paper, wife = family.papers[0], family.members[1].person.uid
    changes = move_to_member(workspace, family, paper, wife)
    assert [one.uid for one in read_case(workspace, family.case.uid).papers_of(wife)] == [paper.uid]
    undo(workspace, changes.change_id)
    assert read_case(workspace, family.case.uid).papers_of(wife) == ()


@pytest.mark.parametrize("kind", ["paper", "note"])
def test_a_record_goes_to_another_case_with_history_on_both_sides(
    workspace: Workspace, family: CaseFile, other: CaseFile, kind: str
) -> None:
    record = {"paper": family.papers[0], "note": family.notes[0]}[kind]
    person = other.members[0].person.uid
    changes = move_to_case(workspace, family, record, other, person)
    here, there = read_case(workspace, family.case.uid), read_case(workspace, other.case.uid)
    assert record.uid not in {one.uid for one in (*here.papers, *here.notes)}
    [moved] = {"paper": there.papers, "note": there.notes}[kind]
    assert moved.text("holder" if kind == "paper" else "person") == person
    for key in ("number", "doc_type", "text"):
        assert moved.text(key) == record.text(key)
    numbers = family.case.text("number"), other.case.text("number")
    assert numbers[1] in " ".join(history(workspace, family.case.uid)[0].details)
    assert numbers[0] in " ".join(history(workspace, other.case.uid)[0].details)
    undo(workspace, changes.change_id, *changes.together)
    here, there = read_case(workspace, family.case.uid), read_case(workspace, other.case.uid)
    assert record.uid in {one.uid for one in (*here.papers, *here.notes)}
    assert (there.papers, there.notes) == ((), ())
    assert tables_match(workspace.store)


def test_a_step_needs_a_service_and_leaves_its_links_behind(
    workspace: Workspace, family: CaseFile, other: CaseFile
) -> None:
    add_service(workspace, family, "identity_card", [family.members[0].person.uid])
    add_service(workspace, other, "legal_aid", [other.members[0].person.uid])
    family, other = read_case(workspace, family.case.uid), read_case(workspace, other.case.uid)
    step = next(one for one in family.steps if one.many("waits_for"))
    with pytest.raises(RefusedError):
        move_to_case(workspace, family, step, other, other.members[0].person.uid)
    assert read_case(workspace, family.case.uid).steps == family.steps
    move_to_case(workspace, family, step, other, other.members[0].person.uid, other.services[0].uid)
    moved = next(one for one in read_case(workspace, other.case.uid).steps if one.text("title") == step.text("title"))
    assert moved.many("waits_for") == ()
    assert moved.text("service") == other.services[0].uid


def test_nothing_goes_to_somebody_who_is_not_there(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    count = workspace.store.journal.count()
    with pytest.raises(RefusedError):
        move_to_case(workspace, family, family.papers[0], other, family.members[0].person.uid)
    with pytest.raises(RefusedError):
        move_to_member(workspace, family, family.papers[0], other.members[0].person.uid)
    with pytest.raises(RefusedError):
        move_to_member(workspace, family, family.members[0].person, "")
    assert workspace.store.journal.count() == count


def test_a_step_for_which_others_wait_stays_and_a_moved_record_moves_once(
    workspace: Workspace, family: CaseFile, other: CaseFile
) -> None:
    add_service(workspace, family, "identity_card", [family.members[0].person.uid])
    add_service(workspace, other, "legal_aid", [other.members[0].person.uid])
    family, other = read_case(workspace, family.case.uid), read_case(workspace, other.case.uid)
    needed = next(one for one in family.steps if one.text("template") == "RS.RESIDENCE")
    with pytest.raises(RefusedError, match="wait"):
        move_to_case(workspace, family, needed, other, "", other.services[0].uid)
    move_to_case(workspace, family, family.notes[0], other)
    with pytest.raises(RefusedError, match="in the meantime"):
        move_to_case(workspace, family, family.notes[0], other)
    close_case(workspace, other, "withdrew")
    with pytest.raises(RefusedError, match="closed"):
        move_to_case(workspace, family, family.papers[0], read_case(workspace, other.case.uid))


def test_a_step_that_goes_to_another_member_waits_for_that_members_steps(
    workspace: Workspace, family: CaseFile
) -> None:
    first, second = (member.person.uid for member in family.members[:2])
    add_service(workspace, family, "identity_card", [first])
    add_service(workspace, read_case(workspace, family.case.uid), "residence", [second])
    case_file = read_case(workspace, family.case.uid)
    card = next(one for one in case_file.steps if one.text("template") == "RS.ID")
    hers = next(
        one for one in case_file.steps if one.text("template") == "RS.RESIDENCE" and one.text("person") == second
    )
    move_to_member(workspace, case_file, card, second)
    moved = next(one for one in read_case(workspace, family.case.uid).steps if one.uid == card.uid)
    assert moved.many("waits_for") == (hers.uid,)


def test_a_service_that_goes_leaves_the_steps_that_another_one_needs(workspace: Workspace, family: CaseFile) -> None:
    child = family.members[2].person.uid
    add_service(workspace, family, "birth_registration", [child])
    add_service(workspace, read_case(workspace, family.case.uid), "paternity", [child])
    case_file = read_case(workspace, family.case.uid)
    first, second = case_file.services
    changes = remove_record(workspace, first, family.case.uid)
    left = read_case(workspace, family.case.uid)
    assert {one.text("template") for one in left.steps} == {"CR.INVENTORY", "CR.PATERNITY"}
    assert {one.text("service") for one in left.steps} == {second.uid}
    undo(workspace, changes.change_id)
    assert {one.uid for one in read_case(workspace, family.case.uid).steps} == {one.uid for one in case_file.steps}
    assert tables_match(workspace.store)
