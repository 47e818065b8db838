"""A family in one act: one Change, undone in one step; facts propose situations, and add none."""

from typing import Any

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.services import accept_proposals, proposals
from avrr_desktop.operations.imports.intake import (
    Arrival,
    add_family,
    open_family,
    return_country,
    services_of,
    situations_of,
    situations_of_member,
)
from avrr_desktop.operations.session.drafts import draft_of, keep_draft
from avrr_desktop.operations.session.records import new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace

ABROAD, SCHOOL = "SIT_BIRTH_ABROAD", "SIT_SCHOOL_AGE"


def arrival(given: str, born: str, place: str = "AL", relationship: str = "", *ticked: str, **more: Any) -> Arrival:
    membership: dict[str, Any] = {"relationship": relationship} if relationship else {}
    if ticked:
        membership["situations"] = ticked
    person = {"given_names": given, "family_name": "Krasniqi", "birth_date": born, "birth_country": place}
    return Arrival(person=person, membership=membership, **more)


FAMILY = (
    arrival("Agim", "1984-05-14"),
    arrival("Mimoza", "1988-11-02", "AL", "spouse"),
    arrival("Ardita", "2015-03-09", "BE", "daughter", ABROAD, schooling={"grade_abroad": "4"}),
    arrival("Besnik", "2019-08-21", "BE", "son", ABROAD, SCHOOL, missing=("passport",)),
    arrival("Elira", "2018-01-30", "AL", "daughter", SCHOOL),
)


def codes(workspace: Workspace, one: Arrival, return_to: str = "AL") -> list[str]:
    return [situation.key for situation in situations_of(workspace, one, return_to)]


def test_a_family_is_one_change_with_its_services_and_its_draft_and_one_undo_takes_it_back(
    workspace: Workspace,
) -> None:
    keep_draft(workspace, "new case", "", "case", "", {"rows": []}, ())
    entries = workspace.store.journal.count()
    made = open_family(workspace, {}, FAMILY, ["birth_registration", "school_enrolment"], draft="new case")
    assert workspace.store.journal.count() == entries + 1
    case_file = read_case(workspace, made.case)
    names = [member.person.text("given_names") for member in case_file.members]
    assert names == ["Agim", "Mimoza", "Ardita", "Besnik", "Elira"]
    assert [member.membership.text("role") for member in case_file.members[:2]] == ["principal_applicant", "dependant"]
    assert case_file.case.text("called") == "Krasniqi"
    people = {member.person.uid: member.person.text("given_names") for member in case_file.members}
    served = {one.text("template"): [people[uid] for uid in one.many("persons")] for one in case_file.services}
    assert served == {"birth_registration": ["Ardita", "Besnik"], "school_enrolment": ["Besnik", "Elira"]}
    assert [(paper.text("doc_type"), people[paper.text("holder")]) for paper in case_file.papers] == [
        ("passport", "Besnik")
    ]
    assert [one.text("grade_abroad") for one in case_file.schoolings] == ["4"]
    birth = next(step for step in case_file.steps if step.text("root") == "CR.BIRTH_ENTRY")
    assert birth.many("waits_for"), "its steps know each other as they do when they are added later"
    assert draft_of(workspace, "new case") is None
    undo(workspace, made.changes.change_id)
    with pytest.raises(NotFoundError):
        read_case(workspace, made.case)


def test_the_steps_are_those_that_come_when_the_services_are_added_later(workspace: Workspace) -> None:
    at_once = read_case(workspace, open_family(workspace, {}, FAMILY, ["birth_registration"]).case)
    case = open_family(workspace, {}, FAMILY).case
    wanted = [
        one for one in proposals(workspace, read_case(workspace, case)) if one.service.key == "birth_registration"
    ]
    accept_proposals(workspace, read_case(workspace, case), wanted)

    def shape(case_file: CaseFile) -> list[tuple[str, int, int]]:
        return [
            (step.text("root"), len(step.many("waits_for")), len(step.many("helped_by"))) for step in case_file.steps
        ]

    assert shape(at_once) == shape(read_case(workspace, case)) != []


def test_nothing_is_added_that_nobody_asked_for(workspace: Workspace) -> None:
    made = read_case(workspace, open_family(workspace, {}, FAMILY).case)
    assert made.services == () and made.steps == ()
    plain = arrival("Ardita", "2015-03-09", "BE", "daughter")
    assert codes(workspace, plain) == [ABROAD, SCHOOL]
    made = read_case(workspace, open_family(workspace, {}, [plain], ["birth_registration"]).case)
    assert made.members[0].membership.many("situations") == ()
    assert made.services == (), "a service for nobody"


def test_a_case_without_anybody_is_opened_by_a_name_and_not_without_one(workspace: Workspace) -> None:
    made = read_case(workspace, open_family(workspace, {"called": "Door 14"}, []).case)
    assert made.case.text("called") == "Door 14" and made.members == ()
    with pytest.raises(BadInputError):
        open_family(workspace, {}, [])


