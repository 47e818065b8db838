"""Every verb names its permission, each role may what the table of roles says, and the screens go through the verbs."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from avrr_desktop import operations
from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import RETURNEE
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.access.officers import give_protection, take_passphrase
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.documents.printing import Copy, case_pdf, hand_over, put_in_outbox
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.permission import OF_ROLE, Permission
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.operations.session.workspace import NO_ROLE, Workspace
from avrr_desktop.operations.store.backups import backup_folder, choose_backup_folder
from avrr_desktop.operations.store.opening import open_unlocked
from tests.support import office_with_keys, stores
from tests.support.folders import ROOT, copy_of
from tests.support.office_with_keys import FOUNDER, READER, WORKER

PACKAGE = ROOT / "avrr_desktop"
# Public functions that take the Workspace first and name no permission; looked through on 22 November 2026.
ONLY_VERBS_CALL = {
    "drafts.stays_restricted": "a further mark on values that a verb is about to keep",
    "access_log.note": "writes down what a verb did: whoever may do it may not leave it unwritten",
    "access_log.next_serial": "the number of a copy that a verb makes",
    "access_log.next_serials": "the numbers of copies that a verb makes",
    "agreements.check_told": "a further check of verbs that make a copy",
    "agreements.told_to": "says what a copy may tell of whom, for the verbs that make it and hand it over",
    "agreements.evidence_about": "reads what is written down, for that answer",
    "agreements.births": "the same",
    "admitted.referral_fault": "a rule of taking in, asked of entries by bring_back and take_in",
    "cover.check_cover": "a further check of verbs that tell a partner something",
    "moves.checked_day": "the same, of the day of a move",
    "moves.disclosure": "makes a part and writes nothing",
    "moves.move_parts": "makes parts and writes nothing",
    "withdrawn.end_for_withdrawal": "the same, for the verb that withdraws a consent",
    "claims.claim": "what an entry says of rights, refused by itself where they are not to give",
    "cases.number_prefix": "a piece of a case number",
    "cases.put_new_case": "the writing half of open_case and add_case_document",
    "document_language.words_of": "what the language of a document means, for the verbs that make it",
    "copies.check_copy": "a further check of verbs that make a copy",
    "copies.check_level": "a further check of verbs that make or read a copy",
    "decisions.decision_fault": "a rule of taking in, asked of entries by bring_back and take_in",
    "decisions.erasing_fault": "the same",
    "decisions.standing_then": "the same",
    "people.check_at_home": "a further check of verbs that join",
    "people.note_of": "makes a part and writes nothing",
    "people.naming": "makes parts and writes nothing",
    "people.renamed": "makes parts and writes nothing",
    "people.raw_records": "reads for verbs that join and split",
    "families.came": "makes a part and writes nothing",
    "journeys.cases_of_journey": "says for bring_back which cases went along",
    "journeys.remember_journey": "notes for take_along which cases go along",
    "key_changes.counted_spare": "says what the grants say of a slot",
    "key_changes.finish": "the last step of verbs that let somebody in",
    "key_changes.let_in": "the writing half of verbs that let somebody in",
    "key_changes.look_at_keys": "compares the key file with the last one: done at every unlock",
    "key_changes.note_keys": "the same, after a change",
    "key_changes.renew_own_slot": "writes the slot that is open anew: done at every unlock",
    "key_changes.take_away": "the writing half of take_passphrase",
    "key_changes.settle_keys": "does what the journal says: done at every unlock",
    "leaving_files.leave": "the writing half of verbs that write a file for others",
    "leaving_files.leaving": "the same, for many files",
    "leaving_files.settle": "tells what became of files when the program ended: done at every unlock, by whoever unlocks",
    "many_prints.check_bulk": "a further check of verbs that print or export many cases",
    "many_prints.left_today": "counts for that check",
    "second_person.agreed": "lets the second person sign what a verb saves",
    "second_person.may_second": "a further check of verbs that two people decide",
    "many_prints.bulk_copy": "looks at what is about to be printed",
    "sealing.sealed_part": "closes what a verb is about to write",
    "sealing.sealed_values": "closes what a verb is about to keep as a draft",
    "check_keys.check_keys": "a part of the check",
    "check.is_journey": "a part of the check",
    "heads.check_heads": "a part of the check",
    "heads.heads_there": "a part of the check",
    "heads.lacking_entries": "a part of history_problem",
    "sealing.opened_values": "opens nothing without the key",
    "settling.check_settled": "a further check of the verbs that close a case",
    "settling.ending_parts": "makes the parts of a closing and writes nothing",
    "settling.reopened_part": "makes the part of a reopening and writes nothing",
    "parts.adding": "makes a part and writes nothing",
    "parts.cleaned_values": "the same",
    "parts.offices_named": "makes parts, which commit writes with those that name the offices",
    "parts.written_office": "the same",
    "late_entries.late_for": "lets one act of a verb write into a closed case, with its reason",
    "late_entries.check_open": "a further check of verbs that write in a case",
    "late_entries.with_reason": "adds the reason of a late entry to what a verb is about to write",
    "records.check_allowed": "a further check of verbs: says no, and writes nothing",
    "records.check_managed": "the same, of records that are for those who manage",
    "records.check_sealed": "the same, of restricted ones",
    "records.commit": "the writing half of every verb, for verbs alone",
    "records.commit_and_drop": "the same for verbs that take the draft of a form along",
    "recovery.escrow_slot": "the writing half of add_escrow and of founding a store",
    "heads.keep_head": "notes where the history ends, at the lock",
    "officers.has_own_passphrase": "says for a verb what the key files tell everybody",
    "sealing.protection_key": "asks for the key itself",
    "journey.key_of_copy": "is a key that follows from the one at hand",
    "services.service_parts": "makes parts and writes nothing",
    "cases.member_part": "makes a part and writes nothing",
    "cases.back_parts": "the same",
    "cases.next_position": "counts for that part",
    "proofs.proof_parts": "makes parts and writes nothing",
    "proofs.together": "makes parts and writes nothing",
    "pack_office.pack_parts": "makes parts and writes nothing",
    "programmes.office_parts": "the same",
    "practice_consents.further_consents": "makes parts of invented people and writes nothing",
}
ANYBODY_MAY = {  # marked with ``anybody``
    "key_changes.own_passphrase_changed": "after somebody changed their own",
    "officers.add_officer": "before anybody said who they are; refused where each has a passphrase",
    "officers.begin_as": "before anybody said who they are; refused where each has a passphrase",
    "second_person.second_person": "asks for the passphrase of a supervisor",
    "sealing.opened": "asks for the key itself; the window calls it once show_restricted wrote down who looks",
    "restricted.emergency_key": "asks for the recovery code",
    "opening.clock_problem": "compares the clock",
    "opening.tidy": "changes nothing that anybody sees",
}


def public_functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield (module.name, function) for every public function of operations whose first parameter is the Workspace."""
    for module in pkgutil.walk_packages(operations.__path__, "avrr_desktop.operations."):
        found = importlib.import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            if function.__module__ == found.__name__ and not name.startswith("_"):
                first = next(iter(inspect.signature(function).parameters.values()), None)
                if first is None or first.annotation is Session:
                    continue  # screens may read of a session what they hold
                if first.annotation in (Workspace, "Workspace") or first.name == "workspace":
                    yield f"{module.name.rpartition('.')[2]}.{name}", function


