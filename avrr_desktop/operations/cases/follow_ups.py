"""Follow-up as the programme plans it: after so many months, unless it is planned already."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import months_after, span_of
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace

RULES = ("follow_up_first_month", "follow_up_second_month")


@needs(Permission.READ)
def follow_up_days(workspace: Workspace, case_file: CaseFile) -> tuple[str, ...]:
    """Return the days on which the programme follows up and nothing is planned or done yet, counted from the arrival."""
    case = case_file.case
    start = case.text("arrival_date") or case.text("opened_on")
    programme = case.text("programme")
    days = (months_after(start, workspace.pack.setting(key, programme)) for key in RULES)
    there = {follow_up.text("planned_on") for follow_up in case_file.follow_ups}
    return tuple(day for day in days if day and day not in there)


@needs(Permission.RECORD)
def plan_follow_ups(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Plan the programme's follow-ups as one Change. Raises RefusedError when nothing is left to plan."""
    days = follow_up_days(workspace, case_file)
    if not days:
        raise RefusedError(
            N_("The follow-ups of the programme are already planned, or the case has no complete arrival date."),
            N_("Nothing was changed."),
        )
    parts = [adding(workspace, "follow_up", {"planned_on": day}) for day in days]
    return commit(workspace, parts, case_file.case.uid)


@needs(Permission.READ)
def help_until(workspace: Workspace, case_file: CaseFile) -> str:
    """Return the stored day on which the programme's period of help ends, counted from the arrival; empty when unknown.

    Where only the year or month of the arrival is known, its last day counts: nobody loses help by what is not known.
    """
    case = case_file.case
    start = span_of(case.text("arrival_date") or case.text("opened_on"))
    months = workspace.pack.setting("assistance_period_months", case.text("programme"))
    return months_after(start.last.isoformat(), months) if months and start else ""
