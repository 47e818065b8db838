"""What a link field offers: the people of the case, its steps and papers, officers, partners and offices."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.session.records import directory
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.editors.field_editors import LinkOptions, Options


def links_of(workspace: Session, case_file: CaseFile | None) -> LinkOptions:
    """Return a function from record type to the records that may be chosen."""

    def options(target: str) -> Options:
        words = workspace.words
        if target in ("officer", "provider"):
            records = directory(workspace, target)
            return [
                (record.uid, ", ".join(part for part in (record.text("name"), record.text("place")) if part))
                for record in records
            ]
        if case_file is None:
            return []
        if target == "person":
            return [
                (member.person.uid, person_shown(member.person, workspace.today, words)) for member in case_file.members
            ]
        if target == "step":
            return [(step.uid, step_name(case_file, step.uid, workspace)) for step in case_file.steps]
        if target == "paper":
            return [
                (paper.uid, words.text(workspace.pack.label("doc_type", paper.text("doc_type"))))
                for paper in case_file.papers
            ]
        return []

    return options


def step_name(case_file: CaseFile, uid: str, workspace: Session) -> str:
    """Return a step's title with the given name of whom it is for."""
    step = next((step for step in case_file.steps if step.uid == uid), None)
    if step is None:
        return ""
    person = case_file.people.get(step.text("person"))
    given = person.text("given_names") or person.text("family_name") if person else ""
    title = workspace.words.text(step.text("title"))
    return f"{title} · {given}" if given else title
