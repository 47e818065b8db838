"""The command that closes windows: for who exchanges a package while the program stays open."""

import argparse
from typing import Any

from avrr_desktop.cli.given import whole_given
from avrr_desktop.cli.store import DONE, IN_USE
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.closing_windows import LONGEST, Window, close_windows


def close_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command that closes windows."""
    close = commands.add_parser(
        "close", parents=[common], help=N_("ask open windows to keep what was typed, lock and end")
    )
    close.add_argument(
        "--all-users", action="store_true", help=N_("those of every user of this computer: on Linux, as administrator")
    )
    close.add_argument("--wait", default="60", metavar="SECONDS", help=N_("how long to wait for them (default: 60)"))
    close.set_defaults(run=run_close)


def run_close(given: argparse.Namespace, words: Language) -> int:
    """Ask windows to end, wait, and say which did and which did not."""
    seconds = min(whole_given("--wait", given.wait), LONGEST)
    asked, left = close_windows(given.all_users, seconds)
    for one in asked:
        text = N_("Still open: {who}") if one in left else N_("Closed: {who}")
        print(words.text(text, who=_who(one, words)))
    if not asked:
        print(words.text(N_("No window is open.")))
    return IN_USE if left else DONE


def _who(one: Window, words: Language) -> str:
    if not one.user:
        return words.text(N_("process {number}"), number=one.process)
    return words.text(N_("process {number} of {user}"), number=one.process, user=one.user)
