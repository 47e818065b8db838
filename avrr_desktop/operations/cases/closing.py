"""Closing a case: by two people where each has a passphrase of their own, else at once."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus, ClosureReason, ends_as
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.cases.case_status import HELD
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.RECORD)
def close_case(
    workspace: Workspace, case_file: CaseFile, reason: str, *, transferred_to: str = "", double_of: str = ""
) -> Changes:
    """Close a case with a reason, or ask for it where a second person decides. Raises RefusedError naming what is open.

    ``transferred_to``: the office it went to, of a transfer; ``double_of``: the number of the case that stays.
    """
    _check_closable(workspace, case_file)
    values = _named(workspace, case_file, reason, transferred_to.strip(), double_of.strip())
    today = workspace.today.isoformat()
    if four_eyes(workspace):
        values |= {"closure_asked_by": workspace.actor, "closure_asked_on": today}
        return _decide(workspace, case_file, values)
    return _decide(workspace, case_file, {**values, **_ended(case_file, reason, today)})


def _named(
    workspace: Workspace, case_file: CaseFile, reason: str, office: str, double_of: str
) -> dict[str, Value | None]:
    """Return what is written down beside the reason: where a case went, or which case it doubles."""
    values: dict[str, Value | None] = {"closure_reason": reason}
    if reason == ClosureReason.TRANSFERRED.code and office:
        values["transferred_to"] = office
    if reason == ClosureReason.DUPLICATE.code and double_of:
        others = {one for one in workspace.store.reader.numbered(double_of.upper()) if one != case_file.case.uid}
        if not others:
            raise BadInputError(
                N_("There is no other case with this number."),
                N_("Nothing was changed. Look it up in the list of cases, or leave it empty."),
            )
        values["double_of"] = double_of.upper()
    return values


@needs(Permission.APPROVE)
def approve_closing(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Close a case for which somebody else asked; the entry carries the signature of whoever approves."""
    _check_asked(case_file)
    if case_file.case.text("closure_asked_by") == workspace.actor:
        raise RefusedError(
            N_("You requested this closing yourself."), N_("Nothing was changed. Another supervisor must approve it.")
        )
    _check_closable(workspace, case_file)
    ended = _ended(case_file, case_file.case.text("closure_reason"), workspace.today.isoformat())
    return _decide(workspace, case_file, {**ended, "closure_approved_by": workspace.actor or None})


@needs(Permission.RECORD)
def turn_down_closing(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Leave a case open for whose closing somebody asked: by a supervisor, or by who asked."""
    _check_asked(case_file)
    if not may(workspace, Permission.APPROVE) and case_file.case.text("closure_asked_by") != workspace.actor:
        raise RefusedError(
            N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )
    return _decide(
        workspace, case_file, _without(case_file, ("closure_reason", "closure_asked_by", "closure_asked_on"))
    )


@needs(Permission.RECORD)
def reopen_case(workspace: Workspace, case_file: CaseFile, reason: str = "") -> Changes:
    """Open a closed case again under the same number; the history keeps the closing, and why it was opened again."""
    if not case_file.over:
        raise RefusedError(N_("This case is not closed."), N_("Nothing was changed. You can write in it as usual."))
    gone = ("closure_reason", "closed_on", "closure_asked_by", "closure_asked_on", "closure_approved_by")
    values = {
        **_without(case_file, gone), "status": CaseStatus.OPEN.code, "reopened_on": workspace.today.isoformat(),
        "reopened_because": reason.strip() or None,
    }  # fmt: skip
    return _decide(workspace, case_file, values)


@needs(Permission.READ)
def closing_words(workspace: Workspace, case_file: CaseFile, reason: str) -> tuple[str, ...]:
    """Return what to look at when a case is closed for a reason; it keeps nobody from closing."""
    return rules.closing_words(case_file, reason)


def _ended(case_file: CaseFile, reason: str, today: str) -> dict[str, Value | None]:
    """Return how a case stands once it is closed: a reason that no figure counts ends in a status that says so, too."""
    off_hold = {key: None for key in HELD if key in case_file.case.values}
    return {**off_hold, "status": ends_as(reason).code, "closed_on": today}


def _without(case_file: CaseFile, keys: tuple[str, ...]) -> dict[str, Value | None]:
    """Return what takes values of a closing away, where there are any."""
    return {key: None for key in (*keys, "transferred_to", "double_of") if key in case_file.case.values}


def closing_asked(case_file: CaseFile) -> bool:
    """Return whether somebody asked for the closing of a running case."""
    return case_file.running and bool(case_file.case.text("closure_asked_on"))


def _check_asked(case_file: CaseFile) -> None:
    if not closing_asked(case_file):
        raise RefusedError(N_("Nobody requested the closing of this case."), N_("Nothing was changed."))


def _check_closable(workspace: Workspace, case_file: CaseFile) -> None:
    if case_file.over:
        raise RefusedError(N_("This case is already closed."), N_("Nothing was changed."))
    open_problems = rules.closing_problems(case_file, workspace.today.isoformat())
    if open_problems:
        raise RefusedError(
            N_("The case cannot be closed yet: {problem}"), N_("Nothing was changed."),
            {"problem": open_problems[0].message},
        )  # fmt: skip


def _decide(workspace: Workspace, case_file: CaseFile, values: dict[str, Value | None]) -> Changes:
    case = case_file.case
    return commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen)], case.uid)
