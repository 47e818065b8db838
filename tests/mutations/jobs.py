"""Faults of short ways: what a hand can leave out is asked again, or goes nowhere."""

from tests.mutations.mutation import Fault, Mutation

FAULTS = (
    Fault(
        "Tab leaves what is typed in a list and takes nothing",
        (Mutation("ui/forms/editors/finder.py", "Finder.focusOutEvent", "self.left.emit()", "pass"),),
        (
            "tests/ui/test_partner_in_place.py::test_tab_takes_the_only_one_that_is_left_and_of_several_none[c-Caritas Tirana]",
        ),
    ),
    Fault(
        "the follow-ups of the programme are planned only where somebody looks for them",
        (Mutation("ui/case/story/story_tab.py", "StoryTab.show_case", "self._has_days(case_file)", "False"),),
        ("tests/ui/test_story_tab.py::test_the_follow_ups_of_the_programme_are_planned_from_the_whole_story",),
    ),
)