def test_every_verb_names_the_permission_that_it_needs() -> None:
    marks = {name: getattr(function, "permission", "unmarked") for name, function in public_functions()}
    assert {name for name, mark in marks.items() if mark == "unmarked"} == set(ONLY_VERBS_CALL)
    assert {name for name, mark in marks.items() if mark is None} == set(ANYBODY_MAY)
    assert len(marks) > 100


@dataclass(frozen=True)
class Place:
    """A store with an officer of each role, and the opened slot of each."""

    folder: Path
    keys: dict[str, Keys]
    case: str
    document: int


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    office = office_with_keys.office(Path(tmp_path_factory.mktemp("roles")) / "office.avrr")
    founder = office.at_work(FOUNDER)
    others = {"administrator": "administrator of five", NO_ROLE: "who left of five words"}
    uids = [
        office_with_keys.joined(founder, f"Somebody {role}", "administrator", words) for role, words in others.items()
    ]
    keys = {role: unlock(office.folder, words) for role, words in (
        ("supervisor", FOUNDER), ("case_worker", WORKER), ("read_only", READER), *others.items())}  # fmt: skip
    case = stores.family(founder)
    new_record(founder, "vulnerability", {"kind": "vot"}, case.case.uid)
    case = founder.store.reader.case_file(case.case.uid)
    own = Copy(RETURNEE)  # a level that every role may print which may print at all
    document = put_in_outbox(founder, case, case_pdf(founder, case, copy=own), copy=own)
    for uid in (office.worker, office.reader, *uids):
        give_protection(founder, uid)
    take_passphrase(founder, uids[1])
    founder.lock()
    return Place(office.folder, keys, case.case.uid, document)


