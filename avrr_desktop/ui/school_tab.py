"""The school track: one entry for each child and school, with what the pack knows of the school year."""

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.fields import Record, Value
from avrr_desktop.domain.school_age import of_school_age
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.ui.acting import Acts
from avrr_desktop.ui.editors import LinkOptions, Options
from avrr_desktop.ui.form import Form
from avrr_desktop.ui.record_tab import RecordTab
from avrr_desktop.ui.theme import Theme
from avrr_desktop.ui.widgets import label


class SchoolTab(RecordTab):
    """Children at the left, the chosen one at the right."""

    def __init__(self, acts: Acts, theme: Theme) -> None:
        teaching = acts.workspace.words.text(
            "No child is followed at school yet. Missing papers need not keep a child out: enrol provisionally, and let "
            "the recognition run beside it."
        )
        super().__init__(acts, theme, "schooling", lambda file: file.schoolings, teaching)

    def _links(self, case_file: CaseFile) -> LinkOptions:
        """Offer the children of school age first; whoever is older or younger comes behind them."""
        offered, today = super()._links(case_file), self._acts.workspace.today
        children = {uid for uid, person in case_file.people.items() if of_school_age(person, today)}

        def options(target: str) -> Options:
            found = offered(target)
            return sorted(found, key=lambda option: option[0] not in children) if target == "person" else found

        return options

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        country = self._case.case.text("country_of_return") if self._case else ""
        if said := school_year_text(self._acts.workspace, country):
            self._right.body.insertWidget(1, label(said, "muted"))
        return form


def school_year_text(workspace: Workspace, country: str) -> str:
    """Return when the pack says that the school year begins and children are enrolled; empty where it says nothing."""
    words, terms = workspace.words, workspace.pack.terms.get(country, {})
    parts = []
    if month := terms.get("year_begins", ""):
        parts.append(words.text(
            "{country}: the school year begins in {month}.", country=country_name(country, words), month=words.month(int(month))
        ))  # fmt: skip
    if month := terms.get("enrolment", ""):
        parts.append(words.text("Children are enrolled in {month}.", month=words.month(int(month))))
    return " ".join([*parts, words.text("A default, not confirmed by the programme.")]) if parts else ""
