"""Faults of the check of a store, planted: each lets somebody with the key go unnoticed, or keeps people from their work."""

from tests.mutations.mutation import Fault, Mutation

NOTICES = "tests/attacks/test_check_notices.py::"
CHECKING = "tests/operations/test_checking.py::"
ENTRIES = "operations/store/check_entries.py"

FAULTS = (
    Fault(
        "an emptied text is accounted for by any erasing",
        (Mutation(ENTRIES, "Entries._accounts", "number < erasing.number and not erasing.named", "number < erasing.number"),),
        (NOTICES + "test_a_text_is_missed_also_beside_an_erasing_of_somebody_else",),
    ),
    Fault(
        "whoever writes an erasing could erase",
        (Mutation(ENTRIES, "Entries._hear_erasing", "not may_have_erased(self.grants, entry, part)", "not entry"),),
        (NOTICES + "test_an_erasing_by_somebody_who_may_not_erase_accounts_for_nothing",),
    ),
    Fault(
        "nobody looks whether an entry was signed by whom it names",
        (Mutation(ENTRIES, "Entries._hear", "not self.grants.wrote(entry)", "not entry"),),
        (NOTICES + "test_an_entry_signed_again_in_another_name_is_told",),
    ),
    Fault(
        "whoever is named as having approved has approved",
        (Mutation(ENTRIES, "Entries._hear_approval", "actor != approver", "not actor"),),
        (NOTICES + "test_a_closing_approved_in_somebody_elses_name_is_told",),
    ),
    Fault(
        "the schema is compared by names only",
        (Mutation("store/engine/schema_check.py", "_made", '" ".join(sql.split())', '""'),),
        (NOTICES + "test_what_the_migrations_did_not_make_is_told",),
    ),
    Fault(
        "the words of the search are only counted",
        (Mutation("store/journal/comparing.py", "Comparison._ends", "held == self._words", "held > 0"),),
        (NOTICES + "test_words_of_the_search_that_were_altered_are_told",),
    ),
    Fault(
        "rows of which no entry speaks are not counted",
        (
            Mutation(
                "store/journal/comparing.py",
                "Comparison._ends",
                "self.tables = self.tables and row[0] == compared",
                "self.tables = self.tables and row[0] >= compared",
            ),
        ),
        (NOTICES + "test_tables_and_lists_that_were_altered_are_told",),
    ),
    Fault(
        "cases that share people are looked at apart",
        (Mutation("store/journal/comparing.py", "Families._join", "one != other", "one == -other"),),
        (CHECKING + "test_cases_are_looked_at_a_few_at_a_time_and_those_that_share_people_together",),
    ),
    Fault(
        "a second way in for one person is not told",
        (Mutation("operations/store/check_keys.py", "_odd", "count > 1", "count > 2"),),
        (NOTICES + "test_a_slot_that_somebody_forged_is_told",),
    ),
    Fault(
        "a recovery code counts because it is there",
        (
            Mutation(
                "operations/store/check_keys.py",
                "_odd",
                "not slot.public or grants.spare_keys.get(SPARE_OF[slot.kind]) != slot.public",
                "not slot.public",
            ),
        ),
        (NOTICES + "test_a_recovery_code_that_nobody_wrote_down_is_told",),
    ),
    Fault(
        "a head need not be signed",
        (Mutation(
                "store/journal/heads.py",
                "Head.signed_by",
                "person and not verified(person, self.digest, by_person)",
                "person and not by_person",
            ),
            Mutation("store/journal/heads.py", "Head.signed_by", "any(verified(public, self.digest, by_computer) for public in computers)", "True"),),
        (NOTICES + "test_an_older_head_with_another_number_is_not_signed",),
    ),
    Fault(
        "the heads of backups are not looked at",
        (Mutation("operations/store/heads.py", "FoundHeads.all",
         "(*((self.beside,) if self.beside is not None else ()), *self.of_backups)",
         "((self.beside,) if self.beside is not None else ())"),),
        (NOTICES + "test_a_cut_end_is_told_by_the_head_of_a_backup_when_that_beside_the_store_is_gone",),
    ),
    Fault(
        "the note of the last check need not be signed",
        (Mutation("store/local/signed_notes.py", "signed_note", "signed and isinstance(content, dict)", "isinstance(content, dict)"),),
        (CHECKING + "test_a_note_that_this_computer_did_not_sign_is_none",),
    ),
    Fault(
        "nothing asks for a check after something came from outside",
        (Mutation("operations/store/check_notes.py", "check_state", "wanted or not timedelta(0) <= workspace.clock.now() - at < EVERY", "not timedelta(0) <= workspace.clock.now() - at < EVERY"),),
        (CHECKING + "test_it_is_due_once_something_came_from_outside",),
    ),
    Fault(
        "a check goes on after it was told to stop",
        (Mutation("operations/store/check.py", "_Check._go_on", "not self._progress(min(done, self._all), self._all)", "self._progress is None"),),
        (CHECKING + "test_it_stops_when_it_is_told_to_and_says_so",),
    ),
)  # fmt: skip
