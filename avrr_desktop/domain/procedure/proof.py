"""Which paper proves that a step is done, whose it is, and which steps a paper proves."""

from collections.abc import Iterable, Sequence

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.paper_states import THERE, PaperState
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.procedure.step_states import OVER, StepState
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.views import Paper, Step

REPLACED = frozenset(
    {PaperState.LOST.code, PaperState.EXPIRED.code}
)  # the paper that comes is another copy: its numbers and days are its own
OWN_VALUES = ("number", "issued_on", "valid_until", "usable_until")


def proof_kinds(pack: Pack, step: Record) -> tuple[str, ...]:
    """Return the kinds of paper that prove a step is done, as its template names them."""
    template = pack.steps.get(Step(step).template)
    return template.evidence if template else ()


def holder_of(case_file: CaseFile, step: Record) -> str:
    """Return whose the proof of a step is: whom the step is for, else the principal applicant; empty without anybody."""
    principal = case_file.principal
    return Step(step).person or (principal.person.uid if principal else "")


def proof_there(case_file: CaseFile, step: Record, kind: str) -> Record | None:
    """Return the paper of a kind that proves a step: the one it names, else one that is there, else one that is awaited."""
    holders = {Step(step).person} if Step(step).person else set(case_file.people)
    papers = map(Paper, case_file.papers)
    of_kind = [paper.record for paper in papers if paper.doc_type == kind and paper.holder in holders]
    return min(of_kind, key=lambda paper: _rank(paper, step), default=None)


def _rank(paper: Record, step: Record) -> tuple[bool, bool, bool]:
    state = Paper(paper).state
    return paper.uid != Step(step).evidence, state not in THERE, state in REPLACED


def named_proof(case_file: CaseFile, step: Record) -> Record | None:
    """Return the paper that a step names as its proof."""
    return next((paper for paper in case_file.papers if paper.uid == Step(step).evidence), None)


def awaited_proofs(case_file: CaseFile, pack: Pack, step: Record) -> tuple[Record, ...]:
    """Return the papers that prove a step and are not there yet: the one it names, and of each kind the one of its holder.

    A step for the whole case awaits that kind of everybody who awaits it.
    """
    found = [named] if (named := named_proof(case_file, step)) else []
    for kind in proof_kinds(pack, step):
        if Step(step).person:
            found += [paper] if (paper := proof_there(case_file, step, kind)) else []
        else:
            found += [paper for paper in case_file.papers if Paper(paper).doc_type == kind]
    unique = {paper.uid: paper for paper in found}
    return tuple(paper for paper in unique.values() if Paper(paper).state not in THERE)


def steps_proved(case_file: CaseFile, pack: Pack, paper: Record) -> tuple[Record, ...]:
    """Return the open steps that a paper which is held proves."""
    if Paper(paper).state != PaperState.HELD.code:
        return ()
    return tuple(
        step for step in case_file.steps
        if Step(step).state not in OVER and _proves(pack, paper, step)
    )  # fmt: skip


def _proves(pack: Pack, paper: Record, step: Record) -> bool:
    if Step(step).evidence:
        return Step(step).evidence == paper.uid
    kind, holder = Paper(paper).doc_type, Paper(paper).holder
    return kind in proof_kinds(pack, step) and bool(holder) and Step(step).person in ("", holder)


def missing_kinds(case_file: CaseFile, pack: Pack, step: Record) -> Sequence[str]:
    """Return the kinds of proof that are written down as not there although the step is done."""
    if Step(step).state != StepState.DONE.code:
        return ()
    return _unique(Paper(paper).doc_type for paper in awaited_proofs(case_file, pack, step))


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
