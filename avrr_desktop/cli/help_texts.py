"""The texts of ``--help`` in the language of the messages: written in English where the options are declared, and looked up here.

``argparse`` has no public name for its tree: this is the one place that reads it.
"""

import argparse
from collections.abc import Iterator

from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import SOURCE, Language

_HELP = N_("show this help and end")
_ARGUMENTS, _OPTIONS = N_("Arguments", "help"), N_("Options", "help")


def translated(parser: argparse.ArgumentParser, words: Language) -> argparse.ArgumentParser:
    """Return a parser whose help speaks a language; the names of commands and options stay."""
    if words.language != SOURCE:
        for one in _with_all_below(parser):
            one._positionals.title, one._optionals.title = words.text(_ARGUMENTS), words.text(_OPTIONS)
            one.description = words.text(one.description) if one.description else one.description
            for action in arguments(one):
                _speak(action, words)
    return parser


def _speak(action: argparse.Action, words: Language) -> None:
    if isinstance(action, argparse._HelpAction):
        action.help = words.text(_HELP)
    elif action.help:
        action.help = words.text(action.help)
    if isinstance(action, argparse._SubParsersAction):
        for choice in action._choices_actions:
            choice.help = words.text(choice.help) if choice.help else choice.help


def _with_all_below(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in arguments(parser):
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _with_all_below(below)


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return what a command takes, in the order of its declaration."""
    return list(parser._actions)
