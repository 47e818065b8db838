"""The same verbs without a window: for IT, for scripts, and for a machine without a display."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avrr_desktop import __version__, libraries
from avrr_desktop.cli.case import case_parser
from avrr_desktop.cli.close import close_parser
from avrr_desktop.cli.escrow import escrow_parser
from avrr_desktop.cli.given import SECOND, day_given, second_named, short_names, whole_given
from avrr_desktop.cli.join import join_parser
from avrr_desktop.cli.pack import pack_parser
from avrr_desktop.cli.place import place_parser
from avrr_desktop.cli.policy import policy_parser
from avrr_desktop.cli.referral import referral_parser
from avrr_desktop.cli.report import report_parser
from avrr_desktop.cli.rights import rights_parser
from avrr_desktop.cli.store import (  # fmt: skip
    BAD_INPUT,
    BUG,
    DONE,
    IN_USE,
    REFUSED,
    WRONG_PASSPHRASE,
    opened,
    store_parser,
)
from avrr_desktop.cli.travel import travel_parser
from avrr_desktop.cli.update import update_parser
from avrr_desktop.domain.errors import BadInputError, ExpectedError, InUseError, PassphraseError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import SOURCE, TEST_LANGUAGE, Language, languages
from avrr_desktop.locations import log_folder, practice_store
from avrr_desktop.log import Log
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.instances import keep_on_stick, running
from avrr_desktop.operations.computer.settings import read_settings
from avrr_desktop.operations.documents.documents import DOCUMENTS
from avrr_desktop.operations.documents.printing import write_pdfs
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.store.opening import open_store

if TYPE_CHECKING:
    from avrr_desktop.operations.session.second_person import SecondPerson

_HELP = N_("show this help and end")
_ARGUMENTS, _OPTIONS = N_("Arguments", "help"), N_("Options", "help")
OpenWindow = Callable[[Path, date | None], int]


def main(arguments: Sequence[str] | None = None, open_window: OpenWindow | None = None) -> int:
    """Run one command and return its exit code: see docs/COMMAND_LINE.md.

    ``open_window`` shows a store in the window: handed in, because nothing here may know of Qt.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = Language(asked_for(sys.argv[1:] if arguments is None else arguments))
    given = translated(parser(words), words).parse_args(arguments)
    given.open_window = open_window
    try:
        keep_on_stick()
        with short_names(), nullcontext() if given.unseen else running():
            code: int = given.run(given, words)
        if sys.stdout:
            sys.stdout.flush()
        return code
    except ExpectedError as error:
        say_error(words, error)
        return exit_code(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads: nothing more is written
        return DONE
    except KeyboardInterrupt:
        print(words.text(N_("Cancelled. Everything reported so far is saved.")), file=sys.stderr)
        return REFUSED
    except Exception as error:
        text = Log(log_folder()).bug(type(error), error.__traceback__)
        print(words.text(N_("Something went wrong in the program. Everything saved before is safe.")), file=sys.stderr)
        print(text.splitlines()[-1] + " " + type(error).__name__, file=sys.stderr)
        return BUG


def asked_for(arguments: Sequence[str]) -> str:
    """Return the language of messages that a line asks for, before it is read: the help speaks it, too.

    Of ``pdf``, ``--language`` is that of the document, and the messages are in that of the window unless ``--messages`` says otherwise.
    """
    said = {name: _behind(arguments, name) for name in ("--messages", "--language")}
    of_document = next((one for one in arguments if not one.startswith("-")), "") == "pdf"
    window = read_settings().language if of_document else ""
    return said["--messages"] or ("" if of_document else said["--language"]) or window or SOURCE


def _behind(arguments: Sequence[str], name: str) -> str:
    for place, one in enumerate(arguments):
        if one == name:
            return arguments[place + 1] if place + 1 < len(arguments) else ""
        if one.startswith(f"{name}="):
            return one.partition("=")[2]
    return ""


def translated(parser: argparse.ArgumentParser, words: Language) -> argparse.ArgumentParser:
    """Return a parser whose help speaks a language; the names of commands and options stay."""
    if words.language != SOURCE:
        for one in _with_all_below(parser):
            one._positionals.title, one._optionals.title = words.text(_ARGUMENTS), words.text(_OPTIONS)
            one.description = words.text(one.description) if one.description else one.description
            for action in one._actions:
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
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _with_all_below(below)


def exit_code(error: ExpectedError) -> int:
    """Return the exit code that stands for an expected error."""
    if isinstance(error, BadInputError):
        return BAD_INPUT
    if isinstance(error, InUseError):
        return IN_USE
    return WRONG_PASSPHRASE if isinstance(error, PassphraseError) else REFUSED


def say_error(words: Language, error: ExpectedError) -> None:
    """Write what happened, what is safe and what to do on the error stream."""
    title, hint = words.error(error)
    print(f"{title} {hint}".strip(), file=sys.stderr)


def parser(words: Language | None = None) -> argparse.ArgumentParser:
    """Return the parser of all commands. ``words``: of what its help says of itself with a value in it."""
    words = words or Language()
    known = ", ".join(code for code, _ in languages())
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--store", type=Path, metavar="FOLDER", help=N_("the store's folder (default: this user's own)")
    )
    common.add_argument(
        "--passphrase-file", metavar="FILE", help=N_("first line is the passphrase; - reads standard input")
    )
    for option, default, text in (
        ("--language", SOURCE, N_("language of messages and prints; of pdf, that of the document: {known}")),
        ("--messages", "", N_("language of messages, where it is another (of pdf: that of the window)")),
    ):
        common.add_argument(
            option,
            default=default,
            choices=[*(code for code, _ in languages()), TEST_LANGUAGE],
            metavar="CODE",
            help=words.text(text, known=known),
        )
    top = argparse.ArgumentParser(
        prog="avrr-desktop", description=N_("Administrative assistance to voluntary returnees.")
    )
    top.add_argument("--version", action="version", version=f"AVRR Desktop {__version__}")
    top.set_defaults(unseen=False)  # what changes nothing leaves nothing either, not even the mark of a running program
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    show = commands.add_parser(
        "open", parents=[common], help=N_("show the window: on a store, or on a backup to restore")
    )
    show.add_argument("path", nargs="?", type=Path, metavar="PATH", help=N_("its folder, or a file in it"))
    show.set_defaults(run=run_open, unseen=True)  # the window has a mark of its own
    _practice_parser(commands, common)
    travel_parser(store_parser(commands, common), common)
    report_parser(commands, common)
    pack_parser(commands, common)
    place_parser(commands, common)
    escrow_parser(commands, common)
    policy_parser(commands, common)
    update_parser(commands, common)
    close_parser(commands, common)
    case = case_parser(commands, common)
    rights_parser(case, common)
    join_parser(case, common)
    referral_parser(case, common)
    pdf = commands.add_parser("pdf", parents=[common], help=N_("write case summaries as plain PDF files"))
    pdf.add_argument("numbers", nargs="*", metavar="NUMBER")
    pdf.add_argument("--all", action="store_true", dest="everything", help=N_("all cases"))
    pdf.add_argument("--out", type=Path, required=True, metavar="DIR")
    pdf.add_argument("--document", default=DOCUMENTS[0].key, choices=[one.key for one in DOCUMENTS], metavar="KIND",
                     help=words.text(N_("which document: {known}"), known=", ".join(one.key for one in DOCUMENTS)))  # fmt: skip
    pdf.add_argument("--second-passphrase-file", metavar="FILE", help=SECOND)
    pdf.set_defaults(run=run_pdf)
    smoke = commands.add_parser("smoke-test", parents=[common], help=N_("try every part of this installation"))
    smoke.set_defaults(run=run_smoke_test, unseen=True)
    return top


