"""Faults of few places and small windows: what is hidden, lost on the way between two pages, or told in no order."""

from tests.mutations.mutation import Fault, Mutation

CALM, STORY = "tests/ui/test_calm.py::", "tests/ui/test_story_tab.py::"
TOLD, HEARD = "tests/operations/test_story.py::", "tests/ui/test_accessibility.py::"

FAULTS = (
    Fault(
        "what is typed in a narrow window goes on the way back to the list",
        (Mutation("ui/forms/list_and_form.py", "ListAndForm.show_list", "leave(self._right)", "pass"),),
        (CALM + "test_in_a_narrow_window_list_and_form_are_two_pages",),
    ),
    Fault(
        "what is begun in a narrow window is out of sight",
        (Mutation("ui/forms/list_and_form.py", "bring_up", "parent.show_form()", "pass"),),
        (CALM + "test_what_is_begun_in_a_narrow_window_is_seen",),
    ),
    Fault(
        "the chosen tab is in the menu and not in the row",
        (Mutation("ui/widgets/tab_row.py", "_fitting", "{current}", "set()"),),
        (CALM + "test_a_tab_of_the_menu_comes_into_the_row",),
    ),
    Fault(
        "who changed what is shown to everybody",
        (Mutation("ui/case/parts.py", "", "Permission.APPROVE", "Permission.READ"),),
        (STORY + "test_history_is_for_supervisors_and_the_story_for_all[case worker]",),
    ),
    Fault(
        "a status is told on the day of its entry",
        (Mutation("operations/cases/story.py", "_states", '_SINCE.get(status, "")', '""'),),
        (TOLD + "test_a_status_is_told_on_its_own_day_and_not_on_that_of_the_entry",),
    ),
    Fault(
        "a line break within a cell makes two rows of a copied one",
        (Mutation("ui/widgets/row_menu.py", "row_text", '" ".join(str(cell or "").split())', 'str(cell or "")'),),
        ("tests/ui/test_row_menus.py::test_a_line_break_in_a_cell_makes_no_row_of_its_own",),
    ),
    Fault(
        "restricted records and their form share a narrow window",
        (
            Mutation(
                "ui/case/protection/protection_tab.py",
                "ProtectionTab.__init__",
                "beside_empty=False",
                "beside_empty=True",
            ),
        ),
        (CALM + "test_restricted_records_and_their_form_are_two_pages_in_a_narrow_window",),
    ),
    Fault(
        "a note without a day is nowhere",
        (Mutation("domain/case/story.py", "told_by", "kind.of_story", "False"),),
        (TOLD + "test_what_is_written_nowhere_else_is_told_without_a_day_too",),
    ),
    Fault(
        "a line in which one types has no name for a screen reader",
        (
            Mutation(
                "ui/forms/editors/finder.py", "Finder.setAccessibleName", "self.line.setAccessibleName(name)", "pass"
            ),
        ),
        (HEARD + "test_every_page_can_be_heard_and_read[light]",),
    ),
    Fault(
        "fields of a low window stand one below the other",
        (Mutation("ui/forms/form_grid.py", "FormGrid._shares", "low and (kind not in _WIDE or row.folds)", "False"),),
        (CALM + "test_eight_fields_of_every_form_are_seen_as_it_is_opened[size0-100]",),
    ),
    Fault(
        "the cursor begins in the first field of a form that is half filled",
        (Mutation("ui/forms/form.py", "Form.focus_next", "self._fields.focus(self._fields.empty(self))", "False"),),
        ("tests/ui/test_list_and_form.py::test_the_cursor_goes_on_in_the_next_empty_field",),
    ),
    Fault(
        "offices of every kind are proposed by their names alone",
        (Mutation("ui/forms/link_options.py", "_names.rank", "not fits", "False"),),
        ("tests/ui/test_directory_editor.py::test_a_step_proposes_authorities_first",),
    ),
)
