"""Faults of backups, keys and passphrases, planted: what keeps a case when a computer is lost."""

from tests.mutations.mutation import Fault, Mutation

BACKUPS = "tests/faults/test_lost_backups.py::"
KEYS = "tests/faults/test_keys.py::"

FAULTS = (
    Fault(
        "a backup is a copy of the file without its log",
        (
            Mutation(
                "store/folder/backup.py",
                "_copied",
                'connection.execute("VACUUM INTO ?", (str(target),))',
                'shutil.copyfile(source / "store.db", target)',
            ),
        ),
        (BACKUPS + "test_B1_every_backup_that_counts_opens_and_holds_what_the_store_held",),
    ),
    Fault(
        "a backup that was cut counts",
        (
            Mutation(
                "store/folder/backup.py",
                "_manifest",
                "right and whole and backup_files.checked(made.files)",
                "right and backup_files.checked(made.files)",
            ),
        ),
        (
            BACKUPS + "test_B2_a_damaged_newest_backup_does_not_count_and_the_one_before_it_is_offered[cut]",
            BACKUPS + "test_B2_a_damaged_newest_backup_does_not_count_and_the_one_before_it_is_offered[empty]",
        ),
    ),
    Fault(
        "a damaged backup is brought back",
        (
            Mutation(
                "store/folder/backup.py",
                "restore",
                'digest_of(part / "store.db") != manifest.digest',
                "not manifest.digest",
            ),
        ),
        (BACKUPS + "test_B2_a_flipped_byte_is_noticed_and_the_message_names_the_way_out",),
    ),
    Fault(
        "a store that came back goes on under its old incarnation",
        (
            Mutation(
                "store/store.py",
                "Store._incarnation",
                "known != self.identity or behind",
                "self._behind_sentinel()",
            ),
        ),
        (BACKUPS + "test_B4_on_another_computer_the_slots_open_and_a_new_incarnation_begins",),
    ),
    Fault(
        "backups go by the clock",
        (
            Mutation(
                "store/folder/backup.py",
                "backups_in",
                "sorted(found, key=lambda backup: -backup.sequence)",
                'sorted(found, key=lambda one: one.manifest.made_at if one.manifest else "", reverse=True)',
            ),
        ),
        (BACKUPS + "test_B8_a_clock_set_back_never_costs_the_newest_or_the_only_good_backup",),
    ),
    Fault(
        "weak and absurd parameters are tried",
        (Mutation("keys/derivation.py", "passphrase_key", "kdf.check()", "pass"),),
        (
            KEYS + "test_X4_weaker_parameters_are_refused_below_the_floor[65535]",
            KEYS + "test_X5_absurd_parameters_are_refused_at_once[17-1000000000]",
        ),
    ),
    Fault(
        "a passphrase counts as the keyboard composed it",
        (Mutation("keys/derivation.py", "passphrase_key", 'unicodedata.normalize("NFKC", passphrase)', "passphrase"),),
        (KEYS + "test_X6_the_passphrase_opens_however_a_keyboard_composes_it",),
    ),
    Fault(
        "spaces of a passphrase are thrown away",
        (Mutation("keys/derivation.py", "passphrase_key", "passphrase", "passphrase.strip()"),),
        (KEYS + "test_X6_spaces_of_a_passphrase_count",),
    ),
    Fault(
        "the end of a long passphrase does not count",
        (
            Mutation(
                "keys/derivation.py",
                "passphrase_key",
                'unicodedata.normalize("NFKC", passphrase)',
                'unicodedata.normalize("NFKC", passphrase)[:256]',
            ),
        ),
        (KEYS + "test_X6_a_passphrase_of_a_thousand_letters_counts_to_its_last",),
    ),
    Fault(
        "slots go with any store",
        (
            Mutation(
                "keys/opening.py",
                "authenticated",
                "[1, file.store, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]",
                "[1, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]",
            ),
        ),
        (KEYS + "test_X3_a_slot_carried_over_from_another_store_opens_nothing",),
    ),
    Fault(
        "a keychain is spoken of",
        (Mutation("locations.py", "", 'NAME = "avrr-desktop"', 'NAME = "avrr-desktop"\nKEYCHAIN = "libsecret"'),),
        (KEYS + "test_X8_the_program_knows_no_keychain_and_needs_none",),
    ),
    Fault(
        "the letter O is no zero",
        (Mutation("keys/recovery.py", "", '{"O": "0", "I": "1", "L": "1"}', '{"I": "1", "L": "1"}'),),
        (KEYS + "test_B11_a_mistyped_recovery_code_is_read_as_it_was_meant_or_caught",),
    ),
    Fault(
        "the check letters of a recovery code are not compared",
        (
            Mutation(
                "keys/recovery.py", "read", "whole and letters[LETTERS:] == check_letters(letters[:LETTERS])", "whole"
            ),
        ),
        (KEYS + "test_B11_a_mistyped_recovery_code_is_read_as_it_was_meant_or_caught",),
    ),
    Fault(
        "entries are salted with nothing",
        (Mutation("store/journal/journal.py", "Journal.append", "self._random_bytes", "bytes"),),
        (KEYS + "test_X16_a_store_brought_back_repeats_no_salt",),
    ),
)
