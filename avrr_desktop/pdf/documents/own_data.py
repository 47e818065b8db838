"""What is held about one person, for that person: every value with its label, what is left out, and to whom something was told."""

from collections.abc import Sequence
from dataclasses import replace

from avrr_desktop.domain.case.own_data import CaseData
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import person_name, value_text
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Block, Cell, Column, Document, Rows, Section, Table, Text


def own_data_pages(
    person: Record, cases: Sequence[CaseData], number: str, revision: int, print_: Print, former: Sequence[Record] = ()
) -> Document:
    """Return the document. ``number``, ``revision``: of the case in which they asked; ``former``: further records of this
    person, as they were before they were joined into this one.
    """
    words = print_.words
    sections = [_record(one, print_) for one in (person, *former)]
    for case in cases:
        if len(cases) > 1:
            text = words.text(N_("Case {number}") if case.in_it else N_("Case {number}, from which you were removed"),
                              number=case.number)  # fmt: skip
            sections.append(
                Section(text, (Text(words.text(N_("The data about you in this case follow.")), heads=True),))
            )
        sections += [_record(record, print_) for record in case.records]
    sections += [_left_out(cases, print_), _told(cases, print_)]
    rights = Text(words.text(N_(
        "You may ask this office to correct errors, to restrict processing, or to erase your data. What " "other people told the office in confidence, and what concerns others, is not on these pages."
    )))  # fmt: skip
    sections.append(Section(words.text(N_("Your rights")), (rights,)))
    kind = words.text(N_("Data held about you"))
    document = framed(print_, kind, person_name(person) or kind, kind, number, revision)
    return replace(document, sections=tuple(section for section in sections if section is not None))


def _left_out(cases: Sequence[CaseData], print_: Print) -> Section:
    """Say what else is held: a kind that is not named would read as one that is not there."""
    words = print_.words
    columns = (Column(words.text(N_("Also held")), 30), Column(words.text(N_("Reason why it is missing")), 70))
    rows = tuple(
        (
            Cell(f"{words.text(BY_KEY[one.kind].plural)}: {one.count}", case.number if len(cases) > 1 else ""),
            Cell(words.text(one.why)),
        )
        for case in cases
        for one in case.left_out
    )
    restricted = Text(words.text(N_("Restricted records, if there are any, are disclosed in person and not on paper.")))
    blocks: tuple[Block, ...] = (Table(columns, rows), restricted) if rows else (restricted,)
    return Section(words.text(N_("Data held, but not on these pages")), blocks)


def _told(cases: Sequence[CaseData], print_: Print) -> Section:
    words = print_.words
    columns = (
        Column(words.text(N_("When", "column")), 26),
        Column(words.text(N_("What", "column")), 34),
        Column(words.text(N_("Recipient", "column")), 40),
    )
    lines = sorted(
        ((line, case) for case in cases for line in case.told), key=lambda pair: pair[0].text("at"), reverse=True
    )
    rows = tuple(
        (
            Cell(words.partial_date(line.text("at")[:10]), case.number if len(cases) > 1 else ""),
            Cell(words.text(print_.pack.label("access_kind", line.text("what"))), line.text("serial")),
            Cell(line.text("recipient"), words.text(print_.pack.label("print_level", line.text("level")))),
        )
        for line, case in lines
    )
    blocks = (Table(columns, rows),) if rows else (Text(words.text(N_("Nothing was disclosed to anybody."))),)
    return Section(words.text(N_("What was disclosed about you")), blocks)


def _record(record: Record, print_: Print) -> Section | None:
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
            text = value_text(record, field.key, words, print_.pack, paper=True)
        if text:
            pairs.append((words.text(field.label), text))
    if not pairs:
        return None
    title = words.text(kind.label)
    if record.type == "step":
        title = f"{title}: {words.text(record.text('title'))}"
    return Section(title, (Rows(tuple(pairs), wide=True),))
