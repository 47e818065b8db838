"""Faults of upgrades, of bringing backups back, of journeys and of closed documents, planted like those of the store."""

from tests.mutations.mutation import Fault, Mutation

UPGRADES, ASIDE = "tests/faults/test_upgrades.py::", "tests/faults/test_moved_aside.py::"
BACK, PAPER = "tests/faults/test_ways_back.py::", "tests/faults/test_password_paper.py::"
TRAVEL, CLI, ESCROW = "tests/operations/test_travel.py::", "tests/cli/test_travel.py::", "tests/cli/test_escrow.py::"
JOURNEY = "tests/journeys/test_backups.py::"
ENDED = UPGRADES + "test_C6_ended_at_any_call_the_old_schema_is_whole_or_the_new_one_complete_and_a_backup_is_there"
NO_ROOM = UPGRADES + "test_U3_with_too_little_room_it_is_refused_beforehand_and_no_byte_is_written"

FAULTS = (
    Fault(
        "an upgrade is no transaction",
        (Mutation("store/engine/opening.py", "migrate", "connection.immediate()", "translated()"),),
        (ENDED,),
    ),
    Fault(
        "an upgrade begins without a backup",
        (Mutation("store/engine/opening.py", "migrate", "before(connection)", "pass"),),
        (ENDED, UPGRADES + "test_U1_the_store_as_it_was_lies_in_a_backup_that_opens"),
    ),
    Fault(
        "what is new loses what lay in the outbox",
        (
            Mutation(
                "store/engine/migrations/m0002_safety.py",
                "apply",
                "for statement in STATEMENTS:\n    db.execute(statement)",
                'db.execute("DELETE FROM local_outbox")\nfor statement in STATEMENTS:\n    db.execute(statement)',
            ),
        ),
        (UPGRADES + "test_U1_what_lay_half_written_and_unsent_in_an_older_store_is_there_and_goes_on",),
    ),
    Fault(
        "the access log has no table in stores that were brought up to date",
        (
            Mutation(
                "store/engine/migrations/m0002_safety.py",
                "apply",
                "db.execute(statement)",
                'db.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE")) if "CREATE INDEX" not in statement else None',
            ),
        ),
        (UPGRADES + "test_U1_a_store_of_every_release_opens_with_all_it_held_and_is_worked_in[0.1.0]",),
    ),
    Fault(
        "nobody looks for room",
        (Mutation("store/engine/opening.py", "refuse_unfit", "refuse_little_room(path)", "pass"),),
        (NO_ROOM,),
    ),
    Fault(
        "room is looked for once the store is taken",
        (
            Mutation(
                "store/store.py",
                "Store.open",
                "refuse_unfit(path, key)\nconnection = opened_for_writing(path, key)",
                "connection = opened_for_writing(path, key)\nrefuse_unfit(path, key)",
            ),
        ),
        (NO_ROOM,),
    ),
    Fault(
        "room for the store itself is enough",
        (Mutation("store/folder/location_rules.py", "refuse_little_room", "2.5", "1.0"),),
        (NO_ROOM, UPGRADES + "test_U3_a_store_that_fits_two_and_a_half_times_is_not_refused"),
    ),
    Fault(
        "an older program opens a newer store",
        (Mutation("store/engine/opening.py", "refuse_unfit", "version > SCHEMA", "version > SCHEMA + 9"),),
        (UPGRADES + "test_U4_a_program_that_knows_an_older_schema_refuses_and_changes_no_byte",),
    ),
    Fault(
        "a store that was moved aside is not looked for",
        (Mutation("store/folder/folder.py", "moved_aside", "found[-1] if found else None", "None"),),
        (
            ASIDE + "test_C9_a_store_that_was_moved_aside_when_a_restore_was_cut_off_is_found_and_said",
            ASIDE + "test_C9_the_window_says_at_its_start_that_the_store_was_moved_aside",
        ),
    ),
    Fault(
        "of several stores that were moved aside any is named",
        (Mutation("store/folder/folder.py", "moved_aside", "int(match[1])", "0"),),
        (ASIDE + "test_C9_of_several_that_were_moved_aside_the_last_is_named",),
    ),
    Fault(
        "what an ended backup left stays",
        (
            Mutation(
                "store/folder/backup.py",
                "write_backup",
                '_sweep(folder, rf"\\.part-{re.escape(source.stem)}-\\d{{4,}}-\\d+")',
                'str(rf"\\.part-{re.escape(source.stem)}-\\d{{4,}}-\\d+")',
            ),
        ),
        (ASIDE + "test_C9_what_an_ended_backup_left_goes_at_the_next_backup_and_nothing_of_others",),
    ),
    Fault(
        "what others have half-made goes, too",
        (
            Mutation(
                "store/folder/backup.py",
                "write_backup",
                'rf"\\.part-{re.escape(source.stem)}-\\d{{4,}}-\\d+"',
                'rf"\\.part-.*"',
            ),
        ),
        (ASIDE + "test_C9_what_an_ended_backup_left_goes_at_the_next_backup_and_nothing_of_others",),
    ),
    Fault(
        "what an ended restore left stays",
        (Mutation("operations/store/opening.py", "open_unlocked", "sweep_ended(folder)", "pass"),),
        (ASIDE + "test_C9_what_an_ended_restore_or_rehearsal_left_goes_at_the_next_start",),
    ),
    Fault(
        "a store is open to others while a backup is brought back over it",
        (Mutation("operations/store/backups.py", "restore_backup", "there.lock()", "pass"),),
        (ASIDE + "test_C9_nobody_opens_a_store_while_a_backup_is_being_brought_back_over_it",),
    ),
    Fault(
        "a backup that is stopped goes on",
        (
            Mutation(
                "store/folder/backup.py",
                "_go_on",
                "not progress(done, PARTS)",
                "not progress(done, PARTS) and done > PARTS",
            ),
        ),
        (ASIDE + "test_C9_a_backup_that_is_stopped_after_any_part_leaves_nothing_half_made[1]",),
    ),
    Fault(
        "a backup is made on the window's own connection",
        (
            Mutation(
                "operations/store/backups.py",
                "backup_work.work",
                "Connection(file, key, read_only=True)",
                "workspace.store.connection",
            ),
        ),
        (JOURNEY + "test_a_save_goes_through_while_a_backup_is_made_and_a_lock_ends_it_whole_or_not_at_all",),
    ),
    Fault(
        "the store that was there is written over",
        (Mutation("store/folder/backup.py", "_exchange", "put_in_place(target, aside)", "shutil.rmtree(target)"),),
        (
            BACK + "test_B6_work_over_which_a_backup_was_brought_back_lies_aside_and_is_rescued",
            CLI + "test_work_is_rescued_out_of_the_store_that_a_restore_moved_aside",
        ),
    ),
    Fault(
        "what the other copy holds is looked at and not taken",
        (
            Mutation(
                "store/journal/merge.py",
                "_Taking.take",
                "self._keep(change, entry, gone, arrived)",
                "pass",
            ),
        ),
        (
            BACK + "test_B6_work_over_which_a_backup_was_brought_back_lies_aside_and_is_rescued",
            CLI + "test_a_journey_takes_the_named_cases_along_and_brings_back_what_changed",
        ),
    ),
    Fault(
        "files of cases do not travel",
        (Mutation("operations/exchange/journey.py", "_copy_files", "here.put_as(name, content)", "pass"),),
        (TRAVEL + "test_files_of_the_chosen_cases_go_along_and_those_added_on_the_way_come_back",),
    ),
    Fault(
        "keys go to where they were",
        (
            Mutation(
                "cli/travel.py",
                "run_travel",
                "given.keys_to.resolve().is_relative_to(home)",
                "given.keys_to.resolve().is_relative_to(home / home.name)",
            ),
        ),
        (CLI + "test_a_journey_that_is_refused_leaves_keys_and_store_as_they_are",),
    ),
    Fault(
        "another person of the case is told",
        (Mutation("cli/rights.py", "run_own_data", "number - 1", "number % len(case_file.members)"),),
        (CLI + "test_a_person_is_given_what_is_held_about_them",),
    ),
    Fault(
        "a share is shown on the screen",
        (Mutation("cli/escrow.py", "run_new", "print(made.recipient)", "print(made.recipient, made.shares)"),),
        (ESCROW + "test_two_shares_of_a_new_escrow_let_an_officer_in_again",),
    ),
    Fault(
        "nobody tries a slot before it is kept",
        (Mutation("keys/slots.py", "_boxed", "opened(file, slot, wrapping) != secrets", "not file.store"),),
        (BACK + "test_B12_a_code_that_would_not_open_the_store_is_never_kept",),
    ),
    Fault(
        "a recovery slot wraps another key",
        (Mutation("keys/slots.py", "_spare", "_personal(own.master, own.root)", "_personal(own.root, own.root)"),),
        (
            BACK
            + "test_B12_the_slot_of_a_kept_code_holds_the_key_of_the_store_and_a_passphrase_changed_later_spoils_nothing",
        ),
    ),
    Fault(
        "a document with a password opens for everybody",
        (Mutation("pdf/encryption.py", "with_password", "user=password", 'user=""'),),
        (PAPER + "test_P6_the_document_opens_with_its_password_and_with_nothing_else",),
    ),
    Fault(
        "a document is closed with 128 bits",
        (Mutation("pdf/encryption.py", "with_password", "6", "4"),),
        (PAPER + "test_P6_it_is_closed_with_256_bits_and_the_newest_revision",),
    ),
    Fault(
        "the recipient stands in the name of the file",
        (
            Mutation(
                "operations/documents/outbox.py",
                "hand_over",
                "way.write(name, content)",
                'way.write(f"{to}-{name}", content)',
            ),
        ),
        (PAPER + "test_P6_no_word_of_anybody_is_in_its_bytes_its_name_or_what_is_said_about_it",),
    ),
    Fault(
        "the password is kept beside the document",
        (Mutation("operations/documents/outbox.py", "hand_over", "reason", "reason + password", which=2),),
        (PAPER + "test_P6_no_two_documents_share_a_password_and_none_is_kept",),
    ),
    Fault(
        "the key files of other store are written over",
        (
            Mutation(
                "operations/exchange/journey.py",
                "_refuse_others",
                "place.read_keys().copy != copy",
                "not place.read_keys().copy",
            ),
        ),
        (TRAVEL + "test_key_files_of_another_store_are_never_written_over",),
    ),
)
