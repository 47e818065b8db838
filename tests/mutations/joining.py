"""Faults of joining and splitting, planted: each loses something, decides for somebody, or leaves what belongs elsewhere."""

from tests.mutations.mutation import Fault, Mutation

_JOINING = "operations/cases/join/people.py"
_CASES = "operations/cases/join/families.py"
PEOPLE = "tests/operations/test_joining.py::"
CASES = "tests/operations/test_joining_cases.py::"
ELSEWHERE = "tests/operations/test_joining_elsewhere.py::"

FAULTS = (
    Fault(
        "two records are joined although nobody decided",
        (Mutation(_JOINING, "join_people", "check_decided(first, second, decided)", "pass"),),
        (PEOPLE + "test_nobody_decides_for_the_officer",),
    ),
    Fault(
        "what names the record that goes goes on naming it",
        (
            Mutation(
                _JOINING,
                "renamed",
                "yield from naming(workspace, case_file, goes, stays)",
                "pass",
            ),
        ),
        (PEOPLE + "test_everything_about_both_is_about_the_one_that_stays",),
    ),
    Fault(
        "a name that is not chosen is lost",
        (
            Mutation(
                "domain/case/joined.py",
                "_of_person",
                "lines([after.text(_VARIANTS), *names])",
                "lines([after.text(_VARIANTS)])",
            ),
        ),
        (PEOPLE + "test_what_was_decided_stays_and_the_rest_is_found_or_written_down",),
    ),
    Fault(
        "a joined text is told to mean the place of the other record",
        (Mutation("domain/case/joined.py", "joined", "left += _places(first, second, values)", "pass"),),
        (PEOPLE + "test_a_place_goes_with_the_text_that_means_it",),
    ),
    Fault(
        "a value of before is left in a record that comes a second time",
        (
            Mutation(
                _CASES,
                "came",
                "{**dict.fromkeys(before.values if before else ()), **record.values}",
                "{**record.values}",
            ),
        ),
        (CASES + "test_a_record_that_was_there_before_comes_back_as_it_is_now",),
    ),
    Fault(
        "erasing leaves the record that was joined",
        (
            Mutation(
                "operations/protection/erasing.py",
                "plan_person",
                "_with_joined(workspace, [person])",
                "(person,)",
            ),
        ),
        (PEOPLE + "test_own_data_and_erasing_take_in_what_both_records_held",),
    ),
    Fault(
        "one person alone closes a case by joining it",
        (
            Mutation(
                _CASES,
                "_ended",
                "four_eyes(workspace) and not goes.over",
                "goes.over",
            ),
        ),
        (ELSEWHERE + "test_where_two_people_close_the_emptied_case_is_asked_to_be_closed",),
    ),
    Fault(
        "a step that waits for one that left goes on waiting",
        (
            Mutation(
                "operations/cases/join/splitting.py",
                "_Split.departures",
                "record.uid not in gone and (values := _without(record, gone))",
                "record.uid not in gone and (values := _without(record, self._decision.leaving))",
            ),
        ),
        (CASES + "test_a_step_no_longer_waits_for_one_that_left",),
    ),
    Fault(
        "a join is made on a journey",
        (
            Mutation(_CASES, "_check", "check_at_home(workspace)", "pass"),
            Mutation(_JOINING, "_check_people", "check_at_home(workspace)", "pass"),
        ),
        (ELSEWHERE + "test_nothing_is_joined_on_a_journey_and_what_it_brings_for_a_joined_record_is_kept",),
    ),
)
