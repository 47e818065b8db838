"""Erasing reaches everything about a person, in every case; what only people can find is listed before and after."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.records.about import people_of
from avrr_desktop.domain.records.fields import Kind, RecordType, Value
from avrr_desktop.domain.records.record_types import OF_CASE
from avrr_desktop.domain.records.types.case_records import PERSON
from avrr_desktop.operations.cases.cases import add_member, bring_member_back, open_case, read_case, taken_out
from avrr_desktop.operations.cases.search import find, likely_people
from avrr_desktop.operations.documents.printing import finished_copy, put_in_outbox
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.protection.erasing import (
    TO_REMOVE,
    erase,
    erase_case,
    erase_person,
    finish_erasing,
    looked_through,
    plan_case,
    plan_person,
    to_look_through,
)
from avrr_desktop.operations.protection.erasing_text import erasing_sentence, leftover_line
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import all_drafts, keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.sealing import opened
from avrr_desktop.operations.session.second_person import SecondPerson
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import Attachments, names_in
from avrr_desktop.store.reading import held
from tests.support import media, office_with_keys, stores
from tests.support.journals import everything_stored

TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.NUMBER_OF_PAPER})
NOT_TYPED = {"membership", "file"}  # made by other verbs
GROUND = "Asked for by the person, article 17"


@dataclass
class Canaries:
    """Words that stand in one field of one record each; said so that no spelling of a name changes them."""

    chance: random.Random = field(default_factory=lambda: random.Random(11))
    of: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # word -> case, record type, record
    waiting: list[str] = field(default_factory=list)

    def word(self) -> str:
        word = "".join(self.chance.choice("bdfgklmnprstvz") + self.chance.choice("aiou") for _ in range(7))
        self.waiting.append(word)
        return word

    def stand_in(self, case: str, record_type: str, record: str) -> None:
        self.of |= dict.fromkeys(self.waiting, (case, record_type, record))
        self.waiting.clear()

    def values(self, kind: RecordType, person: str) -> dict[str, Value]:
        """Return a word for every text that can be typed, and the person for every link to one."""
        found: dict[str, Value] = {}
        for one in kind.fields:
            if one.kind in TEXTS and not one.computed:
                found[one.key] = self.word()
            elif one.target == "person":
                found[one.key] = (person,) if one.kind is Kind.LINKS else person
        return found

    def left(self, workspace: Workspace) -> set[str]:
        """Return the words that stand anywhere in the store: the search index cuts off their beginnings."""
        stored = b"\0".join(value for _, value in everything_stored(workspace)).lower()
        sealed = Attachments(workspace.folder.path, workspace.files_key())
        stored += b"".join(sealed.get(name) for name in names_in(workspace.folder.path / "files")).lower()
        for record_type in ("note", *(one.key for one in OF_CASE if one.restricted)):
            for row in workspace.store.connection.rows("SELECT uid FROM cases"):
                stored += b"".join(restricted_words(workspace, row[0], record_type))
        return {word for word in self.of if word[5:].encode() in stored}


def restricted_words(workspace: Workspace, case: str, record_type: str) -> Iterator[bytes]:
    key = workspace.store.connection.rows("SELECT pk FROM cases WHERE uid=?", (case,))[0][0]
    for record in held.records_in(workspace.store.connection, key):
        if record.type == record_type and "sealed" in record.values:
            yield repr(opened(workspace, record).values).encode()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Workspace, SecondPerson]]:
    """A store at work as its founder, who holds every key, and the second supervisor."""
    made = office_with_keys.office(tmp_path / "office.avrr")
    workspace = made.at_work(office_with_keys.FOUNDER)
    yield workspace, office_with_keys.agreeing(made.folder)
    workspace.lock()


def fill(workspace: Workspace, canaries: Canaries, case: str, person: str, *, about: bool) -> None:
    """Write a record of every type into a case: about the person, or about nobody in particular."""
    for kind in OF_CASE:
        if kind.key in NOT_TYPED or (kind.restricted and not about):
            continue
        values = canaries.values(kind, person)
        if not about:
            values = {key: value for key, value in values.items() if kind.field(key).target != "person"}
        made = new_record(workspace, kind.key, values, case).record
        canaries.stand_in(case, kind.key, made)
        if kind.key == "paper" and about:
            scan = f"%PDF-1.4 {canaries.word()}".encode()
            file = attach_file(
                workspace, case, scan, {"paper": made, "remarks": canaries.word()}, name=f"{canaries.word()}.pdf"
            )
            canaries.stand_in(case, "file", file.record)
    if about:
        text = {"text": canaries.word(), "person": person, "restricted": True}
        canaries.stand_in(case, "note", new_record(workspace, "note", text, case).record)


def test_of_a_person_nothing_is_left_that_was_not_listed(office: tuple[Workspace, SecondPerson]) -> None:
    workspace, second = office
    first = stores.family(workspace).case.uid
    person = read_case(workspace, first).members[2].person
    canaries = Canaries()
    edit_record(workspace, person, canaries.values(PERSON, ""), first)
    canaries.stand_in("", "person", person.uid)
    other = open_case(
        workspace, {"called": "Second return"}, [({"family_name": "Leka", "given_names": "Agim"}, {})]
    ).case
    new_record(workspace, "membership", {"person": person.uid, "position": 2}, other)
    for case in (first, other):
        fill(workspace, canaries, case, person.uid, about=True)
        fill(workspace, canaries, case, person.uid, about=False)
        removed = new_record(workspace, "note", {"text": canaries.word(), "person": person.uid}, case).record
        canaries.stand_in(case, "note", removed)
        note = next(one for one in read_case(workspace, case).notes if one.uid == removed)
        remove_record(workspace, note, case)
        keep_draft(
            workspace, f"new note {case}", case, "note", f"N{case}", {"text": canaries.word(), "person": person.uid}, ()
        )
        canaries.stand_in(case, "draft", f"N{case}")
        file = read_case(workspace, case)
        content, copy = finished_copy(workspace, file, "summary", "full_internal", "Head office", "kept")
        put_in_outbox(workspace, file, content, "summary", copy)
    erasure = plan_person(workspace, person.uid)
    assert set(erasure.lives_in) == {first, other} == set(erasure.cases)
    sentence = erasing_sentence(workspace, erasure)
    numbers = [read_case(workspace, case).case.text("number") for case in (first, other)]
    assert all(number in sentence for number in numbers) and "cannot be undone" in sentence
    listed = {(one.case, one.record_type, one.record) for one in erasure.leftovers}
    erase(workspace, erasure, GROUND, second)
    left = canaries.left(workspace)
    assert left and {canaries.of[word] for word in left} <= listed
    linked = [place for word, place in canaries.of.items() if place[1] in ("person", "file", "vulnerability", "draft")]
    assert linked and not {word for word in left if canaries.of[word] in linked}
    assert workspace.store.local.documents() == [] and all_drafts(workspace) == []
    for case in (first, other):
        file = read_case(workspace, case)
        assert all(member.person.uid != person.uid for member in file.members)
        key = workspace.store.connection.rows("SELECT pk FROM cases WHERE uid=?", (case,))[0][0]
        records = held.records_in(workspace.store.connection, key)
        assert not [one for one in records if person.uid in people_of(one, lambda *_: None)]
    assert check_store(workspace).sound
    assert accesses(workspace)[0].text("what") == "erased" and accesses(workspace)[0].text("second") == second.officer


def test_what_has_to_be_looked_through_stays_listed_until_somebody_did(office: tuple[Workspace, SecondPerson]) -> None:
    workspace, second = office
    case = stores.family(workspace).case.uid
    ana = read_case(workspace, case).members[2].person
    named = new_record(workspace, "note", {"on": "2026-05-09", "text": "Шејла каже да Ана иде у школу."}, case).record
    plain = new_record(workspace, "note", {"text": "Nobody is named here."}, case).record
    erase(workspace, plan_person(workspace, ana.uid), GROUND, second)
    listed = {one.record: one for one in to_look_through(workspace, case)}
    assert {named, plain, case} <= listed.keys()
    erasure = plan_case(workspace, case)
    assert erasure.whole == case
    assert leftover_line(workspace, listed[named])[0].startswith("Note")
    looked_through(workspace, listed[plain])
    assert plain not in {one.record for one in to_look_through(workspace, case)}


def test_a_name_is_found_in_free_text_in_another_script_and_in_what_stood_there_earlier(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid
    ana = read_case(workspace, case).members[2].person
    here = new_record(workspace, "note", {"text": "Разговарали смо с Аном и Ана је добро."}, case).record
    number = new_record(workspace, "note", {"text": "JMBG 0203 0146 35120 checked"}, case).record
    before = new_record(workspace, "note", {"text": "Ana was here"}, case).record
    record = next(one for one in read_case(workspace, case).notes if one.uid == before)
    edit_record(workspace, record, {"text": "Somebody was here"}, case)
    found = {one.record: one for one in plan_person(workspace, ana.uid).leftovers}
    assert found[here].fields == ("text",) and not found[here].earlier
    assert found[number].fields == ("text",)
    assert found[before].earlier


NUMBERS = {"phone": "+383 44 123 456 (mother), 069 / 234-567\n+387 (0)61 765 432", "national_number": "0203014635120"}
WITH_A_NUMBER = {
    "the first, as at home": "Call 044/123-456 after six",
    "the second": "zvati 069 234 567",
    "the second, from abroad": "+382 69 234 567",
    "the third, from abroad": "0038761765432",
    "the first of a paper": "AB 1234567 was seen",
    "the second of a paper, in Cyrillic": "ХК 765-43/21 виђено",
    "in figures of another script": "٠٤٤ ١٢٣ ٤٥٦",
}


@pytest.mark.parametrize("text", WITH_A_NUMBER.values(), ids=WITH_A_NUMBER)
def test_each_of_several_numbers_is_found_in_a_text(workspace: Workspace, text: str) -> None:
    case = stores.family(workspace).case.uid
    ana = read_case(workspace, case).members[2].person
    edit_record(workspace, ana, NUMBERS, case)
    paper = next(one for one in read_case(workspace, case).papers if one.text("holder") == ana.uid)
    edit_record(workspace, paper, {"number": "AB1234567; XK 765 43-21"}, case)
    there = new_record(workspace, "note", {"text": text}, case).record
    other = new_record(workspace, "note", {"text": "044 123 and 234 of 1234, called on 20.12.2025"}, case).record
    found = {one.record: one for one in plan_person(workspace, ana.uid).leftovers}
    assert found[there].fields == ("text",)
    assert found[other].fields == (), "a few figures of a number are not the number"


def test_whoever_lives_on_in_another_case_stays_when_a_case_goes(workspace: Workspace) -> None:
    first = stores.family(workspace)
    stays, goes, taken_out = (member.person.uid for member in first.members[:3])
    second = open_case(workspace, {"called": "Second"}, known=stays).case
    new_record(workspace, "membership", {"person": taken_out, "position": 2}, second)
    remove_record(workspace, first.members[2].membership, first.case.uid)
    erase_case(workspace, read_case(workspace, first.case.uid), GROUND)
    kept = {member.person.uid for member in read_case(workspace, second).members}
    assert kept == {stays, taken_out}
    assert workspace.store.reader.record("person", goes) is None
    assert check_store(workspace).sound


def test_what_was_written_about_somebody_in_an_erased_case_goes_with_them_later(workspace: Workspace) -> None:
    first = stores.family(workspace)
    marko = first.members[0].person
    second = open_case(workspace, {"called": "Second"}, known=marko.uid).case
    edit_record(workspace, marko, {"address": "Kumanovska 7"}, first.case.uid)
    fresh = workspace.store.reader.record("person", marko.uid)
    assert fresh is not None
    edit_record(workspace, fresh, {"address": "Elsewhere 9"}, second)
    erase_case(workspace, read_case(workspace, first.case.uid), GROUND)
    assert check_store(workspace).sound
    file = read_case(workspace, second)
    erase_person(workspace, file, file.members[0], GROUND)
    stored = b"".join(value for _, value in everything_stored(workspace))
    assert b"Kumanovska" not in stored and b"1506985600010" not in stored
    assert check_store(workspace).sound


def test_somebody_who_was_taken_out_of_every_case_can_be_found_brought_back_and_erased(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid
    member = read_case(workspace, case).members[3]
    remove_record(workspace, member.membership, case)
    assert next(one.in_no_case for one in likely_people(workspace, "Luka Đorđević"))
    [out] = taken_out(workspace, read_case(workspace, case))
    assert out.uid == member.person.uid
    bring_member_back(workspace, read_case(workspace, case), out.uid)
    assert [one.person.uid for one in read_case(workspace, case).members][3] == out.uid
    assert taken_out(workspace, read_case(workspace, case)) == ()
    remove_record(workspace, read_case(workspace, case).members[3].membership, case)
    erase(workspace, plan_person(workspace, out.uid), GROUND)
    assert find(workspace, "Luka") == [] and workspace.store.reader.record("person", out.uid) is None
    assert check_store(workspace).sound


def test_offices_and_partners_that_came_with_a_case_stay_when_it_goes(workspace: Workspace) -> None:
    made = add_case_document(workspace, {
        "case": {"called": "x"}, "provider": [{"ref": "o1", "name": "Caritas"}],
        "person": [{"ref": "m1", "family_name": "Leka"}], "referral": [{"person": "m1", "provider": "o1"}],
    })  # fmt: skip
    erase_case(workspace, read_case(workspace, made.case), GROUND)
    assert [one.text("name") for one in workspace.store.reader.everything("provider")] == ["Caritas"]
    assert check_store(workspace).sound


def test_exactly_what_was_agreed_to_is_erased_or_nothing(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid
    erasure = plan_case(workspace, case)
    new_record(workspace, "note", {"text": "changed in the meantime"}, case)
    with pytest.raises(RefusedError) as refused:
        erase(workspace, erasure, GROUND)
    assert "in the meantime" in refused.value.title
    assert len(read_case(workspace, case).notes) == 2
    with pytest.raises(RefusedError):
        erase(workspace, plan_case(workspace, case), "  ")
    erase(workspace, plan_case(workspace, case), GROUND)
    with pytest.raises(NotFoundError):
        plan_case(workspace, case)


def test_without_the_key_of_restricted_records_nobody_is_half_erased(office: tuple[Workspace, SecondPerson]) -> None:
    workspace, second = office
    file = stores.family(workspace)
    ana = file.members[2].person.uid
    new_record(workspace, "vulnerability", {"person": ana, "what_was_said": "x"}, file.case.uid)
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError) as refused:
        plan_person(workspace, ana)
    assert "restricted" in refused.value.title
    erase_case(workspace, read_case(workspace, file.case.uid), GROUND, second)  # they go unread
    assert workspace.store.connection.one("SELECT count(*) FROM vulnerabilities") == (0,)


def test_a_service_for_several_people_lets_go_of_the_one_who_is_erased(workspace: Workspace) -> None:
    file = stores.family(workspace)
    marko, ana = (file.members[number].person.uid for number in (0, 2))
    both = new_record(workspace, "service", {"category": "CR", "persons": [marko, ana]}, file.case.uid).record
    hers = new_record(workspace, "service", {"category": "CR", "persons": [ana]}, file.case.uid).record
    step = new_record(workspace, "step", {"title": "Go", "state": "open"}, file.case.uid)
    assert step
    erase_person(workspace, file, file.members[2], GROUND)
    services = {one.uid: one.many("persons") for one in read_case(workspace, file.case.uid).services}
    assert services == {both: (marko,)} and hers not in services
    assert check_store(workspace).sound


def test_files_whose_removal_was_cut_off_go_at_the_next_unlock(workspace: Workspace) -> None:
    file = stores.family(workspace)
    attach_file(workspace, file.case.uid, media.photo(), name="scan.jpg")
    [name] = names_in(workspace.folder.path / "files")
    blob = workspace.folder.path / "files" / name[:2] / name
    content = blob.read_bytes()
    erase_case(workspace, read_case(workspace, file.case.uid), GROUND)
    assert not blob.exists()
    blob.write_bytes(content)  # as if the program had ended between the two
    workspace.store.local.set_setting(TO_REMOVE, f'["{name}"]')
    finish_erasing(workspace)
    assert not blob.exists()


def test_a_member_who_comes_later_gets_no_number_of_one_who_was_erased(workspace: Workspace) -> None:
    file = stores.family(workspace)
    erase_person(workspace, file, file.members[1], GROUND)
    add_member(workspace, read_case(workspace, file.case.uid), {"family_name": "New"}, {})
    positions = [member.membership.whole("position") for member in read_case(workspace, file.case.uid).members]
    assert len(set(positions)) == len(positions)
