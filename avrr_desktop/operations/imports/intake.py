"""Verbs of intake: a whole family in one act, and what its facts propose before anything is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.case.paper_states import PaperState
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.facts import Known, proposed
from avrr_desktop.domain.procedure.pack import ServiceTemplate, Situation
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.cases.cases import OpenedCase, back_parts, member_part, next_position, put_new_case
from avrr_desktop.operations.cases.services import ServicePlan
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit_and_drop
from avrr_desktop.operations.session.workspace import Workspace

Given = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One person of a family that is written down: who they are, as what they belong to the case, and what goes with them.

    ``known``: somebody who is in the store already; then ``person`` is not written. ``missing``: types of papers.
    """

    person: Given = field(default_factory=dict)
    membership: Given = field(default_factory=dict)
    schooling: Given = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    known: str = ""


@needs(Permission.READ)
def return_country(workspace: Workspace, case_file: CaseFile | None) -> str:
    """Return the country to which a family returns: that of its case, or for a new one that of the office."""
    if case_file is not None:
        return case_file.case.text("country_of_return")
    return workspace.office.text("country") if workspace.office else ""


@needs(Permission.READ)
def situations_of(workspace: Workspace, arrival: Arrival, return_to: str) -> tuple[Situation, ...]:
    """Return the situations that the facts about somebody propose and nobody ticked."""
    known = workspace.store.reader.record("person", arrival.known) if arrival.known else None
    chosen = arrival.membership.get("situations", ())
    papers = (Record("paper", "", {"doc_type": kind, "state": PaperState.MISSING.code}) for kind in arrival.missing)
    return proposed(workspace.pack, Known(
        person=known or Record("person", "", arrival.person), return_to=return_to, today=workspace.today,
        situations=chosen if isinstance(chosen, tuple) else (), papers=tuple(papers),
        schoolings=(Record("schooling", "", arrival.schooling),),
    ))  # fmt: skip


@needs(Permission.READ)
def situations_of_member(workspace: Workspace, case_file: CaseFile, member: Member) -> tuple[Situation, ...]:
    """Return the situations that what a case knows of a member proposes and nobody ticked."""
    person = member.person.uid
    return proposed(workspace.pack, Known(
        person=member.person, return_to=case_file.case.text("country_of_return"), today=workspace.today,
        situations=member.membership.many("situations"), papers=case_file.papers_of(person),
        schoolings=tuple(one for one in case_file.schoolings if one.text("person") == person),
    ))  # fmt: skip


@needs(Permission.READ)
def services_of(
    workspace: Workspace, arrivals: Sequence[Arrival]
) -> tuple[tuple[ServiceTemplate, tuple[int, ...]], ...]:
    """Return the services that ticked situations propose, each with the places of whom it is for, in the order of the pack."""
    pack = workspace.pack
    wanted: dict[str, dict[int, None]] = {}
    for place, arrival in enumerate(arrivals):
        chosen = arrival.membership.get("situations", ())
        for code in chosen if isinstance(chosen, tuple) else ():
            for key in pack.situations[code].services if code in pack.situations else ():
                wanted.setdefault(key, {})[place] = None
    return tuple((service, tuple(wanted[key])) for key, service in pack.services.items() if key in wanted)


@needs(Permission.RECORD)
def open_family(
    workspace: Workspace, case: Mapping[str, object], arrivals: Sequence[Arrival], services: Iterable[str] = (), *, draft: str = ""
) -> OpenedCase:  # fmt: skip
    """Open a case with everybody of a family, the principal applicant first, as one Change.

    ``services``: keys of those that the ticked situations propose and that are wanted. ``draft``: the form whose draft goes
    in the same commit. Raises BadInputError, also where neither a person nor the case has a name.
    """
    values = {**case}
    country = str(values.get("country_of_return") or workspace.country_of(""))
    family = _Family(workspace, arrivals, 1, country)
    if not values.get("called") and family.members:
        first = family.members[0].person
        values["called"] = first.text("family_name") or first.text("given_names")

    def with_services(record: Record) -> list[Part]:
        return family.services(CaseFile(case=record, revision=0, members=family.members), services)

    return put_new_case(workspace, values, family.parts, with_services, draft=draft)


@needs(Permission.RECORD)
def add_family(
    workspace: Workspace, case_file: CaseFile, arrivals: Sequence[Arrival], services: Iterable[str] = (), *, draft: str = ""
) -> Changes:  # fmt: skip
    """Add several people to a case as one Change. Raises BadInputError, and RefusedError for somebody who is in it already."""
    family = _Family(
        workspace, arrivals, next_position(workspace, case_file), case_file.case.text("country_of_return"), case_file
    )
    whole = replace(case_file, members=(*case_file.members, *family.members))
    return commit_and_drop(workspace, [*family.parts, *family.services(whole, services)], case_file.case.uid, draft)


class _Family:
    """The people of a family as parts of one Change, and as members of the case that it makes."""

    def __init__(
        self,
        workspace: Workspace,
        arrivals: Sequence[Arrival],
        position: int,
        country: str,
        case_file: CaseFile | None = None,
    ) -> None:
        """``country``: of the return: in it a place is looked for that names no other."""
        self._workspace, self._arrivals, self._country = workspace, arrivals, country
        here = [member.person.uid for member in (case_file.members if case_file else ())]
        here += [arrival.known for arrival in arrivals if arrival.known]
        if len(here) > len(set(here)):
            raise RefusedError(N_("This person is already in this case."), N_("Nothing was changed."))
        self.parts: list[Part] = []
        members: list[Member] = []
        for place, arrival in enumerate(arrivals, position):
            person = self._person(arrival)
            made, *more = self._membership(arrival, person.uid, place, case_file)
            self.parts += [made, *more, *self._beside(arrival, person.uid)]
            values = {key: value for key, value in made.values.items() if value is not None}
            members.append(Member(person, Record("membership", made.record, values)))
        self.members = tuple(members)

    def _person(self, arrival: Arrival) -> Record:
        if arrival.known:
            record = self._workspace.store.reader.record("person", arrival.known)
            if record is None:
                raise NotFoundError(N_("This record is not in this store."), N_("Nothing was changed."))
            return record
        part = adding(self._workspace, "person", arrival.person, country=self._country)
        self.parts.append(part)
        return Record("person", part.record, {key: value for key, value in part.values.items() if value is not None})

    def _membership(self, arrival: Arrival, person: str, place: int, case_file: CaseFile | None) -> list[Part]:
        """Return what makes somebody a member; who once was one comes back as that, with what is typed now over it."""
        new = member_part(self._workspace, person, arrival.membership, place)
        back = back_parts(self._workspace, case_file, person) if case_file and arrival.known else []
        if not back:
            return [new]
        typed = {key: value for key, value in new.values.items() if key in arrival.membership}
        return [replace(back[0], values=typed), *back[1:]]

    def _beside(self, arrival: Arrival, person: str) -> Iterator[Part]:
        for kind in arrival.missing:
            values = {"holder": person, "doc_type": kind, "state": PaperState.MISSING.code}
            yield adding(self._workspace, "paper", values)
        if arrival.schooling:
            yield adding(self._workspace, "schooling", {**arrival.schooling, "person": person})

    def services(self, case_file: CaseFile, wanted: Iterable[str]) -> list[Part]:
        """Return the parts of the services that are wanted, for whom ticked situations propose them."""
        wanted, people = set(wanted), [member.person.uid for member in self.members]
        plan = ServicePlan(self._workspace, case_file)
        for service, places in services_of(self._workspace, self._arrivals):
            if service.key in wanted:
                plan.add(service.key, [people[place] for place in places])
        return plan.parts()
