"""Slots of people: each is bound to its officer, an older way in goes with the new one, and spare ways in sign as themselves."""

import json
from dataclasses import replace

import pytest

from avrr_desktop.domain.errors import PassphraseError, RefusedError
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.keys.escrow import identity_from, new_escrow
from avrr_desktop.keys.signing import Signer, fingerprint
from avrr_desktop.keys.slots import KeyFile, Slot

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
FOUNDER, WORKER, SHARED = "founder of five words", "worker of five words", "shared by the whole office"
FOUNDED, ROOT = slots.found("STORE", "F", FOUNDER, QUICK)
BOTH, SECRETS = slots.add_officer(FOUNDED, slots.enter(FOUNDED, FOUNDER), "W", WORKER, QUICK)


def with_slots(file: KeyFile, *chosen: Slot) -> KeyFile:
    """Return a key file as somebody would write it who edits its text."""
    edited = replace(file, slots=chosen)
    assert slots.read(edited.to_bytes()) == edited
    return edited


def test_a_slot_opens_for_its_officer_with_their_own_seed_and_the_founders_public_half() -> None:
    own = slots.enter(slots.read(BOTH.to_bytes()), WORKER)
    assert (own.slot.officer, own.slot.public) == ("W", Signer(own.secrets.seed).public)
    assert own.secrets == SECRETS and own.secrets.master == ROOT.master
    assert own.secrets.root == ROOT.root == bytes.fromhex(Signer(ROOT.seed).public)
    assert own.secrets.seed != ROOT.seed


@pytest.mark.parametrize("edit", [{"officer": "F"}, {"officer": ""}, {"public": BOTH.slots[0].public}, {"public": ""}])
def test_nobody_becomes_somebody_else_by_editing_the_key_file(edit: dict[str, str]) -> None:
    founder, worker = BOTH.slots
    edited = with_slots(BOTH, founder, replace(worker, **edit))  # type: ignore[arg-type]
    with pytest.raises(PassphraseError):
        slots.enter(edited, WORKER)
    assert slots.enter(edited, FOUNDER).slot.officer == "F"


def test_a_new_passphrase_of_an_officer_ends_their_older_one() -> None:
    again, secrets = slots.add_officer(BOTH, slots.enter(BOTH, FOUNDER), "W", "worker of other words", QUICK)
    assert slots.enter(again, "worker of other words").secrets == secrets
    with pytest.raises(PassphraseError):
        slots.enter(again, WORKER)
    assert again.generation == BOTH.generation + 1


def test_the_passphrase_that_an_office_shared_ends_with_the_first_own_one() -> None:
    shared, master = slots.create("STORE", slots.OFFICE, SHARED, QUICK)
    own, secrets = slots.add_officer(shared, slots.enter(shared, SHARED), "F", FOUNDER, QUICK)
    assert secrets.master == master and secrets.root == bytes.fromhex(Signer(secrets.seed).public)
    with pytest.raises(PassphraseError):
        slots.enter(own, SHARED)


def test_the_passphrase_of_one_officer_is_taken_and_the_others_stay() -> None:
    left = slots.without_officer(BOTH, "W")
    assert left.generation == BOTH.generation + 1
    with pytest.raises(PassphraseError):
        slots.enter(left, WORKER)
    assert slots.enter(left, FOUNDER).slot.officer == "F"


def test_a_recovery_code_is_a_way_in_of_nobody_that_signs_as_itself_and_becomes_no_passphrase() -> None:
    code = recovery.new_code()
    file, secrets = slots.with_recovery(BOTH, FOUNDER, code, QUICK, b"c" * 32)
    entry = slots.enter(file, code)
    assert (entry.slot.kind, entry.slot.officer, entry.secrets) == (slots.RECOVERY, "", secrets)
    assert secrets.seed not in (ROOT.seed, SECRETS.seed) and secrets.root == ROOT.root
    assert secrets.compartment == b"c" * 32
    with pytest.raises(RefusedError) as refused:
        slots.change_passphrase(file, code, "of somebody with a code", QUICK)
    assert "does not belong to any officer" in refused.value.title
    newer = slots.with_recovery(file, WORKER, recovery.new_code(), QUICK)[0]
    with pytest.raises(PassphraseError):
        slots.enter(newer, code)


def test_an_escrow_slot_of_another_store_opens_nothing() -> None:
    escrow = new_escrow()
    identity = identity_from(escrow.shares[:2])
    file, secrets = slots.with_escrow(BOTH, slots.enter(BOTH, FOUNDER).secrets, escrow.recipient)
    assert slots.enter_by_escrow(file, identity).secrets == secrets
    other = slots.found("ANOTHER", "F", FOUNDER, QUICK)[0]
    carried = with_slots(other, *other.slots, file.slots[-1])
    with pytest.raises(PassphraseError):
        slots.enter_by_escrow(carried, identity)
    with pytest.raises(PassphraseError):
        slots.enter_by_escrow(BOTH, identity)


def test_where_a_passphrase_is_shared_spare_ways_in_carry_nobodys_seed() -> None:
    shared, master = slots.create("STORE", slots.OFFICE, SHARED, QUICK)
    file, secrets = slots.with_escrow(shared, slots.enter(shared, SHARED).secrets, new_escrow().recipient, b"c" * 32)
    assert secrets == slots.Secrets(master) and file.slots[-1].public == ""


@pytest.mark.parametrize("generation", ["1", True, None, 1.5])
def test_a_generation_that_is_no_number_is_damage(generation: object) -> None:
    content = {**json.loads(FOUNDED.to_bytes()), "generation": generation}
    with pytest.raises(type(slots.damaged())) as told:
        slots.read(json.dumps({**content, "check": slots.check(content)}).encode())
    assert told.value.title == slots.damaged().title


def test_two_people_compare_a_public_half_by_six_pairs_of_letters() -> None:
    said = fingerprint(Signer(bytes(32)).public)
    assert said == fingerprint(Signer(bytes(32)).public) != fingerprint(Signer(bytes([1]) * 32).public)
    assert [len(pair) for pair in said.split("-")] == [2] * 6
