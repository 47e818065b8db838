"""Services and their steps in a case: what the situations propose, what is added, how steps move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.pack import WITHDRAWN, Pack, ServiceTemplate, StepTemplate
from avrr_desktop.domain.procedure.proof import steps_proved
from avrr_desktop.domain.procedure.step_states import AT_OFFICE, FINISHED, OVER, StepState
from avrr_desktop.domain.procedure.steps import links
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.rules import clean_values
from avrr_desktop.domain.records.types.service_records import STEP
from avrr_desktop.domain.records.views import Case, Step
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.proofs import Proof, proof_parts
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace

COPIED = ("title", "short", "basis", "source_title", "verification_status")  # what a step keeps of its template


@dataclass(frozen=True, slots=True)
class Proposal:
    """A service that ticked situations propose, and for whom."""

    service: ServiceTemplate
    people: tuple[str, ...]
    situations: tuple[str, ...]


@needs(Permission.READ)
def proposals(workspace: Workspace, case_file: CaseFile) -> tuple[Proposal, ...]:
    """Return what the ticked situations propose and the case does not hold yet, in the order of the pack."""
    wanted: dict[str, dict[str, list[str]]] = {}
    for member in case_file.present(workspace.today):
        for code in member.membership.many("situations"):
            situation = workspace.pack.situations.get(code)
            for key in situation.services if situation else ():
                wanted.setdefault(key, {}).setdefault(member.person.uid, []).append(code)
    found = []
    for key, service in workspace.pack.services.items():
        there = {uid for one in case_file.services if one.text("template") == key for uid in one.many("persons")}
        people = tuple(uid for uid in wanted.get(key, {}) if uid not in there)
        if people:
            codes = dict.fromkeys(code for uid in people for code in wanted[key][uid])
            found.append(Proposal(service, people, tuple(codes)))
    return tuple(found)


@needs(Permission.PROTECT)
def services_for_need(workspace: Workspace, case_file: CaseFile, need: Record) -> tuple[ServiceTemplate, ...]:
    """Return what the pack thinks of for an opened specific need and its person does not have yet, in the order of the pack."""
    person = need.text("person")
    there = {one.text("template") for one in case_file.services if person in one.many("persons")}
    wanted = workspace.pack.by_need.get(need.text("kind"), ()) if person else ()
    return tuple(one for key, one in workspace.pack.services.items() if key in wanted and key not in there)


@needs(Permission.RECORD)
def add_service(workspace: Workspace, case_file: CaseFile, template: str, people: Sequence[str]) -> Changes:
    """Add a service of the pack with its steps, for some members. Raises BadInputError."""
    return commit(workspace, service_parts(workspace, case_file, template, people), case_file.case.uid)


@needs(Permission.RECORD)
def accept_proposals(workspace: Workspace, case_file: CaseFile, chosen: Sequence[Proposal]) -> Changes:
    """Add several proposed services as one Change."""
    plan = ServicePlan(workspace, case_file)
    for proposal in chosen:
        plan.add(proposal.service.key, proposal.people)
    return commit(workspace, plan.parts(), case_file.case.uid)


def service_parts(
    workspace: Workspace, case_file: CaseFile, template: str, people: Sequence[str], opened_on: str = ""
) -> list[Part]:
    """Return the parts of a service: its steps, and the new links of the steps that were there."""
    plan = ServicePlan(workspace, case_file, opened_on)
    plan.add(template, people)
    return plan.parts()


@dataclass(slots=True, kw_only=True)
class _NewStep:
    uid: str
    template: StepTemplate
    person: str
    service: str
    position: int


@dataclass(slots=True)
class ServicePlan:
    """Collects new services and steps, then links everything that is open: the order of adding does not matter."""

    workspace: Workspace
    case_file: CaseFile
    opened_on: str = ""
    services: list[Part] = field(default_factory=list)
    steps: list[_NewStep] = field(default_factory=list)

    def add(self, template: str, people: Sequence[str]) -> None:
        """Take a service in; a step that is there already and unfinished is not made twice."""
        pack, case = self.workspace.pack, self.case_file.case
        chosen = pack.services.get(template)
        if chosen is None:
            raise BadInputError(
                N_("The programme pack has no service “{service}”."), N_("Nothing was saved."), {"service": template}
            )
        opened_on = self.opened_on or self.workspace.today.isoformat()
        service = adding(self.workspace, "service", {
            "title": chosen.title, "template": chosen.key, "category": chosen.category, "persons": tuple(people),
            "opened_on": opened_on,
        })  # fmt: skip
        self.services.append(service)
        there, position = self._there(), 0
        for key in chosen.steps:
            step = pack.template(key, Case(case).country_of_return, Case(case).sub_unit)
            if step is None or step.verification_status == WITHDRAWN:
                continue
            for person in [""] if step.scope == "case" or not people else people:
                if (step.root, person) in there:
                    continue
                position += 1
                self.steps.append(
                    _NewStep(
                        uid=self.workspace.ids.new(),
                        template=step,
                        person=person,
                        service=service.record,
                        position=position,
                    )
                )

    def _there(self) -> dict[tuple[str, str], str]:
        pack = self.workspace.pack
        found = {
            (pack.root(Step(step).template), Step(step).person): step.uid
            for step in self.case_file.steps
            if Step(step).template
            and (Step(step).state not in OVER or (Step(step).state == StepState.DONE.code and not Step(step).person))
        }
        return {**found, **{(new.template.root, new.person): new.uid for new in self.steps}}

    def parts(self) -> list[Part]:
        """Return everything as parts of one Change."""
        there = self._there()
        principal = self.case_file.principal.person.uid if self.case_file.principal else ""
        made = [self._new(new, there, principal) for new in self.steps]
        return [*self.services, *made, *self._relinked(there, principal)]

    def _new(self, new: _NewStep, there: Mapping[tuple[str, str], str], principal: str) -> Part:
        parents = self.case_file.parents_of(new.person)
        found = links(new.template, new.person, there, principal, parents)
        values: dict[str, object] = {
            **{name: getattr(new.template, name) for name in COPIED},
            "service": new.service, "person": new.person, "position": new.position, "state": "planned",
            "template": new.template.key, "template_version": new.template.version, "root": new.template.root,
            "waits_for": found.waits_for, "waits_for_any": found.waits_for_any, "helped_by": found.helped_by,
        }  # fmt: skip
        return adding(self.workspace, "step", values, new.uid)

    def _relinked(self, there: Mapping[tuple[str, str], str], principal: str) -> list[Part]:
        """Return the links from steps that were open before to steps that are new now."""
        fresh = {new.uid for new in self.steps}
        parts = []
        for step in self.case_file.steps:
            template = self.workspace.pack.steps.get(Step(step).template)
            if template is None or Step(step).state in OVER:
                continue
            parents = self.case_file.parents_of(Step(step).person)
            found = links(template, Step(step).person, there, principal, parents)
            changed: dict[str, Value | None] = {}
            for name in ("waits_for", "waits_for_any", "helped_by"):
                added = tuple(uid for uid in getattr(found, name) if uid in fresh)
                if added:
                    changed[name] = (*step.many(name), *added)
            if changed:
                parts.append(Part(PartKind.SET, "step", step.uid, changed, step.seen))
        return parts


@needs(Permission.RECORD)
def add_step(workspace: Workspace, case_file: CaseFile, service: str, values: Mapping[str, object]) -> Changes:
    """Add a step of the office's own to a service."""
    position = 1 + max((Step(step).position for step in case_file.steps_of(service)), default=0)
    values = {"state": "planned", "basis": "programme", **values, "service": service, "position": position}
    return commit(workspace, [adding(workspace, "step", values)], case_file.case.uid)


