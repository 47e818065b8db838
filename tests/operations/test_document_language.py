"""The language of a document is chosen apart from the window, and begins with the one that its reader is likely to want."""

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, REFERRAL, RETURNEE
from avrr_desktop.language import Language
from avrr_desktop.operations.documents.document_language import likely_language
from avrr_desktop.operations.documents.printing import Copy, case_pdf, keep_copy, outbox, outbox_document
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.pdf_text import sheets, squeezed, whole


def spoken(workspace: Workspace, family: CaseFile, *languages: str, script: str = "Cyrl") -> CaseFile:
    person = workspace.store.reader.case_file(family.case.uid).members[0].person
    edit_record(workspace, person, {"languages": languages, "name_script": script}, family.case.uid)
    return workspace.store.reader.case_file(family.case.uid)


@pytest.mark.parametrize(("spoken_by", "expected"), [
    (("mkd", "sqi"), "mk"), (("rom", "mkd"), "mk"), (("fra",), "fr"), (("rom",), "en"), ((), "en"), (("eng", "mkd"), "en"),
])  # fmt: skip
def test_what_the_family_takes_home_is_in_a_language_of_theirs(
    workspace: Workspace, family: CaseFile, spoken_by: tuple[str, ...], expected: str
) -> None:
    assert likely_language(workspace, spoken(workspace, family, *spoken_by), RETURNEE) == expected


def test_what_goes_to_an_office_is_in_the_language_of_the_offices_and_what_stays_in_that_of_the_window(
    workspace: Workspace, family: CaseFile
) -> None:
    edit_record(workspace, family.case, {"country_of_return": "MK"}, family.case.uid)
    there = spoken(workspace, family, "fra")
    assert likely_language(workspace, there, FULL) == "en"
    assert likely_language(workspace, there, REFERRAL) == "mk"
    workspace.words = Language("fr")
    assert likely_language(workspace, there, FULL) == "fr"


def test_a_copy_is_made_kept_and_made_again_in_its_own_language(workspace: Workspace, family: CaseFile) -> None:
    in_macedonian = whole(sheets(case_pdf(workspace, family, copy=Copy(FULL, language="mk"))))
    in_english = whole(sheets(case_pdf(workspace, family, copy=Copy(FULL))))
    heading = squeezed(Language("mk").text("Case summary"))
    assert "Casesummary" in in_english and heading not in in_english
    assert "Ђорђевић" in in_macedonian and heading in in_macedonian
    keep_copy(workspace, family, "summary", FULL, "Општина", "mk")
    [item] = outbox(workspace)
    assert item.language == "mk" and heading in whole(sheets(outbox_document(workspace, item.pk)[1]))
    assert workspace.words.language == "en", "the window speaks as before"
