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
from avrr_desktop.domain.records.views import Case, FollowUp, Paper, Person, Step


@dataclass(frozen=True, slots=True, kw_only=True)
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
    number = Case(case_file.case).number
    for step in map(Step, case_file.steps):
        if step.planned_on.rstrip("~") == day and step.state not in OVER:
            yield _of_step(case_file, step, pack)
    for follow_up in map(FollowUp, case_file.follow_ups):
        if follow_up.planned_on.rstrip("~") == day and not follow_up.done_on:
            person = case_file.principal.person if case_file.principal else None
            yield Appointment(
                time="", office="", what=N_("Follow-up", "record"), case=case_file.case.uid, case_number=number, record_type="follow_up", record=follow_up.uid,
                initials=initials(person), safe_to_call=_safe(case_file, person),
            )  # fmt: skip


def _of_step(case_file: CaseFile, step: Step, pack: Pack) -> Appointment:
    person = case_file.people.get(step.person) or (case_file.principal.person if case_file.principal else None)
    template = pack.steps.get(step.template)
    papers = template.needs_papers if template else ()
    there = (
        {
            paper.doc_type
            for paper in map(Paper, case_file.papers_of(person.uid))
            if paper.state in THERE and not _expired(paper.record, step.planned_on)
        }
        if person
        else set()
    )
    return Appointment(
        time=step.at_time, office=step.office_name, what=step.title, case=case_file.case.uid,
        case_number=Case(case_file.case).number, record_type="step", record=step.uid, initials=initials(person), papers=papers,
        missing=tuple(code for code in papers if code not in there), meeting_place=step.meeting_place, back_by=step.back_by,
        accompanied_by=step.accompanied_by, safe_to_call=_safe(case_file, person),
    )  # fmt: skip


def initials(person: Record | None) -> str:
    """Return the initials of a person, in the script of the name: “A. K.”."""
    if person is None:
        return ""
    names = (Person(person).given_names, Person(person).family_name)
    return " ".join(f"{name[0]}." for name in names if name)


def _safe(case_file: CaseFile, person: Record | None) -> bool | None:
    """Say whether calling is safe for a person: their own no always wins; without a number of their own, nobody knows."""
    if person is None or ("safe_to_call" in person.values and not Person(person).safe_to_call):
        return False if person else None
    if Person(person).phone:
        return Person(person).safe_to_call if "safe_to_call" in person.values else None
    principal = case_file.principal.person if case_file.principal else None
    if principal and "safe_to_call" in principal.values and not Person(principal).safe_to_call:
        return False
    return None


def _expired(paper: Record, day: str) -> bool:
    on = span_of(day)
    return on is not None and is_past(end_of(paper), on.first)
