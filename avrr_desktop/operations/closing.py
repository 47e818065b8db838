"""Closing a case: by two people where each has a passphrase of their own, else at once."""

from avrr_desktop.domain import rules
from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.changes import Changes, Part, PartKind
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.fields import Value
from avrr_desktop.domain.marking import N_
from avrr_desktop.operations.permission import Permission, may, needs
from avrr_desktop.operations.records import commit
from avrr_desktop.operations.workspace import Workspace


def four_eyes(workspace: Workspace) -> bool:
    """Say whether a second person decides: where people sign for themselves, and the programme does not waive it."""
    return workspace.grants is not None and not workspace.pack.settings.get("self_approval", 0)


@needs(Permission.RECORD)
def close_case(workspace: Workspace, case_file: CaseFile, reason: str) -> Changes:
    """Close a case with a reason, or ask for it where a second person decides. Raises RefusedError naming what is open."""
    _check_closable(workspace, case_file)
    today = workspace.today.isoformat()
    if four_eyes(workspace):
        asked = {"closure_reason": reason, "closure_asked_by": workspace.actor, "closure_asked_on": today}
        return _decide(workspace, case_file, dict(asked))
    return _decide(workspace, case_file, {"status": "closed", "closure_reason": reason, "closed_on": today})


@needs(Permission.APPROVE)
def approve_closing(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Close a case for which somebody else asked; the entry carries the signature of whoever approves."""
    _check_asked(case_file)
    if case_file.case.text("closure_asked_by") == workspace.actor:
        raise RefusedError(
            N_("You asked for this closing yourself."), N_("Nothing was changed. Another supervisor approves it.")
        )
    _check_closable(workspace, case_file)
    values = {
        "status": "closed", "closed_on": workspace.today.isoformat(), "closure_approved_by": workspace.actor or None,
    }  # fmt: skip
    return _decide(workspace, case_file, dict(values))


@needs(Permission.RECORD)
def turn_down_closing(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Leave a case open for whose closing somebody asked: by a supervisor, or by who asked."""
    _check_asked(case_file)
    if not may(workspace, Permission.APPROVE) and case_file.case.text("closure_asked_by") != workspace.actor:
        raise RefusedError(
            N_("Your role does not include this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )
    return _decide(workspace, case_file, {"closure_reason": None, "closure_asked_by": None, "closure_asked_on": None})


@needs(Permission.RECORD)
def reopen_case(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Open a closed case again under the same number."""
    values = dict.fromkeys(
        ("closure_reason", "closed_on", "closure_asked_by", "closure_asked_on", "closure_approved_by")
    )
    held = {key: value for key, value in values.items() if key in case_file.case.values}
    return _decide(workspace, case_file, {"status": "open", "closure_reason": None, "closed_on": None, **held})


def closing_asked(case_file: CaseFile) -> bool:
    """Say whether somebody asked for the closing of a running case."""
    return case_file.running and bool(case_file.case.text("closure_asked_on"))


def _check_asked(case_file: CaseFile) -> None:
    if not closing_asked(case_file):
        raise RefusedError(N_("Nobody asked for this case to be closed."), N_("Nothing was changed."))


def _check_closable(workspace: Workspace, case_file: CaseFile) -> None:
    open_problems = rules.closing_problems(case_file, workspace.today.isoformat())
    if open_problems:
        raise RefusedError(
            N_("The case cannot be closed yet: {problem}"), N_("Nothing was changed."),
            {"problem": open_problems[0].message},
        )  # fmt: skip


def _decide(workspace: Workspace, case_file: CaseFile, values: dict[str, Value | None]) -> Changes:
    case = case_file.case
    return commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen)], case.uid)
