"""The side of a page where what is chosen stands in forms: the one place where forms come and go."""

from PySide6.QtGui import QResizeEvent

from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.widgets.controls import Column, emptied


class FormColumn(Column):
    """A column of cards, some with a form in them."""

    @property
    def forms(self) -> list[Form]:
        """The forms that are shown, from the top."""
        return self.findChildren(Form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the forms follow the height of the window, which alone changes nothing of their width."""
        super().resizeEvent(event)
        for form in self.forms:
            form.arrange()

    def leave(self, *, parting: bool = False) -> None:
        """Leave every form. ``parting``: nothing is written any more."""
        for form in self.forms:
            form.leave(parting=parting)

    def part(self) -> None:
        """Save what is typed, and let nothing more come from the forms: what they show is about to be taken away."""
        self.leave()
        self.leave(parting=True)

    def turn(self) -> bool:
        """Leave every form and take everything out; return whether the cursor was in it, which would fall anywhere now."""
        self.leave()
        return emptied(self.body)
