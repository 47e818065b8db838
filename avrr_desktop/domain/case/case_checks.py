"""What to look at in a record that only the rest of its case can tell; like every problem, never a reason not to save."""

from collections.abc import Iterator
from datetime import date

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.evidence import ANYBODY, REFERRAL, SHARING, allowed_by, is_old
from avrr_desktop.domain.consent.guards import (
    CHILD_SAYS,
    NO_PARTNER,
    NOTHING_SHARED,
    OF_BEFORE,
    asks_child,
    broken_guards,
)
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.people.personal_number import number_problem
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.procedure.proof import missing_kinds
from avrr_desktop.domain.procedure.school_age import of_school_age
from avrr_desktop.domain.procedure.school_steps import DECISION, ENROL, followed, school_steps
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.procedure.steps import ahead_of
from avrr_desktop.domain.records.fields import ProblemKind, Record
from avrr_desktop.domain.records.rules import Problem
from avrr_desktop.domain.records.views import Case, Person, Schooling, Step

AHEAD = N_("Another step should be done before this one. Give the reason to go ahead.")
NO_PROOF = N_("The step is done, and its proof is recorded as missing.")
NOT_OF_SCHOOL_AGE = N_("This person is not of school age. Is it the right one?")
NOT_ENROLLED = N_("The child is not enrolled, according to the step under Services.")
REFUSAL = N_("The decision is marked as done. A refusal is written under Services, at the step.")


def problems_in_case(record: Record, case_file: CaseFile, pack: Pack, today: date) -> tuple[Problem, ...]:
    """Return what to look at in a record of a case beside what the record alone tells."""
    if record.type == "step":
        return tuple(_of_step(record, case_file, pack))
    if record.type == "schooling":
        return tuple(_of_schooling(record, case_file, today))
    if record.type == "consent":
        return tuple(_of_consent(record, case_file, pack, today))
    return ()


def _of_step(step: Record, case_file: CaseFile, pack: Pack) -> Iterator[Problem]:
    by_uid = {other.uid: other for other in case_file.steps}
    if ahead_of(step, by_uid) and not Step(step).go_ahead_reason:
        yield Problem(ProblemKind.UNEXPLAINED, "go_ahead_reason", AHEAD)
    if missing_kinds(case_file, pack, step):
        yield Problem(ProblemKind.CONTRADICTED, "evidence", NO_PROOF)


def _of_schooling(schooling: Record, case_file: CaseFile, today: date) -> Iterator[Problem]:
    person = case_file.people.get(Schooling(schooling).person)
    read = followed(schooling, case_file.steps, case_file.papers)
    asked = stored(Schooling(read).enrolled_on) or stored(Case(case_file.case).closed_on)  # pupils of old cases grew up
    day = asked.first() if asked else today
    if person is not None and Person(person).birth_date and not of_school_age(person, day):
        yield Problem(ProblemKind.UNSURE, "person", NOT_OF_SCHOOL_AGE)
    steps = school_steps(case_file.steps, Schooling(schooling).person)
    if ENROL in steps and Schooling(schooling).enrolled_provisionally and not Schooling(read).enrolled_on:
        yield Problem(ProblemKind.CONTRADICTED, "enrolled_provisionally", NOT_ENROLLED)
    decided = DECISION in steps and Step(steps[DECISION]).state == StepState.DONE.code
    if decided and Schooling(schooling).recognition not in ("", "granted", "partly"):
        yield Problem(ProblemKind.CONTRADICTED, "recognition", REFUSAL)


def _of_consent(consent: Record, case_file: CaseFile, pack: Pack, today: date) -> Iterator[Problem]:
    """Yield why an agreement allows nothing, and what is asked beside that; of one that was withdrawn, nothing."""
    if consent.text("withdrawn_on"):
        return
    if is_old(consent):
        yield Problem(ProblemKind.UNEXPLAINED, "groups", OF_BEFORE)
        return
    born = {uid: person.text("birth_date") for uid, person in case_file.people.items()}
    yield from (Problem(*broken) for broken in broken_guards(consent, born))
    if not allowed_by(consent) and (consent.text("scope") or REFERRAL) in SHARING:
        yield Problem(ProblemKind.UNEXPLAINED, "groups", NOTHING_SHARED)
    named = consent.text("provider") or consent.text("referral")
    if not named and (consent.text("scope") or REFERRAL) in SHARING - {ANYBODY}:
        yield Problem(ProblemKind.UNEXPLAINED, "provider", NO_PARTNER)
    if asks_child(consent, born.get(consent.text("person"), ""), pack.setting("child_assent_age"), today):
        yield Problem(ProblemKind.UNEXPLAINED, "child_agrees", CHILD_SAYS)


def all_problems_in_case(case_file: CaseFile, pack: Pack, today: date) -> tuple[tuple[Record, Problem], ...]:
    """Return what to look at in every record of a case, in the order of the case, numbers of people first."""
    people = (member.person for member in case_file.members)
    numbers = ((person, problem) for person in people if (problem := _of_number(person)) is not None)
    records = (*case_file.steps, *case_file.schoolings, *case_file.of_type("consent"))
    return (
        *numbers,
        *((record, problem) for record in records for problem in problems_in_case(record, case_file, pack, today)),
    )


def _of_number(person: Record) -> Problem | None:
    said = number_problem(person)
    return Problem(ProblemKind.UNREADABLE, "national_number", said) if said else None
