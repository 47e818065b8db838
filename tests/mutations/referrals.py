"""Faults of the life of referrals, planted: each tells somebody something that nobody agreed to, or leaves it unwritten."""

from tests.mutations.mutation import Fault, Mutation

MOVES = "operations/referrals/moves.py"
TESTS = "tests/operations/test_referrals.py::"
ANY_ORDER = (
    "tests/operations/test_referral_machine.py::test_any_order_of_verbs_tells_only_what_is_allowed_and_written_down"
)
COMING = "tests/attacks/test_referrals_from_outside.py::"

FAULTS = (
    Fault(
        "a referral is sent without agreement",
        (Mutation(MOVES, "move_parts", "check_cover(workspace, case_file, record)", "pass"),),
        (TESTS + "test_without_agreement_nothing_is_sent_and_nothing_is_written", ANY_ORDER),
    ),
    Fault(
        "a sending leaves no line",
        (Mutation(MOVES, "move_parts", "parts = [disclosure(workspace, case_file, record, values)]", "pass"),),
        (TESTS + "test_a_sending_writes_its_line_with_people_partner_and_groups", ANY_ORDER),
    ),
    Fault(
        "a move is made from any state",
        (Mutation(MOVES, "move_parts", "wanted is None or wanted not in possible(record)", "wanted is None"),),
        (TESTS + "test_a_move_that_is_not_possible_there_is_refused_and_so_is_one_that_leaves_out_what_it_wants", ANY_ORDER),
    ),
    Fault(
        "one agreement covers everybody of a referral",
        (Mutation("operations/referrals/cover.py", "_agreed", "frozenset.intersection(*told)", "frozenset.union(*told)"),),
        (TESTS + "test_everybody_of_whom_it_tells_must_have_agreed", ANY_ORDER),
    ),
    Fault(
        "an override needs no second person",
        (Mutation("domain/consent/referral_moves.py", "overridden", "alone or bool(approved and approved != asked)", "True"),),
        (TESTS + "test_without_agreement_only_a_second_person_lets_it_be_sent", ANY_ORDER),
    ),
    Fault(
        "the state of a referral is typed",
        (Mutation("operations/session/records.py", "_check_typed", 'record.type == "referral" and types_a_move(record, changed)', "False"),),
        (TESTS + "test_nothing_that_a_move_says_is_typed[values0]",),
    ),
    Fault(
        "a withdrawal leaves referrals running",
        (Mutation("operations/referrals/withdrawn.py", "end_for_withdrawal", "state_of(one) in move.sources", "False"),),
        (TESTS + "test_a_withdrawal_ends_what_runs_and_the_recipient_is_told",),
    ),
    Fault(
        "a referral that was sent elsewhere without cover comes in",
        (Mutation("operations/referrals/admitted.py", "referral_fault", "(sends and unsent and not _may_be_sent(workspace, before, part, beside, case))", "False"),),
        (COMING + "test_a_sending_from_outside_needs_its_line_and_its_cover",),
    ),
    Fault(
        "a jump from outside comes in",
        (Mutation("operations/referrals/admitted.py", "referral_fault", "step_fault(before.text(\"state\"), state)", "False" ),),
        (COMING + "test_a_jump_from_outside_waits",),
    ),
)  # fmt: skip
