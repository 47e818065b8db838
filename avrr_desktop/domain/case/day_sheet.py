"""What an officer carries on a day: appointments with what to bring, and whom it is safe to call."""

from collections.abc import Iterable
from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseFile, end_of
from avrr_desktop.domain.case.paper_states import THERE
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import is_past, span_of
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.procedure.step_states import OVER
from avrr_desktop.domain.records.fields import Record


@dataclass(frozen=True, slots=True)
class Appointment:
    """One line of the day. Names stay out of it: initials and the case number stand for the person."""

    time: str
    office: str
    what: str
    case: str
    case_number: str
    record_type: str
    record: str
    initials: str
    papers: tuple[str, ...] = ()  # kinds of paper that the step asks for
    missing: tuple[str, ...] = ()  # those of them that the register does not hold
    meeting_place: str = ""
    back_by: str = ""
    accompanied_by: str = ""
    safe_to_call: bool | None = None  # None: nobody asked


def appointments(case_file: CaseFile, day: str, pack: Pack) -> Iterable[Appointment]:
    """Yield what is planned in a case for a day: steps at offices and follow-ups."""
    for step in case_file.steps:
        if step.text("planned_on").rstrip("~") == day and step.text("state") not in OVER:
            yield _of_step(case_file, step, pack)
    for follow_up in case_file.follow_ups:
        if follow_up.text("planned_on").rstrip("~") == day and not follow_up.text("done_on"):
            person = case_file.principal.person if case_file.principal else None
            yield Appointment(
                "", "", N_("Follow-up"), case_file.case.uid, case_file.case.text("number"), "follow_up", follow_up.uid,
                initials(person), safe_to_call=_safe(case_file, person),
            )  # fmt: skip


def _of_step(case_file: CaseFile, step: Record, pack: Pack) -> Appointment:
    person = case_file.people.get(step.text("person")) or (case_file.principal.person if case_file.principal else None)
    template = pack.steps.get(step.text("template"))
    papers = template.needs_papers if template else ()
    there = (
        {
            paper.text("doc_type")
            for paper in case_file.papers_of(person.uid)
            if paper.text("state") in THERE and not _expired(paper, step.text("planned_on"))
        }
        if person
        else set()
    )
    return Appointment(
        step.text("at_time"), step.text("office_name"), step.text("title"), case_file.case.uid,
        case_file.case.text("number"), "step", step.uid, initials(person), papers,
        tuple(code for code in papers if code not in there), step.text("meeting_place"), step.text("back_by"),
        step.text("accompanied_by"), _safe(case_file, person),
    )  # fmt: skip


def initials(person: Record | None) -> str:
    """Return the initials of a person, in the script of the name: “A. K.”."""
    if person is None:
        return ""
    names = (person.text("given_names"), person.text("family_name"))
    return " ".join(f"{name[0]}." for name in names if name)


def _safe(case_file: CaseFile, person: Record | None) -> bool | None:
    """Return whether calling is safe for a person: their own no always wins; without a number of their own, nobody knows."""
    if person is None or ("safe_to_call" in person.values and not person.yes("safe_to_call")):
        return False if person else None
    if person.text("phone"):
        return person.yes("safe_to_call") if "safe_to_call" in person.values else None
    principal = case_file.principal.person if case_file.principal else None
    if principal and "safe_to_call" in principal.values and not principal.yes("safe_to_call"):
        return False
    return None


def _expired(paper: Record, day: str) -> bool:
    on = span_of(day)
    return on is not None and is_past(end_of(paper), on.first)
