"""Ways back that must not fail on the day: work over which a backup was brought, and the recovery code."""

from dataclasses import replace
from pathlib import Path

import nacl.secret
import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.errors import PassphraseError, StoreError
from avrr_desktop.keys import slots
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.access.recovery import ASKED, keep_recovery_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.store.backups import make_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support import office_with_keys, stores, window
from tests.support.folders import fingerprints
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.running import CommandLine
from tests.support.stores import unlocked

NEWER = "Записано после последње копије"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def notes(folder: Path, case: str) -> list[str]:
    workspace = People(folder, "").at_work(FOUNDER)
    assert check_store(workspace).sound
    found = [note.text("text") for note in read_case(workspace, case).notes]
    workspace.lock()
    return found


def test_B6_work_over_which_a_backup_was_brought_back_lies_aside_and_is_rescued(
    qtbot: QtBot, office: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    backup = make_backup(home, tmp_path / "backups").path
    home.lock()
    worker = office.at_work(WORKER)
    new_record(worker, "note", {"text": NEWER}, case)
    shell = window.window_over(qtbot, worker)
    cli = CommandLine(tmp_path, monkeypatch)
    here = ("--store", office.folder)
    busy = cli.call("store", "restore", backup, *here)
    assert busy.code == 5 and "another window" in busy.err
    shell.close()
    before = fingerprints(office.folder)

    assert cli.call("store", "restore", backup, *here).code == 0
    aside = office.folder.with_name("office-before-restore-1.avrr")
    assert fingerprints(aside) == before, "moved aside as it was"
    assert NEWER not in notes(office.folder, case)
    secret = FOUNDER.encode() + b"\n"
    rescued = cli.call("store", "take-in", aside, *here, "--passphrase-file", "-", stdin=secret)
    assert (rescued.code, rescued.lines[0]) == (0, "Imported: 1 entry, 1 case.")
    assert notes(office.folder, case) == [NEWER, "Разговор у општини. Prva poseta, sve u redu."]

    again = window.open_window(qtbot, office.folder)
    desktop = window.unlock(qtbot, again, WORKER)
    desktop.show_case(case)
    shown = window.case_page(desktop).case_file
    assert shown is not None and NEWER in [note.text("text") for note in shown.notes]
    newest = list(unlocked(desktop.acts.workspace).store.journal.of_case(case))[-1]
    assert newest.change.envelope.get("actor") == office.worker, "it stays the work of whoever did it"
    again.close()


def typed_back(code: str) -> tuple[str, ...]:
    return tuple(code.split("-")[number - 1] for number in ASKED)


def test_B12_the_slot_of_a_kept_code_holds_the_key_of_the_store_and_a_passphrase_changed_later_spoils_nothing(
    office: People,
) -> None:
    code = new_code()
    keep_recovery_code(office.folder, FOUNDER, code, typed_back(code))
    master = slots.unlock(StoreFolder(office.folder).read_keys(), FOUNDER)
    for key_file in (slots.read((office.folder / name).read_bytes()) for name in ("keys-a.json", "keys-b.json")):
        assert slots.unlock(key_file, code) == slots.unlock(key_file, code.lower()) == master
        [slot] = [slot for slot in key_file.slots if slot.kind == slots.RECOVERY]
        assert slots.enter(key_file, code).slot == slot
    assert unlock(office.folder, code).database == unlock(office.folder, WORKER).database


def test_B12_a_code_that_would_not_open_the_store_is_never_kept(
    office: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, before = new_code(), fingerprints(office.folder)
    seal = nacl.secret.Aead.encrypt

    def with_a_wrong_bit(box: nacl.secret.Aead, content: bytes, bound: bytes) -> bytes:
        sealed = bytearray(seal(box, content, bound))
        sealed[-1] ^= 1
        return bytes(sealed)

    with monkeypatch.context() as here:
        here.setattr(nacl.secret.Aead, "encrypt", with_a_wrong_bit)
        with pytest.raises((AssertionError, PassphraseError)):
            keep_recovery_code(office.folder, FOUNDER, code, typed_back(code))
    assert fingerprints(office.folder) == before
    with pytest.raises(PassphraseError):
        unlock(office.folder, code)
    keep_recovery_code(office.folder, FOUNDER, code, typed_back(code))
    assert unlock(office.folder, code).database == unlock(office.folder, FOUNDER).database


@pytest.mark.parametrize("part", ["box", "salt"])
def test_B12_a_damaged_slot_of_the_code_is_told_and_passphrases_go_on_opening(office: People, part: str) -> None:
    code = new_code()
    keep_recovery_code(office.folder, FOUNDER, code, typed_back(code))
    place = StoreFolder(office.folder)
    whole = place.read_keys()
    damaged = tuple(
        replace(slot, **{part: getattr(slot, part)[:-1] + bytes([getattr(slot, part)[-1] ^ 1])})
        if slot.kind == slots.RECOVERY
        else slot
        for slot in whole.slots
    )
    place.write_keys(replace(whole, slots=damaged))
    with pytest.raises(PassphraseError) as told:
        unlock(office.folder, code)
    assert "does not open" in told.value.title and told.value.hint
    assert unlock(office.folder, FOUNDER).database == unlock(office.folder, WORKER).database

    text = whole.to_bytes()
    cut = text.index(b'"box"') + 12
    for name in ("keys-a.json", "keys-b.json"):
        (office.folder / name).write_bytes(
            text[:cut] + (b"A" if text[cut : cut + 1] != b"A" else b"B") + text[cut + 1 :]
        )
    with pytest.raises(StoreError) as said:
        unlock(office.folder, code)
    assert "damaged" in said.value.title and "backup" in said.value.hint
    place.write_keys(whole)
    assert unlock(office.folder, code).database