def _practice_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    practice = commands.add_parser("practice", parents=[common], help=N_("make a practice store and open it"))
    practice.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    practice.add_argument("--cases", default="0", metavar="N", help=N_("running cases, for measuring"))
    practice.add_argument("--seed", default="1", metavar="N")
    practice.add_argument("--today", metavar="DATE")
    practice.add_argument("--no-window", action="store_true", help=N_("make the store and its PDFs, then end"))
    practice.set_defaults(run=run_practice)


def run_open(given: argparse.Namespace, words: Language) -> int:
    """Show the window on what a file manager names: the folder of a store or a backup, or a file in it."""
    path = given.path or given.store
    if path is not None:
        path = path.absolute()
        path = path.parent if path.is_file() else path
    return int(given.open_window(path, None)) if given.open_window else DONE


def run_practice(given: argparse.Namespace, words: Language) -> int:
    """Make a practice store; open the window on it, or write all PDFs where there is no display."""
    from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice

    folder = given.folder or given.store or practice_store()
    own_day = date.today()  # noqa: DTZ011  the computer's own day is what is meant
    today = day_given("--today", given.today, words, own_day) if given.today is not None else None
    seed, cases = whole_given("--seed", given.seed), whole_given("--cases", given.cases)
    window = not given.no_window and libraries.has_display()
    if not (folder / "store.db").exists():
        if cases > 20_000:
            print(words.text(N_("This takes up to ten minutes.")), file=sys.stderr)
        workspace = create_practice(folder, PracticeOptions(today or own_day, seed, cases), words, progress(words))
    else:
        workspace = open_store(folder, PRACTICE_PASSPHRASE, words=words)
    try:
        if not window:
            return practice_without_window(workspace, folder)
    finally:
        workspace.lock()
    if given.open_window is None:
        return DONE
    return int(given.open_window(folder, today))


