"""The key file in the hands of officers and of whoever may write into the folder: nothing of it is lost, and nothing opens again."""

import sys
import threading
from dataclasses import replace
from pathlib import Path

import nacl.pwhash.argon2id
import pytest

from avrr_desktop.domain.errors import InUseError, PassphraseError, RefusedError, StoreError
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.operations.access.key_changes import GENERATION
from avrr_desktop.operations.access.officers import PreparedSlot, give_passphrase, take_passphrase
from avrr_desktop.operations.access.recovery import (
    ASKED,
    has_recovery_code,
    keep_recovery_code,
    needs_recovery_code,
    trust_recovery_code,
)
from avrr_desktop.operations.exchange.journey import bring_keys_back, move_keys_away
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.unlocking import change_passphrase, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.ui.frame.unlock_warnings import notices
from tests.support import office_with_keys
from tests.support.folders import OtherProgram, fingerprints
from tests.support.insider import at_the_file
from tests.support.office_with_keys import FOUNDER, QUICK, READER, SECOND, WORKER, People

HOLDER = "tests.support.store_holder"
NEWS = "other words for whoever works", "other words for whoever reads"
KEY_FILES = ("keys-a.json", "keys-b.json")


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def prepared(workspace: Workspace, uid: str, passphrase: str) -> PreparedSlot:
    """Prepare a slot as the window does in the background, with the smallest parameters."""
    file = workspace.folder.read_keys()
    way = slots.officer_way(file, slots.enter(file, FOUNDER), uid, passphrase, QUICK)
    return PreparedSlot(uid, way, way.secrets)


def opens(folder: Path, passphrase: str) -> bool:
    try:
        unlock(folder, passphrase)
    except PassphraseError:
        return False
    return True


def typed_back(code: str) -> tuple[str, ...]:
    return tuple(code.split("-")[number - 1] for number in ASKED)


def test_what_is_taken_while_another_slot_is_prepared_stays_taken(office: People) -> None:
    founder = office.at_work(FOUNDER)
    waiting = prepared(founder, office.worker, NEWS[0])
    take_passphrase(founder, office.second)
    give_passphrase(founder, waiting)
    founder.lock()
    assert [opens(office.folder, typed) for typed in (SECOND, WORKER, NEWS[0], READER)] == [False, False, True, True]


def test_a_code_that_was_kept_meanwhile_goes_on_opening(office: People) -> None:
    founder, code = office.at_work(FOUNDER), recovery.new_code()
    waiting = prepared(founder, office.worker, NEWS[0])
    trust_recovery_code(founder, keep_recovery_code(office.folder, FOUNDER, code, typed_back(code)))
    give_passphrase(founder, waiting)
    assert has_recovery_code(founder)
    founder.lock()
    by_code = office.at_work(code)
    assert by_code.trusted
    by_code.lock()


def test_two_passphrases_that_are_given_at_once_both_open(office: People) -> None:
    founder = office.at_work(FOUNDER)
    both = [prepared(founder, uid, new) for uid, new in zip((office.worker, office.reader), NEWS, strict=True)]
    for one in both:
        give_passphrase(founder, one)
    founder.lock()
    assert [opens(office.folder, typed) for typed in (*NEWS, WORKER, READER)] == [True, True, False, False]


def test_two_people_never_get_one_passphrase_at_once(office: People) -> None:
    founder = office.at_work(FOUNDER)
    both = [prepared(founder, uid, NEWS[0]) for uid in (office.worker, office.reader)]
    give_passphrase(founder, both[0])
    with pytest.raises(RefusedError):
        give_passphrase(founder, both[1])
    founder.lock()
    assert unlock(office.folder, NEWS[0]).officer == office.worker and opens(office.folder, READER)


