"""Beside a step: what the office usually asks for, what to bring, where it is known from, and what changed since."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.pack import CONFIRMED, OUTDATED, StepTemplate
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.service_records import STEP
from avrr_desktop.operations.cases.services import differences, take_over
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import button, label, row
from avrr_desktop.ui.widgets.theme import GAP_SMALL


class StepGuidance(QWidget):
    """Read-only, except for taking a changed template over."""

    def __init__(self, acts: Actions, case_file: CaseFile, step: Record) -> None:
        super().__init__()
        self._acts, self._case, self._step = acts, case_file, step
        self._words, self._pack = acts.workspace.words, acts.workspace.pack
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP_SMALL)
        template = self._pack.steps.get(step.text("template"))
        if template is not None:
            self._add_guidance(template)
        if step.text("basis") != "programme" and step.text("template"):
            self._body.addWidget(label(self._provenance(), "hint"))
        self._add_differences()

    def _add_guidance(self, template: StepTemplate) -> None:
        words, pack, country = self._words, self._pack, self._case.case.text("country_of_return")
        if template.guidance:
            self._body.addWidget(label(words.text(template.guidance)))
        for advice in pack.advice_on(template.key, country):
            self._body.addWidget(label(words.text(advice.text), "muted"))
        office = pack.authorities.get((country, template.authority), "")
        if office:
            self._body.addWidget(label(words.text("Office: {office}", office=words.text(office)), "muted"))
        if template.needs_papers:
            papers = words.joined([words.text(pack.label("doc_type", code)) for code in template.needs_papers])
            self._body.addWidget(label(words.text("Papers to bring: {papers}", papers=papers), "muted"))

    def _provenance(self) -> str:
        words, step = self._words, self._step
        if step.text("verification_status") == CONFIRMED:
            text = words.text("Confirmed by the programme.")
        elif step.text("verification_status") == OUTDATED:
            text = words.text("This office marked the step as outdated.")
        else:
            text = words.text("This step and its order: default, not confirmed by the programme.")
        source = step.text("source_title")
        return f"{text} {words.text('Source: {source}', source=source)}" if source else text

    def _add_differences(self) -> None:
        words, workspace = self._words, self._acts.workspace
        found = differences(workspace, self._case, self._step)
        if not found:
            return
        self._body.addWidget(label(words.text("The pack now has a different text for this step:"), "problem"))
        for item in found:
            field = STEP.field(item.field)
            kept, now = (self._shown(item.field, text) for text in (item.kept, item.now))
            line = words.text("{field}: {before} → {after}", field=words.text(field.label), before=kept, after=now)
            self._body.addWidget(label(line))
        what = words.text("Step updated")
        take = button(
            words.text("Use the new text"),
            lambda: self._acts.do(lambda: take_over(workspace, self._case, self._step), what),
        )
        self._body.addLayout(row(take, 1))

    def _shown(self, field: str, text: str) -> str:
        lists = {"verification_status": "verification_status", "basis": "basis"}
        return self._words.text(self._pack.label(lists[field], text) if field in lists else text) if text else "–"