def say_no_display() -> int:
    """Say that there is nothing to show a window on, and return the exit code for it."""
    words = Language()
    print(words.text(N_("There is no display to open a window on.")), file=sys.stderr)
    print(words.text(N_("Use the command line instead: avrr-desktop --help.")), file=sys.stderr)
    return REFUSED


def say_no_window(error: ImportError) -> int:
    """Log that a part of the window does not load, say in a line what this computer lacks, and return the exit code."""
    from avrr_desktop.operations.computer.window_trial import no_window

    Log(log_folder()).bug(type(error), error.__traceback__)
    refused = no_window(libraries.why_not(libraries.QT, error))
    say_error(Language(), refused)
    return exit_code(refused)


def practice_without_window(workspace: Session, folder: Path) -> int:
    """Write the PDFs of a practice store and say what is in it."""
    from avrr_desktop.operations.cases.search import CaseFilter, all_cases, counts
    from avrr_desktop.operations.reports.reporting import cases_by_country, stated_figures

    words = workspace.words
    cases, persons = counts(workspace, CaseFilter())
    write_all(workspace, [line.uid for line in all_cases(workspace)], folder / "pdf")
    figure = next(item for item in stated_figures(workspace) if item.parts)
    table = cases_by_country(workspace, figure.period_from, figure.period_until)
    for row in table.rows:
        stated = str(figure.parts.get(row.country, words.text(N_("not stated"))))
        cases_text = words.plural("{count} case", "{count} cases", row.cases, count=row.cases)
        persons_text = words.plural("{count} person", "{count} persons", row.persons, count=row.persons)
        print(
            f"{country_name(row.country, words)}: {cases_text}, {persons_text} ({words.text(N_('stated'))}: {stated})"
        )
    print(words.text(
        N_("January–June 2019. Total, cases: {sum}; persons: {persons}; published: {stated}; unallocated: {rest}."),
        sum=table.cases, persons=table.persons, stated=figure.stated_total, rest=figure.unallocated,
    ))  # fmt: skip
    print(words.text(N_("All cases: {cases}, persons: {persons}."), cases=cases, persons=persons))
    print(words.text(N_("The practice store is in {folder}, the PDFs in {pdf}."), folder=folder, pdf=folder / "pdf"))
    print(words.text(KOSOVO_NOTE))
    return DONE


def write_all(
    workspace: Session,
    cases: list[str],
    folder: Path,
    second: "SecondPerson | None" = None,
    document: str = DOCUMENTS[0].key,
    language: str = "",
) -> list[Path]:
    """Write plain PDFs of cases and return their paths."""
    return write_pdfs(workspace, cases, folder, progress(workspace.words), second, document, language)


def progress(words: Language) -> Callable[[int, int], bool]:
    """Return a function that shows how far long work is, on a terminal only."""

    def show(done: int, total: int) -> bool:
        if sys.stderr and sys.stderr.isatty():
            print("\r" + words.text(N_("{done} of {total}"), done=done, total=total), end="", file=sys.stderr)
            if done >= total:
                print(file=sys.stderr)
        return True

    return show


def run_pdf(given: argparse.Namespace, words: Language) -> int:
    """Write plain PDFs of some or all cases."""
    from avrr_desktop.operations.cases.cases import read_case_by_number
    from avrr_desktop.operations.cases.search import all_cases

    with opened(given, words) as workspace:
        if given.everything:
            cases = [line.uid for line in all_cases(workspace)]
        else:
            cases = [read_case_by_number(workspace, number).case.uid for number in given.numbers]
        if not cases:
            raise BadInputError(N_("No case was named."), N_("Give case numbers, or use --all."))
        paths = write_all(workspace, cases, given.out, second_named(given, workspace), given.document, given.language)
    for path in paths:
        print(path)
    print(words.text(N_("These files are not encrypted: protect them like a paper.")), file=sys.stderr)
    return DONE


def run_smoke_test(given: argparse.Namespace, words: Language) -> int:
    """Try this installation: resources, store, search, PDF."""
    from avrr_desktop.operations.program.self_test import smoke_test

    for line in smoke_test(words):
        print(line, flush=True)
    return DONE
