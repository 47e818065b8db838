"""What goes with a change of one record in the same Change: a step done and its proof, attendance and its step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.paper_states import PaperState
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.procedure.proof import (
    OWN_VALUES,
    REPLACED,
    awaited_proofs,
    holder_of,
    proof_there,
)
from avrr_desktop.domain.procedure.school_steps import ANSWERS, CHECKS, school_steps
from avrr_desktop.domain.procedure.step_states import OVER, StepState
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.rules import clean_values
from avrr_desktop.domain.records.types.service_records import PAPER
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper that is there with a step: its kind, and its number and days as far as they are known."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)


def proof_parts(
    workspace: Workspace, case_file: CaseFile, step: Record, proofs: Sequence[Proof] | None = None
) -> tuple[list[Part], str]:
    """Return what a step that is done does to its proof, and the paper that the step names then (empty: none).

    ``proofs``: what the officer said is there; a paper of that kind and holder is used, else one is written down. None:
    nobody was asked, and the papers that were awaited as its proof are held. An empty one: nothing is there.
    """
    if proofs is None:
        there = [(paper, _held(paper, {})) for paper in awaited_proofs(case_file, workspace.pack, step)]
    else:
        there = [_of_proof(workspace, case_file, step, proof) for proof in proofs]
    parts = [part for _, part in there if part is not None]
    first = there[0][0].uid if there else ""
    return parts, "" if step.text("evidence") else first


def _of_proof(workspace: Workspace, case_file: CaseFile, step: Record, proof: Proof) -> tuple[Record, Part | None]:
    found = proof_there(case_file, step, proof.kind)
    if found is not None:
        return found, _held(found, clean_values(PAPER, dict(proof.values)))
    values = {
        **proof.values,
        "doc_type": proof.kind,
        "holder": holder_of(case_file, step),
        "state": PaperState.HELD.code,
    }
    made = adding(workspace, "paper", values)
    return Record("paper", made.record, {}), made


def _held(paper: Record, given: Mapping[str, Value | None]) -> Part | None:
    """Return the part that makes a paper held, with what is known of it; None where nothing changes.

    Of a paper that was lost or had expired, number and days go: those of the new one are its own.
    """
    values: dict[str, Value | None] = {}
    if paper.text("state") in REPLACED:
        values |= {key: None for key in OWN_VALUES if paper.text(key)}
    if paper.text("state") != PaperState.HELD.code:
        values["state"] = PaperState.HELD.code
    values |= {key: value for key, value in given.items() if value is not None and value != paper.values.get(key)}
    return Part(PartKind.SET, "paper", paper.uid, values, paper.seen) if values else None


def together(
    workspace: Workspace, case: str, record: Record, changed: Mapping[str, Value | None]
) -> tuple[dict[str, Value | None], list[Part]]:
    """Return what else a change of a record means: further values of its own, and the parts of other records."""
    if record.type == "step" and changed.get("state") == StepState.DONE.code:
        case_file = workspace.store.reader.case_file(case)
        parts, evidence = proof_parts(workspace, case_file, _after(record, changed))
        return ({"evidence": evidence} if evidence else {}), parts
    if record.type == "referral" and not record.values:
        return {"number": referral_number(workspace.store.reader.case_file(case))}, []
    if record.type == "schooling" and not changed.keys().isdisjoint(ANSWERS):
        return {}, _checks_done(workspace, case, _after(record, changed))
    return {}, []


def referral_number(case_file: CaseFile) -> str:
    """Return the number of the next referral of a case: that of the case, and which one it is in it."""
    ends = (one.text("number").rpartition("/R")[2] for one in case_file.referrals)
    last = max((int(end) for end in ends if end.isdecimal()), default=0)
    return f"{case_file.case.text('number')}/R{last + 1}"


def _after(record: Record, changed: Mapping[str, Value | None]) -> Record:
    values = {**record.values, **changed}
    return record._replace(values={key: value for key, value in values.items() if value is not None})


def _checks_done(workspace: Workspace, case: str, schooling: Record) -> list[Part]:
    """Return the end of the step “Check school attendance” where both answers are there."""
    if not all(schooling.text(key) for key in ANSWERS):
        return []
    steps = workspace.store.reader.case_file(case).steps
    step = school_steps(steps, schooling.text("person")).get(CHECKS)
    if step is None or step.text("state") in OVER:
        return []
    done: dict[str, Value | None] = {"state": StepState.DONE.code, "done_on": workspace.today.isoformat()}
    return [Part(PartKind.SET, "step", step.uid, done, step.seen)]
