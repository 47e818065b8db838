"""Faults of upgrades, of bringing backups back, of journeys and of closed documents, planted like those of the store."""

from tests.faults.planted_list import Fault

UPGRADES, ASIDE = "tests/faults/test_upgrades.py::", "tests/faults/test_moved_aside.py::"
BACK, PAPER = "tests/faults/test_ways_back.py::", "tests/faults/test_password_paper.py::"
TRAVEL, CLI, ESCROW = "tests/operations/test_travel.py::", "tests/cli/test_travel.py::", "tests/cli/test_escrow.py::"
JOURNEY = "tests/journeys/test_backups.py::"
ENDED = UPGRADES + "test_C6_ended_at_any_call_the_old_schema_is_whole_or_the_new_one_complete_and_a_backup_is_there"
NO_ROOM = UPGRADES + "test_U3_with_too_little_room_it_is_refused_beforehand_and_no_byte_is_written"

FAULTS = (
    Fault(
        "an upgrade is no transaction",
        (("store/opening.py", "    with translated(), connection.immediate():", "    with translated():"),),
        (ENDED,),
    ),
    Fault(
        "an upgrade begins without a backup",
        (("store/opening.py", "        before(connection)\n", "        pass\n"),),
        (ENDED, UPGRADES + "test_U1_the_store_as_it_was_lies_in_a_backup_that_opens"),
    ),
    Fault(
        "what is new loses what lay in the outbox",
        (("store/migrations/m0002_safety.py", "    for statement in STATEMENTS:",
          '    db.execute("DELETE FROM local_outbox")\n    for statement in STATEMENTS:'),),
        (UPGRADES + "test_U1_what_lay_half_written_and_unsent_in_an_older_store_is_there_and_goes_on",),
    ),
    Fault(
        "the access log has no table in stores that were brought up to date",
        (("store/migrations/m0002_safety.py", "CREATE TABLE accesses (", "CREATE TEMP TABLE accesses ("),
         ("store/migrations/m0002_safety.py", '    "CREATE INDEX accesses_case ON accesses (case_link, pk)",\n', "")),
        (UPGRADES + "test_U1_a_store_of_every_release_opens_with_all_it_held_and_is_worked_in[0.1.0]",),
    ),
    Fault(
        "nobody looks for room",
        (("store/opening.py", "        refuse_little_room(path)\n", "        pass\n"),),
        (NO_ROOM,),
    ),
    Fault(
        "room is looked for once the store is taken",
        (("store/store.py", "        refuse_unfit(path, key)\n        connection = Connection(path, key, exclusive=True)\n",
          "        connection = Connection(path, key, exclusive=True)\n        refuse_unfit(path, key)\n"),),
        (NO_ROOM,),
    ),
    Fault(
        "room for the store itself is enough",
        (("store/place.py", "times: float = 2.5", "times: float = 1.0"),),
        (NO_ROOM, UPGRADES + "test_U3_a_store_that_fits_two_and_a_half_times_is_not_refused"),
    ),
    Fault(
        "an older program opens a newer store",
        (("store/opening.py", "    if version > SCHEMA:", "    if version > SCHEMA + 9:"),),
        (UPGRADES + "test_U4_a_program_that_knows_an_older_schema_refuses_and_changes_no_byte",),
    ),
    Fault(
        "a store that was moved aside is not looked for",
        (("store/folder.py", "    return found[-1] if found else None", "    return None"),),
        (ASIDE + "test_C9_a_store_that_was_moved_aside_when_a_restore_was_cut_off_is_found_and_said",
         ASIDE + "test_C9_the_window_says_at_its_start_that_the_store_was_moved_aside"),
    ),
    Fault(
        "of several stores that were moved aside any is named",
        (("store/folder.py", "names = [(int(match[1]), path)", "names = [(0, path)"),),
        (ASIDE + "test_C9_of_several_that_were_moved_aside_the_last_is_named",),
    ),
    Fault(
        "what an ended backup left stays",
        (("store/backup.py", '    _sweep(folder, rf"', '    str(rf"'),),
        (ASIDE + "test_C9_what_an_ended_backup_left_goes_at_the_next_backup_and_nothing_of_others",),
    ),
    Fault(
        "what others have half-made goes, too",
        (("store/backup.py", r"\.part-{re.escape(source.stem)}-\d{{4,}}-\d+", r"\.part-.*"),),
        (ASIDE + "test_C9_what_an_ended_backup_left_goes_at_the_next_backup_and_nothing_of_others",),
    ),
    Fault(
        "what an ended restore left stays",
        (("operations/workspace.py", "        sweep_ended(folder)\n", ""),),
        (ASIDE + "test_C9_what_an_ended_restore_or_rehearsal_left_goes_at_the_next_start",),
    ),
    Fault(
        "a store is open to others while a backup is brought back over it",
        (("operations/backups.py", "        there.lock()  # refused while a window has it open", "        pass"),),
        (ASIDE + "test_C9_nobody_opens_a_store_while_a_backup_is_being_brought_back_over_it",),
    ),
    Fault(
        "a backup that is stopped goes on",
        (("store/backup.py", "    if not progress(done, PARTS):", "    if not progress(done, PARTS) and done > PARTS:"),),
        (ASIDE + "test_C9_a_backup_that_is_stopped_after_any_part_leaves_nothing_half_made[1]",),
    ),
    Fault(
        "a backup is made on the window's own connection",
        (("operations/backups.py", "        connection = Connection(file, key, read_only=True)\n        try:",
          "        connection = workspace.store.connection\n        try:"),),
        (JOURNEY + "test_a_save_goes_through_while_a_backup_is_made_and_a_lock_ends_it_whole_or_not_at_all",),
    ),
    Fault(
        "the store that was there is written over",
        (("store/backup.py", "        put_in_place(target, aside)\n", "        shutil.rmtree(target)\n"),),
        (BACK + "test_B6_work_over_which_a_backup_was_brought_back_lies_aside_and_is_rescued",
         CLI + "test_work_is_rescued_out_of_the_store_that_a_restore_moved_aside"),
    ),
    Fault(
        "what the other copy holds is looked at and not taken",
        (("store/taking_in.py", "            number = store.journal.keep(entry.change)\n",
          "            continue\n            number = store.journal.keep(entry.change)\n"),),
        (BACK + "test_B6_work_over_which_a_backup_was_brought_back_lies_aside_and_is_rescued",
         CLI + "test_a_journey_takes_the_named_cases_along_and_brings_back_what_changed"),
    ),
    Fault(
        "files of cases do not travel",
        (("operations/travel.py", "        here.put(content)\n", "        pass\n"),),
        (TRAVEL + "test_files_of_the_chosen_cases_go_along_and_those_added_on_the_way_come_back",),
    ),
    Fault(
        "keys go to where they were",
        (("cli_travel.py", ".is_relative_to(home):", ".is_relative_to(home / home.name):"),),
        (CLI + "test_a_journey_that_is_refused_leaves_keys_and_store_as_they_are",),
    ),
    Fault(
        "another person of the case is told",
        (("cli_rights.py", "case_file.members[given.person - 1]", "case_file.members[given.person % len(case_file.members)]"),),
        (CLI + "test_a_person_is_given_what_is_held_about_them",),
    ),
    Fault(
        "a share is shown on the screen",
        (("cli_escrow.py", "    print(made.recipient)\n", "    print(made.recipient, made.shares)\n"),),
        (ESCROW + "test_two_shares_of_a_new_escrow_let_an_officer_in_again",),
    ),
    Fault(
        "nobody tries a slot before it is kept",
        (("keys/slots.py", "    if enter(file, passphrase).secrets != secrets:", "    if not file.slots:"),),
        (BACK + "test_B12_a_code_that_would_not_open_the_store_is_never_kept",),
    ),
    Fault(
        "a recovery slot wraps another key",
        (("keys/slots.py", "    return replace(_personal(own.master, own.root), compartment=compartment)",
          "    return replace(_personal(own.root, own.root), compartment=compartment)"),),
        (BACK + "test_B12_the_slot_of_a_kept_code_holds_the_key_of_the_store_and_a_passphrase_changed_later_spoils_nothing",),
    ),
    Fault(
        "a document with a password opens for everybody",
        (("pdf/closing.py", "user=password", 'user=""'),),
        (PAPER + "test_P6_the_document_opens_with_its_password_and_with_nothing_else",),
    ),
    Fault(
        "a document is closed with 128 bits",
        (("pdf/closing.py", "R=6, allow=allowed, metadata=True", "R=4, allow=allowed, metadata=True"),),
        (PAPER + "test_P6_it_is_closed_with_256_bits_and_the_newest_revision",),
    ),
    Fault(
        "the recipient stands in the name of the file",
        (("operations/printing.py", "    path = folder / name\n    write_whole(path, content)\n    workspace",
          '    path = folder / f"{to}-{name}"\n    write_whole(path, content)\n    workspace'),),
        (PAPER + "test_P6_no_word_of_anybody_is_in_its_bytes_its_name_or_what_is_said_about_it",),
    ),
    Fault(
        "the password is kept beside the document",
        (("operations/printing.py", '        serial=item.serial, recipient=to, reason=reason,\n    )  # fmt: skip\n    return Handed',
          '        serial=item.serial, recipient=to, reason=reason + password,\n    )  # fmt: skip\n    return Handed'),),
        (PAPER + "test_P6_no_two_documents_share_a_password_and_none_is_kept",),
    ),
    Fault(
        "the key files of another store are written over",
        (("operations/travel.py", "place.read_keys().store != store:", "not place.read_keys().store:"),),
        (TRAVEL + "test_key_files_of_another_store_are_never_written_over",),
    ),
)  # fmt: skip
