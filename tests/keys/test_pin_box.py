"""A box that a few figures open: by no other figures, not after three wrong ones, not once its random half is overwritten."""

import gc
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avrr_desktop.keys import pin_box
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, passphrase_key
from avrr_desktop.keys.pin_box import TRIES, PinBox

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
SECRET, PIN = bytes(range(96)), "480251"


def test_its_pin_opens_it_again_and_again() -> None:
    box = PinBox(PIN, SECRET, QUICK)
    assert [box.opened(PIN), box.opened(PIN)] == [SECRET, SECRET]
    assert not box.wiped


def test_the_third_wrong_try_overwrites_it_for_the_right_one_too() -> None:
    box = PinBox(PIN, SECRET, QUICK)
    assert [box.opened("480252") for _ in range(TRIES)] == [b""] * 3
    assert box.wiped and box.opened(PIN) == b""


def test_a_right_try_begins_the_count_anew() -> None:
    box = PinBox(PIN, SECRET, QUICK)
    for _ in range(3):
        assert [box.opened(pin) for pin in ("1", "2", PIN)] == [b"", b"", SECRET]


def test_without_the_random_half_the_right_pin_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    box = PinBox(PIN, SECRET, QUICK)
    sealed, salt = bytes(box.box), box.salt  # whoever copied the memory
    box.wipe()
    copied = PinBox(PIN, b"another", QUICK)
    copied.box, copied.salt = bytearray(sealed), salt
    assert copied.opened(PIN) == b""


def test_what_is_overwritten_lies_nowhere_in_it() -> None:
    box = PinBox(PIN, SECRET, QUICK)
    half, sealed = box.half, box.box
    kept = bytes(half)
    box.wipe()
    assert not any(half) and not any(sealed) and any(kept)
    assert box.tries_left == 0
    box.wipe()
    gc.collect()


def test_a_wipe_while_the_key_is_derived_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    box = PinBox(PIN, SECRET, QUICK)

    def slow(pin: str, salt: bytes, kdf: Argon2id) -> bytes:
        key = passphrase_key(pin, salt, kdf)
        box.wipe()
        return key

    monkeypatch.setattr(pin_box, "passphrase_key", slow)
    assert box.opened(PIN) == b"" and box.wiped


@given(tries=st.lists(st.sampled_from([PIN, "480252", "000000", ""]), max_size=8))
@settings(max_examples=25)
def test_whatever_is_tried_only_fewer_than_three_wrong_ones_in_a_row_leave_it_open(tries: Sequence[str]) -> None:
    box, wrong = PinBox(PIN, SECRET, QUICK), 0
    for pin in tries:
        opens = wrong < TRIES and pin == PIN
        assert box.opened(pin) == (SECRET if opens else b"")
        wrong = 0 if opens else wrong + 1 if wrong < TRIES else wrong
        assert box.wiped is (wrong >= TRIES)
