"""A case that is carried as a document takes no file along, and names none."""

from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.imports.case_document import add_case_document, case_document, left_out
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import stores

SCAN = {"name": "scan.jpg", "digest": "95a7", "size": 8335, "media_type": "image/jpeg", "added_on": "2026-11-30"}


def test_a_document_of_a_case_names_no_file(workspace: Workspace) -> None:
    case = add_case_document(workspace, stores.FAMILY).case
    attach_file(workspace, case, b"%PDF-1.4 a scan", {}, name="scan.pdf")
    assert "file" not in case_document(workspace, workspace.store.reader.case_file(case))


def test_a_document_that_names_files_gives_a_case_without_them_and_it_is_said(workspace: Workspace) -> None:
    document = {"case": {"called": "From elsewhere"}, "person": [{"family_name": "Hoti"}], "file": [SCAN]}
    case = add_case_document(workspace, document).case
    assert [kind.key for kind in left_out(document)] == ["file"]
    assert not workspace.store.reader.case_file(case).others.get("file")
    assert check_store(workspace).sound
