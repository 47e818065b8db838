"""The parts of a case: its tabs from left to right, and the views of those that have several. All of it is declared."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import STORY, RecordType, Tab
from avrr_desktop.domain.records.record_types import ALL, BY_KEY, part_of_case
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.tab_row import ViewButtons

OVERVIEW, HISTORY, PROTECTION = "overview", "history", "protection"
_BESIDE = (
    Tab(OVERVIEW, N_("Overview"), 10), Tab(STORY, N_("Story", "of a family"), 80), Tab(HISTORY, N_("History"), 120, within=STORY),
    Tab(PROTECTION, N_("Protection"), 130),
)  # fmt: skip
OF_TYPES: dict[str, RecordType] = {kind.tab.key: kind for kind in ALL if kind.tab}
PARTS = {
    tab.key: tab
    for tab in sorted((*(kind.tab for kind in OF_TYPES.values() if kind.tab), *_BESIDE), key=lambda tab: tab.place)
}
PART_KEYS = tuple(PARTS)
TABS = tuple(tab for tab in PARTS.values() if not tab.within)
TAB_KEYS = tuple(tab.key for tab in TABS)
_NEEDS = {HISTORY: Permission.APPROVE}  # who changed what is for supervisors; everybody reads the Story


def tab_of(record_type: str) -> str:
    """Return the key of the part in which records of a type stand; the overview for those that have none.

    ``record_type`` may be “restricted”: a draft of which nothing else is said outside Protection.
    """
    if record_type == "restricted":
        return PROTECTION
    kind = BY_KEY.get(record_type)
    return STORY if kind is not None and kind.of_story else part_of_case(record_type, OVERVIEW)


def tab_around(part: str) -> str:
    """Return the key of the tab in which a part stands: its own, or the one of which it is a view."""
    return PARTS[part].within or part


def page_of(part: str) -> str:
    """Return the key of the part whose widget shows a part: the Story shows notes, contacts and follow-ups itself."""
    kind = OF_TYPES.get(part)
    return STORY if kind is not None and kind.of_story else part


def view_buttons(session: Session, part: str) -> ViewButtons | None:
    """Return the buttons that lead from one view of a tab to the others; None where there is no other."""
    words, tab = session.words, tab_around(part)
    views = [one for one in PARTS.values() if page_of(one.key) == one.key and tab in (one.key, one.within)]
    seen = [one for one in views if one.key not in _NEEDS or may(session, _NEEDS[one.key])]
    return ViewButtons([(one.key, words.text(one.title)) for one in seen], part) if len(seen) > 1 else None
