"""A program that ends at any call while files leave tells the truth later: what lies outside has its line, what has none is not there."""

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.files import AN_HOUR, lock_file, sweep_parts, write_new, write_whole
from avrr_desktop.operations.documents.leaving_files import Line, leave, leaving, settle
from avrr_desktop.operations.documents.printing import hand_over, keep_copy, outbox, put_in_outbox, write_pdfs
from avrr_desktop.operations.protection.own_data import give_own_data
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import office_with_keys, stores
from tests.support.folders import OtherProgram, opened
from tools.rigs.disk_limit import full_disk
from tools.rigs.failpoint_child import STICK, STORE
from tools.rigs.victims import begun, ended

CONTENT = b"%PDF-1.7 the whole of a case " + bytes(9000)
Story = tuple[tuple[str, ...], str, int]  # lines, state in the outbox, whole files outside


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a closed store that holds a document, and an empty stick beside it."""
    folder = Path(tmp_path_factory.mktemp("leaving"))
    workspace = begun(folder)
    put_in_outbox(workspace, stores.family(workspace), CONTENT)
    workspace.lock()
    (folder / STICK).mkdir()
    return folder


def lines(workspace: Workspace) -> tuple[str, ...]:
    return tuple(line.text("what") for line in reversed(accesses(workspace)))


def story(folder: Path) -> Story:
    """Open a store that a program left behind, as the next officer does, and return what it tells of the document."""
    workspace = opened(folder / STORE)
    try:
        outside = [path for path in (folder / STICK).iterdir() if path.suffix != "" and path.name[0] != "."]
        assert not outside or lines(workspace), "a file lies outside, and no line says that it was to leave"
        settle(workspace)
        assert check_store(workspace).sound
        assert not list((folder / STICK).glob(".part-*"))
        return lines(workspace), outbox(workspace)[0].state, len(list((folder / STICK).iterdir()))
    finally:
        workspace.lock()


@pytest.mark.skipif(sys.platform == "win32", reason="victims are forked")
def test_ended_at_any_call_of_a_hand_over_the_story_is_true(victims: OtherProgram, base: Path, tmp_path: Path) -> None:
    found = [story(folder) for folder in ended(victims, base, tmp_path, "hand_over")]
    assert len(found) > 12
    assert list(dict.fromkeys(found)) == [
        ((), "ready", 0), (("leaving", "not_left"), "ready", 0), (("leaving", "handed_over"), "handed_over", 1)
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="victims are forked")
def test_ended_while_two_files_of_a_person_leave_each_is_told(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    found = [story(folder) for folder in ended(victims, base, tmp_path, "leave")]
    assert list(dict.fromkeys(found)) == [
        ((), "ready", 0), (("leaving", "not_left"), "ready", 0), (("leaving", "not_left", "subject_access"), "ready", 1),
        (("leaving", "subject_access"), "ready", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("pages", range(12))
def test_a_store_that_is_full_at_any_point_lets_nothing_out_without_its_line(
    workspace: Workspace, family: CaseFile, tmp_path: Path, pages: int
) -> None:
    pk = put_in_outbox(workspace, family, CONTENT)
    stick = tmp_path / "stick"
    stick.mkdir()
    said: StoreError | None = None
    with full_disk(workspace, pages):
        try:
            hand_over(workspace, pk, stick, "Head office")
        except StoreError as error:
            said = error
    if said is not None:
        assert list(stick.iterdir()) == []
        assert (
            said.title.startswith(("Nothing was handed over", "The hand-over could not be recorded"))
            and "What you typed" not in said.hint
        )
    settle(workspace)
    told = {0: ((), ("leaving", "not_left")), 1: (("leaving", "handed_over"),)}[len(list(stick.iterdir()))]
    assert lines(workspace) in told
    assert outbox(workspace)[0].state == ("handed_over" if list(stick.iterdir()) else "ready")
    assert hand_over(workspace, pk, stick, "Head office").path.read_bytes() == CONTENT


def test_a_stick_that_is_not_there_at_the_next_start_is_looked_for_again(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    pk = put_in_outbox(workspace, family, CONTENT)
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    line: Line = {"what": "handed_over", "case": family.case.uid, "recipient": "court"}
    with pytest.raises(StoreError), leaving(workspace, stick, line, document=pk) as way:
        way.write("a.pdf", CONTENT)
        stick.rename(pocket)
        way.write("b.pdf", CONTENT)
    assert lines(workspace) == ("leaving",) and outbox(workspace)[0].state == "leaving"
    settle(workspace)
    assert lines(workspace) == ("leaving",), "nobody can know yet"
    pocket.rename(stick)
    settle(workspace)
    settle(workspace)
    assert lines(workspace) == ("leaving", "handed_over") and outbox(workspace)[0].state == "handed_over"
    assert workspace.store.local.settings("leaving ") == {}


def test_the_next_unlock_tells_what_became_of_it_and_in_whose_name(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(office_with_keys.FOUNDER)
    case = stores.family(founder)
    pk = put_in_outbox(founder, case, CONTENT)
    row = founder.store.local.begin_leaving(pk)
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(CONTENT)
    head = {"folder": str(tmp_path), "total": 1, "row": row, "line": {
        "what": "handed_over", "case": case.case.uid, "recipient": "court", "officer": office.founder}}  # fmt: skip
    founder.store.local.set_setting("leaving X", json.dumps(head))
    file = json.dumps([str(whole), hashlib.sha256(CONTENT).hexdigest()])
    founder.store.local.set_setting("leaving X 00000", file)
    founder.store.local.set_setting("leaving Y", "no JSON at all")
    founder.lock()
    reader = office.at_work(office_with_keys.READER)
    [line] = accesses(reader)
    assert (line.text("what"), line.text("recipient"), line.text("officer")) == ("handed_over", "court", office.founder)
    assert [(item.state, item.handed_to) for item in outbox(reader)] == [("handed_over", "court")]
    reader.lock()


def test_no_file_is_ever_written_over(workspace: Workspace, family: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"somebody else's")
    (tmp_path / "a-2.pdf").symlink_to(tmp_path / "nowhere")
    [third] = leave(workspace, tmp_path, {"a.pdf": b"mine"}, {"what": "handed_over"})
    assert (third.name, third.read_bytes()) == ("a-3.pdf", b"mine")
    assert (tmp_path / "a.pdf").read_bytes() == b"somebody else's" and not (tmp_path / "nowhere").exists()
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(StoreError):
        leave(workspace, tmp_path, {"b.pdf": b"mine"}, {"what": "handed_over"})
    assert write_new(tmp_path / "c.pdf.age", b"1") != write_new(tmp_path / "c.pdf.age", b"2")
    assert (tmp_path / "c-2.pdf.age").read_bytes() == b"2"


def test_many_prints_and_two_recipients_are_files_of_their_own(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    places = [
        hand_over(workspace, keep_copy(workspace, family, "summary", level, to), tmp_path, to).path
        for level, to in (("returnee_copy", "the family"), ("full_internal", "Head office"), ("anonymous", ""))
        if to
    ]
    for _ in range(2):
        places += write_pdfs(workspace, [family.case.uid], tmp_path, lambda *_: True)
    assert len(set(places)) == 4 and all(path.exists() for path in places)
    serials = {line.text("serial") for line in accesses(workspace) if line.text("what") == "handed_over"}
    assert all(any(serial in path.name for path in places) for serial in serials)


def test_two_cases_with_one_number_have_files_that_are_told_apart(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    other = stores.family(workspace)
    number = family.case.text("number")
    workspace.store.connection.execute("UPDATE cases SET number=? WHERE uid=?", (number, other.case.uid))
    paths = write_pdfs(workspace, [family.case.uid, other.case.uid], tmp_path, lambda *_: True)
    for path, case in zip(paths, (family, other), strict=True):
        assert path.name.startswith(number) and case.case.uid[-6:].lower() in path.name


def test_parts_of_earlier_hand_overs_are_swept_and_nothing_else(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    pk = put_in_outbox(workspace, family, CONTENT)
    kept = [
        tmp_path / name for name in (".part-", ".part-abc", ".part-ABCDEFGH", ".part-abcdefgh.pdf", "part-abcdefgh")
    ]
    ours, written = tmp_path / ".part-abcd_123", tmp_path / ".part-zzzzzzzz"
    for path in (*kept, ours, written):
        path.write_bytes(b"x")
    (tmp_path / ".part-folder00").mkdir()
    if sys.platform != "win32":
        (tmp_path / ".part-linklink").symlink_to(kept[0])
    with written.open("r+b") as busy:
        lock_file(busy)
        hand_over(workspace, pk, tmp_path, "court")
        assert not ours.exists() and written.exists()
        assert all(path.exists() for path in (*kept, tmp_path / ".part-folder00"))
        old = written.stat().st_mtime - 2 * AN_HOUR
        os.utime(written, (old, old))
    assert sweep_parts(tmp_path, old + 2 * AN_HOUR) == 1 and not written.exists()
    write_whole(tmp_path / "again", b"y")
    assert sweep_parts(tmp_path / "nowhere", 0) == 0


def test_a_copy_is_kept_whole_or_not_at_all(workspace: Workspace, family: CaseFile) -> None:
    before = workspace.store.local.setting("serial")
    for pages in range(3):
        with full_disk(workspace, pages):
            try:
                keep_copy(workspace, family, "summary", "full_internal")
            except StoreError:
                assert lines(workspace) == () and outbox(workspace) == []
                assert workspace.store.local.setting("serial") == before
    assert lines(workspace) == () and keep_copy(workspace, family, "summary", "full_internal")
    assert lines(workspace) == ("kept",) and len(outbox(workspace)) == 1


def test_the_data_of_a_person_leave_as_files_of_their_own_each_time(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    places = [path for _ in range(2) for path in give_own_data(workspace, family, family.members[2], tmp_path)]
    assert len(set(places)) == 4 and all(path.exists() for path in places)
    assert lines(workspace) == ("leaving", "subject_access") * 2
    assert accesses(workspace)[0].many("persons") == (family.members[2].person.uid,)
    with pytest.raises(StoreError):
        give_own_data(workspace, family, family.members[2], tmp_path / "nowhere")
    assert len(lines(workspace)) == 4


def test_what_was_on_its_way_out_of_a_case_is_forgotten_with_its_documents(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    line: Line = {"what": "handed_over", "case": family.case.uid, "recipient": "a name"}
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(StoreError), leaving(workspace, stick, line, total=2) as way:
        way.write("a.pdf", CONTENT)
        stick.rename(tmp_path / "pocket")
        way.write("b.pdf", CONTENT)
    assert "a name" in str(workspace.store.local.settings("leaving "))
    workspace.store.local.forget_documents(family.case.uid)
    assert workspace.store.local.settings("leaving ") == {}
