"""The case summary: what a supervisor signs and a municipal counter reads. A pure function of its arguments."""

from collections.abc import Mapping
from dataclasses import replace

from avrr_desktop.domain.case.case_file import CaseFile, Member, end_of, is_expired
from avrr_desktop.domain.case.paper_states import LOOKS
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import end_key
from avrr_desktop.domain.people.phones import shown
from avrr_desktop.domain.procedure.pack import UNVERIFIED
from avrr_desktop.domain.procedure.steps import Standing, StepView
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import (
    born_and_age,
    country_name,
    person_name,
    place_of_return,
    standing_text,
    value_text,
)
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Block, Cell, Column, Document, Rows, Section, Signatures, Table, Text


def case_summary(case_file: CaseFile, print_: Print) -> Document:
    """Return the document of a case for inside use: everything but restricted notes."""
    return _Summary(case_file, print_).document()


class _Summary:
    def __init__(self, case_file: CaseFile, print_: Print) -> None:
        self._file = case_file
        self._print = print_
        self._words = print_.words
        self._members = {member.person.uid: member for member in case_file.members}

    def document(self) -> Document:
        case = self._file.case
        document = framed(
            self._print, self._words.text(N_("Case summary")), case.text("called"), self._subtitle(),
            case.text("number"), self._file.revision,
        )  # fmt: skip
        sections = [
            self._case(), self._people(), self._papers(), *self._services(), self._referrals(), self._follow_ups(),
            self._notes(), self._story(), self._signatures(),
        ]  # fmt: skip
        return replace(document, sections=tuple(section for section in sections if section))

    def _subtitle(self) -> str:
        case, words = self._file.case, self._words
        count = len(self._file.present(self._print.as_of))
        persons = words.plural("{count} person", "{count} persons", count, count=count) if count else ""
        place = place_of_return(case, words, self._print.pack, paper=True)
        return " · ".join(part for part in (words.text(N_("Case summary")), persons, place) if part)

    def _country(self, record: Record, key: str) -> str:
        return country_name(record.text(key), self._words)

    def _value(self, record: Record, key: str) -> str:
        field = BY_KEY[record.type].field(key)
        if field.kind is Kind.LINK:
            return self._name(record.text(key))
        text = value_text(record, key, self._words, self._print.pack, paper=True)
        return shown(text) if key == "phone" else text

    def _name(self, uid: str) -> str:
        if uid in self._file.people:
            return person_name(self._file.people[uid])
        return self._print.names.get(uid, "")

    def _labelled(self, record: Record, key: str) -> str:
        value = self._value(record, key)
        label = self._words.text(BY_KEY[record.type].field(key).label)
        return f"{label}: {value}" if value else ""

    def _pairs(self, record: Record, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        labels = BY_KEY[record.type]
        pairs = ((self._words.text(labels.field(key).label), self._value(record, key)) for key in keys)
        return tuple((label, value) for label, value in pairs if value)

    def _case(self) -> Section:
        keys = ("status", "officer", "opened_on", "arrival_date", "host_country", "return_type", "sending_mission",
                "external_refs", "needs_requested", "closed_on", "closure_reason")  # fmt: skip
        return Section(self._words.text(N_("Case")), (Rows(self._pairs(self._file.case, keys)),))

    def _people(self) -> Section | None:
        if not self._file.members:
            return None
        words = self._words
        rows = tuple(self._person(member) for member in self._file.members)
        columns = (
            Column("", 4), Column(words.text(N_("Name as in the document")), 34),
            Column(words.text(N_("Relationship", "column")), 17), Column(words.text(N_("Born", "column")), 24),
            Column(words.text(N_("Place of birth")), 21),
        )  # fmt: skip
        return Section(words.text(N_("People")), (Table(columns, rows),))

    def _person(self, member: Member) -> tuple[Cell, ...]:
        person, membership = member.person, member.membership
        details = [self._value(person, key) for key in ("sex", "citizenship")]
        if father := person.text("father_name"):
            details.append(self._words.text(N_("father: {name}"), name=father))
        if number := person.text("national_number"):
            details.append(self._words.text(N_("no. {number}"), number=number))
        role = self._value(membership, "relationship") or self._value(membership, "role")
        below = self._value(membership, "role") if member.is_principal else ""
        if left := membership.text("left_on"):
            below = self._words.text(
                N_("Left: {date}", "about a member of a case"), date=self._words.partial_date(left)
            )
        country = self._country(person, "birth_country")
        return (
            Cell(str(membership.whole("position"))),
            Cell(person_name(person), " · ".join(part for part in details if part), bold=True),
            Cell(role, below if below != role else ""),
            Cell(born_and_age(person, self._print.as_of, self._words)),
            Cell(self._value(person, "birth_place") or country, country if person.text("birth_place") else ""),
        )

    def _papers(self) -> Section | None:
        if not self._file.papers:
            return None
        words = self._words
        columns = (
            Column(words.text(N_("Paper", "column")), 34), Column(words.text(N_("Belongs to")), 26),
            Column(words.text(N_("State", "column")), 18), Column(words.text(N_("Valid until")), 22),
        )  # fmt: skip
        rows = tuple(self._paper(paper) for paper in self._file.papers)
        return Section(words.text(N_("Papers")), (Table(columns, rows),))

    def _paper(self, paper: Record) -> tuple[Cell, ...]:
        words = self._words
        number = paper.text("number")
        issued = " · ".join(
            part for part in (
                words.text(N_("no. {number}"), number=number) if number else "",
                self._country(paper, "issuing_country"),
                self._labelled(paper, "legalisation_state"), self._labelled(paper, "translation_state"),
            ) if part
        )  # fmt: skip
        until, late = end_of(paper), is_expired(paper, self._print.as_of)
        icon = "overdue" if late else LOOKS.get(paper.text("state"), "blocked")
        return (
            Cell(self._value(paper, "doc_type") or words.text(N_("Paper")), issued),
            Cell(self._name(paper.text("holder"))),
            Cell(self._value(paper, "state"), icon=icon),
            Cell(
                words.partial_date(until) if until else "", words.text(N_("expired", "about a paper")) if late else ""
            ),
        )

    def _services(self) -> list[Section]:
        views = {view.step.uid: view for view in self._file.step_views()}
        return [self._service(service, views) for service in self._file.services]

    def _service(self, service: Record, views: Mapping[str, StepView]) -> Section:
        words = self._words
        title = f"{words.text(N_('Service'))}: {words.text(service.text('title'))}"
        steps = [views[step.uid] for step in self._file.steps_of(service.uid)]
        blocks: list[Block] = []
        people = ", ".join(self._name(uid) for uid in service.many("persons"))
        pairs = (
            (words.text(N_("For whom")), people),
            (words.text(N_("Partner or office")), self._value(service, "provider")),
        )
        kept = tuple(pair for pair in pairs if pair[1])
        if kept and (len(service.many("persons")) > 1 or kept[-1][0] != pairs[0][0]):
            blocks.append(Rows(kept, wide=True))
        if steps:
            columns = (
                Column(words.text(N_("Step", "column")), 37), Column(words.text(N_("For whom")), 21),
                Column(words.text(N_("State", "column")), 25), Column(words.text(N_("Date", "column")), 17),
            )  # fmt: skip
            blocks.append(Table(columns, tuple(self._step(view) for view in steps)))
            if any(view.step.text("verification_status") == UNVERIFIED for view in steps):
                blocks.append(
                    Text(words.text(N_("Order of steps: default, not confirmed by the programme.")), small=True)
                )
        return Section(title, tuple(blocks))

    def _step(self, view: StepView) -> tuple[Cell, ...]:
        step, words = view.step, self._words
        state, below = standing_text(view, self._print.as_of, words, self._print.pack)
        on = next(
            (step.text(key) for key in ("done_on", "expected_on", "planned_on", "filed_on") if step.text(key)), ""
        )
        label = {"waiting": N_("answer expected"), "can_start": N_("planned", "about a follow-up")}
        office = step.text("office_name")
        file_number = step.text("file_number")
        where = " · ".join(
            part
            for part in (office, words.text(N_("file {number}"), number=file_number) if file_number else "")
            if part
        )
        expected = view.standing is Standing.WAITING and not step.text("expected_on")
        said = words.text(N_("filed", "about a step")) if expected else words.text(label.get(view.standing.value, ""))
        return (
            Cell(words.text(step.text("title")), where),
            Cell(self._name(step.text("person"))),
            Cell(state, below, icon=view.look(self._print.as_of)),
            Cell(words.partial_date(on) if on else "", said if on else ""),
        )

    def _referrals(self) -> Section | None:
        if not self._file.referrals:
            return None
        words = self._words
        columns = (
            Column(words.text(N_("Referred to")), 36), Column(words.text(N_("For whom")), 26),
            Column(words.text(N_("State", "column")), 20), Column(words.text(N_("Sent on")), 18),
        )  # fmt: skip
        rows = tuple(
            (
                Cell(self._value(item, "provider"), item.text("reason")),
                Cell(self._value(item, "category"), self._name(item.text("person"))),
                Cell(self._value(item, "state")),
                Cell(self._value(item, "sent_on")),
            )
            for item in self._file.referrals
        )
        return Section(words.text(N_("Referrals")), (Table(columns, rows),))

    def _follow_ups(self) -> Section | None:
        if not self._file.follow_ups:
            return None
        words = self._words
        columns = (
            Column(words.text(N_("Follow-up", "column")), 22),
            Column(words.text(N_("Method", "column")), 16),
            Column(words.text(N_("Findings", "column")), 62),
        )
        rows = tuple(
            (
                Cell(self._value(item, "done_on") or self._value(item, "planned_on"),
                     "" if item.text("done_on") else words.text(N_("planned", "about a follow-up"))),
                Cell(self._value(item, "method")),
                Cell(item.text("summary"), self._value(item, "outcome")),
            )
            for item in self._file.follow_ups
        )  # fmt: skip
        return Section(words.text(N_("Follow-up")), (Table(columns, rows),))

    def _notes(self) -> Section | None:
        notes = [note for note in self._file.notes if note.text("kind") not in ("story", "risk")]
        if not notes:
            return None
        blocks: list[Block] = []
        for note in sorted(notes, key=lambda note: end_key(note.text("on"))):
            by = self._name(note.text("officer"))
            head = " · ".join(part for part in (self._value(note, "on"), self._value(note, "kind"), by) if part)
            blocks += [Text(head, small=True, heads=True), Text(note.text("text"))]
        return Section(self._words.text(N_("Notes")), tuple(blocks))

    def _story(self) -> Section | None:
        texts = [self._file.case.text("story")]
        texts += [note.text("text") for note in self._file.notes if note.text("kind") == "story"]
        blocks = tuple(Text(text) for text in texts if text)
        return Section(self._words.text(N_("Background")), blocks) if blocks else None

    def _signatures(self) -> Section | None:
        if not self._file.services:
            return None
        words = self._words
        labels = (
            words.text(N_("Place and date")), words.text(N_("The person, or who signs for them")),
            words.text(N_("For the office")),
        )  # fmt: skip
        return Section(words.text(N_("Signatures")), (Signatures(labels),), keep_together=True)
