"""What the ticked situations propose: services to add with one click, or together."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.services import Proposal, accept_proposals, proposals
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, button, icon_label, label, row
from avrr_desktop.ui.widgets.theme import GAP_TINY, Theme


def proposals_card(acts: Actions, theme: Theme, case_file: CaseFile) -> Card | None:
    """Return a card with what is proposed; None when nothing is."""
    nothing: tuple[Proposal, ...] = ()
    found = acts.ask(lambda: proposals(acts.workspace, case_file), nothing)
    if not found or not case_file.running:
        return None
    words = acts.workspace.words
    card = Card(words.text("Proposed for this family"))
    for proposal in found:
        card.body.addWidget(_line(acts, theme, case_file, proposal))
    if len(found) > 1:
        everything = button(words.text("Add all"), lambda: _accept(acts, case_file, found))
        card.body.addLayout(row(everything, 1))
    card.body.addWidget(
        label(
            words.text("Based on the situations ticked under People. Default, not confirmed by the programme."), "hint"
        )
    )
    return card


def _line(acts: Actions, theme: Theme, case_file: CaseFile, proposal: Proposal) -> QWidget:
    words, pack = acts.workspace.words, acts.workspace.pack
    title = words.text(proposal.service.title)
    people = words.joined([_given(case_file, uid) for uid in proposal.people])
    why = words.joined([words.text(pack.situations[code].title) for code in proposal.situations])
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(label(title, "name"))
    texts.addWidget(label(f"{people} · {why}", "hint"))
    add = button(words.text("Add", "button"), lambda: _accept(acts, case_file, [proposal]))
    add.setAccessibleName(words.text("Add: {service}", service=title))
    line = QWidget()
    across = QHBoxLayout(line)
    across.setContentsMargins(0, GAP_TINY, 0, GAP_TINY)
    across.addWidget(
        icon_label("service", theme.colours.accent, theme.px(18), words.text("Proposed", "heading: services"))
    )
    across.addLayout(texts, 1)
    across.addWidget(add)
    return line


def _given(case_file: CaseFile, uid: str) -> str:
    person = case_file.people.get(uid)
    return person.text("given_names") or person.text("family_name") if person else ""


def _accept(acts: Actions, case_file: CaseFile, chosen: Sequence[Proposal]) -> None:
    words = acts.workspace.words
    what = (
        words.text("Added: {record}", record=words.text(chosen[0].service.title))
        if len(chosen) == 1 else words.plural("{count} service added", "{count} services added", len(chosen), count=len(chosen))
    )  # fmt: skip
    acts.do(lambda: accept_proposals(acts.workspace, case_file, chosen), what)
