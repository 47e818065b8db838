"""Faults of erasing and of journeys, planted: what stays where it must go, and goes where it must stay."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
GIVING = _OPERATIONS + "test_giving.py::"
RIGHTS = _OPERATIONS + "test_rights.py::"
TRAVEL = _OPERATIONS + "test_travel.py::"
CHAIN_END = "tests/store/test_chain_end.py::"
JOURNAL = "tests/store/test_journal.py::"
ERASED = RIGHTS + "test_an_erased_case_leaves_no_word_and_a_line_without_a_name"
ALONG = TRAVEL + "test_only_chosen_cases_go_along_and_what_changed_comes_back"

FAULTS = (
    Fault(
        "a paper stays when its holder is erased",
        (
            Mutation(
                "operations/rights.py",
                "own_records",
                '(case_file.papers, case_file.steps, case_file.schoolings, case_file.referrals, case_file.contacts, case_file.others.get("consent", ()))',
                '(case_file.steps, case_file.schoolings, case_file.referrals, case_file.contacts, case_file.others.get("consent", ()))',
            ),
        ),
        (RIGHTS + "test_an_erased_person_leaves_the_others_their_case",),
    ),
    Fault(
        "notes stay when their case is erased",
        (
            Mutation(
                "operations/rights.py",
                "erase_case",
                'part is not None and (part.record_type != "person" or len(reader.cases_of_person(part.record)) <= 1)',
                'part is not None and part.record_type != "note" and (part.record_type != "person" or len(reader.cases_of_person(part.record)) <= 1)',
            ),
        ),
        (ERASED,),
    ),
    Fault(
        "a person goes out of a case that stays",
        (
            Mutation(
                "operations/rights.py", "erase_case", "len(reader.cases_of_person(part.record)) <= 1", "part.record"
            ),
        ),
        (ERASED,),
    ),
    Fault(
        "one person erases",
        (Mutation("operations/rights.py", "_check_erasing", "may_second(workspace, second)", "second"),),
        (RIGHTS + "test_erasing_needs_two_people_where_each_signs",),
    ),
    Fault(
        "drafts and documents stay when their case is erased",
        (Mutation("store/erasing.py", "erase_records", "store.local.forget_case", "str"),),
        (ERASED,),
    ),
    Fault(
        "other cases go along on a journey",
        (
            Mutation(
                "operations/travel.py",
                "take_along",
                '[entry for entry in journal.all() if (entry.change.envelope.get("case") or "") in {"", *cases}]',
                "[entry for entry in journal.all()]",
            ),
        ),
        (ALONG,),
    ),
    Fault(
        "any store is taken in",
        (
            Mutation(
                "operations/travel.py",
                "_opened",
                "place.read_keys().store != workspace.folder.read_keys().store",
                "not place.read_keys().store",
            ),
        ),
        (TRAVEL + "test_another_store_is_not_taken_in",),
    ),
    Fault(
        "a history that was altered is taken in",
        (
            Mutation(
                "operations/travel.py", "take_in", "copy.journal.verify() is not None", "copy.journal.count() == 0"
            ),
        ),
        (GIVING + "test_a_copy_whose_history_was_altered_is_not_taken_in",),
    ),
    Fault(
        "the key files stay at home too",
        (
            Mutation(
                "operations/travel.py",
                "move_keys_away",
                "(store / name).unlink(missing_ok=True)",
                "(store / name).exists()",
            ),
        ),
        (TRAVEL + "test_without_its_key_files_the_store_at_home_opens_for_nobody",),
    ),
    Fault(
        "two entries share a name",
        (
            Mutation(
                "store/taking_in.py", "take_in", "there.change.digest != entry.change.digest", "not there.change.digest"
            ),
        ),
        (TRAVEL + "test_two_entries_under_one_name_are_refused_whole",),
    ),
    Fault(
        "what came back stands in no table",
        (Mutation("store/taking_in.py", "take_in", "store.apply(entry)", "0"),),
        (ALONG, TRAVEL + "test_both_values_of_one_field_come_back"),
    ),
    Fault(
        "what came back is not found",
        (Mutation("store/taking_in.py", "take_in", "store.refresh_case(case_pk, number, None)", "pass"),),
        (ALONG,),
    ),
    Fault(
        "signatures of computers are not checked",
        (
            Mutation(
                "store/journal.py",
                "Journal.verify",
                'verified(keys[chain], digest, str(envelope["signature"]).partition(" ")[0])',
                '(keys[chain], digest, str(envelope["signature"]).partition(" ")[0])',
            ),
        ),
        (JOURNAL + "test_tampering_is_named_at_the_entry_where_the_chain_breaks[the signature]",),
    ),
    Fault(
        "the end of the chain may be cut",
        (
            Mutation(
                "store/journal.py",
                "Journal._verify_end",
                "heads.get((device, incarnation)) != (sequence, bytes.fromhex(digest))",
                "not heads and sequence and digest",
            ),
        ),
        (CHAIN_END + "test_the_last_entry_away_is_noticed_by_what_this_computer_remembers",),
    ),
    Fault(
        "another computer may write the chain anew",
        (
            Mutation(
                "store/journal.py",
                "Journal._verify_end",
                "keys.get((str(device), int(str(incarnation)))) != public",
                "not public",
            ),
        ),
        (
            CHAIN_END + "test_a_chain_that_another_computer_signed_anew_is_noticed",
            CHAIN_END + "test_a_chain_from_which_every_signature_was_taken_is_noticed",
        ),
    ),
)
