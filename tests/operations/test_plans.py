"""The plan: begun before the return, finished after it, signed by both and then only read, each revision beside the one before."""

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.plans import changes, is_signed, latest, previous
from avrr_desktop.domain.consent.redaction import FULL, RETURNEE
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.case_status import confirm_arrival
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.operations.documents.documents import PLAN, check_fits
from avrr_desktop.operations.documents.printing import Copy, case_pdf
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.golden_pages import text_of

SIGNED = {"signed_by_returnee_on": "2026-06-12", "signed_by_officer_on": "2026-06-13"}


def plan_of(workspace: Workspace, case: str) -> Record:
    found = latest(read_case(workspace, case))
    assert found is not None
    return found


def test_a_plan_signed_by_both_is_only_read(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    new_revision(workspace, family)
    edit_record(workspace, plan_of(workspace, case), {"signed_by_returnee_on": "2026-06-12", "own_words": "Work"}, case)
    half = plan_of(workspace, case)
    assert not is_signed(half)
    edit_record(workspace, half, {"signed_by_officer_on": "2026-06-13"}, case)
    whole = plan_of(workspace, case)
    assert is_signed(whole)
    with pytest.raises(RefusedError):
        edit_record(workspace, whole, {"own_words": "Something else"}, case)
    with pytest.raises(RefusedError):
        remove_record(workspace, whole, case)
    assert plan_of(workspace, case).text("own_words") == "Work"
    new_revision(workspace, read_case(workspace, case))
    assert not is_signed(plan_of(workspace, case)) and plan_of(workspace, case).text("own_words") == "Work"


def test_a_revision_says_what_it_changed(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    partner = new_record(workspace, "provider", {"name": "Hapi"}).record
    new_revision(workspace, family)
    edit_record(workspace, plan_of(workspace, case), {"own_words": "Work", "risks": "None", **SIGNED}, case)
    new_revision(workspace, read_case(workspace, case))
    second = plan_of(workspace, case)
    first = previous(read_case(workspace, case), second)
    assert first is not None and previous(read_case(workspace, case), first) is None
    assert [*changes(first, second)] == []
    edit_record(
        workspace,
        second,
        {"own_words": "School", "risks": None, "partners": [partner], "agreed_on": "2026-06-14"},
        case,
    )
    assert [(one.field.key, one.before, one.now) for one in changes(first, plan_of(workspace, case))] == [
        ("own_words", "Work", "School"), ("risks", "None", None), ("partners", None, (partner,)),
    ]  # fmt: skip


def test_a_plan_says_on_which_side_of_the_journey_it_was_made(workspace: Workspace) -> None:
    case = open_case(
        workspace,
        {"called": "Krasniqi", "status": "pre_arrival", "arrival_date": "2026-06-20"},
        [({"family_name": "Krasniqi"}, {})],
    ).case
    new_revision(workspace, read_case(workspace, case))
    assert plan_of(workspace, case).text("made_where") == "before_return"
    confirm_arrival(workspace, read_case(workspace, case), "2026-06-15")
    new_revision(workspace, read_case(workspace, case))
    assert plan_of(workspace, case).text("made_where") == "both"
    new_revision(workspace, read_case(workspace, case))
    assert plan_of(workspace, case).text("made_where") == "both"


def test_a_plan_begun_after_the_return_says_so(workspace: Workspace, family: CaseFile) -> None:
    new_revision(workspace, family)
    new_revision(workspace, read_case(workspace, family.case.uid))
    assert plan_of(workspace, family.case.uid).text("made_where") == "after_return"


def test_the_print_holds_the_plan_in_force_and_its_agreed_steps(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    assert "There is no plan yet." in text_of(case_pdf(workspace, family, document=PLAN))
    partner = new_record(workspace, "provider", {"name": "Return support Hapi"}).record
    new_record(workspace, "step", {"title": "Visit the bakery", "state": "planned", "planned_on": "2026-06-22"}, case)
    new_record(workspace, "step", {"title": "Not in the plan", "state": "planned"}, case)
    step = next(one for one in read_case(workspace, case).steps if one.text("title") == "Visit the bakery")
    new_revision(workspace, family)
    edit_record(workspace, plan_of(workspace, case), {"own_words": "The old words", **SIGNED}, case)
    new_revision(workspace, read_case(workspace, case))
    words = {
        "own_words": "A bakery of our own",
        "partners": [partner],
        "steps": [step.uid],
        "do_no_harm": "Neighbours help too",
    }
    edit_record(workspace, plan_of(workspace, case), words, case)
    printed = {
        level: text_of(case_pdf(workspace, read_case(workspace, case), document=PLAN, copy=Copy(level)))
        for level in (FULL, RETURNEE)
    }
    for text in printed.values():
        for said in ("A bakery of our own", "Return support Hapi", "Visit the bakery", "22.06.2026", "Signatures"):
            assert said in text, said
        assert "The old words" not in text and "Not in the plan" not in text
    assert "Neighbours help too" in printed[FULL] and "Neighbours help too" not in printed[RETURNEE]
    with pytest.raises(BadInputError):
        check_fits(PLAN, "referral")
