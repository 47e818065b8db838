"""A closed case is only read: every verb that writes in it is refused, unless a late entry was begun, whose reason each Change carries."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import OVER, ends_as
from avrr_desktop.domain.consent.redaction import FULL
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import add_member, bring_member_back, open_case, read_case
from avrr_desktop.operations.cases.closing import reopen_case
from avrr_desktop.operations.cases.corrections import move_to_case, move_to_member
from avrr_desktop.operations.cases.follow_ups import plan_follow_ups
from avrr_desktop.operations.cases.history import history
from avrr_desktop.operations.cases.papers import add_papers
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.operations.cases.services import (
    accept_proposals,
    add_service,
    add_step,
    move_step,
    proposals,
    report_return,
)
from avrr_desktop.operations.documents.copies import finished_copy
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.protection.data_subject import lift_restriction, restrict_processing
from avrr_desktop.operations.protection.erasing import erase_person
from avrr_desktop.operations.protection.own_data import give_own_data
from avrr_desktop.operations.protection.restricted import restrict_note, show_restricted
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import draft_of, keep_draft
from avrr_desktop.operations.session.late_entries import (
    LATE,
    begin_late_entry,
    end_late_entry,
    is_read_only,
    late_entry,
)
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import index_matches, tables_match
from avrr_desktop.store.reading.cases import CaseFilter
from tests.support import media, stores
from tests.support.endings import close_case

Act = Callable[[Workspace, CaseFile], object]


def _case(workspace: Workspace) -> CaseFile:
    """Return a case with something of every kind in it, closed."""
    family = stores.family(workspace)
    uid = family.case.uid
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    add_service(workspace, read_case(workspace, uid), "legal_aid", [family.members[0].person.uid])
    for kind, values in {"note": {"text": "Poziv"}, "referral": {"category": "LEG"},
                         "contact": {"on": "2026-06-02"}, "follow_up": {"planned_on": "2026-07-01"},
                         "schooling": {"school": "OŠ Njegoš"}, "vulnerability": {"kind": "vot"}}.items():  # fmt: skip
        new_record(workspace, kind, values, uid)
    member = family.members[2].membership
    edit_record(workspace, member, {"situations": ("SIT_SCHOOL_AGE",)}, uid)
    remove_record(workspace, family.members[4].membership, uid)
    close_case(workspace, read_case(workspace, uid), "withdrew")
    return read_case(workspace, uid)


def _person(case_file: CaseFile, number: int = 0) -> str:
    return case_file.members[number].person.uid


WRITES: dict[str, Act] = {
    "edit the case": lambda w, c: edit_record(w, c.case, {"municipality_of_return": "Sjenica"}, c.case.uid),
    "edit a person": lambda w, c: edit_record(w, c.members[0].person, {"occupation": "Zidar"}, c.case.uid),
    "edit a membership": lambda w, c: edit_record(w, c.members[0].membership, {"left_on": "2026-06-01"}, c.case.uid),
    "edit a paper": lambda w, c: edit_record(w, c.papers[0], {"state": "lost"}, c.case.uid),
    "edit a step": lambda w, c: edit_record(w, c.steps[0], {"office_name": "Opština"}, c.case.uid),
    "edit a referral": lambda w, c: edit_record(w, c.referrals[0], {"reason": "Asked again"}, c.case.uid),
    "edit a follow-up": lambda w, c: edit_record(w, c.follow_ups[0], {"done_on": "2026-06-14"}, c.case.uid),
    "edit a school": lambda w, c: edit_record(w, c.schoolings[0], {"grade": "3"}, c.case.uid),
    "add a note": lambda w, c: new_record(w, "note", {"text": "Kasno"}, c.case.uid),
    "add a contact": lambda w, c: new_record(w, "contact", {"on": "2026-06-10"}, c.case.uid),
    "add a paper": lambda w, c: add_papers(w, c, [_person(c)], {"doc_type": "passport"}),
    "add a referral": lambda w, c: new_record(w, "referral", {"state": "draft"}, c.case.uid),
    "add a restricted record": lambda w, c: new_record(w, "vulnerability", {"kind": "gbv"}, c.case.uid),
    "add a consent": lambda w, c: new_record(w, "consent", {"scope": "referral"}, c.case.uid),
    "add a plan": lambda w, c: new_revision(w, c),
    "add a member": lambda w, c: add_member(w, c, {"given_names": "Ivo"}, {}),
    "bring a member back": lambda w, c: bring_member_back(w, c, next(uid for uid in c.people if uid not in {
        one.person.uid for one in c.members})),
    "add a service": lambda w, c: add_service(w, c, "passport", [_person(c)]),
    "take proposals": lambda w, c: accept_proposals(w, c, proposals(w, c)),
    "add a step": lambda w, c: add_step(w, c, c.services[0].uid, {"title": "Još nešto"}),
    "move a step": lambda w, c: move_step(w, c, c.steps[0].uid, "done"),
    "plan follow-ups": lambda w, c: plan_follow_ups(w, c),
    "give a paper to another": lambda w, c: move_to_member(w, c, c.papers[0], _person(c, 1)),
    "move a note away": lambda w, c: move_to_case(w, c, c.notes[0], read_case(w, open_case(w, {"called": "Hoti"}).case)),
    "remove a note": lambda w, c: remove_record(w, c.notes[0], c.case.uid),
    "remove a paper": lambda w, c: remove_record(w, c.papers[0], c.case.uid),
    "remove a service": lambda w, c: remove_record(w, c.services[0], c.case.uid),
    "remove a member": lambda w, c: remove_record(w, c.members[1].membership, c.case.uid),
    "restrict a note": lambda w, c: restrict_note(w, c, c.notes[0]),
    "attach a file": lambda w, c: attach_file(w, c.case.uid, media.pdf(), name="izvod.pdf"),
    "keep a draft": lambda w, c: keep_draft(w, "new note 1", c.case.uid, "note", "1", {"text": "x"}, ()),
    "undo what was before": lambda w, c: undo(w, _entries(w, c)[-2]),
}  # fmt: skip


def _entries(workspace: Workspace, case_file: CaseFile) -> list[str]:
    return [entry.change.change_id for entry in workspace.store.journal.of_case(case_file.case.uid)]


def _held(workspace: Workspace) -> tuple[object, ...]:
    return (list(workspace.store.dump()), [draft.form for draft in workspace.store.local.drafts()])


@pytest.mark.parametrize("name", WRITES)
def test_a_closed_case_is_only_read(workspace: Workspace, name: str) -> None:
    case_file = _case(workspace)
    if name == "move a note away":
        target = read_case(workspace, open_case(workspace, {"called": "Hoti"}).case)
        act: Act = lambda w, c: move_to_case(w, c, c.notes[0], target)  # noqa: E731
    else:
        act = WRITES[name]
    before = _held(workspace)
    with pytest.raises(RefusedError) as refused:
        act(workspace, case_file)
    assert "closed" in refused.value.title and "late entry" in refused.value.hint
    assert _held(workspace) == before


@pytest.mark.parametrize("name", WRITES)
def test_a_late_entry_writes_and_says_why(workspace: Workspace, name: str) -> None:
    case_file = _case(workspace)
    known = set(_entries(workspace, case_file))
    begin_late_entry(workspace, case_file, " The certificate came after the closing ")
    WRITES[name](workspace, case_file)
    written = [one for one in workspace.store.journal.of_case(case_file.case.uid) if one.change.change_id not in known]
    assert bool(written) is (name != "keep a draft")
    for entry in written:
        reasons = {part.values.get(LATE) for part in entry.parts if part is not None} - {None}
        assert reasons == {"The certificate came after the closing"}
    after = read_case(workspace, case_file.case.uid)
    assert after.over
    if written:
        lines = history(workspace, case_file.case.uid)
        assert any("The certificate came after the closing" in "".join(line.details) for line in lines)
    assert tables_match(workspace.store) and index_matches(workspace.store)


def test_a_late_entry_ends_when_the_case_is_left_and_at_the_lock(workspace: Workspace) -> None:
    case_file = _case(workspace)
    uid = case_file.case.uid
    assert is_read_only(workspace, uid) and not is_read_only(workspace, "")
    begin_late_entry(workspace, case_file, "x")
    assert not is_read_only(workspace, uid) and late_entry(workspace, uid) == "x"
    end_late_entry(workspace, uid)
    with pytest.raises(RefusedError):
        new_record(workspace, "note", {"text": "y"}, uid)
    begin_late_entry(workspace, case_file, "x")
    again = stores.reopened(workspace)
    assert is_read_only(again, uid)
    again.lock()


def test_a_late_entry_needs_a_reason_and_a_closed_case(workspace: Workspace) -> None:
    case_file = _case(workspace)
    with pytest.raises(RefusedError):
        begin_late_entry(workspace, case_file, "  ")
    assert is_read_only(workspace, case_file.case.uid)
    reopen_case(workspace, case_file)
    with pytest.raises(RefusedError):
        begin_late_entry(workspace, read_case(workspace, case_file.case.uid), "x")


def test_a_late_entry_opens_one_case_and_no_other(workspace: Workspace) -> None:
    first, second = _case(workspace), _case(workspace)
    begin_late_entry(workspace, first, "x")
    with pytest.raises(RefusedError):
        new_record(workspace, "note", {"text": "y"}, second.case.uid)


def test_what_was_added_late_can_be_undone_late(workspace: Workspace) -> None:
    case_file = _case(workspace)
    uid = case_file.case.uid
    begin_late_entry(workspace, case_file, "first")
    made = new_record(workspace, "note", {"text": "Kasno"}, uid)
    changed = edit_record(workspace, read_case(workspace, uid).case, {"municipality_of_return": "Sjenica"}, uid)
    begin_late_entry(workspace, case_file, "second")
    assert changed is not None
    undo(workspace, changed.change_id)
    undo(workspace, made.changes.change_id)
    after = read_case(workspace, uid)
    assert after.case.text("municipality_of_return") == "Novi Pazar"
    assert "Kasno" not in {note.text("text") for note in after.notes}
    end_late_entry(workspace, uid)
    with pytest.raises(RefusedError):
        new_record(workspace, "note", {"text": "z"}, uid)


def test_the_closing_itself_is_undone_and_redone(workspace: Workspace) -> None:
    case_file = _case(workspace)
    undo(workspace, _entries(workspace, case_file)[-1])
    assert read_case(workspace, case_file.case.uid).running
    new_record(workspace, "note", {"text": "again"}, case_file.case.uid)


@pytest.mark.parametrize("status", OVER)
def test_every_status_that_is_over_is_closed_to_writing(workspace: Workspace, status: str) -> None:
    reason = next(reason for reason in ("withdrew", "transferred", "duplicate") if ends_as(reason).code == status)
    family = stores.family(workspace)
    close_case(workspace, family, reason)
    with pytest.raises(RefusedError):
        new_record(workspace, "note", {"text": "x"}, family.case.uid)


def test_a_closed_case_is_printed_given_rested_and_erased_as_ever(workspace: Workspace, tmp_path: Path) -> None:
    case_file = _case(workspace)
    uid = case_file.case.uid
    assert finished_copy(workspace, case_file, "summary", FULL, "", "printed")
    assert give_own_data(workspace, case_file, case_file.members[0], tmp_path)
    assert show_restricted(workspace, case_file)
    restrict_processing(workspace, read_case(workspace, uid), "at the person’s request")
    lift_restriction(workspace, read_case(workspace, uid))
    looked = len(accesses(workspace, uid))
    assert looked
    erase_person(workspace, read_case(workspace, uid), case_file.members[0], "at the person’s request")
    assert case_file.members[0].person.uid not in read_case(workspace, uid).people


def test_a_colleague_who_is_back_is_reported_in_a_closed_case_too(workspace: Workspace) -> None:
    case_file = _case(workspace)
    report_return(workspace, case_file, case_file.steps[0])
    assert read_case(workspace, case_file.case.uid).steps[0].yes("back_reported")
    with pytest.raises(RefusedError):
        edit_record(workspace, case_file.steps[0], {"back_reported": None, "office_name": "x"}, case_file.case.uid)


def test_a_person_of_a_closed_case_is_worked_on_in_the_running_one(workspace: Workspace) -> None:
    case_file = _case(workspace)
    second = open_case(workspace, {"called": "Second return"}, known=_person(case_file))
    edit_record(workspace, case_file.members[0].person, {"occupation": "Zidar"}, second.case)
    assert read_case(workspace, second.case).members[0].person.text("occupation") == "Zidar"


def test_a_draft_from_before_the_closing_stays_and_can_be_read(workspace: Workspace) -> None:
    family = stores.family(workspace)
    keep_draft(workspace, "new note 1", family.case.uid, "note", "1", {"text": "x"}, ())
    close_case(workspace, family, "withdrew")
    assert draft_of(workspace, "new note 1") is not None
    assert [
        line.uid for line in workspace.store.reader.lines(workspace.store.reader.line_keys(CaseFilter(status="over")))
    ]