@needs(Permission.RECORD)
def move_step(
    workspace: Workspace, case_file: CaseFile, step: str, state: str, *,
    proofs: Sequence[Proof] | None = None, reason: str = "", evidence: str = "",
) -> Changes:  # fmt: skip
    """Put a step into a state, with today’s date where the state has one; one that is done takes its proof along.

    ``proofs``: see ``proofs.proof_parts``. ``reason``: why it goes ahead of what it should wait for. ``evidence``: the
    paper that it names as its proof.
    """
    record = next((item for item in case_file.steps if item.uid == step), None)
    if record is None:
        raise RefusedError(N_("This step is not in this case."), N_("Nothing was changed."))
    values = _moved(record, state, workspace.today.isoformat())
    parts: list[Part] = []
    if state == StepState.DONE.code:
        parts, named = proof_parts(workspace, case_file, record, proofs)
        evidence = evidence or named
    if evidence and evidence != Step(record).evidence:
        values["evidence"] = evidence
    if reason.strip():
        values |= clean_values(STEP, {"go_ahead_reason": reason})
    return commit(workspace, [Part(PartKind.SET, "step", step, values, record.seen), *parts], case_file.case.uid)


def _moved(record: Record, state: str, today: str) -> dict[str, Value | None]:
    values: dict[str, Value | None] = {"state": state}
    if state == StepState.DONE.code and not Step(record).done_on:
        values["done_on"] = today
    if state in AT_OFFICE and not Step(record).filed_on:
        values["filed_on"] = today
    if state != StepState.BLOCKED.code and Step(record).block_reason:
        values["block_reason"] = None
    return values


