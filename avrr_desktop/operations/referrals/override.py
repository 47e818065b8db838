"""Sending without agreement, for a vital interest or to protect a child: asked by one person, approved by another."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import OVERRIDE, overridden, override_asked
from avrr_desktop.domain.consent.referral_states import ReferralState, referral_state
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.referrals.moves import referral_of
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.RECORD)
def ask_override(workspace: Workspace, case_file: CaseFile, referral: str, ground: str, because: str) -> Changes:
    """Ask to send a referral without agreement. ``ground``: a code of ``override_ground``. Raises RefusedError, BadInputError.

    Where nobody else could approve it, asking is enough; ground and reason stand in the history all the same.
    """
    record = referral_of(case_file, referral)
    if referral_state(record.text("state")) not in (ReferralState.DRAFT, ReferralState.CONSENTED):
        raise RefusedError(N_("This referral was sent already, or has ended."), N_("Nothing was changed."))
    if ground not in workspace.pack.codes.get("override_ground", {}) or not because.strip():
        raise BadInputError(
            N_("Sending without agreement needs a ground and a reason."), N_("Nothing was changed. Say both.")
        )
    if not record.text("provider") or not (record.text("person") or record.many("persons")):
        raise RefusedError(N_("Choose first who is referred, and to whom."), N_("Nothing was changed."))
    return _write(workspace, case_file, record, {
        "override_ground": ground, "override_because": because.strip(), "override_asked_by": workspace.actor or None,
        "override_asked_on": workspace.today.isoformat(), "override_approved_by": None, "override_answer": None,
    })  # fmt: skip


@needs(Permission.APPROVE)
def approve_override(workspace: Workspace, case_file: CaseFile, referral: str) -> Changes:
    """Approve that a referral is sent without agreement; the entry carries the signature of whoever approves."""
    record = _asked(workspace, case_file, referral)
    if record.text("override_asked_by") == workspace.actor and four_eyes(workspace):
        raise RefusedError(
            N_("You requested this yourself."), N_("Nothing was changed. Another supervisor must approve it.")
        )
    return _write(workspace, case_file, record, {"override_approved_by": workspace.actor or None})


@needs(Permission.RECORD)
def turn_down_override(workspace: Workspace, case_file: CaseFile, referral: str, word: str = "") -> Changes:
    """Take a request back: by who asked, or by a supervisor with a word for them. Raises RefusedError, BadInputError."""
    record = _asked(workspace, case_file, referral)
    own = record.text("override_asked_by") == workspace.actor
    if not own and not may(workspace, Permission.APPROVE):
        raise RefusedError(
            N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )
    if not own and not word.strip():
        raise BadInputError(
            N_("Write why you send it back."), N_("Nothing was changed. Who requested it sees it in the referral.")
        )
    gone: dict[str, Value | None] = {key: None for key in OVERRIDE if key in record.values}
    return _write(workspace, case_file, record, {**gone, "override_answer": word.strip() or None})


def _asked(workspace: Workspace, case_file: CaseFile, referral: str) -> Record:
    record = referral_of(case_file, referral)
    if not override_asked(record) or overridden(record, alone=not four_eyes(workspace)):
        raise RefusedError(N_("Nobody requested a sending without agreement here."), N_("Nothing was changed."))
    return record


def _write(workspace: Workspace, case_file: CaseFile, record: Record, values: dict[str, Value | None]) -> Changes:
    changed = {key: value for key, value in values.items() if value != record.values.get(key)}
    return commit(workspace, [Part(PartKind.SET, "referral", record.uid, changed, record.seen)], case_file.case.uid)
