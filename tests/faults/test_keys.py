"""The key file in wrong hands, the passphrase on other keyboards, the recovery code as people type it."""

import ast
import base64
import json
import random
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import nacl.secret
import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import ExpectedError, PassphraseError, StoreError
from avrr_desktop.domain.history.change import SALT_BYTES
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.derivation import CEILING_KIB, FLOOR_KIB, Argon2id, subkey
from avrr_desktop.operations.access.recovery import ASKED, keep_recovery_code, new_recovery_code
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from tests.support.folders import ROOT, opened
from tests.support.stores import NOW
from tools.rigs.seeds import seeded

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
PASSPHRASE = "pet običnih reči ë ﬁ Å"  # a ligature among them
OFFICE = {"name": "Tirana office", "code": "TIR", "country": "AL"}
FILE, MASTER = slots.create("STORE-1", slots.OFFICE, PASSPHRASE, QUICK)
OTHER, _ = slots.create("STORE-2", slots.OFFICE, PASSPHRASE, QUICK)
KEYCHAINS = {
    "keyring",
    "secretstorage",
    "keyrings",
    "win32cred",
    "pywin32",
    "Foundation",
    "Security",
    "jeepney",
    "dbus",
}


def edited(change: Callable[[dict[str, Any]], object], file: slots.KeyFile = FILE) -> slots.KeyFile:
    """Return a key file after somebody edited its JSON."""
    content = json.loads(file.to_bytes())
    change(content)
    return slots.read(json.dumps({**content, "check": slots.check(content)}).encode())


def made_store(folder: Path) -> Workspace:
    """Make a store behind the passphrase, with the quickest parameters that the program accepts."""
    keys = Keys(FILE, subkey(MASTER, "db/1"))
    return create_store(folder, PASSPHRASE, dict(OFFICE), {"name": "Arta"}, clock=SteppingClock(NOW), keys=keys)


def test_X3_a_slot_carried_over_from_another_store_opens_nothing() -> None:
    theirs = json.loads(OTHER.to_bytes())["slots"]
    with pytest.raises(PassphraseError):
        slots.unlock(edited(lambda file: file.update(slots=theirs)), PASSPHRASE)
    both = edited(lambda file: file["slots"].extend(theirs))
    assert slots.unlock(both, PASSPHRASE) == MASTER, "the own slot still opens beside a strange one"
    with pytest.raises(PassphraseError):
        slots.unlock(edited(lambda file: file.update(store="STORE-2")), PASSPHRASE)


def test_X3_the_key_files_of_another_store_do_not_open_this_one(tmp_path: Path) -> None:
    made_store(tmp_path / "office.avrr").lock()
    for name in ("keys-a.json", "keys-b.json"):
        (tmp_path / "office.avrr" / name).write_bytes(OTHER.to_bytes())
    before = (tmp_path / "office.avrr" / "store.db").read_bytes()
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path / "office.avrr", PASSPHRASE)
    assert "Do not delete it" in refused.value.hint
    assert (tmp_path / "office.avrr" / "store.db").read_bytes() == before


@pytest.mark.parametrize("memory", [8, 0, FLOOR_KIB - 1])
def test_X4_weaker_parameters_are_refused_below_the_floor(memory: int) -> None:
    with pytest.raises(StoreError) as refused:
        slots.unlock(edited(lambda file: file["slots"][0]["kdf"].update(memory_kib=memory)), PASSPHRASE)
    assert "altered" in refused.value.hint


def test_X4_weaker_parameters_above_the_floor_open_nothing() -> None:
    strong, _ = slots.create("STORE-3", slots.OFFICE, PASSPHRASE, Argon2id(passes=2, memory_kib=FLOOR_KIB + 1024))
    for lower in ({"memory_kib": FLOOR_KIB}, {"passes": 1}, {"memory_kib": FLOOR_KIB, "passes": 1}):
        weaker = edited(lambda file, lower=lower: file["slots"][0]["kdf"].update(lower), strong)  # type: ignore[misc]
        with pytest.raises(PassphraseError):
            slots.unlock(weaker, PASSPHRASE)


