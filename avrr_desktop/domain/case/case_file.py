"""The case as a whole: its people, papers and services, and what follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from avrr_desktop.domain.case.case_states import CaseStatus, case_status, is_over, is_running
from avrr_desktop.domain.case.paper_states import RUNNING_OUT, THERE
from avrr_desktop.domain.consent.referral_moves import covers, override_asked
from avrr_desktop.domain.consent.referral_states import (
    DEFAULT_DAYS,
    AnswerDays,
    answer_due,
    feedback_due,
    is_awaited,
    untold_since,
)
from avrr_desktop.domain.people.dates import age_on, earliest, is_future, is_past, latest, span_of
from avrr_desktop.domain.places.gazetteer import Gazetteer
from avrr_desktop.domain.places.placed import place_of
from avrr_desktop.domain.procedure.attendance import attendance
from avrr_desktop.domain.procedure.step_states import OVER, StepState
from avrr_desktop.domain.procedure.steps import CHILDREN, Standing, StepView, can_be_worked_on, views, waiting_since
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.views import Case, FollowUp, Membership, Paper, Person, Referral, Service, Step

DEFAULT_DIRECTION = "to_western_balkans"


@dataclass(frozen=True, slots=True)
class Member:
    """A person in this case: who they are, and as what they belong to it."""

    person: Record
    membership: Record

    @property
    def is_principal(self) -> bool:
        """Whether the case was opened on this person's application."""
        return Membership(self.membership).role == "principal_applicant"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something of a case that somebody looks at, mostly on a day: what Today is made of. Dates decide the group, not this object."""

    kind: str  # step_due, step_waiting, step_answer, appeal_ends, return_unreported, paper_expires, attendance_due,
    # referral_unanswered, withdrawal_to_tell, follow_up_due, hold_ends, arrival_due, quiet; and those of ``undated_of``
    on: str  # stored date: due, since or until; empty for a step without a day
    record_type: str
    record: str
    person: str = ""  # whom it is about; of a closing and of a step_along the officer whom it concerns


_LISTS = {
    "paper": "papers", "service": "services", "step": "steps", "referral": "referrals", "follow_up": "follow_ups",
    "contact": "contacts", "note": "notes", "plan": "plans", "schooling": "schoolings",
}  # fmt: skip  # record type -> the list below; every other type of a case stands in ``others``


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All records of one case at one revision, in the order in which they were made."""

    case: Record
    revision: int
    members: tuple[Member, ...] = ()
    papers: tuple[Record, ...] = ()
    services: tuple[Record, ...] = ()
    steps: tuple[Record, ...] = ()
    referrals: tuple[Record, ...] = ()
    follow_ups: tuple[Record, ...] = ()
    contacts: tuple[Record, ...] = ()
    notes: tuple[Record, ...] = ()
    plans: tuple[Record, ...] = ()
    schoolings: tuple[Record, ...] = ()
    others: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    people: Mapping[str, Record] = field(default_factory=dict)  # every person named in it, by identifier
    restricted: tuple[
        Record, ...
    ] = ()  # closed records: in no list above, opened only by operations/session/sealing.py
    left_out: int = 0  # members of whom a copy for a partner does not tell

    def present(self, today: date) -> tuple[Member, ...]:
        """Return the members who have not left the case; a day after today is a slip, or still to come."""
        left = (Membership(member.membership).left_on for member in self.members)
        return tuple(one for one, on in zip(self.members, left, strict=True) if not on or is_future(on, today))

    @property
    def principal(self) -> Member | None:
        """The principal applicant, else the first member."""
        for member in self.members:
            if member.is_principal:
                return member
        return self.members[0] if self.members else None

    @property
    def running(self) -> bool:
        """Whether anybody still works on it."""
        return is_running(Case(self.case).status)

    @property
    def over(self) -> bool:
        """Whether it is closed, so that only a late entry writes into it."""
        return is_over(Case(self.case).status)

    def of_type(self, record_type: str) -> tuple[Record, ...]:
        """Return the records of one type of a case, as they stand here; of its head and its people, see ``case`` and ``members``."""
        return getattr(self, _LISTS[record_type]) if record_type in _LISTS else self.others.get(record_type, ())

    def steps_of(self, service: str) -> tuple[Record, ...]:
        """Return the steps of one service, in their order."""
        return tuple(step for step in self.steps if Step(step).service == service)

    def papers_of(self, person: str) -> tuple[Record, ...]:
        """Return the papers of one person."""
        return tuple(paper for paper in self.papers if Paper(paper).holder == person)

    def step_views(self) -> tuple[StepView, ...]:
        """Return all steps with their standing."""
        return views(self.steps)

    def next_steps(self) -> tuple[StepView, ...]:
        """Return unfinished steps, those that somebody can act on first."""
        rank = {Standing.REFUSED: 0, Standing.WAITING: 1, Standing.UNDER_WAY: 2, Standing.CAN_START: 3}
        open_views = [view for view in self.step_views() if view.standing not in (Standing.DONE, Standing.NOT_NEEDED)]
        return tuple(sorted(open_views, key=lambda view: rank.get(view.standing, 4)))

    def parents_of(self, person: str) -> tuple[str, ...]:
        """Return the adults of the case whose papers come before those of a child: the applicant and their partner."""
        roles = {member.person.uid: Membership(member.membership).relationship for member in self.members}
        if roles.get(person) not in CHILDREN:
            return ()
        return tuple(uid for uid, role in roles.items() if role in ("self", "spouse", "partner"))

    def missing_papers(self, day: date = date.min) -> tuple[Record, ...]:
        """Return the papers that are not there yet, and those held that are no longer good on a day; where none is asked for, the former."""
        return tuple(paper for paper in self.papers if Paper(paper).state not in THERE or is_expired(paper, day))


