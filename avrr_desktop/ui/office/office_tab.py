"""The office whose store this is: what stands on every print, in the title and before new cases."""

from PySide6.QtGui import QShowEvent

from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.office.places_card import PlacesCard
from avrr_desktop.ui.widgets.controls import Card, emptied, label, row

KEYS = ("name", "country", "programme")  # the code stays: it stands in every case number


class OfficeTab(FormColumn):
    """The record of the office as a form."""

    def __init__(self, acts: Actions) -> None:
        super().__init__()
        self._acts = acts
        self.form: Form | None = None
        self.places: PlacesCard | None = None
        acts.changed.connect(lambda _: self._show_current() if self.isVisible() else None)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the office again."""
        super().showEvent(event)
        if self.form is not None:
            self._show_current()
            return
        workspace = self._acts.workspace
        words, office = workspace.words, workspace.office
        emptied(self.body)
        card = Card()
        if office is None:
            card.body.addWidget(label(words.text("This store has no office yet."), "muted"))
        else:
            self.form = Form(self._acts, office, "", links_of(workspace, None), keys=KEYS)
            heading = label(words.text("Office", "own office"), "heading", wrap=False)
            card.body.addLayout(row(heading, 1, self.form.state_label()))
            card.body.addWidget(self.form)
            card.body.addWidget(label(words.text(
                "The code {code} stays as it is, because it is part of every case number. A change of programme " "applies to new cases and prints.",
                code=office.text("code")), "hint"))  # fmt: skip
        self.body.addWidget(card)
        self.places = PlacesCard(self._acts)
        self.body.addWidget(self.places)
        self.body.addStretch(1)

    def _show_current(self) -> None:
        if self.form is not None:
            self.form.show_current()
        if self.places is not None:
            self.places.show_count()
