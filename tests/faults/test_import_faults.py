"""Cases read from a file: a line that cannot be one is refused by its number, and a kill leaves whole cases only."""

import json
import random
import shutil
from pathlib import Path

import pytest

from avrr_desktop.operations.cases.cases import read_case_by_number
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_unlocked
from tests.cli.conftest import cli, new_stores, store  # noqa: F401  fixtures
from tests.cli.test_case_add import BAD_LINES
from tests.support.running import CommandLine, json_lines

DOCUMENT = {
    "case": {"called": "Đorđević", "country_of_return": "RS"}, "person": [{"family_name": "Đorđević"}, {"family_name": "Hoxha"}],
    "note": [{"text": "Çelë šđčćž"}],
}  # fmt: skip
PERSONS, NOTES = 2, 1
GOOD = json_lines([DOCUMENT])
CUT = random.Random(20_260_615)
SPOILED = {
    "UTF-16, little end first": GOOD.decode().encode("utf-16-le"),
    "UTF-16, big end first": GOOD.decode().encode("utf-16-be"),
    "UTF-16 with its mark": GOOD.decode().encode("utf-16"),
    "UTF-32": GOOD.decode().encode("utf-32"),
    "cp1250": '{"case": {"called": "Đorđević šžč"}}\n'.encode("cp1250"),
    "cp1251": '{"case": {"called": "Ђорђевић"}}\n'.encode("cp1251"),
    "NUL": GOOD.replace(b"Hoxha", b"Ho\0ha"),
    "NUL at the end": GOOD.rstrip() + b"\0\n",
    "a letter cut in two": GOOD[: GOOD.index("Đ".encode()) + 1] + b"\n",
    "nested without end": b'{"case": ' + b"[" * 100_000 + b"\n",
    "nested in a value": b'{"case": {"called": ' + b"[" * 900 + b"]" * 900 + b"}}\n",
    "nested in a record": b'{"case": {"called": "A"}, "note": [{"text": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}]}\n",
    "table": b"called;family_name\r\nHoxha;Hoxha\r\n",
    **{f"cut at {at}": GOOD[:at] + b"\n" for at in sorted(CUT.sample(range(1, len(GOOD) - 2), 10))},
    **BAD_LINES,
}  # fmt: skip


@pytest.fixture(scope="module")
def keys(new_stores: Path) -> Keys:  # noqa: F811
    """What opens a copy of the empty practice store, derived once."""
    return unlock(new_stores / "practice", PRACTICE_PASSPHRASE)


@pytest.fixture(scope="module")
def reference(new_stores: Path, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:  # noqa: F811
    """What the tables hold once the good line alone was read."""
    place = tmp_path_factory.mktemp("alone")
    alone = Path(shutil.copytree(new_stores / "practice", place / "practice.avrr"))
    with pytest.MonkeyPatch.context() as environment:
        assert CommandLine(place, environment).call("case", "add", "-", "--store", alone, stdin=GOOD).code == 0
    workspace = open_unlocked(alone, keys)
    try:
        return dump(workspace)
    finally:
        workspace.lock()


def dump(workspace: Workspace) -> list[tuple[object, ...]]:
    """What the tables of a store hold about cases: one row for each thing that an import can leave behind."""
    tables = ("journal", "cases", "persons", "notes", "papers", "providers", "case_lines", "search_entries")
    return [(table, *workspace.store.connection.rows(f"SELECT count(*) FROM {table}")) for table in tables]


@pytest.mark.parametrize("name", SPOILED)
def test_E2_a_line_that_cannot_be_read_is_refused_by_its_number_and_leaves_nothing(
    cli: CommandLine, store: Path, keys: Keys, reference: list[tuple[object, ...]], tmp_path: Path, name: str  # noqa: F811
) -> None:  # fmt: skip
    spoiled = SPOILED[name]
    file = tmp_path / "cases.jsonl"
    file.write_bytes(GOOD + spoiled)
    result = cli.call("case", "add", file, "--store", store)
    assert result.code == 3
    assert len(result.lines) == 1, "the good line is stored, and nothing else"
    told = [line.split(":")[0] for line in result.err.splitlines() if line.startswith("Line ")]
    # some encodings hold line ends within a line: then each piece is refused
    assert told == [f"Line {number}" for number in range(2, 2 + len(told))] and told
    workspace = open_unlocked(store, keys)
    try:
        assert dump(workspace) == reference
        assert check_store(workspace).sound
    finally:
        workspace.lock()


@pytest.mark.parametrize("after", [0, 1, 4, 9])
def test_E5_a_killed_import_leaves_whole_cases_and_everything_it_reported(
    cli: CommandLine, store: Path, keys: Keys, after: int  # noqa: F811
) -> None:  # fmt: skip
    process = cli.start("case", "add", "-", "--store", store)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(GOOD * (after + 200))
    process.stdin.flush()
    reported = [process.stdout.readline().decode().strip() for _ in range(after)]
    process.kill()
    rest, _ = process.communicate()
    reported += [line for line in rest.decode().splitlines(keepends=True) if line.endswith("\n")]
    reported = [number.strip() for number in reported]
    assert len(reported) < after + 200, "it was killed in the middle"
    workspace = open_unlocked(store, keys)
    try:
        stored = {line.number for line in all_cases(workspace)}
        assert set(reported) <= stored
        assert len(reported) >= after
        for number in stored:
            case_file = read_case_by_number(workspace, number)
            assert (len(case_file.members), len(case_file.notes)) == (PERSONS, NOTES), json.dumps(number)
        assert check_store(workspace).sound
    finally:
        workspace.lock()
    again = cli.call("case", "add", "-", "--store", store, stdin=GOOD)
    assert again.code == 0
    assert again.lines[0] not in stored
