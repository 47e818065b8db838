"""What shows each part of a case: a list and a form of its record type, or a widget of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.records.fields import STORY
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.parts import HISTORY, OF_TYPES, OVERVIEW, PROTECTION
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.plan_tab import PlanTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.referrals.referrals_tab import ReferralsTab
from avrr_desktop.ui.case.steps.school_tab import SchoolTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.case.story.history_tab import HistoryTab
from avrr_desktop.ui.case.story.story_tab import StoryTab
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.theme import Theme

Maker = Callable[[Actions, Theme, Jobs], QWidget]


def made_tab(key: str, acts: Actions, theme: Theme, jobs: Jobs) -> QWidget:
    """Return the widget of a part: its own where it has one, else the list and form of its record type."""
    own = _OWN.get(key)
    return own(acts, theme, jobs) if own else RecordTab(acts, theme, OF_TYPES[key].key)


def _plain(kind: Callable[[Actions, Theme], QWidget]) -> Maker:
    return lambda acts, theme, jobs: kind(acts, theme)


def _files(*built: Any) -> QWidget:
    from avrr_desktop.ui.case.files_tab import FilesTab  # opened seldom: not among what the window starts with

    return FilesTab(*built)


def _consents(acts: Actions, theme: Theme) -> QWidget:
    from avrr_desktop.ui.case.consents.consents_tab import ConsentsTab

    return ConsentsTab(acts, theme)


def _protection(*built: Any) -> QWidget:
    from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab

    return ProtectionTab(*built)


_OWN: Mapping[str, Maker] = {
    OVERVIEW: _plain(OverviewTab), "people": _plain(PeopleTab), "papers": _plain(PapersTab), "referrals": _plain(ReferralsTab), "services": _plain(ServicesTab),
    "plan": _plain(PlanTab), "school": _plain(SchoolTab), "files": _files, "consents": _plain(_consents), STORY: _plain(StoryTab),
    HISTORY: _plain(HistoryTab), PROTECTION: _protection,
}  # fmt: skip  # by key, those that are more than a list and a form
