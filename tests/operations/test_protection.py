"""Restricted records: unreadable without their key in journal, tables, index, drafts and prints; opened only on record."""

from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.history import history
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.cases.services import add_service, services_for_need
from avrr_desktop.operations.imports.case_document import case_document
from avrr_desktop.operations.protection.restricted import break_glass, restrict_note, restricted_count, show_restricted
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import all_drafts, draft_of, keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support import stores
from tests.support.journals import tables_with
from tests.support.pdf_text import printed, whole

WORD = "ljubičasta"  # stands only in restricted records
REASON = "Hitna intervencija, dete u opasnosti."


def reread(workspace: Workspace, case: CaseFile) -> CaseFile:
    return workspace.store.reader.case_file(case.case.uid)


@pytest.fixture
def protected(workspace: Workspace, family: CaseFile) -> CaseFile:
    """A case with a specific need and a restricted note."""
    person = family.members[2].person.uid
    need = {"person": person, "kind": "vot", "severity": "high", "what_was_said": f"{WORD} kuća"}
    new_record(workspace, "vulnerability", need, family.case.uid)
    new_record(workspace, "note", {"text": f"{WORD} note", "restricted": True}, family.case.uid)
    return reread(workspace, family)


def test_without_the_key_nothing_of_them_can_be_read_anywhere(workspace: Workspace, protected: CaseFile) -> None:
    keep_draft(workspace, "new X", protected.case.uid, "vulnerability", "X", {"kind": "vot", "what_was_said": WORD}, ())
    for table in ("vulnerabilities", "notes", "local_drafts", "case_lines", "agenda"):
        for row in workspace.store.connection.rows(f"SELECT * FROM {table}"):
            assert WORD not in str(row) and "vot" not in str(row)
    for envelope, parts in workspace.store.connection.rows("SELECT envelope, parts FROM journal"):
        assert WORD.encode() not in envelope + parts and b'"vot"' not in envelope + parts
    assert find(workspace, WORD) == []
    assert WORD not in whole(printed(workspace, protected))
    assert WORD not in str(case_document(workspace, protected))
    assert all(WORD not in str(draft.values) for draft in all_drafts(workspace))
    kept = draft_of(workspace, "new X")
    assert kept and kept.values["what_was_said"] == WORD


def test_who_holds_the_key_reads_them_and_it_is_written_down(workspace: Workspace, protected: CaseFile) -> None:
    shown = show_restricted(workspace, protected)
    assert {record.text("what_was_said") or record.text("text") for record in shown} == {f"{WORD} kuća", f"{WORD} note"}
    line = accesses(workspace, protected.case.uid)[0]
    assert (line.text("what"), line.whole("count"), line.text("officer")) == ("viewed", 2, workspace.actor)
    assert reread(workspace, protected).revision == protected.revision  # looking makes no new revision


def test_who_has_no_key_neither_reads_nor_writes_them(workspace: Workspace, protected: CaseFile) -> None:
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError):
        show_restricted(workspace, protected)
    with pytest.raises(RefusedError):
        new_record(workspace, "vulnerability", {"kind": "vot"}, protected.case.uid)
    with pytest.raises(RefusedError):
        edit_record(workspace, protected.restricted[0], {"kind": "vot"}, protected.case.uid)
    assert restricted_count(workspace, protected) == 2
    told = [line for line in history(workspace, protected.case.uid) if "Restricted record" in line.what]
    assert len(told) == 2 and not [line for line in told if line.details]
    assert not [line for line in history(workspace, protected.case.uid) if "Specific need" in line.what]
    workspace.pack.settings["show_restricted"] = 0  # type: ignore[index]
    assert restricted_count(workspace, protected) == 0
    assert not [line for line in history(workspace, protected.case.uid) if "Restricted" in line.what]
    workspace.pack.settings["show_restricted"] = 1  # type: ignore[index]


def test_another_key_opens_nothing(workspace: Workspace, protected: CaseFile) -> None:
    workspace.hold_protection(bytes(32))
    with pytest.raises(RefusedError) as refused:
        show_restricted(workspace, protected)
    assert "another key" in refused.value.title


def test_a_closed_record_belongs_to_its_place(workspace: Workspace, protected: CaseFile) -> None:
    boxes = [record.values["sealed"] for record in protected.restricted]
    workspace.store.connection.execute(
        "UPDATE notes SET rest=json_object('sealed', ?) WHERE rest LIKE '%sealed%'", (boxes[1],)
    )
    with pytest.raises(RefusedError):
        show_restricted(workspace, reread(workspace, protected))


