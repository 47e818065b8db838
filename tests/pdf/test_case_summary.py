"""The case summary: what is recorded stands on it, what is restricted does not, and the paper is the same each time."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pypdf

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import add_member, read_case
from avrr_desktop.operations.cases.services import add_service, add_step
from avrr_desktop.operations.documents.printing import case_pdf
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import pdf_text, samples, stores
from tests.support.pdf_text import squeezed

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_ORDER = "Order of steps: default, not confirmed by the programme."
PRACTICE = "PRACTICE · invented persons"


def with_twelve_steps(workspace: Workspace, family: CaseFile) -> CaseFile:
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    case_file = read_case(workspace, family.case.uid)
    add_service(workspace, case_file, "identity_card", [family.members[0].person.uid])
    service = read_case(workspace, family.case.uid).services[0].uid
    for title in ("Ask the school about the start of term", "Get a copy for the health centre"):
        add_step(workspace, read_case(workspace, family.case.uid), service, {"title": title})
    return read_case(workspace, family.case.uid)


def test_every_name_place_number_and_step_of_a_case_is_on_its_paper(workspace: Workspace, family: CaseFile) -> None:
    case_file = with_twelve_steps(workspace, family)
    text = pdf_text.whole(pdf_text.printed(workspace, case_file))
    assert len(case_file.steps) == 12
    recorded = [case_file.case.text(key) for key in ("number", "called", "municipality_of_return")]
    for member in case_file.members:
        recorded += [
            member.person.text(key) for key in ("family_name", "given_names", "birth_place", "national_number")
        ]
    recorded += [record.text("number") for record in case_file.papers]
    recorded += [record.text("title") for record in (*case_file.services, *case_file.steps)]
    recorded += [record.text("text") for record in case_file.notes]
    recorded += ["Tirana office", "AVRR", "Arta Hoxha", "Passport", "Birth certificate, national", "Belgium", "Serbia"]
    assert len([item for item in recorded if item]) == 3 + 5 + 5 + 2 + 2 + 1 + 14 + 1 + 7
    for item in recorded:
        assert squeezed(item) in text, item


def test_dates_are_printed_with_the_precision_that_is_known(workspace: Workspace, family: CaseFile) -> None:
    text = pdf_text.whole(pdf_text.printed(workspace, family))
    for born in ("15.06.1985(41years)", "1988(about37years)", "May2019(7years)", "about1955(about70years)"):
        assert born in text
    assert "24.06.2026" in text  # the passport ends
    assert "Openedon03.05.2026" in text


def test_case_of_one_person_fits_one_page(workspace: Workspace) -> None:
    document = samples.case_in("albanian")
    for part in ("service", "step", "follow_up"):
        del document[part]
    assert len(pdf_text.print_document(workspace, document, "identity_card")) == 1


def test_family_of_five_with_twelve_steps_fits_two_pages(workspace: Workspace, family: CaseFile) -> None:
    pages = pdf_text.printed(workspace, with_twelve_steps(workspace, family))
    assert len(pages) == 2
    for page in pages:
        assert f"Page{page.number}of2" in page.squeezed
        assert family.case.text("number") in page.text
        assert "Revision 5" in page.text
        assert "Confidential: for the persons and offices concerned" in page.text


def test_restricted_note_is_not_printed(workspace: Workspace) -> None:
    notes = [{"kind": "risk", "text": "RISKWORD"}, {"kind": "general", "text": "PLAINWORD"}]
    text = pdf_text.whole(pdf_text.print_document(workspace, {"case": {"called": "Hoxha"}, "note": notes}))
    assert "PLAINWORD" in text
    assert "RISKWORD" not in text


def test_person_who_left_is_printed_with_the_date_and_not_counted(workspace: Workspace) -> None:
    document = {
        "case": {"called": "Hoxha"},
        "person": [{"family_name": "Hoxha"}, {"family_name": "Gone"}],
        "membership": [{"person": "m1", "position": 1}, {"person": "m2", "position": 2, "left_on": "2026-05-30"}],
    }
    (page,) = pdf_text.print_document(workspace, document)
    assert "1 person ·" in page.text
    assert "Left: 30.05.2026" in page.text


def test_paper_that_ended_is_called_expired(workspace: Workspace) -> None:
    papers = [{"doc_type": "passport", "state": "held", "valid_until": day} for day in ("2026-06-14", "2026-06-15")]
    (page,) = pdf_text.print_document(workspace, {"case": {"called": "Hoxha"}, "paper": papers})
    assert page.text.count("expired") == 1


def test_unconfirmed_steps_say_that_their_order_is_a_default(workspace: Workspace) -> None:
    document = {"case": {"called": "Hoxha"}, "person": [{"family_name": "Hoxha"}]}
    case_file = pdf_text.add_case(workspace, document, "identity_card", "bank_account")
    assert pdf_text.whole(pdf_text.printed(workspace, case_file)).count(squeezed(DEFAULT_ORDER)) == 2


def test_steps_of_the_office_s_own_do_not_claim_to_be_a_default(workspace: Workspace) -> None:
    case_file = pdf_text.add_case(workspace, {"case": {"called": "Hoxha"}, "service": [{"title": "Own service"}]})
    add_step(workspace, case_file, case_file.services[0].uid, {"title": "Step of our own"})
    (page,) = pdf_text.printed(workspace, read_case(workspace, case_file.case.uid))
    assert "Step of our own" in page.text
    assert "default" not in page.text


def test_step_says_where_it_lies_and_since_when(workspace: Workspace) -> None:
    step = {"service": "s1", "title": "Enter the birth", "state": "waiting_authority", "filed_on": "2026-06-03",
            "office_name": "Civil registry Fier", "file_number": "17/2026"}  # fmt: skip
    document = {"case": {"called": "Hoxha"}, "service": [{"title": "Birth"}], "step": [step]}
    (page,) = pdf_text.print_document(workspace, document)
    for text in (
        "Waiting for the office",
        "for 12 days",
        "Civil registry Fier · file 17/2026",
        "03.06.2026",
        "filed",
    ):
        assert text in page.text


def test_every_page_of_a_practice_case_is_marked_as_practice(tmp_path: Path) -> None:
    workspace = create_practice(tmp_path / "p.avrr", PracticeOptions(date(2026, 6, 15), cases=1))
    notes = [{"text": "line\n" * 90}]
    pages = pdf_text.print_document(workspace, {"case": {"called": "Hoxha"}, "note": notes})
    workspace.lock()
    assert [page.text.count(PRACTICE) for page in pages] == [1, 1]


def test_page_of_a_real_case_is_not_marked_as_practice(workspace: Workspace, family: CaseFile) -> None:
    assert "PRACTICE" not in pdf_text.whole(pdf_text.printed(workspace, family))


def test_without_an_officer_the_office_is_named_as_the_printer(tmp_path: Path) -> None:
    workspace = stores.office_workspace(tmp_path / "office.avrr", officer=False)
    (page,) = pdf_text.print_document(workspace, {"case": {"called": "Hoxha"}})
    workspace.lock()
    assert "Printed: 15.06.2026 10:00, the office" in page.text


def test_ages_are_those_of_the_day_that_is_asked_for(workspace: Workspace, family: CaseFile) -> None:
    pages = pdf_text.sheets(case_pdf(workspace, family, as_of=date(2030, 6, 14)))
    assert "15.06.1985(44years)" in pdf_text.whole(pages)


def test_changed_case_prints_its_new_revision(workspace: Workspace, family: CaseFile) -> None:
    add_member(workspace, family, {"family_name": "Sixth"}, {})
    changed = read_case(workspace, family.case.uid)
    text = pdf_text.whole(pdf_text.printed(workspace, changed))
    assert "Revision2" in text
    assert "Sixth" in text


def test_same_case_gives_the_same_bytes(workspace: Workspace, family: CaseFile) -> None:
    case_file = with_twelve_steps(workspace, family)
    assert case_pdf(workspace, case_file) == case_pdf(workspace, case_file)


PRINT_AND_HASH = """
import hashlib, sys, tempfile
from pathlib import Path
from avrr_desktop.operations.documents.printing import case_pdf
from tests.support import stores
with tempfile.TemporaryDirectory() as place:
    workspace = stores.office_workspace(Path(place) / "office.avrr")
    print(hashlib.sha256(case_pdf(workspace, stores.family(workspace))).hexdigest())
    workspace.lock()
"""


def test_another_process_in_another_folder_prints_the_same_bytes(workspace: Workspace, family: CaseFile) -> None:
    command = [sys.executable, "-W", "error", "-c", PRINT_AND_HASH]
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    other = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(case_pdf(workspace, family)).hexdigest()


def test_properties_of_the_file_name_nobody(workspace: Workspace, family: CaseFile) -> None:
    reader = pypdf.PdfReader(io.BytesIO(case_pdf(workspace, family)))
    properties: dict[str, Any] = dict(reader.metadata or {})
    assert properties["/Title"] == "Case summary"
    assert properties["/Author"] == properties["/Creator"] == properties["/Producer"] == "AVRR Desktop"
    assert not properties["/Subject"]
    assert not properties["/Keywords"]
    assert "2026" not in properties["/CreationDate"] + properties["/ModDate"]
    assert reader.xmp_metadata is None
    assert not reader.attachments
    assert not any("/Annots" in page for page in reader.pages)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
