"""The check of a store says what somebody with the key did past the program, and what to do about it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.signing import Signer
from avrr_desktop.language import Language
from avrr_desktop.operations.access.officers import give_protection, take_passphrase
from avrr_desktop.operations.protection.erasing import erase_case, erase_person, plan_case
from avrr_desktop.operations.protection.restricted import restrict_note
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.store.backups import choose_backup_folder, make_backup
from avrr_desktop.operations.store.check import StoreReport, check_store
from avrr_desktop.operations.store.history_problem import history_problem
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.journal.erasing import erase_records
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.store import Store
from tests.support import office_with_keys
from tests.support.insider import at_the_file, empty, forge_slot, newest, resign, seed_of
from tests.support.office_with_keys import FOUNDER, QUICK, SECOND, WORKER, People, agreeing
from tests.support.stores import family


@pytest.fixture
def office(tmp_path: Path) -> People:
    made = office_with_keys.office(tmp_path / "office.avrr")
    workspace = made.at_work(FOUNDER)
    case = family(workspace)
    new_record(workspace, "note", {"text": "The second note"}, case.case.uid)
    new_record(workspace, "note", {"text": "The third note"}, case.case.uid)
    workspace.lock()
    return made


def checked(office: People, passphrase: str = FOUNDER) -> StoreReport:
    """Check a store as somebody who did nothing; what is found is said in sentences that tell what to do."""
    workspace = office.at_work(passphrase)
    report = check_store(workspace)
    for finding in report.findings:
        said = finding.said(Language())
        assert "{" not in said and said.count(".") > 1
    workspace.lock()
    return report


def found(office: People) -> list[str]:
    report = checked(office)
    assert not report.sound
    return [finding.what for finding in report.findings]


def note_number(store: Store, text: str) -> int:
    """Return the number of the entry that holds a text."""
    row = store.connection.one("SELECT pk FROM journal WHERE instr(parts, ?) > 0", (text.encode(),))
    assert row
    return int(row[0])


def test_a_store_to_which_nothing_was_done_is_sound(office: People) -> None:
    report = checked(office)
    assert report.sound and not report.findings
    assert list(report.lines(Language()))[1:] == ["Everything is valid."]


def test_a_text_that_no_erasing_accounts_for_is_missed(office: People) -> None:
    with at_the_file(office.folder, WORKER) as store:
        empty(store, note_number(store, "The second note"))
        store.rebuild()
    assert found(office) == ["emptied"]


def test_a_text_is_missed_also_beside_an_erasing_of_somebody_else(office: People) -> None:
    workspace = office.at_work(FOUNDER)
    other = family(workspace)
    erase_case(workspace, other, "asked", agreeing(office.folder, SECOND))
    workspace.lock()
    with at_the_file(office.folder, WORKER) as store:
        empty(store, note_number(store, "The second note"))
        store.rebuild()
    assert found(office) == ["emptied"]


def test_what_one_supervisor_erased_past_the_window_is_told(office: People) -> None:
    founder = office.at_work(FOUNDER)
    [line] = founder.store.reader.lines([1])
    erase_records(founder.store, plan_case(founder, line.uid).gone, Part(PartKind.ERASE, "case", line.uid, {"ground": "x"}), actor=founder.actor,
                  now=founder.clock.now())  # fmt: skip
    founder.lock()
    assert "erased_alone" in found(office)


def test_a_note_that_a_case_worker_made_a_restricted_one_is_nobodys_erasing(office: People) -> None:
    founder = office.at_work(FOUNDER)
    give_protection(founder, office.worker)
    founder.lock()
    worker = office.at_work(WORKER)
    case = worker.store.reader.case_file(worker.store.reader.lines([1])[0].uid)
    restrict_note(worker, case, case.notes[0])
    worker.lock()
    assert checked(office).sound


def test_what_two_people_erased_is_accounted_for(office: People) -> None:
    workspace = office.at_work(FOUNDER)
    [uid] = {row[0] for row in workspace.store.connection.rows("SELECT uid FROM cases")}
    case = workspace.store.reader.case_file(uid)
    erase_person(workspace, case, case.members[2], "asked", agreeing(office.folder, SECOND))
    workspace.lock()
    assert checked(office).sound


def test_an_erasing_by_somebody_who_may_not_erase_accounts_for_nothing(office: People) -> None:
    worker = office.at_work(WORKER)
    [uid] = {row[0] for row in worker.store.connection.rows("SELECT uid FROM cases")}
    number = note_number(worker.store, "The second note")
    named = worker.store.connection.rows("SELECT change_id FROM journal WHERE pk=?", (number,))[0][0]
    empty(worker.store, number)
    tombstone = Part(PartKind.ERASE, "case", uid, {"ground": "none", "records": 1, "emptied": (f"{named}:0",)})
    worker.store.save([tombstone], case=None, actor=worker.actor, now=worker.clock.now())
    worker.store.rebuild()
    worker.lock()
    assert found(office) == ["emptied", "erased"]


def test_a_store_that_calls_itself_a_journey_and_lacks_entries_is_neither(office: People) -> None:
    with at_the_file(office.folder, WORKER) as store:
        store.local.set_setting("partial", "1")
        store.connection.execute("DELETE FROM journal WHERE pk=?", (note_number(store, "The second note"),))
        store.rebuild()
    report = checked(office)
    assert [finding.what for finding in report.findings] == ["partial"] and report.fault is not None


def test_an_entry_signed_again_in_another_name_is_told(office: People) -> None:
    with at_the_file(office.folder, WORKER) as store:
        device = Signer(bytes.fromhex(store.local.setting("device_seed")))
        mine = Signer(seed_of(office.folder, WORKER))
        number = newest(store)
        resign(store, number, device, mine, lambda envelope: envelope.update(actor=office.second))
        [(name, digest)] = store.connection.rows("SELECT change_id, digest FROM journal WHERE pk=?", (number,))
        device_id, incarnation, sequence = name.split(".")
        store.local.set_setting("chain_head", json.dumps([device_id, int(incarnation), int(sequence), digest.hex()]))
    report = checked(office)
    assert report.fault is None and [finding.what for finding in report.findings] == ["author", "head_cut"]


@pytest.mark.parametrize(("writer", "approver"), [(WORKER, "worker"), (SECOND, "founder")])
def test_a_closing_approved_in_somebody_elses_name_is_told(office: People, writer: str, approver: str) -> None:
    worker = office.at_work(writer)
    [uid] = {row[0] for row in worker.store.connection.rows("SELECT uid FROM cases")}
    case = worker.store.reader.case_file(uid).case
    values = {"status": "closed", "closed_on": "2026-06-15", "closure_reason": "deceased",
              "closure_approved_by": getattr(office, approver), "closure_asked_by": office.founder}  # fmt: skip
    part = Part(PartKind.COMMAND, "case", uid, values, case.seen)
    worker.store.save([part], case=uid, actor=worker.actor, now=worker.clock.now())
    worker.lock()
    assert found(office) == ["approved"]


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER mine AFTER INSERT ON notes BEGIN DELETE FROM accesses; END",
        "CREATE VIEW mine AS SELECT * FROM persons",
        "CREATE TABLE mine (a TEXT)",
        "CREATE INDEX mine ON persons (phone)",
        "ALTER TABLE persons ADD COLUMN mine TEXT",
        "DROP INDEX accesses_case",
    ],
)
def test_what_the_migrations_did_not_make_is_told(office: People, planted: str) -> None:
    with at_the_file(office.folder, WORKER) as store:
        store.connection.execute(planted)
    assert found(office) == ["schema"]


def search_for_nothing(store: Store) -> None:
    """Let a person be found by another word."""
    [(number,)] = store.connection.rows("SELECT pk FROM search_entries WHERE record_type='person' ORDER BY pk LIMIT 1")
    store.connection.execute("DELETE FROM search_names WHERE rowid=?", (number,))
    store.connection.execute("INSERT INTO search_names (rowid, t) VALUES (?, 'nobody')", (number,))


def words_away(store: Store) -> None:
    """Let no text be completed while somebody types."""
    store.connection.execute("DELETE FROM search_words WHERE word='second'")


@pytest.mark.parametrize("alter", [search_for_nothing, words_away])
def test_words_of_the_search_that_were_altered_are_told(office: People, alter: Callable[[Store], None]) -> None:
    with at_the_file(office.folder, WORKER) as store:
        alter(store)
    report = checked(office)
    assert not report.sound and not report.index_matches and report.tables_match


def planted_record(store: Store) -> None:
    """Let a provider be there of whom no entry speaks."""
    store.connection.execute("INSERT INTO providers (uid, name, made, changed) VALUES ('X', 'Nobody', 1, 1)")


def altered_line(store: Store) -> None:
    """Let a list show another name."""
    store.connection.execute("UPDATE case_lines SET principal='Nobody'")


def another_case(store: Store) -> None:
    """Let a case be there of which no entry speaks."""
    store.connection.execute("INSERT INTO cases (uid, number, made, changed) VALUES ('X', 'RS-TIR-2026-ZZ-0009', 1, 1)")


@pytest.mark.parametrize("alter", [planted_record, altered_line, another_case])
def test_tables_and_lists_that_were_altered_are_told(office: People, alter: Callable[[Store], None]) -> None:
    with at_the_file(office.folder, WORKER) as store:
        alter(store)
    report = checked(office)
    assert not report.sound and not report.tables_match and report.index_matches


def test_a_slot_that_somebody_forged_is_told(office: People) -> None:
    forge_slot(office.folder, WORKER, office.founder, "words of the insider alone")
    assert found(office) == ["slot_unknown", "slot_double"]


def test_a_slot_for_nobody_is_told(office: People) -> None:
    forge_slot(office.folder, WORKER, "SOMEBODY", "words of the insider alone")
    assert found(office) == ["slot_unknown"]


def test_the_slot_of_who_left_is_gone_at_the_next_unlock(office: People) -> None:
    before = StoreFolder(office.folder).read_keys()
    founder = office.at_work(FOUNDER)
    take_passphrase(founder, office.worker)
    founder.lock()
    StoreFolder(office.folder).write_keys(replace(before, generation=before.generation + 9))
    workspace = office.at_work(FOUNDER)
    assert office.worker not in {slot.officer for slot in workspace.folder.read_keys().slots}
    workspace.lock()


def test_a_recovery_code_that_nobody_wrote_down_is_told(office: People) -> None:
    place = StoreFolder(office.folder)
    file, _ = slots.with_recovery(place.read_keys(), WORKER, recovery.new_code(), QUICK)
    place.write_keys(file)
    assert found(office) == ["spare"]


def test_an_entry_that_claims_a_role_is_told(office: People) -> None:
    worker = office.at_work(WORKER)
    record = worker.store.reader.record("officer", office.worker)
    assert record
    part = Part(PartKind.SET, "officer", office.worker, {"role": "supervisor"}, record.seen)
    grant = {
        "previous": worker.grants.head if worker.grants else "",
        "officers": {office.worker: {"role": "supervisor"}},
    }
    worker.store.save([part], case=None, actor=worker.actor, now=worker.clock.now(), grant=grant)
    worker.lock()
    assert "grants" in found(office)


def cut_end(folder: Path) -> None:
    """Cut the newest entry with everything that the store itself notes of it."""
    with at_the_file(folder, WORKER) as store:
        number = newest(store)
        store.connection.execute("DELETE FROM journal WHERE pk=?", (number,))
        [(name, digest)] = store.connection.rows("SELECT change_id, digest FROM journal WHERE pk=?", (number - 1,))
        device, incarnation, sequence = name.split(".")
        store.local.set_setting("chain_head", json.dumps([device, int(incarnation), int(sequence), digest.hex()]))
        store.local.set_setting("head_written", name)
        store.rebuild()
        (folder / "sentinel").write_text(name, encoding="ascii")


def test_a_cut_end_is_told_by_the_head_beside_the_store(office: People) -> None:
    cut_end(office.folder)
    workspace = office.at_work(FOUNDER)
    assert history_problem(workspace)
    report = check_store(workspace)
    assert report.fault is None and not report.missing
    assert [finding.what for finding in report.findings] == ["head_cut"]
    workspace.lock()


def test_a_cut_end_is_told_by_the_head_of_a_backup_when_that_beside_the_store_is_gone(
    office: People, tmp_path: Path
) -> None:
    workspace = office.at_work(FOUNDER)
    choose_backup_folder(workspace, tmp_path / "backups")
    made = make_backup(workspace)
    workspace.lock()
    manifest = json.loads((made.path / "backup.json").read_text(encoding="ascii"))
    (made.path / "backup.json").write_text(json.dumps({**manifest, "newest": ""}), encoding="ascii")  # nobody signed it
    cut_end(office.folder)
    (office.folder / "head").unlink()
    assert found(office) == ["head_missing", "head_cut"]


def test_an_older_head_with_another_number_is_not_signed(office: People) -> None:
    path = office.folder / "head"
    content = json.loads(path.read_text(encoding="ascii"))
    [(chain, end)] = [(chain, end) for chain, end in content["chains"].items() if end[0] > 1][:1]
    content["chains"][chain] = [end[0] - 1, end[1]]
    path.write_text(json.dumps(content), encoding="ascii")
    assert found(office) == ["head_unsigned"]
    assert checked(office).sound  # written anew at the lock


@pytest.mark.parametrize("content", ["", "{}", "[" * 9999, '{"format": 1, "chains": {"a": [1e999, 2]}}'])
def test_a_damaged_head_keeps_nobody_out(office: People, content: str) -> None:
    (office.folder / "head").write_text(content, encoding="ascii")
    workspace = office.at_work(FOUNDER)
    assert not history_problem(workspace) and not check_store(workspace).sound
    workspace.lock()
    (office.folder / "head").unlink()
    assert [finding.what for finding in checked(office).findings] == ["head_missing"]
    assert checked(office).sound


def without_the_one_before(envelope: dict[str, object]) -> None:
    del envelope["previous"]


def of_no_kind(envelope: dict[str, object]) -> None:
    envelope.update(sequence=None, parents=7, under=[1], actor={}, case=[])


@pytest.mark.parametrize("alter", [without_the_one_before, of_no_kind])
def test_an_entry_that_this_program_never_wrote_stops_no_check(
    office: People, alter: Callable[[dict[str, object]], None]
) -> None:
    with at_the_file(office.folder, WORKER) as store:
        device = Signer(bytes.fromhex(store.local.setting("device_seed")))
        resign(store, newest(store), device, Signer(seed_of(office.folder, WORKER)), alter)
    with at_the_file(office.folder, WORKER) as store:
        assert chain_fault(store.connection) is not None
    assert "author" in found(office)


@pytest.mark.parametrize("content", ["no JSON", "{}", "[1, 2]", "[" * 5000, '["a", "b", "c", "d"]'])
@pytest.mark.parametrize("key", ["chain_head", "announced"])
def test_what_the_computer_notes_of_its_chain_stops_no_check(office: People, key: str, content: str) -> None:
    workspace = office.at_work(FOUNDER)
    workspace.store.local.set_setting(key, content)
    report = check_store(workspace)
    assert report.fault is not None and not report.sound
    workspace.store.connection.close()
    workspace.folder.unlock()


def test_an_edited_note_of_an_ordinary_day_is_nothing_to_tell(office: People) -> None:
    worker = office.at_work(WORKER)
    [uid] = {row[0] for row in worker.store.connection.rows("SELECT uid FROM cases")}
    case: CaseFile = worker.store.reader.case_file(uid)
    edit_record(worker, case.notes[0], {"text": "In other words"}, uid)
    worker.lock()
    assert checked(office).sound