@needs(Permission.RECORD)
def report_return(workspace: Workspace, case_file: CaseFile, step: Record) -> Changes:
    """Say that the officer who went along is back."""
    return commit(
        workspace, [Part(PartKind.SET, "step", step.uid, {"back_reported": True}, step.seen)], case_file.case.uid
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a step's template changed since the case began with it."""

    field: str
    kept: str
    now: str


@needs(Permission.READ)
def differences(workspace: Workspace, case_file: CaseFile, step: Record) -> tuple[Difference, ...]:
    """Return how the template of an open step differs today from what the case copied; never applied by itself."""
    if Step(step).state in FINISHED or not Step(step).template:
        return ()
    template = _today(workspace.pack, case_file, step)
    if template is None:
        return ()
    return tuple(
        Difference(name, step.text(name), getattr(template, name))
        for name in COPIED
        if step.text(name) != getattr(template, name)
    )


@needs(Permission.RECORD)
def take_over(workspace: Workspace, case_file: CaseFile, step: Record) -> Changes:
    """Copy what the template says today into an open step."""
    template = _today(workspace.pack, case_file, step)
    if template is None or not differences(workspace, case_file, step):
        raise RefusedError(N_("The step is the same as in the pack."), N_("Nothing was changed."))
    values: dict[str, Value | None] = {name: getattr(template, name) or None for name in COPIED}
    values |= {"template": template.key, "template_version": template.version, "root": template.root}
    return commit(workspace, [Part(PartKind.SET, "step", step.uid, values, step.seen)], case_file.case.uid)


def _today(pack: Pack, case_file: CaseFile, step: Record) -> StepTemplate | None:
    case = case_file.case
    return pack.template(pack.root(Step(step).template), Case(case).country_of_return, Case(case).sub_unit)


@needs(Permission.RECORD)
def finish_proved(workspace: Workspace, case_file: CaseFile, paper: Record, step: str) -> Changes:
    """Finish an open step with a paper that is held and proves it. Raises RefusedError where it does not."""
    if all(one.uid != step for one in steps_proved(case_file, workspace.pack, paper)):
        raise RefusedError(N_("This paper is not the proof for an open step of that type."), N_("Nothing was changed."))
    return move_step(workspace, case_file, step, StepState.DONE.code, proofs=(), evidence=paper.uid)
