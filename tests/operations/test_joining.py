"""Two records of one person become one by a decision: nothing is lost, everything is found, and one step undoes it."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import ANSWERS, FIRST, SECOND, differences, joined
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.cases.cases import add_known_member, add_member, open_case, read_case, taken_out
from avrr_desktop.operations.cases.history import history
from avrr_desktop.operations.cases.join.people import join_people
from avrr_desktop.operations.cases.search import find, likely_people
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.protection.erasing import erase, plan_case, plan_person
from avrr_desktop.operations.protection.own_data import former, own_data
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from tests.support import stores
from tests.support.endings import close_case

ONE = {
    "family_name": "Đorđević", "given_names": "Јелена", "birth_date": "1985-06-15", "phone": "+381 64 111 2222",
    "national_number": "1506985600010", "citizenship": "RS", "sex": "female",
}  # fmt: skip
OTHER = {
    "family_name": "Gjorgjevikj", "given_names": "Jelena", "birth_date": "1985-06-15", "phone": "+389 70 333 444",
    "national_number": "0203014635120", "citizenship": "MK", "sex": "female", "occupation": "baker",
}  # fmt: skip
DECIDED = {"family_name": FIRST, "given_names": FIRST, "national_number": FIRST, "citizenship": SECOND}


@pytest.fixture
def double(workspace: Workspace) -> CaseFile:
    """A case of two: the second record of somebody, with a paper, a step, a contact and a referral, and a child."""
    document = {
        "case": {"called": "Gjorgjevikj"},
        "person": [{"ref": "m1", **OTHER}, {"ref": "m2", "family_name": "Gjorgjevikj", "given_names": "Luka"}],
        "paper": [{"holder": "m1", "doc_type": "passport", "number": "MK77112", "state": "held"}],
        "referral": [{"person": "m1", "category": "HEALTH", "state": "draft"}],
        "contact": [{"person": "m1", "on": "2026-05-04", "summary": "called about the flat"}],
        "note": [{"person": "m1", "text": "prefers mornings"}],
    }
    return read_case(workspace, add_case_document(workspace, document).case)


@pytest.fixture
def single(workspace: Workspace) -> CaseFile:
    """A case of the first record of the same person."""
    return read_case(workspace, add_case_document(workspace, {"case": {"called": "Đorđević"}, "person": [ONE]}).case)


Standing = tuple[int, str, dict[str, Value]]  # case, identifier, values


def live(workspace: Workspace) -> dict[str, list[Standing]]:
    """Return every record that stands, as it reads, by its type."""
    found: dict[str, list[Standing]] = {}
    for key, shape in RECORD_TABLES.items():
        case = "t.case_pk" if shape.record_type.of_case else "0"
        rows = workspace.store.connection.rows(
            f"SELECT {case}, {shape.select_of('t')} FROM {shape.table} t WHERE t.removed=0 ORDER BY 1, 2"
        )
        records = [(row[0], shape.record(row[1:])) for row in rows]
        found[key] = [(case_pk, record.uid, dict(record.values)) for case_pk, record in records]
    return found


def back(workspace: Workspace, changes: Changes) -> None:
    """Undo an act as Ctrl+Z does."""
    undo(workspace, changes.change_id, *changes.together)


def sound(workspace: Workspace) -> bool:
    """Check the store: history, tables against the journal, search. The content of files is another matter."""
    report = check_store(workspace)
    return report.fault is None and report.tables_match and report.index_matches and not report.findings


def join(workspace: Workspace, single: CaseFile, double: CaseFile, decided: Mapping[str, str] = DECIDED) -> Changes:
    """Join the two records of one person."""
    return join_people(workspace, single.members[0].person.uid, double.members[0].person.uid, decided)


def test_everything_about_both_is_about_the_one_that_stays(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    stays, goes = single.members[0].person.uid, double.members[0].person.uid
    join(workspace, single, double)
    here = read_case(workspace, double.case.uid)
    assert [one.person.uid for one in here.members] == [stays, double.members[1].person.uid]
    assert here.members[0].membership.values == {**double.members[0].membership.values, "person": stays}
    about = [
        here.papers[0].text("holder"),
        *(one.text("person") for one in (*here.referrals, *here.contacts, *here.notes)),
    ]
    assert about == [stays] * 4
    assert goes not in str(
        [one.values for kind in RECORD_TABLES if RECORD_TABLES[kind].record_type.of_case for one in here.of_type(kind)]
    )
    assert sound(workspace)


def test_what_was_decided_stays_and_the_rest_is_found_or_written_down(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    join(workspace, single, double)
    case = read_case(workspace, single.case.uid)
    person = case.members[0].person
    assert (person.text("family_name"), person.text("citizenship"), person.text("occupation")) == (
        "Đorđević",
        "MK",
        "baker",
    )
    assert person.text("phone") == "+381 64 111 2222; +389 70 333 444"
    assert person.text("name_variants") == "Jelena Gjorgjevikj"
    assert person.text("other_numbers") == "0203014635120"
    assert "Citizenship: Serbia" in case.notes[0].text("text") and "Gjorgjevikj" not in case.notes[0].text("text")
    for typed in ("Gjorgjevikj Jelena", "Јелена", "0203014635120", "1506985600010", "070333444", "MK77112"):
        hits = [hit for hit in find(workspace, typed) if hit.record_type in ("person", "paper")]
        assert {hit.uid for hit in hits} <= {person.uid, double.papers[0].uid} and hits, typed
    for name in ("Jelena Gjorgjevikj", "Јелена Ђорђевић"):
        likely = [one.person.uid for one in likely_people(workspace, name, "1985-06-15")]
        assert likely[0] == person.uid and double.members[0].person.uid not in likely


@pytest.mark.parametrize(("answer", "wanted"), [(FIRST, ("Shkodër", "")), (SECOND, ("Novi Pazar", "chosen"))])
def test_a_place_goes_with_the_text_that_means_it(answer: str, wanted: tuple[str, str]) -> None:
    """The text of one record is never told to mean the place of the other."""
    first = Record("person", "1", {"given_names": "Ana", "birth_place": "Shkodër"})
    second = Record("person", "2", {"given_names": "Ana", "birth_place": "Novi Pazar", "birth_place_code": "chosen"})
    values = {**first.values, **joined(first, second, {"birth_place": answer}).values}
    assert (values["birth_place"], values.get("birth_place_code") or "") == wanted
    back_again = {
        **second.values,
        **joined(second, first, {"birth_place": FIRST if answer == SECOND else SECOND}).values,
    }
    assert (back_again["birth_place"], back_again.get("birth_place_code") or "") == wanted


def test_nobody_decides_for_the_officer(workspace: Workspace, single: CaseFile, double: CaseFile) -> None:
    before, count = live(workspace), workspace.store.journal.count()
    with pytest.raises(BadInputError) as told:
        join(workspace, single, double, {key: FIRST for key in DECIDED if key != "citizenship"})
    assert "Citizenship" in workspace.words.error(told.value)[0]
    assert (live(workspace), workspace.store.journal.count()) == (before, count)


def test_one_step_undoes_it(workspace: Workspace, single: CaseFile, double: CaseFile) -> None:
    before = live(workspace)
    back(workspace, join(workspace, single, double))
    assert live(workspace) == before
    assert {hit.uid for hit in find(workspace, "Gjorgjevikj Jelena")} >= {double.members[0].person.uid}
    assert sound(workspace)
    join(workspace, single, double)
    assert sound(workspace)


def test_a_closed_case_is_told_too_and_undone_too(workspace: Workspace, single: CaseFile, double: CaseFile) -> None:
    close_case(workspace, double, "withdrew")
    before = live(workspace)
    changes = join(workspace, single, double)
    here = read_case(workspace, double.case.uid)
    assert here.members[0].person.uid == single.members[0].person.uid
    assert here.case.text("late_entry_because") and not workspace.late_entries
    back(workspace, changes)
    restored = live(workspace)
    for cases in (before, restored):
        for _, _, values in cases["case"]:
            values.pop("late_entry_because", None)  # that something was added late stays said
    assert restored == before and not workspace.late_entries and sound(workspace)


def test_one_who_was_twice_in_a_case_is_in_it_once(workspace: Workspace, double: CaseFile) -> None:
    twice = add_member(workspace, double, ONE, {"situations": ("child_abroad",), "head_of_household": True}).record
    case = read_case(workspace, double.case.uid)
    first = case.members[0].person.uid
    before = live(workspace)
    changes = join_people(workspace, twice, first, DECIDED)
    members = read_case(workspace, double.case.uid).members
    assert [one.person.uid for one in members] == [double.members[1].person.uid, twice]
    own = members[1].membership
    assert own.text("role") == "principal_applicant" and own.text("relationship") == "self"
    assert own.yes("head_of_household") and own.many("situations") == ("child_abroad",)
    assert taken_out(workspace, read_case(workspace, double.case.uid)) == ()
    back(workspace, changes)
    assert live(workspace) == before


def test_the_history_of_both_cases_says_so(workspace: Workspace, single: CaseFile, double: CaseFile) -> None:
    join(workspace, single, double)
    told = [" ".join((line.what, *line.details)) for line in history(workspace, single.case.uid)]
    assert any("Two records of one person" in line for line in told)
    told = [line.what for line in history(workspace, double.case.uid)]
    assert {"Removed: Membership", "Removed: Person"} <= set(told)


def test_restricted_records_are_followed_and_need_no_key_for_it(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    goes = double.members[0].person.uid
    values = {"person": goes, "kind": "survivor_gbv", "what_was_said": "asked for a doctor"}
    new_record(workspace, "vulnerability", values, double.case.uid)
    workspace.hold_protection(b"")
    join(workspace, single, double)
    workspace.hold_protection(stores.PROTECTION)
    [shown] = show_restricted(workspace, read_case(workspace, double.case.uid))
    assert shown.text("person") == single.members[0].person.uid
    plan = plan_person(workspace, single.members[0].person.uid)
    assert ("vulnerability", shown.uid) in plan.gone.records


def test_own_data_and_erasing_take_in_what_both_records_held(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    stays, goes = single.members[0].person.uid, double.members[0].person.uid
    join(workspace, single, double)
    numbers = {one.number for one in own_data(workspace, stays)}
    assert numbers == {single.case.text("number"), double.case.text("number")}
    assert [one.text("family_name") for one in former(workspace, stays)] == ["Gjorgjevikj"]
    plan = plan_person(workspace, stays)
    assert plan.people == (stays, goes)
    erase(workspace, plan, "asked for it")
    left = "\n".join(workspace.store.dump()) + str(
        [part for entry in workspace.store.journal.all() for part in entry.parts if part]
    )
    for canary in ("Јелена", "333 444", "0203014635120", "baker"):
        assert canary not in left, canary
    assert sound(workspace)


def test_erasing_a_case_leaves_who_lives_on_in_another(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    join(workspace, single, double)
    plan = plan_case(workspace, double.case.uid)
    assert set(plan.people) == {double.members[1].person.uid}


def test_what_is_refused_says_what_to_do(workspace: Workspace, single: CaseFile, double: CaseFile) -> None:
    stays, goes = single.members[0].person.uid, double.members[0].person.uid
    with pytest.raises(RefusedError):
        join_people(workspace, stays, stays, {})
    with pytest.raises(NotFoundError):
        join_people(workspace, stays, workspace.ids.new(), {})
    still = read_case(workspace, double.case.uid).case

    restrict_processing(workspace, double, "asked on the telephone")
    with pytest.raises(RefusedError):
        join_people(workspace, stays, goes, DECIDED)
    assert still.text("kept_still_since") == ""


def test_a_joined_record_is_not_joined_again_elsewhere(
    workspace: Workspace, family: CaseFile, single: CaseFile, double: CaseFile
) -> None:
    join(workspace, single, double)
    with pytest.raises(RefusedError):
        join_people(workspace, family.members[0].person.uid, double.members[0].person.uid, DECIDED)


def test_what_comes_later_for_the_joined_record_is_taken_along(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    """As a journey brings it that had set out before."""
    stays, goes = single.members[0].person.uid, double.members[0].person.uid
    join(workspace, single, double)
    with pytest.raises(RefusedError):
        join(workspace, single, double)
    late = new_record(workspace, "paper", {"holder": goes, "doc_type": "passport"}, double.case.uid).record
    join(workspace, single, double)
    papers = {one.uid: one.text("holder") for one in read_case(workspace, double.case.uid).papers}
    assert papers[late] == stays


PEOPLE = st.fixed_dictionaries(
    {"given_names": st.sampled_from(["Ana", "Ана", "Ana Marija"])},
    optional={
        "family_name": st.sampled_from(["Krasniqi", "Krasnići", "Красничи"]),
        "birth_date": st.sampled_from(["1985", "1985-06", "1985-06-15"]),
        "phone": st.sampled_from(["044 111 222", "+383 44 111 222"]),
        "national_number": st.sampled_from(["1506985600010", "1234567892"]),
        "languages": st.lists(st.sampled_from(["sq", "sr", "de"]), unique=True).map(tuple),
        "remarks": st.sampled_from(["one\ntwo", "two", "three"]),
        "sex": st.sampled_from(["female", "male"]),
        "address": st.sampled_from(["Rr. Nënë Tereza 4", "ul. 5"]),
    },
)


@settings(max_examples=25, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=PEOPLE, second=PEOPLE, data=st.data())
def test_nothing_is_lost_and_the_undo_is_exact(
    workspace: Workspace, first: dict[str, object], second: dict[str, object], data: st.DataObject
) -> None:
    cases = [open_case(workspace, {"called": "x"}, [(one, {})]).case for one in (first, second)]
    files = [read_case(workspace, case) for case in cases]
    people = [one.members[0].person for one in files]
    choices = {
        one.field.key: data.draw(st.sampled_from(ANSWERS if one.both else ANSWERS[:2])) for one in differences(*people)
    }
    before = live(workspace)
    changes = join_people(workspace, people[0].uid, people[1].uid, choices)
    kept = read_case(workspace, cases[0])
    said = " ".join([*map(str, kept.members[0].person.values.values()), kept.notes[0].text("text")])
    for value in lost_words(people):
        assert value in said, value
    for case in cases:
        members = [one.person.uid for one in read_case(workspace, case).members]
        assert members == [people[0].uid]
    back(workspace, changes)
    assert live(workspace) == before


def lost_words(people: list[Record]) -> Iterator[str]:
    """Yield the texts of people as they are typed, which must be read somewhere after the join."""
    for person in people:
        for key in ("given_names", "family_name", "phone", "national_number", "address"):
            if person.text(key):
                yield person.text(key)
        yield from person.text("remarks").split()


def test_a_known_member_may_be_joined_after_being_added(
    workspace: Workspace, single: CaseFile, double: CaseFile
) -> None:
    add_known_member(workspace, double, single.members[0].person.uid)
    join(workspace, single, double)
    people = [one.person.uid for one in read_case(workspace, double.case.uid).members]
    assert sorted(people) == sorted([single.members[0].person.uid, double.members[1].person.uid])
    edit_record(
        workspace, read_case(workspace, double.case.uid).members[0].person, {"remarks": "seen"}, double.case.uid
    )
