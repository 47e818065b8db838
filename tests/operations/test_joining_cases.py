"""Two cases of one family become one, a family becomes two cases: by a decision, whole, and undone in one step."""

from collections.abc import Mapping

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import counted
from avrr_desktop.domain.case.joined import FIRST, SECOND
from avrr_desktop.domain.case.plans import latest
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.operations.cases.cases import read_case, read_case_by_number
from avrr_desktop.operations.cases.closing import reopen_case
from avrr_desktop.operations.cases.join.families import CasesDecision, SamePerson, join_cases, joined_case, left_over
from avrr_desktop.operations.cases.join.splitting import SplitDecision, divided, split_family
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.operations.cases.search import find, find_cases
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.protection.own_data import own_data
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.cases import CaseFilter
from tests.operations.test_joining import back, live, sound
from tests.support import stores
from tests.support.endings import close_case


@pytest.fixture
def other(workspace: Workspace, family: CaseFile) -> CaseFile:
    """A second case of the family: its first person once more, under another spelling, and a grandmother."""
    document = {
        "case": {"called": "Kalderaš", "municipality_of_return": "Leskovac", "external_refs": "DE-881"},
        "person": [
            {"ref": "m1", "family_name": "Kalderaš", "given_names": "Safet", "birth_date": "1984"},
            {"ref": "m2", "family_name": "Kalderaš", "given_names": "Razija", "birth_date": "1950"},
        ],
        "paper": [{"holder": "m1", "doc_type": "passport", "number": "P0099", "state": "held"}],
        "note": [{"text": "came with the evening bus"}, {"person": "m2", "text": "hears badly"}],
    }
    case_file = read_case(workspace, add_case_document(workspace, document).case)
    add_service(workspace, case_file, "identity_card", [one.person.uid for one in case_file.members])
    new_revision(workspace, case_file)
    return read_case(workspace, case_file.case.uid)


def decision(family: CaseFile, other: CaseFile, **further: object) -> CasesDecision:
    """Return what is decided: the second case stays the first one's double, and its first person is the first one's."""
    person = dict.fromkeys(("family_name", "given_names", "birth_date", "national_number", "sex"), FIRST)
    same = SamePerson(stays=family.members[0].person.uid, goes=other.members[0].person.uid, decided=person)
    values: dict[str, object] = {
        "principal": family.members[0].person.uid, "head": family.members[0].person.uid, "same": (same,),
        "decided": dict.fromkeys(CASE_KEYS, FIRST), "relationships": {other.members[1].person.uid: "mother"}, **further,
    }  # fmt: skip
    return CasesDecision(**values)  # type: ignore[arg-type]


CASE_KEYS = (
    "called", "municipality_of_return", "country_of_return", "host_country", "opened_on", "arrival_date", "departure_date", "programme",
    "donor", "direction", "officer", "return_type", "sub_unit",
)  # fmt: skip


def people(case_file: CaseFile) -> list[str]:
    """Return the given names of a case."""
    return [one.person.text("given_names") for one in case_file.members]


