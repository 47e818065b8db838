"""Faults of time, text, window and privacy, planted like those of the store."""

from tests.faults.planted_list import Fault

CLOCK, TEXT, BACKUPS = (
    "tests/faults/test_clock.py::",
    "tests/faults/test_text.py::",
    "tests/faults/test_lost_backups.py::",
)
KEYS, GUARDS, WINDOW = "tests/faults/test_keys.py::", "tests/faults/test_guards.py::", "tests/faults/test_window.py::"
ERRORS, FUZZ, CANARY = "tests/faults/test_errors.py::", "tests/faults/test_fuzz.py::", "tests/faults/test_canary.py::"
HIDDEN = TEXT + "test_T9_what_nobody_can_see_is_not_stored_and_hides_no_name"

TIME_AND_TEXT = (
    Fault(
        "the clock of the journal follows the computer's back",
        (("store/journal.py", "max(int(now.timestamp() * 1000) << 16, last[1] + 1)", "int(now.timestamp() * 1000) << 16"),),
        (CLOCK + "test_T2_a_clock_that_jumps_leaves_the_order_of_the_entries",),
    ),
    Fault(
        "a clock that is behind is not said",
        (("operations/workspace.py", "(newest - now).total_seconds() > 300", "(newest - now).total_seconds() > 10**12"),),
        (CLOCK + "test_T1_a_clock_that_is_behind_is_said_and_stops_nobody",),
    ),
    Fault(
        "edits are settled by the clock",
        (("store/projection.py", "                if seen_all\n                else", "                if heads\n                else"),),
        (CLOCK + "test_T1_whatever_the_clock_says_edits_meet_by_what_was_seen[400 days back]",
         CLOCK + "test_T1_whatever_the_clock_says_edits_meet_by_what_was_seen[10 years ahead]"),
    ),
    Fault(
        "nobody is locked out after a while",
        (("ui/idle_lock.py", "self._timer.start(min(self._length, LOOK_MS))", "self._timer.setInterval(self._length)"),),
        (CLOCK + "test_T2_the_idle_lock_goes_by_no_clock_that_can_jump",),
    ),
    Fault(
        "an estimated date of birth travels as a sure one",
        (("operations/case_document.py", "content[field.key] = list(value) if isinstance(value, tuple) else value",
          "content[field.key] = list(value) if isinstance(value, tuple) else str(value).strip('~')"),),
        (CLOCK + "test_T4_a_day_of_birth_is_the_same_day_in_every_time_zone",),
    ),
    Fault(
        "letters composed in two ways are two letters for the search",
        (("domain/names.py", 'unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())', "text.casefold()"),),
        (TEXT + "test_T7_however_a_name_is_composed_it_is_one_person",),
    ),
    Fault(
        "names are stored as the keyboard composed them",
        (("domain/rules.py", 'return value if value.isascii() else unicodedata.normalize("NFC", value)', "return value"),),
        (TEXT + "test_T9_any_text_is_stored_plain_or_refused",),
    ),
    Fault(
        "one spelling does not find the other",
        (("domain/names.py", "return (plain,) if plain == sound else (plain, sound)", "return (plain,)"),),
        (TEXT + "test_T8_three_hundred_pairs_of_spellings_find_each_other_both_ways",),
    ),
    Fault(
        "a soft hyphen stays in a name",
        (("domain/rules.py", "_INVISIBLE = {0xAD, ", "_INVISIBLE = {"),),
        (HIDDEN + "[soft hyphen]",),
    ),
    Fault(
        "a line can be turned around",
        (("domain/rules.py", "*range(0x202A, 0x202F), *range(0x2060", "*range(0x2060"),),
        (HIDDEN + "[right-to-left override]", TEXT + "test_T9_any_text_is_stored_plain_or_refused"),
    ),
    Fault(
        "half a letter is stored",
        (("domain/rules.py", 'not in ("Cc", "Cs")', 'not in ("Cc",)'),),
        (HIDDEN + "[lone surrogate]", TEXT + "test_T9_any_text_can_be_printed"),
    ),
    Fault(
        "a joiner cuts a name in two",
        (("domain/names.py", '        **{chr(letter): "" for letter in _UNSEEN},\n', ""),),
        (TEXT + "test_T9_joiners_that_some_scripts_need_stay_and_hide_no_name", HIDDEN + "[word joiner]"),
    ),
    Fault(
        "what a font marks as missing counts as a letter",
        (("pdf/font.py", "return bool(self._glyphs.get(ord(letter)))", "return ord(letter) in self._glyphs"),),
        (TEXT + "test_T9_what_can_be_seen_stays_as_it_was_typed_and_shows_on_paper[not a character]",),
    ),
)  # fmt: skip
KEPT = (
    Fault(
        "a backup is a copy of the file without its log",
        (("store/backup.py", 'connection.execute("VACUUM INTO ?", (str(part / "store.db"),))',
          'shutil.copyfile(source / "store.db", part / "store.db")'),),
        (BACKUPS + "test_B1_every_backup_that_counts_opens_and_holds_what_the_store_held",),
    ),
    Fault(
        "a backup that was cut counts",
        (("store/backup.py", "return made if right and whole and", "return made if right and"),),
        (BACKUPS + "test_B2_a_damaged_newest_backup_does_not_count_and_the_one_before_it_is_offered[cut]",
         BACKUPS + "test_B2_a_damaged_newest_backup_does_not_count_and_the_one_before_it_is_offered[empty]"),
    ),
    Fault(
        "a damaged backup is brought back",
        (("store/backup.py", 'if digest_of(part / "store.db") != manifest.digest:', "if not manifest.digest:"),),
        (BACKUPS + "test_B2_a_flipped_byte_is_noticed_and_the_message_names_the_way_out",),
    ),
    Fault(
        "a store that came back goes on under its old incarnation",
        (("store/store.py", 'if self.local.setting("identity") != self._identity or self._behind_sentinel():',
          "if self._behind_sentinel():"),),
        (BACKUPS + "test_B4_on_another_computer_the_slots_open_and_a_new_incarnation_begins",),
    ),
    Fault(
        "backups go by the clock",
        (("store/backup.py", "return sorted(found, key=lambda backup: -backup.sequence)",
          'return sorted(found, key=lambda one: one.manifest.made_at if one.manifest else "", reverse=True)'),),
        (BACKUPS + "test_B8_a_clock_set_back_never_costs_the_newest_or_the_only_good_backup",),
    ),
    Fault(
        "weak and absurd parameters are tried",
        (("keys/derivation.py", "    kdf.check()\n", ""),),
        (KEYS + "test_X4_weaker_parameters_are_refused_below_the_floor[65535]",
         KEYS + "test_X5_absurd_parameters_are_refused_at_once[17-1000000000]"),
    ),
    Fault(
        "a passphrase counts as the keyboard composed it",
        (("keys/derivation.py", 'unicodedata.normalize("NFKC", passphrase)', "passphrase"),),
        (KEYS + "test_X6_the_passphrase_opens_however_a_keyboard_composes_it",),
    ),
    Fault(
        "spaces of a passphrase are thrown away",
        (("keys/derivation.py", 'unicodedata.normalize("NFKC", passphrase)', 'unicodedata.normalize("NFKC", passphrase.strip())'),),
        (KEYS + "test_X6_spaces_of_a_passphrase_count",),
    ),
    Fault(
        "the end of a long passphrase does not count",
        (("keys/derivation.py", 'unicodedata.normalize("NFKC", passphrase)', 'unicodedata.normalize("NFKC", passphrase)[:256]'),),
        (KEYS + "test_X6_a_passphrase_of_a_thousand_letters_counts_to_its_last",),
    ),
    Fault(
        "slots go with any store",
        (("keys/slots.py", "bound = [1, file.store, file.kind, ", "bound = [1, file.kind, "),),
        (KEYS + "test_X3_a_slot_carried_over_from_another_store_opens_nothing",),
    ),
    Fault(
        "a keychain is spoken of",
        (("locations.py", 'NAME = "avrr-desktop"', 'NAME = "avrr-desktop"\nKEYCHAIN = "libsecret"'),),
        (KEYS + "test_X8_the_program_knows_no_keychain_and_needs_none",),
    ),
    Fault(
        "the letter O is no zero",
        (("keys/recovery.py", '{"O": "0", "I": "1", "L": "1"}', '{"I": "1", "L": "1"}'),),
        (KEYS + "test_B11_a_mistyped_recovery_code_is_read_as_it_was_meant_or_caught",),
    ),
    Fault(
        "the check letters of a recovery code are not compared",
        (("keys/recovery.py", "if whole and letters[LETTERS:] == _check(letters[:LETTERS]) else", "if whole else"),),
        (KEYS + "test_B11_a_mistyped_recovery_code_is_read_as_it_was_meant_or_caught",),
    ),
    Fault(
        "entries are salted with nothing",
        (("store/journal.py", "self._random_bytes(changes.SALT_BYTES)", "bytes(changes.SALT_BYTES)"),),
        (KEYS + "test_X16_a_store_brought_back_repeats_no_salt",),
    ),
)  # fmt: skip
GUARDED = (
    Fault(
        "words of an entry are not compared with its promise",
        (("store/journal.py", 'if not _commitments_hold(blob, envelope.get("commitments", [])):', "if not blob:"),),
        (GUARDS + "test_X11_the_first_entry_that_was_tampered_with_is_named[edit]",),
    ),
    Fault(
        "entries may be missing",
        (("store/journal.py", 'if envelope["sequence"] != sequence + 1 and not jumps:',
          'if envelope["sequence"] < sequence:'),
         ("store/journal.py", 'if envelope["previous"] != previous.hex() and not jumps:', 'if not envelope["previous"]:')),
        (GUARDS + "test_X11_the_first_entry_that_was_tampered_with_is_named[delete]",),
    ),
    Fault(
        "a folder that others could read stays open",
        (("files.py", "            path.chmod(0o700)", "            path.stat()"),),
        (GUARDS + "test_X14_a_folder_that_others_could_read_is_closed_to_them",),
    ),
    Fault(
        "a link is followed",
        (("files.py", "if stat.S_ISLNK(found.st_mode) or (", "if ("),),
        (GUARDS + "test_X14_a_link_that_waits_there_is_refused_and_nothing_goes_through_it",),
    ),
    Fault(
        "a connection goes with a fork",
        (("store/driver.py", "        if os.getpid() != self._process:\n            raise", "        if not self._process:\n            raise"),),
        (GUARDS + "test_K10_a_connection_that_came_along_with_a_fork_is_refused_and_the_store_stays_well",),
    ),
    Fault(
        "what is typed goes with the lock",
        (("ui/form.py", "        try:\n            self.keep_draft()\n        finally:", "        try:\n            pass\n        finally:"),),
        (WINDOW + "test_G2_text_that_is_not_saved_is_kept_encrypted_and_offered_again",),
    ),
    Fault(
        "saved is said before it is",
        (("ui/form.py", "        self._strip.hide()\n        values, unreadable = self._read()",
          '        self._strip.hide()\n        self._say("Saved 00:00")\n        values, unreadable = self._read()'),),
        (WINDOW + "test_G3_nothing_says_saved_before_the_commit",),
    ),
    Fault(
        "a full disk inside a save is a traceback",
        (("store/driver.py", "            elif self._raw.in_transaction:", "            else:"),),
        (WINDOW + "test_G3_a_save_that_the_disk_refused_is_not_called_saved",),
    ),
    Fault(
        "a form can be saved twice",
        (("ui/form.py", "        if not self._dirty or self._saving or self._parting or", "        if self._saving or self._parting or"),
         ("ui/form.py", "            self._new = False\n            self._refreshed(made[0])", "            self._refreshed(made[0])")),
        (WINDOW + "test_G4_saving_twice_at_once_is_one_entry",),
    ),
    Fault(
        "a document can be kept twice",
        (("ui/print_page.py", "            self._keep.setEnabled(False)", "            self._keep.setEnabled(True)"),),
        (WINDOW + "test_G4_keeping_a_document_twice_is_one_document_that_is_ready",),
    ),
    Fault(
        "the status line counts documents of older revisions",
        (("ui/desktop.py", "        self.status.count_outbox()  # a document of an older", "        self._idle.start()  # a document of an older"),),
        (WINDOW + "test_G1_the_status_line_counts_ready_documents_again_when_their_case_changes",),
    ),
    Fault(
        "a bug shows what was typed",
        (("app.py", 'AVRR Desktop {__version__}\\n{text}"', 'AVRR Desktop {__version__}\\n{text}\\n{error}"'),),
        (WINDOW + "test_C12_an_exception_in_a_slot_reaches_one_hook_keeps_the_draft_and_the_program_goes_on",),
    ),
    Fault(
        "messages of bugs pile up",
        (("app.py", "if any(shown.isVisible() for shown in shell.findChildren(QMessageBox)):", "if shell is None:"),),
        (WINDOW + "test_C12_what_goes_wrong_while_a_bug_is_told_stays_one_message",),
    ),
    Fault(
        "a transaction that failed stays open",
        (("store/driver.py", '                    self._raw.execute("ROLLBACK")\n            elif', "                    pass\n            elif"),),
        (WINDOW + "test_C14_without_memory_a_save_fails_and_the_store_is_unharmed",),
    ),
    Fault(
        "a bug leaves its words in a file",
        (("app.py", "    text = log.bug(kind, trace)", '    text = log.bug(kind, trace)\n    (log_folder() / "last.txt").write_text(str(error))'),),
        (CANARY + "test_X1_no_canary_and_no_key_lies_about_in_the_clear",),
    ),
    Fault(
        "an error repeats what was typed",
        (("domain/rules.py", "        raise _bad(field)\n    return _clean_text(field, value)",
          '        raise BadInputError(str(value), N_("Correct it."))\n    return _clean_text(field, value)'),),
        (CANARY + "test_X1_no_canary_and_no_key_lies_about_in_the_clear", ERRORS + "test_G9_every_error_has_a_title_and_a_hint_that_can_be_translated"),
    ),
    Fault(
        "a hint helps nobody",
        (("operations/records.py", 'N_("Nothing was changed. Part of it was erased', 'N_("Part of it was erased'),),
        (ERRORS + "test_G9_every_error_says_what_is_safe_or_what_to_do",),
    ),
    Fault(
        "an error names a person",
        (("operations/records.py", '{"officer": _last_writer(workspace, part, case)}', '{"officer": current.text("family_name")}'),),
        (ERRORS + "test_G9_no_error_formats_a_value_of_a_record",),
    ),
    Fault(
        "a place in a text stays open",
        (("operations/unlocking.py", '{"count": SHORTEST_PASSPHRASE}', '{"number": SHORTEST_PASSPHRASE}'),),
        (ERRORS + "test_G9_every_place_in_a_text_is_filled",),
    ),
    Fault(
        "the engine gets words that it cuts in two",
        (("store/search.py", "for part in _PARTED.split(word))", "for part in [word])"),),
        (FUZZ + "test_E7_letters_that_the_engine_does_not_know_are_searched_all_the_same[Pa\\u19b5c]",),
    ),
    Fault(
        "packs are taken at their word",
        (("domain/pack_file.py", 'if self._text(name, "basis", table) not in BASES:', 'if table["basis"] not in BASES:'),),
        (FUZZ + "test_G9_a_wrong_type_in_a_pack_is_told_with_its_table[steps-basis-wrong2]",),
    ),
)  # fmt: skip
FAULTS = (*TIME_AND_TEXT, *KEPT, *GUARDED)
