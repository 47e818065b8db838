"""What is held about one person, for that person: every value with its label, and to whom something was told."""

from collections.abc import Sequence
from dataclasses import replace

from avrr_desktop.domain.case import CaseFile, Member
from avrr_desktop.domain.fields import Kind, Record
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.domain.wording import person_name, text_of
from avrr_desktop.pdf.frame import Print, framed
from avrr_desktop.pdf.model import Cell, Column, Document, Rows, Section, Table, Text


def own_data(
    case_file: CaseFile, member: Member, own: Sequence[Record], told: Sequence[Record], print_: Print
) -> Document:
    """Return the document. ``own``: the records about the person; ``told``: the lines of what left, both from rights.py."""
    words = print_.words
    sections = [_record(record, case_file, print_) for record in own]
    columns = (Column(words.text(N_("When")), 26), Column(words.text(N_("What")), 34), Column(words.text(N_("To")), 40))
    rows = tuple(
        (
            Cell(words.partial_date(line.text("at")[:10])),
            Cell(words.text(print_.pack.label("access_kind", line.text("what"))), line.text("serial")),
            Cell(line.text("recipient"), words.text(print_.pack.label("print_level", line.text("level")))),
        )
        for line in told
    )
    blocks = (Table(columns, rows),) if rows else (Text(words.text(N_("Nothing was told to anybody."))),)
    rights = Text(words.text(N_(
        "You may ask this office to correct what is wrong, not to work on it for a time, or to erase it. What other people told the "
        "office in confidence, and what concerns others, is not on these pages."
    )))  # fmt: skip
    sections += [
        Section(words.text(N_("What was told about you")), blocks),
        Section(words.text(N_("Your rights")), (rights,)),
    ]
    name = person_name(member.person)
    kind = words.text(N_("Data held about you"))
    document = framed(print_, kind, name or kind, kind, case_file.case.text("number"), case_file.revision)
    return replace(document, sections=tuple(section for section in sections if section is not None))


def _record(record: Record, case_file: CaseFile, print_: Print) -> Section | None:
    words, kind = print_.words, BY_KEY[record.type]
    pairs = []
    for field in kind.fields:
        if field.computed or field.key in ("person", "holder") or record.values.get(field.key) is None:
            continue
        if field.kind is Kind.LINK:
            text = print_.names.get(record.text(field.key), "")  # offices and officers; other people stay unnamed
        elif field.kind is Kind.LINKS:
            continue
        else:
            text = text_of(field, record.values.get(field.key), words, print_.pack)
        if text:
            pairs.append((words.text(field.label), text))
    if not pairs:
        return None
    title = words.text(kind.label)
    if record.type == "step":
        title = f"{title}: {words.text(record.text('title'))}"
    return Section(title, (Rows(tuple(pairs), wide=True),))
