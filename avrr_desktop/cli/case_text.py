"""A case as plain lines of text, for a terminal."""

from collections.abc import Iterator

from avrr_desktop.domain.case.case_checks import all_problems_in_case
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.people.name_tables import KOSOVO
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import born_and_age, person_name, place_of_return, standing_text
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.session import Session


@needs(Permission.READ)
def case_text(workspace: Session, case_file: CaseFile) -> Iterator[str]:
    """Yield the lines: head, people, papers, steps, what to look at. Numbers of papers stay out."""
    words, case, today = workspace.words, case_file.case, workspace.today
    place = place_of_return(case, words, workspace.pack)
    yield f"{case.text('number')}  {case.text('called')}  {place}"
    for member in case_file.members:
        relation = workspace.pack.label("relationship", member.membership.text("relationship"))
        born = born_and_age(member.person, today, words)
        yield "  " + "  ".join(part for part in (person_name(member.person), words.text(relation), born) if part)
    for paper in case_file.papers:
        kind = words.text(workspace.pack.label("doc_type", paper.text("doc_type")))
        state = words.text(workspace.pack.label("paper_state", paper.text("state")))
        holder = case_file.people.get(paper.text("holder"))
        yield "  - " + ", ".join(part for part in (kind, person_name(holder) if holder else "", state) if part)
    for view in case_file.step_views():
        state, more = standing_text(view, today, words, workspace.pack)
        yield "  > " + ": ".join([words.text(view.step.text("title")), ", ".join(filter(None, (state, more)))])
    yield from ("  ! " + sentence for sentence in to_look_at(workspace, case_file))
    if case.text("country_of_return") == KOSOVO:
        yield words.text(KOSOVO_NOTE)


@needs(Permission.READ)
def to_look_at(workspace: Session, case_file: CaseFile) -> Iterator[str]:
    """Yield what the records of a case say against each other, a sentence each, as the window says it.

    No name of a person: people are told by their place in the case.
    """
    words = workspace.words
    places = {member.person.uid: str(place) for place, member in enumerate(case_file.members, 1)}
    for record, problem in all_problems_in_case(case_file, workspace.pack, workspace.today):
        kind = BY_KEY[record.type]
        yield words.text(
            N_("{record}: {problem}"),
            record=" ".join(
                filter(None, (words.text(record.text("title")) or words.text(kind.label), places.get(record.uid)))
            ),
            problem=words.text(problem.message, **problem.values),
        )
