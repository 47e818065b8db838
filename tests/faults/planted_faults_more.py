"""More faults to plant: what the tests of ``docs/faults.md`` must notice about files, disks and programs at once."""

from tests.faults.planted_list import Fault

_FAULTS = "tests/faults/"
POINTS, DISK, OPENING = _FAULTS + "test_failpoints.py::", _FAULTS + "test_disk.py::", _FAULTS + "test_opening.py::"
AT_ONCE, DAMAGE, POWER = _FAULTS + "test_at_once.py::", _FAULTS + "test_damage.py::", _FAULTS + "test_power.py::"
SWEEPING = "tests/ui/test_sweeping.py::"
ENDED = POINTS + "test_C2_ended_at_any_call_a_store_holds_what_was_before_or_what_was_to_be"

FAULTS_MORE = (
    Fault(
        "journal and tables are written in two transactions",
        (("store/store.py", "            case_pk = self.apply(entry, new_parents=",
          '            self.connection.execute("COMMIT")\n            self.connection.execute("BEGIN IMMEDIATE")\n'
          "            case_pk = self.apply(entry, new_parents="),),
        (ENDED + "[note-True]", ENDED + "[case-True]"),
    ),
    Fault(
        "the log of a program that died is thrown away",
        (("store/store.py", "        refuse_unfit(path, key)\n",
          '        refuse_unfit(path, key)\n        path.with_name("store.db-wal").unlink(missing_ok=True)\n'),),
        (POWER + "test_C3_whatever_a_power_cut_leaves_of_a_write_no_acknowledged_save_is_lost",
         POWER + "test_S8_a_log_cut_at_any_byte_holds_the_saves_before_the_cut_and_nothing_else"),
    ),
    Fault(
        "a draft is offered without its case",
        (("ui/today_page.py", "        if not draft.case:\n", "        if draft.case:\n"),),
        (_FAULTS + "test_typing.py::"
         "test_C4_what_was_typed_when_the_program_died_is_offered_with_case_and_time_in_its_own_case",),
    ),
    Fault(
        "a backup is written under its final name",
        (("store/backup.py", '    part = folder / f".part-{source.stem}-{sequence:04d}-{os.getpid()}"\n', "    part = final\n"),),
        (POINTS + "test_C5_ended_while_it_locks_nothing_readable_is_left_and_the_next_start_is_clean",
         POINTS + "test_C9_ended_while_backups_are_turned_over_a_whole_one_is_always_there"),
    ),
    Fault(
        "the store that was there is deleted when a backup is brought back",
        (("store/backup.py", "        put_in_place(target, aside)\n", "        shutil.rmtree(target)\n"),),
        (POINTS + "test_C9_ended_while_a_backup_is_brought_back_no_store_is_lost",),
    ),
    Fault(
        "the old key files go before the new ones are written",
        (("store/folder.py", "        for path in self._keys:\n            write_whole(path, key_file.to_bytes())",
          "        for path in self._keys:\n            path.unlink(missing_ok=True)\n        for path in self._keys:\n"
          "            write_whole(path, key_file.to_bytes())"),),
        (POINTS + "test_C10_ended_while_the_passphrase_changes_the_old_or_the_new_one_opens_and_the_code_always",),
    ),
    Fault(
        "a savepoint is taken back that a full disk has ended already",
        (("store/driver.py", "if self._raw.in_transaction:  # a full", "if self._depth:  # a full"),),
        (DISK + "test_D1_a_full_disk_is_said_the_form_keeps_its_text_and_saves_once_there_is_room",),
    ),
    Fault(
        "what was written in part stays",
        (("files.py", "        Path(name).unlink(missing_ok=True)\n", ""),),
        (DISK + "test_D3_a_document_on_a_full_stick_leaves_no_file_and_is_not_noted_as_handed_over",
         DISK + "test_D4_a_key_file_that_cannot_be_written_anew_leaves_whole_ones[full]"),
    ),
    Fault(
        "the half of a backup stays",
        (("store/backup.py", "        if part.exists():\n", "        if not part.exists():\n"),),
        (DISK + "test_D3_a_backup_on_a_full_disk_leaves_nothing_half_made_and_the_earlier_ones",
         DISK + "test_D3_a_backup_brought_back_on_a_full_disk_leaves_the_store_where_it_was"),
    ),
    Fault(
        "a commit that the disk refused counts as saved",
        (("store/driver.py", '            if self._depth == 0 and self._raw.in_transaction:\n                '
          'self._raw.execute("ROLLBACK")\n            raise', '            if self._depth == 0 and self._raw.in_transaction:\n'
          '                self._raw.execute("ROLLBACK")'),),
        (DISK + "test_D5_a_save_that_the_disk_refused_once_is_told_as_not_saved_and_the_next_one_holds",
         DISK + "test_D6_whichever_write_fails_the_store_holds_what_was_acknowledged"),
    ),
    Fault(
        "a file that may not be written is an error of nobody's",
        (("store/driver.py", 'if "readonly" in text or "unable to open" in text:', 'if "unable to open" in text:'),),
        (DISK + "test_D9_a_store_that_may_not_be_written_is_refused_in_words_and_nothing_tries",),
    ),
    Fault(
        "saving goes on into a folder that is gone",
        (("store/store.py", "        if not there:\n", "        if not there and not self.path:\n"),),
        (DISK + "test_D10_a_folder_that_is_gone_saves_nothing_into_nowhere_and_what_is_typed_waits",),
    ),
    Fault(
        "locking asks for the size of a store that is gone",
        (("operations/backups.py", "    if not file.exists():\n        return 0\n", ""),),
        (DISK + "test_D10_a_store_that_is_gone_can_be_locked_and_the_next_start_says_that_it_is_not_there",),
    ),
    Fault(
        "a scanner makes a file fail",
        (("files.py", "            time.sleep(pause)\n", "            raise\n"),),
        (DISK + "test_D13_a_file_that_a_scanner_holds_for_a_moment_is_put_in_its_place_all_the_same",),
    ),
    Fault(
        "a link hides the service that copies a folder",
        (("store/place.py", "if name := cloud_of(whole) or cloud_of(real):", "if name := cloud_of(whole):"),),
        (DISK + "test_D15_a_folder_that_a_service_copies_is_refused_by_name_with_the_reason[a link to it-Dropbox of the office]",),
    ),
    Fault(
        "the place of a store is looked at only when it is made",
        (("operations/workspace.py", "    refuse_place(folder)\n    place = StoreFolder(folder)\n    place.lock()",
          "    place = StoreFolder(folder)\n    place.lock()"),),
        (DISK + "test_D15_a_store_that_was_moved_into_a_synced_folder_is_not_opened",),
    ),
    Fault(
        "nothing keeps a second program out",
        (("store/driver.py", '            if exclusive:\n', "            if not exclusive:\n"),
         ("files.py", "fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)", "fcntl.flock")),
        (AT_ONCE + "test_K1_of_twenty_programs_that_start_at_the_same_instant_exactly_one_opens",
         AT_ONCE + "test_K3_without_the_lock_file_the_database_itself_refuses_the_second[deleted]",
         AT_ONCE + "test_K3_without_the_lock_file_the_database_itself_refuses_the_second[written anew]",
         OPENING + "test_S11_a_store_that_a_checker_holds_is_in_use_and_never_called_damaged[reading]"),
    ),
    Fault(
        "the lock is that the file exists",
        (("store/folder.py", 'file = (self.path / "lock").open("a+b")', 'file = (self.path / "lock").open("x+b")'),),
        (AT_ONCE + "test_K2_after_a_kill_the_next_start_opens_without_a_question",),
    ),
    Fault(
        "tidying waits for a reader",
        (("store/driver.py", '        self.execute("PRAGMA busy_timeout=0")\n', ""),),
        (AT_ONCE + "test_K5_while_somebody_reads_for_long_saves_and_tidying_do_not_wait",),
    ),
    Fault(
        "a busy store is an error of nobody's",
        (("store/driver.py", 'if "locked" in text or "busy" in text:', 'if "busy" in text:'),),
        (AT_ONCE + "test_K5_while_another_connection_writes_a_save_is_told_as_busy_and_the_form_keeps_its_text",
         OPENING + "test_S11_a_store_that_a_checker_holds_is_in_use_and_never_called_damaged[writing]"),
    ),
    Fault(
        "a form reads again while somebody types",
        (("ui/form.py", "        if self._new or self._dirty or self._saving", "        if self._new or self._saving"),),
        (AT_ONCE + "test_K6_what_comes_in_while_somebody_types_becomes_a_conflict_that_both_can_see",),
    ),
    Fault(
        "the lock does not wait for a save",
        (("ui/idle_lock.py", "self._timer.start(min(self._length, LOOK_MS))",
          "self._timer.start(min(self._length, LOOK_MS)) if self._length else self.due.emit()"),),
        (AT_ONCE + "test_K7_a_lock_that_falls_due_during_a_save_waits_for_it",),
    ),
    Fault(
        "a backup is a copy of the file",
        (("store/backup.py", 'connection.execute("VACUUM INTO ?", (str(part / "store.db"),))',
          'shutil.copyfile(source / "store.db", part / "store.db")'),),
        (AT_ONCE + "test_K8_every_backup_made_while_somebody_writes_is_whole_and_a_state_that_was",),
    ),
    Fault(
        "the entries of a backup are counted in the store",
        (("store/backup.py", '_held(part / "store.db", key)', '_held(source / "store.db", key)'),),
        (AT_ONCE + "test_K8_every_backup_made_while_somebody_writes_is_whole_and_a_state_that_was",),
    ),
    Fault(
        "lists and agenda are not compared",
        (("store/store.py", " and self._derived() == derived\n", "\n"),),
        (DAMAGE + "test_S2_old_pages_put_back_are_noticed_wherever_they_change_what_is_seen",),
    ),
    Fault(
        "the remembered end of the chain is believed",
        (("store/journal.py", " and self._ends_with(device, incarnation, *head[2:]):", ":"),),
        (DAMAGE + "test_S2_a_remembered_number_that_is_older_than_the_journal_gives_no_name_twice",),
    ),
    Fault(
        "a file that was cut is begun anew",
        (("store/store.py", "        refuse_unfit(path, key)\n",
          '        if path.stat().st_size % SMALLEST_FILE:\n            path.write_bytes(b"")\n        refuse_unfit(path, key)\n'),),
        (DAMAGE + "test_S3_every_truncation_is_noticed_and_told_in_words",),
    ),
    Fault(
        "a file without bytes is a new store",
        (("store/store.py", "if not path.exists() or path.stat().st_size < SMALLEST_FILE:", "if not path.exists():"),
         ("store/opening.py", "if version == 0:", "if version < 0:")),
        (OPENING + "test_S4_an_empty_file_is_no_new_store_and_the_way_back_is_said[nothing]",),
    ),
    Fault(
        "a wrong key is an error of nobody's",
        (("store/driver.py", 'if "not a database" in text or "vtable"', 'if "vtable"'),),
        (OPENING + "test_S5_a_wrong_passphrase_and_a_wrong_key_are_told_and_nothing_is_written",),
    ),
    Fault(
        "nobody says that entries are missing",
        (("store/store.py", "return max(0, int(sequence)", "return min(0, int(sequence)"),),
        (OPENING + "test_S6_a_log_that_was_taken_away_is_noticed_with_the_number_of_what_is_missing",),
    ),
    Fault(
        "a damaged copy of the key file is left as it is",
        (("store/folder.py", "            if not keep:\n", "            if not keep and not path.exists():\n"),),
        (OPENING + "test_S9_a_damaged_copy_of_the_key_file_is_passed_over_and_mended[keys-a.json]",
         OPENING + "test_S9_a_damaged_copy_of_the_key_file_is_passed_over_and_mended[keys-b.json]"),
    ),
    Fault(
        "without key files nobody is led to a backup",
        (("keys/slots.py", "keys-a.json and keys-b.json back from a backup.", "keys-a.json and keys-b.json back."),),
        (OPENING + "test_S10_without_any_key_file_it_is_said_where_to_look_and_those_of_a_backup_open_it",),
    ),
    Fault(
        "a store of the next version is opened",
        (("store/opening.py", "if version > SCHEMA:", "if version > SCHEMA + 1:"),),
        (OPENING + "test_S12_a_store_of_a_newer_program_is_refused_and_not_one_byte_is_written[the next]",),
    ),
    Fault(
        "a job's thread destroys what the window left over",
        (("ui/sweeping.py", "        gc.disable()\n", "        gc.enable()\n"),),
        (SWEEPING + "test_a_job_collects_nothing_and_the_window_does_it",),
    ),
    Fault(
        "nobody collects any more",
        (("ui/sweeping.py", "self._timer.timeout.connect(self.sweep)", "self._timer.setSingleShot(True)"),),
        (SWEEPING + "test_the_window_collects_by_itself",),
    ),
)  # fmt: skip
