"""Faults of restricted records and of closing, planted: each shows or decides what is not theirs to see or decide."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
DECISIONS = _OPERATIONS + "test_decisions.py::"
PROTECTION = _OPERATIONS + "test_protection.py::"
CLOSING = _OPERATIONS + "test_closing.py::"
UNREADABLE = PROTECTION + "test_without_the_key_nothing_of_them_can_be_read_anywhere"
BY_TWO = CLOSING + "test_nobody_approves_what_they_asked_for"

LATE = _OPERATIONS + "test_late_entries.py::"
STATUS = _OPERATIONS + "test_case_status.py::"
STATES = "tests/domain/test_states.py::"

FAULTS = (
    Fault(
        "a closed case takes what anybody writes",
        (Mutation("operations/session/late_entries.py", "with_reason", "check_open(workspace, case)", "pass"),),
        (LATE + "test_a_closed_case_is_only_read",),
    ),
    Fault(
        "a late entry does not say why",
        (
            Mutation(
                "operations/session/late_entries.py",
                "with_reason",
                'return [*parts, Part(PartKind.COMMAND, "case", case, {LATE: reason}, record.seen)]',
                "return parts",
            ),
        ),
        (LATE + "test_a_late_entry_writes_and_says_why",),
    ),
    Fault(
        "a late entry opens every closed case",
        (
            Mutation(
                "operations/session/late_entries.py",
                "is_read_only",
                "not workspace.late_entries.get(case)",
                "not workspace.late_entries",
            ),
        ),
        (LATE + "test_a_late_entry_opens_one_case_and_no_other",),
    ),
    Fault(
        "a draft is kept in a closed case",
        (Mutation("operations/session/drafts.py", "keep_draft", "check_open(workspace, case)", "pass"),),
        (LATE + "test_a_closed_case_is_only_read",),
    ),
    Fault(
        "a double is closed like any other case",
        (Mutation("operations/cases/closing.py", "_ended", "ends_as(reason).code", '"closed"'),),
        (STATUS + "test_status_and_reason_of_a_closed_case_say_the_same",),
    ),
    Fault(
        "one officer closes a case as transferred",
        (
            Mutation(
                "operations/cases/decisions.py",
                "_closing_fault",
                'not is_over(str(values.get("status")))',
                'values.get("status") != "closed"',
            ),
        ),
        (
            "tests/attacks/test_taking_in.py::test_what_a_journey_may_not_bring_waits_with_its_reason_and_the_rest_comes[a case closed as transferred, alone]",
        ),
    ),
    Fault(
        "a case on hold is called quiet",
        (
            Mutation(
                "domain/case/case_file.py",
                "dated_of",
                "touched and case_status(Case(case_file.case).status) is not CaseStatus.ON_HOLD",
                "touched",
            ),
        ),
        (STATUS + "test_a_case_on_hold_is_not_quiet_and_comes_back_on_its_day",),
    ),
    Fault(
        "a referral that is over is awaited",
        (
            Mutation(
                "domain/consent/referral_states.py", "is_awaited", "state.over or state.answered", "state.answered"
            ),
        ),
        (STATES + "test_only_who_was_asked_and_has_not_answered_is_awaited",),
    ),
    Fault(
        "an answer is late on the day of sending",
        (Mutation("domain/consent/referral_states.py", "answer_due", "max(within, 1)", "within"),),
        (STATES + "test_no_setting_makes_an_answer_late_on_the_day_of_sending",),
    ),
    Fault(
        "restricted records are stored in the clear",
        (Mutation("operations/session/sealing.py", "sealed_part", "SEALED in part.values", "part.values"),),
        (UNREADABLE,),
    ),
    Fault(
        "restricted notes are stored in the clear",
        (
            Mutation(
                "operations/session/sealing.py",
                "is_restricted",
                'BY_KEY[record_type].restricted or values.get("restricted") is True or SEALED in values',
                "BY_KEY[record_type].restricted or SEALED in values",
            ),
        ),
        (UNREADABLE,),
    ),
    Fault(
        "drafts of restricted records are in the clear",
        (
            Mutation(
                "operations/session/sealing.py", "sealed_values", "not is_restricted(record_type, values)", "values"
            ),
        ),
        (UNREADABLE,),
    ),
    Fault(
        "a closed record fits any place",
        (
            Mutation(
                "operations/session/sealing.py", "_bound", 'f"{COMPARTMENT} {record_type} {record}"', "COMPARTMENT"
            ),
        ),
        (PROTECTION + "test_a_closed_record_belongs_to_its_place",),
    ),
    Fault(
        "an emergency is not written down",
        (
            Mutation(
                "operations/protection/restricted.py",
                "break_glass",
                'note(workspace, "break_glass", case=case, reason=reason.strip())',
                "pass",
            ),
        ),
        (PROTECTION + "test_in_an_emergency_the_reason_comes_first",),
    ),
    Fault(
        "an emergency needs no reason",
        (Mutation("operations/protection/restricted.py", "break_glass", "len(reason.strip()) < 10", "not reason"),),
        (PROTECTION + "test_in_an_emergency_the_reason_comes_first",),
    ),
    Fault(
        "nobody writes down who looked",
        (
            Mutation(
                "operations/protection/restricted.py",
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
                "operations/cases/closing.py",
                "approve_closing",
                'case_file.case.text("closure_asked_by") == workspace.actor',
                "workspace.locked",
            ),
        ),
        (BY_TWO, DECISIONS + "test_who_asked_and_who_approved_is_written_by_asking_and_approving_only"),
    ),
    Fault(
        "one person closes",
        (Mutation("operations/cases/closing.py", "close_case", "four_eyes(workspace)", "workspace.locked"),),
        (BY_TWO, CLOSING + "test_one_asks_and_another_approves_with_their_signature"),
    ),
    Fault(
        "anybody turns a closing down",
        (
            Mutation(
                "operations/cases/closing.py",
                "turn_down_closing",
                "not may(workspace, Permission.APPROVE)",
                "workspace.locked",
            ),
        ),
        (DECISIONS + "test_who_neither_asked_nor_decides_does_not_turn_a_closing_down",),
    ),
    Fault(
        "a case is closed over open steps",
        (
            Mutation(
                "operations/cases/closing.py",
                "approve_closing",
                "check_settled(workspace, case_file, reason, NOTHING_TOLD)",
                "pass",
            ),
        ),
        (DECISIONS + "test_what_became_open_since_somebody_asked_keeps_a_case_from_being_closed",),
    ),
    Fault(
        "a form says who asked",
        (Mutation("operations/session/records.py", "_check_decided", "DECIDED.isdisjoint(changed)", "record.uid"),),
        (
            DECISIONS + "test_who_asked_and_who_approved_is_written_by_asking_and_approving_only",
            DECISIONS + "test_a_case_that_is_left_alone_is_worked_on_again_by_a_decision_only",
        ),
    ),
    Fault(
        "anybody undoes what was decided",
        (Mutation("operations/session/undo.py", "_check_decisions", '"kept_still_since" in part.values', "False"),),
        (DECISIONS + "test_a_case_that_is_left_alone_is_worked_on_again_by_a_decision_only",),
    ),
)