def test_two_people_change_their_passphrases_at_once(office: People) -> None:
    start = threading.Barrier(2)

    def change(old: str, new: str) -> None:
        start.wait()
        change_passphrase(office.folder, old, new)

    both = [threading.Thread(target=change, args=pair) for pair in zip((WORKER, READER), NEWS, strict=True)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [opens(office.folder, typed) for typed in (*NEWS, WORKER, READER)] == [True, True, False, False]


def test_who_lost_their_way_in_while_they_changed_it_gets_none(office: People) -> None:
    founder = office.at_work(FOUNDER)
    own, way = slots.changed_way(founder.folder.read_keys(), WORKER, NEWS[0], QUICK)
    take_passphrase(founder, office.worker)
    with pytest.raises(RefusedError, match="withdrawn in the meantime"):
        founder.folder.change_keys(lambda file: slots.exchanged(file, own, way), way.opens)
    founder.lock()
    assert not opens(office.folder, NEWS[0])


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_another_program_that_holds_the_store_keeps_its_key_file_as_it_is(office: People) -> None:
    program, before = OtherProgram(HOLDER, str(office.folder)), fingerprints(office.folder)
    try:
        assert program.hear() == "ready"
        with pytest.raises(InUseError) as refused:
            change_passphrase(office.folder, WORKER, NEWS[0])
        assert "another window" in refused.value.title
        (office.folder / "lock").unlink()
        with pytest.raises(InUseError):
            change_passphrase(office.folder, WORKER, NEWS[0])
        assert {name: fingerprints(office.folder)[name] for name in KEY_FILES} == {
            name: before[name] for name in KEY_FILES
        }
    finally:
        program.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_backup_takes_no_store_away_from_whoever_is_in_it_though_the_lock_was_deleted(
    office: People, tmp_path: Path
) -> None:
    founder = office.at_work(FOUNDER)
    backup = make_backup(founder, tmp_path / "backups")
    (office.folder / "lock").unlink()
    with pytest.raises(InUseError):
        restore_backup(backup.path, office.folder)
    founder.lock()
    program = OtherProgram(HOLDER, str(office.folder))
    try:
        assert program.hear() == "ready"
        (office.folder / "lock").unlink()
        with pytest.raises(InUseError):
            restore_backup(backup.path, office.folder)
    finally:
        program.kill()
    assert restore_backup(backup.path, office.folder) is not None


def test_a_code_that_was_not_signed_for_leaves_the_sheet_of_before_as_it_was(office: People) -> None:
    old, new = recovery.new_code(), recovery.new_code()
    office_with_keys.with_code(office, old)
    keep_recovery_code(office.folder, FOUNDER, new, typed_back(new))  # and the program ends
    by_code = office.at_work(old)
    assert by_code.trusted and may(by_code, Permission.MANAGE)
    by_code.lock()
    founder = office.at_work(FOUNDER)
    assert not needs_recovery_code(founder)
    founder.lock()
    assert (opens(office.folder, old), opens(office.folder, new)) == (True, False), "what was begun is taken back"


def test_a_store_whose_only_code_counts_for_nothing_asks_for_one(office: People) -> None:
    code = recovery.new_code()
    keep_recovery_code(office.folder, FOUNDER, code, typed_back(code))
    founder = office.at_work(FOUNDER)
    assert needs_recovery_code(founder) and not has_recovery_code(founder)
    with pytest.raises(RefusedError, match="not kept"):
        trust_recovery_code(founder, "ab" * 32)
    founder.lock()


def test_a_code_that_is_kept_ends_the_one_of_before(office: People) -> None:
    old, new = recovery.new_code(), recovery.new_code()
    office_with_keys.with_code(office, old)
    founder = office.at_work(FOUNDER)
    public = keep_recovery_code(office.folder, FOUNDER, new, typed_back(new), founder.protection)
    assert opens(office.folder, old), "the old sheet works until the new one does"
    trust_recovery_code(founder, public)
    founder.lock()
    assert not opens(office.folder, old)
    by_code = office.at_work(new)
    assert by_code.trusted
    by_code.lock()


@pytest.mark.parametrize("name", KEY_FILES)
def test_an_older_key_file_that_is_put_back_opens_nothing_for_who_left(office: People, name: str) -> None:
    older = (office.folder / name).read_bytes()
    founder = office.at_work(FOUNDER)
    take_passphrase(founder, office.worker)
    founder.lock()
    (office.folder / name).write_bytes(older)
    assert not opens(office.folder, WORKER)
    founder = office.at_work(FOUNDER)
    assert not founder.older_keys and (office.folder / name).read_bytes() != older
    founder.lock()


def test_a_key_file_with_the_way_in_of_who_left_is_told_and_loses_it(office: People) -> None:
    founder = office.at_work(FOUNDER)
    before = founder.folder.read_keys()
    take_passphrase(founder, office.worker)
    founder.lock()
    StoreFolder(office.folder).write_keys(replace(before, generation=before.generation + 9))
    for told in (True, False):
        founder = office.at_work(FOUNDER)
        assert any("somebody who left" in said for said in notices(founder)) is told
        founder.lock()
        assert not opens(office.folder, WORKER)


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_an_older_key_file_opens_where_the_newer_is_damaged_and_it_is_told(office: People, damage: str) -> None:
    older = (office.folder / "keys-b.json").read_bytes()
    founder = office.at_work(FOUNDER)
    take_passphrase(founder, office.worker)
    founder.lock()
    newer = office.folder / "keys-a.json"
    if damage == "cut":
        newer.write_bytes(newer.read_bytes()[:-30])
    else:
        newer.unlink()
    (office.folder / "keys-b.json").write_bytes(older)
    assert unlock(office.folder, FOUNDER).older_copy is (damage == "cut")
    founder = office.at_work(FOUNDER)
    assert founder.older_keys and any("older" in said for said in notices(founder))
    founder.lock()


def test_which_key_file_there_was_is_signed_as_well(office: People) -> None:
    older = (office.folder / "keys-a.json").read_bytes()
    founder = office.at_work(FOUNDER)
    take_passphrase(founder, office.worker)
    take_passphrase(founder, office.reader)
    founder.lock()
    for name in ("keys-a.json", "keys-b.json"):
        (office.folder / name).write_bytes(older)
    with at_the_file(office.folder, WORKER) as store:
        store.local.set_setting(GENERATION, "0")
    founder = office.at_work(FOUNDER)
    assert founder.older_keys and any("older" in said for said in notices(founder))
    founder.lock()


def test_key_files_that_come_back_take_the_place_of_no_newer_ones(office: People, tmp_path: Path) -> None:
    move_keys_away(office.folder, tmp_path / "stick")
    bring_keys_back(office.folder, tmp_path / "stick")
    founder = office.at_work(FOUNDER)
    take_passphrase(founder, office.worker)
    founder.lock()
    with pytest.raises(RefusedError, match="newer"):
        bring_keys_back(office.folder, tmp_path / "stick")
    assert not opens(office.folder, WORKER)


def test_slots_that_somebody_adds_do_not_make_an_unlock_slow(office: People, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StoreFolder(office.folder).read_keys()
    slow = Argon2id(passes=16, memory_kib=1024 * 1024)
    added = tuple(
        replace(file.slots[0], slot=f"x{number}", kdf=kdf, salt=bytes([number]) * 16)
        for number, kdf in enumerate([Argon2id(), slow] * 15)
    )
    StoreFolder(office.folder).write_keys(replace(file, slots=(*added, *file.slots)))
    done: list[int] = []

    def counted(size: int, text: bytes, salt: bytes, opslimit: int, memlimit: int) -> bytes:
        done.append(opslimit * memlimit // 1024)
        return (bytes(range(32)) + salt + text)[-size:]

    with monkeypatch.context() as here:
        here.setattr(nacl.pwhash.argon2id, "kdf", counted)
        with pytest.raises(PassphraseError):
            unlock(office.folder, "tried here and nowhere else")
    assert 0 < sum(done) <= 8 * Argon2id().passes * Argon2id().memory_kib
    assert FLOOR_KIB in done and len(done) < 12, "the slots of the office are among those that are tried"
    StoreFolder(office.folder).write_keys(file)
    assert opens(office.folder, FOUNDER)


@pytest.mark.parametrize(
    "typed", ["aaaaaaaaaaaaaa", "qwertyuiopasdfgh", "boat boat boat boat", "Arta Hoxha Tirana", "Tirana office TIR"]
)
def test_a_passphrase_that_is_easy_to_guess_is_refused_with_words_that_are_not(office: People, typed: str) -> None:
    founder = office.at_work(FOUNDER)
    from avrr_desktop.operations.access.officers import known_names

    with pytest.raises(RefusedError) as refused:
        change_passphrase(office.folder, WORKER, typed, known_names(founder))
    offered = str(refused.value.values["words"])
    founder.lock()
    assert len(offered.split()) == 5
    change_passphrase(office.folder, WORKER, offered)
    assert opens(office.folder, offered)


def test_a_weak_passphrase_of_before_opens_and_another_one_is_asked_for(office: People) -> None:
    weak = "aaaaaaaaaaaaaa"
    founder = office.at_work(FOUNDER)
    give_passphrase(founder, prepared(founder, office.worker, weak))
    assert not founder.weak_passphrase
    founder.lock()
    worker = office.at_work(weak)
    assert any("easy to guess" in said for said in notices(worker))
    worker.lock()


def test_a_key_file_that_is_not_what_was_written_is_told_and_the_one_of_before_stays(office: People) -> None:
    place, before = StoreFolder(office.folder), fingerprints(office.folder)
    with pytest.raises(StoreError, match="could not be written and checked"):
        place.change_keys(lambda file: slots.without_officer(file, office.worker), lambda file: False)
    assert {name: fingerprints(office.folder)[name] for name in KEY_FILES} == {name: before[name] for name in KEY_FILES}
    assert opens(office.folder, WORKER)
