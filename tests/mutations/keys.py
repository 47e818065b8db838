"""Faults of keys, planted: each lets somebody in who must stay out, or keeps somebody out."""

from tests.mutations.mutation import Fault, Mutation

OWN_SLOTS = "tests/keys/test_own_slots.py::"
KEY_FILES, FOUND_JOURNEY = "tests/attacks/test_key_files.py::", "tests/attacks/test_found_journey.py::"
GUESSED = KEY_FILES + "test_a_passphrase_that_is_easy_to_guess_is_refused_with_words_that_are_not"
ESCROW = "tests/keys/test_escrow.py::"
QUICK_UNLOCK = "tests/operations/test_quick_unlock.py::"
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
        "only shares that follow each other are enough",
        (
            Mutation(
                "keys/escrow.py", "identity_from", "first.index != second.index", "first.index + 1 == second.index"
            ),
        ),
        (ESCROW + "test_any_two_shares_give_the_key_back[pair1]",),
    ),
    Fault(
        "wrong shares are an error of nobody's",
        (Mutation("keys/escrow.py", "_sheet", "MnemonicError", "KeyError"),),
        (
            ESCROW + "test_other_shares_are_refused_in_words[a wrong word]",
            ESCROW + "test_other_shares_are_refused_in_words[a word lost]",
        ),
    ),
    Fault(
        "an older key file opens beside a newer one",
        (Mutation("operations/session/unlocking.py", "of_newest", "place.newest_keys()", "place.key_files()"),),
        (KEY_FILES + "test_an_older_key_file_that_is_put_back_opens_nothing_for_who_left[keys-b.json]",),
    ),
    Fault(
        "an older key file is not told",
        (
            Mutation(
                "operations/access/key_changes.py", "look_at_keys", "keys.file.generation < _noted(workspace)", "False"
            ),
        ),
        (KEY_FILES + "test_an_older_key_file_opens_where_the_newer_is_damaged_and_it_is_told[gone]",),
    ),
    Fault(
        "what was begun counts, signed for or not",
        (Mutation("operations/access/key_changes.py", "settle_keys", "_counts(workspace, slot)", "True"),),
        (KEY_FILES + "test_a_code_that_was_not_signed_for_leaves_the_sheet_of_before_as_it_was",),
    ),
    Fault(
        "a way in counts before it is signed for",
        (Mutation("keys/slots.py", "with_begun", "replace(way.slot, begun=True)", "way.slot"),),
        (KEY_FILES + "test_a_code_that_was_not_signed_for_leaves_the_sheet_of_before_as_it_was",),
    ),
    Fault(
        "a code that nobody signed for is one",
        (
            Mutation(
                "operations/access/key_changes.py",
                "counted_spare",
                'workspace.grants.spare_keys.get(SPARE_KEY.get(slot.kind, "")) == slot.public',
                "True",
            ),
        ),
        (KEY_FILES + "test_a_store_whose_only_code_counts_for_nothing_asks_for_one",),
    ),
    Fault(
        "two officers get one passphrase at once",
        (Mutation("keys/slots.py", "with_begun", "raise _known()", "pass"),),
        (KEY_FILES + "test_two_people_never_get_one_passphrase_at_once",),
    ),
    Fault(
        "who lost their way in changes it all the same",
        (Mutation("keys/slots.py", "exchanged", "own.slot not in file.slots", "not file.slots"),),
        (KEY_FILES + "test_who_lost_their_way_in_while_they_changed_it_gets_none",),
    ),
    Fault(
        "key files are not read back",
        (Mutation("store/folder/key_files.py", "KeyFiles._put", "one == key_file and opens(one)", "one == key_file"),),
        (KEY_FILES + "test_a_key_file_that_is_not_what_was_written_is_told_and_the_one_of_before_stays",),
    ),
    Fault(
        "older key files come back",
        (
            Mutation(
                "store/folder/key_files.py",
                "KeyFiles.place_keys",
                "self.read_keys().generation > key_file.generation",
                "not key_file.generation",
            ),
        ),
        (KEY_FILES + "test_key_files_that_come_back_take_the_place_of_no_newer_ones",),
    ),
    Fault(
        "any number of derivations for one try",
        (Mutation("keys/opening.py", "_derivations", "kdf.work <= left", "kdf.work"),),
        (KEY_FILES + "test_slots_that_somebody_adds_do_not_make_an_unlock_slow",),
    ),
    Fault(
        "length is all that counts of a passphrase",
        (Mutation("operations/session/unlocking.py", "check_passphrase", "weakness(passphrase, known)", '""'),),
        (GUESSED + "[aaaaaaaaaaaaaa]", GUESSED + "[qwertyuiopasdfgh]"),
    ),
    Fault(
        "names of the office are no help to whoever guesses",
        (Mutation("keys/guessing.py", "strength", "user_inputs=sorted(names)", "user_inputs=[]"),),
        (GUESSED + "[Arta Hoxha Tirana]",),
    ),
    Fault(
        "only the file of the lock is asked",
        (Mutation("store/folder/folder.py", "StoreFolder.lock", "database_in_use(self.database)", "False"),),
        (KEY_FILES + "test_a_backup_takes_no_store_away_from_whoever_is_in_it_though_the_lock_was_deleted",),
    ),
    Fault(
        "journeys share a key",
        (
            Mutation(
                "operations/exchange/journey.py",
                "_master_of",
                'subkey(workspace.database_key(), f"journey/{journey}")',
                "workspace.database_key()",
            ),
        ),
        (FOUND_JOURNEY + "test_the_key_of_a_journey_opens_neither_the_store_at_home_nor_another_journey",),
    ),
    Fault(
        "everybody's way in travels",
        (Mutation("keys/slots.py", "for_journey", "slot.officer in travellers", "bool(there)"),),
        (FOUND_JOURNEY + "test_only_those_who_travel_open_it",),
    ),
    Fault(
        "files travel under the key at home",
        (Mutation("operations/exchange/journey.py", "take_along", "subkey(key, FILES_KEY)", "workspace.files_key()"),),
        (FOUND_JOURNEY + "test_restricted_records_and_files_travel_and_come_home_under_other_keys",),
    ),
    Fault(
        "what is sealed for one copy opens another",
        (
            Mutation(
                "keys/opening.py",
                "_place",
                "[file.store, file.kind, file.journey, slot.slot, slot.officer, slot.public]",
                "[file.store, file.kind, slot.slot, slot.officer, slot.public]",
            ),
        ),
        (FOUND_JOURNEY + "test_what_is_sealed_for_one_copy_opens_no_other",),
    ),
    Fault(
        "anybody makes a store one of a journey",
        (
            Mutation(
                "operations/session/workspace.py",
                "Workspace.store_role",
                'self.journey or (not self.sealed_keys and self.store.local.setting("partial") == "1")',
                'self.journey or self.store.local.setting("partial") == "1"',
            ),
        ),
        (FOUND_JOURNEY + "test_whether_a_store_is_on_a_journey_does_not_follow_from_what_anybody_may_write_into_it",),
    ),
    Fault(
        "a slot of an older program stays as it is",
        (Mutation("keys/slots.py", "renewed", "own.slot.sealed", "own.slot"),),
        (FOUND_JOURNEY + "test_a_slot_of_an_older_program_opens_is_written_anew_and_travels_only_then",),
    ),
    Fault(
        "what comes of a job is done after the lock",
        (Mutation("ui/jobs.py", "Jobs.run", "None if worker.left else done(result)", "done(result)"),),
        ("tests/ui/test_recovery_card.py::test_a_lock_while_the_code_is_kept_leaves_the_one_of_before_and_says_so",),
    ),
    Fault(
        "the way in of who left stays where it came back",
        (Mutation("operations/access/key_changes.py", "settle_keys", "_without_officer(workspace, uid)", "pass"),),
        (KEY_FILES + "test_a_key_file_with_the_way_in_of_who_left_is_told_and_loses_it",),
    ),
    Fault(
        "nobody hears of a way in that came back",
        (Mutation("operations/access/key_changes.py", "settle_keys", "uid != leaving", "not uid"),),
        (KEY_FILES + "test_a_key_file_with_the_way_in_of_who_left_is_told_and_loses_it",),
    ),
    Fault(
        "a PIN may be tried as often as one likes",
        (Mutation("keys/pin_box.py", "PinBox.opened", "self.tries_left -= 1", "pass"),),
        (
            "tests/keys/test_pin_box.py::test_the_third_wrong_try_overwrites_it_for_the_right_one_too",
            QUICK_UNLOCK + "test_the_third_wrong_try_wipes_it_and_each_is_counted",
        ),
    ),
    Fault(
        "what is overwritten keeps its random half",
        (Mutation("keys/pin_box.py", "PinBox.wipe", "part[:] = bytes(len(part))", "pass"),),
        ("tests/keys/test_pin_box.py::test_what_is_overwritten_lies_nowhere_in_it",),
    ),
    Fault(
        "a PIN opens restricted records",
        (
            Mutation(
                "operations/session/workspace.py",
                "Workspace.hold_own_protection",
                "given is not None and person is not None and given.protection_key and not self.by_pin",
                "given is not None and person is not None and given.protection_key",
            ),
            Mutation("operations/session/permission.py", "may", "session.by_pin and permission in WHOLE", "False"),
        ),
        (QUICK_UNLOCK + "test_what_wants_the_whole_passphrase_waits_for_it",),
    ),
    Fault(
        "the hour of a PIN does not end",
        (
            Mutation(
                "operations/access/quick_unlock.py",
                "QuickUnlock.look",
                "self._hour.seconds() > OPEN_SECONDS",
                "self._hour.seconds() < 0",
            ),
        ),
        (QUICK_UNLOCK + "test_after_the_hour_only_the_passphrase_opens",),
    ),
    Fault(
        "a PIN outlives a lock by hand",
        (
            Mutation(
                "ui/frame/shell.py",
                "Shell.lock",
                "idle and self.policy.may_quick_unlock",
                "self.policy.may_quick_unlock",
            ),
        ),
        ("tests/journeys/test_quick_unlock.py::test_whatever_is_more_than_idleness_wants_the_passphrase[by hand]",),
    ),
)
