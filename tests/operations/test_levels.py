"""Print levels: what a level leaves out stands nowhere in the file, and every copy that leaves is written down."""

from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pyrage
import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import ANONYMOUS, CONFERENCE, FULL, LEVELS, REFERRAL, RETURNEE
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.printing import (
    PASSWORD,
    SEALED,
    Copy,
    case_pdf,
    finished_copy,
    hand_over,
    make_pdfs,
    outbox,
    print_levels,
    put_in_outbox,
)
from avrr_desktop.operations.referrals.withdrawal import withdraw
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.consents import agreed
from tests.support.referrals import stored_referral

NAMES = ("Ђорђевић", "Đorđević", "Марко", "Šejla", "Çelë")
NUMBERS = ("1506985600010", "009876543")
TYPED = ("Prva poseta", "story of the way", "remark of an officer", "shelter in the north")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def all_of(pdf: bytes) -> str:
    """Return pages and everything that the file says of itself."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    return text_of(pdf) + str(reader.metadata) + str(reader.xmp_metadata)


@pytest.fixture
def case(workspace: Workspace, family: CaseFile) -> CaseFile:
    edit_record(
        workspace, family.case, {"story": "story of the way", "remarks": "remark of an officer"}, family.case.uid
    )
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    sent = {"category": "SHE", "reason": "shelter in the north", "state": "sent", "sent_on": "2026-06-02"}
    stored_referral(workspace, sent, family.case.uid)
    for number in range(5):
        agreed(workspace, family, number)
    return workspace.store.reader.case_file(family.case.uid)


def print_of(workspace: Workspace, case: CaseFile, level: str) -> str:
    return all_of(case_pdf(workspace, case, copy=Copy(level)))


def test_the_full_print_says_everything(workspace: Workspace, case: CaseFile) -> None:
    text = print_of(workspace, case, FULL)
    assert [word for word in (*NAMES, *NUMBERS, *TYPED[:2], TYPED[3]) if word not in text] == []


def test_a_case_conference_hears_no_name_number_or_typed_sentence(workspace: Workspace, case: CaseFile) -> None:
    text = print_of(workspace, case, CONFERENCE)
    assert not [word for word in (*NAMES, *NUMBERS, *TYPED, "1985", "Liège") if word in text]
    assert "Person 3, 12 years" in text and "Novi Pazar" in text and case.case.text("number") in text


def test_a_partner_learns_who_and_what_but_nothing_of_before(workspace: Workspace, case: CaseFile) -> None:
    text = print_of(workspace, case, REFERRAL)
    assert "Марко" in text and "Birth" in text
    assert not [word for word in (*NUMBERS, *TYPED, "Belgium") if word in text]


def test_a_partner_learns_nothing_without_an_agreement(workspace: Workspace, family: CaseFile) -> None:
    with pytest.raises(RefusedError):
        case_pdf(workspace, family, copy=Copy(REFERRAL))
    consent = agreed(workspace, family, 0)
    known = workspace.store.reader.case_file(family.case.uid)
    assert "Марко" in print_of(workspace, known, REFERRAL)
    record = workspace.store.reader.record("consent", consent, family.case.uid)
    assert record
    withdraw(workspace, known, record)
    with pytest.raises(RefusedError):
        case_pdf(workspace, workspace.store.reader.case_file(family.case.uid), copy=Copy(REFERRAL))


def test_the_person_gets_their_papers_and_steps_and_no_remarks(workspace: Workspace, case: CaseFile) -> None:
    text = print_of(workspace, case, RETURNEE)
    assert all(word in text for word in (*NAMES, *NUMBERS))
    assert not [word for word in TYPED if word in text]


def test_without_any_person_nothing_points_to_one(workspace: Workspace, case: CaseFile) -> None:
    text = print_of(workspace, case, ANONYMOUS)
    assert not [word for word in (*NAMES, *NUMBERS, *TYPED, "Novi Pazar", "Ana") if word in text]
    assert "Birth" in text and "Serbia" in text


@pytest.mark.parametrize("level", [CONFERENCE, ANONYMOUS])
@pytest.mark.parametrize("document", ["summary", "missing-papers", "path"])
def test_what_was_typed_into_a_step_of_the_pack_names_nobody(
    workspace: Workspace, case: CaseFile, level: str, document: str
) -> None:
    typed = {"title": "Go with Šejla to the register", "meeting_place": "at Çelë’s house", "back_by": "16:00 Šejla",
             "go_ahead_reason": "Марко asked", "at_time": "9:30 Çelë", "planned_on": "2026-07-01"}  # fmt: skip
    for step in case.steps:
        edit_record(workspace, step, typed, case.case.uid)
    named = workspace.store.reader.case_file(case.case.uid)
    text = all_of(case_pdf(workspace, named, copy=Copy(level), document=document))
    assert not [word for word in (*NAMES, "Go with") if word in text]
    assert "Go with" in text_of(case_pdf(workspace, named, copy=Copy(FULL)))


def test_a_copy_for_somebody_in_kosovo_carries_the_note_and_its_number(workspace: Workspace, case: CaseFile) -> None:
    content, copy = finished_copy(workspace, case, "summary", FULL, "Komuna e Prishtinës, Kosovë " * 12, "printed")
    for page in pypdf.PdfReader(BytesIO(content)).pages:
        assert "1244" in page.extract_text() and copy.serial in page.extract_text()
    assert "1244" not in text_of(finished_copy(workspace, case, "summary", FULL, "Bashkia", "printed")[0])


def test_every_copy_carries_whose_it_is_and_is_written_down(workspace: Workspace, case: CaseFile) -> None:
    first, copy = finished_copy(workspace, case, "summary", CONFERENCE, "Centar za socijalni rad Нови Пазар", "printed")
    second, _ = finished_copy(workspace, case, "summary", FULL, "", "kept")
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(first)).pages]
    assert all("Centar za socijalni rad Нови Пазар" in page and copy.serial in page for page in pages)
    assert copy.serial not in text_of(second)
    lines = accesses(workspace, case.case.uid)
    assert [line.text("what") for line in lines] == ["kept", "printed"]
    assert lines[1].text("serial") == copy.serial and lines[1].text("level") == CONFERENCE
    assert lines[1].text("recipient") == "Centar za socijalni rad Нови Пазар"


def test_an_officer_prints_what_their_role_allows(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    worker = office.at_work(office_with_keys.WORKER)
    case = stores.family(worker)
    assert FULL not in print_levels(worker) and print_levels(worker)[0] == RETURNEE
    with pytest.raises(RefusedError):
        case_pdf(worker, case, copy=Copy(FULL))
    assert case_pdf(worker, case).startswith(b"%PDF")
    worker.lock()
    founder = office.at_work(office_with_keys.FOUNDER)
    assert print_levels(founder) == tuple(LEVELS)
    founder.lock()


def test_many_cases_at_once_need_a_second_person(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(office_with_keys.FOUNDER)
    case = stores.family(founder)
    bulk = [case.case.uid] * 20
    make_pdfs(founder, bulk[:19])
    for second in (None, office_with_keys.agreeing(office.folder, office_with_keys.FOUNDER)):
        with pytest.raises(RefusedError):
            make_pdfs(founder, bulk, second)
    make_pdfs(founder, bulk, office_with_keys.agreeing(office.folder))
    line = accesses(founder)[0]
    assert (line.text("what"), line.text("second"), line.whole("count")) == ("exported", office.second, 20)
    founder.lock()


def kept(workspace: Workspace, case: CaseFile) -> int:
    content, copy = finished_copy(workspace, case, "summary", FULL, "", "kept")
    return put_in_outbox(workspace, case, content, "summary", copy)


def test_a_document_leaves_closed_with_words_that_open_it(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    handed = hand_over(workspace, kept(workspace, case), tmp_path, "courier", closing=PASSWORD)
    content = handed.path.read_bytes()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content, password="wrong")
    assert len(handed.password.split("-")) == 7 and handed.password not in str(accesses(workspace))
    with closing(pypdfium2.PdfDocument(content, password=handed.password)) as opened:
        assert "Марко" in opened[0].get_textpage().get_text_bounded()
    assert b"AESV3" in content and "Марко".encode("utf-16-be") not in content
    assert [item.closing for item in outbox(workspace)] == ["password"]


def test_a_document_leaves_closed_for_one_recipient(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    pk = kept(workspace, case)
    handed = hand_over(workspace, pk, tmp_path, "head office", closing=SEALED, recipient_key=str(identity.to_public()))
    assert handed.path.name.endswith(".pdf.age") and handed.password == ""
    assert "Марко" in text_of(pyrage.decrypt(handed.path.read_bytes(), [identity]))
    with pytest.raises(RefusedError):
        hand_over(workspace, pk, tmp_path, "head office", closing=SEALED, recipient_key="age1nonsense")


@pytest.mark.parametrize("closing", [PASSWORD, SEALED])
def test_nothing_leaves_closed_without_a_name(
    workspace: Workspace, case: CaseFile, tmp_path: Path, closing: str
) -> None:
    pk = kept(workspace, case)
    key = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(RefusedError) as refused:
        hand_over(workspace, pk, tmp_path, " ", closing=closing, recipient_key=key, reason="The counter asked for it.")
    assert "so that this can be traced later" in refused.value.title
    assert list(tmp_path.glob("*.pdf*")) == [] and outbox(workspace)[0].state == "ready"


def test_nothing_leaves_open_without_a_name_or_a_reason(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    pk = kept(workspace, case)
    with pytest.raises(RefusedError):
        hand_over(workspace, pk, tmp_path, " ")
    assert list(tmp_path.glob("*.pdf")) == []
    hand_over(workspace, pk, tmp_path, "", reason="The counter asked for it.")
    line = accesses(workspace, case.case.uid)[0]
    assert (line.text("what"), line.text("reason")) == ("handed_over", "The counter asked for it.")
