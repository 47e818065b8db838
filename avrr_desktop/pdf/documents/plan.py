"""The assistance plan in force, to be signed: what the person wants, what was agreed, who takes part, and each agreed step."""

from collections.abc import Iterator
from dataclasses import replace

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.plans import latest
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.plan_records import PLAN
from avrr_desktop.domain.wording import person_name, place_of_return, text_of
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Block, Cell, Column, Document, Rows, Section, Signatures, Table, Text

_HEAD = ("made_where", "agreed_on", "language", "interpreter", "needs")
_OBJECTIVES = ("economic", "social", "psychosocial")
_WORDS = ("participation", "risks", "do_no_harm")
_DAYS = ("done_on", "planned_on", "expected_on")  # of a step, the first that stands


def plan_document(case_file: CaseFile, print_: Print) -> Document:
    """Return the plan in force as a document with lines to sign; a case without a plan says that it has none."""
    return _Plan(case_file, print_).document()


class _Plan:
    def __init__(self, case_file: CaseFile, print_: Print) -> None:
        self._file, self._print, self._words = case_file, print_, print_.words
        self._plan = latest(case_file) or Record(PLAN.key, "", {})

    def document(self) -> Document:
        words, case = self._words, self._file.case
        number = self._plan.whole("revision")
        kind = words.text(N_("Assistance plan"))
        said = words.text(N_("Plan (revision {revision})"), revision=number) if number else kind
        place = place_of_return(case, words, self._print.pack, paper=True)
        document = framed(
            self._print, kind, case.text("called"), " · ".join(part for part in (said, place) if part),
            case.text("number"), self._file.revision,
        )  # fmt: skip
        return replace(document, sections=tuple(self._sections()))

    def _sections(self) -> Iterator[Section]:
        words = self._words
        if not self._plan.uid:
            yield Section(words.text(N_("Plan")), (Text(words.text(N_("There is no plan yet."))),))
            return
        yield self._agreed()
        if own := self._plan.text("own_words"):
            yield Section(words.text(PLAN.field("own_words").label), (Text(own),))
        for title, keys in ((N_("Objectives"), _OBJECTIVES), (N_("What was agreed"), _WORDS)):
            if blocks := tuple(self._headed(keys)):
                yield Section(words.text(title), blocks)
        if steps := self._steps():
            yield Section(words.text(N_("Agreed steps")), (steps,))
        yield self._signatures()

    def _value(self, key: str) -> str:
        return text_of(PLAN.field(key), self._plan.values.get(key), self._words, self._print.pack)

    def _agreed(self) -> Section:
        words, names = self._words, self._print.names
        people = "; ".join(person_name(one.person) for one in self._file.members)
        partners = "; ".join(name for uid in self._plan.many("partners") if (name := names.get(uid, "")))
        officer = names.get(self._file.case.text("officer"), "")
        pairs = [
            (words.text(N_("For whom")), people), (words.text(N_("Officer", "field")), officer),
            (words.text(PLAN.field("partners").label), partners),
            *((words.text(PLAN.field(key).label), self._value(key)) for key in _HEAD),
        ]  # fmt: skip
        return Section(words.text(N_("Plan")), (Rows(tuple(pair for pair in pairs if pair[1]), wide=True),))

    def _headed(self, keys: tuple[str, ...]) -> Iterator[Block]:
        for key in keys:
            if said := self._plan.text(key):
                yield Text(self._words.text(PLAN.field(key).label), small=True, heads=True)
                yield Text(said)

    def _steps(self) -> Table | None:
        agreed = [step for step in self._file.steps if step.uid in self._plan.many("steps")]
        words = self._words
        columns = (
            Column(words.text(N_("Step", "column")), 38), Column(words.text(N_("For whom")), 24),
            Column(words.text(N_("Done by", "column")), 22), Column(words.text(N_("Date", "column")), 16),
        )  # fmt: skip
        return Table(columns, tuple(self._step(step) for step in agreed)) if agreed else None

    def _step(self, step: Record) -> tuple[Cell, ...]:
        words = self._words
        person = self._file.people.get(step.text("person"))
        day = next((step.text(key) for key in _DAYS if step.text(key)), "")
        by = self._print.names.get(step.text("accompanied_by"), "")
        return (
            Cell(words.text(step.text("title")), step.text("office_name")),
            Cell(person_name(person) if person else ""),
            Cell(by),
            Cell(
                words.partial_date(day) if day else "",
                words.text(N_("done", "about a step")) if step.text("done_on") else "",
            ),
        )

    def _signatures(self) -> Section:
        """Return the lines to sign on; of a plan that was signed, the days stand above them."""
        words = self._words
        days = [
            f"{words.text(PLAN.field(key).label)}: {self._value(key)}"
            for key in ("signed_by_returnee_on", "signed_by_officer_on")
            if self._plan.text(key)
        ]
        labels = (
            words.text(N_("Place and date")), words.text(N_("The person, or who signs for them")),
            words.text(N_("For the office")),
        )  # fmt: skip
        blocks: list[Block] = [Text("\n".join(days), small=True, heads=True)] if days else []
        return Section(words.text(N_("Signatures")), (*blocks, Signatures(labels)), keep_together=True)
