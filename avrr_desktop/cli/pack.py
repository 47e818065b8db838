"""The commands of an office's pack: what it decides over the shipped one, read from a file or written into one."""

import argparse
from pathlib import Path
from typing import Any

from avrr_desktop.cli.store import DONE, opened
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.operations.office.pack_office import export_pack, import_pack


def pack_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of a pack."""
    pack = commands.add_parser("pack", help=N_("steps, lists, programmes and figures of the office")).add_subparsers(
        required=True, metavar="VERB"
    )
    take = pack.add_parser("import", parents=[common], help=N_("lay a pack file over the office's pack"))
    take.set_defaults(run=run_pack_import)
    write = pack.add_parser("export", parents=[common], help=N_("write what holds in this office as one pack file"))
    write.set_defaults(run=run_pack_export)
    for command in (take, write):
        command.add_argument("file", type=Path, metavar="FILE", help=N_("TOML, as the guide says"))


def run_pack_import(given: argparse.Namespace, words: Language) -> int:
    """Take in what a pack file says that the office's pack does not say, as one Change."""
    with opened(given, words) as workspace:
        import_pack(workspace, given.file)
    print(words.text(N_("The pack was imported: {file}"), file=given.file))
    return DONE


def run_pack_export(given: argparse.Namespace, words: Language) -> int:
    """Write the sum of shipped pack and office's changes; it holds no person's data."""
    with opened(given, words) as workspace:
        print(export_pack(workspace, given.file))
    return DONE
