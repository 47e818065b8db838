"""Faults of the policy and of updates, planted like those of the store."""

from tests.mutations.mutation import Fault, Mutation

CLOSING = "tests/operations/test_closing_windows.py::"
UPDATES, POLICIES = "tests/faults/test_updates.py::", "tests/operations/test_policies.py::"
NOTICES = UPDATES + "test_U8_each_notice_that_is_not_the_next_version_of_our_it_is_refused_with_its_reason"
CLOSED = POLICIES + "test_what_the_policy_closes_does_not_leave"

WINDOW = "tests/packing/test_window_child.py::"

OWNER = "tests/operations/test_policy_owner.py::"

FAULTS = (
    Fault(
        "a policy counts whoever wrote it",
        (Mutation("operations/computer/policy_file.py", "read_policy_at", "not belongs_to_the_system(path)", "False"),),
        (
            OWNER + "test_a_policy_that_somebody_else_can_have_written_does_not_hold",
            OWNER + "test_no_foreign_escrow_is_let_into_a_new_store",
        ),
    ),
    Fault(
        "the folders above a policy are not looked at",
        (
            Mutation(
                "operations/computer/policy_owner.py",
                "belongs_to_the_system",
                "{*named.parents, *real.parents}",
                "{real.parent}",
            ),
        ),
        (OWNER + "test_a_policy_that_somebody_else_can_have_written_does_not_hold",),
    ),
    Fault(
        "nobody says whose escrow opens a new store",
        (Mutation("cli/store.py", "run_store_create", "escrow_line(workspace.policy, words)", "''"),),
        (OWNER + "test_whoever_makes_a_store_is_told_whose_escrow_opens_it",),
    ),
    Fault(
        "the smoke test does not look at the window",
        (Mutation("operations/program/self_test.py", "smoke_test", 'f"window: {window_drawn()}"', '"window: drawn"'),),
        (WINDOW + "test_a_part_of_qt_that_does_not_load_is_one_line_and_is_logged",),
    ),
    Fault(
        "what shows a package on a screen is not loaded",
        (Mutation("window_child.py", "load_plugins", "x or (packaged and not wayland)", "x"),),
        (WINDOW + "test_a_plugin_of_a_screen_names_what_it_lacks",),
    ),
    Fault(
        "a window that cannot start ends with a traceback",
        (Mutation("__main__.py", "open_window", "return cli.say_no_window(error)", "raise"),),
        (WINDOW + "test_a_part_of_qt_that_does_not_load_is_one_line_and_is_logged",),
    ),
    Fault(
        "a signature is not looked at",
        (
            Mutation(
                "operations/program/update/offer.py",
                "read_offer",
                "check_signature(content_hash(content), signature, key)",
                "pass",
            ),
        ),
        (NOTICES,),
    ),
    Fault(
        "an update never goes out of date",
        (Mutation("operations/program/update/offer.py", "_refuse_release", "today > release.expires", "False"),),
        (NOTICES,),
    ),
    Fault(
        "the sum of a package is not compared",
        (
            Mutation(
                "operations/program/update/offer.py",
                "_refuse_package",
                'hashlib.file_digest(file, "sha256").hexdigest() != release.sha256',
                'hashlib.file_digest(file, "sha256") is None',
            ),
        ),
        (NOTICES,),
    ),
    Fault(
        "any system takes any package",
        (
            Mutation(
                "operations/program/update/offer.py", "_refuse_release", "release.platform != platform_name()", "False"
            ),
        ),
        (NOTICES,),
    ),
    Fault(
        "no version is remembered",
        (Mutation("operations/program/update/offer.py", "read_offer", "remember_seen(release.version)", "pass"),),
        (UPDATES + "test_U8_a_version_that_was_seen_once_is_the_lowest_that_is_taken",),
    ),
    Fault(
        "a new version is not tried",
        (
            Mutation(
                "operations/program/update/staging.py",
                "stage",
                "_try(new, offer.release.version, lambda: progress(2, 3))",
                "pass",
            ),
        ),
        (UPDATES + "test_a_version_that_does_not_work_here_is_not_put_in_place",),
    ),
    Fault(
        "what is unpacked is not what was compared",
        (
            Mutation(
                "operations/program/update/staging.py", "_copied", "summed.hexdigest() != offer.release.sha256", "False"
            ),
        ),
        (UPDATES + "test_U8_a_package_that_is_swapped_after_it_was_checked_is_not_unpacked",),
    ),
    Fault(
        "a package lays files where it likes",
        (Mutation("operations/program/update/staging.py", "unpack", "path.is_relative_to(place)", "True"),),
        (UPDATES + "test_a_package_lays_files_and_folders_into_its_own_place_and_nothing_else[outside]",),
    ),
    Fault(
        "an update goes on after a lock",
        (Mutation("operations/program/update/staging.py", "asked", "not go_on() or ticks() > end", "ticks() > end"),),
        (UPDATES + "test_a_trial_is_ended_with_all_that_it_started_when_somebody_locks",),
    ),
    Fault(
        "an old program that lies on the side is swept",
        (Mutation("operations/program/update/staging.py", "sweep", "_settle(left, program)", "pass"),),
        (UPDATES + "test_ended_in_the_middle_a_whole_program_is_in_place_and_the_old_one_is_not_lost[rename]",),
    ),
    Fault(
        "what could not be kept is exchanged all the same",
        (
            Mutation(
                "operations/program/update/install.py",
                "put_in_place",
                "exchange(staged.folder, staged.program)\nraise",
                "raise",
            ),
        ),
        (UPDATES + "test_where_the_old_program_cannot_be_kept_nothing_is_exchanged",),
    ),
    Fault(
        "open programs do not count",
        (Mutation("operations/computer/instances.py", "_others", "_held(path)", "False"),),
        (UPDATES + "test_U9_nothing_is_replaced_while_the_program_is_open",),
    ),
    Fault(
        "commands are ended with the windows",
        (Mutation("operations/computer/instances.py", "own_windows", "path.suffix == WINDOW", "True"),),
        (CLOSING + "test_a_command_that_runs_is_not_asked",),
    ),
    Fault(
        "a window that is still there counts as closed",
        (Mutation("operations/computer/closing_windows.py", "_still", "one.process in here", "False"),),
        (CLOSING + "test_a_window_that_does_not_end_is_told",),
    ),
    Fault(
        "a crash counts as a running program for ever",
        (Mutation("operations/computer/instances.py", "_held", "False", "True"),),
        (UPDATES + "test_U9_a_program_that_crashed_does_not_count",),
    ),
    Fault(
        "the old program is removed before the new one is there",
        (
            Mutation(
                "operations/program/update/install.py",
                "put_in_place",
                "exchange(staged.folder, staged.program)",
                '__import__("shutil").rmtree(staged.program)\nexchange(staged.folder, staged.program)',
                which=1,
            ),
        ),
        (UPDATES + "test_ended_in_the_middle_a_whole_program_is_in_place_and_the_old_one_is_not_lost[exchange]",),
    ),
    Fault(
        "a policy allows shorter passphrases than the program",
        (
            Mutation(
                "domain/policy.py",
                "shortest_passphrase",
                "max(SHORTEST_PASSPHRASE, self.passphrase_least)",
                "self.passphrase_least or SHORTEST_PASSPHRASE",
            ),
            Mutation("domain/policy.py", "_letters", "SHORTEST_PASSPHRASE <= value <= LONGEST_ASKED", "0 < value"),
        ),
        (POLICIES + "test_the_policy_asks_for_longer_passphrases_and_never_for_shorter_ones",),
    ),
    Fault(
        "the place of stores in a policy is not looked at",
        (
            Mutation(
                "operations/computer/policy_file.py",
                "own_store",
                "store_was_there(named) or not store_was_there(own)",
                "False",
            ),
        ),
        (POLICIES + "test_a_store_that_nobody_names_lies_where_the_policy_says_unless_it_lay_elsewhere_before",),
    ),
    Fault(
        "a closed printer prints all the same",
        (
            Mutation(
                "operations/documents/export_policy.py", "paper_open", "workspace.policy.printing is not False", "True"
            ),
        ),
        (POLICIES + "test_where_printing_is_closed_only_what_a_person_may_have_goes_on_paper",),
    ),
    Fault(
        "backups stay as without a policy",
        (Mutation("domain/policy.py", "newest_kept", "self.backups_kept or KEPT", "KEPT"),),
        (POLICIES + "test_as_many_backups_stay_as_the_policy_says",),
    ),
    Fault(
        "a policy in the registry that cannot be read opens every way out",
        (Mutation("operations/computer/policy_file.py", "read_policy_here", "policy.unreadable(0)", "Policy()"),),
        ("tests/operations/test_policy_registry.py::test_a_registry_that_cannot_be_read_closes_every_way_out",),
    ),
    Fault(
        "a broken policy opens every way out",
        (
            Mutation(
                "domain/policy.py",
                "Policy.may_leave",
                "not self.problems and (self.exports is None or way in self.exports)",
                "self.exports is None or way in self.exports",
            ),
        ),
        ("tests/domain/test_policy.py::test_a_wrong_line_is_named_and_closes_every_way_out[office.name- ]",),
    ),
    Fault(
        "a journey leaves whatever the policy says",
        (Mutation("operations/exchange/journey.py", "take_along", "check_way(workspace, JOURNEY)", "pass"),),
        (CLOSED,),
    ),
    Fault(
        "many prints leave whatever the policy says",
        (Mutation("operations/documents/many_prints.py", "write_pdfs", "check_way(workspace, PLAIN)", "pass"),),
        (CLOSED,),
    ),
    Fault(
        "a table leaves whatever the policy says",
        (Mutation("operations/reports/registers.py", "save_table", "check_way(workspace, TABLE)", "pass"),),
        (CLOSED,),
    ),
    Fault(
        "a new store forgets the escrow",
        (
            Mutation(
                "operations/store/create.py",
                "_furnish",
                "policy.escrow and keys.entry is not None",
                "False and keys.entry is not None",
            ),
        ),
        (POLICIES + "test_a_new_store_takes_pack_and_escrow_from_the_policy",),
    ),
    Fault(
        "a trial changes the store itself",
        (
            Mutation(
                "operations/store/schema_upgrade.py",
                "rehearse_upgrade",
                "copied(place.database, side)",
                "place.database",
            ),
        ),
        ("tests/cli/test_upgrade.py::test_a_store_is_tried_on_a_copy_and_then_brought_over",),
    ),
)
