"""Faults of the directory and of plans, planted: an office that is nowhere, a warning that is not given, words that change after both signed."""

from tests.mutations.mutation import Fault, Mutation

PARTNERS = "tests/domain/test_partners.py::"
DIRECTORY = "tests/operations/test_directory.py::"
PLANS = "tests/operations/test_plans.py::"

FAULTS = (
    Fault(
        "an office of a country pack is named by a case and stands nowhere",
        (Mutation("operations/session/records.py", "commit", "[*offices_named(workspace, parts), *parts]", "[*parts]"),),
        (DIRECTORY + "test_an_office_is_written_by_the_change_that_names_it_and_goes_with_its_undo",),
    ),
    Fault(
        "an agreement that is over warns nobody",
        (Mutation("domain/partners/standing.py", "agreement_warning", "until and is_past(until, day)", "False"),),
        (PARTNERS + "test_what_is_over_warns_from_the_day_after",),
    ),
    Fault(
        "an entry is never to be checked again",
        (Mutation("domain/partners/standing.py", "check_due", "checked and months", "False"),),
        (PARTNERS + "test_a_check_is_due_months_after_the_last_or_on_its_day",),
    ),
    Fault(
        "who serves the municipality of a case stands behind all others",
        (Mutation("operations/referrals/directory.py", "partners_for.order", "serves(one, municipality, places)", "False"),),
        (DIRECTORY + "test_who_serves_the_municipality_of_a_case_stands_first",),
    ),
    Fault(
        "cases go on naming an entry that was joined into another one",
        (
            Mutation(
                "operations/cases/join/partners.py", "_told",
                "[*naming(workspace, case_file, goes, stays, target=_PARTNER)]", "[]",
            ),
        ),
        (DIRECTORY + "test_two_entries_become_one_in_every_case_and_come_apart_in_one_step",),
    ),
    Fault(
        "a case that names an entry in a list alone is not found",
        (Mutation("store/reading/held.py", "_links_to", "one.kind is Kind.LINKS", "False"),),
        (DIRECTORY + "test_a_case_that_names_an_entry_in_one_list_alone_is_told_too",),
    ),
    Fault(
        "the name that goes with a join is lost",
        (
            Mutation(
                "operations/cases/join/partners.py", "_entries",
                'values["other_names"] = names', 'values["other_names"] = None',
            ),
        ),
        (DIRECTORY + "test_two_entries_become_one_in_every_case_and_come_apart_in_one_step",),
    ),
    Fault(
        "a plan changes after both sides have signed it",
        (Mutation("operations/session/records.py", "_check_unsigned", "is_signed(record)", "False"),),
        (PLANS + "test_a_plan_signed_by_both_is_only_read",),
    ),
    Fault(
        "a plan that was begun before the return says that it was made after it",
        (Mutation("operations/cases/plans.py", "_side", "CaseStatus.PRE_ARRIVAL.code", '"nowhere"'),),
        (PLANS + "test_a_plan_says_on_which_side_of_the_journey_it_was_made",),
    ),
    Fault(
        "the copy for the family says what the office thought of envy",
        (Mutation("domain/consent/redaction.py", "_own", 'field.key != "do_no_harm"', "True"),),
        (PLANS + "test_the_print_holds_the_plan_in_force_and_its_agreed_steps",),
    ),
    Fault(
        "a form goes on taking words after both sides have signed",
        (Mutation("ui/case/plan_tab.py", "PlanTab.show_case", "is_signed(now)", "False"),),
        ("tests/ui/test_plan_tab.py::test_a_plan_is_signed_read_and_followed_by_a_revision_that_says_what_changed",),
    ),
)  # fmt: skip
