"""Faults of roles, planted: each lets somebody do what is not theirs."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
INSIDER = "tests/attacks/test_roles.py::"
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
        (
            Mutation(
                "operations/session/grants.py",
                "_signs",
                "bool(key and signature) and verified(key, envelope_digest(envelope), signature)",
                "True",
            ),
        ),
        (INSIDER + "test_an_entry_in_somebody_elses_name_is_seen[False]",),
    ),
    Fault(
        "anybody gives",
        (
            Mutation(
                "operations/session/grants.py",
                "given",
                "not key or allowed(standing, actor, grant) is not None",
                "not key",
            ),
        ),
        (INSIDER + "test_a_founder_who_was_demoted_or_left_gives_nothing_any_more",),
    ),
    Fault(
        "who left keeps the role",
        (Mutation("operations/session/grants.py", "Standing.role", "grant.left_on", "not officer"),),
        (WHO_LEFT,),
    ),
    Fault(
        "the recovery code gives nothing",
        (
            Mutation(
                "operations/session/grants.py",
                "given",
                "set() if actor else set(standing.spare_keys.values())",
                "set()",
            ),
        ),
        (BY_CODE,),
    ),
    Fault(
        "a grant from before a demotion counts after it",
        (Mutation("operations/session/grants.py", "_chosen", "one.key in other.cut_off", "not one.key"),),
        (INSIDER + "test_a_grant_that_is_dated_before_the_demotion_gives_nothing[True]",),
    ),
    Fault(
        "entries beside the chain of grants still give",
        (
            Mutation(
                "operations/session/grants.py", "_before_chain", "before is None or _is_before(signed, before)", "True"
            ),
        ),
        (INSIDER + "test_a_founder_who_was_demoted_or_left_gives_nothing_any_more",),
    ),
    Fault(
        "a slot's name is taken as proof",
        (
            Mutation(
                "operations/session/workspace.py",
                "_begin_as",
                "given is None or given.public_key != person.public",
                "given is None",
            ),
        ),
        (INSIDER + "test_a_slot_that_names_somebody_else_gives_nothing_but_reading_and_everybody_is_told",),
    ),
    Fault(
        "any key of restricted records is used",
        (
            Mutation(
                "operations/session/workspace.py",
                "Workspace.hold_protection",
                'self.grants.protection not in ("", protection_mark(key))',
                "not key",
            ),
        ),
        (INSIDER + "test_a_key_of_restricted_records_that_a_supervisor_chose_alone_is_told_and_not_used",),
    ),
    Fault(
        "one changes one's own role",
        (
            Mutation(
                "operations/session/grants.py",
                "allowed",
                'not _OWN.issuperset(changed) or changed.get("typed_by") or not own_role',
                "not own_role",
            ),
        ),
        (_OPERATIONS + "test_insider.py::test_somebody_who_may_give_roles_always_stays",),
    ),
    Fault(
        "one gives more than one has",
        (
            Mutation(
                "operations/session/grants.py", "allowed", "MAY_GIVE.get(own_role, frozenset())", "MAY_GIVE[SUPERVISOR]"
            ),
        ),
        (INSIDER + "test_nobody_gives_what_they_lack_nor_changes_their_own_role",),
    ),
    Fault(
        "whose passphrase the giver typed is their second person",
        (
            Mutation(
                "operations/session/second_person.py",
                "may_second",
                "not grant.typed_by or grant.typed_by != workspace.actor",
                "True",
            ),
        ),
        (INSIDER + "test_a_supervisor_who_was_made_up_is_no_second_person",),
    ),
    Fault(
        "a new supervisor does not wait",
        (
            Mutation(
                "operations/session/second_person.py", "waits_until", "workspace.clock.now() < until", "not officer"
            ),
        ),
        (INSIDER + "test_a_new_supervisor_waits_three_days_or_is_confirmed_by_a_third",),
    ),
    Fault(
        "a wrong try of the second person is not counted",
        (
            Mutation(
                "operations/session/second_person.py",
                "second_person",
                "workspace.folder.count_failed_unlock()",
                "pass",
            ),
        ),
        (INSIDER + "test_wrong_tries_of_the_second_person_are_counted",),
    ),
    Fault(
        "a name alone agrees",
        (
            Mutation(
                "operations/session/second_person.py",
                "may_second",
                "grant is None or grant.public_key != second.signer.public",
                "grant is None",
            ),
        ),
        (INSIDER + "test_a_forged_slot_is_no_second_person",),
    ),
    Fault(
        "the actor of an entry is not compared with its signature",
        (
            Mutation(
                "operations/session/grants.py",
                "Grants.wrote",
                "_signs(standing.officers[actor].public_key, signed)",
                "bool(_signature(signed))",
            ),
        ),
        (INSIDER + "test_an_entry_in_somebody_elses_name_is_seen[True]",),
    ),
    Fault(
        "who holds no key takes a restricted record away",
        (
            Mutation(
                "operations/session/records.py",
                "check_sealed",
                'SEALED in record.values or record.values.get("restricted")',
                "not record",
            ),
        ),
        (INSIDER + "test_who_holds_no_key_takes_no_restricted_record_away_nor_brings_one_back",),
    ),
    Fault(
        "the first passphrase is anybody's",
        (
            Mutation(
                "operations/access/officers.py",
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
                "operations/access/officers.py",
                "take_passphrase",
                "officer == workspace.actor or givers == {officer}",
                "givers == {officer}",
            ),
            Mutation("operations/session/claims.py", "_check", "reason is not None", "not workspace"),
        ),
        (OFFICERS + "test_the_last_who_gives_roles_and_oneself_stay",),
    ),
    Fault(
        "the last who gives can go",
        (
            Mutation(
                "operations/access/officers.py",
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
                "operations/access/officers.py",
                "take_passphrase",
                '{"left_on": today, "protection_key": None}',
                '{"left_on": today}',
            ),
        ),
        (GIVING + "test_who_leaves_leaves_their_key_of_restricted_records",),
    ),
    Fault(
        "whoever has access to restricted records hands it on",
        (
            Mutation("operations/access/officers.py", "give_protection", "_check_giving(workspace)", "pass"),
            Mutation("operations/session/claims.py", "_check", "reason is not None", "not workspace"),
        ),
        (GIVING + "test_who_holds_the_key_of_restricted_records_cannot_hand_it_on_without_the_role",),
    ),
    Fault(
        "the key of restricted records goes to whom the table names",
        (
            Mutation(
                "operations/access/officers.py",
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
                "operations/session/second_person.py",
                "may_second",
                "second.officer == workspace.actor",
                "not second.officer",
            ),
        ),
        (OFFICERS + "test_a_second_person_is_another_supervisor",),
    ),
    Fault(
        "any officer is a second person",
        (
            Mutation(
                "operations/session/second_person.py",
                "may_second",
                "workspace.grants.role(second.officer) == SUPERVISOR",
                "True",
            ),
        ),
        (
            OFFICERS + "test_a_second_person_is_another_supervisor",
            GIVING + "test_a_second_person_who_left_or_only_works_decides_nothing",
        ),
    ),
    Fault(
        "nobody in particular may do everything",
        (
            Mutation(
                "operations/session/permission.py", "may", "permission is Permission.READ or session.trusted", "True"
            ),
        ),
        (NOBODY + "test_nobody_in_particular_only_reads_where_each_has_a_passphrase",),
    ),
    Fault(
        "whose row is gone is nobody",
        (
            Mutation(
                "operations/session/workspace.py",
                "_begin_as",
                'workspace.store.reader.record("officer", officer) or Record("officer", officer, {})',
                'workspace.store.reader.record("officer", officer)',
            ),
        ),
        (NOBODY + "test_whose_row_was_taken_out_of_the_table_keeps_their_role_and_gets_no_other",),
    ),
    Fault(
        "one begins as another person",
        (
            Mutation(
                "operations/access/officers.py", "_check_shared", "workspace.grants is not None", "workspace.locked"
            ),
        ),
        (NOBODY + "test_nobody_goes_to_work_as_somebody_else_or_as_a_new_officer",),
    ),
    Fault(
        "a screen takes a key out of a session",
        (
            Mutation(
                "ui/widgets/recovery_card.py",
                "RecoveryCard.keep",
                "keeping_recovery_code(self._acts.workspace, passphrase, code, typed)",
                "self._acts.workspace.protection",
            ),
        ),
        (ROLES + "test_screens_hold_a_session_and_reach_neither_store_nor_keys",),
    ),
    Fault(
        "no verb asks",
        (
            Mutation(
                "operations/session/permission.py",
                "needs.mark.checked",
                "not may(session, permission)",
                "session.locked",
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
                "operations/session/permission.py",
                "may",
                "permission is Permission.PROTECT and not session.reads_restricted",
                "session.locked",
            ),
        ),
        (OFFICERS + "test_the_key_of_restricted_records_is_given_and_taken",),
    ),
    Fault(
        "a verb names no permission",
        (
            Mutation(
                "operations/protection/data_subject.py",
                "lift_restriction",
                "needs(Permission.APPROVE)",
                "lambda verb: verb",
            ),
        ),
        (ROLES + "test_every_verb_names_the_permission_that_it_needs",),
    ),
)
