"""The command by which a person is given what is held about them."""

import argparse
import sys
from pathlib import Path
from typing import Any

from avrr_desktop.cli.given import whole_given
from avrr_desktop.cli.store import DONE, opened
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import private_folder
from avrr_desktop.language import Language


def rights_parser(case: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to those of a case."""
    own = case.add_parser("own-data", parents=[common], help=N_("write all that is kept of one person"))
    own.add_argument("number", metavar="NUMBER")
    own.add_argument("--person", required=True, metavar="N", help=N_("counted from 1, as “case show” lists them"))
    own.add_argument("--out", type=Path, required=True, metavar="DIR")
    own.set_defaults(run=run_own_data)


def run_own_data(given: argparse.Namespace, words: Language) -> int:
    """Write what is held about one person, to read and for machines, and print the two paths."""
    from avrr_desktop.operations.cases.cases import read_case_by_number
    from avrr_desktop.operations.protection.data_subject import give_own_data

    number = whole_given("--person", given.person)
    with opened(given, words) as workspace:
        case_file = read_case_by_number(workspace, given.number)
        if not 1 <= number <= len(case_file.members):
            raise BadInputError(
                N_("There is no person with this number in the case."),
                N_("Nothing was written. Count them from 1, as “case show” lists them."),
            )
        member = case_file.members[number - 1]
        paths = give_own_data(workspace, case_file, member, private_folder(given.out))
    for path in paths:
        print(path)
    print(words.text(N_("These files are not encrypted: protect them like a paper.")), file=sys.stderr)
    return DONE
