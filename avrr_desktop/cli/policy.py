"""The commands of the policy: what holds on this computer, why a file does not hold, and a file to begin with."""

import argparse
import os
from pathlib import Path
from typing import Any

from avrr_desktop.cli.store import BAD_INPUT, DONE
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import write_new
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import (
    example,
    located,
    policy_lines,
    problem_lines,
    read_policy_at,
    read_policy_here,
)


def policy_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of the policy."""
    policy = commands.add_parser("policy", help=N_("what was decided for this computer")).add_subparsers(
        required=True, metavar="VERB"
    )
    check = policy.add_parser(
        "check", parents=[common], help=N_("say what a policy file decides, and what is wrong in it")
    )
    check.add_argument("file", nargs="?", type=Path, metavar="FILE", help=N_("default: the one of this computer"))
    check.set_defaults(run=run_policy_check, unseen=True)
    begin = policy.add_parser("example", parents=[common], help=N_("a policy file with every key, commented out"))
    begin.add_argument("--out", type=Path, metavar="FILE", help=N_("write it there (default: print it)"))
    begin.set_defaults(run=run_policy_example, unseen=True)


def run_policy_check(given: argparse.Namespace, words: Language) -> int:
    """Say what holds, or which lines do not and what they need."""
    if given.file and not given.file.exists():
        raise BadInputError(
            N_("The file {file} cannot be found."),
            N_("Nothing was checked. Check the file name."),
            {"file": given.file},
        )
    found, path = (read_policy_at(given.file), str(given.file)) if given.file else read_policy_here()
    lines = policy_lines(found, words)
    if not lines and not found.problems:
        lines = [words.text(N_("It sets nothing: all keys are missing."))]
    for line in lines:
        print(line)
    missing = found.pack and not located(found.pack).is_file()
    if missing:
        print(words.text(N_("Missing, so no store can be created: {file}"), file=found.pack))
    if found.backup_folder and not os.access(located(found.backup_folder), os.W_OK):
        print(words.text(
            N_("Not available, or not writable for you, so backups cannot be saved there: {folder}"), folder=found.backup_folder
        ))  # fmt: skip
    for line in problem_lines(found, words):
        print(words.text(N_("Not valid: {line}"), line=line))
    if found.problems:
        print(words.text(
            N_("Until this is corrected, officers can work on this computer, but no file can leave a store: {file}"), file=path
        ))  # fmt: skip
        return BAD_INPUT
    print(words.text(N_("This policy is valid: {file}"), file=path))
    return BAD_INPUT if missing else DONE


def run_policy_example(given: argparse.Namespace, words: Language) -> int:
    """Print or write a policy file to begin with, as UTF-8 whatever the shell does with what is printed."""
    if given.out is None:
        print(example(words), end="")
    else:
        print(words.text(N_("Written: {file}"), file=write_new(given.out, example(words).encode("utf-8"))))
    return DONE