@pytest.mark.parametrize("memory", [CEILING_KIB + 1, 10**9, 10**30])
@pytest.mark.parametrize("passes", [3, 17, 10**12])
def test_X5_absurd_parameters_are_refused_at_once(memory: int, passes: int) -> None:
    began = process_time()
    with pytest.raises(StoreError):
        slots.unlock(edited(lambda file: file["slots"][0]["kdf"].update(memory_kib=memory, passes=passes)), PASSPHRASE)
    assert process_time() - began < 1, "no work is done for them"


def test_X6_the_passphrase_opens_however_a_keyboard_composes_it() -> None:
    typed = {unicodedata.normalize("NFC", PASSPHRASE), unicodedata.normalize("NFD", PASSPHRASE),
             unicodedata.normalize("NFKC", PASSPHRASE), unicodedata.normalize("NFKD", PASSPHRASE)}  # fmt: skip
    assert len(typed) == 4, "four ways that differ"
    for way in typed:
        assert slots.unlock(FILE, way) == MASTER


@pytest.mark.parametrize("spaced", ["{} ", " {}", "{}\t"])
def test_X6_spaces_of_a_passphrase_count(spaced: str) -> None:
    with pytest.raises(PassphraseError):
        slots.unlock(FILE, spaced.format(PASSPHRASE))
    file, master = slots.create("STORE-4", slots.OFFICE, spaced.format(PASSPHRASE), QUICK)
    assert slots.unlock(file, spaced.format(PASSPHRASE)) == master
    with pytest.raises(PassphraseError):
        slots.unlock(file, PASSPHRASE)


def test_X6_a_passphrase_of_a_thousand_letters_counts_to_its_last() -> None:
    long = ("đurđevak i šljiva " * 56)[:1000]
    file, master = slots.create("STORE-5", slots.OFFICE, long, QUICK)
    assert slots.unlock(file, unicodedata.normalize("NFD", long)) == master
    with pytest.raises(PassphraseError):
        slots.unlock(file, long[:-1] + ("x" if long[-1] != "x" else "y"))


def modules_named() -> set[str]:
    """Return the first names of everything that the program imports anywhere."""
    found = set()
    for path in (ROOT / "avrr_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


def test_X8_the_program_knows_no_keychain_and_needs_none(tmp_path: Path) -> None:
    assert {"nacl", "PySide6"} <= modules_named(), "the search sees what is imported"
    assert not modules_named() & KEYCHAINS
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = " ".join(tomllib.load(file)["project"]["dependencies"]).lower()
    assert not [name for name in KEYCHAINS if name.lower() in wanted]
    for path in (ROOT / "avrr_desktop").rglob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        assert not any(word in text for word in ("keychain", "credential manager", "libsecret", "kwallet")), path
    made = made_store(tmp_path / "office.avrr")
    made.lock()
    code = new_recovery_code()
    keep_recovery_code(made.folder.path, PASSPHRASE, code, tuple(code.split("-")[number - 1] for number in ASKED))
    for way_in in (PASSPHRASE, code):
        again = open_store(made.folder.path, way_in)
        assert again.office is not None
        again.lock()


def mistyped(code: str, chance: random.Random) -> str:
    """Return a code as a tired person types it: one or two letters wrong, others as they look, cases mixed."""
    letters = list(code.replace("-", ""))
    kind = chance.randrange(6)
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(letters))
        if kind == 0:
            letters[place] = chance.choice(recovery.ALPHABET)
        elif kind == 1:
            other = chance.randrange(len(letters))
            letters[place], letters[other] = letters[other], letters[place]
        elif kind == 2:
            letters[place] = {"0": "O", "1": chance.choice("Il")}.get(letters[place], letters[place])
        elif kind == 3:
            letters[place] = chance.choice("UuçЂ?*")
        elif kind == 4:
            letters.insert(place, chance.choice(recovery.ALPHABET))
        else:
            del letters[place % len(letters)]
    text = recovery.grouped("".join(letters)).replace("-", chance.choice(("-", " ", "", " - ", "--")))
    return chance.choice((text, text.lower(), text.title(), f"  {text} "))


def meant(typed: str) -> str:
    """Return the letters that were typed, look-alikes read as what they stand for."""
    plain = "".join(letter for letter in typed.upper() if not letter.isspace() and letter != "-")
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")


