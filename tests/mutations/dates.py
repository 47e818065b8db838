"""Faults of dates, planted: the wrong end, the wrong century, slips that nobody tells."""

from tests.mutations.mutation import Fault, Mutation

TODAY = "tests/operations/test_dates_in_today.py::"
RULES, DATES, TYPED = (
    "tests/domain/test_rules.py::",
    "tests/domain/test_dates.py::",
    "tests/domain/test_typed_dates.py::",
)
EDITORS, NULLS = "tests/ui/test_editors.py::", "tests/operations/test_nulls.py::"

FIELD = "tests/ui/test_dates.py::"

FAULTS = (
    Fault(
        "a weekday alone is the next one, also in a field of the past",
        (Mutation("domain/people/typed_dates.py", "_named_day", "when is When.PAST", "False"),),
        (TYPED + "test_a_weekday_is_the_nearest_one_on_the_side_where_the_field_looks",),
    ),
    Fault(
        "the wheel turns the calendar",
        (Mutation("ui/forms/editors/calendar.py", "Days.eventFilter", "event.type() == QEvent.Type.Wheel", "False"),),
        (FIELD + "test_the_wheel_changes_neither_the_date_nor_the_calendar",),
    ),
    Fault(
        "the calendar hangs out of its window",
        (
            Mutation(
                "ui/forms/editors/calendar.py", "Calendar.open_at",
                "window.frameGeometry().intersected(self._beside.screen().availableGeometry())",
                "self._beside.screen().availableGeometry().adjusted(-999, -999, 999, 999)",
            ),
        ),
        (FIELD + "test_the_calendar_lies_within_its_window",),
    ),
    Fault(
        "of two ends of a paper the one that is known to the year counts",
        (Mutation("domain/people/dates.py", "earliest", "end_key", "str"),),
        (
            DATES + "test_of_two_ends_one_that_is_known_better_is_not_lost",
            TODAY + "test_of_two_ends_of_a_paper_the_earlier_one_counts_everywhere",
        ),
    ),
    Fault(
        "a date that may lie in a half-year counts as one that does",
        (Mutation("domain/people/dates.py", "within", "True if first <= span.first and span.last < end else None", "True"),),
        (DATES + "test_a_border_is_decided_by_the_days_that_a_date_can_mean",),
    ),
    Fault(
        "every year of two figures is one of before",
        (Mutation("domain/people/typed_dates.py", "_centuries", "_YEARS", "_YEARS[When.BIRTH]"),),
        (
            TYPED + "test_a_year_of_two_figures_goes_where_the_field_looks_or_is_asked_about",
            EDITORS + "test_the_field_decides_what_a_short_date_means_and_says_it_in_words",
        ),
    ),
    Fault(
        "of two centuries the window takes one",
        (Mutation("ui/forms/editors/date_editor.py", "DateEditor._read", "len(found) > 1", "len(found) > 2"),),
        (EDITORS + "test_where_two_centuries_may_be_meant_the_field_asks",),
    ),
    Fault(
        "slips into the future are told of births alone",
        (Mutation("domain/records/date_rules.py", "_alone", "when.is_past", "when is When.BIRTH", which=1),),
        (RULES + "test_a_slip_into_the_future_is_told_of_everything_that_was_done",),
    ),
    Fault(
        "a date of the future hides a family",
        (Mutation("domain/case/case_file.py", "last_touched", "not is_future(day, today)", "day"),),
        (TODAY + "test_a_date_to_come_hides_no_family_from_today",),
    ),
    Fault(
        "the word of the year is no part of a date",
        (Mutation("domain/people/typed_dates.py", "readings", '_YEAR_WORD.sub("", text.strip("~ "))', 'text.strip("~ ")'),),
        (TYPED + "test_what_the_program_writes_comes_back_as_the_same_date[mk-When.COMING]",),
    ),
    Fault(
        "null is a value",
        (Mutation("operations/imports/case_document.py", "add_case_document", "_said(document)", "document"),),
        (NULLS + "test_null_says_nothing_in_any_field_part_or_list",),
    ),
)  # fmt: skip
