"""The escrow: two of three shares open a store, anything else is refused in words."""

from itertools import combinations, permutations
from pathlib import Path

import pyrage
import pytest

from avrr_desktop.domain.errors import PassphraseError, RefusedError
from avrr_desktop.keys import slots
from avrr_desktop.keys.escrow import identity_from, new_escrow
from avrr_desktop.operations.access.officers import give_passphrase, prepare_slot_by
from avrr_desktop.operations.access.recovery import add_escrow, open_by_escrow
from avrr_desktop.operations.store.opening import open_unlocked
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, People

ESCROW, OTHER = new_escrow(), new_escrow()


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)))
def test_any_two_shares_give_the_key_back(pair: tuple[int, int]) -> None:
    identity = identity_from([ESCROW.shares[number].upper() for number in pair])
    assert str(pyrage.x25519.Identity.from_str(identity).to_public()) == ESCROW.recipient


def spelled(share: str, how: str) -> str:
    words = share.split()
    return {
        "four letters": " ".join(word[:4] for word in words),
        "numbered": "\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)),
        "in columns": "\r\n".join(f"{number:02d}) {word.upper()},\t" for number, word in enumerate(words, 1)),
        "begun with a mark": "\ufeff" + share,
    }[how]


@pytest.mark.parametrize("how", ["four letters", "numbered", "in columns", "begun with a mark"])
def test_words_are_understood_as_people_write_them_down(how: str) -> None:
    assert identity_from([spelled(share, how) for share in ESCROW.shares[1:]])


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_all_three_shares_open_as_two_do(order: tuple[int, ...]) -> None:
    wanted = identity_from(ESCROW.shares[:2])
    assert identity_from([ESCROW.shares[number] for number in order]) == wanted
    spoilt = [ESCROW.shares[number] if number else "academic " * 33 for number in order]
    assert identity_from(spoilt) == wanted
    assert (
        identity_from([*(ESCROW.shares[number] for number in order[:2]), OTHER.shares[0], ESCROW.shares[order[0]]])
        == wanted
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (ESCROW.shares[:1], "One sheet alone"),
        ((ESCROW.shares[0], ESCROW.shares[0]), "the same sheet"),
        ((ESCROW.shares[0], OTHER.shares[1]), "different sets"),
        ((ESCROW.shares[0], "academic acid"), "Sheet {number}"),
    ],
)
def test_what_is_wrong_is_said(shares: tuple[str, ...], said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        identity_from(shares)
    assert said in refused.value.title
    assert "{number}" not in said or refused.value.values["number"] == 2


@pytest.mark.parametrize(
    "shares",
    [
        ESCROW.shares[:1],
        (ESCROW.shares[0], ESCROW.shares[0]),
        (ESCROW.shares[0], OTHER.shares[1]),
        (ESCROW.shares[0], ESCROW.shares[1].replace(ESCROW.shares[1].split()[9], "zzz", 1)),
        (ESCROW.shares[0], " ".join(ESCROW.shares[1].split()[:-1])),
        ("", ""),
    ],
    ids=["one", "twice the same", "of two sets", "a wrong word", "a word lost", "nothing"],
)
def test_other_shares_are_refused_in_words(shares: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError) as refused:
        identity_from(shares)
    said = {"One sheet alone reveals nothing.", "Sheet {number}: a word is wrong, missing or extra.",
            "These sheets are of different sets.", "These are copies of the same sheet."}  # fmt: skip
    assert refused.value.title in said, "one of a few sentences, so no word of a share is in it"
    assert refused.value.values in ({}, {"number": 1}, {"number": 2})


def test_when_everybody_is_locked_out_two_shares_give_an_officer_a_new_passphrase(tmp_path: Path) -> None:
    office: People = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(FOUNDER)
    key = founder.protection
    add_escrow(founder, FOUNDER, ESCROW.recipient)
    with pytest.raises(RefusedError):
        add_escrow(founder, FOUNDER, "age1nonsense")
    founder.lock()
    with pytest.raises(PassphraseError):
        open_by_escrow(office.folder, OTHER.shares[:2])
    keys, entry = open_by_escrow(office.folder, ESCROW.shares[1:])
    assert entry.slot.kind == slots.ESCROW
    rescued = open_unlocked(office.folder, keys)
    give_passphrase(rescued, prepare_slot_by(office.folder, entry, office.founder, "after everything five"))
    rescued.lock()
    again = office.at_work("after everything five")
    assert (again.actor, again.role, again.protection) == (office.founder, "supervisor", key)
    again.lock()
