"""A copy for a partner tells of those who agreed and of nobody else, when it is made and when it is handed over."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import ANONYMOUS, CONFERENCE, FULL, LEVELS, REFERRAL, RETURNEE
from avrr_desktop.domain.errors import BadInputError, ExpectedError, RefusedError
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.documents import DOCUMENTS
from avrr_desktop.operations.documents.printing import (
    Copy,
    case_pdf,
    finished_copy,
    hand_over,
    keep_copy,
    outbox,
    put_in_outbox,
)
from avrr_desktop.operations.referrals.agreements import members_left_out
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace

KINDS = [document.key for document in DOCUMENTS if REFERRAL in document.levels]
MARKO, SEJLA, ANA = 0, 1, 2


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def agreed(workspace: Workspace, case: CaseFile, who: int, **values: object) -> str:
    content = {"person": case.members[who].person.uid, "given_on": "2026-06-01", **values}
    return new_record(workspace, "consent", content, case.case.uid).record


def again(workspace: Workspace, case: CaseFile) -> CaseFile:
    return read_case(workspace, case.case.uid)


@pytest.fixture
def case(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family with a service for two children, steps of which say whose they are, and a paper without a holder."""
    uid = family.case.uid
    both = [family.members[number].person.uid for number in (ANA, 3)]
    add_service(workspace, family, "birth_registration", both)
    for step in again(workspace, family).steps[:2]:
        edit_record(workspace, step, {"title": "Go with Luka and Šejla to the register"}, uid)
    new_record(workspace, "paper", {"doc_type": "marriage_certificate_foreign", "names_as_written": "Šejla Đ."}, uid)
    return again(workspace, family)


@pytest.mark.parametrize("document", KINDS)
def test_who_did_not_agree_is_left_out_with_all_that_is_about_them(
    workspace: Workspace, case: CaseFile, document: str
) -> None:
    agreed(workspace, case, ANA)
    case = again(workspace, case)
    text = text_of(case_pdf(workspace, case, copy=Copy(REFERRAL, "Partner"), document=document))
    assert "Ana" in text and "4 other persons: no agreement." in text
    others = ("Марко", "Šejla", "Luka", "Çelë", "Ђорђевић", "Gjorgjeviq", "Passport", "Marriage", "family of")
    assert [word for word in others if word in text] == []
    assert "Đorđević family" not in text and case.case.text("number") in text
    left = members_left_out(workspace, case, REFERRAL, "Partner")
    assert [one.person.text("given_names") for one in left] == ["Марко", "Šejla", "Luka", "Çelë"]


def test_where_all_agreed_the_family_is_named_and_nobody_is_counted(workspace: Workspace, case: CaseFile) -> None:
    for number in range(5):
        agreed(workspace, case, number)
    text = text_of(case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL)))
    assert "Đorđević family" in text and "no agreement" not in text
    assert all(name in text for name in ("Марко", "Šejla", "Ana", "Luka", "Çelë"))


def test_a_step_that_waits_for_one_that_is_left_out_is_not_said_to_be_free(
    workspace: Workspace, case: CaseFile
) -> None:
    first, *_ = (step for step in case.steps if step.text("person") == case.members[3].person.uid)
    mine = next(step for step in case.steps if step.text("person") == case.members[ANA].person.uid)
    edit_record(workspace, mine, {"waits_for": [first.uid], "title": "Mine"}, case.case.uid)
    agreed(workspace, case, ANA)
    text = text_of(case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL)))
    assert "Blocked" in text.split("Mine", 1)[1].split("\n", 3)[0] + text.split("Mine", 1)[1][:40]


@pytest.mark.parametrize("document", KINDS)
def test_a_copy_about_nobody_is_refused_and_other_levels_ask_nobody(
    workspace: Workspace, case: CaseFile, document: str
) -> None:
    empty = read_case(workspace, open_case(workspace, {"called": "Nobody yet"}, []).case)
    new_record(workspace, "consent", {"given_on": "2026-05-01"}, empty.case.uid)
    for one in (case, again(workspace, empty)):
        with pytest.raises(RefusedError) as refused:
            case_pdf(workspace, one, copy=Copy(REFERRAL, "Partner"), document=document)
        assert "nothing can be disclosed to a partner" in refused.value.title
        with pytest.raises(RefusedError):
            keep_copy(workspace, one, document, REFERRAL, "Partner")
        for level in (FULL, CONFERENCE, RETURNEE, ANONYMOUS):
            assert case_pdf(workspace, one, copy=Copy(level), document=document).startswith(b"%PDF")
    assert accesses(workspace) == () and outbox(workspace) == []


