"""No two stores give one case number; where two met all the same, both cases stay and the later one is renumbered."""

import re
import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import cases_numbered, open_case, read_case_by_number
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.exchange.journey import merge_journey, take_along, take_in
from avrr_desktop.operations.session.access_log import next_serial
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, People
from tests.support.running import CommandLine


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def letters(number: str) -> str:
    return number.split("-")[-2]


def opened(workspace: Workspace, called: str) -> str:
    return open_case(workspace, {"called": called}).number


def test_a_journey_gives_numbers_of_its_own(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    journeys = [take_along(home, [case.case.uid], tmp_path / name, office.everybody) for name in ("one", "two")]
    numbers = [opened(home, "At home")]
    serials = [next_serial(home)]
    home.lock()
    for journey in journeys:
        away = People(journey, office.founder).at_work(FOUNDER)
        numbers.append(opened(away, "On the road"))
        serials.append(next_serial(away))
        away.lock()
    assert len({letters(number) for number in numbers}) == 3 == len(set(serials))
    home = office.at_work(FOUNDER)
    for journey in journeys:
        assert merge_journey(home, journey).renumbered == ()
    assert check_store(home).sound
    home.lock()


def test_a_restored_backup_and_the_store_moved_aside_do_not_give_one_number(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    stores.family(home)
    backup = make_backup(home, tmp_path / "backups")
    after = opened(home, "After the backup")
    serial = next_serial(home)
    home.lock()
    aside = restore_backup(backup.path, office.folder)
    assert aside
    restored = office.at_work(FOUNDER)
    assert next_serial(restored) != serial
    assert letters(opened(restored, "In the restored store")) != letters(after)
    assert take_in(restored, aside).renumbered == ()
    restored.lock()


def as_before(workspace: Workspace) -> None:
    """Count as an older program did: on with the letters of the store from which it was copied."""
    workspace.store.local.set_setting("letters", "")
    assert workspace.store.chain
    workspace.store.local.set_setting("letters", "")


def test_of_two_cases_with_one_number_the_later_one_is_renumbered_and_found_by_both(
    office: People, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.avrr"
    home = office.at_work(FOUNDER)
    stores.family(home)
    home.lock()
    shutil.copytree(office.folder, copy)
    twin = People(copy, office.founder).at_work(FOUNDER)
    home = office.at_work(FOUNDER)
    as_before(home)
    as_before(twin)
    earlier, later = opened(home, "Earlier"), opened(twin, "Later")
    twin.lock()
    assert earlier == later
    taken = take_in(home, copy)
    [(old, new)] = taken.renumbered
    assert old == earlier and new in taken.numbers(Language("en")) and letters(new) != ""
    assert {read_case_by_number(home, number).case.text("called") for number in (old, new)} == {"Earlier", "Later"}
    assert {hit.case.called for hit in find(home, old)} == {"Earlier", "Later"}
    assert check_store(home).sound and not home.store.reader.number_is_shared(old)
    assert take_in(home, copy).renumbered == ()
    home.lock()


def test_two_cases_with_one_number_are_both_shown_and_told(office: People) -> None:
    home = office.at_work(FOUNDER)
    cases = [open_case(home, {"called": called}) for called in ("One", "Two")]
    record = home.store.reader.record("case", cases[1].case)
    assert record is not None
    home.store.save([Part(PartKind.SET, "case", record.uid, {"number": cases[0].number}, record.seen)],
                    case=record.uid, actor=home.actor, now=home.clock.now())  # fmt: skip
    with pytest.raises(RefusedError):
        read_case_by_number(home, cases[0].number)
    assert len(cases_numbered(home, cases[0].number)) == 2 and home.store.reader.number_is_shared(cases[0].number)
    report = check_store(home)
    assert not report.sound and any(cases[0].number in line for line in report.lines(Language("en")))
    home.lock()


def test_the_command_line_names_who_was_renumbered_and_shows_the_case_that_now_has_a_number(
    office: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, cli = tmp_path / "copy.avrr", CommandLine(tmp_path, monkeypatch)
    (cli.home / "passphrase").write_text(FOUNDER, encoding="utf-8")
    at_home = ("--store", office.folder, "--passphrase-file", cli.home / "passphrase")
    office.at_work(FOUNDER).lock()
    shutil.copytree(office.folder, copy)
    for folder, called in ((office.folder, "Home"), (copy, "Elsewhere")):
        workspace = People(folder, office.founder).at_work(FOUNDER)
        as_before(workspace)
        number = opened(workspace, called)
        workspace.lock()
    taken = cli.call("store", "take-in", copy, *at_home)
    assert taken.code == 0
    found = re.search(rf"{number} → (\S+?)[.,]? *$", taken.lines[0])
    assert found and found[1] != number, taken.out
    shown, again = (cli.call("case", "show", one, *at_home) for one in (number, found[1]))
    assert (shown.code, again.code) == (0, 0) and shown.out.startswith(f"{number}  ")
    assert again.out.startswith(f"{found[1]}  ")
    [kept], [moved] = ([name for name in ("Home", "Elsewhere") if name in one.out] for one in (shown, again))
    assert kept != moved

    workspace = office.at_work(FOUNDER)
    [later] = cases_numbered(workspace, found[1])
    workspace.store.save([Part(PartKind.SET, "case", later.case.uid, {"number": "AL-TIR-2026-QQ-0007",
                          "former_numbers": f"{number} {found[1]}"}, later.case.seen)],
                         case=later.case.uid, actor=workspace.actor, now=workspace.clock.now())  # fmt: skip
    workspace.lock()
    former = cli.call("case", "show", found[1], *at_home)
    assert (former.code, "AL-TIR-2026-QQ-0007" in former.out, moved in former.out) == (0, True, True)
