"""A step marked as done with one press, and what is said of it then."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.proof import awaited_proofs
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.services import move_step
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions


def finish_step(acts: Actions, case_file: CaseFile, step: Record) -> None:
    """Mark a step as done; the papers that are held with it are named, so that nobody wonders later."""
    workspace = acts.workspace
    acts.do(lambda: move_step(workspace, case_file, step.uid, "done"), done_sentence(workspace, case_file, step))


def done_sentence(workspace: Session, case_file: CaseFile, step: Record) -> str:
    """Return what is said of a step that is done now: its title, and the papers that were awaited as its proof."""
    words, pack = workspace.words, workspace.pack
    said = words.text(
        "{step}: {state}", step=words.text(step.text("title")), state=words.text("Done", "state of a step")
    )
    kinds = dict.fromkeys(paper.text("doc_type") for paper in awaited_proofs(case_file, pack, step))
    if not kinds:
        return said
    papers = words.joined([words.text(pack.label("doc_type", kind)) for kind in kinds])
    return words.text("{said}. Papers now held: {papers}", said=said, papers=papers)
