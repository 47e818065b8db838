"""Faults of window, errors and privacy, planted: what shows or loses what somebody typed."""

from tests.mutations.mutation import Fault, Mutation

GUARDS = "tests/faults/test_guards.py::"
WINDOW = "tests/faults/test_window.py::"
START = "tests/faults/test_start.py::"
ERRORS = "tests/faults/test_errors.py::"
FUZZ = "tests/faults/test_fuzz.py::"
CANARY = "tests/faults/test_canary.py::"

FAULTS = (
    Fault(
        "what comes after the window is loaded before it is seen",
        (
            Mutation(
                "app.py",
                "main",
                "shell = make_shell(application, store, today)",
                "import avrr_desktop.ui.frame.desktop\nshell = make_shell(application, store, today)",
            ),
        ),
        (START + "test_the_window_is_seen_before_what_comes_after_it_is_loaded",),
    ),
    Fault(
        "the window does not listen to the system once it is seen",
        (Mutation("app.py", "begin", "watch(shell)", "pass"),),
        (START + "test_the_window_is_seen_before_what_comes_after_it_is_loaded",),
    ),
    Fault(
        "every painting counts as the first",
        (Mutation("ui/frame/shell.py", "Shell.paintEvent", "self._seen = True", "self._seen = False"),),
        (START + "test_the_first_painting_is_told_once",),
    ),
    Fault(
        "words of an entry are not compared with its promise",
        (
            Mutation(
                "store/journal/verifying.py",
                "ChainWalk._compare",
                'commitments_hold(blob, envelope.get("commitments", []))',
                "blob",
            ),
        ),
        (GUARDS + "test_X11_the_first_entry_that_was_tampered_with_is_named[edit]",),
    ),
    Fault(
        "entries may be missing",
        (
            Mutation(
                "store/journal/refused.py",
                "Ends.missing",
                "sequence != at + 1 or previous != before.hex()",
                "sequence < at",
            ),
        ),
        (GUARDS + "test_X11_the_first_entry_that_was_tampered_with_is_named[delete]",),
    ),
    Fault(
        "a folder that others could read stays open",
        (Mutation("files.py", "private_folder", "path.chmod(0o700)", "path.stat()"),),
        (GUARDS + "test_X14_a_folder_that_others_could_read_is_closed_to_them",),
    ),
    Fault(
        "a link is followed",
        (
            Mutation(
                "files.py",
                "private_folder",
                'stat.S_ISLNK(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid())',
                'hasattr(os, "getuid") and found.st_uid != os.getuid()',
            ),
        ),
        (GUARDS + "test_X14_a_link_that_waits_there_is_refused_and_nothing_goes_through_it",),
    ),
    Fault(
        "a connection goes with a fork",
        (Mutation("store/engine/driver.py", "Connection._own", "os.getpid() != self._process", "not self._process"),),
        (GUARDS + "test_K10_a_connection_that_came_along_with_a_fork_is_refused_and_the_store_stays_well",),
    ),
    Fault(
        "what is typed goes with the lock",
        (Mutation("ui/forms/form.py", "Form.leave", "self.keep_draft()", "pass"),),
        (WINDOW + "test_G2_text_that_is_not_saved_is_kept_encrypted_and_offered_again",),
    ),
    Fault(
        "saved is said before it is",
        (
            Mutation(
                "ui/forms/form.py", "Form._save", "self._strip.hide()", 'self._strip.hide()\nself._say("Saved 00:00")'
            ),
        ),
        (WINDOW + "test_G3_nothing_says_saved_before_the_commit",),
    ),
    Fault(
        "a full disk inside a save is a traceback",
        (Mutation("store/engine/driver.py", "Connection.immediate", "self._raw.in_transaction", "True", which=2),),
        (WINDOW + "test_G3_a_save_that_the_disk_refused_is_not_called_saved",),
    ),
    Fault(
        "a form can be saved twice",
        (
            Mutation(
                "ui/forms/form.py",
                "Form.save",
                "not self.state.happens(Event.BEGUN)",
                "self.state.happens(Event.BEGUN) is None",
            ),
            Mutation("ui/forms/form.py", "Form._add", "self._new = False", "pass"),
        ),
        (WINDOW + "test_G4_saving_twice_at_once_is_one_entry",),
    ),
    Fault(
        "a document can be kept twice",
        (
            Mutation(
                "ui/printing/print_page.py",
                "PrintPage.keep",
                "self.keep_button.setEnabled(False)",
                "self.keep_button.setEnabled(True)",
            ),
        ),
        (WINDOW + "test_G4_keeping_a_document_twice_is_one_document_that_is_ready",),
    ),
    Fault(
        "the status line counts documents of older revisions",
        (Mutation("ui/frame/desktop.py", "Desktop._on_any_change", "self.status.count_outbox", "self._idle.start"),),
        (WINDOW + "test_G1_the_status_line_counts_ready_documents_again_when_their_case_changes",),
    ),
    Fault(
        "a bug shows what was typed",
        (
            Mutation(
                "app.py",
                "on_bug",
                'f"AVRR Desktop {__version__}\\n{text}"',
                'f"AVRR Desktop {__version__}\\n{text}\\n{error}"',
            ),
        ),
        (WINDOW + "test_C12_an_exception_in_a_slot_reaches_one_hook_keeps_the_draft_and_the_program_goes_on",),
    ),
    Fault(
        "messages of bugs pile up",
        (
            Mutation(
                "app.py",
                "on_bug",
                "any(shown.isVisible() for shown in shell.findChildren(QMessageBox))",
                "shell is None",
            ),
        ),
        (WINDOW + "test_C12_what_goes_wrong_while_a_bug_is_told_stays_one_message",),
    ),
    Fault(
        "a transaction that failed stays open",
        (
            Mutation(
                "store/engine/driver.py",
                "Connection.immediate",
                'if self._raw.in_transaction:\n    self._raw.execute("ROLLBACK")',
                "if self._raw.in_transaction:\n    pass",
            ),
        ),
        (WINDOW + "test_C14_without_memory_a_save_fails_and_the_store_is_unharmed",),
    ),
    Fault(
        "a bug leaves its words in a file",
        (
            Mutation(
                "app.py",
                "on_bug",
                "text = log.bug(kind, trace)",
                'text = log.bug(kind, trace)\n(log_folder() / "last.txt").write_text(str(error))',
            ),
        ),
        (CANARY + "test_X1_no_canary_and_no_key_lies_about_in_the_clear",),
    ),
    Fault(
        "an error repeats what was typed",
        (
            Mutation(
                "domain/records/rules.py",
                "clean",
                "if not isinstance(value, str):\n    raise _bad(field)",
                'if not isinstance(value, str):\n    raise BadInputError(str(value), N_("Correct it."))',
            ),
        ),
        (
            CANARY + "test_X1_no_canary_and_no_key_lies_about_in_the_clear",
            ERRORS + "test_G9_every_error_has_a_title_and_a_hint_that_can_be_translated",
        ),
    ),
    Fault(
        "a hint helps nobody",
        (
            Mutation(
                "operations/session/undo.py",
                "_undo_one",
                '"Nothing was changed. Part of it was erased or is from a newer version."',
                '"Part of it was erased or is from a newer version."',
            ),
        ),
        (ERRORS + "test_G9_every_error_says_what_is_safe_or_what_to_do",),
    ),
    Fault(
        "an error names a person",
        (
            Mutation(
                "operations/session/undo.py",
                "_inverse",
                "_last_writer(workspace, part, case)",
                'current.text("family_name")',
            ),
        ),
        (ERRORS + "test_G9_no_error_formats_a_value_of_a_record",),
    ),
    Fault(
        "a place in a text stays open",
        (Mutation("operations/session/unlocking.py", "check_passphrase", '"count"', '"number"'),),
        (ERRORS + "test_G9_every_place_in_a_text_is_filled",),
    ),
    Fault(
        "the engine gets words that it cuts in two",
        (Mutation("store/reading/full_text.py", "quoted", "_PARTED.split(word)", "[word]"),),
        (FUZZ + "test_E7_letters_that_the_engine_does_not_know_are_searched_all_the_same[Pa\\u19b5c]",),
    ),
    Fault(
        "packs are taken at their word",
        (
            Mutation(
                "domain/procedure/pack_file.py",
                "_Layer._provenance",
                'self._text(name, "basis", table)',
                'table["basis"]',
            ),
        ),
        (FUZZ + "test_G9_a_wrong_type_in_a_pack_is_told_with_its_table[steps-basis-wrong2]",),
    ),
)
