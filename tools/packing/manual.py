"""The manual page, made from the parser of the command line: so it never says what the program does not do."""

import argparse
from datetime import datetime, timezone

from avrr_desktop import __version__
from avrr_desktop.cli import main as cli
from avrr_desktop.locations import NAME
from tools.make.command_tree import commands
from tools.packing.metadata import SUMMARY


def manual(moment: int) -> str:
    """Return the page in troff; ``moment`` is its date, in seconds."""
    day = datetime.fromtimestamp(moment, timezone.utc).date()
    lines = [
        f'.TH {NAME.upper()} 1 "{day}" "AVRR Desktop {__version__}" "User Commands"', ".SH NAME",
        f"{_plain(NAME)} \\- {_plain(SUMMARY)}", ".SH SYNOPSIS", f".B {_plain(NAME)}", ".RI [ COMMAND \" ...\" ]",
        ".SH DESCRIPTION", "Without any word behind it, the window opens. With a command, it does what the command says and ends.",
        ".SH COMMANDS",
    ]  # fmt: skip
    for _, command, about in commands(cli.parser()):
        lines += [f".SS {_plain(command.prog)}", *([_plain(about)] if about else []), ".nf", *_options(command), ".fi"]
    lines += [
        ".SH FILES", ".TP", f".I {_plain(f'~/.local/share/{NAME}')}",
        "Stores, backups and the log of a user. Removing the program leaves them.",
        ".TP", ".I /etc/avrr\\-desktop/policy.toml", "What was decided for this computer; see the command policy.",
        ".TP", ".I avrr\\-desktop\\-data", "Beside the folder of a program that was unpacked: all data lie in it then.",
        ".SH EXIT STATUS", "0 done, 1 a fault of the program, 2 wrong words, 3 bad input, 4 refused, 5 in use, 6 wrong passphrase. Standard error says what to do.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _options(parser: argparse.ArgumentParser) -> list[str]:
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
    return [_plain(line) for line in parser.format_help().removeprefix("usage: ").splitlines()]


def _plain(text: str) -> str:
    """Return a text that troff prints as it stands: nothing in it is an order."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped
