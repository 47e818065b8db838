"""Faults of the window, planted like those of the store: what an officer's hands meet."""

from tests.faults.planted_list import Fault

_UI = "tests/ui/"
FIRST_CASE, BRINGING = "tests/journeys/test_first_case.py::", "tests/journeys/test_bringing_back.py::"

FAULTS = (
    Fault("a person is in the store without being in the case", (("ui/people_tab.py", "create=create,", "create=None,"),),
          (_UI + "test_people_tab.py::test_a_person_comes_with_the_first_saved_value_and_is_asked_about_below",)),
    Fault("a form asks for what is refused", (("ui/form.py", "        if not may_write(workspace, record.type):", "        if not record:"),),
          (_UI + "test_read_only.py::test_whoever_may_only_read_finds_forms_that_ask_for_nothing",
           _UI + "test_office_tab.py::test_an_officer_only_looks_at_it")),
    Fault("Return opens a case beside the one that is there",
          (("ui/new_case_page.py", "last = self.people if self._likely else self.new_family", "last = self.new_family"),),
          (FIRST_CASE + "test_return_leads_from_the_name_to_the_case_and_stops_where_somebody_may_be_here_already",)),
    Fault("a letter goes before those that were saved", (("ui/editors.py", "at if self.line.hasFocus() else 0", "0"),),
          (_UI + "test_people_tab.py::test_a_person_comes_with_the_first_saved_value_and_is_asked_about_below",)),
    Fault("a backup is brought back elsewhere",
          (("ui/restore_page.py", "restore_backup(chosen.path, folder)", 'restore_backup(chosen.path, folder.with_name("x.avrr"))'),),
          (BRINGING + "test_a_damaged_store_is_replaced_by_its_backup_and_kept",)),
    Fault("a backup of another store looks like one of this", (("operations/backups.py",
          "return backup.manifest is not None and backup.manifest.store == ", "return backup.manifest is not None and '' != "),),
          (BRINGING + "test_a_backup_of_another_store_is_named_as_such",)),
    Fault("an escrow that is missing is not asked for", (("operations/recovery.py", "slot.kind == slots.ESCROW for", "slot.kind for"),),
          (_UI + "test_escrow_card.py::test_the_escrow_of_a_later_policy_is_let_in_by_who_manages",)),
)  # fmt: skip
