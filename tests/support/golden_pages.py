"""Fixed cases and what their paper looked like when somebody last agreed to it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.documents import PLAN, SUMMARY
from avrr_desktop.operations.documents.printing import Copy, case_pdf
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import pdf_text, samples, stores

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "pdf"
SCALE = 40 / 72  # 40 dots an inch


def _one_person(workspace: Workspace) -> CaseFile:
    document = samples.case_in("albanian")
    document["case"] |= {"country_of_return": "XK", "municipality_of_return": "Gjakovë", "opened_on": "2026-06-01"}
    return pdf_text.add_case(workspace, document)


def _family_of_five(workspace: Workspace) -> CaseFile:
    family = stores.family(workspace)
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    case_file = read_case(workspace, family.case.uid)
    add_service(workspace, case_file, "identity_card", [family.members[0].person.uid])
    return read_case(workspace, family.case.uid)


def _signed_plan(workspace: Workspace) -> CaseFile:
    family = _family_of_five(workspace)
    case, made = family.case.uid, new_revision(workspace, family).record
    partner = new_record(workspace, "provider", {"name": "Удружење „Нови праг“ (измишљено)", "place": "Врање"}).record
    plan = next(one for one in read_case(workspace, case).plans if one.uid == made)
    words = {
        "own_words": "We want the children in school before winter.\nЖелимо да отворимо малу пекару.",
        "economic": "A bakery course, then work with a baker in town.", "social": "The grandmother’s papers, and health cards for all.",
        "psychosocial": "Time with the children after the journey.", "needs": ("EDU", "DOC", "LIV"),
        "participation": "They chose the bakery; a farming course was offered and declined.",
        "risks": "The flat is rented until March only.", "do_no_harm": "Help with heating goes to the whole house.",
        "partners": (partner,), "steps": tuple(step.uid for step in family.steps[:3]), "language": "sq", "interpreter": "none needed",
        "made_where": "both", "agreed_on": "2026-06-12", "signed_by_returnee_on": "2026-06-12", "signed_by_officer_on": "2026-06-12",
    }  # fmt: skip
    edit_record(workspace, plan, words, case)
    return read_case(workspace, case)


CASES = {
    "one_person": _one_person, "family_of_five": _family_of_five, "signed_plan": _signed_plan,
    "family_sr-Cyrl": _family_of_five, "family_bs": _family_of_five, "family_mk": _family_of_five, "one_person_sq": _one_person,
}  # fmt: skip
LANGUAGES = {"family_sr-Cyrl": "sr-Cyrl", "family_bs": "bs", "family_mk": "mk", "one_person_sq": "sq"}
DOCUMENTS = {"signed_plan": PLAN}  # of the others, the summary


@contextmanager
def printed(name: str) -> Iterator[bytes]:
    """Yield the PDF of one of ``CASES``, from a store of its own."""
    with tempfile.TemporaryDirectory() as place:
        workspace = stores.office_workspace(Path(place) / "office.avrr")
        try:
            copy = Copy(FULL, language=LANGUAGES.get(name, ""))
            yield case_pdf(workspace, CASES[name](workspace), document=DOCUMENTS.get(name, SUMMARY), copy=copy)
        finally:
            workspace.lock()


def text_of(pdf: bytes) -> str:
    """Return the text of all pages as it is extracted, one line a line."""
    pages = [f"== {page.number} ==\n" + page.text.replace("\r\n", "\n") for page in pdf_text.sheets(pdf)]
    return "\n".join(pages) + "\n"


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """Return every page as a small grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].render(scale=SCALE, grayscale=True).to_pil() for number in range(len(document))]
    finally:
        document.close()


def text_path(name: str) -> Path:
    """Where the agreed text of a case lies."""
    return FOLDER / f"{name}.txt"


def picture_path(name: str, page: int) -> Path:
    """Where the agreed picture of a page lies."""
    return FOLDER / f"{name}-{page}.png"
