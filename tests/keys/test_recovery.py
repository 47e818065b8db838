"""The recovery code: typed as people type it, wrong letters noticed, and it opens only after it was asked back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.domain.errors import PassphraseError, RefusedError
from avrr_desktop.keys import recovery, slots
from avrr_desktop.operations.access.recovery import ASKED, keep_recovery_code, new_recovery_code, wrong_groups
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.unlocking import change_passphrase, unlock
from avrr_desktop.operations.store.create import create_store

codes = st.integers(0, 2**40).map(lambda _: recovery.new_code())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked store; of the practice kind, because its key is derived faster."""
    place = tmp_path / "store.avrr"
    create_store(
        place, PRACTICE_PASSPHRASE, {"name": "Office", "code": "OFF", "country": "AL"}, kind=slots.PRACTICE
    ).lock()
    return place


@given(codes)
def test_a_code_reads_back_however_it_is_typed(code: str) -> None:
    assert len(code.split("-")) == 8
    for typed in (code, code.lower(), code.replace("-", " - "), code.replace("0", "O").replace("1", "l")):
        assert recovery.read(typed) == code
        assert recovery.looks_like(typed)


@given(codes, st.integers(0, 38), st.sampled_from(recovery.ALPHABET))
def test_one_wrong_letter_is_nearly_always_noticed(code: str, place: int, letter: str) -> None:
    if code[place] in ("-", letter):
        return
    wrong = code[:place] + letter + code[place + 1 :]
    assert recovery.looks_like(wrong)
    assert recovery.read(wrong) != code


@pytest.mark.parametrize("typed", ["", "five unrelated words", "ABCD-EFGH", "0" * 32, PRACTICE_PASSPHRASE])
def test_a_passphrase_is_not_taken_for_a_code(typed: str) -> None:
    assert not recovery.looks_like(typed)


def test_two_codes_are_never_alike() -> None:
    made = {new_recovery_code() for _ in range(200)}
    assert len(made) == 200


def test_it_opens_once_it_was_asked_back_and_goes_on_opening(folder: Path) -> None:
    code = new_recovery_code()
    groups = tuple(code.split("-")[number - 1] for number in ASKED)
    with pytest.raises(PassphraseError):
        unlock(folder, code)
    with pytest.raises(RefusedError):
        keep_recovery_code(folder, PRACTICE_PASSPHRASE, code, (groups[1], groups[0]))
    with pytest.raises(PassphraseError):
        keep_recovery_code(folder, "not the passphrase at all", code, groups)
    with pytest.raises(PassphraseError):
        unlock(folder, code)
    key = unlock(folder, PRACTICE_PASSPHRASE).database
    keep_recovery_code(folder, PRACTICE_PASSPHRASE, code, tuple(group.lower() for group in groups))
    assert unlock(folder, code.lower()).database == key
    change_passphrase(folder, code, "a passphrase that somebody remembers")
    assert unlock(folder, code).database == key
    newer = new_recovery_code()
    again = tuple(newer.split("-")[number - 1] for number in ASKED)
    assert wrong_groups(newer, again) == ()
    keep_recovery_code(folder, "a passphrase that somebody remembers", newer, again)
    with pytest.raises(PassphraseError):
        unlock(folder, code)
    assert unlock(folder, newer).database == key
