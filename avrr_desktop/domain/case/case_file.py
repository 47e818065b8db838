"""The case as a whole: its people, papers and services, and what follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from avrr_desktop.domain.case.case_states import CaseStatus, case_status, is_over, is_running
from avrr_desktop.domain.case.paper_states import RUNNING_OUT, THERE
from avrr_desktop.domain.consent.referral_states import DEFAULT_DAYS, AnswerDays, answer_due, is_awaited
from avrr_desktop.domain.people.dates import age_on, earliest, is_future, is_past, latest, span_of
from avrr_desktop.domain.procedure.attendance import attendance
from avrr_desktop.domain.procedure.step_states import OVER, SKIPPED, StepState
from avrr_desktop.domain.procedure.steps import CHILDREN, Standing, StepView, views, waiting_since
from avrr_desktop.domain.records.fields import Record

DEFAULT_DIRECTION = "to_western_balkans"


@dataclass(frozen=True, slots=True)
class Member:
    """A person in this case: who they are, and as what they belong to it."""

    person: Record
    membership: Record

    @property
    def is_principal(self) -> bool:
        """Return whether the case was opened on this person's application."""
        return self.membership.text("role") == "principal_applicant"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something of a case that has a date: what Today is made of. Dates decide the column, not this object."""

    kind: str  # step_due, step_waiting, step_answer, appeal_ends, return_unreported, paper_expires, attendance_due,
    # referral_unanswered, follow_up_due, hold_ends, arrival_due, quiet
    on: str  # stored date: due, since or until
    record_type: str
    record: str
    person: str = ""


@dataclass(frozen=True, slots=True)
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
        left = (member.membership.text("left_on") for member in self.members)
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
        """Return whether anybody still works on it."""
        return is_running(self.case.text("status"))

    @property
    def over(self) -> bool:
        """Return whether it is closed, so that only a late entry writes into it."""
        return is_over(self.case.text("status"))

    def steps_of(self, service: str) -> tuple[Record, ...]:
        """Return the steps of one service, in their order."""
        return tuple(step for step in self.steps if step.text("service") == service)

    def papers_of(self, person: str) -> tuple[Record, ...]:
        """Return the papers of one person."""
        return tuple(paper for paper in self.papers if paper.text("holder") == person)

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
        roles = {member.person.uid: member.membership.text("relationship") for member in self.members}
        if roles.get(person) not in CHILDREN:
            return ()
        return tuple(uid for uid, role in roles.items() if role in ("self", "spouse", "partner"))

    def missing_papers(self, day: date = date.min) -> tuple[Record, ...]:
        """Return the papers that are not there yet, and those held that are no longer good on a day; where none is asked for, the former."""
        return tuple(paper for paper in self.papers if paper.text("state") not in THERE or is_expired(paper, day))


def end_of(paper: Record) -> str:
    """Return the stored date on which a paper ends: the earlier of its own end and of the one that offices set."""
    return earliest(paper.text("valid_until"), paper.text("usable_until"))


def is_expired(paper: Record, day: date) -> bool:
    """Return whether a paper that is looked after until it ends has ended for sure before a day."""
    return paper.text("state") in RUNNING_OUT and is_past(end_of(paper), day)


def children(members: Iterable[Member], day: date) -> int:
    """Return how many are known to be under 18 on a day."""
    ages = (age_on(member.person.text("birth_date"), day) for member in members)
    return sum(1 for age in ages if age is not None and age[0] < 18)


def last_touched(case_file: CaseFile, today: date = date.max) -> str:
    """Return the latest date on which somebody did something for the people of this case; of those after today, none."""
    days = [case_file.case.text("opened_on")]
    days += [record.text("on") for record in (*case_file.notes, *case_file.contacts)]
    days += [record.text("done_on") for record in (*case_file.steps, *case_file.follow_ups)]
    days += [step.text("filed_on") for step in case_file.steps]
    days += [referral.text("sent_on") for referral in case_file.referrals]
    return latest(*(day for day in days if not is_future(day, today)))


def agenda_of(case_file: CaseFile, answer_days: AnswerDays = DEFAULT_DAYS) -> tuple[AgendaItem, ...]:
    """Return every dated thing of a running case; of a closed one only an officer who is not back."""
    items = [
        AgendaItem("return_unreported", step.text("planned_on"), "step", step.uid, step.text("person"))
        for step in case_file.steps
        if step.text("accompanied_by") and step.text("planned_on") and not step.yes("back_reported")
        and step.text("back_by") and step.text("state") not in SKIPPED
    ]  # fmt: skip
    if not case_file.running:
        return tuple(items)
    items += _agenda_of_status(case_file)
    checks = attendance(case_file.schoolings, case_file.steps)
    looked_at = {check.step for check in checks}  # one line for one thing
    items += [
        item
        for step in case_file.steps
        for item in _agenda_of_step(step)
        if item.kind != "step_due" or step.uid not in looked_at
    ]
    for paper in case_file.papers:
        if paper.text("state") in RUNNING_OUT:
            if until := end_of(paper):
                items.append(AgendaItem("paper_expires", until, "paper", paper.uid, paper.text("holder")))
    for referral in case_file.referrals:
        if is_awaited(referral) and (due := answer_due(referral, answer_days)):
            items.append(AgendaItem("referral_unanswered", due, "referral", referral.uid, referral.text("person")))
    items += [AgendaItem("attendance_due", *check[:4]) for check in checks]
    for follow_up in case_file.follow_ups:
        if follow_up.text("planned_on") and not follow_up.text("done_on"):
            items.append(AgendaItem("follow_up_due", follow_up.text("planned_on"), "follow_up", follow_up.uid))
    touched = last_touched(case_file)
    if touched and case_status(case_file.case.text("status")) is not CaseStatus.ON_HOLD:
        items.append(AgendaItem("quiet", touched, "case", case_file.case.uid))
    return tuple(items)


def _agenda_of_status(case_file: CaseFile) -> list[AgendaItem]:
    """A case that rests comes back on its day; a family that is still abroad is asked about on the day of its arrival."""
    kinds = {CaseStatus.ON_HOLD: ("hold_ends", "hold_until"), CaseStatus.PRE_ARRIVAL: ("arrival_due", "arrival_date")}
    status = case_status(case_file.case.text("status"))
    kind, key = kinds.get(status, ("", "")) if status else ("", "")
    on = case_file.case.text(key) if key else ""
    return [AgendaItem(kind, on, "case", case_file.case.uid)] if on else []


def _agenda_of_step(step: Record) -> list[AgendaItem]:
    def item(kind: str, on: str) -> AgendaItem:
        return AgendaItem(kind, on, "step", step.uid, step.text("person"))

    if step.text("state") in OVER:
        appeal = step.text("appeal_until") if step.text("state") == StepState.REFUSED.code else ""
        return [item("appeal_ends", appeal)] if appeal else []
    planned = step.text("planned_on")
    if since := waiting_since(step):
        expected = step.text("expected_on")
        found = [item("step_answer", expected) if expected else item("step_waiting", since)]
        return [*found, item("step_due", planned)] if _may_follow(planned, since) else found
    return [item("step_due", planned)] if planned else []


def _may_follow(planned: str, since: str) -> bool:
    """Return whether an appointment may be one while the step waits, and not the day on which it was filed."""
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


def line_of(case_file: CaseFile, answer_days: AnswerDays = DEFAULT_DAYS) -> CaseLine:
    """Return the list line of a case; a pure function of its records."""
    case, principal = case_file.case, case_file.principal
    steps = case_file.next_steps() if case_file.running else ()
    first = steps[0] if steps else None
    waits = earliest(*(waiting_since(view.step) for view in steps))
    due = earliest(*(
        item.on
        for item in agenda_of(case_file, answer_days)
        if item.kind not in ("quiet", "step_waiting", "paper_expires", "return_unreported")
    ))  # fmt: skip
    name = ""
    if principal:
        person = principal.person
        name = ", ".join(part for part in (person.text("family_name"), person.text("given_names")) if part)
    categories = sorted({service.text("category") for service in case_file.services if service.text("category")})
    return CaseLine(
        uid=case.uid, number=case.text("number"), called=case.text("called"), status=case.text("status"),
        country=case.text("country_of_return"), place=case.text("municipality_of_return"),
        host=case.text("host_country"), principal=name, persons=len(case_file.present(date.max)),
        next_step=first.step.text("title") if first else "", next_standing=first.standing.value if first else "",
        waiting_since=waits, due=due,
        categories=" ".join(categories), officer=case.text("officer"), opened_on=case.text("opened_on"),
        closed_on=case.text("closed_on"), touched=last_touched(case_file), direction=case.text("direction"), programme=case.text("programme"),
    )  # fmt: skip
