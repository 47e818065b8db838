"""A store whose file was damaged while it lay closed: noticed, told in words, and never made worse by looking."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import stores
from tests.support.folders import opened

PAGE = 4096
FLIPS, SEED = 1900, 20_260_615  # and one in every page
UNNOTICED = "not noticed"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a closed store with a case, a service, some notes and one long text."""
    workspace = stores.office_workspace(Path(tmp_path_factory.mktemp("whole")) / "office.avrr")
    case = stores.family(workspace)
    add_service(workspace, case, "birth_registration", [member.person.uid for member in case.members])
    for number in range(40):
        new_record(workspace, "note", {"text": f"Разговор {number}: " + "dogovoreno. " * number}, case.case.uid)
    new_record(workspace, "note", {"text": "Dosije. " * 2500}, case.case.uid)
    database = workspace.folder.database
    workspace.lock()
    return database.read_bytes()


def seen(workspace: Workspace) -> list[object]:
    """Return all that an officer is shown of a store: entries, records, lists, and what stands in Today."""
    store = workspace.store
    rows = [*store.journal.all(), *store.dump(), *store.connection.rows("SELECT * FROM case_lines")]
    return [*rows, *store.connection.rows("SELECT * FROM agenda ORDER BY on_date, case_pk, record, kind")]


def work_on(folder: Path) -> None:
    """Work in a store that lies closed: names, a date of Today, a note."""
    workspace = opened(folder)
    [line] = workspace.store.reader.lines([1])
    case = workspace.store.reader.case_file(line.uid)
    edit_record(workspace, case.case, {"called": "Anders"}, line.uid)
    edit_record(workspace, case.members[0].person, {"family_name": "Petrović"}, line.uid)
    step = next(step for step in case.steps if step.text("state") != "done")
    edit_record(workspace, step, {"state": "planned", "planned_on": "2026-07-01"}, line.uid)
    new_record(workspace, "note", {"text": "written later"}, line.uid)
    workspace.lock()


