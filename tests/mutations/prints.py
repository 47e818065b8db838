"""Faults of prints, planted: each tells somebody what they must not hear."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
LEVELS = _OPERATIONS + "test_levels.py::"
PDFS = _OPERATIONS + "test_write_pdfs.py::"
GUARDS = "tests/domain/test_guards.py::"
AGREEMENT = "tests/domain/test_agreement.py::"
AGREEMENTS = _OPERATIONS + "test_agreements.py::"
RIGHTS = _OPERATIONS + "test_rights.py::"
CONFERENCE = LEVELS + "test_a_case_conference_hears_no_name_number_or_typed_sentence"
PARTNER = LEVELS + "test_a_partner_learns_nothing_without_an_agreement"
BULK = LEVELS + "test_many_cases_at_once_need_a_second_person"

FAULTS = (
    Fault(
        "any role prints any level",
        (Mutation("operations/documents/copies.py", "check_level", "print_levels(workspace)", "LEVELS"),),
        (LEVELS + "test_an_officer_prints_what_their_role_allows",),
    ),
    Fault(
        "a partner learns without an agreement",
        (Mutation("domain/consent/agreement.py", "may_tell", "telling not in _ASKS", "telling"),),
        (
            PARTNER,
            AGREEMENT + "test_only_what_goes_to_a_partner_asks",
        ),
    ),
    Fault(
        "a copy about nobody is made for a partner",
        (
            Mutation(
                "operations/referrals/agreements.py",
                "check_told",
                "asks and not told_to(workspace, case_file, level, (recipient,)).people",
                "not level",
            ),
        ),
        (AGREEMENTS + "test_a_copy_about_nobody_is_refused_and_other_levels_ask_nobody",),
    ),
    Fault(
        "an agreement that was taken back counts",
        (
            Mutation(
                "domain/consent/evidence.py",
                "_of_consent",
                'Evidence(withdrawn=frozenset({Withdrawal(person, stored(consent.text("withdrawn_on")), provider, taken)}))',
                "Evidence()",
            ),
        ),
        (PARTNER,),
    ),
    Fault(
        "an agreement outweighs what was taken back after it",
        (
            Mutation(
                "domain/consent/agreement.py",
                "may_tell",
                "[one.groups for one in withdrawn if one.outweighs(agreement)]",
                "[one.groups for one in withdrawn if not one]",
            ),
        ),
        (
            AGREEMENT + "test_only_an_agreement_that_is_later_for_sure_counts_again",
            AGREEMENTS + "test_a_withdrawal_in_another_case_counts_too",
        ),
    ),
    Fault(
        "what was kept is handed over whatever was taken back since",
        (
            Mutation(
                "operations/documents/outbox.py",
                "_check_may_leave",
                "not before or renamed or any(not groups <= now.groups.get(uid, NOTHING) for uid, groups in before.items())",
                "not before",
            ),
        ),
        (
            AGREEMENTS + "test_what_was_withdrawn_meanwhile_is_not_handed_over",
            AGREEMENTS + "test_a_copy_for_one_partner_is_not_handed_to_another",
        ),
    ),
    Fault(
        "a child agrees alone",
        (Mutation("domain/consent/guards.py", "_giver", "not adult", "adult"),),
        (GUARDS + "test_an_agreement_that_breaks_a_guard_allows_nothing",),
    ),
    Fault(
        "an agreement counts before anybody was counselled",
        (Mutation("domain/consent/guards.py", "broken_guards", "yield from _counselling(consent)", "pass"),),
        (GUARDS + "test_an_agreement_that_breaks_a_guard_allows_nothing",),
    ),
    Fault(
        "an agreement that breaks a guard counts",
        (Mutation("domain/consent/evidence.py", "_of_consent", "any(broken_guards(consent, births))", "not consent"),),
        (
            AGREEMENT + "test_nothing_is_told_without_a_record_that_says_so_and_keeps_every_guard",
            AGREEMENTS + "test_nothing_gets_around_a_guard",
        ),
    ),
    Fault(
        "a print tells what was not ticked",
        (
            Mutation(
                "domain/consent/data_groups.py",
                "may_stay",
                "all(told.named(uid) if group is Group.IDENTITY else told.has(uid, group) for uid in people)",
                "bool(people)",
            ),
        ),
        (AGREEMENTS + "test_a_print_holds_what_was_agreed_to_and_nothing_else",),
    ),
    Fault(
        "health goes to whoever is named",
        (Mutation("domain/consent/agreement.py", "may_tell", "recipient.of_health", "True"),),
        (AGREEMENT + "test_health_is_told_to_who_works_in_health_and_to_nobody_else",),
    ),
    Fault(
        "one person sends many cases",
        (Mutation("operations/documents/many_prints.py", "check_bulk", "may_second(workspace, second)", "second"),),
        (
            BULK,
            PDFS + "test_many_leave_only_with_a_second_person_and_their_number_is_the_true_one",
        ),
    ),
    Fault(
        "twenty are not many",
        (
            Mutation(
                "operations/documents/many_prints.py",
                "needs_second",
                'left_today(workspace) + copies >= workspace.pack.setting("bulk_from")',
                'left_today(workspace) + copies > workspace.pack.setting("bulk_from")',
            ),
        ),
        (BULK,),
    ),
    Fault(
        "many cases leave without a line",
        (
            Mutation(
                "operations/documents/many_prints.py",
                "make_pdfs",
                'note(workspace, "exported", count=len(cases), second=agreeing)',
                "pass",
            ),
        ),
        (BULK,),
    ),
    Fault(
        "the command line prints everything",
        (
            Mutation(
                "operations/documents/many_prints.py",
                "write_pdfs",
                "shop.pdf(case_file, None, document, replace(copy, serial=serial))",
                "shop.pdf(case_file, None, document)",
            ),
        ),
        (PDFS + "test_who_only_reads_writes_none_and_who_works_writes_what_they_may_print",),
    ),
    Fault(
        "a case that is left alone is told",
        (
            Mutation(
                "operations/documents/copies.py",
                "check_copy",
                'case_file.case.text("kept_still_since") and level != RETURNEE',
                "not level",
            ),
        ),
        (RIGHTS + "test_a_case_that_is_left_alone_is_neither_changed_nor_told",),
    ),
    Fault(
        "a document of a case that is left alone is handed over",
        (
            Mutation(
                "operations/documents/outbox.py",
                "_check_may_leave",
                'still is not None and still.text("kept_still_since") and item.level != RETURNEE',
                "not item.level",
            ),
        ),
        (
            _OPERATIONS
            + "test_handing_over.py::test_of_a_case_that_is_left_alone_only_the_copy_of_the_returnee_is_handed_over",
        ),
    ),
    Fault(
        "a case that is left alone is told among many",
        (
            Mutation(
                "operations/documents/many_prints.py",
                "bulk_copy",
                "[uid for uid in cases if uid not in refused]",
                "[uid for uid in cases]",
            ),
        ),
        (PDFS + "test_among_them_no_case_that_is_left_alone",),
    ),
    Fault(
        "what leaves is written down twice",
        (
            Mutation(
                "operations/documents/many_prints.py",
                "write_pdfs",
                "return written",
                'note(workspace, "exported", count=len(written))\nreturn written',
            ),
        ),
        (PDFS + "test_many_leave_only_with_a_second_person_and_their_number_is_the_true_one",),
    ),
    Fault(
        "a document leaves open for nobody",
        (
            Mutation(
                "operations/documents/outbox.py",
                "check_handed_to",
                "closing == PLAIN and reason.strip()",
                "closing == PLAIN",
            ),
        ),
        (LEVELS + "test_nothing_leaves_open_without_a_name_or_a_reason",),
    ),
    Fault(
        "a document leaves closed for nobody",
        (
            Mutation(
                "operations/documents/outbox.py",
                "check_handed_to",
                "closing == PLAIN and reason.strip()",
                "reason.strip()",
            ),
        ),
        (LEVELS + "test_nothing_leaves_closed_without_a_name[password]",),
    ),
    Fault(
        "copies have no number",
        (
            Mutation(
                "operations/documents/copies.py",
                "PrintShop.marked",
                "(copy.serial, level, copy.recipient)",
                "(level, copy.recipient)",
            ),
        ),
        (LEVELS + "test_every_copy_carries_whose_it_is_and_is_written_down",),
    ),
    Fault(
        "a case conference hears names",
        (Mutation("domain/consent/redaction.py", "", "named=False", "named=True", which=1),),
        (CONFERENCE,),
    ),
    Fault(
        "a case conference hears numbers",
        (
            Mutation(
                "domain/consent/redaction.py",
                "_without_names",
                "field.sensitivity.value < Sensitivity.IDENTIFYING.value",
                "field.sensitivity.value <= Sensitivity.IDENTIFYING.value",
            ),
        ),
        (CONFERENCE,),
    ),
)
