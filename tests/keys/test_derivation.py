"""From a passphrase to a key: the same from every keyboard, refused when too weak, one key for each purpose."""

import unicodedata
from time import process_time

import pytest

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.keys.derivation import CEILING_KIB, FLOOR_KIB, PURPOSES, Argon2id, passphrase_key, subkey

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
SALT = bytes(16)
PASSPHRASE = "Šest ptica ë ђ ﬁ ½ leti"
KEY = passphrase_key(PASSPHRASE, SALT, QUICK)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_key_is_the_same_however_the_letters_are_composed(form: str) -> None:
    typed = unicodedata.normalize(form, PASSPHRASE)  # type: ignore[arg-type]
    assert passphrase_key(typed, SALT, QUICK) == KEY


@pytest.mark.parametrize(
    "typed",
    [PASSPHRASE + " ", " " + PASSPHRASE, PASSPHRASE.replace(" ", "  ", 1), PASSPHRASE.lower(), PASSPHRASE + "\n",
     PASSPHRASE.replace("Š", "S"), ""],
)  # fmt: skip
def test_every_space_and_every_letter_counts(typed: str) -> None:
    assert passphrase_key(typed, SALT, QUICK) != KEY


def test_salt_and_parameters_count() -> None:
    others = [passphrase_key(PASSPHRASE, b"1" * 16, QUICK), passphrase_key(PASSPHRASE, SALT, Argon2id(2, FLOOR_KIB)),
              passphrase_key(PASSPHRASE, SALT, Argon2id(1, FLOOR_KIB + 1024))]  # fmt: skip
    assert len({KEY, *others}) == 4


@pytest.mark.parametrize(
    "kdf",
    [Argon2id(3, FLOOR_KIB - 1), Argon2id(3, 8), Argon2id(3, 0), Argon2id(3, -1), Argon2id(3, CEILING_KIB + 1),
     Argon2id(3, 10**30), Argon2id(0, FLOOR_KIB), Argon2id(-1, FLOOR_KIB), Argon2id(17, FLOOR_KIB),
     Argon2id(10**30, FLOOR_KIB)],
)  # fmt: skip
def test_parameters_outside_the_limits_are_refused_before_any_work(kdf: Argon2id) -> None:
    began = process_time()
    with pytest.raises(StoreError) as refused:
        passphrase_key(PASSPHRASE, SALT, kdf)
    assert process_time() - began < 1
    assert "parameters" in refused.value.title
    assert "backup" in refused.value.hint


@pytest.mark.parametrize("kdf", [Argon2id(), Argon2id(1, FLOOR_KIB), Argon2id(16, CEILING_KIB)])
def test_parameters_at_the_limits_are_accepted(kdf: Argon2id) -> None:
    kdf.check()


def test_each_purpose_has_a_key_of_its_own() -> None:
    keys = {subkey(KEY, purpose) for purpose in PURPOSES}
    assert len(keys) == len(PURPOSES)
    assert KEY not in keys
    assert all(len(key) == 32 for key in keys)
    assert subkey(KEY, "db/1") != subkey(bytes(32), "db/1")


def test_the_key_of_the_database_is_made_today_as_it_was_made_first() -> None:
    assert subkey(bytes(range(32)), "db/1").hex() == "d3a4e45fcbb7310ea40fdf44a38ba0b7e37fd09827b3220041947fc24cc3bdd6"


def test_a_purpose_that_is_not_declared_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="db/2"):
        subkey(KEY, "db/2")
