"""Faults of the window, planted like those of the store: what an officer's hands meet."""

from tests.faults.planted_list import Fault

_UI = "tests/ui/"
DRAFTS, LISTS = _UI + "test_drafts.py::", _UI + "test_list_and_form.py::"
FIRST_CASE, BRINGING = "tests/journeys/test_first_case.py::", "tests/journeys/test_bringing_back.py::"

FAULTS = (
    Fault("a person is in the store without being in the case", (("ui/people_tab.py", "create=create,", "create=None,"),),
          (_UI + "test_people_tab.py::test_a_person_comes_with_the_first_saved_value_and_is_asked_about_below",)),
    Fault("a form asks for what is refused", (("ui/form.py", "        if may_write(workspace, record.type):", "        if record:"),),
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
    Fault("what was begun as restricted is kept and stored open",
          (("operations/drafts.py", 'is_closed(before) and BY_KEY[record_type].has("restricted")', 'is_closed(before) and not form'),
           ("ui/form.py", 'if draft.values.get("restricted") is True:', 'if not draft.values:')),
          (DRAFTS + "test_a_restricted_note_begun_before_a_lock_stays_restricted",)),
    Fault("a restricted draft is offered among what everybody reads",
          (("ui/describing.py", "and not is_closed(draft)", "and draft"),),
          (DRAFTS + "test_a_restricted_note_begun_before_a_lock_stays_restricted",)),
    Fault("who holds no key spends a restricted draft",
          (("operations/drafts.py", "        protection_key(workspace)", "        pass"),),
          (DRAFTS + "test_who_holds_no_key_neither_sees_nor_spends_a_restricted_draft",)),
    Fault("who looks at a draft saves it", (("ui/form.py", "        if not self._parting and not self._waiting:", "        if not self._parting:"),),
          (DRAFTS + "test_a_draft_is_not_saved_by_looking_at_it",)),
    Fault("a form that makes room for itself while it saves saves twice",
          (("ui/form.py", "if not self._dirty or self._saving or", "if not self._dirty or"),
           ("ui/people_tab.py", "(self.list.chosen() == shown or self._forms[0].dirty)", "self.list.chosen() == shown")),
          (DRAFTS + "test_a_draft_of_a_person_becomes_one_person",)),
    Fault("what is thrown away does not come back", (("ui/form.py", "        self._thrown_away = False\n        self._put_back()", "        self._thrown_away = False"),),
          (DRAFTS + "test_a_draft_is_thrown_away_and_put_back",)),
    Fault("a form shows what was stored before it was made", (("ui/form.py", "            self._refreshed(record.uid)  #", "            pass  #"),),
          (LISTS + "test_a_form_shows_what_is_stored_when_it_is_made",)),
    Fault("a list reads before the form beside it has saved",
          (("ui/record_tab.py", "        emptied(self._right.body)  # what is typed there is saved before anything is read\n", ""),
           ("ui/form.py", "            self._refreshed(record.uid)  #", "            pass  #")),
          (LISTS + "test_a_record_opened_again_over_what_was_typed_shows_what_was_saved",)),
)  # fmt: skip