def end_of(paper: Record) -> str:
    """Return the stored date on which a paper ends: the earlier of its own end and of the one that offices set."""
    return earliest(Paper(paper).valid_until, Paper(paper).usable_until)


def is_expired(paper: Record, day: date) -> bool:
    """Say whether a paper that is looked after until it ends has ended for sure before a day."""
    return Paper(paper).state in RUNNING_OUT and is_past(end_of(paper), day)


def children(members: Iterable[Member], day: date) -> int:
    """Return how many are known to be under 18 on a day."""
    ages = (age_on(Person(member.person).birth_date, day) for member in members)
    return sum(1 for age in ages if age is not None and age[0] < 18)


def last_touched(case_file: CaseFile, today: date = date.max) -> str:
    """Return the latest date on which somebody did something for the people of this case; of those after today, none."""
    days = [Case(case_file.case).opened_on]
    days += [record.text("on") for record in (*case_file.notes, *case_file.contacts)]
    days += [done for step in map(Step, case_file.steps) for done in (step.done_on, step.filed_on)]
    days += [follow_up.done_on for follow_up in map(FollowUp, case_file.follow_ups)]
    days += [referral.sent_on for referral in map(Referral, case_file.referrals)]
    return latest(*(day for day in days if not is_future(day, today)))


def agenda_of(case_file: CaseFile, answer_days: AnswerDays = DEFAULT_DAYS) -> tuple[AgendaItem, ...]:
    """Return everything of a case that Today can tell of: what has a date, and what waits for a day or a decision."""
    return (*dated_of(case_file, answer_days), *undated_of(case_file))


def undated_of(case_file: CaseFile) -> tuple[AgendaItem, ...]:
    """Return what of a running case waits for a day or a decision.

    step_open: a step that can begin, or has, and has no day; no_service: nothing was begun; closing_asked and closing_back: a
    closing that waits, or was sent back; override_asked: a referral that waits for a second person; step_along: beside a step_due, who goes along.
    """
    if not case_file.running:
        return ()
    case = Case(case_file.case)
    items = [
        AgendaItem(kind, on, "case", case.uid, who)
        for kind, on, who in (
            ("closing_asked", case.closure_asked_on, case.closure_asked_by),
            ("closing_back", case.closure_sent_back_on, case.closure_sent_back_to),
        )
        if on
    ]
    items += [
        AgendaItem("override_asked", one.text("override_asked_on"), "referral", one.uid, one.text("override_asked_by"))
        for one in case_file.referrals
        if override_asked(one)
    ]
    if case_status(case.status) is CaseStatus.ON_HOLD:
        return tuple(items)
    if not case_file.steps and not case_file.services:
        items.append(AgendaItem("no_service", case.opened_on, "case", case.uid))
    return (*items, *_steps_without_a_day(case_file))


def _steps_without_a_day(case_file: CaseFile) -> list[AgendaItem]:
    by_uid = {step.uid: step for step in case_file.steps}
    looked_at = {check.step for check in attendance(case_file.schoolings, case_file.steps)}
    items = []
    for step in map(Step, case_file.steps):
        if step.planned_on:
            if step.accompanied_by and step.state not in OVER:
                items.append(AgendaItem("step_along", step.planned_on, "step", step.uid, step.accompanied_by))
        elif step.uid not in looked_at and can_be_worked_on(step.record, by_uid):
            items.append(AgendaItem("step_open", "", "step", step.uid, step.person))
    return items


