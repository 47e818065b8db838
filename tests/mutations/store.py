"""Faults of store and journal, planted: small, plausible, and each deadly for somebody's case."""

from tests.mutations.mutation import Fault, Mutation

STORE, JOURNAL = "tests/store/test_store.py::", "tests/store/test_journal.py::"
PROJECTION = "tests/store/test_projection.py::"
INCARNATIONS = "tests/store/test_incarnations.py::"
TAMPERING = JOURNAL + "test_tampering_is_named_at_the_entry_where_the_chain_breaks"

FAULTS = (
    Fault(
        "what the writer had seen is ignored",
        (
            Mutation(
                "store/journal/projection.py",
                "Projection._update",
                "[] if seen_all else [pair for pair in current if pair[0] not in known and _plain(pair[1]) != _plain(value)]",
                "[] if heads else [pair for pair in current if pair[0] not in known and _plain(pair[1]) != _plain(value)]",
            ),
        ),
        (PROJECTION + "test_a_stale_form_keeps_both_values_and_shows_the_later",),
    ),
    Fault(
        "what was seen through a later entry counts as unseen",
        (
            Mutation("store/journal/projection.py", "Projection._update", "set(parents).issuperset(heads)", "False"),
            Mutation(
                "store/journal/projection.py",
                "Projection._update",
                "set(heads) if seen_all else self._ancestors(part.record, parents)",
                "set(parents)",
            ),
        ),
        (
            PROJECTION + "test_a_form_that_saw_everything_makes_no_conflict",
            PROJECTION + "test_a_conflict_stays_while_other_fields_are_set",
        ),
    ),
    Fault(
        "the earlier of two values is shown",
        (Mutation("store/journal/projection.py", "Projection._update", "max", "min"),),
        (
            PROJECTION + "test_a_stale_form_keeps_both_values_and_shows_the_later",
            PROJECTION + "test_what_is_shown_goes_by_the_clock_and_not_by_the_order_of_arrival",
        ),
    ),
    Fault(
        "the journal does not say what the form had shown",
        (Mutation("store/journal/journal.py", "Journal.append", "self._names(part.seen)", "[]"),),
        (
            JOURNAL + "test_an_entry_says_who_when_in_which_case_and_over_what",
            PROJECTION + "test_both_values_survive_a_reopening_and_a_rebuild",
        ),
    ),
    Fault(
        "a save is acknowledged before it is committed",
        (
            Mutation(
                "store/engine/driver.py",
                "Connection.immediate",
                '"BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}"',
                '"BEGIN IMMEDIATE" if not self._raw.in_transaction else f"SAVEPOINT {name}"',
            ),
            Mutation(
                "store/engine/driver.py",
                "Connection.immediate",
                'self.execute("COMMIT" if self._depth == 0 else f"RELEASE {name}")',
                "pass",
            ),
            Mutation(
                "store/engine/driver.py",
                "Connection.close",
                "if os.getpid() == self._process:\n    self._raw.close()",
                "if os.getpid() == self._process:\n    self._raw.commit()\nself._raw.close()",
            ),
        ),
        (
            "tests/faults/test_kill.py::test_C1_no_acknowledged_change_is_lost_by_a_kill",
            STORE + "test_the_lock_of_a_killed_program_does_not_stay",
        ),
    ),
    Fault(
        "a save is not synced",
        (Mutation("store/engine/driver.py", "", '"synchronous=FULL"', '"synchronous=OFF"'),),
        (STORE + "test_what_is_acknowledged_was_synced_and_what_is_deleted_is_overwritten",),
    ),
    Fault(
        "a failed transaction stays",
        (
            Mutation(
                "store/engine/driver.py",
                "Connection.immediate",
                'if self._raw.in_transaction:\n    self._raw.execute("ROLLBACK")',
                'if self._raw.in_transaction:\n    self._raw.execute("COMMIT")',
            ),
        ),
        (
            STORE + "test_several_saves_in_one_transaction_are_all_there_or_none",
            JOURNAL + "test_a_save_that_failed_leaves_no_hole",
        ),
    ),
    Fault(
        "commitments are not checked",
        (Mutation("store/journal/verifying.py", "commitments_hold", "change.commitment(part) == promise", "promise"),),
        (TAMPERING + "[a word of a part]", TAMPERING + "[the salt of a part]", TAMPERING + "[a part against another]"),
    ),
    Fault(
        "hashes are not checked",
        (Mutation("store/journal/verifying.py", "ChainWalk._compare", "own != digest", "not own"),),
        (TAMPERING + "[an envelope]",),
    ),
    Fault(
        "the order of the chain is not checked",
        (
            Mutation(
                "store/journal/refused.py", "Ends.take", "sequence == at + 1 and previous != before.hex()", "not before"
            ),
            Mutation(
                "store/journal/refused.py",
                "Ends.missing",
                "sequence != at + 1 or previous != before.hex()",
                "not before",
            ),
            Mutation(
                "store/journal/verifying.py", "ChainWalk._compare", '"" if found[0] == name else "sequence"', '""'
            ),
        ),
        (TAMPERING + "[the place in the chain]", TAMPERING + "[a whole entry away]", TAMPERING + "[the number]"),
    ),
    Fault(
        "a copied store goes on under the old incarnation",
        (
            Mutation(
                "store/store.py",
                "Store._incarnation",
                "known != self.identity or behind",
                "self._behind_sentinel()",
            ),
        ),
        (
            INCARNATIONS + "test_the_first_write_into_a_copied_folder_begins_a_new_incarnation",
            INCARNATIONS + "test_a_whole_folder_put_back_over_itself_gives_no_name_twice",
        ),
    ),
    Fault(
        "an older file in the place of the store is not noticed",
        (
            Mutation(
                "store/store.py",
                "Store._incarnation",
                "known != self.identity or behind",
                "known != self.identity",
            ),
        ),
        (INCARNATIONS + "test_a_store_put_back_over_itself_gives_no_name_twice",),
    ),
    Fault(
        "two copies of one store count the same",
        (Mutation("store/store.py", "Store._incarnation", '1 + int.from_bytes(self._random_bytes(4), "big")', "1"),),
        (INCARNATIONS + "test_two_copies_of_one_store_give_no_name_twice",),
    ),
    Fault(
        "a newer store is opened all the same",
        (Mutation("store/engine/opening.py", "refuse_unfit", "version > SCHEMA", "version < 0"),),
        (STORE + "test_a_newer_store_is_refused_and_not_one_byte_is_written",),
    ),
    Fault(
        "an empty file becomes a new store",
        (
            Mutation(
                "store/store.py",
                "Store.open",
                "not path.exists() or path.stat().st_size < SMALLEST_FILE",
                "not path.exists()",
            ),
            Mutation("store/engine/opening.py", "refuse_unfit", "version == 0", "version < 0"),
        ),
        (STORE + "test_an_empty_or_blank_file_never_becomes_a_new_store[nothing]",),
    ),
    Fault(
        "only the lock file keeps a second program out",
        (
            Mutation(
                "store/engine/driver.py",
                "Connection._prepare",
                'self._raw.execute("PRAGMA journal_mode=DELETE")',
                "pass",
            ),
        ),
        (STORE + "test_a_second_program_is_kept_out_also_when_the_lock_file_was_deleted",),
    ),
    Fault(
        "the lock file keeps nobody out",
        (
            Mutation(
                "files.py", "lock_file", "fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)", "fcntl.flock"
            ),
        ),
        ("tests/store/test_folder.py::test_the_lock_is_held_by_one_and_given_back",),
    ),
    Fault(
        "erasing leaves the content in the journal",
        (
            Mutation(
                "store/journal/journal.py", "Journal.erase", 'SealedPart(b"", b"")', "SealedPart(part.salt, part.body)"
            ),
        ),
        (
            "tests/store/test_erasing.py::test_the_envelope_of_an_erased_part_stays_byte_for_byte",
            "tests/store/test_erasing.py::test_the_other_parts_of_the_same_entry_stay",
        ),
    ),
    Fault(
        "a rebuild drops what it does not understand",
        (
            Mutation(
                "store/store.py",
                "Store.rebuild",
                "self.apply(entry)",
                "self.apply(entry)\n"
                "if None in entry.parts:\n"
                '    self.connection.execute("DELETE FROM journal WHERE pk=?", (entry.number,))',
            ),
        ),
        (
            "tests/store/test_newer_entries.py::test_it_survives_a_rebuild_byte_for_byte[kind]",
            "tests/store/test_newer_entries.py::test_it_survives_a_rebuild_byte_for_byte[format]",
        ),
    ),
    Fault(
        "undo takes back what others wrote since",
        (Mutation("operations/session/undo.py", "_inverse", "_changed_since(part, current, gone)", "current is None"),),
        ("tests/operations/test_undo.py::test_what_another_officer_changed_since_stays_and_the_reason_names_them",),
    ),
    Fault(
        "slots are not bound to the kind of store",
        (
            Mutation(
                "keys/opening.py",
                "authenticated",
                "[1, file.store, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]",
                "[1, file.store, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]",
            ),
        ),
        (
            "tests/keys/test_slots.py::test_an_office_store_is_not_made_a_practice_store_by_editing_its_file",
            "tests/operations/test_workspace.py::test_an_office_store_cannot_be_passed_off_as_practice",
        ),
    ),
    Fault(
        "slots are not bound to their store",
        (
            Mutation(
                "keys/opening.py",
                "authenticated",
                "[1, file.store, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]",
                "[1, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]",
            ),
        ),
        ("tests/keys/test_slots.py::test_a_slot_of_another_store_does_not_open_this_one",),
    ),
    Fault(
        "only the first copy of the key file is tried",
        (Mutation("operations/session/unlocking.py", "of_newest", "problem = error", "raise"),),
        (
            "tests/operations/test_workspace.py::test_a_damaged_copy_of_the_key_file_is_passed_over_and_mended"
            "[keys-a.json-a bit of the wrapped key]",
        ),
    ),
    Fault(
        "the check of a store does not read every page",
        (
            Mutation(
                "store/store.py",
                "Store.pages_sound",
                'self.connection.rows("PRAGMA cipher_integrity_check")',
                "not self.path",
            ),
        ),
        ("tests/faults/test_damage.py::test_S1_a_flipped_bit_in_any_page_is_noticed_and_told_in_words",),
    ),
    Fault(
        "parameters of the passphrase are taken as they come",
        (Mutation("keys/derivation.py", "passphrase_key", "kdf.check()", "pass"),),
        ("tests/keys/test_slots.py::test_memory_below_the_floor_or_above_the_ceiling_is_refused[65535]",),
    ),
    Fault(
        "an undo leaves what stands there",
        (
            Mutation(
                "operations/session/undo.py",
                "_before",
                "before.update({key: value for key, value in other.values.items() if key in before})",
                "pass",
            ),
        ),
        ("tests/journeys/test_whole_program.py::test_whatever_is_done_in_whatever_order_nothing_is_lost_or_made_up",),
    ),
    Fault(
        "an import leaves the people out",
        (
            Mutation(
                "operations/imports/case_document.py",
                "add_case_document",
                "put_new_case(workspace, values, parts)",
                "put_new_case(workspace, values, parts[:0])",
            ),
        ),
        ("tests/journeys/test_whole_program.py::test_whatever_is_done_in_whatever_order_nothing_is_lost_or_made_up",),
    ),
    Fault(
        "signs typed into the search reach the index",
        (
            Mutation("store/reading/search.py", "_asked", "name_keys.words(text)", "text.casefold().split()"),
            Mutation("store/reading/full_text.py", "quoted", "f'\"{part.replace(_QUOTE, _QUOTE * 2)}\"'", "part"),
        ),
        (
            "tests/store/test_search.py::test_nothing_typed_is_an_operator",
            "tests/store/test_search.py::test_signs_around_a_name_do_not_hide_it",
        ),
    ),
    Fault(
        "a sign within a name parts it in the search",
        (Mutation("store/reading/search.py", "_asked", "name_keys.words(text)", "text.casefold().split()"),),
        ("tests/store/test_search.py::test_signs_within_a_name_do_not_part_it",),
    ),
    Fault(
        "names are found only as they are spelled",
        (
            Mutation(
                "domain/people/name_keys.py",
                "keys",
                "(plain_key(word), sound_key(word), sound_key(word, given=True))",
                "(plain_key(word),)",
            ),
        ),
        (
            "tests/domain/test_names.py::test_two_spellings_share_a_key[Hoxha-Hodza]",
            "tests/store/test_search.py::test_each_spelling_finds_the_other[Hoxha-Hodza]",
        ),
    ),
    Fault(
        "letters are stored as the keyboard composed them",
        (
            Mutation(
                "domain/history/change.py",
                "_plain",
                'value if value.isascii() else unicodedata.normalize("NFC", value)',
                "value",
            ),
        ),
        ("tests/domain/test_changes.py::test_texts_and_keys_are_composed_the_same_whoever_typed_them",),
    ),
)
