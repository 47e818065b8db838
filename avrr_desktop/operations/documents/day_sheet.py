"""The day sheet: appointments of all running cases for one day, by office and hour, on screen and paper."""

from datetime import date

from avrr_desktop.domain.case.day_sheet import Appointment, appointments
from avrr_desktop.domain.people.dates import hour_of
from avrr_desktop.operations.documents.printing import PrintShop
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.READ)
def appointments_on(workspace: Workspace, day: date, officer: str = "") -> tuple[Appointment, ...]:
    """Return the appointments of a day, by office and hour; ``officer``: only cases of this officer."""
    reader = workspace.store.reader
    found: list[Appointment] = []
    for case in reader.cases_planned_on(day.isoformat()):
        case_file = reader.case_file(case)
        if not officer or case_file.case.text("officer") == officer:
            found += appointments(case_file, day.isoformat(), workspace.pack)
    return tuple(
        sorted(
            found,
            key=lambda item: (
                not item.office,
                workspace.words.place(item.office),
                hour_of(item.time) or "24",
                item.time,
            ),
        )
    )


@needs(Permission.PRINT)
def day_sheet_pdf(workspace: Workspace, day: date, officer: str = "") -> bytes:
    """Return the printed day sheet: initials and case numbers, no name."""
    from avrr_desktop.pdf.documents.day_sheet import day_sheet
    from avrr_desktop.pdf.page import rendered

    found = appointments_on(workspace, day, officer)
    print_ = PrintShop(workspace).arguments()
    return rendered(day_sheet(found, workspace.words.long_day(day), print_))
