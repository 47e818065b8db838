"""What a newer program wrote is kept byte for byte, shown as what it is, and never half understood."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history import change as changes
from avrr_desktop.domain.history.change import Change
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.journals import dump, foreign, part, person, stored_row

UNKNOWN: dict[str, Change] = {
    "kind": foreign(part("attach", "file", "F", name="scan")),
    "kind of another shape": foreign({"kind": "alias", "of": ["A", "B"]}),
    "record type": foreign(part("add", "guardianship", "G", person="P", since={"year": 2026})),
    "format": foreign({"what": "something", "to": {"deep": [1, [2]]}}, format=2, more={"new": "place"}),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_it_survives_a_rebuild_byte_for_byte(workspace: Workspace, family: CaseFile, what: str) -> None:
    change = UNKNOWN[what]
    number = workspace.store.journal.keep(change)
    row, before = stored_row(workspace, change.change_id), dump(workspace)
    assert row[0] == changes.canonical(change.envelope)
    workspace.store.rebuild()
    assert stored_row(workspace, change.change_id) == row
    assert dump(workspace) == before
    kept = workspace.store.journal.entry(number)
    assert kept is not None
    assert kept.change == change
    assert chain_fault(workspace.store.connection) is None


@pytest.mark.parametrize("what", UNKNOWN)
def test_it_is_shown_as_from_a_newer_program(workspace: Workspace, family: CaseFile, what: str) -> None:
    entry = workspace.store.journal.entry(workspace.store.journal.keep(UNKNOWN[what]))
    assert entry is not None
    assert entry.from_newer_program


def test_our_own_entries_are_not(workspace: Workspace, family: CaseFile) -> None:
    assert not any(entry.from_newer_program for entry in workspace.store.journal.all())


@pytest.mark.parametrize("what", UNKNOWN)
def test_it_is_not_undone_and_the_reason_is_told(workspace: Workspace, family: CaseFile, what: str) -> None:
    workspace.store.journal.keep(UNKNOWN[what])
    count = workspace.store.journal.count()
    with pytest.raises(RefusedError):
        undo(workspace, UNKNOWN[what].change_id)
    assert workspace.store.journal.count() == count


def test_it_stays_through_later_work_and_a_reopening(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    workspace.store.journal.keep(UNKNOWN["kind"])
    row = stored_row(workspace, UNKNOWN["kind"].change_id)
    new_record(workspace, "note", {"text": "later"}, family.case.uid)
    workspace.lock()
    workspace = opening(workspace.folder.path)
    workspace.store.rebuild()
    assert stored_row(workspace, UNKNOWN["kind"].change_id) == row
    assert tables_match(workspace.store)
    workspace.lock()


def test_one_written_past_the_journals_methods_is_kept_too(workspace: Workspace, family: CaseFile) -> None:
    change = UNKNOWN["format"]
    blob = len(change.parts[0].salt).to_bytes(1, "big") + len(change.parts[0].body).to_bytes(4, "big")
    row = (changes.canonical(change.envelope), change.digest, blob + change.parts[0].salt + change.parts[0].body)
    workspace.store.connection.execute(
        "INSERT INTO journal (pk, change_id, clock, envelope, digest, parts) VALUES (1000, ?, 1, ?, ?, ?)",
        (change.change_id, *row),
    )
    workspace.store.rebuild()
    assert stored_row(workspace, change.change_id) == row
    assert chain_fault(workspace.store.connection) is None
    assert tables_match(workspace.store)


def test_an_unknown_field_of_a_known_record_survives_an_edit_here(workspace: Workspace, family: CaseFile) -> None:
    marko = family.members[0].person
    opening = next(entry.change for entry in workspace.store.journal.of_case(family.case.uid))
    body = part("set", "person", marko.uid, of_a_newer_version=44, hopes=["work", "school"])
    clock = opening.envelope["clock"] + 1
    newer = foreign(body, case=family.case.uid, parents=[[opening.change_id]], clock=clock)
    workspace.store.journal.keep(newer)
    workspace.store.rebuild()
    edit_record(workspace, person(workspace, marko.uid), {"phone": "1"}, family.case.uid)
    assert person(workspace, marko.uid).values["of_a_newer_version"] == 44
    assert person(workspace, marko.uid).values["hopes"] == ("work", "school")
    assert tables_match(workspace.store)
