"""What every document of the program has around its content: office, number, mark, foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.language import Language
from avrr_desktop.pdf.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The arguments of a print: with the case at its revision, they determine every byte."""

    words: Language
    pack: Pack
    names: Mapping[str, str]  # officers and providers by identifier
    office: str
    programme: str
    practice: bool
    as_of: date
    printed_by: str
    printed_at: str
    kosovo_note: str = ""  # the wording of the programme; empty: the usual sentence in the language of the document
    copy_mark: str = ""  # level, recipient, serial number: across every page


def _printed(print_: Print) -> str:
    """Return when and by whom it was printed, and that nobody confirmed the translation, where that is so."""
    words = print_.words
    printed = words.text(N_("Printed: {moment}, {officer}"), officer=print_.printed_by, moment=print_.printed_at)
    return f"{printed} · {words.text(N_('Translation not confirmed'))}" if words.unconfirmed else printed


def _note(print_: Print) -> str:
    """Return the sentence below the name that carries the star, and always with it."""
    note = print_.kosovo_note.strip()
    return f"* {note.lstrip('* ')}" if note else print_.words.text(KOSOVO_NOTE)


def framed(print_: Print, kind: str, title: str, subtitle: str, number: str, revision: int = 0) -> Document:
    """Return an empty document. ``number``: of the case, or what stands in its place; ``revision``: 0 for none."""
    words = print_.words
    return Document(
        language=words.language, kind=kind, title=title, subtitle=subtitle, office=print_.office,
        programme=print_.programme, number=number, qr=f"AVRR {number} r{revision}" if revision and number else "",
        mark=words.text(N_("Confidential: for the persons and offices concerned")),
        revision=words.text(N_("Revision {revision}"), revision=revision) if revision else "",
        printed=_printed(print_),
        page_of=words.text(N_("Page {page} of {pages}")), kosovo_note=_note(print_),
        lacking=words.text(N_("Characters missing in this font: {letters}")),
        practice=words.text(N_("PRACTICE · invented persons")) if print_.practice else "",
        copy_mark=print_.copy_mark,
    )  # fmt: skip