def dated_of(case_file: CaseFile, answer_days: AnswerDays = DEFAULT_DAYS) -> tuple[AgendaItem, ...]:
    """Return every dated thing of a running case; of a closed one who is not back, and a withdrawal of which nobody was told."""
    items = [
        AgendaItem("return_unreported", step.planned_on, "step", step.uid, step.person)
        for step in map(Step, case_file.steps)
        if step.accompanied_by and step.planned_on and not step.back_reported and step.back_by and step.state != StepState.NOT_NEEDED.code
    ]  # fmt: skip
    withdrawn = [
        one
        for one in case_file.of_type("consent")
        if one.text("withdrawn_on") and not one.text("withdrawal_handled_on")
    ]
    items += [
        AgendaItem("withdrawal_to_tell", one.text("withdrawn_on"), "consent", one.uid, one.text("person"))
        for one in withdrawn
    ]
    if not case_file.running:
        return tuple(items)
    items += _agenda_of_status(case_file)
    checks = attendance(case_file.schoolings, case_file.steps)
    looked_at = {check.step for check in checks}  # one line for one thing
    items += [
        item
        for step in map(Step, case_file.steps)
        for item in _agenda_of_step(step)
        if item.kind != "step_due" or step.uid not in looked_at
    ]
    for paper in map(Paper, case_file.papers):
        if paper.state in RUNNING_OUT and (until := end_of(paper.record)):
            items.append(AgendaItem("paper_expires", until, "paper", paper.uid, paper.holder))
    for referral in map(Referral, case_file.referrals):
        if is_awaited(referral.record) and (due := answer_due(referral.record, answer_days)):
            items.append(AgendaItem("referral_unanswered", due, "referral", referral.uid, referral.person))
        untold = "" if any(covers(one, referral.record) for one in withdrawn) else untold_since(referral.record)
        for kind, on in (
            ("referral_tell", untold),
            ("referral_feedback", feedback_due(referral.record)),
        ):
            if on:
                items.append(AgendaItem(kind, on, "referral", referral.uid, referral.person))
    items += [AgendaItem("attendance_due", *check[:4]) for check in checks]
    for follow_up in map(FollowUp, case_file.follow_ups):
        if follow_up.planned_on and not follow_up.done_on:
            items.append(AgendaItem("follow_up_due", follow_up.planned_on, "follow_up", follow_up.uid))
    touched = last_touched(case_file)
    if touched and case_status(Case(case_file.case).status) is not CaseStatus.ON_HOLD:
        items.append(AgendaItem("quiet", touched, "case", case_file.case.uid))
    return tuple(items)


def _agenda_of_status(case_file: CaseFile) -> list[AgendaItem]:
    """A case that rests comes back on its day; a family that is still abroad is asked about on the day of its arrival."""
    kinds = {CaseStatus.ON_HOLD: ("hold_ends", "hold_until"), CaseStatus.PRE_ARRIVAL: ("arrival_due", "arrival_date")}
    status = case_status(Case(case_file.case).status)
    kind, key = kinds.get(status, ("", "")) if status else ("", "")
    on = case_file.case.text(key) if key else ""
    return [AgendaItem(kind, on, "case", case_file.case.uid)] if on else []


def _agenda_of_step(step: Step) -> list[AgendaItem]:
    def item(kind: str, on: str) -> AgendaItem:
        return AgendaItem(kind, on, "step", step.uid, step.person)

    if step.state in OVER:
        appeal = step.appeal_until if step.state == StepState.REFUSED.code else ""
        return [item("appeal_ends", appeal)] if appeal else []
    planned = step.planned_on
    if since := waiting_since(step.record):
        expected = step.expected_on
        found = [item("step_answer", expected) if expected else item("step_waiting", since)]
        return [*found, item("step_due", planned)] if _may_follow(planned, since) else found
    return [item("step_due", planned)] if planned else []


def _may_follow(planned: str, since: str) -> bool:
    """Say whether an appointment may be one while the step waits, and not the day on which it was filed."""
    appointment, filed = span_of(planned), span_of(since)
    return appointment is not None and (filed is None or appointment.last > filed.first)


class CaseLine(NamedTuple):
    """What a list says of a case without opening it."""

    uid: str
    number: str
    called: str
    status: str
    country: str
    place: str
    place_code: str  # which place of the list that is; empty where nobody can say
    host: str
    principal: str
    persons: int  # without those of whom any day is written on which they left: see Reader.leaving_later
    next_step: str
    next_standing: str
    waiting_since: str
    due: str
    categories: str
    officer: str
    opened_on: str
    closed_on: str
    touched: str
    direction: str
    programme: str


def line_of(case_file: CaseFile, answer_days: AnswerDays = DEFAULT_DAYS, places: Gazetteer | None = None) -> CaseLine:
    """Return the list line of a case; a pure function of its records. ``places``: those of the office."""
    case, principal = Case(case_file.case), case_file.principal
    steps = case_file.next_steps() if case_file.running else ()
    first = steps[0] if steps else None
    waits = earliest(*(waiting_since(view.step) for view in steps))
    due = earliest(*(
        item.on
        for item in dated_of(case_file, answer_days)
        if item.kind not in ("quiet", "step_waiting", "paper_expires", "return_unreported")
    ))  # fmt: skip
    name = ""
    if principal:
        person = Person(principal.person)
        name = ", ".join(part for part in (person.family_name, person.given_names) if part)
    categories = sorted({service.category for service in map(Service, case_file.services) if service.category})
    place = place_of(case.record, "municipality_of_return", places)
    return CaseLine(
        uid=case.uid, number=case.number, called=case.called, status=case.status,
        country=case.country_of_return, place=case.municipality_of_return, place_code=place.uid if place else "",
        host=case.host_country, principal=name, persons=len(case_file.present(date.max)),
        next_step=Step(first.step).title if first else "", next_standing=first.standing.value if first else "",
        waiting_since=waits, due=due,
        categories=" ".join(categories), officer=case.officer, opened_on=case.opened_on,
        closed_on=case.closed_on, touched=last_touched(case_file), direction=case.direction, programme=case.programme,
    )  # fmt: skip
