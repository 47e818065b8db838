"""Faults of erasing and of journeys, planted: what stays where it must go, and goes where it must stay."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
ERASING = _OPERATIONS + "test_erasing.py::"
GIVING = _OPERATIONS + "test_giving.py::"
RIGHTS = _OPERATIONS + "test_rights.py::"
TRAVEL = _OPERATIONS + "test_travel.py::"
CHAIN_END = "tests/store/test_chain_end.py::"
JOURNAL = "tests/store/test_journal.py::"
ERASED = RIGHTS + "test_an_erased_case_leaves_no_word_and_a_line_without_a_name"
CANARIES = _OPERATIONS + "test_travel_canaries.py::test_no_word_about_a_case_that_stays_goes_along"
ALONG = TRAVEL + "test_only_chosen_cases_go_along_and_what_changed_comes_back"

FAULTS = (
    Fault(
        "a paper stays when its holder is erased",
        (
            Mutation(
                "operations/protection/erasing.py",
                "_look_through",
                "about and about <= going",
                'about and about <= going and record.type != "paper"',
            ),
        ),
        (RIGHTS + "test_an_erased_person_leaves_the_others_their_case",),
    ),
    Fault(
        "what is about others too goes with one of them",
        (Mutation("operations/protection/erasing.py", "_look_through", "about <= going", "about & going"),),
        (ERASING + "test_a_service_for_several_people_lets_go_of_the_one_who_is_erased",),
    ),
    Fault(
        "what stays still names who was erased",
        (
            Mutation(
                "operations/protection/erasing.py",
                "_let_go",
                "tuple(uid for uid in value if uid not in links) or None",
                "value",
            ),
        ),
        (ERASING + "test_a_service_for_several_people_lets_go_of_the_one_who_is_erased",),
    ),
    Fault(
        "notes stay when their case is erased",
        (
            Mutation(
                "store/journal/erasing.py",
                "_positions.goes",
                "(part.record_type, part.record) in records",
                'part.record_type != "note" and (part.record_type, part.record) in records',
            ),
            Mutation(
                "store/journal/erasing.py",
                "_positions.goes",
                "shape is None or shape.record_type.of_case",
                'part.record_type != "note"',
            ),
        ),
        (ERASED,),
    ),
    Fault(
        "a person goes out of a case that stays",
        (
            Mutation(
                "operations/protection/erasing.py",
                "plan_case",
                "not held.lives_elsewhere(connection, one, case)",
                "one",
            ),
        ),
        (
            ERASED,
            ERASING + "test_whoever_lives_on_in_another_case_stays_when_a_case_goes",
        ),
    ),
    Fault(
        "one person erases",
        (Mutation("operations/protection/erasing.py", "_check", "may_second(workspace, second)", "second"),),
        (RIGHTS + "test_erasing_needs_two_people_where_each_signs",),
    ),
    Fault(
        "something else is erased than was agreed to",
        (
            Mutation(
                "operations/protection/erasing.py",
                "erase",
                "again.fingerprint != erasure.fingerprint",
                "not again.fingerprint",
            ),
        ),
        (ERASING + "test_exactly_what_was_agreed_to_is_erased_or_nothing",),
    ),
    Fault(
        "drafts stay when their case is erased",
        (Mutation("store/journal/erasing.py", "erase_records", "store.local.drop_draft", "str"),),
        (ERASED,),
    ),
    Fault(
        "documents stay when their case is erased",
        (Mutation("store/journal/erasing.py", "erase_records", "store.local.forget_documents", "str"),),
        (ERASED,),
    ),
    Fault(
        "what was written in other cases goes along on a journey",
        (
            Mutation(
                "store/journal/travelling.py", "Travelling._goes", "case in self._cases", "case is not None", which=2
            ),
        ),
        (CANARIES,),
    ),
    Fault(
        "other cases go along on a journey",
        (
            Mutation(
                "store/journal/travelling.py",
                "Travelling._goes",
                "(part.record_type, part.record) in self._named",
                "bool(part.record)",
            ),
        ),
        (
            ALONG,
            CANARIES,
        ),
    ),
    Fault(
        "who looked at other cases goes along on a journey",
        (Mutation("store/journal/travelling.py", "Travelling._goes", "self._of_chosen_case(part)", "True"),),
        (CANARIES,),
    ),
    Fault(
        "any store is taken in",
        (
            Mutation(
                "operations/exchange/journey.py",
                "_opened",
                "key_file.store != workspace.folder.read_keys().store",
                "not key_file.store",
            ),
        ),
        (TRAVEL + "test_another_store_is_not_taken_in",),
    ),
    Fault(
        "a history that was altered is taken in",
        (
            Mutation(
                "operations/exchange/journey.py",
                "take_in",
                "chain_fault(copy.connection) is not None",
                "copy.journal.count() == 0",
            ),
        ),
        (GIVING + "test_a_copy_whose_history_was_altered_is_not_taken_in",),
    ),
    Fault(
        "the key files stay at home too",
        (
            Mutation(
                "operations/exchange/journey.py",
                "move_keys_away",
                "(store / name).unlink(missing_ok=True)",
                "(store / name).exists()",
            ),
        ),
        (TRAVEL + "test_without_its_key_files_the_store_at_home_opens_for_nobody",),
    ),
    Fault(
        "of an entry that goes along, everything goes",
        (
            Mutation(
                "operations/exchange/journey.py",
                "take_along",
                "store_taking.take_in(other, travelling.entries(), travelling.left_out)",
                "store_taking.take_in(other, travelling.entries())",
            ),
        ),
        (
            _OPERATIONS
            + "test_travel_canaries.py::test_of_an_entry_in_which_somebody_came_into_another_case_only_they_go_along",
        ),
    ),
    Fault(
        "two entries share a name",
        (
            Mutation(
                "store/journal/merge.py",
                "_Taking._fits",
                "there or any(name in self._names for names in _parents(change) for name in names)",
                "any(name in self._names for names in _parents(change) for name in names)",
            ),
        ),
        (TRAVEL + "test_of_two_entries_under_one_name_both_are_there_afterwards",),
    ),
    Fault(
        "what came back stands in no table",
        (Mutation("store/journal/merge.py", "_Taking._keep", "store.apply(Entry(number, change, parts))", "0"),),
        (ALONG, TRAVEL + "test_both_values_of_one_field_come_back"),
    ),
    Fault(
        "what came back is not found",
        (
            Mutation(
                "store/journal/merge.py", "_Taking._refresh", "self._store.refresh_case(case_pk, number, None)", "pass"
            ),
        ),
        (ALONG,),
    ),
    Fault(
        "signatures of computers are not checked",
        (
            Mutation(
                "store/journal/verifying.py",
                "ChainWalk._compare",
                'verified(self.keys[chain], digest, str(envelope["signature"]).partition(" ")[0])',
                '(self.keys[chain], digest, str(envelope["signature"]).partition(" ")[0])',
            ),
        ),
        (JOURNAL + "test_tampering_is_named_at_the_entry_where_the_chain_breaks[the signature]",),
    ),
    Fault(
        "the end of the chain may be cut",
        (
            Mutation(
                "store/journal/verifying.py",
                "ChainWalk._compare_end",
                "self.ends.heads.get((device, incarnation)) != (sequence, bytes.fromhex(digest))",
                "not self.ends.heads and sequence and digest",
            ),
        ),
        (CHAIN_END + "test_the_last_entry_away_is_noticed_by_what_this_computer_remembers",),
    ),
    Fault(
        "another computer may write the chain anew",
        (
            Mutation(
                "store/journal/verifying.py",
                "ChainWalk._compare_end",
                "self.keys.get((str(device), int(str(incarnation)))) != public",
                "not public",
            ),
        ),
        (
            CHAIN_END + "test_a_chain_that_another_computer_signed_anew_is_noticed",
            CHAIN_END + "test_a_chain_from_which_every_signature_was_taken_is_noticed",
        ),
    ),
)
