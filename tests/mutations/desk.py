"""Faults of the window, planted like those of the store: what an officer's hands meet."""

from tests.mutations.mutation import Fault, Mutation

_UI = "tests/ui/"
KEYBOARD, RESTORING = _UI + "test_by_keyboard.py::", "tests/faults/test_restoring.py::"
DRAFTS, LISTS = _UI + "test_drafts.py::", _UI + "test_list_and_form.py::"
ASKED = _UI + "test_questions_of_lists.py::test_a_list_asks_no_more_for_more_lines"
LEAVING, STATE = _UI + "test_leaving.py::", _UI + "test_form_state.py::"
FIRST_CASE, BRINGING = "tests/journeys/test_first_case.py::", "tests/journeys/test_bringing_back.py::"

FAULTS = (
    Fault(
        "a person is in the store without being in the case",
        (Mutation("ui/case/people_tab.py", "PeopleTab._show_new", "create", "None"),),
        (_UI + "test_people_tab.py::test_a_person_comes_with_the_first_saved_value_and_is_asked_about_below",),
    ),
    Fault(
        "a form asks for what is refused",
        (Mutation("ui/forms/form.py", "Form.__init__", "may_write(workspace, record.type)", "record"),),
        (
            _UI + "test_read_only.py::test_whoever_may_only_read_finds_forms_that_ask_for_nothing",
            _UI + "test_office_tab.py::test_an_officer_only_looks_at_it",
        ),
    ),
    Fault(
        "Return opens a case beside the one that is there",
        (
            Mutation(
                "ui/cases/new_case_page.py",
                "NewCasePage._on_return",
                "self.grid.already.found and not self.grid.already.people.hasFocus()",
                "False",
            ),
        ),
        (FIRST_CASE + "test_return_leads_from_the_name_to_the_case_and_stops_where_somebody_may_be_here_already",),
    ),
    Fault(
        "a letter goes before those that were saved",
        (
            Mutation(
                "ui/forms/editors/field_editors.py", "TextEditor.show_typed", "at if self.line.hasFocus() else 0", "0"
            ),
        ),
        (_UI + "test_people_tab.py::test_a_person_comes_with_the_first_saved_value_and_is_asked_about_below",),
    ),
    Fault(
        "a backup is brought back elsewhere",
        (Mutation("ui/start/restore_page.py", "RestorePage.bring_back", "folder", 'folder.with_name("x.avrr")'),),
        (BRINGING + "test_a_damaged_store_is_replaced_by_its_backup_and_kept",),
    ),
    Fault(
        "a backup of other store looks like one of this",
        (
            Mutation(
                "operations/store/backups.py",
                "is_of_store",
                "backup.manifest.store == StoreFolder(folder).read_keys().copy",
                "'' != StoreFolder(folder).read_keys().copy",
            ),
        ),
        (BRINGING + "test_a_backup_of_another_store_is_named_as_such",),
    ),
    Fault(
        "an escrow that is missing is not asked for",
        (Mutation("operations/access/recovery.py", "escrow_missing", "slot.kind == slots.ESCROW", "slot.kind"),),
        (_UI + "test_escrow_card.py::test_the_escrow_of_a_later_policy_is_let_in_by_who_manages",),
    ),
    Fault(
        "what was begun as restricted is kept and stored open",
        (
            Mutation(
                "operations/session/drafts.py", "stays_restricted", 'BY_KEY[record_type].has("restricted")', "not form"
            ),
            Mutation(
                "ui/forms/form.py", "Form._put_back", 'draft.values.get("restricted") is True', "not draft.values"
            ),
        ),
        (DRAFTS + "test_a_restricted_note_begun_before_a_lock_stays_restricted",),
    ),
    Fault(
        "a restricted draft is offered among what everybody reads",
        (Mutation("ui/widgets/record_items.py", "draft_lines", "not is_closed(draft)", "draft"),),
        (DRAFTS + "test_a_restricted_note_begun_before_a_lock_stays_restricted",),
    ),
    Fault(
        "who holds no key spends a restricted draft",
        (Mutation("operations/session/drafts.py", "drop_draft", "protection_key(workspace)", "pass"),),
        (DRAFTS + "test_who_holds_no_key_neither_sees_nor_spends_a_restricted_draft",),
    ),
    Fault(
        "who looks at a draft saves it",
        (
            Mutation(
                "ui/forms/form_state.py",
                "FormState.saved_when_left",
                "(Stage.DIRTY, Stage.KEPT)",
                "(Stage.DIRTY, Stage.KEPT, Stage.PUT_BACK)",
            ),
        ),
        (DRAFTS + "test_a_draft_is_not_saved_by_looking_at_it",),
    ),
    Fault(
        "a form that makes room for itself while it saves saves twice",
        (
            Mutation(
                "ui/forms/form_state.py",
                "FormState.saved_when_left",
                "(Stage.DIRTY, Stage.KEPT)",
                "(Stage.DIRTY, Stage.KEPT, Stage.SAVING)",
            ),
            Mutation(
                "ui/forms/form.py",
                "Form.save",
                "not self.state.happens(Event.BEGUN)",
                "self.state.happens(Event.BEGUN) is None",
            ),
            Mutation("ui/forms/form.py", "Form.stays", "started_by == self.form_key", "False"),
        ),
        (DRAFTS + "test_a_draft_of_a_person_becomes_one_person",),
    ),
    Fault(
        "what is thrown away does not come back",
        (Mutation("ui/forms/form.py", "Form._take_back", "self._put_back(draft)", "pass"),),
        (DRAFTS + "test_a_draft_is_thrown_away_and_put_back",),
    ),
    Fault(
        "a form shows what was stored before it was made",
        (Mutation("ui/forms/form.py", "Form.__init__", "self._refreshed(record.uid)", "pass"),),
        (LISTS + "test_a_form_shows_what_is_stored_when_it_is_made",),
    ),
    Fault(
        "a list reads before the form beside it has saved",
        (
            Mutation(
                "ui/office/directory_page.py", "DirectoryPage._show_chosen", "self._right.turn()", "not self._right"
            ),
            Mutation("ui/forms/form.py", "Form.__init__", "self._refreshed(record.uid)", "pass"),
        ),
        (LISTS + "test_a_partner_opened_again_over_what_was_typed_shows_what_was_saved",),
    ),
    Fault(
        "a backup takes the place of the store without a passphrase",
        (
            Mutation(
                "operations/store/backups.py",
                "restore_as_store",
                "keys = keys_of(key_file, slots.enter(key_file, passphrase))\n"
                "store_backup.verify(backup, manifest, keys.database)",
                "pass",
            ),
        ),
        (BRINGING + "test_who_cannot_open_a_backup_cannot_bring_it_back",),
    ),
    Fault(
        "a store that was moved aside stays there when its backup cannot take its place",
        (Mutation("store/folder/backup.py", "_exchange", "put_in_place(aside, target)", "pass"),),
        (RESTORING + "test_C9_a_backup_that_cannot_take_the_place_leaves_the_store_in_it",),
    ),
    Fault(
        "nobody hears that a backup took the place of the store",
        (Mutation("operations/store/opening.py", "_settle", "_note_restored(workspace)", "None"),),
        (BRINGING + "test_a_damaged_store_is_replaced_by_its_backup_and_kept",),
    ),
    Fault(
        "an unlock that nobody waits for opens the window",
        (
            Mutation(
                "ui/frame/unlocker.py",
                "Unlocker._derive.if_waited",
                "then(answer) if self._shown() is page else None",
                "then(answer)",
            ),
        ),
        (BRINGING + "test_an_unlock_that_nobody_waits_for_opens_nothing",),
    ),
    Fault(
        "key files of a backup are copied as they are",
        (Mutation("store/folder/backup.py", "key_file_of", "key_file.copy != manifest.store", "False"),),
        (RESTORING + "test_S9_a_backup_with_the_keys_of_another_store_is_none",),
    ),
    Fault(
        "what cannot be read goes unseen when its page is left",
        (Mutation("ui/forms/form.py", "Form.leave", "self._say_left_over()", "pass"),),
        (KEYBOARD + "test_what_cannot_be_read_is_told_when_its_page_is_left",),
    ),
    Fault(
        "who ended the tour gets it again",
        (
            Mutation(
                "ui/frame/shell.py",
                "Shell._on_settings",
                "replace(settings, tour=self._settings.tour, quick_unlock=self._settings.quick_unlock)",
                "replace(settings, quick_unlock=self._settings.quick_unlock)",
            ),
        ),
        (KEYBOARD + "test_the_tour_keeps_the_cursor_and_does_not_begin_again",),
    ),
    Fault(
        "a partner who is new cannot be chosen",
        (Mutation("ui/forms/form.py", "Form.show_current", "self._fields.offer(links)", "pass"),),
        (KEYBOARD + "test_a_partner_who_is_new_can_be_chosen_in_the_form_that_was_open",),
    ),
    Fault(
        "the cursor falls into the side bar",
        (
            Mutation(
                "ui/widgets/controls.py", "emptied", "focus is widget or widget.isAncestorOf(focus)", "focus is layout"
            ),
        ),
        (KEYBOARD + "test_the_cursor_stays_beside_what_was_taken_away",),
    ),
    Fault(
        "a backup goes into a folder in place of the stick that is not in",
        (Mutation("operations/store/backups.py", "_check_there", "not folder.parent.is_dir()", "folder.is_file()"),),
        (RESTORING + "test_a_stick_that_is_not_in_gets_no_backup",),
    ),
    Fault(
        "a dialog outlives the printer that it asks about",
        (Mutation("ui/widgets/pdf_view.py", "chosen_printer", "shiboken6.delete(dialog)", "pass"),),
        (_UI + "test_preview.py::test_the_dialog_goes_before_the_printer_that_it_asks_about",),
    ),
    Fault(
        "a tab goes without being left",
        (Mutation("ui/case/case_page.py", "CasePage._show_tab", "leave(shown)", "pass"),),
        (LEAVING + "test_what_is_typed_in_a_tab_is_saved_when_it_is_left[people-tab]",),
    ),
    Fault(
        "a page goes without being left",
        (Mutation("ui/frame/desktop.py", "Desktop.show_page", "self.leave()", "pass"),),
        (
            LEAVING + "test_what_is_typed_in_a_tab_is_saved_when_it_is_left[overview-page]",
            LEAVING + "test_what_is_typed_of_a_partner_is_saved_when_its_page_is_left",
        ),
    ),
    Fault(
        "a decision about a case does not wait for what is typed in it",
        (Mutation("ui/case/case_decisions.py", "CaseDecisions._do", "self.deciding.emit()", "pass"),),
        (LEAVING + "test_what_is_typed_is_saved_before_its_case_is_closed",),
    ),
    Fault(
        "what is typed last goes with the record that is taken out",
        (Mutation("ui/case/record_tab.py", "RecordTab.remove", "self._right.part()", "pass"),),
        (LEAVING + "test_an_undo_brings_back_what_was_typed_last",),
    ),
    Fault(
        "the lock writes what is typed",
        (Mutation("ui/forms/form.py", "Form.leave", "self.state.happens(Event.PARTED)", "pass"),),
        (LEAVING + "test_a_lock_keeps_a_draft_and_writes_nothing[people]",),
    ),
    Fault(
        "a save that was refused is taken for one that went well",
        (
            Mutation(
                "ui/forms/form_state.py",
                "",
                "{Event.SAVED: Stage.CLEAN, Event.REFUSED: Stage.DIRTY, Event.FORGOTTEN: Stage.CLEAN, Event.PARTED: Stage.PARTED}",
                "{Event.SAVED: Stage.CLEAN, Event.REFUSED: Stage.CLEAN, Event.FORGOTTEN: Stage.CLEAN, Event.PARTED: Stage.PARTED}",
            ),
        ),
        (STATE + "test_a_form_keeps_saves_or_tells_whatever_happens",),
    ),
    Fault(
        "every clock time of a list asks the store for the time zone",
        (Mutation("store/store.py", "Store.office", "self._office_read != written", "written"),),
        (ASKED + "[search]", ASKED + "[who_looked]"),
    ),
    Fault(
        "a page keeps to itself what its verb said",
        (
            Mutation(
                "ui/case/protection/protection_tab.py",
                "ProtectionTab.open",
                "self._open = True",
                "try:\n    self._open = True\nexcept RefusedError:\n    pass",
            ),
        ),
        ("tests/test_house_rules.py::test_pages_run_verbs_through_actions",),
    ),
    Fault(
        "every referral of a list asks for its partner",
        (
            Mutation(
                "ui/widgets/record_items.py",
                "describe_all",
                "describe(workspace, case_file, record, partners)",
                "describe(workspace, case_file, record, provider_names(workspace, wanted))",
            ),
        ),
        (ASKED + "[referrals]",),
    ),
    Fault(
        "every document of the outbox asks for its case",
        (
            Mutation(
                "ui/printing/outbox_page.py",
                "OutboxPage.show_documents",
                "called.get(item.case, '')",
                "case_names(workspace, [item.case])[item.case]",
            ),
        ),
        (ASKED + "[outbox]",),
    ),
    Fault(
        "what a step says outlives the step",
        (Mutation("ui/case/steps/services_tab.py", "ServicesTab._show_chosen", "self._standing = None", "pass"),),
        (LISTS + "test_a_step_chosen_over_what_was_typed_into_its_service_is_shown",),
    ),
    Fault(
        "what is wrong keeps the colour of a hint",
        (Mutation("ui/forms/field_row.py", "FieldRow._mark", "self.below.style().polish(self.below)", "pass"),),
        ("tests/ui/test_form.py::test_what_is_wrong_has_its_colour_as_long_as_it_is_wrong",),
    ),
    Fault(
        "another look is not put on",
        (
            Mutation(
                "ui/widgets/theme.py", "Theme.apply", "application.styleSheet() == sheet", "application.styleSheet()"
            ),
        ),
        ("tests/ui/test_form.py::test_the_look_is_put_on_again_only_where_it_changed",),
    ),
    Fault(
        "an office has keys as quick to try as practice",
        (
            Mutation(
                "operations/session/unlocking.py",
                "kdf_of",
                "HARDNESS.get(kind, HARDNESS[slots.OFFICE])",
                "HARDNESS[slots.PRACTICE]",
            ),
        ),
        ("tests/operations/test_workspace.py::test_a_new_store_is_as_hard_to_try_as_its_kind_says",),
    ),
)
