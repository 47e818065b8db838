"""Faults of what is erased after closing, and of lists in the order of a language: planted, and noticed."""

from tests.mutations.mutation import Fault, Mutation

RETENTION = "operations/protection/retention.py"
RULES = "domain/procedure/retention.py"
COLLATION = "domain/collation.py"
TESTS = "tests/operations/test_retention.py::"
ORDER = "tests/domain/test_collation.py::"

FAULTS = (
    Fault(
        "a person whom another case needs is emptied",
        (Mutation(RETENTION, "_records", "all(one.uid in due for one in held.cases_of(connection, person))", "True"),),
        (TESTS + "test_a_person_whom_another_case_needs_stays_as_they_are",),
    ),
    Fault(
        "a rule works on a case that is not to be worked on",
        (Mutation(RETENTION, "_over", 'case is None or case.text("kept_still_since")', "case is None"),),
        (TESTS + "test_before_its_day_and_where_nobody_may_work_on_a_case_nothing_goes",),
    ),
    Fault(
        "a rule works before its day",
        (Mutation(RETENTION, "_over", "since and not is_future(since, workspace.today)", "since"),),
        (TESTS + "test_before_its_day_and_where_nobody_may_work_on_a_case_nothing_goes",),
    ),
    Fault(
        "one person lets it go",
        (Mutation(RETENTION, "let_go", "four_eyes(workspace) and not may_second(workspace, second)", "False"),),
        (TESTS + "test_two_people_decide_where_each_signs",),
    ),
    Fault(
        "what changed meanwhile goes unread",
        (Mutation(RETENTION, "let_go", "find_due(workspace) != due", "False"),),
        (TESTS + "test_something_changed_meanwhile_is_looked_at_again",),
    ),
    Fault(
        "a date keeps its day",
        (Mutation(RULES, "leaves", "f\"{known.year:04}{'~' if known.estimated else ''}\" if known else None", "value if known else None"),),
        (TESTS + "test_what_the_rules_say_goes_out_of_tables_and_journal_and_the_rest_stays",),
    ),
    Fault(
        "a required field may be emptied",
        (Mutation(RULES, "_fits", "not one.required and (then is Then.EMPTIED or one.kind is Kind.DATE)", "then is Then.EMPTIED or one.kind is Kind.DATE"),),
        (TESTS + "test_a_line_that_is_no_rule_is_refused_in_words[note.text 24 emptied]",),
    ),
    Fault(
        "two letters that are one letter are sorted as two",
        (Mutation(COLLATION, "_places", "len(pair) == 2 and pair in letters", "False"),),
        (ORDER + "test_names_come_in_the_order_of_the_alphabet[sq]", ORDER + "test_the_key_of_a_store_puts_names_of_the_region_as_their_language_does[bs]"),
    ),
)  # fmt: skip
