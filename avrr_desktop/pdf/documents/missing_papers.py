"""The papers that a family still needs, to take home: what, for whom, where, and how far it is."""

from dataclasses import replace

from avrr_desktop.domain.case.case_file import CaseFile, end_of, is_expired
from avrr_desktop.domain.case.paper_states import AWAITED
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.step_states import FINISHED
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.service_records import PAPER
from avrr_desktop.domain.wording import person_name, text_of
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Block, Cell, Column, Document, Section, Table, Text


def missing_papers(case_file: CaseFile, print_: Print) -> Document:
    """Return the list of papers that are not there yet or no longer good, and of papers that open steps ask to bring."""
    words, pack = print_.words, print_.pack

    def value(paper: Record, key: str) -> str:
        return text_of(PAPER.field(key), paper.values.get(key), words, pack)

    def labelled(paper: Record, key: str) -> str:
        said = value(paper, key)
        return f"{words.text(PAPER.field(key).label)}: {said}" if said else ""

    def holder(paper: Record) -> str:
        person = case_file.people.get(paper.text("holder"))
        return person_name(person) if person else ""

    def state(paper: Record) -> Cell:
        if is_expired(paper, print_.as_of):
            return Cell(words.text(N_("expired", "about a paper")), words.partial_date(end_of(paper)), icon="overdue")
        icon = "waiting" if paper.text("state") in AWAITED else "blocked"
        return Cell(value(paper, "state"), labelled(paper, "requested_on"), icon=icon)

    columns = (
        Column(words.text(N_("Paper", "column")), 40), Column(words.text(N_("Belongs to")), 30), Column(words.text(N_("State", "column")), 30),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(value(paper, "doc_type") or words.text(N_("Paper")), labelled(paper, "issuing_authority")),
            Cell(holder(paper)),
            state(paper),
        )
        for paper in case_file.missing_papers(print_.as_of)
    )
    blocks: list[Block] = [Table(columns, rows)] if rows else [Text(words.text(N_("All papers are there.")))]
    sections = [Section(words.text(N_("Missing papers")), tuple(blocks))]
    if bring := _to_bring(case_file, print_):
        columns = (
            Column(words.text(N_("Step", "column")), 40),
            Column(words.text(N_("For whom")), 20),
            Column(words.text(N_("Papers to bring")), 40),
        )
        note = Text(
            words.text(N_("Papers to bring: default, not confirmed by the programme. Ask the office.")), small=True
        )
        sections.append(Section(words.text(N_("For the next steps")), (Table(columns, bring), note)))
    case = case_file.case
    document = framed(
        print_, words.text(N_("Missing papers")), case.text("called"), words.text(N_("Missing papers")), case.text("number"),
        case_file.revision,
    )  # fmt: skip
    return replace(document, sections=tuple(sections))


def _to_bring(case_file: CaseFile, print_: Print) -> tuple[tuple[Cell, ...], ...]:
    words, pack = print_.words, print_.pack
    rows = []
    for view in case_file.step_views():
        template = pack.steps.get(view.step.text("template"))
        if template is None or not template.needs_papers or view.step.text("state") in FINISHED:
            continue
        if view.standing.value not in ("can_start", "under_way"):
            continue
        person = case_file.people.get(view.step.text("person"))
        papers = words.joined([words.text(pack.label("doc_type", code)) for code in template.needs_papers])
        rows.append(
            (Cell(words.text(view.step.text("title"))), Cell(person_name(person) if person else ""), Cell(papers))
        )
    return tuple(rows)
