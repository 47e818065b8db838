"""Mistakes in what counts, when a figure is settled, and what an office may set."""

from tests.mutations.mutation import Fault, Mutation

WORLDS = (
    "tests/operations/test_reporting.py::test_the_figures_of_random_worlds_are_those_of_a_slow_recount_on_every_evening"
)
LATER = "tests/operations/test_reporting.py::test_what_is_corrected_later_changes_no_settled_figure_and_is_told"
BORDERS = "tests/operations/test_programmes.py::test_what_the_program_does_not_know_is_refused_in_words"

FAULTS = (
    Fault(
        "a case that cannot be placed is not told",
        (Mutation("domain/case/figures.py", "tally", "placed is False", "not placed"),),
        ("tests/domain/test_figures.py::test_a_case_counts_where_all_that_its_day_can_mean_lies",),
    ),
    Fault(
        "a double is counted",
        (Mutation("domain/case/figures.py", "CaseFacts.asked_for", "counts(self.status, self.closure_reason)", "True"),),
        ("tests/operations/test_reporting.py::test_what_was_closed_as_no_case_is_in_no_figure",),
    ),
    Fault(
        "whoever leaves after the period goes out of its figure",
        (Mutation("domain/case/figures.py", "is_there", "went.last < end", "True"),),
        ("tests/operations/test_reporting.py::test_a_member_who_leaves_after_the_period_stays_in_its_figure",),
    ),
    Fault(
        "a settled figure follows what is corrected later",
        (Mutation("store/reading/counting.py", "cases_then", "_written_since(connection, uid, border)", "False"),),
        (LATER,),
    ),
    Fault(
        "a case whose day was moved out of a settled period is lost from it",
        (Mutation("store/reading/counting.py", "cases_then", 'f"({_MAY_LIE} {_WAS_CORRECTED})"', "_MAY_LIE"),),
        (LATER, WORLDS),
    ),
    Fault(
        "whoever was taken out of a case is back in its settled figure at the next correction",
        (
            Mutation(
                "store/reading/counting.py", "_told", "part.kind not in _GONE and there.get(part.record, True)", "part.kind not in _GONE"
            ),
        ),
        (WORLDS,),
    ),
    Fault(
        "a setting that nobody knows is taken in",
        (
            Mutation(
                "domain/procedure/pack_settings.py",
                "refused",
                "setting is None or not setting.fits(value) or (programme and not setting.of_programme)",
                "setting is not None and (not setting.fits(value) or (programme and not setting.of_programme))",
            ),
        ),
        (BORDERS,),
    ),
    Fault(
        "a programme sets what is the same for all",
        (Mutation("domain/procedure/pack_settings.py", "refused", "programme and not setting.of_programme", "False"),),
        (BORDERS,),
    ),
)  # fmt: skip