def case_of(workspace: Workspace, place: Place) -> CaseFile:
    return workspace.store.reader.case_file(place.case)


VERBS: dict[Permission, Callable[[Workspace, Place], object]] = {
    Permission.READ: lambda w, place: (read_case(w, place.case), find(w, "Marko")),
    Permission.RECORD: lambda w, place: new_record(w, "note", {"text": "x"}, place.case),
    Permission.PRINT: lambda w, place: case_pdf(w, case_of(w, place)),
    Permission.HAND_OVER: lambda w, place: hand_over(w, place.document, w.folder.path.parent, "courier"),
    Permission.MANAGE: lambda w, place: choose_backup_folder(w, place.folder),
    Permission.APPROVE: lambda w, place: restrict_processing(w, case_of(w, place), "asked by the person"),
    Permission.PROTECT: lambda w, place: show_restricted(w, case_of(w, place)),
}


@pytest.mark.parametrize("role", [*OF_ROLE, NO_ROLE])
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_what_the_table_of_roles_says_and_nothing_else(
    place: Place, tmp_path: Path, permission: Permission, role: str
) -> None:
    folder = copy_of(place.folder, f"{permission.value}-{role}.avrr")
    workspace = open_unlocked(folder, place.keys[role], clock=SteppingClock(stores.NOW))
    if role == NO_ROLE:  # who left holds no key any more: only the role is asked here
        workspace.hold_protection(place.keys["supervisor"].database)
    assert workspace.role == role
    entries, chosen = workspace.store.journal.count(), workspace.store.local.setting("backup_folder")
    if permission in OF_ROLE.get(role, ()):
        VERBS[permission](workspace, place)
    else:
        with pytest.raises(RefusedError) as refused:
            VERBS[permission](workspace, place)
        assert "role does not allow" in refused.value.title
        assert workspace.store.journal.count() == entries
        assert workspace.store.local.setting("backup_folder") == chosen
        assert [item.state for item in workspace.store.local.documents()] == ["ready"]
    workspace.lock()


def test_every_role_of_the_table_is_one_that_an_officer_can_have(workspace: Workspace) -> None:
    assert set(OF_ROLE) == set(workspace.pack.codes["officer_role"])
    assert backup_folder(workspace)


def screens() -> Iterator[tuple[str, ast.AST]]:
    """Yield (file, syntax tree) of window and command line."""
    for path in (*PACKAGE.glob("ui/**/*.py"), *PACKAGE.glob("cli/**/*.py"), PACKAGE / "app.py"):
        yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def own(kind: type) -> set[str]:
    """Return the names that a class and its parents give."""
    return {*dir(kind), *(field.name for field in dataclasses.fields(kind))}


# What only the Workspace has, and its screens have no use for; the names of what lies behind it as well.
BEHIND = own(Workspace) - own(Session) | {"reader", "journal", "set_setting"}


def reached(tree: ast.AST) -> Iterator[str]:
    """Yield what is asked of a session, or of anything in the name of its store, that a screen may not have."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in BEHIND:
            owner = ast.unparse(node.value)
            if owner not in ("given", "one", "staged", "self"):  # typed, remembered, an update, a screen's own
                yield f"{owner}.{node.attr}"
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "vars", "attrgetter"):
            yield from (BEHIND & {one.value for one in node.args if isinstance(one, ast.Constant)})


def test_screens_hold_a_session_and_reach_neither_store_nor_keys() -> None:
    assert {(file, name) for file, tree in screens() for name in reached(tree)} == set()
    assert {"store", "_store", "_key", "protection", "files_key", "database_key", "folder", "grants"} <= BEHIND
    sample = ast.parse(
        "self.workspace.store.save(x); w.files_key(); getattr(w, '_key'); j.journal.all(); open_store(f)._store"
    )
    assert set(reached(sample)) == {
        "self.workspace.store", "w.files_key", "_key", "j.journal", "open_store(f)._store"}  # fmt: skip


def test_window_and_command_line_reach_no_half_of_a_verb() -> None:
    halves = {tuple(name.split(".")) for name in ONLY_VERBS_CALL}
    taken = {
        (file, module, name)
        for file, tree in screens()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for module, name in [((node.module or "").rpartition(".")[2], alias.name) for alias in node.names]
        if (module, name) in halves
    }
    assert taken == set()