def test_B11_a_mistyped_recovery_code_is_read_as_it_was_meant_or_caught() -> None:
    chance, slipped, read = seeded("test_keys"), 0, 0
    for _ in range(2000):
        code = recovery.new_code()
        typed = mistyped(code, chance)
        found = recovery.read(typed)
        if meant(typed) == code.replace("-", ""):
            assert found == code, "the same letters however they were written"
            read += 1
        elif found:
            assert found != code, "no other letters are ever read as this code"
            slipped += 1
    assert read > 200
    assert slipped <= 12, "two check letters catch all but one in a thousand; the slot refuses the rest"


def test_B11_what_slips_through_the_check_letters_opens_nothing(tmp_path: Path) -> None:
    made = made_store(tmp_path / "office.avrr")
    made.lock()
    code = new_recovery_code()
    keep_recovery_code(made.folder.path, PASSPHRASE, code, tuple(code.split("-")[number - 1] for number in ASKED))
    own = code.replace("-", "")
    near = own[:5] + ("A" if own[5] != "A" else "B") + own[6:30]
    slipped = recovery.grouped(near + recovery.check_letters(near))
    assert recovery.read(slipped) == slipped != code
    for typed in (slipped, code[:-1], code[:-1] + "U", code + "0"):
        with pytest.raises(PassphraseError):
            unlock(made.folder.path, typed)
    for typed in (code.lower(), code.replace("0", "O").replace("1", "l"), code.replace("-", " - ")):
        assert unlock(made.folder.path, typed)


def nonce_of(box: bytes) -> bytes:
    """Return the nonce that stands before a sealed box."""
    return box[: nacl.secret.Aead.NONCE_SIZE]


def test_X16_no_nonce_is_used_twice_in_ten_thousand_seals() -> None:
    sealing = nacl.secret.Aead(MASTER)
    nonces = {nonce_of(bytes(sealing.encrypt(b"the same bytes"))) for _ in range(10_000)}
    assert len(nonces) == 10_000
    places = [{nonce[place] for nonce in nonces} for place in range(24)]
    assert min(len(values) for values in places) > 250, (
        "every byte of a nonce is random: nothing counts, nothing repeats"
    )


def test_X16_every_new_slot_has_its_own_salt_and_nonce() -> None:
    file, seen = FILE, {(slot.salt, nonce_of(slot.box)) for slot in FILE.slots}
    for number in range(8):
        code = recovery.new_code()
        file = slots.with_recovery(file, PASSPHRASE, code, QUICK)[0]
        made = next(slot for slot in file.slots if slot.kind == slots.RECOVERY)
        seen.add((made.salt, nonce_of(made.box)))
        assert len(seen) == number + 2
        assert len({salt for salt, _ in seen}) == len({nonce for _, nonce in seen}) == len(seen)


def salts_of(workspace: Workspace) -> list[bytes]:
    """Return the salts of all parts in the journal, SALT_BYTES long each."""
    return [part.salt for entry in workspace.store.journal.all() for part in entry.change.parts]


def test_X16_a_store_brought_back_repeats_no_salt(workspace: Workspace, family: CaseFile, tmp_path: Path) -> None:
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=()))
    backup = make_backup(workspace)
    before = salts_of(workspace)
    salts = []
    for number in range(3):
        target = tmp_path / f"back-{number}.avrr"
        restore_backup(backup.path, target)
        back = opened(target)
        for text in ("one", "two"):
            new_record(back, "note", {"text": text}, family.case.uid)
        salts += salts_of(back)[len(before) :]
        back.lock()
    assert len(salts) == 6
    assert len({*before, *salts}) == len(before) + len(salts)
    assert {len(salt) for salt in salts} == {SALT_BYTES}


def test_X3_a_box_of_the_same_store_does_not_open_under_another_slots_name() -> None:
    code = recovery.new_code()
    file = slots.with_recovery(FILE, PASSPHRASE, code, QUICK)[0]
    first, second = file.slots
    swapped = replace(file, slots=(replace(first, box=second.box), replace(second, box=first.box)))
    for typed in (PASSPHRASE, code):
        with pytest.raises(ExpectedError):
            slots.unlock(slots.read(swapped.to_bytes()), typed)
    assert base64.b64encode(first.box) != base64.b64encode(second.box)
