"""Faults of restricted records and of closing, planted: each shows or decides what is not theirs to see or decide."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
DECISIONS = _OPERATIONS + "test_decisions.py::"
PROTECTION = _OPERATIONS + "test_protection.py::"
CLOSING = _OPERATIONS + "test_closing.py::"
UNREADABLE = PROTECTION + "test_without_the_key_nothing_of_them_can_be_read_anywhere"
BY_TWO = CLOSING + "test_nobody_approves_what_they_asked_for"

FAULTS = (
    Fault(
        "restricted records are stored in the clear",
        (Mutation("operations/protection.py", "sealed_part", "SEALED in part.values", "part.values"),),
        (UNREADABLE,),
    ),
    Fault(
        "restricted notes are stored in the clear",
        (
            Mutation(
                "operations/protection.py",
                "is_restricted",
                'BY_KEY[record_type].restricted or values.get("restricted") is True or SEALED in values',
                "BY_KEY[record_type].restricted or SEALED in values",
            ),
        ),
        (UNREADABLE,),
    ),
    Fault(
        "drafts of restricted records are in the clear",
        (Mutation("operations/protection.py", "sealed_values", "not is_restricted(record_type, values)", "values"),),
        (UNREADABLE,),
    ),
    Fault(
        "a closed record fits any place",
        (Mutation("operations/protection.py", "_bound", 'f"{COMPARTMENT} {record_type} {record}"', "COMPARTMENT"),),
        (PROTECTION + "test_a_closed_record_belongs_to_its_place",),
    ),
    Fault(
        "an emergency is not written down",
        (
            Mutation(
                "operations/protection.py",
                "break_glass",
                'note(workspace, "break_glass", case=case, reason=reason.strip())',
                "pass",
            ),
        ),
        (PROTECTION + "test_in_an_emergency_the_reason_comes_first",),
    ),
    Fault(
        "an emergency needs no reason",
        (Mutation("operations/protection.py", "break_glass", "len(reason.strip()) < 10", "not reason"),),
        (PROTECTION + "test_in_an_emergency_the_reason_comes_first",),
    ),
    Fault(
        "nobody writes down who looked",
        (
            Mutation(
                "operations/protection.py",
                "show_restricted",
                "case_file.restricted",
                "not case_file.restricted",
                which=1,
            ),
        ),
        (PROTECTION + "test_who_holds_the_key_reads_them_and_it_is_written_down",),
    ),
    Fault(
        "who asked approves",
        (
            Mutation(
                "operations/closing.py",
                "approve_closing",
                'case_file.case.text("closure_asked_by") == workspace.actor',
                "workspace.locked",
            ),
        ),
        (BY_TWO, DECISIONS + "test_who_asked_and_who_approved_is_written_by_asking_and_approving_only"),
    ),
    Fault(
        "one person closes",
        (Mutation("operations/closing.py", "close_case", "four_eyes(workspace)", "workspace.locked"),),
        (BY_TWO, CLOSING + "test_one_asks_and_another_approves_with_their_signature"),
    ),
    Fault(
        "anybody turns a closing down",
        (
            Mutation(
                "operations/closing.py",
                "turn_down_closing",
                "not may(workspace, Permission.APPROVE)",
                "workspace.locked",
            ),
        ),
        (DECISIONS + "test_who_neither_asked_nor_decides_does_not_turn_a_closing_down",),
    ),
    Fault(
        "a case is closed over open steps",
        (Mutation("operations/closing.py", "approve_closing", "_check_closable(workspace, case_file)", "pass"),),
        (DECISIONS + "test_what_became_open_since_somebody_asked_keeps_a_case_from_being_closed",),
    ),
    Fault(
        "a form says who asked",
        (Mutation("operations/records.py", "edit_record", "DECIDED.isdisjoint(changed)", "record.uid"),),
        (
            DECISIONS + "test_who_asked_and_who_approved_is_written_by_asking_and_approving_only",
            DECISIONS + "test_a_case_that_is_left_alone_is_worked_on_again_by_a_decision_only",
        ),
    ),
    Fault(
        "anybody undoes what was decided",
        (Mutation("operations/records.py", "_check_decisions", '"kept_still_since" in part.values', "False"),),
        (DECISIONS + "test_a_case_that_is_left_alone_is_worked_on_again_by_a_decision_only",),
    ),
)
