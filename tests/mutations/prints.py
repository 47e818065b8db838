"""Faults of prints, planted: each tells somebody what they must not hear."""

from tests.mutations.mutation import Fault, Mutation

_OPERATIONS = "tests/operations/"
LEVELS = _OPERATIONS + "test_levels.py::"
PDFS = _OPERATIONS + "test_write_pdfs.py::"
RIGHTS = _OPERATIONS + "test_rights.py::"
CONFERENCE = LEVELS + "test_a_case_conference_hears_no_name_number_or_typed_sentence"
PARTNER = LEVELS + "test_a_partner_learns_nothing_without_an_agreement"
BULK = LEVELS + "test_many_cases_at_once_need_a_second_person"

FAULTS = (
    Fault(
        "any role prints any level",
        (Mutation("operations/printing.py", "_check_level", "print_levels(workspace)", "LEVELS"),),
        (LEVELS + "test_an_officer_prints_what_their_role_allows",),
    ),
    Fault(
        "a partner learns without an agreement",
        (Mutation("operations/printing.py", "_check_level", "level == REFERRAL", "not level"),),
        (PARTNER,),
    ),
    Fault(
        "an agreement that was taken back counts",
        (
            Mutation(
                "domain/levels.py", "consented", 'consent.text("given_on") and not ended', 'consent.text("given_on")'
            ),
        ),
        (PARTNER,),
    ),
    Fault(
        "one person sends many cases",
        (Mutation("operations/printing.py", "check_bulk", "may_second(workspace, second)", "second"),),
        (BULK, PDFS + "test_many_leave_only_with_a_second_person_and_are_written_down_once"),
    ),
    Fault(
        "twenty are not many",
        (
            Mutation(
                "operations/printing.py",
                "check_bulk",
                'count < workspace.pack.settings.get("bulk_from", 20)',
                'count <= workspace.pack.settings.get("bulk_from", 20)',
            ),
        ),
        (BULK,),
    ),
    Fault(
        "many cases leave without a line",
        (
            Mutation(
                "operations/printing.py",
                "check_bulk",
                'note(workspace, "exported", count=count, second=second)',
                "pass",
            ),
        ),
        (BULK,),
    ),
    Fault(
        "the command line prints everything",
        (Mutation("operations/printing.py", "write_pdfs", "shop.pdf(case_file, copy=copy)", "shop.pdf(case_file)"),),
        (PDFS + "test_who_only_reads_writes_none_and_who_works_writes_what_they_may_print",),
    ),
    Fault(
        "a case that is left alone is told",
        (
            Mutation(
                "operations/printing.py",
                "_check_level",
                'case_file.case.text("kept_still_since") and level != RETURNEE',
                "not level",
            ),
        ),
        (RIGHTS + "test_a_case_that_is_left_alone_is_neither_changed_nor_told",),
    ),
    Fault(
        "a case that is left alone is told among many",
        (
            Mutation(
                "operations/printing.py",
                "bulk_copy",
                '[uid for uid in cases if (case := record("case", uid)) is None or not case.text("kept_still_since")]',
                "[uid for uid in cases]",
            ),
        ),
        (PDFS + "test_among_them_no_case_that_is_left_alone",),
    ),
    Fault(
        "what leaves is written down twice",
        (
            Mutation(
                "operations/printing.py",
                "write_pdfs",
                "return written",
                'note(workspace, "exported", count=len(written))\nreturn written',
            ),
        ),
        (PDFS + "test_many_leave_only_with_a_second_person_and_are_written_down_once",),
    ),
    Fault(
        "a document leaves open for nobody",
        (
            Mutation(
                "operations/printing.py", "check_handed_to", "closing == PLAIN and reason.strip()", "closing == PLAIN"
            ),
        ),
        (LEVELS + "test_nothing_leaves_open_without_a_name_or_a_reason",),
    ),
    Fault(
        "a document leaves closed for nobody",
        (
            Mutation(
                "operations/printing.py", "check_handed_to", "closing == PLAIN and reason.strip()", "reason.strip()"
            ),
        ),
        (LEVELS + "test_nothing_leaves_closed_without_a_name[password]",),
    ),
    Fault(
        "copies have no number",
        (
            Mutation(
                "operations/printing.py",
                "PrintShop.marked",
                "(copy.serial, level, copy.recipient)",
                "(level, copy.recipient)",
            ),
        ),
        (LEVELS + "test_every_copy_carries_whose_it_is_and_is_written_down",),
    ),
    Fault(
        "a case conference hears names",
        (Mutation("domain/levels.py", "", "named=False", "named=True", which=1),),
        (CONFERENCE,),
    ),
    Fault(
        "a case conference hears numbers",
        (
            Mutation(
                "domain/levels.py",
                "_without_names",
                "field.sensitivity.value < Sensitivity.IDENTIFYING.value",
                "field.sensitivity.value <= Sensitivity.IDENTIFYING.value",
            ),
        ),
        (CONFERENCE,),
    ),
    Fault(
        "a partner learns all of the case",
        (Mutation("domain/levels.py", "_partner", "field.key in _PARTNER_CASE", "bool(field.key)"),),
        (LEVELS + "test_a_partner_learns_who_and_what_but_nothing_of_before",),
    ),
)
