"""Faults of the desk of Today: whom it forgets, and what it cuts off."""

from tests.mutations.mutation import Fault, Mutation

DESK, PAGE = "tests/operations/test_desk.py::", "tests/ui/test_today_page.py::"

FAULTS = (
    Fault(
        "a new family is on nobody's desk",
        (
            Mutation(
                "domain/case/case_file.py", "undated_of", "not case_file.steps and not case_file.services", "False"
            ),
        ),
        (
            DESK + "test_a_step_without_a_day_is_there_once_it_can_begin",
            PAGE + "test_a_new_family_is_on_the_desk_at_once",
        ),
    ),
    Fault(
        "one's own desk is the office's",
        (
            Mutation(
                "store/reading/desk.py",
                "DeskReader._place",
                '(_MINE, "AND person = :officer") if self._mine else ("", "")',
                '("", "")',
            ),
        ),
        (DESK + "test_mine_is_of_my_cases_of_nobodys_and_where_i_go_along",),
    ),
    Fault(
        "whoever asked for a closing decides about it on their desk",
        (
            Mutation(
                "operations/cases/desk_acts.py",
                "acts_of",
                "may(session, Permission.APPROVE) and line.who != session.actor",
                "may(session, Permission.APPROVE)",
            ),
        ),
        (DESK + "test_who_asked_does_not_decide_though_they_might_for_others",),
    ),
    Fault(
        "a closing is sent back without a word",
        (Mutation("operations/cases/closing.py", "turn_down_closing", "not word.strip()", "workspace.locked"),),
        (DESK + "test_a_word_stays_on_the_desk_of_who_asked_until_they_act",),
    ),
    Fault(
        "a long group ends after thirty lines",
        (Mutation("ui/today/desk_model.py", "DeskModel.show_groups", "tuple(groups), whole", "tuple(groups), False"),),
        (PAGE + "test_no_line_is_out_of_reach",),
    ),
)
