"""Summaries of many cases in the clear: by who may hand over, at their level, by two people from a certain number on."""

from pathlib import Path

import pypdf
import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.documents.printing import write_pdfs
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, READER, WORKER


def on(_done: int, _all: int) -> bool:
    return True


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_who_only_reads_writes_none_and_who_works_writes_what_they_may_print(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(FOUNDER)
    case = stores.family(founder).case.uid
    [full] = write_pdfs(founder, [case], tmp_path / "full", on)
    founder.lock()
    reader = office.at_work(READER)
    with pytest.raises(RefusedError):
        write_pdfs(reader, [case], tmp_path / "none", on)
    reader.lock()
    worker = office.at_work(WORKER)
    [own] = write_pdfs(worker, [case], tmp_path / "own", on)
    assert "Prva poseta" in text_of(full) and "Prva poseta" not in text_of(own)
    lines = accesses(worker)
    assert [(line.text("what"), line.text("level"), line.whole("count"), line.text("officer")) for line in lines] == [
        (what, level, 1, officer)
        for level, officer in (("returnee_copy", office.worker), ("full_internal", office.founder))
        for what in ("exported", "leaving")
    ]  # fmt: skip
    assert not (tmp_path / "none").exists()
    worker.lock()


def test_many_leave_only_with_a_second_person_and_their_number_is_the_true_one(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(FOUNDER)
    many = [stores.family(founder).case.uid] * 20
    for second in (None, office_with_keys.agreeing(office.folder, office_with_keys.FOUNDER)):
        with pytest.raises(RefusedError):
            write_pdfs(founder, many, tmp_path / "many", on, second)
    assert not (tmp_path / "many").exists() and accesses(founder) == ()
    write_pdfs(founder, many, tmp_path / "many", lambda done, _: done < 2, office_with_keys.agreeing(office.folder))
    lines = [(line.text("what"), line.text("second"), line.whole("count")) for line in accesses(founder)]
    assert lines == [("exported", office.second, 2), ("leaving", office.second, 20)]
    founder.lock()


def test_among_them_no_case_that_is_left_alone(workspace: Workspace, family: CaseFile, tmp_path: Path) -> None:
    other = stores.family(workspace).case
    restrict_processing(workspace, family, "Asked by the person")
    [path] = write_pdfs(workspace, [other.uid, family.case.uid], tmp_path / "out", on)
    assert other.text("number") in text_of(path)
    with pytest.raises(RefusedError):
        write_pdfs(workspace, [family.case.uid], tmp_path / "none", on)
    assert not (tmp_path / "none").exists()
    line, _ = accesses(workspace)
    assert (line.text("what"), line.text("document"), line.whole("count")) == ("exported", "summary", 1)
