"""Search on a real store: every spelling finds every other, and nothing typed is ever read as an operator."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import Hit, find
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import stores
from tests.support.journals import person
from tests.support.name_pairs import PAIRS

QUOTING = ("O'Neil", "O’Neil", "a-b", '"', '""', '"""', "NEAR(", "NEAR(a b)", "AND", "OR", "NOT", "a AND", "name:x", "t:x",
           "*", "a*", "^a", "+", "{t}: a", "(", ")", "-", "--", "1-", "a-1 \"b", "\\", ";", "'; DROP TABLE journal; --",
           "%", "_", "__", "\0", "a\0b", "🙂", "👨‍👩‍👧", "ﷺ", "½", "²", "\u200b", "\u0301", "\ud800", "𞤀", "0" * 10_000,
           "a" * 10_000, "č đ " * 2500, "1 " * 5000, '"' * 10_000, "1-" * 5000)  # fmt: skip


@dataclass(frozen=True)
class NameStore:
    """A store with one case for each pair of names; ``people``: name -> the persons who carry it."""

    workspace: Workspace
    people: dict[str, set[str]]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NameStore]:
    workspace = stores.office_workspace(Path(tmp_path_factory.mktemp("names")) / "office.avrr")
    people: dict[str, set[str]] = {}
    with workspace.store.transaction():
        for pair in PAIRS:
            made = open_case(workspace, {"called": "family"}, [({"family_name": name}, {}) for name in pair])
            for member in workspace.store.reader.case_file(made.case).members:
                people.setdefault(member.person.text("family_name"), set()).add(member.person.uid)
    yield NameStore(workspace, people)
    workspace.lock()


def found(workspace: Workspace, text: str) -> set[str]:
    """Return the identifiers of the records that a text finds."""
    return {hit.uid for hit in find(workspace, text, 500)}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_each_spelling_finds_the_other(named: NameStore, one: str, other: str) -> None:
    assert named.people[one] <= found(named.workspace, other)
    assert named.people[other] <= found(named.workspace, one)


@pytest.mark.parametrize("name", ["Ђорђевић", "Krasniqi", "Shkëlqim", "Živković"])
def test_the_first_letters_are_enough(named: NameStore, name: str) -> None:
    whole = found(named.workspace, name)
    assert whole
    assert all(whole <= found(named.workspace, name[:length]) for length in range(2, len(name)))


@pytest.mark.parametrize("typed", QUOTING)
def test_nothing_typed_is_an_operator(named: NameStore, typed: str) -> None:
    find(named.workspace, typed)


@settings(max_examples=400, deadline=None)
@given(text=some.text(max_size=40) | some.text("ab1*\"'():-^+ ,.ANDORNEAT\0đЂ", max_size=40))
def test_no_text_at_all_is_an_error(named: NameStore, text: str) -> None:
    find(named.workspace, text)


@pytest.mark.parametrize("around", ['"{}"', '"{}', "{}*", "({})", "^{}", "-{}", "{}:", "+{}", "{}🙂", " {} ", "'{}'"])
def test_signs_around_a_name_do_not_hide_it(named: NameStore, around: str) -> None:
    assert named.people["Krasniqi"] <= found(named.workspace, around.format("Krasniqi"))


@pytest.mark.parametrize("typed", ["Kras'niqi", "Kras’niqi", "Kras`niqi", "O'Neil", "O’Neil"])
def test_signs_within_a_name_do_not_part_it(named: NameStore, typed: str) -> None:
    assert named.people["ONeil" if typed[0] == "O" else "Krasniqi"] <= found(named.workspace, typed)


def test_a_word_that_is_an_operator_elsewhere_is_a_name_here(workspace: Workspace, family: CaseFile) -> None:
    for word in ("AND", "OR", "NOT", "NEAR"):
        made = new_record(workspace, "note", {"text": f"x {word.lower()}zz"}, family.case.uid)
        assert found(workspace, f"{word}zz") == {made.record}
        assert found(workspace, f"x {word}zz") == {made.record}


def test_a_changed_name_is_found_and_the_old_one_no_longer(workspace: Workspace, family: CaseFile) -> None:
    marko = family.members[0].person
    edit_record(workspace, marko, {"family_name": "Hoxha", "given_names": "Agim"}, family.case.uid)
    assert marko.uid in found(workspace, "Хоџа")
    assert marko.uid not in found(workspace, "Марко")
    assert check_store(workspace).index_matches


