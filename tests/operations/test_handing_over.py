"""What is handed over is what would be printed now, at a level of whoever hands it over; a case as JSON is an export too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, RETURNEE
from avrr_desktop.domain.errors import ExpectedError, RefusedError
from avrr_desktop.domain.policy import Policy
from avrr_desktop.operations.documents.printing import (
    hand_over,
    is_outdated,
    keep_copy,
    make_anew,
    outbox,
    outbox_document,
    throw_away,
)
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, READER, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def test_what_changed_since_is_handed_over_only_on_purpose(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    pk = keep_copy(workspace, family, "missing-papers", RETURNEE, "the family")
    new_record(workspace, "note", {"text": "moved"}, family.case.uid)
    [item] = outbox(workspace)
    assert item.state == "replaced" and is_outdated(workspace, item)
    with pytest.raises(RefusedError) as refused:
        hand_over(workspace, pk, tmp_path, "the family")
    assert "the case has changed since" in refused.value.title and list(tmp_path.glob("*.pdf")) == []
    anew = make_anew(workspace, pk)
    item, _ = outbox_document(workspace, anew)
    assert (item.document, item.level, item.recipient) == ("missing-papers", RETURNEE, "the family")
    assert not is_outdated(workspace, item) and hand_over(workspace, anew, tmp_path, "the family").path.exists()
    assert hand_over(workspace, pk, tmp_path, "the family", outdated=True).path.exists()
    new_record(workspace, "note", {"text": "moved again"}, family.case.uid)
    with pytest.raises(RefusedError):
        hand_over(workspace, anew, tmp_path, "a second recipient")


def test_a_newer_copy_takes_the_place_of_one_for_the_same_recipient_alone(
    workspace: Workspace, family: CaseFile
) -> None:
    for level, to in ((RETURNEE, "Ana"), (RETURNEE, "Luka"), (FULL, "Ana"), (RETURNEE, "Ana")):
        keep_copy(workspace, family, "summary", level, to)
    assert [(item.recipient, item.state) for item in outbox(workspace)] == [
        ("Ana", "ready"), ("Ana", "ready"), ("Luka", "ready"), ("Ana", "replaced")
    ]  # fmt: skip


def test_of_a_case_that_is_left_alone_only_the_copy_of_the_returnee_is_handed_over(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    full, own = (keep_copy(workspace, family, "summary", level, "the office") for level in (FULL, RETURNEE))
    restrict_processing(workspace, family, "asked by the person")
    with pytest.raises(RefusedError, match="is restricted at the person"):
        hand_over(workspace, full, tmp_path, "the office", outdated=True)
    assert list(tmp_path.glob("*.pdf")) == []
    assert hand_over(workspace, own, tmp_path, "the family", outdated=True).path.exists()


def test_a_document_above_the_role_is_neither_read_nor_handed_over_nor_thrown_away(
    office: People, tmp_path: Path
) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    full, own = (keep_copy(founder, case, "summary", level) for level in (FULL, RETURNEE))
    founder.lock()
    worker = office.at_work(WORKER)
    assert outbox_document(worker, own)[1].startswith(b"%PDF")
    _refused(worker, full, tmp_path)
    assert hand_over(worker, own, tmp_path, "the family").path.exists()
    worker.lock()
    reader = office.at_work(READER)
    for pk in (full, own):
        _refused(reader, pk, tmp_path)
    reader.lock()
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def _refused(at_work: Workspace, pk: int, folder: Path) -> None:
    """See that nothing can be done with a document."""
    before = outbox(at_work)
    acts: list[Callable[[], object]] = [
        lambda: outbox_document(at_work, pk), lambda: throw_away(at_work, pk), lambda: make_anew(at_work, pk),
        lambda: hand_over(at_work, pk, folder, "a friend"),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(RefusedError):
            act()
    assert outbox(at_work) == before


def test_a_case_as_json_is_for_whoever_may_print_everything_and_is_written_down(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    document = case_document(founder, case)
    assert document["paper"][0]["number"] == "009876543"
    [line] = accesses(founder)
    assert (line.text("what"), line.text("case_link"), line.text("level")) == ("exported", case.case.uid, FULL)
    assert add_case_document(founder, document).case
    founder.lock()
    for passphrase in (WORKER, READER):
        at_work = office.at_work(passphrase)
        with pytest.raises(RefusedError):
            case_document(at_work, case)
        assert len(accesses(at_work)) == 1
        at_work.lock()


def test_many_cases_as_json_in_one_day_need_a_second_person_however_they_are_asked_for(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    for _ in range(19):
        case_document(founder, case)
    for second in (
        None,
        *(office_with_keys.agreeing(office.folder, one) for one in (office_with_keys.FOUNDER, office_with_keys.WORKER)),
    ):
        with pytest.raises(RefusedError):
            case_document(founder, case, second)
    assert (
        case_document(founder, case, office_with_keys.agreeing(office.folder))
        and accesses(founder)[0].text("second") == office.second
    )
    founder.lock()


def test_a_case_as_json_asks_the_policy_and_leaves_a_resting_case_alone(workspace: Workspace, family: CaseFile) -> None:
    workspace.policy = Policy(exports=frozenset({"password"}))
    with pytest.raises(ExpectedError):
        case_document(workspace, family)
    workspace.policy = Policy()
    restrict_processing(workspace, family, "asked by the person")
    with pytest.raises(RefusedError):
        case_document(workspace, workspace.store.reader.case_file(family.case.uid))
    assert accesses(workspace) == ()
