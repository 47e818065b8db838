"""Closing a case: by two people where each has a passphrase of their own, else at once."""

from collections.abc import Sequence
from dataclasses import replace

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus, ClosureReason, ends_as, settles
from avrr_desktop.domain.case.closing import Ending
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.domain.records.views import Case
from avrr_desktop.operations.cases.case_status import HELD
from avrr_desktop.operations.cases.ending.settling import (
    check_outcome,
    check_settled,
    decided_part,
    ending_parts,
    reopened_part,
)
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.records import SENT_BACK, commit, new_record
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace

NOTHING_TOLD = Ending()


@needs(Permission.RECORD)
def close_case(
    workspace: Workspace, case_file: CaseFile, reason: str, *,
    transferred_to: str = "", double_of: str = "", ending: Ending = NOTHING_TOLD,
) -> Changes:  # fmt: skip
    """Close a case with a reason, or ask for it where a second person decides. Raises RefusedError naming what is open.

    ``transferred_to``: the office it went to, of a transfer; ``double_of``: the number of the case that stays; ``ending``:
    how each open step and referral ends, what is kept of this period, and what is learned from it.
    """
    _check_closable(workspace, case_file)
    check_settled(workspace, case_file, reason, ending)
    check_outcome(case_file, reason, ending)
    _check_short_way(case_file, reason)
    named = _named(workspace, case_file, reason, transferred_to.strip(), double_of.strip())
    values = {**_without(case_file, SENT_BACK), **named}
    today = workspace.today.isoformat()
    asks = four_eyes(workspace)
    if asks:
        values |= {"closure_asked_by": workspace.actor, "closure_asked_on": today}
    else:
        values |= _ended(case_file, reason, today)
    parts = ending_parts(workspace, case_file, reason, ending, {"asked_on" if asks else "closed_on": today})
    with workspace.store.transaction():
        learned = _learned(workspace, case_file, ending)
        closed = _decide(workspace, case_file, values, parts)
    return replace(closed, together=learned)


def _learned(workspace: Workspace, case_file: CaseFile, ending: Ending) -> tuple[str, ...]:
    """Keep what is learned beside all cases, where nothing leads back to this one: undone with the closing."""
    if not str(ending.lesson.get("text") or "").strip():
        return ()
    about = {"country": case_file.case.text("country_of_return"), "on": workspace.today.isoformat()}
    values = {**{key: value for key, value in about.items() if value}, **ending.lesson}
    return (new_record(workspace, "lesson", values).changes.change_id,)


def _check_short_way(case_file: CaseFile, reason: str) -> None:
    found = () if settles(reason) else rules.unfinished(case_file)
    if found:
        raise _not_yet(found[0])


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
def approve_closing(workspace: Workspace, case_file: CaseFile, comment: str = "") -> Changes:
    """Close a case for which somebody else asked, with a comment if wanted; the entry carries the signature of whoever approves.

    Raises RefusedError where something was opened again since.
    """
    _check_asked(case_file)
    if case_file.case.text("closure_asked_by") == workspace.actor:
        raise RefusedError(
            N_("You requested this closing yourself."), N_("Nothing was changed. Another supervisor must approve it.")
        )
    _check_closable(workspace, case_file)
    reason, today = case_file.case.text("closure_reason"), workspace.today.isoformat()
    check_settled(workspace, case_file, reason, NOTHING_TOLD)
    _check_short_way(case_file, reason)
    values = {**_ended(case_file, reason, today), "closure_approved_by": workspace.actor or None}
    said = decided_part(case_file, {"closed_on": today, "comment": comment.strip() or None})
    return _decide(workspace, case_file, values, said)


@needs(Permission.RECORD)
def turn_down_closing(workspace: Workspace, case_file: CaseFile, word: str = "") -> Changes:
    """Leave a case open for whose closing somebody asked: by who asked, or by a supervisor with a word for them.

    Raises BadInputError for a supervisor without a word: who asked would not know what to do.
    """
    _check_asked(case_file)
    asker = Case(case_file.case).closure_asked_by
    if not may(workspace, Permission.APPROVE) and asker != workspace.actor:
        raise RefusedError(
            N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )
    gone = _without(case_file, ("closure_reason", "closure_asked_by", "closure_asked_on"))
    if asker == workspace.actor:
        return _decide(workspace, case_file, gone, decided_part(case_file, {"asked_on": None}))
    if not word.strip():
        raise BadInputError(
            N_("Write why you send it back."), N_("Nothing was changed. Who requested the closing sees it in Today.")
        )
    told = (workspace.actor or None, asker or None, workspace.today.isoformat(), word.strip())
    values = {**gone, **dict(zip(SENT_BACK, told, strict=True))}
    return _decide(workspace, case_file, values, decided_part(case_file, {"asked_on": None}))


@needs(Permission.RECORD)
def heed_sent_back(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Take what was said of a closing that was sent back off the desk of who asked: they have read it, or a supervisor
    does it for them. Raises RefusedError.
    """
    case = Case(case_file.case)
    if not case.closure_sent_back_on:
        raise RefusedError(N_("Nothing was sent back in this case."), N_("Nothing was changed."))
    if case.closure_sent_back_to not in ("", workspace.actor) and not may(workspace, Permission.APPROVE):
        raise RefusedError(
            N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )
    return _decide(workspace, case_file, dict.fromkeys(SENT_BACK))


@needs(Permission.RECORD)
def reopen_case(workspace: Workspace, case_file: CaseFile, reason: str = "") -> Changes:
    """Open a closed case again under the same number, for its next period of help; the one that ended is kept as it was."""
    if not case_file.over:
        raise RefusedError(N_("This case is not closed."), N_("Nothing was changed. You can write in it as usual."))
    gone = ("closure_reason", "closed_on", "closure_asked_by", "closure_asked_on", "closure_approved_by")
    values = {
        **_without(case_file, gone), "status": CaseStatus.OPEN.code, "reopened_on": workspace.today.isoformat(),
        "reopened_because": reason.strip() or None,
    }  # fmt: skip
    return _decide(workspace, case_file, values, [reopened_part(workspace, case_file)])


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
        raise _not_yet(open_problems[0])


def _not_yet(problem: rules.Problem) -> RefusedError:
    return RefusedError(
        N_("The case cannot be closed yet: {problem}"), N_("Nothing was changed."), {"problem": problem.message}
    )


def _decide(
    workspace: Workspace, case_file: CaseFile, values: dict[str, Value | None], beside: Sequence[Part] = ()
) -> Changes:
    """Save a decision about a case, and what goes with it, as one Change."""
    case = case_file.case
    return commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen), *beside], case.uid)
