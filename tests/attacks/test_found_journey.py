"""The stick of a journey in the hands of whoever finds it, or of an officer who travels with it: the office's store stays closed."""

import json
from dataclasses import replace
from pathlib import Path

import nacl.secret
import pytest

from avrr_desktop.domain.errors import PassphraseError, RefusedError, StoreError
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.derivation import subkey
from avrr_desktop.keys.escrow import identity_from, new_escrow
from avrr_desktop.keys.opening import authenticated
from avrr_desktop.operations.access.recovery import add_escrow
from avrr_desktop.operations.exchange.journey import may_travel, merge_journey, take_along
from avrr_desktop.operations.files.files import attach_file, check_files, file_content, files_of
from avrr_desktop.operations.protection.restricted import restrict_note, show_restricted
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.session import JOURNEY_STORE, OFFICE_STORE
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.store.backups import (
    backups,
    choose_backup_folder,
    is_of_store,
    make_backup,
    rehearse,
    restore_backup,
)
from avrr_desktop.store.folder.attachments import names_in, place_of
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.store import Store
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, READER, SECOND, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def older(file: slots.KeyFile, passphrase: str) -> slots.KeyFile:
    """Return a key file in which one slot is as the program made it before it sealed the master key."""
    own = slots.enter(file, passphrase)
    slot = replace(own.slot, sealed=b"")
    box = bytes(nacl.secret.Aead(own.wrapping).encrypt(own.secrets.joined(), authenticated(file, slot)))
    return replace(file, slots=tuple(replace(slot, box=box) if one == own.slot else one for one in file.slots))


def test_the_key_of_a_journey_opens_neither_the_store_at_home_nor_another_journey(
    office: People, tmp_path: Path
) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    journeys = [take_along(home, [case], tmp_path / name, [office.worker]) for name in ("one", "two")]
    key = home.database_key()
    home.lock()
    keys = [unlock(journey, WORKER) for journey in journeys]
    known = {key, subkey(unlock(office.folder, WORKER).entry.secrets.master, "db/1")}  # type: ignore[union-attr]
    assert known == {key} and len({key, *(one.database for one in keys)}) == 3
    for mine, theirs in ((keys[0], office.folder), (keys[0], journeys[1])):
        for secret in (mine.database, mine.entry.secrets.master):  # type: ignore[union-attr]
            with pytest.raises(StoreError):
                Store.open(theirs / "store.db", secret)