def test_everybody_and_everything_is_in_one_case_once(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    before = len(live(workspace)["step"]), len(live(workspace)["paper"])
    join_cases(workspace, family, other, decision(family, other))
    here, gone = (read_case(workspace, one.case.uid) for one in (family, other))
    assert people(here) == [*people(family), "Razija"] and gone.members == ()
    assert len({one.person.uid for one in here.members}) == len(here.members)
    assert [one.membership.text("role") for one in here.members].count("principal_applicant") == 1
    assert [one.membership.text("relationship") for one in here.members][-1] == "mother"
    assert [one.membership.yes("head_of_household") for one in here.members].count(True) == 1
    assert (len(live(workspace)["step"]), len(live(workspace)["paper"])) == before
    assert {one.uid for one in other.steps} <= {one.uid for one in here.steps} and gone.steps == ()
    moved = next(one for one in here.papers if one.text("number") == "P0099")
    assert moved.text("holder") == family.members[0].person.uid
    assert moved.text("moved_from") == other.case.text("number")
    assert {one.text("text") for one in here.notes} >= {"came with the evening bus", "hears badly"}
    assert here.case.text("external_refs") == "DE-881"
    assert sound(workspace)


def test_both_numbers_lead_to_the_case_and_it_counts_once(
    workspace: Workspace, family: CaseFile, other: CaseFile
) -> None:
    number = other.case.text("number")
    join_cases(workspace, family, other, decision(family, other))
    gone = read_case_by_number(workspace, number)
    assert gone.case.text("status") == "duplicate" and not counted(gone.case)
    assert gone.case.text("double_of") == family.case.text("number")
    assert joined_case(workspace, gone) == family.case.uid
    keys = workspace.store.reader.line_keys(CaseFilter())
    by_key = workspace.store.reader.lines_by_key(keys)
    assert family.case.uid in {by_key[key].uid for key in find_cases(workspace, number)}
    assert {hit.case.uid for hit in find(workspace, "Razija")} == {family.case.uid}


def test_one_step_undoes_it_all(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    before = live(workspace)
    back(workspace, join_cases(workspace, family, other, decision(family, other)))
    assert live(workspace) == before and sound(workspace)
    changes = join_cases(workspace, family, other, decision(family, other))
    assert sound(workspace)
    back(workspace, changes)
    assert live(workspace) == before


def test_a_record_that_was_there_before_comes_back_as_it_is_now(
    workspace: Workspace, family: CaseFile, other: CaseFile
) -> None:
    """Joined, undone, a value taken away, joined: nothing of the first time is left."""
    back(workspace, join_cases(workspace, family, other, decision(family, other)))
    paper = read_case(workspace, other.case.uid).papers[0]
    edit_record(workspace, paper, {"number": None, "remarks": "torn"}, other.case.uid)
    join_cases(workspace, family, read_case(workspace, other.case.uid), decision(family, other))
    moved = next(one for one in read_case(workspace, family.case.uid).papers if one.uid == paper.uid)
    assert moved.text("number") == "" and moved.text("remarks") == "torn" and moved.text("moved_to") == ""


def test_the_plan_in_force_stays_in_force(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    plan = new_revision(workspace, family).record
    join_cases(workspace, read_case(workspace, family.case.uid), other, decision(family, other))
    here = read_case(workspace, family.case.uid)
    newest = latest(here)
    assert newest is not None and newest.uid == plan
    assert sorted(one.whole("revision") for one in here.plans) == [1, 2]


def test_a_closed_double_is_emptied_as_a_late_entry(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    close_case(workspace, other, "duplicate", double_of=family.case.text("number"))
    closed = read_case(workspace, other.case.uid)
    assert left_over(workspace, closed) == 0, "it was closed as a double, and not joined"
    changes = join_cases(workspace, family, closed, decision(family, other))
    gone = read_case(workspace, other.case.uid)
    assert left_over(workspace, gone) == 0 and gone.members == () and gone.case.text("late_entry_because")
    assert not workspace.late_entries
    back(workspace, changes)
    assert people(read_case(workspace, other.case.uid)) == people(other) and sound(workspace)


def test_another_principal_leaves_relationships_open_that_nobody_said(
    workspace: Workspace, family: CaseFile, other: CaseFile
) -> None:
    grandmother = other.members[1].person.uid
    join_cases(workspace, family, other, decision(family, other, principal=grandmother, head="", relationships={}))
    here = read_case(workspace, family.case.uid)
    roles = {one.person.uid: one.membership for one in here.members}
    assert (
        roles[grandmother].text("role") == "principal_applicant" and roles[grandmother].text("relationship") == "self"
    )
    assert roles[family.members[0].person.uid].text("role") == "dependant"
    assert {one.text("relationship") for uid, one in roles.items() if uid != grandmother} == {""}
    assert not any(one.yes("head_of_household") for one in roles.values())


@pytest.mark.parametrize("what", ["principal", "head", "field"])
def test_what_is_not_decided_changes_nothing(
    workspace: Workspace, family: CaseFile, other: CaseFile, what: str
) -> None:
    before, count = live(workspace), workspace.store.journal.count()
    missing: Mapping[str, object] = {"principal": "", "head": "01", "field": {}}
    key = "decided" if what == "field" else what
    with pytest.raises(BadInputError):
        join_cases(workspace, family, other, decision(family, other, **{key: missing[what]}))
    assert live(workspace) == before and workspace.store.journal.count() == count


def test_what_is_refused_changes_nothing(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    with pytest.raises(RefusedError):
        join_cases(workspace, family, family, decision(family, other))
    close_case(workspace, family, "withdrew")
    closed = read_case(workspace, family.case.uid)
    with pytest.raises(RefusedError):
        join_cases(workspace, closed, other, decision(family, other))
    reopen_case(workspace, closed)
    restrict_processing(workspace, read_case(workspace, family.case.uid), "asked for it")
    before = live(workspace)
    with pytest.raises(RefusedError):
        join_cases(workspace, read_case(workspace, family.case.uid), other, decision(family, other))
    assert live(workspace) == before


def test_restricted_records_go_along_closed_and_only_with_the_key(
    workspace: Workspace, family: CaseFile, other: CaseFile
) -> None:
    workspace.hold_protection(stores.PROTECTION)
    values = {"person": other.members[1].person.uid, "kind": "disability", "what_was_said": "needs a chair"}
    new_record(workspace, "vulnerability", values, other.case.uid)
    other = read_case(workspace, other.case.uid)
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError):
        join_cases(workspace, family, other, decision(family, other))
    workspace.hold_protection(stores.PROTECTION)
    before = live(workspace)
    changes = join_cases(workspace, family, other, decision(family, other))
    [shown] = show_restricted(workspace, read_case(workspace, family.case.uid))
    assert shown.text("what_was_said") == "needs a chair"
    assert "needs a chair" not in str([entry.parts for entry in workspace.store.journal.all()])
    back(workspace, changes)
    after = live(workspace)
    assert {key: one for key, one in after.items() if key != "access"} == {
        key: one for key, one in before.items() if key != "access"
    }


def test_a_joined_case_leaves_as_a_document(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    join_cases(workspace, family, other, decision(family, other))
    document = case_document(workspace, read_case(workspace, family.case.uid))
    again = add_case_document(workspace, document)
    assert people(read_case(workspace, again.case)) == [*people(family), "Razija"]


def parted(family: CaseFile, *numbers: int, **further: object) -> SplitDecision:
    """Return that these members leave, the first of them as principal applicant."""
    leaving = [family.members[number].person.uid for number in numbers]
    values: dict[str, object] = {
        "leaving": leaving,
        "principal": leaving[0],
        "stays_principal": family.members[0].person.uid,
        **further,
    }
    return SplitDecision(**values)  # type: ignore[arg-type]


@pytest.fixture
def whole(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family with something about each kind: one person, several, all of them."""
    uids = [one.person.uid for one in family.members]
    add_service(workspace, family, "identity_card", uids[:3])
    for kind, values in (
        ("note", {"text": "about the wife", "person": uids[1]}), ("note", {"text": "about the family"}),
        ("referral", {"person": uids[1], "category": "HEALTH", "state": "draft"}), ("schooling", {"person": uids[2], "school": "OŠ Sveti Sava"}),
        ("paper", {"holder": uids[1], "doc_type": "passport", "number": "K55"}), ("contact", {"person": uids[1], "on": "2026-06-01"}),
    ):  # fmt: skip
        new_record(workspace, kind, values, family.case.uid)
    paper = next(one for one in read_case(workspace, family.case.uid).papers if one.text("number") == "K55")
    digest = {"name": "scan.png", "digest": "a" * 64, "size": 5, "media_type": "image/png", "paper": paper.uid}
    new_record(workspace, "file", digest, family.case.uid)
    return read_case(workspace, family.case.uid)


def test_what_is_about_those_who_leave_goes_with_them(workspace: Workspace, whole: CaseFile) -> None:
    before = live(workspace)
    new = split_family(workspace, whole, parted(whole, 1, 2))
    here, there = read_case(workspace, whole.case.uid), read_case(workspace, new.case)
    leaving = {whole.members[1].person.uid, whole.members[2].person.uid}
    assert {one.person.uid for one in there.members} == leaving
    assert not leaving & {one.person.uid for one in here.members}
    for case_file, inside in ((here, False), (there, True)):
        for paper in case_file.papers:
            assert (paper.text("holder") in leaving) is inside
        for step in case_file.steps:
            assert not step.text("person") or (step.text("person") in leaving) is inside
            assert step.text("service") in {one.uid for one in case_file.services}
            assert set(step.many("waits_for")) <= {one.uid for one in case_file.steps}
        for service in case_file.services:
            assert (set(service.many("persons")) <= leaving) is inside
    assert [one.text("text") for one in there.notes] == ["about the wife"]
    assert "about the family" in {one.text("text") for one in here.notes}
    assert [one.text("school") for one in there.schoolings] == ["OŠ Sveti Sava"]
    assert len(there.referrals) == 1 and len(there.contacts) == 1 and len(there.of_type("file")) == 1
    lengths = {
        key: (len(before[key]), len(live(workspace)[key]))
        for key in ("paper", "note", "referral", "contact", "file", "step", "person")
    }
    assert all(one == other for one, other in lengths.values()), lengths
    assert sound(workspace)


def test_a_step_no_longer_waits_for_one_that_left(workspace: Workspace, whole: CaseFile) -> None:
    first, second = (
        next(step for step in whole.steps if step.text("person") == whole.members[number].person.uid)
        for number in (0, 1)
    )
    edit_record(workspace, first, {"waits_for": (second.uid,)}, whole.case.uid)
    new = split_family(workspace, read_case(workspace, whole.case.uid), parted(whole, 1))
    here, there = read_case(workspace, whole.case.uid), read_case(workspace, new.case)
    [stays] = [step for step in here.steps if step.uid == first.uid]
    assert stays.many("waits_for") == () and second.uid in {step.uid for step in there.steps}


def test_both_cases_name_each_other_and_know_who_is_who(workspace: Workspace, whole: CaseFile) -> None:
    new = split_family(workspace, whole, parted(whole, 1, 2, relationships={whole.members[2].person.uid: "child"}))
    here, there = read_case(workspace, whole.case.uid), read_case(workspace, new.case)
    assert here.case.text("split_into") == new.number and there.case.text("split_from") == here.case.text("number")
    assert [one.membership.text("relationship") for one in there.members] == ["self", "child"]
    assert there.principal is not None and there.principal.person.uid == whole.members[1].person.uid
    assert there.case.text("country_of_return") == here.case.text("country_of_return")
    assert there.case.text("status") == "open"
    assert there.case.text("municipality_of_return_code") == here.case.text("municipality_of_return_code") != ""
    numbers = {one.number for one in own_data(workspace, whole.members[1].person.uid)}
    assert numbers == {here.case.text("number"), new.number}


def test_a_split_is_undone_in_one_step(workspace: Workspace, whole: CaseFile) -> None:
    before = live(workspace)
    changes = split_family(workspace, whole, parted(whole, 1, 2)).changes
    back(workspace, changes)
    assert live(workspace) == before and sound(workspace)


def test_the_principal_applicant_may_leave(workspace: Workspace, whole: CaseFile) -> None:
    second = whole.members[1].person.uid
    split_family(workspace, whole, parted(whole, 0, stays_principal=second))
    here = read_case(workspace, whole.case.uid)
    assert here.principal is not None and here.principal.person.uid == second and here.principal.is_principal


def test_what_is_about_the_family_is_copied_where_that_was_decided(workspace: Workspace, whole: CaseFile) -> None:
    found = divided(workspace, whole, [whole.members[1].person.uid])
    note = next(one for one in found.family if one.text("text") == "about the family")
    new = split_family(workspace, whole, parted(whole, 1, copied=[note.uid]))
    for case in (whole.case.uid, new.case):
        assert "about the family" in {one.text("text") for one in read_case(workspace, case).notes}


def test_a_split_that_says_nothing_is_refused(workspace: Workspace, whole: CaseFile) -> None:
    everybody = range(len(whole.members))
    for wrong in (
        parted(whole, *everybody), SplitDecision(leaving=[], principal="", stays_principal=""),
        parted(whole, 1, stays_principal=whole.members[1].person.uid), parted(whole, 1, principal=whole.members[0].person.uid),
    ):  # fmt: skip
        with pytest.raises(BadInputError):
            split_family(workspace, whole, wrong)
    close_case(workspace, whole, "withdrew")
    with pytest.raises(RefusedError):
        split_family(workspace, read_case(workspace, whole.case.uid), parted(whole, 1))


def test_restricted_records_of_a_split_family_go_with_whom_they_are_about(
    workspace: Workspace, whole: CaseFile
) -> None:
    workspace.hold_protection(stores.PROTECTION)
    for number, text in ((0, "stays here"), (1, "goes along")):
        values = {"person": whole.members[number].person.uid, "kind": "disability", "what_was_said": text}
        new_record(workspace, "vulnerability", values, whole.case.uid)
    whole = read_case(workspace, whole.case.uid)
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError):
        split_family(workspace, whole, parted(whole, 1))
    workspace.hold_protection(stores.PROTECTION)
    before = live(workspace)
    new = split_family(workspace, whole, parted(whole, 1))
    shown = [show_restricted(workspace, read_case(workspace, case)) for case in (whole.case.uid, new.case)]
    assert [[one.text("what_was_said") for one in some] for some in shown] == [["stays here"], ["goes along"]]
    back(workspace, new.changes)
    after = live(workspace)
    assert {**after, "access": []} == {**before, "access": []}


def test_a_split_family_is_joined_again(workspace: Workspace, whole: CaseFile) -> None:
    new = split_family(workspace, whole, parted(whole, 1, 2))
    here, there = read_case(workspace, whole.case.uid), read_case(workspace, new.case)
    everything = dict.fromkeys((*CASE_KEYS, "called"), FIRST)
    join_cases(workspace, here, there, CasesDecision(principal=whole.members[0].person.uid, decided=everything))
    again = read_case(workspace, whole.case.uid)
    assert {one.person.uid for one in again.members} == {one.person.uid for one in whole.members}
    assert {one.uid for one in again.papers} == {one.uid for one in whole.papers}
    assert {one.uid for one in again.steps} == {one.uid for one in whole.steps}
    assert sound(workspace)


def test_the_other_case_may_be_the_one_that_stays(workspace: Workspace, family: CaseFile, other: CaseFile) -> None:
    person = dict.fromkeys(("family_name", "given_names", "birth_date", "national_number", "sex"), SECOND)
    same = SamePerson(stays=other.members[0].person.uid, goes=family.members[0].person.uid, decided=person)
    wanted = decision(family, other, principal=other.members[0].person.uid, head="", same=(same,),
                      decided=dict.fromkeys(CASE_KEYS, SECOND))  # fmt: skip
    join_cases(workspace, other, family, wanted)
    here = read_case(workspace, other.case.uid)
    assert here.case.text("called") == family.case.text("called") and len(here.members) == len(family.members) + 1
    assert family.case.text("number") in here.case.text("former_numbers").split()
    assert sound(workspace)
