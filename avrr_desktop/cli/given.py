"""Reads what people write behind the words of a command, and the texts that they name: never more than can be meant.

What does not hold is said in a sentence that names the form that is wanted.
"""

import argparse
import errno
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When
from avrr_desktop.files import read_small
from avrr_desktop.language import Language
from avrr_desktop.operations.session.second_person import second_person
from avrr_desktop.operations.session.session import Session

if TYPE_CHECKING:
    from avrr_desktop.operations.session.second_person import SecondPerson

SECOND = N_("of the supervisor who agrees to many at once")
MOST_OF_A_LINE = 5_000_000  # bytes of one case: its texts, never its files
MOST_OF_A_PASSPHRASE = 4000  # bytes
_SHOWN = 80  # letters of a place
_WHOLE = re.compile(r"[0-9]{1,12}")


def day_given(option: str, text: str, words: Language, today: date) -> date:
    """Return the day that stands behind an option, written as people write it in this language. Raises BadInputError."""
    found = words.readings(text, today, When.EITHER)
    if len(found) != 1 or not found[0].day or found[0].estimated:
        raise BadInputError(
            N_("Not a date after {option}: “{text}”."),
            N_("Nothing was done. Write day, month and year, for example 31.1.2026 or 2026-01-31."),
            {"option": option, "text": text},
        )
    return found[0].first()


def whole_given(option: str, text: str) -> int:
    """Return the whole number that stands behind an option. Raises BadInputError."""
    if not _WHOLE.fullmatch(text):
        raise BadInputError(
            N_("Not a whole number after {option}: “{text}”."),
            N_("Nothing was done. Write it in figures only, for example 12."),
            {"option": option, "text": text},
        )
    return int(text)


@contextmanager
def short_names() -> Iterator[None]:
    """Say it in a sentence where a name that was given is longer than the system lets any file be called."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise BadInputError(
            N_("The name of a file or folder is too long for this computer."),
            N_("Everything saved before is safe. Choose a shorter name."),
        ) from None


@contextmanager
def lines_of(name: str) -> Iterator[Iterator[bytes]]:
    """Open the lines of a file, or of the standard input for “-”. Raises BadInputError.

    Of a line that is longer than any case only the beginning is given out, and refused by ``parsed``.
    """
    if name == "-":
        yield _bounded(sys.stdin.buffer)
        return
    path = Path(name)
    if not path.is_file():
        raise BadInputError(N_("The file cannot be read."), N_("Nothing was saved."))
    with path.open("rb") as file:
        yield _bounded(file)


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(MOST_OF_A_LINE + 1):
        yield line
        while len(line) > MOST_OF_A_LINE and not line.endswith(b"\n"):
            line = stream.readline(MOST_OF_A_LINE + 1)


class _Twice(dict[str, Any]):
    """A part of a document in which one name stands twice: which of both is meant, nobody knows."""

    key = ""


def parsed(line: bytes) -> object:
    """Return what a line of JSON says. Raises BadInputError."""
    if len(line) > MOST_OF_A_LINE:
        raise BadInputError(
            N_("This line is too long for a case."),
            N_("Nothing was saved. Write one case per line, and add its files separately."),
        )
    try:
        found = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once)
        twice = _place_of_twice(found)
    except (ValueError, RecursionError):
        raise BadInputError(
            N_("This is not a line of JSON in UTF-8."),
            N_("Nothing was saved. Correct the line and add it again."),
        ) from None
    if twice:
        raise BadInputError(
            N_("The same name appears twice: {place}."),
            N_("Nothing was saved. Remove one of the two, and add the line again."),
            {"place": " → ".join(part[:_SHOWN] for part in twice)},
        )
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    names = [name for name, _ in pairs]
    twice = _Twice(values)
    twice.key = next(name for name in names if names.count(name) > 1)
    return twice


def _place_of_twice(found: object) -> tuple[str, ...]:
    """Return the way to the first name that stands twice, records counted from 1; empty where there is none."""
    if isinstance(found, _Twice):
        return (found.key,)
    inner = found.items() if isinstance(found, dict) else enumerate(found, 1) if isinstance(found, list) else ()
    for name, value in inner:
        if way := _place_of_twice(value):
            return (str(name), *way)
    return ()


def named_passphrase(name: str) -> str:
    """Return the first line of a file that holds a passphrase. Raises BadInputError."""
    try:
        with Path(name).open("rb") as file:
            return first_line(file)
    except OSError:
        raise _unreadable_passphrase() from None


def first_line(stream: IO[bytes]) -> str:
    """Return a passphrase, the next line of a stream; what stands behind it is left there. Raises BadInputError."""
    line = stream.readline(MOST_OF_A_PASSPHRASE + 1)
    if len(line) > MOST_OF_A_PASSPHRASE:
        raise BadInputError(
            N_("The first line is longer than a passphrase can be."),
            N_("Nothing was changed. Write only the passphrase in the first line."),
        )
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise _unreadable_passphrase() from None


def _unreadable_passphrase() -> BadInputError:
    return BadInputError(N_("The passphrase file cannot be read."), N_("Nothing was changed."))


def text_of(path: Path) -> str:
    """Return a short text that a file holds, also of an editor that writes a mark in front. Raises BadInputError."""
    try:
        return read_small(path).decode("utf-8-sig")
    except (OSError, ValueError):
        raise BadInputError(N_("The file cannot be read."), N_("Nothing was changed.")) from None


def second_named(given: argparse.Namespace, workspace: Session) -> "SecondPerson | None":
    """Return who agrees to many at once; None where nobody was named. Raises RefusedError."""
    named = given.second_passphrase_file
    return second_person(workspace, named_passphrase(named)) if named else None
