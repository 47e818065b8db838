"""Faults of intake, planted: what the grid of a family must never do."""

from tests.mutations.mutation import Fault, Mutation

GRID, VERBS = "tests/ui/test_family_grid.py::", "tests/operations/test_intake.py::"

FAULTS = (
    Fault(
        "a cell that cannot be read is left out when the case is opened",
        (Mutation("ui/cases/new_case_page.py", "NewCasePage.open_new", "self.grid.show_unreadable()", "False"),),
        (GRID + "test_a_word_that_can_be_several_is_asked_for_and_nothing_is_dropped",),
    ),
    Fault(
        "a suggested service is added by itself",
        (Mutation("operations/imports/intake.py", "_Family.services", "service.key in wanted", "True"),),
        (VERBS + "test_nothing_is_added_that_nobody_asked_for",),
    ),
    Fault(
        "the country of another place stays",
        (Mutation("ui/forms/grid/rows.py", "FamilyRows._follow_place", "row.typed.pop(COUNTRY, None)", "None"),),
        (GRID + "test_shared_values_come_from_the_row_above_and_a_country_from_the_same_place",),
    ),
    Fault(
        "what was pasted beyond the columns is lost in silence",
        (Mutation("ui/forms/grid/paste.py", "placed", "cell and (not key)", "False"),),
        (GRID + "test_rows_of_a_spreadsheet_are_pasted_by_their_headings_or_in_order",),
    ),
    Fault(
        "facts propose what was ticked already",
        (Mutation("domain/procedure/facts.py", "proposed", "one.key not in known.situations", "True"),),
        (VERBS + "test_facts_propose_what_the_pack_says_they_do",),
    ),
    Fault(
        "a draft of a family stays behind when its case is opened",
        (Mutation("operations/cases/cases.py", "put_new_case", "draft", "''"),),
        (VERBS + "test_a_family_is_one_change_with_its_services_and_its_draft_and_one_undo_takes_it_back",),
    ),
)