def put_back(before: bytes, after: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the newer file with up to so many of the pages that changed, one after the other, as they were."""
    starts = [at for at in range(0, len(before), PAGE) if before[at : at + PAGE] != after[at : at + PAGE]]
    for count in range(1, most + 1):
        for first in range(len(starts) - count + 1):
            content = bytearray(after)
            for at in starts[first : first + count]:
                content[at : at + PAGE] = before[at : at + PAGE]
            yield f"{count} old from page {starts[first] // PAGE + 1} on", bytes(content)


def test_S2_old_pages_put_back_are_noticed_wherever_they_change_what_is_seen(tmp_path: Path, whole: bytes) -> None:
    folder = tmp_path / "office.avrr"
    folder.mkdir()
    database = folder / "store.db"
    database.write_bytes(whole)
    work_on(folder)
    after = database.read_bytes()
    workspace = opened(folder)
    now = seen(workspace)
    workspace.lock()
    wrong, noticed = [], 0
    for name, content in put_back(whole, after, 2):
        database.write_bytes(content)
        try:
            workspace = opened(folder)
        except StoreError:
            noticed += 1
            continue
        try:
            sound = check_store(workspace).sound
            if sound and seen(workspace) != now:
                wrong.append(name)
            noticed += not sound
        except StoreError:
            noticed += 1
        finally:
            workspace.store.connection.close()
            workspace.folder.unlock()
    assert wrong == []
    assert noticed > 30


def test_S2_a_remembered_number_that_is_older_than_the_journal_gives_no_name_twice(
    workspace: Workspace, family: CaseFile
) -> None:
    names, remembered = [], []
    for text in ("one", "two", "three"):
        names.append(new_record(workspace, "note", {"text": text}, family.case.uid).changes.change_id)
        remembered.append(workspace.store.local.setting("chain_head"))
    for older in remembered[:2]:
        workspace.store.local.set_setting("chain_head", older)
        names.append(new_record(workspace, "note", {"text": "more"}, family.case.uid).changes.change_id)
    assert len(set(names)) == 5
    assert check_store(workspace).sound


def told(folder: Path, content: bytes, *, pages_only: bool = False) -> str:
    """Open and check a store with these bytes; return how the damage was told, and nothing else may happen."""
    folder.mkdir()
    database = folder / "store.db"
    database.write_bytes(content)
    try:
        workspace = opened(folder)
    except StoreError as error:
        assert error.hint
        assert database.read_bytes() == content, "a failed opening wrote into the file"
        assert {path.name for path in folder.iterdir()} <= {"store.db", "lock"}
        return error.title
    try:
        if pages_only:
            return UNNOTICED if workspace.store.pages_sound() else "pages"
        report = check_store(workspace)
        return UNNOTICED if report.sound else " ".join(report.lines(workspace.words))
    except StoreError as error:
        return error.title
    finally:
        workspace.store.connection.close()
        workspace.folder.unlock()


def failures(folder: Path, damaged: Iterator[tuple[str, bytes]], *, pages_only: bool = False) -> list[str]:
    """Return what went wrong with which damage."""
    found = []
    for number, (name, content) in enumerate(damaged):
        place = folder / f"{number}.avrr"
        try:
            words = told(place, content, pages_only=pages_only)
        except Exception as error:  # a traceback is what must not happen: every one is reported with its place
            words = f"{type(error).__name__}: {error}"
            found.append(f"{name}: {words}")
        else:
            if words == UNNOTICED:
                found.append(f"{name}: {words}")
        shutil.rmtree(place)
    return found


def flipped(content: bytes, bit: int) -> bytes:
    """Return bytes with one bit turned."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_the_store_without_damage_is_sound(tmp_path: Path, whole: bytes) -> None:
    assert told(tmp_path / "whole.avrr", whole) == UNNOTICED


def test_S1_every_flipped_bit_is_noticed_and_told_in_words(tmp_path: Path, whole: bytes) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    bits = [chance.randrange(len(whole) * 8) for _ in range(FLIPS)]
    damaged = ((f"bit {bit}", flipped(whole, bit)) for bit in bits)
    assert failures(tmp_path, damaged, pages_only=True) == []


def test_S1_a_flipped_bit_in_any_page_is_noticed_and_told_in_words(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(SEED + 1)
    bits = [page * PAGE * 8 + chance.randrange(PAGE * 8) for page in range(len(whole) // PAGE)]
    assert len(bits) > 60
    assert failures(tmp_path, ((f"bit {bit}", flipped(whole, bit)) for bit in bits)) == []


def test_S3_every_truncation_is_noticed_and_told_in_words(tmp_path: Path, whole: bytes) -> None:
    size = len(whole)
    lengths = [0, 1, 2, 15, 16, 17, 100, 511, 512, 1024, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, size // 3, size // 2,
               size - 512, size - 1, *range(3 * PAGE, size, PAGE)]  # fmt: skip
    assert failures(tmp_path, ((f"{length} bytes", whole[:length]) for length in lengths)) == []


def test_a_page_of_zeros_is_noticed_and_told_in_words(tmp_path: Path, whole: bytes) -> None:
    starts = range(0, len(whole), 7 * PAGE)
    assert failures(
        tmp_path, ((f"zeros from {start}", whole[:start] + bytes(PAGE) + whole[start + PAGE :]) for start in starts)
    ) == []  # fmt: skip


def test_two_pages_exchanged_are_noticed_and_told_in_words(tmp_path: Path, whole: bytes) -> None:
    pages = [whole[start : start + PAGE] for start in range(0, len(whole), PAGE)]

    def exchanged(first: int, second: int) -> bytes:
        swapped = list(pages)
        swapped[first], swapped[second] = pages[second], pages[first]
        return b"".join(swapped)

    pairs = [(1, 2), (2, len(pages) - 1), (len(pages) // 2, len(pages) // 2 + 1)]
    assert failures(tmp_path, ((f"pages {pair}", exchanged(*pair)) for pair in pairs)) == []


def test_a_file_of_something_else_is_told_in_words_and_left_alone(tmp_path: Path, whole: bytes) -> None:
    others = {"a picture": b"\x89PNG\r\n" + bytes(9000), "plain SQLite": b"SQLite format 3\0" + bytes(8176),
              "noise": random.Random(SEED).randbytes(3 * PAGE), "other store's end": whole[PAGE:]}  # fmt: skip
    assert failures(tmp_path, iter(others.items())) == []
