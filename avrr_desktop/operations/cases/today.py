"""What an officer sees in the morning: their own desk or the office's, by group, with what was typed and not saved."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.people.dates import hour_of, stored
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.drafts import Draft, all_drafts
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.desk import ALARM, DECISION, GROUPS, LATE, AgendaLine, DeskOf, DeskReader

__all__ = ["GROUPS", "LATE"]

MIDDAY = "12:00"  # an hour that nobody can read counts as this one
FOLDED = frozenset(
    {"late_month", "late_quarter", "late_older", "soon", "waiting", "quiet"}
)  # until somebody unfolds them


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One line of the desk: what, for whom, since or until when.

    Of a closing also ``who`` asked for it, and how many steps and referrals are still open.
    """

    kind: str
    on: str
    case: CaseLine
    record: Record | None
    person: Record | None
    who: str = ""
    open_steps: int = 0
    open_referrals: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """How many lines each group has, and what was typed but not saved."""

    counts: Mapping[str, int]
    drafts: tuple[Draft, ...]

    @property
    def empty(self) -> bool:
        """Return whether nothing is to do."""
        return not (self.counts or self.drafts)

    @property
    def late(self) -> int:
        """How many lines are late, however long."""
        return sum(self.counts.get(group, 0) for group in LATE)


@needs(Permission.READ)
def desk(workspace: Workspace, *, mine: bool = False) -> Desk:
    """Return what each group of a desk holds on the office's calendar day. ``mine``: see ``DeskOf``."""
    reader = _reader(workspace, mine)
    overdue = _overdue(workspace)
    found, alarms = reader.counts(), sum(overdue(day, by) for day, by in reader.back_by())
    return Desk({ALARM: alarms, **found} if alarms else found, tuple(_drafts(workspace, mine)))


@needs(Permission.READ)
def desk_lines(
    workspace: Workspace, group: str, *, mine: bool = False, start: int = 0, limit: int = 100
) -> list[DeskLine]:
    """Return a page of a group of the desk, in its order."""
    if group == ALARM:
        return _alarms(workspace)[start : start + limit]
    reader = _reader(workspace, mine)
    lines = [_line(line) for line in reader.lines(group, start, limit)]
    if group != DECISION:
        return lines
    points = reader.open_points([line.case.uid for line in lines])
    return [
        replace(line, open_steps=points[line.case.uid][0], open_referrals=points[line.case.uid][1]) for line in lines
    ]


def _reader(workspace: Workspace, mine: bool) -> DeskReader:
    asked = DeskOf(
        today=workspace.today, officer=workspace.actor, mine=mine and bool(workspace.actor),
        approves=may(workspace, Permission.APPROVE),
        papers_ahead=workspace.pack.setting("paper_expiry_warning_days"),
        quiet_after=workspace.pack.setting("quiet_after_days"),
    )  # fmt: skip
    return DeskReader(workspace.store.connection, workspace.store.reader, asked)


def _alarms(workspace: Workspace) -> list[DeskLine]:
    """Return who should be back and has not said so: everybody looks for them, whoever’s case it is."""
    overdue = _overdue(workspace)
    return [
        _line(line)
        for line in _reader(workspace, False).not_back()
        if overdue(line.item.on, line.record.text("back_by") if line.record else "")
    ]


def _overdue(workspace: Workspace) -> Callable[[str, str], bool]:
    """Return what says whether somebody should be back by now: from a stored day, and an hour as it was typed."""
    today, now = workspace.today, workspace.local(workspace.clock.now()).strftime("%H:%M")

    def overdue(on: str, back_by: str) -> bool:
        day = stored(on)
        return day is not None and (day.last() < today or (day.last() == today and (hour_of(back_by) or MIDDAY) <= now))

    return overdue


def _line(line: AgendaLine) -> DeskLine:
    item = line.item
    who = item.person if item.kind in ("closing_asked", "closing_back", "override_asked") else ""
    return DeskLine(kind=item.kind, on=item.on, case=line.case, record=line.record, person=line.person, who=who)


def _drafts(workspace: Workspace, mine: bool) -> Sequence[Draft]:
    """Return what was typed and not saved; on one's own desk without what another officer of this computer typed."""
    return [one for one in all_drafts(workspace) if not mine or one.by in ("", workspace.actor)]


@dataclass(frozen=True, slots=True)
class DeskView:
    """How an officer looks at the desk on this computer: their own or the office's, and which groups are folded."""

    mine: bool = True
    folded: frozenset[str] = FOLDED


@needs(Permission.READ)
def desk_view(workspace: Workspace) -> DeskView:
    """Return how whoever is at work looked at the desk last."""
    kept = workspace.store.local.setting(_setting(workspace))
    found = json.loads(kept) if kept else {}
    folded = found.get("folded")
    return DeskView(
        bool(found.get("mine", True)) and bool(workspace.actor), FOLDED if folded is None else frozenset(folded)
    )


@needs(Permission.READ)
def keep_desk_view(workspace: Workspace, view: DeskView) -> None:
    """Remember on this computer how whoever is at work looks at the desk. Raises StoreError."""
    kept = {"mine": view.mine, "folded": sorted(view.folded)}
    workspace.store.local.set_setting(_setting(workspace), json.dumps(kept))


def _setting(session: Session) -> str:
    return f"desk {session.actor}"