def test_only_those_who_travel_open_it(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    assert {record.uid for record in may_travel(home)} == set(office.everybody)
    mine = take_along(home, [case], tmp_path / "mine")
    theirs = take_along(home, [case], tmp_path / "theirs", [office.worker, office.reader])
    home.lock()
    opening = {
        (journey.parent.name, passphrase)
        for journey in (mine, theirs) for passphrase in (FOUNDER, WORKER, READER, SECOND)
        if opens(journey, passphrase)
    }  # fmt: skip
    assert opening == {("mine", FOUNDER), ("theirs", WORKER), ("theirs", READER)}
    assert WORKER not in (mine / "keys-a.json").read_text() and office.worker not in (mine / "keys-a.json").read_text()


def opens(folder: Path, passphrase: str) -> bool:
    try:
        unlock(folder, passphrase)
    except PassphraseError:
        return False
    return True


def test_the_recovery_code_and_the_escrow_open_it_with_the_key_of_restricted_records(
    office: People, tmp_path: Path
) -> None:
    code, escrow = recovery.new_code(), new_escrow()
    office_with_keys.with_code(office, code)
    home = office.at_work(FOUNDER)
    add_escrow(home, FOUNDER, escrow.recipient)
    journey = take_along(home, [stores.family(home).case.uid], tmp_path / "stick", [office.worker])
    held = home.protection
    home.lock()
    by_code = People(journey, office.founder).at_work(code)
    assert by_code.trusted and by_code.store_role == JOURNEY_STORE
    by_code.lock()
    entry = slots.enter_by_escrow(StoreFolder(journey).read_keys(), identity_from(escrow.shares[:2]))
    assert entry.secrets.master == unlock(journey, code).entry.secrets.master  # type: ignore[union-attr]
    assert entry.secrets.compartment == held


def test_restricted_records_and_files_travel_and_come_home_under_other_keys(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    family = stores.family(home)
    case = family.case.uid
    attach_file(home, case, b"%PDF-1.4 at home", name="a.pdf")
    restrict_note(home, family, family.notes[0])
    journey = take_along(home, [case], tmp_path / "stick")
    [name] = names_in(journey / "files")
    assert place_of(journey / "files", name).read_bytes() != place_of(office.folder / "files", name).read_bytes()
    home_files = home.files_key()
    home.lock()
    away = People(journey, office.founder).at_work(FOUNDER)
    assert away.files_key() != home_files
    shown = show_restricted(away, away.store.reader.case_file(case))
    assert [record.text("text") for record in shown] == [family.notes[0].text("text")]
    assert check_files(away) == (0, 0)
    new_record(away, "note", {"text": "on the way"}, case)
    attach_file(away, case, b"%PDF-1.4 away", name="b.pdf")
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    after = home.store.reader.case_file(case)
    assert {file_content(home, after, file.uid) for file in files_of(after)} == {b"%PDF-1.4 at home", b"%PDF-1.4 away"}
    assert not journey.exists()
    home.lock()


def test_what_is_sealed_for_one_copy_opens_no_other(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    journey = take_along(home, [stores.family(home).case.uid], tmp_path / "stick", office.everybody)
    home.lock()
    there, here = StoreFolder(journey).read_keys(), StoreFolder(office.folder).read_keys()
    assert [slot.box for slot in there.slots] == [slot.box for slot in here.slots], "nobody’s passphrase was needed"
    for file, other in ((here, there), (there, here), (replace(here, journey=there.journey), here)):
        with pytest.raises(StoreError, match="damaged"):
            slots.enter(replace(file, slots=other.slots), WORKER)


def test_backups_of_a_journey_are_none_of_the_store_at_home(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    journey = take_along(home, [stores.family(home).case.uid], tmp_path / "stick")
    mine = make_backup(home, tmp_path / "backups")
    choose_backup_folder(home, tmp_path / "backups")
    home.lock()
    away = People(journey, office.founder).at_work(FOUNDER)
    theirs = make_backup(away, tmp_path / "backups")
    away.lock()
    home = office.at_work(FOUNDER)
    assert [one.path for one in backups(home)] == [mine.path]
    assert rehearse(home).sound
    home.lock()
    assert is_of_store(theirs, journey) and not is_of_store(theirs, office.folder)
    target = tmp_path / "again.avrr"
    restore_backup(theirs.path, target)
    again = People(target, office.founder).at_work(FOUNDER)
    assert again.store_role == JOURNEY_STORE and again.store.reader.count("case") == 1
    again.lock()


def test_whether_a_store_is_on_a_journey_does_not_follow_from_what_anybody_may_write_into_it(
    office: People, tmp_path: Path
) -> None:
    home = office.at_work(FOUNDER)
    home.store.local.set_setting("partial", "1")
    assert home.store_role == OFFICE_STORE
    journey = take_along(home, [stores.family(home).case.uid], tmp_path / "stick")
    home.lock()
    away = People(journey, office.founder).at_work(FOUNDER)
    away.store.local.set_setting("partial", "")
    assert away.store_role == JOURNEY_STORE
    away.lock()
    home = office.at_work(FOUNDER)
    with pytest.raises(RefusedError):
        merge_journey(home, tmp_path / "office.avrr")
    assert merge_journey(home, journey).entries == 0
    home.lock()


def test_a_slot_of_an_older_program_opens_is_written_anew_and_travels_only_then(office: People, tmp_path: Path) -> None:
    place = StoreFolder(office.folder)
    file = older(older(place.read_keys(), WORKER), FOUNDER)
    file = replace(file, slots=tuple(replace(slot, sealed=b"") for slot in file.slots if not slot.sealed))
    content = json.loads(file.to_bytes()) | {"format": 2}
    for name in ("keys-a.json", "keys-b.json"):
        (office.folder / name).write_text(json.dumps(content | {"check": slots.check(content)}))
    master = slots.enter(place.read_keys(), WORKER).secrets.master
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    assert [record.uid for record in may_travel(home)] == [office.founder], "the founder’s is written anew by now"
    with pytest.raises(RefusedError, match="no passphrase that can be taken along yet") as refused:
        take_along(home, [case], tmp_path / "stick", [office.worker])
    assert "once" in refused.value.hint and not list((tmp_path / "stick").glob("*"))
    home.lock()
    worker = office.at_work(WORKER)
    assert worker.role == "case_worker"
    worker.lock()
    entry = slots.enter(place.read_keys(), WORKER)
    assert entry.slot.sealed and entry.secrets.master == master
    home = office.at_work(FOUNDER)
    journey = take_along(home, [case], tmp_path / "stick", [office.worker])
    home.lock()
    assert opens(journey, WORKER) and not opens(journey, FOUNDER)


def test_an_older_program_refuses_what_it_would_not_understand(office: People) -> None:
    assert json.loads((office.folder / "keys-a.json").read_bytes())["format"] == 3
    shared, _ = slots.create("STORE", slots.OFFICE, "shared by the whole office", office_with_keys.QUICK)
    assert json.loads(shared.to_bytes())["format"] == 2
