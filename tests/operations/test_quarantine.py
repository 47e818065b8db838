"""What waits in quarantine is shown with its reason; a supervisor lets it in or throws it away, and that is written down."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.exchange import admission
from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.exchange.quarantine import LET_IN, WHY, let_in, throw_away, waiting
from avrr_desktop.operations.files.files import check_files, sweep_files
from avrr_desktop.operations.protection.erasing import erase_case
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import choose_backup_folder, make_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import names_in
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support import office_with_keys, stores
from tests.support.journals import tables_with
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.quarantine import WORD, waits


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def names(workspace: Workspace) -> list[str]:
    return [one.name for one in waiting(workspace)]


def test_a_file_that_waits_is_kept_as_long_as_it_waits_and_is_in_the_backups(office: People, tmp_path: Path) -> None:
    home, _ = waits(office, tmp_path)
    [scan] = names_in(office.folder / "files")
    choose_backup_folder(home, tmp_path / "backups")
    make_backup(home, tmp_path / "backups")
    assert scan in {path.name for path in (tmp_path / "backups").rglob("*")}
    home.clock = SteppingClock(datetime(2099, 1, 1, tzinfo=timezone.utc))
    assert sweep_files(home) == 0 and scan in names_in(office.folder / "files")
    for one in names(home):
        throw_away(home, [one])
    assert sweep_files(home) == 1
    home.lock()


def test_every_reason_is_said_in_words() -> None:
    assert set(WHY) == set(admission.REASONS) and set(WHY) > LET_IN


def test_what_waits_is_shown_with_who_what_and_why(office: People, tmp_path: Path) -> None:
    home, _ = waits(office, tmp_path)
    first = waiting(home)[0]
    assert (first.who, first.can_come) == ("Besnik Leka", True)
    assert "Đorđević family" in first.what and "was not taken on this journey" in first.why and first.when is not None
    home.lock()


def test_let_in_it_is_as_if_it_had_come_at_once(office: People, tmp_path: Path) -> None:
    home, case = waits(office, tmp_path)
    assert let_in(home, names(home)) == 5 and names(home) == []
    after = home.store.reader.case_file(case)
    assert f"{WORD} at the border" in {note.text("text") for note in after.notes}
    assert (after.case.text("remarks"), after.case.conflicts) == ("second", None)
    assert after.members[0].person.text("phone") == "+355 1" and check_files(home) == (0, 0)
    assert check_store(home).sound
    assert [line.text("what") for line in accesses(home)[:5]] == ["let_in"] * 5
    home.lock()


def test_let_in_in_another_order_the_tables_are_those_of_a_rebuild(office: People, tmp_path: Path) -> None:
    home, _ = waits(office, tmp_path)
    for name in reversed(names(home)):
        let_in(home, [name])
        assert tables_match(home.store) and chain_fault(home.store.connection) is None
    home.lock()


def test_thrown_away_its_words_are_gone_and_it_does_not_come_again(office: People, tmp_path: Path) -> None:
    home, case = waits(office, tmp_path)
    [note] = [one.name for one in waiting(home) if "Note" in one.what]
    assert throw_away(home, [note]) == 1 and note not in names(home)
    assert tables_with(home, WORD) == set() and check_store(home).sound
    with pytest.raises(NotFoundError):
        let_in(home, [note])
    assert accesses(home)[0].text("what") == "thrown_away"
    let_in(home, names(home))
    assert check_store(home).sound and home.store.reader.case_file(case).case.text("remarks") == "second"
    home.lock()


def test_what_is_erased_goes_out_of_the_quarantine_too(office: People, tmp_path: Path) -> None:
    home, case = waits(office, tmp_path)
    assert "local_quarantine" in tables_with(home, WORD)
    erase_case(home, home.store.reader.case_file(case), "article 17", office_with_keys.agreeing(office.folder))
    assert tables_with(home, WORD) == set() == tables_with(home, "+355 1")
    let_in(home, names(home))
    assert tables_with(home, WORD) == set() and check_store(home).sound and not home.store.reader.record("case", case)
    home.lock()


@pytest.mark.parametrize("kind", ["erase", "altered"])
def test_what_cannot_be_decided_away_is_never_let_in(office: People, tmp_path: Path, kind: str) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    journey = take_along(home, [case], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    if kind == "erase":
        parts, actor = [Part(PartKind.ERASE, "case", case, {"ground": "x"})], away.actor
    else:
        parts, actor = [Part(PartKind.SET, "case", case, {"remarks": WORD})], office.founder
    away.store.save(parts, case=None if kind == "erase" else case, actor=actor, now=away.clock.now())
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    before = home.store.journal.count()
    [one] = waiting(home)
    assert not one.can_come
    with pytest.raises(RefusedError) as refused:
        let_in(home, [one.name])
    assert "cannot be admitted" in refused.value.title
    assert (home.store.journal.count(), names(home)) == (before, [one.name])
    home.lock()


def test_a_reason_that_somebody_wrote_over_lets_nothing_in(office: People, tmp_path: Path) -> None:
    """An insider writes a harmless reason beside an entry that is signed by somebody else."""
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    journey = take_along(home, [case], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    away.store.save([Part(PartKind.SET, "case", case, {"remarks": WORD})], case=case, actor=office.founder,
                    now=away.clock.now())  # fmt: skip
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    home.store.connection.execute("UPDATE local_quarantine SET reason=?", (admission.NOT_ALONG,))
    with pytest.raises(RefusedError):
        let_in(home, names(home))
    assert home.store.reader.case_file(case).case.text("remarks") == "" and len(names(home)) == 1
    home.lock()


def test_only_a_supervisor_decides(office: People, tmp_path: Path) -> None:
    home, _ = waits(office, tmp_path)
    known = names(home)
    home.lock()
    for passphrase in (WORKER, office_with_keys.READER):
        at = office.at_work(passphrase)
        for verb in (let_in, throw_away):
            with pytest.raises(RefusedError):
                verb(at, known)
        at.lock()
    at = office.at_work(office_with_keys.SECOND)
    assert let_in(at, known) == 5
    at.lock()


def test_a_clock_from_the_end_of_time_that_is_let_in_gets_one_that_can_be(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    journey = take_along(home, [case], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    away.store.journal.next_clock = lambda now: 2**63 - 1  # type: ignore[method-assign]
    new_record(away, "note", {"text": WORD}, case)
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    let_in(home, names(home))
    row = home.store.connection.one("SELECT max(clock) FROM journal")
    assert row and row[0] < 2**62 and check_store(home).sound
    assert WORD in {note.text("text") for note in home.store.reader.case_file(case).notes}
    new_record(home, "note", {"text": "saving goes on"}, case)
    open_case(home, {"called": "and on"}, [])
    home.lock()
