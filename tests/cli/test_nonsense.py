"""Whatever is written behind a word of the command line, what is wrong with it is said in a sentence of the program."""

import argparse
from pathlib import Path

import pytest

from avrr_desktop.cli import main as cli
from avrr_desktop.cli.store import BUG, DONE, USAGE
from tests.cli.conftest import PASSPHRASE
from tests.support.running import CommandLine
from tools.make.command_tree import arguments, commands

NONSENSE = ("someday", "9" * 5000)
NO_DAY, NO_NUMBER = ("", "-1.5", "31.2.2026", "2026", "٣"), ("", "-1.5", "٣", "1e3", "0x1")
GIVEN = {"--passphrase-file": "passphrase", "--language": "en"}  # beside the one that is tried
# What needs more than a value of its own: a made-up one will do.
FILLED = {
    "--out": "out",
    "--to": "to",
    "--from": "2026-01-01",
    "--until": "2026-02-01",
    "--person": "1",
    "--officer": "AH",
}
RAW = ("invalid", "literal", "isoformat", "Errno", "Error", "value:", "argparse", "strptime", "<", "'")
DAYS = {"--from", "--until", "--today"}
NUMBERS = {"--person", "--seed", "--cases"}
Command = tuple[str, ...]


def valued(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments of a command behind which a value stands."""
    return [one for one in arguments(parser) if one.nargs != 0]


def name_of(action: argparse.Action) -> str:
    return action.option_strings[0] if action.option_strings else str(action.metavar)


MAKES = {"practice", "smoke-test"}  # a whole store each time: only what ends before it is tried
PARSERS = {one.words: one.parser for one in commands(cli.parser())}
ALL = [(words, name_of(one)) for words, parser in PARSERS.items() for one in valued(parser)
       if words[0] not in MAKES or name_of(one) in DAYS | NUMBERS]  # fmt: skip


def line(words: Command, tried: str, value: str) -> list[str]:
    """Return a whole command line in which one argument is nonsense and all others could hold."""
    parser = PARSERS[words]
    written, behind = list(words), []
    for action in valued(parser):
        name = name_of(action)
        if not action.option_strings:
            if name == tried or action.nargs not in ("*", "?"):
                behind.append(value if name == tried else "none")
        elif name == tried:
            written.append(f"{name}={value}")
        elif action.required or name in GIVEN:
            written.append(f"{name}={GIVEN.get(name) or FILLED.get(name, 'none')}")
    return [*written, "--", *behind] if behind else written


@pytest.fixture
def here(cli: CommandLine, office: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line of somebody who stands in the folder of their passphrase, and whose own store is there."""
    (cli.home / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    monkeypatch.chdir(cli.home)
    return cli


def test_the_walk_sees_every_argument_with_a_day_or_a_number() -> None:
    assert {name for _, name in ALL} >= DAYS | NUMBERS | {"NUMBER", "FILE", "--store"}
    assert len(ALL) > 100


def test_no_argument_leaves_what_it_means_to_python() -> None:
    typed = {name_of(one): one.type for parser in PARSERS.values() for one in valued(parser) if one.type}
    assert set(typed.values()) == {Path}  # every other text is read by the program itself


def values_for(words: Command, name: str) -> tuple[str, ...]:
    """Return the nonsense to try: all of it where an argument of this name stands first, else what differs by command."""
    behind = [one for one, tried in ALL if tried == name].index(words)
    kind = NO_DAY if name in DAYS else NO_NUMBER if name in NUMBERS else ()
    return (
        (*NONSENSE, *kind)
        if behind == 0
        else (*NONSENSE[:1], *kind[behind % len(kind) :][:1])
        if kind
        else NONSENSE[:1]
    )


def test_each_kind_of_nonsense_is_tried_behind_each_name() -> None:
    tried: dict[str, set[str]] = {}
    for words, name in ALL:
        tried.setdefault(name, set()).update(values_for(words, name))
    assert all(set(NONSENSE) <= values for values in tried.values())
    assert all(set(NO_DAY) <= tried[name] for name in DAYS)
    assert all(set(NO_NUMBER) <= tried[name] for name in NUMBERS)


@pytest.mark.parametrize("words", dict.fromkeys(words for words, _ in ALL), ids=" ".join)
def test_nonsense_is_told_in_a_sentence(here: CommandLine, office: Path, words: Command) -> None:
    for name in [name for one, name in ALL if one == words]:
        nonsense_is_told_in_a_sentence(here, office, words, name)


def nonsense_is_told_in_a_sentence(here: CommandLine, office: Path, words: Command, name: str) -> None:
    store = () if name == "--store" or words[0] == "practice" else ("--store", str(office))
    for value in values_for(words, name):
        result = here.call(*words, *store, *line(words, name, value)[len(words) :])
        assert result.code != BUG, (value, result.err)
        if result.code == DONE:
            assert name not in DAYS | NUMBERS, value
            continue
        if result.code == USAGE:
            assert "(choose from" in result.err, result.err  # the parser's own sentence names what can stand there
            continue
        assert result.err.strip().endswith((".", "!")), result.err
        told = result.err.replace(value, "") if value else result.err
        assert not [word for word in RAW if word in told], result.err


@pytest.mark.parametrize("value", ["1.1.2026", "01/01/2026", "2026-01-01", "1 January 2026"])
def test_a_day_is_read_as_people_write_it(cli: CommandLine, store: Path, value: str) -> None:
    result = cli.call("report", "countries", "--store", store, "--from", value, "--until", "31.1.2026")
    assert (result.code, result.err) == (DONE, "")
