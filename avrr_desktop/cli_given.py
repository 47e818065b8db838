"""Reads what people write behind the words of a command: days, whole numbers; and says in a sentence which form is wanted."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.marking import N_
from avrr_desktop.words import Words

_WHOLE = re.compile(r"[0-9]{1,12}")


def day_given(option: str, text: str, words: Words, today: date) -> date:
    """Return the day that stands behind an option, written as people write it in this language. Raises BadInputError."""
    found = words.typed_date(text, today.year)
    if found is None or not found.day or found.estimated:
        raise BadInputError(
            N_("Behind {option} stands no day: “{text}”."),
            N_("Nothing was done. Write day, month and year, for example 31.1.2026 or 2026-01-31."),
            {"option": option, "text": text},
        )
    return found.first()


def whole_given(option: str, text: str) -> int:
    """Return the whole number that stands behind an option. Raises BadInputError."""
    if not _WHOLE.fullmatch(text):
        raise BadInputError(
            N_("Behind {option} stands no whole number: “{text}”."),
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
            N_("Everything saved before is safe. Name a shorter one."),
        ) from None