def test_a_withdrawal_in_another_case_counts_too(workspace: Workspace, case: CaseFile) -> None:
    agreed(workspace, case, ANA)
    ana = case.members[ANA].person.uid
    other = open_case(workspace, {"called": "Second return"}, [], known=ana).case
    assert case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL))
    new_record(workspace, "consent", {"withdrawn_on": "2026-06-10"}, other)
    with pytest.raises(RefusedError):
        case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL))
    agreed(workspace, case, ANA, given_on="2026-06-12")
    assert case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL))


def test_the_referral_to_one_partner_tells_nothing_to_another_whom_the_directory_knows(
    workspace: Workspace, case: CaseFile
) -> None:
    uids = {
        name: new_record(workspace, "provider", {"name": name}).record
        for name in ("Caritas", "Caritas Shkodër", "Shtëpia e Sigurt")
    }
    new_record(workspace, "referral", {"person": case.members[ANA].person.uid, "provider": uids["Caritas Shkodër"],
                                       "state": "sent", "consented_on": "2026-06-01"}, case.case.uid)  # fmt: skip
    case = again(workspace, case)
    for allowed in ("Caritas Shkodër", "caritas shkoder, Ms Leka", "", "another person"):
        assert case_pdf(workspace, case, copy=Copy(REFERRAL, allowed))
    for other in ("Caritas", "CARITAS Tirana", "shtepia e sigurt", "To: Shtëpia e Sigurt"):
        with pytest.raises(RefusedError):
            case_pdf(workspace, case, copy=Copy(REFERRAL, other))


def kept(workspace: Workspace, case: CaseFile, to: str = "Partner") -> int:
    return keep_copy(workspace, again(workspace, case), "summary", REFERRAL, to)


def test_what_was_withdrawn_meanwhile_is_not_handed_over(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    agreed(workspace, case, MARKO)
    consent = agreed(workspace, case, ANA)
    pk = kept(workspace, case)
    assert hand_over(workspace, pk, tmp_path, "Partner").path.exists()
    record = workspace.store.reader.record("consent", consent, case.case.uid)
    assert record
    edit_record(workspace, record, {"withdrawn_on": "2026-06-14"}, case.case.uid)
    with pytest.raises(RefusedError) as refused:
        hand_over(workspace, pk, tmp_path, "Partner", outdated=True)
    assert "Not everybody named in this document" in refused.value.title
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    newer = kept(workspace, case)
    assert hand_over(workspace, newer, tmp_path, "Partner").path.exists(), "of Marko alone"


def test_a_copy_for_one_partner_is_not_handed_to_another(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    one, other = (new_record(workspace, "provider", {"name": name}).record for name in ("Vatra", "Caritas"))
    new_record(workspace, "referral", {"person": case.members[ANA].person.uid, "provider": one, "state": "sent",
                                       "consented_on": "2026-06-01"}, case.case.uid)  # fmt: skip
    pk = kept(workspace, case, "Vatra")
    with pytest.raises(RefusedError):
        hand_over(workspace, pk, tmp_path, "Caritas")
    assert hand_over(workspace, pk, tmp_path, "courier").path.exists() and other


def test_a_copy_of_which_nobody_knows_whom_it_tells_of_needs_everybody(
    workspace: Workspace, case: CaseFile, tmp_path: Path
) -> None:
    agreed(workspace, case, ANA)
    case = again(workspace, case)
    content, copy = finished_copy(workspace, case, "summary", REFERRAL, "Partner", "kept")
    unnumbered = put_in_outbox(workspace, case, content, "summary", Copy(REFERRAL, "Partner"))
    with pytest.raises(RefusedError):
        hand_over(workspace, unnumbered, tmp_path, "Partner")
    assert hand_over(workspace, put_in_outbox(workspace, case, content, "summary", copy), tmp_path, "Partner").path


@pytest.mark.parametrize("name", ["", "sumary", "summary ", "SUMMARY", "../summary", "missing_papers"])
def test_an_unknown_document_is_an_error_and_never_another_one(workspace: Workspace, case: CaseFile, name: str) -> None:
    for make in (
        lambda: case_pdf(workspace, case, document=name),
        lambda: finished_copy(workspace, case, name, FULL, "", "kept"),
        lambda: keep_copy(workspace, case, name, FULL),
        lambda: put_in_outbox(workspace, case, b"%PDF", name),
    ):
        with pytest.raises(BadInputError):
            make()
    assert outbox(workspace) == [] and accesses(workspace) == ()


@pytest.mark.parametrize("level", ["", "full", "REFERRAL", "partner"])
def test_an_unknown_level_is_an_error_in_words(workspace: Workspace, case: CaseFile, level: str) -> None:
    with pytest.raises(ExpectedError):
        case_pdf(workspace, case, copy=Copy(level))
    with pytest.raises(ExpectedError):
        keep_copy(workspace, case, "summary", level)
    assert level not in LEVELS and outbox(workspace) == []
