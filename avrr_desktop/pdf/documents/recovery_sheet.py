"""The sheet with the recovery code, for a sealed envelope in the office's safe."""

from dataclasses import replace

from avrr_desktop.domain.i18n import N_
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Document, Rows, Section, Text


def recovery_sheet(code: str, print_: Print) -> Document:
    """Return the sheet. It names the office and the store, never a person of a case."""
    words = print_.words
    groups = code.split("-")
    pairs = tuple((words.text(N_("Group {number}"), number=number), group) for number, group in enumerate(groups, 1))
    sections = (
        Section(words.text(N_("Recovery code")), (Rows(pairs, wide=True),)),
        Section(words.text(N_("What to do")), (
            Text(words.text(N_("Put this sheet in an envelope, seal it, write the date and your name across the seal, and lock it " "away. Anybody who has the sheet and the computer can read every case."))),
            Text(words.text(N_("If everybody has forgotten the passphrase, open the program, type the code in place of the " "passphrase, and choose a new passphrase in Setup."))),
            Text(words.text(N_("A new code makes this sheet invalid. Destroy it then."))),
        )),
    )  # fmt: skip
    document = framed(print_, words.text(N_("Recovery code")), print_.office, words.text(N_("Recovery code")), "")
    return replace(document, qr=code, sections=sections)
