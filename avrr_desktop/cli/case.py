"""The commands of cases: add, attach, list, find and show."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from avrr_desktop.cli.given import SECOND, lines_of, parsed, second_named
from avrr_desktop.cli.store import BAD_INPUT, DONE, opened
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.people.name_tables import KOSOVO
from avrr_desktop.domain.people.near_names import NOTHING_EXACT
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.wording import country_name, place_of_line
from avrr_desktop.language import Language
from avrr_desktop.operations.files.files import add_files, store_file
from avrr_desktop.operations.session.late_entries import begin_late_entry
from avrr_desktop.operations.session.session import Session

MOST_NAMED = 5  # cases, where somebody may be here already


def case_parser(commands: Any, common: argparse.ArgumentParser) -> Any:
    """Add the commands of cases, and return where others add theirs."""
    case = commands.add_parser("case", help=N_("add and read cases")).add_subparsers(required=True, metavar="VERB")
    add = case.add_parser("add", parents=[common], help=N_("add cases from lines of JSON"))
    add.add_argument("file", metavar="FILE", help=N_("JSON lines; - reads standard input"))
    add.add_argument("--strict", action="store_true", help=N_("stop at the first bad line"))
    add.add_argument(
        "--dry-run", action="store_true", help=N_("store nothing: say what is wrong, and who may be here already")
    )
    add.set_defaults(run=run_case_add)
    attach = case.add_parser("attach", parents=[common], help=N_("add a file to a case"))
    attach.add_argument("number", metavar="NUMBER")
    attach.add_argument("file", type=Path, metavar="FILE", help=N_("photo, scan, PDF, text document or table"))
    attach.add_argument("--keep-place", action="store_true", help=N_("leave the place where a photo was taken in it"))
    attach.add_argument("--late", metavar="REASON", default="", help=N_("why a file is added to a closed case"))
    attach.set_defaults(run=run_case_attach)
    for verb, run, text in (
        ("list", run_case_list, N_("list all cases")), ("find", run_case_find, N_("list the cases in which something matches")),
        ("show", run_case_show, N_("show one case")),
    ):  # fmt: skip
        command = case.add_parser(verb, parents=[common], help=text)
        if verb == "find":
            command.add_argument("text", metavar="TEXT")
        if verb == "list":
            command.add_argument(
                "--place", default="", metavar="NAME", help=N_("only cases of this municipality, by any of its names")
            )
        if verb == "show":
            command.add_argument("number", metavar="NUMBER")
            command.add_argument("--second-passphrase-file", metavar="FILE", help=SECOND)
        command.add_argument("--json", action="store_true", dest="as_json")
        command.set_defaults(run=run)
    return case


def run_case_add(given: argparse.Namespace, words: Language) -> int:
    """Add cases from JSON lines; each number is written once its case is safely stored. Or only try them."""
    bad = 0
    with opened(given, words) as workspace, lines_of(given.file) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                said = list(_add(workspace, line, trying=given.dry_run))
            except BadInputError as error:
                bad += 1
                said = [" ".join(words.error(error))]
            for sentence in said:
                told = words.text(N_("Line {number}: {sentence}"), number=number, sentence=sentence)
                print(told, file=sys.stderr, flush=True)
            if bad and given.strict:
                break
    return BAD_INPUT if bad else DONE


def _add(workspace: Session, line: bytes, *, trying: bool) -> Iterator[str]:
    """Add a case, or only try it, and yield what is to be known of it. Raises BadInputError."""
    from avrr_desktop.cli.case_text import to_look_at
    from avrr_desktop.operations.cases.cases import read_case
    from avrr_desktop.operations.imports.case_document import add_case_document, left_out
    from avrr_desktop.operations.imports.here_already import here_already, try_case_document

    words, document = workspace.words, parsed(line)
    here = here_already(workspace, document)
    if trying:
        case_file = try_case_document(workspace, document)
    else:
        added = add_case_document(workspace, document)
        print(added.number, flush=True)
        case_file = read_case(workspace, added.case)
    for one in here:
        cases = ", ".join(one.cases[:MOST_NAMED])
        yield words.text(N_("Possible duplicate: person {place}, in {cases}."), place=one.place, cases=cases)
    for kind in left_out(document):
        kinds, reason = words.text(kind.plural), words.text(kind.not_carried)
        yield words.text(N_("Not imported: {records}. {reason}"), records=kinds, reason=reason)
    yield from to_look_at(workspace, case_file)


def run_case_attach(given: argparse.Namespace, words: Language) -> int:
    """Add a file to a case; its number is written once the file is safely stored."""
    from avrr_desktop.operations.cases.cases import read_case_by_number

    with opened(given, words) as workspace:
        case_file = read_case_by_number(workspace, given.number)
        if given.late:
            begin_late_entry(workspace, case_file, given.late)
        stored = store_file(workspace, given.file, keep_position=given.keep_place)
        add_files(workspace, case_file.case.uid, [stored])
        if stored.position_kept:
            print(words.text(N_("This file may still contain the location of a photo.")), file=sys.stderr)
        if stored.cut_off:
            print(words.text(N_("Added, but this PDF is incomplete. Copy it again, and add it once more.")),
                  file=sys.stderr)  # fmt: skip
        print(case_file.case.text("number"))
    return DONE


def run_case_list(given: argparse.Namespace, words: Language) -> int:
    """List all cases."""
    from avrr_desktop.operations.cases.search import CaseFilter, all_cases, places_named

    with opened(given, words) as workspace:
        chosen = CaseFilter(places=places_named(workspace, given.place) if given.place else ())
        _print_lines(given, words, workspace.pack, all_cases(workspace, chosen))
    return DONE


def run_case_find(given: argparse.Namespace, words: Language) -> int:
    """List the cases in which something matches, best first."""
    from avrr_desktop.operations.cases.search import find

    with opened(given, words) as workspace:
        hits = find(workspace, given.text)
        if hits and (near := hits[0].near) is not None:
            print(f"{words.text(NOTHING_EXACT)} {words.text(near.value)}", file=sys.stderr)
        near_of = {hit.case.uid: hit.near.name.lower() if hit.near else None for hit in reversed(hits)}
        lines = list({hit.case.uid: hit.case for hit in hits}.values())
        _print_lines(given, words, workspace.pack, lines, near_of)
    return DONE


def _print_lines(
    given: argparse.Namespace, words: Language, pack: Pack, lines: Sequence[Any],
    near_of: Mapping[str, str | None] | None = None,
) -> None:  # fmt: skip
    """Write lines of cases. ``near_of``: of a search, why each case is only near (spelling, letter, word), or None for an exact one."""
    for line in lines:
        if given.as_json:
            content = {
                "number": line.number, "called": line.called, "status": line.status, "country_of_return": line.country,
                "municipality_of_return": line.place, "persons": line.persons, "opened_on": line.opened_on,
            }  # fmt: skip
            if near_of is not None:
                content["near"] = near_of[line.uid]
            print(json.dumps(content, ensure_ascii=False))
        else:
            persons = words.plural("{count} person", "{count} persons", line.persons, count=line.persons)
            place = place_of_line(line, words, pack)
            print("  ".join([line.number, line.called, persons, place, country_name(line.country, words)]))
    if not given.as_json and any(line.country == KOSOVO for line in lines):
        print(words.text(KOSOVO_NOTE), file=sys.stderr)


def run_case_show(given: argparse.Namespace, words: Language) -> int:
    """Show one case, or every case that carries its number: as JSON content without identity, or as text."""
    from avrr_desktop.cli.case_text import case_text
    from avrr_desktop.operations.cases.cases import cases_numbered
    from avrr_desktop.operations.imports.case_document import case_document

    with opened(given, words) as workspace:
        for case_file in cases_numbered(workspace, given.number):
            if given.as_json:
                document = case_document(workspace, case_file, second_named(given, workspace))
                print(json.dumps(document, ensure_ascii=False))
            else:
                print("\n".join(case_text(workspace, case_file)))
    return DONE
