"""Faults of what has to agree: a step and its paper, a child’s steps and its school record, the practice store."""

from tests.mutations.mutation import Fault, Mutation

PROOFS, SCHOOL = "tests/operations/test_proofs.py::", "tests/domain/test_school_steps.py::"
PRACTICE, WINDOW = "tests/operations/test_practice_truth.py::", "tests/ui/test_step_ending.py::"

FAULTS = (
    Fault(
        "a step is done and its paper stays missing",
        (Mutation("operations/cases/services.py", "move_step", "proof_parts(workspace, case_file, record, proofs)", "([], '')"),),
        (PROOFS + "test_a_step_done_puts_its_awaited_paper_to_held_in_the_same_change",),
    ),
    Fault(
        "a form that says done leaves the paper as it was",
        (Mutation("operations/session/records.py", "edit_record", "[sealed_part(workspace, part, record.values), *parts]",
                  "[sealed_part(workspace, part, record.values)]"),),
        (PROOFS + "test_the_form_does_it_as_the_button_does", PROOFS + "test_both_answers_end_the_step_of_the_checks"),
    ),
    Fault(
        "a proof is written down twice",
        (Mutation("operations/session/proofs.py", "_of_proof", "proof_there(case_file, step, proof.kind)", "None"),),
        (PROOFS + "test_a_proof_comes_with_number_and_days_and_is_never_doubled",),
    ),
    Fault(
        "a new copy keeps the number of the lost one",
        (Mutation("operations/session/proofs.py", "_held", "paper.text('state') in REPLACED", "False"),),
        (PROOFS + "test_a_step_done_puts_its_awaited_paper_to_held_in_the_same_change",),
    ),
    Fault(
        "the paper of another person proves a step",
        (Mutation("domain/procedure/proof.py", "proof_there", "paper.doc_type == kind and paper.holder in holders",
                  "paper.doc_type == kind"),),
        (PROOFS + "test_papers_of_somebody_else_are_left_alone",),
    ),
    Fault(
        "a paper that is missing offers its step",
        (Mutation("domain/procedure/proof.py", "steps_proved", "Paper(paper).state != PaperState.HELD.code", "False"),),
        (PROOFS + "test_a_paper_that_comes_offers_the_step_that_it_proves",),
    ),
    Fault(
        "what ended only afterwards was not passed over",
        (Mutation("domain/procedure/steps.py", "_ended_later", "bool(began and ended and began.last() < ended.first())", "False"),),
        (PROOFS + "test_what_ended_only_afterwards_was_passed_over_too",),
    ),
    Fault(
        "a step goes ahead without a word",
        (Mutation("domain/case/case_checks.py", "_of_step", "not Step(step).go_ahead_reason", "False"),),
        (PROOFS + "test_ahead_of_what_it_waits_for_asks_for_a_word_and_is_saved",),
    ),
    Fault(
        "a list shows the enrolment that was typed",
        (Mutation("store/reading/cases.py", "Reader._case_file", "followed(schooling, steps, papers)", "schooling"),),
        (PROOFS + "test_list_own_data_and_today_read_the_enrolment_of_the_step",),
    ),
    Fault(
        "own data tell the enrolment that was typed",
        (Mutation("operations/protection/own_data.py", "_as_read", "followed(one, steps, papers)", "one"),),
        (PROOFS + "test_list_own_data_and_today_read_the_enrolment_of_the_step",),
    ),
    Fault(
        "a step that was given up hides what was typed",
        (Mutation("domain/procedure/school_steps.py", "school_steps", "Step(step).state == StepState.ABANDONED.code", "False"),),
        (SCHOOL + "test_a_child_is_enrolled_when_the_step_is_done_and_only_then",),
    ),
    Fault(
        "one check of attendance is two lines of Today",
        (Mutation("domain/case/case_file.py", "dated_of", "step.uid not in looked_at", "True"),),
        (PROOFS + "test_a_planned_check_and_its_due_day_are_one_line",),
    ),
    Fault(
        "a practice step is done before what it waits for",
        (
            Mutation(
                "operations/practice/practice_steps.py", "Course._done_on",
                "ready + timedelta(days=min(room, self.chance.randint(1, max(1, longest))))",
                "self.end - timedelta(days=len(self.done))",
            ),
        ),
        (PRACTICE + "test_nothing_in_a_practice_store_denies_anything_else",),
    ),
    Fault(
        "a practice paper is missing whose step is done",
        (Mutation("operations/practice/practice_steps.py", "Course.with_papers", "proved |= {paper['uid'] for paper in there}", "pass"),),
        (PRACTICE + "test_nothing_in_a_practice_store_denies_anything_else",),
    ),
    Fault(
        "a field that a step decides can be typed in",
        (Mutation("ui/forms/form_rows.py", "FormRows.follow", "open_=key not in decided", "open_=True"),),
        (WINDOW + "test_a_child_shows_what_its_steps_say_and_asks_for_the_rest",),
    ),
)  # fmt: skip
