"""A date of birth is found as people say it: with the name of the month in any language of the office."""

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.search import find, find_cases
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace


@pytest.mark.parametrize("text", [
    "20 December 1989", "20. decembra 1989", "20. децембра 1989", "20 dhjetor 1989", "20. Dezember 1989", "20th Dec 1989",
    "Hoti 20. prosinca 1989", "20 december 1989 Hoti", "20.12.1989",
])  # fmt: skip
def test_a_birth_is_found_by_the_name_of_its_month(workspace: Workspace, family: CaseFile, text: str) -> None:
    people = [{"family_name": "Hoti", "given_names": "Besa", "birth_date": "1989-12-20"}]
    case = add_case_document(workspace, {"case": {"called": "Hoti"}, "person": people}).case
    assert [(hit.case.uid, hit.record_type) for hit in find(workspace, text)] == [(case, "person")]
    assert len(find_cases(workspace, text)) == 1


@pytest.mark.parametrize("text", ["21 December 1989", "20 November 1989", "20 Decembra 1990", "20 Hoti 1989"])
def test_another_day_finds_nobody(workspace: Workspace, family: CaseFile, text: str) -> None:
    people = [{"family_name": "Gashi", "given_names": "Besa", "birth_date": "1989-12-20"}]
    add_case_document(workspace, {"case": {"called": "Gashi"}, "person": people})
    assert find(workspace, text) == []


def test_what_is_written_so_in_a_note_is_found_as_before(workspace: Workspace, family: CaseFile) -> None:
    note = new_record(workspace, "note", {"text": "The hearing is on 20 December 1989."}, family.case.uid).record
    assert [hit.uid for hit in find(workspace, "20 December 1989")] == [note]
