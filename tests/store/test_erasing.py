"""Erasing takes one content out of everything; the chain and everything else stay."""

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.journals import dump, person, stored_row, tables_with

CANARY = "0vamprobkuf"  # spelled in one way only, and stored by the search index with its beginning cut off
TAIL = CANARY[3:]


def canary_note(workspace: Workspace, case: CaseFile) -> str:
    text = f"Spoke with {CANARY} at the desk."
    return new_record(workspace, "note", {"text": text}, case.case.uid).changes.change_id


def test_an_erased_value_is_gone_from_everything_and_the_chain_holds(workspace: Workspace, family: CaseFile) -> None:
    change = canary_note(workspace, family)
    assert find(workspace, CANARY)
    assert {"journal", "notes"} <= tables_with(workspace, TAIL)
    assert any("search" in table for table in tables_with(workspace, TAIL))
    workspace.store.erase(change, [0])
    assert find(workspace, CANARY) == []
    assert tables_with(workspace, TAIL) == set()
    assert TAIL not in "\n".join(dump(workspace))
    report = check_store(workspace)
    assert report.fault is None
    assert [finding.what for finding in report.findings] == ["emptied"]  # nobody wrote down that it was erased


def test_the_envelope_of_an_erased_part_stays_byte_for_byte(workspace: Workspace, family: CaseFile) -> None:
    change = canary_note(workspace, family)
    before = stored_row(workspace, change)
    workspace.store.erase(change, [0])
    after = stored_row(workspace, change)
    assert after[:2] == before[:2]
    assert after[2] != before[2]
    entry = workspace.store.journal.named(change)
    assert entry is not None
    assert entry.parts == (None,)
    assert not entry.from_newer_program


def test_the_other_parts_of_the_same_entry_stay(workspace: Workspace, family: CaseFile) -> None:
    opening = next(entry for entry in workspace.store.journal.of_case(family.case.uid))
    place = next(
        number for number, item in enumerate(opening.parts) if item and item.values.get("given_names") == "Luka"
    )
    workspace.store.erase(opening.change.change_id, [place])
    after = workspace.store.journal.named(opening.change.change_id)
    assert after is not None
    assert after.parts == (*opening.parts[:place], None, *opening.parts[place + 1 :])
    names = {member.person.text("given_names") for member in workspace.store.reader.case_file(family.case.uid).members}
    assert names == {"Марко", "Šejla", "Ana", "Çelë"}
    assert chain_fault(workspace.store.connection) is None
    assert tables_with(workspace, "Luka") == set()


def test_an_erased_value_leaves_its_field_as_it_was_before(workspace: Workspace, family: CaseFile) -> None:
    marko, case = family.members[0].person.uid, family.case.uid
    edit_record(workspace, person(workspace, marko), {"phone": "111"}, case)
    change = edit_record(workspace, person(workspace, marko), {"phone": CANARY}, case)
    assert change
    workspace.store.erase(change.change_id, [0])
    assert person(workspace, marko).text("phone") == "111"


def test_erasing_between_two_values_brings_no_replaced_value_back(workspace: Workspace, family: CaseFile) -> None:
    marko, case = family.members[0].person.uid, family.case.uid
    edit_record(workspace, person(workspace, marko), {"phone": "111"}, case)
    change = edit_record(workspace, person(workspace, marko), {"phone": CANARY}, case)
    edit_record(workspace, person(workspace, marko), {"phone": "333"}, case)
    assert change
    workspace.store.erase(change.change_id, [0])
    assert person(workspace, marko).text("phone") == "333"
    assert not person(workspace, marko).conflicts
    assert tables_with(workspace, TAIL) == set()


def test_what_is_not_in_the_journal_is_not_erased(workspace: Workspace, family: CaseFile) -> None:
    before = dump(workspace)
    with pytest.raises(NotFoundError):
        workspace.store.erase("01JZZZZZZZZZZZZZZZZZZZZZZZ.1.1", [0])
    assert dump(workspace) == before


def test_an_erased_entry_cannot_be_undone_and_says_so(workspace: Workspace, family: CaseFile) -> None:
    change = canary_note(workspace, family)
    workspace.store.erase(change, [0])
    count = workspace.store.journal.count()
    with pytest.raises(RefusedError) as refused:
        undo(workspace, change)
    assert "erased" in refused.value.hint
    assert workspace.store.journal.count() == count


def test_work_goes_on_after_an_erasure(workspace: Workspace, family: CaseFile) -> None:
    workspace.store.erase(canary_note(workspace, family), [0])
    new_record(workspace, "note", {"text": "next"}, family.case.uid)
    assert chain_fault(workspace.store.connection) is None and tables_match(workspace.store)
