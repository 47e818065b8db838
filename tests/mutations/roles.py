"""Faults of roles, planted: each lets somebody do what is not theirs."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
OFFICERS = _OPERATIONS + "test_officers.py::"
GIVING = _OPERATIONS + "test_giving.py::"
NOBODY = _OPERATIONS + "test_nobody.py::"
ROLES = _OPERATIONS + "test_permissions.py::"
WHO_LEFT = OFFICERS + "test_who_left_opens_nothing_and_what_they_sign_counts_no_more"
FOR_ONESELF = OFFICERS + "test_a_role_that_an_officer_writes_for_themselves_counts_for_nothing"
BY_CODE = OFFICERS + "test_the_recovery_code_gives_an_officer_a_new_passphrase"
A_ROLE = ROLES + "test_a_role_may_what_the_table_of_roles_says_and_nothing_else"

FAULTS = (
    Fault(
        "what nobody signed counts",
        (Mutation("operations/grants.py", "_counts", "False", "True"),),
        (GIVING + "test_an_entry_without_the_signature_of_a_person_gives_nothing",),
    ),
    Fault(
        "anybody gives",
        (Mutation("operations/grants.py", "_counts", "grant.gives", "grant.public_key"),),
        (FOR_ONESELF, GIVING + "test_a_spare_way_in_that_a_case_worker_wrote_down_gives_nothing"),
    ),
    Fault(
        "signatures are not compared",
        (
            Mutation(
                "operations/grants.py",
                "_counts",
                "public and verified(public, entry.change.digest, signature)",
                "public or verified(public, entry.change.digest, signature)",
            ),
        ),
        (FOR_ONESELF,),
    ),
    Fault(
        "who left gives",
        (
            Mutation(
                "operations/grants.py", "Grant.gives", "self.role in GIVING and not self.left_on", "self.role in GIVING"
            ),
        ),
        (WHO_LEFT,),
    ),
    Fault(
        "who left keeps the role",
        (Mutation("operations/grants.py", "Grants.role", '"" if grant.left_on else grant.role', "grant.role"),),
        (WHO_LEFT,),
    ),
    Fault(
        "the recovery code gives nothing",
        (
            Mutation(
                "operations/grants.py",
                "_counts",
                "[grants.root, *grants.spare_keys.values(), *(grant.public_key for grant in grants.officers.values() if grant.gives)]",
                "[grants.root, *(grant.public_key for grant in grants.officers.values() if grant.gives)]",
            ),
        ),
        (BY_CODE,),
    ),
    Fault(
        "the first passphrase is anybody's",
        (
            Mutation(
                "operations/officers.py",
                "give_passphrase",
                "prepared.officer != workspace.actor",
                "not prepared.officer",
            ),
        ),
        (GIVING + "test_the_first_own_passphrase_of_a_store_is_the_givers",),
    ),
    Fault(
        "one takes one's own passphrase",
        (
            Mutation(
                "operations/officers.py",
                "take_passphrase",
                "officer == workspace.actor or givers == {officer}",
                "givers == {officer}",
            ),
        ),
        (OFFICERS + "test_the_last_who_gives_roles_and_oneself_stay",),
    ),
    Fault(
        "the last who gives can go",
        (
            Mutation(
                "operations/officers.py",
                "take_passphrase",
                "officer == workspace.actor or givers == {officer}",
                "officer == workspace.actor",
            ),
        ),
        (GIVING + "test_the_recovery_code_takes_no_passphrase_from_the_last_who_gives",),
    ),
    Fault(
        "who leaves keeps the key of restricted records",
        (
            Mutation(
                "operations/officers.py",
                "take_passphrase",
                '{"left_on": today, "protection_key": None}',
                '{"left_on": today}',
            ),
        ),
        (GIVING + "test_who_leaves_leaves_their_key_of_restricted_records",),
    ),
    Fault(
        "whoever holds the key of restricted records hands it on",
        (Mutation("operations/officers.py", "give_protection", "_check_giving(workspace)", "pass"),),
        (GIVING + "test_who_holds_the_key_of_restricted_records_cannot_hand_it_on_without_the_role",),
    ),
    Fault(
        "the key of restricted records goes to whom the table names",
        (
            Mutation(
                "operations/officers.py",
                "give_protection",
                'workspace.grants.officers[officer].public_key if workspace.grants and _known(workspace, officer) else ""',
                'next(one.text("public_key") for one in workspace.store.reader.everything("officer") if one.uid == officer)',
            ),
        ),
        (OFFICERS + "test_a_key_that_nobody_signed_for_is_not_taken",),
    ),
    Fault(
        "one is one's own second person",
        (
            Mutation(
                "operations/officers.py",
                "second_person",
                'officer and officer != workspace.actor and workspace.grants and (workspace.grants.role(officer) == "supervisor")',
                'officer and workspace.grants and (workspace.grants.role(officer) == "supervisor")',
            ),
        ),
        (OFFICERS + "test_a_second_person_is_another_supervisor",),
    ),
    Fault(
        "any officer is a second person",
        (
            Mutation(
                "operations/officers.py",
                "second_person",
                'workspace.grants.role(officer) == "supervisor"',
                "workspace.grants.role(officer)",
            ),
        ),
        (
            OFFICERS + "test_a_second_person_is_another_supervisor",
            GIVING + "test_a_second_person_who_left_or_only_works_decides_nothing",
        ),
    ),
    Fault(
        "nobody in particular may do everything",
        (Mutation("operations/permission.py", "may", "permission is Permission.READ or workspace.trusted", "True"),),
        (NOBODY + "test_nobody_in_particular_only_reads_where_each_has_a_passphrase",),
    ),
    Fault(
        "whose row is gone is nobody",
        (
            Mutation(
                "operations/workspace.py",
                "workspace_over",
                'store.reader.record("officer", keys.officer) or Record("officer", keys.officer, {})',
                'store.reader.record("officer", keys.officer)',
            ),
        ),
        (NOBODY + "test_whose_row_was_taken_out_of_the_table_keeps_their_role_and_gets_no_other",),
    ),
    Fault(
        "one begins as somebody else",
        (Mutation("operations/officers.py", "_check_shared", "workspace.grants is not None", "workspace.locked"),),
        (NOBODY + "test_nobody_goes_to_work_as_somebody_else_or_as_a_new_officer",),
    ),
    Fault(
        "no verb asks",
        (
            Mutation(
                "operations/permission.py", "needs.mark.checked", "not may(workspace, permission)", "workspace.locked"
            ),
        ),
        (
            A_ROLE + "[Permission.RECORD-read_only]",
            A_ROLE + "[Permission.MANAGE-case_worker]",
            A_ROLE + "[Permission.READ-none]",
        ),
    ),
    Fault(
        "restricted records are read without their key",
        (
            Mutation(
                "operations/permission.py",
                "may",
                "permission is Permission.PROTECT and not workspace.protection",
                "workspace.locked",
            ),
        ),
        (OFFICERS + "test_the_key_of_restricted_records_is_given_and_taken",),
    ),
    Fault(
        "a verb names no permission",
        (Mutation("operations/rights.py", "work_again", "needs(Permission.APPROVE)", "lambda verb: verb"),),
        (ROLES + "test_every_verb_names_the_permission_that_it_needs",),
    ),
)