@pytest.mark.parametrize("change, proposed", [
    ({}, [ABROAD, SCHOOL]),
    ({"place": "AL"}, [SCHOOL]),
    ({"place": ""}, [SCHOOL]),
    ({"born": "2025-03-09"}, [ABROAD]),
    ({"born": "1990"}, []),
    ({"born": ""}, []),
    ({"ticked": ABROAD}, [SCHOOL]),
    ({"schooling": {"school": "9-vjeçare Edith Durham"}}, [ABROAD]),
    ({"schooling": {"grade_abroad": "4"}}, [ABROAD, SCHOOL]),
    ({"missing": ("passport",)}, [ABROAD, "SIT_PASSPORT_MISSING", SCHOOL]),
    ({"return_to": ""}, [SCHOOL]),
    ({"return_to": "BE"}, [SCHOOL]),
])  # fmt: skip
def test_facts_propose_what_the_pack_says_they_do(
    workspace: Workspace, change: dict[str, Any], proposed: list[str]
) -> None:
    said = {"born": "2015-03-09", "place": "BE", "ticked": "", "return_to": "AL", **change}
    more = {key: value for key, value in change.items() if key in ("schooling", "missing")}
    ticked = [said["ticked"]] if said["ticked"] else []
    one = arrival("Ardita", said["born"], said["place"], "daughter", *ticked, **more)
    assert codes(workspace, one, said["return_to"]) == proposed


def test_a_member_is_proposed_for_by_papers_and_school_too(workspace: Workspace) -> None:
    made = open_family(workspace, {}, [arrival("Ardita", "2015-03-09", "BE")])

    def now() -> list[str]:
        case_file = read_case(workspace, made.case)
        return [one.key for one in situations_of_member(workspace, case_file, case_file.members[0])]

    assert now() == [ABROAD, SCHOOL]
    holder = read_case(workspace, made.case).members[0].person.uid
    entry = {"holder": holder, "doc_type": "birth_certificate_national", "state": "held"}
    new_record(workspace, "paper", entry, made.case)
    assert now() == [SCHOOL]
    new_record(workspace, "schooling", {"person": holder, "school": "Edith Durham"}, made.case)
    assert now() == []


def test_services_are_proposed_for_whoever_has_the_situation(workspace: Workspace) -> None:
    assert [(service.key, places) for service, places in services_of(workspace, FAMILY)] == [
        ("birth_registration", (2, 3)), ("school_enrolment", (3, 4)),
    ]  # fmt: skip


def test_people_are_added_to_a_case_in_one_act(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    positions = [member.membership.whole("position") for member in family.members]
    changes = add_family(workspace, family, FAMILY[2:4], ["school_enrolment"])
    added = read_case(workspace, case)
    assert [one.person.text("given_names") for one in added.members[len(positions) :]] == ["Ardita", "Besnik"]
    assert [one.membership.whole("position") for one in added.members] == [
        *positions,
        max(positions) + 1,
        max(positions) + 2,
    ]
    assert [one.membership.text("role") for one in added.members[len(positions) :]] == ["dependant", "dependant"]
    undo(workspace, changes.change_id)
    assert len(read_case(workspace, case).members) == len(positions)


def test_somebody_of_the_store_becomes_a_member_and_is_not_written_down_twice(workspace: Workspace) -> None:
    old = read_case(workspace, open_family(workspace, {}, FAMILY[:2]).case)
    mimoza = old.members[1].person.uid
    people = workspace.store.connection.execute("select count(*) from persons").fetchone()[0]
    known = Arrival(known=mimoza, membership={"relationship": "mother", "situations": (SCHOOL,)})
    made = read_case(workspace, open_family(workspace, {}, [known, FAMILY[4]], ["school_enrolment"]).case)
    assert made.members[0].person.uid == mimoza
    assert made.members[0].membership.text("relationship") == "mother"
    assert made.case.text("called") == "Krasniqi"
    assert set(made.services[0].many("persons")) == {one.person.uid for one in made.members}
    assert workspace.store.connection.execute("select count(*) from persons").fetchone()[0] == people + 1
    with pytest.raises(RefusedError):
        add_family(workspace, made, [known])
    with pytest.raises(RefusedError):
        open_family(workspace, {}, [known, known])


def test_who_once_belonged_to_a_case_comes_back_as_what_is_typed_now(workspace: Workspace) -> None:
    case = open_family(workspace, {}, FAMILY[:2]).case
    gone = read_case(workspace, case).members[1]
    remove_record(workspace, gone.membership, case)
    add_family(
        workspace, read_case(workspace, case), [Arrival(known=gone.person.uid, membership={"relationship": "sister"})]
    )
    back = read_case(workspace, case).members[1]
    assert back.membership.uid == gone.membership.uid
    assert (back.membership.text("relationship"), back.membership.whole("position")) == ("sister", 2)
    assert back.person.text("given_names") == "Mimoza"


def test_the_country_of_return_is_that_of_the_case_or_of_the_office(workspace: Workspace) -> None:
    assert return_country(workspace, None) == "AL"
    made = read_case(workspace, open_case(workspace, {"country_of_return": "ME"}, [({"family_name": "Hoti"}, {})]).case)
    assert return_country(workspace, made) == "ME"
