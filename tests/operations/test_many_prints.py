"""Many prints at once say no more than one: the role's level, no case to be left alone, and every file is written down."""

from pathlib import Path

import pytest

from avrr_desktop.domain.consent.redaction import RETURNEE
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.documents.printing import (
    Copy,
    case_pdf,
    hand_over,
    keep_copy,
    keep_many,
    make_pdfs,
    outbox,
    outbox_document,
    put_in_outbox,
    write_pdfs,
)
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import edit_record
from tests.operations.test_levels import all_of
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, READER, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def test_files_of_many_cases_hold_what_the_role_may_print(office: People, tmp_path: Path) -> None:
    worker = office.at_work(WORKER)
    case = stores.family(worker)
    edit_record(worker, case.case, {"remarks": "remark of an officer"}, case.case.uid)
    [path] = write_pdfs(worker, [case.case.uid], tmp_path / "out", lambda *_: True)
    assert "Марко" in all_of(path.read_bytes()) and "remark of an officer" not in all_of(path.read_bytes())
    line = accesses(worker)[0]
    assert (line.text("what"), line.text("level"), line.whole("count")) == ("exported", RETURNEE, 1)
    with pytest.raises(RefusedError):
        write_pdfs(worker, [case.case.uid] * 20, tmp_path / "many", lambda *_: True)
    worker.lock()
    reader = office.at_work(READER)
    with pytest.raises(RefusedError):
        write_pdfs(reader, [case.case.uid], tmp_path / "none", lambda *_: True)
    reader.lock()
    assert not (tmp_path / "many").exists() and not (tmp_path / "none").exists()


def test_copies_that_are_kept_for_many_carry_numbers_and_are_written_down_each(office: People) -> None:
    founder = office.at_work(FOUNDER)
    cases = [stores.family(founder).case.uid for _ in range(3)]
    keep_many(founder, make_pdfs(founder, cases)(lambda *_: True))
    items = {item.serial: item for item in outbox(founder)}
    lines = {line.text("serial"): line for line in accesses(founder)}
    assert len(items) == 3 and "" not in items and lines.keys() == items.keys()
    for serial, item in items.items():
        line = lines[serial]
        assert (line.text("what"), line.text("case_link"), line.text("level")) == ("kept", item.case, item.level)
        assert serial in all_of(outbox_document(founder, item.pk)[1])
    single = keep_copy(founder, founder.store.reader.case_file(cases[0]), "summary", RETURNEE)
    assert outbox_document(founder, single)[0].serial not in items
    founder.lock()


def test_a_case_to_be_left_alone_is_not_among_many(office: People, tmp_path: Path) -> None:
    founder = office.at_work(FOUNDER)
    still, other = stores.family(founder), stores.family(founder)
    kept = put_in_outbox(founder, still, case_pdf(founder, still))
    own = put_in_outbox(founder, still, case_pdf(founder, still, copy=Copy(RETURNEE)), copy=Copy(RETURNEE))
    restrict_processing(founder, still, "asked for by the person")
    both = [still.case.uid, other.case.uid]
    made = make_pdfs(founder, both)(lambda *_: True)
    assert [case_file.case.uid for case_file, *_ in made] == [other.case.uid]
    assert len(write_pdfs(founder, both, tmp_path / "out", lambda *_: True)) == 1
    with pytest.raises(RefusedError):
        make_pdfs(founder, both[:1])
    with pytest.raises(RefusedError):
        hand_over(founder, kept, tmp_path, "Bashkia", outdated=True)
    assert hand_over(founder, own, tmp_path, "the person", outdated=True).path.exists()
    founder.lock()