def test_they_are_edited_whole_undone_and_rebuilt(workspace: Workspace, protected: CaseFile) -> None:
    need = next(record for record in show_restricted(workspace, protected) if record.type == "vulnerability")
    changes = edit_record(workspace, need, {"severity": "low"}, protected.case.uid)
    assert changes

    def severity() -> tuple[str, str]:
        now = show_restricted(workspace, reread(workspace, protected))
        one = next(record for record in now if record.type == "vulnerability")
        return one.text("severity"), one.text("kind")

    assert severity() == ("low", "vot")
    entry = workspace.store.journal.named(changes.change_id)
    assert entry and entry.change.envelope["compartment"] == "protection/1"
    assert tables_match(workspace.store)
    undo(workspace, changes.change_id)
    assert severity() == ("high", "vot")


def test_in_an_emergency_the_reason_comes_first(workspace: Workspace, protected: CaseFile) -> None:
    key = workspace.protection
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError):
        break_glass(workspace, key, "  short ", protected.case.uid)
    assert not workspace.protection
    break_glass(workspace, key, REASON, protected.case.uid)
    assert len(show_restricted(workspace, protected)) == 2
    lines = accesses(workspace, protected.case.uid)
    assert [line.text("what") for line in lines] == ["viewed", "break_glass"]
    assert lines[1].text("reason") == REASON


def test_a_note_for_everybody_becomes_restricted_and_its_words_leave_the_history(
    workspace: Workspace, family: CaseFile
) -> None:
    word = "0vamprobkuf"
    made = new_record(workspace, "note", {"text": f"{word} said", "kind": "general"}, family.case.uid)
    clear = workspace.store.reader.record("note", made.record, family.case.uid)
    assert clear and tables_with(workspace, word[3:])
    restrict_note(workspace, family, clear)
    after = reread(workspace, family)
    assert word not in str(after.notes) and tables_with(workspace, word[3:]) == set()
    [closed] = show_restricted(workspace, after)
    assert closed.text("text") == f"{word} said"
    assert tables_match(workspace.store) and chain_fault(workspace.store.connection) is None
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError):
        restrict_note(workspace, after, after.notes[0])
    assert reread(workspace, family).notes == after.notes


def test_the_lock_forgets_the_key(tmp_path: Path) -> None:
    workspace = stores.office_workspace(tmp_path / "other.avrr")
    assert workspace.protection
    workspace.lock()
    assert not workspace.protection


def test_a_need_makes_think_of_services_and_adds_none(workspace: Workspace, protected: CaseFile) -> None:
    ana = protected.members[2].person.uid
    before = len(reread(workspace, protected).services)
    uid = new_record(
        workspace, "vulnerability", {"person": ana, "kind": "child_out_of_school"}, protected.case.uid
    ).record

    def thought_of() -> list[str]:
        now = reread(workspace, protected)
        need = next(one for one in show_restricted(workspace, now) if one.uid == uid)
        return [one.key for one in services_for_need(workspace, now, need)]

    assert thought_of() == ["school_enrolment", "school_placement"]
    assert len(reread(workspace, protected).services) == before
    add_service(workspace, reread(workspace, protected), "school_enrolment", (ana,))
    assert thought_of() == ["school_placement"], "what the person has is not offered again"
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError):
        services_for_need(workspace, reread(workspace, protected), protected.restricted[0])


def test_every_need_of_the_list_makes_think_of_something(workspace: Workspace) -> None:
    assert workspace.pack.by_need.keys() == workspace.pack.codes["vulnerability"].keys()


def test_what_was_said_before_the_return_is_closed_and_reads_as_typed(
    workspace: Workspace, protected: CaseFile
) -> None:
    values = {
        "person": protected.members[4].person.uid, "fit": "with_escort", "assessed_on": "2026-04-20", "physician": f"Dr. {WORD}",
        "declined": True, "declined_because": f"{WORD} kod kuće", "advised_on": "2026-04-21", "against_advice": True,
        "own_words": f"Dua të kthehem te {WORD}",
    }  # fmt: skip
    uid = new_record(workspace, "before_return", values, protected.case.uid).record
    assert tables_with(workspace, WORD) == set()
    shown = next(one for one in show_restricted(workspace, reread(workspace, protected)) if one.uid == uid)
    assert shown.values == values
    assert tables_match(workspace.store)
