"""More faults to plant: what the tests of ``docs/faults.md`` must notice about files, disks and programs at once."""

from tests.mutations.mutation import Fault, Mutation

_FAULTS = "tests/faults/"
POINTS, DISK, OPENING = _FAULTS + "test_failpoints.py::", _FAULTS + "test_disk.py::", _FAULTS + "test_opening.py::"
AT_ONCE, DAMAGE, POWER = _FAULTS + "test_at_once.py::", _FAULTS + "test_damage.py::", _FAULTS + "test_power.py::"
SWEEPING = "tests/ui/test_sweeping.py::"
ENDED = POINTS + "test_C2_ended_at_any_call_a_store_holds_what_was_before_or_what_was_to_be"

FAULTS = (
    Fault(
        "journal and tables are written in two transactions",
        (
            Mutation(
                "store/store.py",
                "Store.save",
                "case_pk = self.apply(entry, new_parents=[tuple(map(int, part.seen)) for part in parts])",
                'self.connection.execute("COMMIT")\n'
                'self.connection.execute("BEGIN IMMEDIATE")\n'
                "case_pk = self.apply(entry, new_parents=[tuple(map(int, part.seen)) for part in parts])",
            ),
        ),
        (ENDED + "[note-True]", ENDED + "[case-True]"),
    ),
    Fault(
        "the log of a program that died is thrown away",
        (
            Mutation(
                "store/store.py",
                "Store.open",
                "refuse_unfit(path, key)",
                'refuse_unfit(path, key)\npath.with_name("store.db-wal").unlink(missing_ok=True)',
            ),
        ),
        (
            POWER + "test_C3_whatever_a_power_cut_leaves_of_a_write_no_acknowledged_save_is_lost",
            POWER + "test_S8_a_log_cut_at_any_byte_holds_the_saves_before_the_cut_and_nothing_else",
        ),
    ),
    Fault(
        "a draft is offered without its case",
        (
            Mutation(
                "ui/today/today_page.py",
                "TodayPage._of_draft",
                'self._names.get(draft.case, "") if draft.case else ""',
                '""',
            ),
        ),
        (
            _FAULTS + "test_typing.py::"
            "test_C4_what_was_typed_when_the_program_died_is_offered_with_case_and_time_in_its_own_case",
        ),
    ),
    Fault(
        "a backup is written under its final name",
        (
            Mutation(
                "store/folder/backup.py",
                "write_backup",
                'folder / f".part-{source.stem}-{sequence:04d}-{os.getpid()}"',
                "final",
            ),
        ),
        (
            POINTS + "test_C5_ended_while_it_locks_nothing_readable_is_left_and_the_next_start_is_clean",
            POINTS + "test_C9_ended_while_backups_are_turned_over_a_whole_one_is_always_there",
        ),
    ),
    Fault(
        "the store that was there is deleted when a backup is brought back",
        (Mutation("store/folder/backup.py", "_exchange", "put_in_place(target, aside)", "shutil.rmtree(target)"),),
        (POINTS + "test_C9_ended_while_a_backup_is_brought_back_no_store_is_lost",),
    ),
    Fault(
        "the old key files go before the new ones are written",
        (
            Mutation(
                "store/folder/key_files.py",
                "KeyFiles.write_keys",
                "for path in self._keys:\n    write_whole(path, key_file.to_bytes())",
                "for path in self._keys:\n"
                "    path.unlink(missing_ok=True)\n"
                "for path in self._keys:\n"
                "    write_whole(path, key_file.to_bytes())",
            ),
        ),
        (POINTS + "test_C10_ended_while_the_passphrase_changes_the_old_or_the_new_one_opens_and_the_code_always",),
    ),
    Fault(
        "a savepoint is taken back that a full disk has ended already",
        (
            Mutation(
                "store/engine/driver.py", "Connection.immediate", "self._raw.in_transaction", "self._depth", which=2
            ),
        ),
        (DISK + "test_D1_a_full_disk_is_said_the_form_keeps_its_text_and_saves_once_there_is_room",),
    ),
    Fault(
        "what was written in part stays",
        (Mutation("files.py", "write_whole", "Path(name).unlink(missing_ok=True)", "pass"),),
        (
            DISK + "test_D3_a_document_on_a_full_stick_leaves_no_file_and_is_not_noted_as_handed_over",
            DISK + "test_D4_a_key_file_that_cannot_be_written_anew_leaves_whole_ones[full]",
        ),
    ),
    Fault(
        "the half of a backup stays",
        (Mutation("store/folder/backup.py", "_cleaned", "part.exists()", "not part.exists()"),),
        (
            DISK + "test_D3_a_backup_on_a_full_disk_leaves_nothing_half_made_and_the_earlier_ones",
            DISK + "test_D3_a_backup_brought_back_on_a_full_disk_leaves_the_store_where_it_was",
        ),
    ),
    Fault(
        "a commit that the disk refused counts as saved",
        (
            Mutation(
                "store/engine/driver.py",
                "Connection.immediate",
                'if self._depth == 0 and self._raw.in_transaction:\n    self._raw.execute("ROLLBACK")\nraise',
                'if self._depth == 0 and self._raw.in_transaction:\n    self._raw.execute("ROLLBACK")',
            ),
        ),
        (
            DISK + "test_D5_a_save_that_the_disk_refused_once_is_told_as_not_saved_and_the_next_one_holds",
            DISK + "test_D6_whichever_write_fails_the_store_holds_what_was_acknowledged",
        ),
    ),
    Fault(
        "a file that may not be written is an error of nobody's",
        (
            Mutation(
                "store/engine/driver.py",
                "_ours",
                "(dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN)",
                "(dbapi2.SQLITE_CANTOPEN,)",
            ),
        ),
        (DISK + "test_D9_a_store_that_may_not_be_written_is_refused_in_words_and_nothing_tries",),
    ),
    Fault(
        "saving goes on into a folder that is gone",
        (Mutation("store/store.py", "Store._refuse_when_gone", "not there", "not there and not self.path"),),
        (DISK + "test_D10_a_folder_that_is_gone_saves_nothing_into_nowhere_and_what_is_typed_waits",),
    ),
    Fault(
        "locking asks for the size of a store that is gone",
        (Mutation("operations/store/backups.py", "store_size", "if not file.exists():\n    return 0", "pass"),),
        (DISK + "test_D10_a_store_that_is_gone_can_be_locked_and_the_next_start_says_that_it_is_not_there",),
    ),
    Fault(
        "a scanner makes a file fail",
        (Mutation("files.py", "put_in_place", "time.sleep(pause)", "raise"),),
        (DISK + "test_D13_a_file_that_a_scanner_holds_for_a_moment_is_put_in_its_place_all_the_same",),
    ),
    Fault(
        "a link hides the service that copies a folder",
        (
            Mutation(
                "store/folder/location_rules.py", "refuse_place", "cloud_of(whole) or cloud_of(real)", "cloud_of(whole)"
            ),
        ),
        (
            DISK
            + "test_D15_a_folder_that_a_service_copies_is_refused_by_name_with_the_reason[a link to it-Dropbox of the office]",
        ),
    ),
    Fault(
        "the place of a store is looked at only when it is made",
        (Mutation("operations/store/opening.py", "open_unlocked", "refuse_place(folder)", "pass"),),
        (DISK + "test_D15_a_store_that_was_moved_into_a_synced_folder_is_not_opened",),
    ),
    Fault(
        "nothing keeps a second program out",
        (
            Mutation("store/engine/driver.py", "Connection._prepare", "exclusive", "not exclusive", which=2),
            Mutation(
                "files.py", "lock_file", "fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)", "fcntl.flock"
            ),
        ),
        (
            AT_ONCE + "test_K1_of_twenty_programs_that_start_at_the_same_instant_exactly_one_opens",
            AT_ONCE + "test_K3_without_the_lock_file_the_database_itself_refuses_the_second[deleted]",
            AT_ONCE + "test_K3_without_the_lock_file_the_database_itself_refuses_the_second[written anew]",
            OPENING + "test_S11_a_store_that_a_checker_holds_is_in_use_and_never_called_damaged[reading]",
        ),
    ),
    Fault(
        "the lock is that the file exists",
        (Mutation("store/folder/folder.py", "StoreFolder.lock", '"a+b"', '"x+b"'),),
        (AT_ONCE + "test_K2_after_a_kill_the_next_start_opens_without_a_question",),
    ),
    Fault(
        "tidying waits for a reader",
        (Mutation("store/engine/driver.py", "Connection.checkpoint", 'self.execute("PRAGMA busy_timeout=0")', "pass"),),
        (AT_ONCE + "test_K5_while_somebody_reads_for_long_saves_and_tidying_do_not_wait",),
    ),
    Fault(
        "a code of the engine is taken for one of its kinds alone",
        (Mutation("store/engine/driver.py", "_ours", "code & 0xFF", "code"),),
        (
            "tests/store/test_driver.py::test_what_the_engine_says_is_told_in_words_by_its_code[SQLITE_IOERR-one of its kind]",
        ),
    ),
    Fault(
        "a busy store is an error of nobody's",
        (
            Mutation(
                "store/engine/driver.py",
                "_ours",
                "(dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED)",
                "(dbapi2.SQLITE_LOCKED,)",
            ),
        ),
        (
            AT_ONCE + "test_K5_while_another_connection_writes_a_save_is_told_as_busy_and_the_form_keeps_its_text",
            OPENING + "test_S11_a_store_that_a_checker_holds_is_in_use_and_never_called_damaged[writing]",
        ),
    ),
    Fault(
        "a form reads again while somebody types",
        (
            Mutation(
                "ui/forms/form.py",
                "Form.show_current",
                "not self.state.replaceable",
                "self.state.put_back",
            ),
        ),
        (AT_ONCE + "test_K6_what_comes_in_while_somebody_types_becomes_a_conflict_that_both_can_see",),
    ),
    Fault(
        "the lock does not wait for a save",
        (
            Mutation(
                "ui/system/idle_lock.py",
                "IdleLock._begin",
                "self._timer.start(self._until_look(self._length))",
                "self._timer.start(self._until_look(self._length)) if self._length else self.due.emit()",
            ),
        ),
        (AT_ONCE + "test_K7_a_lock_that_falls_due_during_a_save_waits_for_it",),
    ),
    Fault(
        "a backup is a copy of the file",
        (
            Mutation(
                "store/folder/backup.py",
                "_copied",
                'connection.execute("VACUUM INTO ?", (str(target),))',
                'shutil.copyfile(source / "store.db", target)',
            ),
        ),
        (AT_ONCE + "test_K8_every_backup_made_while_somebody_writes_is_whole_and_a_state_that_was",),
    ),
    Fault(
        "the entries of a backup are counted in the store",
        (
            Mutation(
                "store/folder/backup.py",
                "write_backup",
                '_held(part / "store.db", key)',
                '_held(source / "store.db", key)',
            ),
        ),
        (AT_ONCE + "test_K8_every_backup_made_while_somebody_writes_is_whole_and_a_state_that_was",),
    ),
    Fault(
        "lists and agenda are not compared",
        (
            Mutation(
                "store/journal/comparing.py",
                "Comparison._slice",
                "_rows(self.store.connection, table, columns, there)",
                "_rows(mirror.connection, table, columns, here)",
            ),
        ),
        (DAMAGE + "test_S2_old_pages_put_back_are_noticed_wherever_they_change_what_is_seen",),
    ),
    Fault(
        "the remembered end of the chain is believed",
        (
            Mutation(
                "store/journal/journal.py",
                "Journal._last_of",
                "head[:2] == [device, incarnation] and self._ends_with(device, incarnation, *head[2:])",
                "head[:2] == [device, incarnation]",
            ),
        ),
        (DAMAGE + "test_S2_a_remembered_number_that_is_older_than_the_journal_gives_no_name_twice",),
    ),
    Fault(
        "a file that was cut is begun anew",
        (
            Mutation(
                "store/store.py",
                "Store.open",
                "refuse_unfit(path, key)",
                'if path.stat().st_size % SMALLEST_FILE:\n    path.write_bytes(b"")\nrefuse_unfit(path, key)',
            ),
        ),
        (DAMAGE + "test_S3_every_truncation_is_noticed_and_told_in_words",),
    ),
    Fault(
        "a file without bytes is a new store",
        (
            Mutation(
                "store/store.py",
                "Store.open",
                "not path.exists() or path.stat().st_size < SMALLEST_FILE",
                "not path.exists()",
            ),
            Mutation("store/engine/opening.py", "refuse_unfit", "version == 0", "version < 0"),
        ),
        (OPENING + "test_S4_an_empty_file_is_no_new_store_and_the_way_back_is_said[nothing]",),
    ),
    Fault(
        "a wrong key is an error of nobody's",
        (
            Mutation(
                "store/engine/driver.py",
                "_ours",
                "(dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT)",
                "(dbapi2.SQLITE_CORRUPT,)",
            ),
        ),
        (OPENING + "test_S5_a_wrong_passphrase_and_a_wrong_key_are_told_and_nothing_is_written",),
    ),
    Fault(
        "nobody says that entries are missing",
        (Mutation("store/store.py", "Store.missing_entries", "max", "min"),),
        (OPENING + "test_S6_a_log_that_was_taken_away_is_noticed_with_the_number_of_what_is_missing",),
    ),
    Fault(
        "a damaged copy of the key file is left as it is",
        (Mutation("store/folder/key_files.py", "KeyFiles.mend_keys", "not keep", "not keep and not path.exists()"),),
        (
            OPENING + "test_S9_a_damaged_copy_of_the_key_file_is_passed_over_and_mended[keys-a.json]",
            OPENING + "test_S9_a_damaged_copy_of_the_key_file_is_passed_over_and_mended[keys-b.json]",
        ),
    ),
    Fault(
        "without key files nobody is led to a backup",
        (
            Mutation(
                "keys/key_file.py",
                "damaged",
                '"The cases are still there, locked. Restore the files keys-a.json and keys-b.json from a backup."',
                '"The cases are still there, locked. Bring the files keys-a.json and keys-b.json back."',
            ),
        ),
        (OPENING + "test_S10_without_any_key_file_it_is_said_where_to_look_and_those_of_a_backup_open_it",),
    ),
    Fault(
        "a store of the next version is opened",
        (Mutation("store/engine/opening.py", "refuse_unfit", "version > SCHEMA", "version > SCHEMA + 1"),),
        (OPENING + "test_S12_a_store_of_a_newer_program_is_refused_and_not_one_byte_is_written[the next]",),
    ),
    Fault(
        "a job's thread destroys what the window left over",
        (Mutation("ui/system/gc_timer.py", "CollectorTimer.start", "gc.disable", "gc.enable"),),
        (SWEEPING + "test_unused_objects_are_collected_by_the_window_between_its_events",),
    ),
    Fault(
        "nobody collects any more",
        (
            Mutation(
                "ui/system/gc_timer.py",
                "CollectorTimer.__init__",
                "self._timer.timeout.connect(self.sweep)",
                "self._timer.setSingleShot(True)",
            ),
        ),
        (SWEEPING + "test_unused_objects_are_collected_by_the_window_between_its_events",),
    ),
)
