"""The key file: each slot opens with its passphrase, in its store, as its kind, with its parameters; else not."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from avrr_desktop.domain.errors import ExpectedError, PassphraseError, StoreError
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.keys.slots import OFFICE, PRACTICE, KeyFile

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
PASSPHRASE = "five plain words ë ђ"
FILE, MASTER = slots.create("STORE-1", OFFICE, PASSPHRASE, QUICK)
OTHER, OTHER_MASTER = slots.create("STORE-2", OFFICE, PASSPHRASE, QUICK)


def altered(change: Callable[[dict[str, Any]], object]) -> KeyFile:
    """Return the key file after somebody edited its JSON."""
    content = json.loads(FILE.to_bytes())
    change(content)
    return slots.read(json.dumps({**content, "check": slots.check(content)}).encode())


def test_the_passphrase_opens_what_it_closed() -> None:
    assert slots.unlock(FILE, PASSPHRASE) == MASTER
    assert slots.unlock(slots.read(FILE.to_bytes()), PASSPHRASE) == MASTER


@pytest.mark.parametrize("typed", ["", "five plain words", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE + "\0"])
def test_another_passphrase_does_not_and_the_message_says_what_to_try(typed: str) -> None:
    with pytest.raises(PassphraseError) as refused:
        slots.unlock(FILE, typed)
    assert "Caps Lock" in refused.value.hint
    assert "damaged" not in refused.value.title


def test_nothing_secret_stands_in_the_file() -> None:
    content = FILE.to_bytes()
    for secret in (MASTER, MASTER.hex().encode(), PASSPHRASE.encode()):
        assert secret not in content
    assert len({MASTER, OTHER_MASTER}) == 2
    assert FILE.slots[0].salt != OTHER.slots[0].salt


def test_the_file_reads_as_it_was_written() -> None:
    assert slots.read(FILE.to_bytes()) == FILE
    assert slots.read(FILE.to_bytes()).to_bytes() == FILE.to_bytes()


def test_a_slot_of_another_store_does_not_open_this_one() -> None:
    with pytest.raises(PassphraseError):
        slots.unlock(replace(FILE, slots=OTHER.slots), PASSPHRASE)
    assert slots.unlock(replace(FILE, slots=(*OTHER.slots, *FILE.slots)), PASSPHRASE) == MASTER


@pytest.mark.parametrize("kinds", [(OFFICE, PRACTICE), (PRACTICE, OFFICE)])
def test_an_office_store_is_not_made_a_practice_store_by_editing_its_file(kinds: tuple[str, str]) -> None:
    file, _ = slots.create("STORE-3", kinds[0], PASSPHRASE, QUICK)
    content = {**json.loads(file.to_bytes()), "kind": kinds[1]}
    edited = slots.read(json.dumps({**content, "check": slots.check(content)}).encode())
    assert edited.kind == kinds[1]
    with pytest.raises(PassphraseError):
        slots.unlock(edited, PASSPHRASE)


BOUND: dict[str, Callable[[dict[str, Any]], object]] = {
    "store": lambda file: file.update(store="STORE-9"),
    "name of the slot": lambda file: file["slots"][0].update(slot="passphrase-2"),
    "passes": lambda file: file["slots"][0]["kdf"].update(passes=2),
    "memory": lambda file: file["slots"][0]["kdf"].update(memory_kib=FLOOR_KIB + 1024),
    "kind of the slot": lambda file: file["slots"][0].update(kind="recovery"),
    "no slot": lambda file: file.update(slots=[]),
    "box": lambda file: file["slots"][0].update(box=file["slots"][0]["box"][::-1].lstrip("=")),
    "box of nothing": lambda file: file["slots"][0].update(box=""),
    "salt": lambda file: file["slots"][0].update(salt="AAAAAAAAAAAAAAAAAAAAAA=="),
}


@pytest.mark.parametrize("what", BOUND)
def test_whatever_a_slot_is_bound_to_cannot_be_changed(what: str) -> None:
    with pytest.raises(ExpectedError):
        slots.unlock(altered(BOUND[what]), PASSPHRASE)


@pytest.mark.parametrize("memory", [FLOOR_KIB - 1, 8, 0, -5, 1024 * 1024 + 1, 10**30])
def test_memory_below_the_floor_or_above_the_ceiling_is_refused(memory: int) -> None:
    edited = altered(lambda file: file["slots"][0]["kdf"].update(memory_kib=memory))
    with pytest.raises(StoreError) as refused:
        slots.unlock(edited, PASSPHRASE)
    assert "does not accept" in refused.value.title


WRONG_TYPES: dict[str, Callable[[dict[str, Any]], object]] = {
    "memory as text": lambda file: file["slots"][0]["kdf"].update(memory_kib=str(FLOOR_KIB)),
    "no memory": lambda file: file["slots"][0]["kdf"].update(memory_kib=None),
    "half a KiB": lambda file: file["slots"][0]["kdf"].update(memory_kib=FLOOR_KIB + 0.5),
    "passes as text": lambda file: file["slots"][0]["kdf"].update(passes="1"),
    "a short salt": lambda file: file["slots"][0].update(salt="AAAA"),
    "no salt": lambda file: file["slots"][0].update(salt=""),
    "generation as text": lambda file: file.update(generation="one"),
    "store as a list": lambda file: file.update(store=[1]),
    "kind as a number": lambda file: file.update(kind=1),
    "slots as a number": lambda file: file.update(slots=1),
    "slots as texts": lambda file: file.update(slots=["passphrase-1"]),
    "format as text": lambda file: file.update(format="new"),
    "salt that is no base64": lambda file: file["slots"][0].update(salt="Đ" * 24),
    "no kdf": lambda file: file["slots"][0].pop("kdf"),
    "no store": lambda file: file.pop("store"),
}


@pytest.mark.parametrize("what", WRONG_TYPES)
def test_a_file_with_wrong_content_is_told_in_words(what: str) -> None:
    with pytest.raises(ExpectedError):
        slots.unlock(altered(WRONG_TYPES[what]), PASSPHRASE)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"1", b'"x"', b"\xff", b"\0" * 500, b"{" * 50, b"[" * 100_000]
)
def test_what_is_no_key_file_is_told_with_where_to_look(content: bytes) -> None:
    with pytest.raises(StoreError) as refused:
        slots.read(content)
    assert "backup" in refused.value.hint


def test_any_single_flipped_bit_is_told_in_words_or_does_not_matter() -> None:
    content, chance = FILE.to_bytes(), random.Random(11)
    for place in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        try:
            file = slots.read(bytes(flipped))
        except StoreError:
            continue
        if file != FILE and chance.random() < 0.03:
            try:
                assert slots.unlock(file, PASSPHRASE) == MASTER, place
            except ExpectedError:
                continue


def test_a_slot_written_by_the_first_release_opens_for_ever() -> None:
    kept = json.dumps({
        "format": 1, "store": "01KV54PTZ83HD76ABJ4V9ZJKRK", "kind": "office", "generation": 1,
        "slots": [{"slot": "passphrase-1", "kind": "passphrase",
                   "kdf": {"name": "argon2id", "passes": 1, "memory_kib": 65536},
                   "salt": "bZFL4E29paTA1QXmIoUckQ==",
                   "box": "IYj+8vecz+HWhSyLycj40EH+yvca/5WyV2Z+CBDqrkObtfhxv4SdR7reWqjdnilBo4Tv718lYCfPV/z8EfVBGfroC3//KltT"}],
    })  # fmt: skip
    assert (
        slots.unlock(slots.read(kept.encode()), "five plain words ë ђ").hex()
        == "f9e7be31165e619ed7309bfe5d54b2600d89825bd2e25d6e00a5229682e7e7a8"
    )
