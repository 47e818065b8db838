"""Faults at the edges of lists and texts, planted: a country nobody filters by, a number that is no mark, a day that is none."""

from tests.mutations.mutation import Fault, Mutation

CASES = "tests/ui/test_cases_page.py::"
ERASING = "tests/operations/test_erasing.py::"
LEAVING = "tests/operations/test_leaving_later.py::"
DECISIONS = "tests/ui/test_case_decisions.py::test_nothing_is_added_to_a_closed_case_until_a_late_entry"

FAULTS = (
    Fault(
        "the filter offers the usual countries only",
        (Mutation("operations/cases/search.py", "countries_of_return", "workspace.store.reader.countries()", "()"),),
        (CASES + "test_a_country_that_a_case_returns_to_can_be_filtered_by",),
    ),
    Fault(
        "telephones are no marks of somebody who is erased",
        (Mutation("operations/protection/leftovers.py", "marks_of", 'phones(person.text("phone"))', 'phones("")'),),
        (ERASING + "test_each_of_several_numbers_is_found_in_a_text[the second]",),
    ),
    Fault(
        "whoever leaves some day has left",
        (Mutation("domain/case/case_file.py", "CaseFile.present", "not on or is_future(on, today)", "not on"),),
        (LEAVING + "test_members_leave_on_their_day_in_every_list",),
    ),
    Fault(
        "lists count by the day of the last save",
        (Mutation("store/reading/cases.py", "Reader.leaving_later", "is_future(on, today)", "True"),),
        (LEAVING + "test_members_leave_on_their_day_in_every_list",),
    ),
    Fault(
        "nothing is said of what the records of a case deny",
        (Mutation("cli/case_text.py", "case_text", "to_look_at(workspace, case_file)", "()"),),
        ("tests/cli/test_case_add.py::test_what_the_records_of_a_case_say_against_each_other_is_said_when_it_is_added_and_shown",),
    ),
    Fault(
        "a closed case offers to add",
        (Mutation("ui/case/record_tab.py", "RecordTab.only_read", "is_read_only(self._acts.workspace, self._case.case.uid)", "False"),),
        (DECISIONS + "[papers]",),
    ),
    Fault(
        "a month is known by its English name only",
        (Mutation("language.py", "Language.dates_in_figures.figures", "month_of(month, _names())", "(month == 'December') * 12"),),
        ("tests/operations/test_finding_dates.py::test_a_birth_is_found_by_the_name_of_its_month[20. decembra 1989]",),
    ),
    Fault(
        "a partner is found by its name only",
        (Mutation("domain/people/partner_search.py", "is_meant", "_has_words(provider, typed, said) or _has_number(provider, typed)",
                  "_has_words(provider, typed, said)"),),
        ("tests/domain/test_partner_search.py::test_it_is_found[123-456]",),
    ),
    Fault(
        "a case rests for no reason in practice",
        (Mutation("operations/practice/practice_case.py", "CaseMaker._standing", "self._outline.status != CaseStatus.ON_HOLD.code", "True"),),
        ("tests/operations/test_practice_truth.py::test_nothing_in_a_practice_store_denies_anything_else[1-0-today0]",),
    ),
)  # fmt: skip
