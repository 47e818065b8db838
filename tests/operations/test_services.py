"""Services in a case: proposed by situations, linked in any order, kept as they were when the pack changes."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.procedure.steps import Standing
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import (
    accept_proposals,
    add_service,
    differences,
    move_step,
    proposals,
    take_over,
)
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.office.pack_office import change_template, confirm
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match

Graph = dict[tuple[str, str], tuple[frozenset[tuple[str, str]], ...]]
COUPLE = {
    "case": {"called": "Bytyqi", "country_of_return": "XK"},
    "person": [{"family_name": "Bytyqi", "given_names": name} for name in ("Agim", "Mimoza", "Ardita", "Luan")],
    "membership": [
        {"person": f"m{number}", "position": number, "relationship": relation, "role": "dependant"}
        for number, relation in enumerate(("self", "spouse", "daughter", "son"), 1)
    ],
}


@pytest.fixture
def couple(workspace: Workspace) -> CaseFile:
    """Two parents and two children."""
    return read_case(workspace, add_case_document(workspace, COUPLE).case)


def graph(workspace: Workspace, case_file: CaseFile) -> Graph:
    names = {step.uid: (workspace.pack.root(step.text("template")), step.text("person")) for step in case_file.steps}
    return {
        names[step.uid]: tuple(
            frozenset(names[uid] for uid in step.many(key)) for key in ("waits_for", "waits_for_any", "helped_by")
        )
        for step in case_file.steps
    }


def test_the_order_in_which_services_are_added_does_not_matter(workspace: Workspace) -> None:
    found: list[Graph] = []
    for order in permutations(("birth_registration", "paternity", "identity_card", "health_insurance")):
        case_file = read_case(workspace, add_case_document(workspace, COUPLE).case)
        people = {member.person.uid: member.person.text("given_names") for member in case_file.members}
        uid = {name: key for key, name in people.items()}
        chosen: dict[str, Sequence[str]] = {
            "birth_registration": [uid["Ardita"], uid["Luan"]], "paternity": [uid["Ardita"]],
            "identity_card": [uid["Agim"]], "health_insurance": [uid["Agim"], uid["Ardita"]],
        }  # fmt: skip
        for service in order:
            add_service(workspace, read_case(workspace, case_file.case.uid), service, chosen[service])
        made = graph(workspace, read_case(workspace, case_file.case.uid))
        found.append({
            (key, people.get(person, "")): tuple(frozenset((one, people.get(who, "")) for one, who in part) for part in parts)
            for (key, person), parts in made.items()
        })  # fmt: skip
    assert all(one == found[0] for one in found)
    birth = found[0][("CR.BIRTH_ENTRY", "Ardita")]
    assert birth[0] == {("CR.TRANSLATE", "Ardita")}
    assert birth[1] == {("CR.PATERNITY", "Ardita")}
    assert ("CR.ID_CARD", "Agim") in birth[2], "the parents' papers come before the child's"
    assert tables_match(workspace.store)


def test_a_step_that_is_there_is_not_made_twice(workspace: Workspace, couple: CaseFile) -> None:
    child = couple.members[2].person.uid
    add_service(workspace, couple, "birth_registration", [child])
    add_service(workspace, read_case(workspace, couple.case.uid), "legalisation", [child])
    steps = read_case(workspace, couple.case.uid).steps
    assert len([step for step in steps if step.text("template") == "CR.LEGALISE"]) == 1
    assert len([step for step in steps if step.text("template") == "CR.INVENTORY"]) == 1


def test_a_country_has_its_own_step_and_its_place_in_the_graph(workspace: Workspace, couple: CaseFile) -> None:
    add_service(workspace, couple, "birth_registration", [couple.members[2].person.uid])
    case_file = read_case(workspace, couple.case.uid)
    birth = next(view for view in case_file.step_views() if view.step.text("template") == "XK.BIRTH_DOCS")
    assert birth.standing is Standing.BLOCKED
    assert [step.text("template") for step in birth.blockers] == ["CR.TRANSLATE"]


def test_ticked_situations_propose_services_for_whom_they_were_ticked(workspace: Workspace, couple: CaseFile) -> None:
    assert proposals(workspace, couple) == ()
    for member in couple.members[2:]:
        edit_record(
            workspace, member.membership, {"situations": ["SIT_BIRTH_ABROAD", "SIT_SCHOOL_AGE"]}, couple.case.uid
        )
    case_file = read_case(workspace, couple.case.uid)
    found = proposals(workspace, case_file)
    children = tuple(member.person.uid for member in couple.members[2:])
    assert {(one.service.key, one.people) for one in found} == {
        ("birth_registration", children), ("school_enrolment", children),
    }  # fmt: skip
    changes = accept_proposals(workspace, case_file, found)
    case_file = read_case(workspace, couple.case.uid)
    assert proposals(workspace, case_file) == ()
    assert {service.text("template") for service in case_file.services} == {"birth_registration", "school_enrolment"}
    undo(workspace, changes.change_id)
    assert read_case(workspace, couple.case.uid).steps == ()


def test_school_waits_for_no_paper(workspace: Workspace, couple: CaseFile) -> None:
    add_service(workspace, couple, "birth_registration", [couple.members[2].person.uid])
    add_service(workspace, read_case(workspace, couple.case.uid), "school_enrolment", [couple.members[2].person.uid])
    views = read_case(workspace, couple.case.uid).step_views()
    enrol = next(view for view in views if workspace.pack.root(view.step.text("template")) == "SE.ENROL")
    assert enrol.standing is Standing.CAN_START


def test_a_case_keeps_what_it_began_with_until_somebody_takes_the_new_over(
    workspace: Workspace, couple: CaseFile
) -> None:
    add_service(workspace, couple, "identity_card", [couple.members[0].person.uid])
    case_file = read_case(workspace, couple.case.uid)
    step = next(item for item in case_file.steps if item.text("template") == "XK.ID")
    assert differences(workspace, case_file, step) == ()
    change_template(workspace, "XK.ID", {"title": "Get the identity card at the municipality"})
    confirm(workspace, "XK.ID")
    case_file = read_case(workspace, couple.case.uid)
    kept = next(item for item in case_file.steps if item.uid == step.uid)
    assert kept.text("title") == step.text("title"), "nothing is applied silently"
    found = {item.field: (item.kept, item.now) for item in differences(workspace, case_file, kept)}
    assert found["title"] == (step.text("title"), "Get the identity card at the municipality")
    assert found["verification_status"] == ("unverified_default", "confirmed")
    changes = take_over(workspace, case_file, kept)
    case_file = read_case(workspace, couple.case.uid)
    fresh = next(item for item in case_file.steps if item.uid == step.uid)
    assert fresh.text("title") == "Get the identity card at the municipality"
    assert fresh.whole("template_version") > step.whole("template_version")
    with pytest.raises(RefusedError):
        take_over(workspace, case_file, fresh)
    undo(workspace, changes.change_id)
    assert differences(workspace, case_file, kept)


def test_a_finished_step_is_never_offered_a_change(workspace: Workspace, couple: CaseFile) -> None:
    add_service(workspace, couple, "identity_card", [couple.members[0].person.uid])
    case_file = read_case(workspace, couple.case.uid)
    step = next(item for item in case_file.steps if item.text("template") == "XK.ID")
    confirm(workspace, "XK.ID")
    assert differences(workspace, case_file, step)
    move_step(workspace, case_file, step.uid, "done")
    case_file = read_case(workspace, couple.case.uid)
    assert differences(workspace, case_file, next(item for item in case_file.steps if item.uid == step.uid)) == ()
