"""The commands that a parser knows, for the manual page and for tests that try them all.

``argparse`` has no public name for its tree: this is the one place that reads it.
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple


class Command(NamedTuple):
    """One command: its words, its parser, and its line of help."""

    words: tuple[str, ...]
    parser: argparse.ArgumentParser
    about: str


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = (), about: str = "") -> Iterator[Command]:
    """Yield every command below a parser; the parser itself where nothing is below it."""
    deeper = [action for action in arguments(parser) if isinstance(action, argparse._SubParsersAction)]
    if not deeper:
        yield Command(words, parser, about)
    for action in deeper:
        help_of = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, below in action.choices.items():
            yield from commands(below, (*words, name), help_of.get(name, ""))


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return what a command takes, in the order of its declaration."""
    return list(parser._actions)