def test_a_removed_note_is_not_found_until_it_is_back(workspace: Workspace, family: CaseFile) -> None:
    note = family.notes[0]
    assert note.uid in found(workspace, "poseta")
    removed = remove_record(workspace, note, family.case.uid)
    assert note.uid not in found(workspace, "poseta")
    undo(workspace, removed.change_id)
    assert note.uid in found(workspace, "poseta")
    assert check_store(workspace).sound


@pytest.mark.parametrize("typed", ["009876543", "00987", "1506985600010", "RS-TIR-2026", "0001"])
def test_numbers_are_found_by_their_beginning(workspace: Workspace, family: CaseFile, typed: str) -> None:
    assert found(workspace, typed)


def hit_of(workspace: Workspace, typed: str, uid: str) -> list[Hit]:
    return [hit for hit in find(workspace, typed) if hit.uid == uid]


def test_a_member_taken_out_of_a_case_is_found_as_somebody_in_no_case(workspace: Workspace, family: CaseFile) -> None:
    member = family.members[4]
    removed = remove_record(workspace, member.membership, family.case.uid)
    [hit] = hit_of(workspace, "Gjorgjeviq Çelë", member.person.uid)
    assert hit.in_no_case and hit.case.uid == family.case.uid
    assert check_store(workspace).sound
    undo(workspace, removed.change_id)
    [hit] = hit_of(workspace, "Gjorgjeviq Çelë", member.person.uid)
    assert not hit.in_no_case
    assert check_store(workspace).sound


def test_whoever_was_taken_out_and_is_in_another_case_is_found_there_alone(
    workspace: Workspace, family: CaseFile
) -> None:
    member = family.members[4]
    remove_record(workspace, member.membership, family.case.uid)
    second = open_case(workspace, {"called": "Second"}, known=member.person.uid)
    [hit] = hit_of(workspace, "Gjorgjeviq", member.person.uid)
    assert hit.case.uid == second.case and not hit.in_no_case
    assert check_store(workspace).sound
    undo(workspace, second.changes.change_id)  # the second case goes: in no case again
    [hit] = hit_of(workspace, "Gjorgjeviq", member.person.uid)
    assert hit.case.uid == family.case.uid and hit.in_no_case
    assert check_store(workspace).sound


def test_somebody_known_is_found_in_the_second_case_too(workspace: Workspace, family: CaseFile) -> None:
    marko = family.members[0].person.uid
    made = open_case(workspace, {}, known=marko)
    assert {made.number, family.case.text("number")} == {
        hit.case.number for hit in find(workspace, "Marko") if hit.uid == marko
    }
    assert check_store(workspace).sound
    edit_record(workspace, person(workspace, marko), {"given_names": "Janko"}, made.case)
    assert {hit.case.number for hit in find(workspace, "Јанко") if hit.uid == marko} == {
        made.number, family.case.text("number"),
    }  # fmt: skip


def test_a_case_opened_in_error_leaves_nothing_in_the_index(workspace: Workspace, family: CaseFile) -> None:
    made = open_case(workspace, {}, [({"family_name": "Zogaj"}, {})])
    new_record(workspace, "note", {"text": "written before the error was seen"}, made.case)
    undone = undo(workspace, made.changes.change_id)
    assert not found(workspace, "Zogaj") | found(workspace, "written")
    assert check_store(workspace).sound
    undo(workspace, undone.change_id)
    assert found(workspace, "Zogaj") and found(workspace, "written")
    assert check_store(workspace).sound


def test_the_index_made_anew_finds_the_same(workspace: Workspace, family: CaseFile) -> None:
    before = {text: found(workspace, text) for text in ("Đorđević", "poseta", "009876543", "Çelë", "Novi Pazar")}
    assert all(before.values())
    workspace.store.rebuild_derived()
    workspace.store.tidy()
    assert {text: found(workspace, text) for text in before} == before


def test_an_index_with_a_hole_is_noticed(workspace: Workspace, family: CaseFile) -> None:
    workspace.store.index.drop(1, family.members[0].person.uid)
    report = check_store(workspace)
    assert not report.index_matches
    assert not report.sound


@pytest.mark.parametrize("letter", ["\u1b0c", "\u19b5", "\u1cf2"], ids=ascii)
def test_a_letter_at_which_only_the_index_parts_words_is_found(
    workspace: Workspace, family: CaseFile, letter: str
) -> None:
    made = new_record(workspace, "note", {"text": f"aab{letter}ccd"}, family.case.uid)
    for typed in (f"aab{letter}ccd", f"aab{letter}cc"):
        assert made.record in found(workspace, typed)
    named = open_case(workspace, {}, [({"family_name": f"Zog{letter}aj"}, {})])
    assert named.number in {hit.case.number for hit in find(workspace, f"zog{letter}a")}
    assert check_store(workspace).sound
