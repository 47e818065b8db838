"""Errors that people can act on; everything else is a bug and reaches the one hook."""

from collections.abc import Mapping


class ExpectedError(Exception):
    """Something that can happen to a careful user.

    ``title`` says what happened, ``hint`` what is safe and what to do next. Both are catalogue texts; values for
    their ``{placeholders}`` come apart, so that the text can be translated and a log can leave the values out.
    """

    def __init__(self, title: str, hint: str = "", values: Mapping[str, object] | None = None) -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.values: Mapping[str, object] = values or {}


class NotFoundError(ExpectedError):
    """The thing that was asked for is not in this store."""


class RefusedError(ExpectedError):
    """A rule of the field or of the program says no; nothing was changed."""


class StoreError(ExpectedError):
    """The store cannot be opened, read or written as it is."""


class DamagedError(StoreError):
    """The file of the store, or of a copy of it, cannot be read as it was written."""


class InUseError(StoreError):
    """Another program has this store open."""


class PassphraseError(ExpectedError):
    """The passphrase does not open any slot."""


class BadInputError(ExpectedError):
    """What was typed or read from a file cannot be understood."""
