"""The guide to the command line says what the program does: every field, option and exit code, and examples that work."""

import json
import re
from pathlib import Path

import pytest

from avrr_desktop.cli import main as cli
from avrr_desktop.cli import store
from avrr_desktop.domain.i18n import parted
from avrr_desktop.domain.records.fields import Kind
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.computer.shipped_packs import shipped
from avrr_desktop.operations.documents.documents import DOCUMENTS
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.case_documents import PARTS
from tests.support.running import CommandLine
from tools.make.command_tree import commands

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "COMMAND_LINE.md").read_text(encoding="utf-8")


REMEDY = "run `python tools/make/guide.py` and commit what it writes"
COMMANDS = [one.words for one in commands(cli.parser())]
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)]


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    text = GUIDE.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize("part", ["case", *PARTS])
def test_guide_lists_every_field_of_a_part_in_its_order(part: str) -> None:
    fields = BY_KEY[part].fields
    rows = table(f"### `{part}`")
    assert [row[0] for row in rows] == [f"`{field.key}`" for field in fields], REMEDY
    assert [row[1] for row in rows] == [parted(field.label)[1] for field in fields]
    for row, field in zip(rows, fields, strict=True):
        if field.kind in (Kind.CHOICE, Kind.CHOICES):
            assert f"`{field.codes}`" in row[2]
        elif field.kind in (Kind.LINK, Kind.LINKS):
            assert f"`{field.target}`" in row[2]
        assert row[2].startswith("list of") == (field.kind in (Kind.CHOICES, Kind.LINKS))


def test_guide_lists_every_code_of_every_list_that_a_field_uses() -> None:
    written = re.sub(r"\n  ", " ", GUIDE.split("\n## Codes\n", 1)[1])
    lists = {field.codes for part in ("case", *PARTS) for field in BY_KEY[part].fields if field.codes}
    lines = dict(line[2:].split(": ", 1) for line in written.splitlines() if line.startswith("* "))
    assert set(lines) == {f"`{name}`" for name in lists}
    for name in lists:
        assert re.findall(r"`([\w-]+)`", lines[f"`{name}`"]) == list(shipped().codes[name])


def test_guide_lists_every_document_of_a_case() -> None:
    [line] = [line for line in GUIDE.splitlines() if line.startswith("| `--document KIND` |")]
    assert re.findall(r"`([\w-]+)`", line.split("|")[3]) == [one.key for one in DOCUMENTS], "in docs/COMMAND_LINE.md"


def test_guide_lists_every_exit_code() -> None:
    text = GUIDE.split("\n## Exit codes\n", 1)[1].split("\n#", 1)[0]
    codes = [int(number) for number in re.findall(r"^\| (\d) \|", text, re.MULTILINE)]
    assert codes == [
        store.DONE, store.BUG, store.USAGE, store.BAD_INPUT, store.REFUSED, store.IN_USE, store.WRONG_PASSPHRASE
    ]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_guide_names_every_command_with_all_its_options(command_line: CommandLine, words: tuple[str, ...]) -> None:
    helped = command_line.call(*words, "--help")
    assert helped.code == store.DONE
    assert re.search(rf"^\| `{' '.join(words)}[ `]", GUIDE, re.MULTILINE)
    options = GUIDE.split("\n## Options\n", 1)[1].split("\n#", 1)[0]
    for option in set(re.findall(r"--[a-z-]+", helped.out)):
        assert f"`{option}" in options


def test_guide_names_no_command_that_is_not_there() -> None:
    named = re.findall(
        r"^\| `([a-z-]+(?: [a-z-]+)?)", GUIDE.split("\n## Commands\n", 1)[1].split("\n#", 1)[0], re.MULTILINE
    )
    assert sorted(named) == sorted(" ".join(words) for words in COMMANDS)


def test_guide_names_no_option_that_is_not_there(command_line: CommandLine) -> None:
    helped = " ".join(command_line.call(*words, "--help").out for words in ((), *COMMANDS))
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", GUIDE)):
        assert option in helped


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example_of_the_guide_can_be_added(workspace: Workspace, number: int) -> None:
    example = EXAMPLES[number]
    shown = case_document(workspace, read_case(workspace, add_case_document(workspace, example).case))
    assert example["case"].items() <= shown["case"].items()
    for part, records in example.items():
        if part != "case":
            assert all(record.items() <= read.items() for record, read in zip(records, shown[part], strict=True))


def test_guide_has_a_long_and_a_short_example() -> None:
    assert len(EXAMPLES) == 2


@pytest.fixture
def command_line(cli: CommandLine) -> CommandLine:
    """The command line under a name that the module ``cli`` does not have."""
    return cli
