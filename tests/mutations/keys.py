"""Faults of keys, planted: each lets somebody in who must stay out, or keeps somebody out."""

from tests.mutations.mutation import Fault, Mutation

OWN_SLOTS = "tests/keys/test_own_slots.py::"
ESCROW = "tests/keys/test_escrow.py::"
_OPERATIONS = "tests/operations/"
OFFICERS = _OPERATIONS + "test_officers.py::"
EDITED = OWN_SLOTS + "test_nobody_becomes_somebody_else_by_editing_the_key_file"
NEVER_TWO = OFFICERS + "test_a_changed_passphrase_keeps_the_person_and_two_people_never_share_one"
WHO_LEFT = OFFICERS + "test_who_left_opens_nothing_and_what_they_sign_counts_no_more"

FAULTS = (
    Fault(
        "the officer of a slot is not bound to it",
        (Mutation("keys/opening.py", "authenticated", "[slot.officer, slot.public]", "[slot.public]"),),
        (EDITED + "[edit0]", EDITED + "[edit1]"),
    ),
    Fault(
        "the public half in a slot is not bound to it",
        (Mutation("keys/opening.py", "authenticated", "[slot.officer, slot.public]", "[slot.officer]"),),
        (EDITED + "[edit2]",),
    ),
    Fault(
        "each slot has a salt of its own",
        (
            Mutation(
                "keys/slots.py",
                "_way",
                "salts[0] if salts else nacl.utils.random(SALT_BYTES)",
                "nacl.utils.random(SALT_BYTES)",
            ),
        ),
        (OFFICERS + "test_one_slow_second_opens_whichever_slot",),
    ),
    Fault(
        "two officers get one passphrase",
        (Mutation("keys/slots.py", "officer_way", "refuse_known(file, passphrase)", "pass"),),
        (NEVER_TWO,),
    ),
    Fault(
        "an officer changes to the passphrase of another",
        (Mutation("keys/slots.py", "changed_way", "refuse_known(file, new)", "check(json.loads(file.to_bytes()))"),),
        (NEVER_TWO,),
    ),
    Fault(
        "who leaves keeps the slot",
        (
            Mutation(
                "keys/slots.py",
                "without_officer",
                "tuple(slot for slot in file.slots if slot.officer != officer)",
                "file.slots",
            ),
        ),
        (WHO_LEFT, OWN_SLOTS + "test_the_passphrase_of_one_officer_is_taken_and_the_others_stay"),
    ),
    Fault(
        "each officer is a founder",
        (
            Mutation(
                "keys/slots.py",
                "_personal",
                "root or bytes.fromhex(Signer(seed).public)",
                "bytes.fromhex(Signer(seed).public)",
            ),
        ),
        (
            OWN_SLOTS + "test_a_slot_opens_for_its_officer_with_their_own_seed_and_the_founders_public_half",
            OFFICERS + "test_each_passphrase_opens_for_its_officer_in_their_role",
        ),
    ),
    Fault(
        "a changed passphrase is nobody's",
        (
            Mutation(
                "keys/slots.py",
                "changed_way",
                "_way(file, PASSPHRASE, new, kdf, own.secrets, own.slot.officer)",
                "_way(file, PASSPHRASE, new, kdf, own.secrets)",
            ),
        ),
        (NEVER_TWO,),
    ),
    Fault(
        "a recovery code becomes a passphrase",
        (Mutation("keys/slots.py", "changed_way", "not own.slot.officer", "not own.slot"),),
        (OWN_SLOTS + "test_a_recovery_code_is_a_way_in_of_nobody_that_signs_as_itself_and_becomes_no_passphrase",),
    ),
    Fault(
        "a recovery code signs as whoever made it",
        (Mutation("keys/slots.py", "_spare", "_personal(own.master, own.root)", "own"),),
        (OWN_SLOTS + "test_a_recovery_code_is_a_way_in_of_nobody_that_signs_as_itself_and_becomes_no_passphrase",),
    ),
    Fault(
        "an older passphrase of an officer stays",
        (Mutation("keys/slots.py", "_only.stays", "holder(slot) != holder(new)", "True"),),
        (OWN_SLOTS + "test_a_new_passphrase_of_an_officer_ends_their_older_one",),
    ),
    Fault(
        "the shared passphrase stays",
        (
            Mutation(
                "keys/slots.py",
                "_only.stays",
                "not slot.public or (slot.kind == PASSPHRASE and not slot.officer)",
                "slot.kind != PASSPHRASE",
            ),
        ),
        (OWN_SLOTS + "test_the_passphrase_that_an_office_shared_ends_with_the_first_own_one",),
    ),
    Fault(
        "an escrow slot goes with any store",
        (Mutation("keys/slots.py", "enter_by_escrow", "content.startswith(bound)", "content"),),
        (OWN_SLOTS + "test_an_escrow_slot_of_another_store_opens_nothing",),
    ),
    Fault(
        "two shares are not enough",
        (Mutation("keys/escrow.py", "", "2", "3"),),
        (
            ESCROW + "test_any_two_shares_give_the_key_back[pair0]",
            ESCROW + "test_any_two_shares_give_the_key_back[pair2]",
        ),
    ),
    Fault(
        "wrong shares are an error of nobody's",
        (Mutation("keys/escrow.py", "identity_from", "MnemonicError", "KeyError"),),
        (
            ESCROW + "test_other_shares_are_refused_in_words[one]",
            ESCROW + "test_other_shares_are_refused_in_words[a wrong word]",
        ),
    ),
)
