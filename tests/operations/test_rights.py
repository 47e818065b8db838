"""Rights of people in the files: their own data without others', a case left alone, erasing that leaves no word."""

import json
from pathlib import Path

import pypdf
import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.documents.printing import Copy, case_pdf, finished_copy, put_in_outbox
from avrr_desktop.operations.protection.data_subject import (
    due_to_go,
    erase_case,
    erase_person,
    give_own_data,
    lift_restriction,
    restrict_processing,
)
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import all_drafts, keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import office_with_keys, stores
from tests.support.endings import close_case
from tests.support.journals import tables_with


def test_a_person_gets_what_is_held_about_them_and_nothing_of_the_others(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    finished_copy(workspace, family, "summary", "full_internal", "Општина Нови Пазар", "printed")
    ana = family.members[2]
    read, machine = give_own_data(workspace, family, ana, tmp_path)
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(read).pages)
    assert "Ana" in text and "Liège" in text and "0203014635120" in text and "Општина Нови Пазар" in text
    assert not [word for word in ("Марко", "Šejla", "Çelë", "009876543", "Prva poseta") if word in text]
    document = json.loads(machine.read_text(encoding="utf-8"))
    assert {record["kind"] for record in document["records"]} == {"person", "membership", "paper"}
    assert document["told"][0]["to"] == "Општина Нови Пазар"
    assert "Марко" not in machine.read_text(encoding="utf-8")
    assert accesses(workspace, family.case.uid)[0].text("what") == "subject_access"
    assert {path.suffix for path in tmp_path.glob("RS-*")} == {".pdf", ".json"}


def test_a_case_that_is_left_alone_is_neither_changed_nor_told(workspace: Workspace, family: CaseFile) -> None:
    with pytest.raises(RefusedError):
        restrict_processing(workspace, family, " ")
    restrict_processing(workspace, family, "Asked by the person on the telephone")
    still = workspace.store.reader.case_file(family.case.uid)
    for attempt in (
        lambda: new_record(workspace, "note", {"text": "x"}, family.case.uid),
        lambda: edit_record(workspace, still.case, {"called": "x"}, family.case.uid),
        lambda: case_pdf(workspace, still, copy=Copy("case_conference")),
    ):
        with pytest.raises(RefusedError) as refused:
            attempt()
        assert "restricted at the person’s request" in refused.value.title
    assert case_pdf(workspace, still, copy=Copy("returnee_copy"))
    lift_restriction(workspace, still)
    new_record(workspace, "note", {"text": "x"}, family.case.uid)


CANARY = "0vamprobkuf"


def test_an_erased_case_leaves_no_word_and_a_line_without_a_name(workspace: Workspace, family: CaseFile) -> None:
    uid = family.case.uid
    other = open_case(workspace, {"called": "Other"}, [], known=family.members[0].person.uid)
    edit_record(workspace, family.case, {"called": f"{CANARY} family"}, uid)
    new_record(workspace, "note", {"text": f"{CANARY} was here"}, uid)
    edit_record(workspace, family.members[1].person, {"address": CANARY}, uid)
    keep_draft(workspace, "new Y", uid, "note", "Y", {"text": CANARY}, ())
    case = workspace.store.reader.case_file(uid)
    content, copy = finished_copy(workspace, case, "summary", "full_internal", "", "kept")
    put_in_outbox(workspace, case, content, "summary", copy)
    entries = workspace.store.journal.count()
    with pytest.raises(RefusedError):
        erase_case(workspace, case, " ")
    changes = erase_case(workspace, case, "Asked for by the person, article 17")
    with pytest.raises(NotFoundError):
        workspace.store.reader.case_file(uid)
    assert find(workspace, CANARY) == [] and find(workspace, "Šejla") == []
    assert tables_with(workspace, CANARY[3:]) == set() and tables_with(workspace, "Šejla") == set()
    assert all_drafts(workspace) == [] and workspace.store.local.documents() == []
    assert workspace.store.journal.count() == entries + 2
    report = check_store(workspace)
    assert report.sound and report.cases == 1
    kept = workspace.store.reader.case_file(other.case)
    assert [member.person.text("given_names") for member in kept.members] == ["Марко"]
    assert accesses(workspace)[0].text("reason") == "Asked for by the person, article 17"
    with pytest.raises(RefusedError):
        undo(workspace, changes.change_id)


def test_an_erased_person_leaves_the_others_their_case(workspace: Workspace, family: CaseFile) -> None:
    erase_person(workspace, family, family.members[0], "Asked for by the person")
    after = workspace.store.reader.case_file(family.case.uid)
    assert [member.person.text("given_names") for member in after.members] == ["Šejla", "Ana", "Luka", "Çelë"]
    assert {paper.text("doc_type") for paper in after.papers} == {"birth_certificate_national"}
    assert tables_with(workspace, "1506985600010") == set() == tables_with(workspace, "009876543")
    assert check_store(workspace).sound


def test_erasing_needs_two_people_where_each_signs(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(office_with_keys.FOUNDER)
    case = stores.family(founder)
    for second in (None, office_with_keys.agreeing(office.folder, office_with_keys.FOUNDER)):
        with pytest.raises(RefusedError):
            erase_case(founder, case, "ground", second)
    erase_case(founder, case, "ground", office_with_keys.agreeing(office.folder))
    assert accesses(founder)[0].text("second") == office.second
    founder.lock()


def test_what_is_due_to_go_is_told_only_where_the_programme_set_a_period(
    workspace: Workspace, family: CaseFile
) -> None:
    from dataclasses import replace

    close_case(workspace, family, "withdrew")
    closed = workspace.store.reader.case_file(family.case.uid).case
    part = {"closed_on": "2024-05-31"}
    workspace.store.save(
        [__import__("avrr_desktop.domain.history.change", fromlist=["Part"]).Part(
            __import__("avrr_desktop.domain.history.change", fromlist=["PartKind"]).PartKind.COMMAND, "case", closed.uid, part, closed.seen)],
        case=closed.uid, actor="", now=workspace.clock.now(),
    )  # fmt: skip
    assert due_to_go(workspace) == []
    workspace.pack = replace(workspace.pack, settings={**workspace.pack.settings, "retention_months": 24})
    assert [(line.uid, due) for line, due in due_to_go(workspace)] == [(closed.uid, "2026-05-31")]
    workspace.pack = replace(workspace.pack, settings={**workspace.pack.settings, "retention_months": 25})
    assert due_to_go(workspace) == []
