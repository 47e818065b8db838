"""A check says how far it is, can be stopped, writes nothing, and is remembered until the next one is due."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import choose_backup_folder, make_backup
from avrr_desktop.operations.store.check import check_store, check_work
from avrr_desktop.operations.store.check_notes import check_state, check_what_is_new, keep_check
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.store.journal.comparing import Comparison, Families
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, READER, WORKER, People
from tests.support.stores import NOW, family


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def reader_at(office: People, days: int) -> Workspace:
    return open_unlocked(office.folder, unlock(office.folder, READER), clock=SteppingClock(NOW + timedelta(days=days)))


def test_it_says_how_far_it_is_and_ends_at_its_end(workspace: Workspace, family: CaseFile) -> None:
    said: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        said.append((done, total))
        return True

    assert check_store(workspace, go_on).sound
    assert said[-1][0] == said[-1][1] > 0 and [done for done, _ in said] == sorted(done for done, _ in said)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_it_stops_when_it_is_told_to_and_says_so(workspace: Workspace, family: CaseFile, after: int) -> None:
    asked: list[int] = []

    def stop(done: int, _: int) -> bool:
        asked.append(done)
        return len(asked) <= after

    with pytest.raises(StoreError) as stopped:
        check_store(workspace, stop)
    assert "cancelled" in stopped.value.title and len(asked) == after + 1
    assert check_store(workspace).sound  # nothing is left open


def test_nothing_is_written_beside_the_store_or_into_it(workspace: Workspace, family: CaseFile) -> None:
    workspace.store.connection.checkpoint()
    folder = workspace.folder.path

    def there() -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".db-shm"
        }

    before = there()
    assert check_store(workspace).sound and check_work(workspace)(lambda done, total: True).sound
    assert there() == before


def test_it_looks_at_one_moment_while_somebody_goes_on_writing(workspace: Workspace, family: CaseFile) -> None:
    def write(_: int, __: int) -> bool:
        new_record(workspace, "note", {"text": "changed in the meantime"}, family.case.uid)
        return True

    before = workspace.store.journal.count()
    report = check_work(workspace)(write)
    assert report.sound and report.entries == before < workspace.store.journal.count()
    assert check_store(workspace).sound


def sliced(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, bool, int]:
    """Compare a store with slices as small as can be; return what matched, and how many slices there were."""
    monkeypatch.setattr("avrr_desktop.store.journal.comparing.ENTRIES", 1)
    monkeypatch.setattr("avrr_desktop.store.journal.comparing.LINES", 1)
    families, comparison = Families(), Comparison(workspace.store)
    for entry in workspace.store.journal.all():
        families.hear(entry)
    comparison.compare(families, lambda _: None)
    return comparison.tables, comparison.index, len(list(families.slices()))


def test_cases_are_looked_at_a_few_at_a_time_and_those_that_share_people_together(
    workspace: Workspace, family: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(workspace, {"called": "Alone"}, [({"family_name": "Leka"}, {})])
    open_case(workspace, {"called": "Alone too"}, [({"family_name": "Hoxha"}, {})])
    assert sliced(workspace, monkeypatch) == (True, True, 3)
    ana = family.members[2]
    remove_record(workspace, ana.membership, family.case.uid)
    shared = open_case(workspace, {"called": "Together"}, known=ana.person.uid)
    edit_record(workspace, ana.person, {"phone": "+000 7"}, shared.case)
    note(workspace, "case_opened", case=shared.case, reason="looked")
    new_record(workspace, "provider", {"name": "Bashkia"})
    assert sliced(workspace, monkeypatch) == (True, True, 3)
    workspace.store.connection.execute("UPDATE persons SET phone='+000 8' WHERE uid=?", (ana.person.uid,))
    assert sliced(workspace, monkeypatch) == (False, True, 3)


def test_what_it_found_is_remembered_and_seen_by_who_only_reads(office: People) -> None:
    reader = reader_at(office, 0)
    assert check_state(reader).due and check_state(reader).at is None
    keep_check(reader, check_store(reader))
    state = check_state(reader)
    assert state.sound and not state.due and state.at is not None and not state.lines
    reader.lock()
    worker = office.at_work(WORKER)
    worker.store.connection.execute("UPDATE officers SET name='Nobody' WHERE uid=?", (office.second,))
    keep_check(worker, check_store(worker))
    worker.lock()
    reader = reader_at(office, 1)
    state = check_state(reader)
    assert not state.sound and not state.due and "Lists and journal differ" in state.lines[0]
    reader.lock()


@pytest.mark.parametrize(("days", "due"), [(6, False), (8, True), (-2, True)])
def test_it_is_due_after_a_week_and_when_the_clock_went_back(office: People, days: int, due: bool) -> None:
    worker = reader_at(office, 0)
    keep_check(worker, check_store(worker))
    worker.lock()
    worker = reader_at(office, days)
    assert check_state(worker).due is due
    worker.lock()


@pytest.mark.parametrize("what", ["came_back", "rescued", "restored"])
def test_it_is_due_once_something_came_from_outside(office: People, what: str) -> None:
    founder = office.at_work(FOUNDER)
    keep_check(founder, check_store(founder))
    note(founder, what, count=1)
    assert check_state(founder).due
    keep_check(founder, check_store(founder))
    assert not check_state(founder).due
    founder.lock()


def forged(workspace: Workspace) -> None:
    """Say that all is well, without the signature of the computer."""
    workspace.store.connection.execute(
        "UPDATE local_settings SET value=replace(value, '\"sound\": false', '\"sound\": true') WHERE key='checked'"
    )


def test_a_note_that_this_computer_did_not_sign_is_none(office: People) -> None:
    founder = office.at_work(FOUNDER)
    founder.store.connection.execute("UPDATE officers SET name='Nobody' WHERE uid=?", (office.second,))
    keep_check(founder, check_store(founder))
    assert not check_state(founder).sound and not check_state(founder).due
    forged(founder)
    assert check_state(founder).at is None and check_state(founder).due
    founder.lock()


def in_somebody_elses_name(workspace: Workspace, office: People) -> None:
    part = Part(PartKind.ADD, "provider", workspace.ids.new(), {"name": "Bashkia"})
    workspace.store.save([part], case=None, actor=office.second, now=workspace.clock.now())


def a_text_written_over(workspace: Workspace, office: People) -> None:
    new_record(workspace, "provider", {"name": "Bashkia"})
    workspace.store.connection.execute(
        "UPDATE journal SET parts=CAST(replace(parts, 'Bashkia', 'Bashkib') AS BLOB) WHERE pk=(SELECT max(pk) FROM journal)"
    )


@pytest.mark.parametrize("act", [in_somebody_elses_name, a_text_written_over])
def test_a_backup_looks_at_what_is_new_since_the_last_check(
    office: People, tmp_path: Path, act: Callable[[Workspace, People], None]
) -> None:
    founder = office.at_work(FOUNDER)
    choose_backup_folder(founder, tmp_path / "backups")
    keep_check(founder, check_store(founder))
    family(founder)
    make_backup(founder)
    assert check_state(founder).sound
    founder.lock()
    worker = office.at_work(WORKER)
    act(worker, office)
    make_backup(worker)
    assert not check_state(worker).sound and check_state(worker).lines
    worker.lock()


def test_what_was_looked_at_is_not_looked_at_again(office: People, monkeypatch: pytest.MonkeyPatch) -> None:
    founder = office.at_work(FOUNDER)
    keep_check(founder, check_store(founder))
    family(founder)
    looked: list[object] = []
    hear = "avrr_desktop.operations.store.check_entries.Entries.hear"
    monkeypatch.setattr(hear, lambda _, entry: looked.append(entry.number))
    assert check_what_is_new(founder) == () and len(looked) == 1
    assert check_what_is_new(founder) == () and len(looked) == 1
    founder.lock()
