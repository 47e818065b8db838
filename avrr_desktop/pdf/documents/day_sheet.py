"""The sheet that an officer carries for a day: initials and case numbers only, because papers get lost."""

from collections.abc import Sequence
from dataclasses import replace

from avrr_desktop.domain.case.day_sheet import Appointment
from avrr_desktop.domain.i18n import N_
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Cell, Column, Document, Section, Table, Text


def day_sheet(appointments: Sequence[Appointment], day: str, print_: Print) -> Document:
    """Return the sheet of a day, by office and hour. ``day``: the date in words."""
    words = print_.words
    columns = (
        Column(words.text(N_("Time", "column")), 9), Column(words.text(N_("For whom")), 27), Column(words.text(N_("What", "column")), 34),
        Column(words.text(N_("Papers to bring")), 30),
    )  # fmt: skip
    sections = []
    for office in dict.fromkeys(item.office for item in appointments):
        rows = tuple(
            (
                Cell(item.time),
                Cell(item.initials, item.case_number, bold=True),
                Cell(words.text(item.what), _below(item, print_)),
                Cell(words.joined([words.text(print_.pack.label("doc_type", code)) for code in item.papers]),
                     _missing(item, print_)),
            )
            for item in appointments
            if item.office == office
        )  # fmt: skip
        sections.append(Section(office or words.text(N_("Without an office")), (Table(columns, rows),)))
    if not sections:
        sections = [Section(words.text(N_("Appointments")), (Text(words.text(N_("No appointment on this day."))),))]
    document = framed(print_, words.text(N_("Day sheet")), day, words.text(N_("Day sheet")), "")
    return replace(document, sections=tuple(sections))


def _below(item: Appointment, print_: Print) -> str:
    words = print_.words
    calls = {
        True: words.text(N_("calling is safe")), False: words.text(N_("do not call")),
        None: words.text(N_("ask before calling")),
    }  # fmt: skip
    parts = [item.meeting_place, words.text(N_("Back by: {time}"), time=item.back_by) if item.back_by else "",
             calls[item.safe_to_call]]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _missing(item: Appointment, print_: Print) -> str:
    words = print_.words
    names = words.joined([words.text(print_.pack.label("doc_type", code)) for code in item.missing])
    return words.text(N_("Missing: {papers}"), papers=names) if names else ""
