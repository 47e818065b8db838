"""The parts of a case, from left to right: those that the record types declare, and three that show more than one type."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Tab
from avrr_desktop.domain.records.record_types import ALL, part_of_case
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.follow_ups_tab import FollowUpsTab
from avrr_desktop.ui.case.history_tab import HistoryTab
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.plan_tab import PlanTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.school_tab import SchoolTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.theme import Theme

Maker = Callable[[Actions, Theme, Jobs], QWidget]
OVERVIEW, HISTORY, PROTECTION = "overview", "history", "protection"
_OF_TYPES = {kind.tab.key: kind for kind in ALL if kind.tab}
_BESIDE = (Tab(OVERVIEW, N_("Overview"), 10), Tab(HISTORY, N_("History"), 120), Tab(PROTECTION, N_("Protection"), 130))
TABS = tuple(sorted((*(kind.tab for kind in _OF_TYPES.values() if kind.tab), *_BESIDE), key=lambda tab: tab.place))
TAB_KEYS = tuple(tab.key for tab in TABS)


def tab_of(record_type: str) -> str:
    """Return the key of the part in which records of a type stand; the overview for those that have none.

    ``record_type`` may be “restricted”: a draft of which nothing else is said outside Protection.
    """
    return PROTECTION if record_type == "restricted" else part_of_case(record_type, OVERVIEW)


def made_tab(key: str, acts: Actions, theme: Theme, jobs: Jobs) -> QWidget:
    """Return the widget of a part: its own where it has one, else the list and form of its record type."""
    own = _OWN.get(key)
    return own(acts, theme, jobs) if own else RecordTab(acts, theme, _OF_TYPES[key].key)


def _plain(kind: Callable[[Actions, Theme], QWidget]) -> Maker:
    return lambda acts, theme, jobs: kind(acts, theme)


def _files(*built: Any) -> QWidget:
    from avrr_desktop.ui.case.files_tab import FilesTab  # opened seldom: not among what the window starts with

    return FilesTab(*built)


def _protection(*built: Any) -> QWidget:
    from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab

    return ProtectionTab(*built)


_OWN: Mapping[str, Maker] = {
    OVERVIEW: _plain(OverviewTab), "people": _plain(PeopleTab), "papers": _plain(PapersTab), "services": _plain(ServicesTab),
    "plan": _plain(PlanTab), "school": _plain(SchoolTab), "follow_ups": _plain(FollowUpsTab), "files": _files,
    HISTORY: _plain(HistoryTab), PROTECTION: _protection,
}  # fmt: skip  # by key, those that are more than a list and a form
