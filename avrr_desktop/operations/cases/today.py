"""What an officer sees in the morning: act now, this week, waiting for others."""

from dataclasses import dataclass
from datetime import date, timedelta

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.people.dates import end_key, hour_of, start_key, stored
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.drafts import Draft, all_drafts
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.cases import AgendaLine

MIDDAY = "12:00"  # an hour that nobody can read counts as this one
_WAITING = frozenset({"step_waiting", "step_answer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One line of the desk: what, for whom, since or until when."""

    kind: str
    on: str
    case: CaseLine
    record: Record | None
    person: Record | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The three columns, and what was typed but not saved."""

    act_now: tuple[DeskLine, ...]
    this_week: tuple[DeskLine, ...]
    waiting: tuple[DeskLine, ...]
    drafts: tuple[Draft, ...]

    @property
    def empty(self) -> bool:
        """Return whether nothing is due."""
        return not (self.act_now or self.this_week or self.waiting or self.drafts)


@needs(Permission.READ)
def desk(workspace: Workspace) -> Desk:
    """Return what is due on the office's calendar day and in the seven days after it."""
    today = workspace.today
    reader = workspace.store.reader
    warn = workspace.pack.setting("paper_expiry_warning_days")
    lines = [_line(line) for line in reader.agenda(today + timedelta(days=max(warn, 120)), today - timedelta(days=365))]
    now, week, waiting = [], [], []
    hour = workspace.local(workspace.clock.now()).strftime("%H:%M")
    for line in lines:
        column = _column(line, today, warn, hour)
        if column == "now":
            now.append(line)
        elif column == "week":
            week.append(line)
        elif column == "waiting":
            waiting.append(line)
    quiet_since = today - timedelta(days=workspace.pack.setting("quiet_after_days"))
    week += [_line(line) for line in reader.quiet(quiet_since, today, 8)]
    drafts = all_drafts(workspace)
    now.sort(key=lambda line: (line.kind != "return_unreported", line.kind == "paper_expires", end_key(line.on)))
    return Desk(tuple(now), tuple(week), tuple(sorted(waiting, key=_since)), tuple(drafts))


def _line(line: AgendaLine) -> DeskLine:
    return DeskLine(kind=line.item.kind, on=line.item.on, case=line.case, record=line.record, person=line.person)


def _since(line: DeskLine) -> date:
    return start_key((line.record.text("filed_on") if line.record else "") or line.on)


def _column(line: DeskLine, today: date, warn: int, hour: str) -> str:
    known = stored(line.on)
    if known is None:
        return ""
    days = (known.last() - today).days
    if line.kind == "return_unreported":
        back_by = (hour_of(line.record.text("back_by")) if line.record else "") or MIDDAY
        return "now" if days < 0 or (days == 0 and back_by <= hour) else ""
    if line.kind == "step_waiting" or (line.kind == "step_answer" and days >= 0):
        return "waiting"
    if line.kind == "referral_unanswered" and days >= 0:
        return "waiting"
    if line.kind == "paper_expires":
        return "now" if -365 < days <= 7 else "week" if 7 < days <= warn else ""
    if days <= 0:
        return "now"
    return "week" if days <= 7 else ""
