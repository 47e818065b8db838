"""What an entry that was written elsewhere may do to a referral: what the verbs here could have done, and nothing else."""

from collections.abc import Collection

from avrr_desktop.domain.consent.referral_moves import OVERRIDE, overridden, step_fault, who_of
from avrr_desktop.domain.consent.referral_states import ReferralState
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.referrals.cover import is_covered
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace

_UNSENT = (ReferralState.DRAFT.code, ReferralState.CONSENTED.code)
_NEVER_SENT = frozenset(
    state.code
    for state in (
        ReferralState.DRAFT, ReferralState.CONSENTED, ReferralState.CANCELLED, ReferralState.WITHDRAWN_CONSENT,
        ReferralState.ENTERED_IN_ERROR,
    )
)  # fmt: skip  # states in which a referral can be that nobody sent


def referral_fault(
    workspace: Workspace, part: Part, beside: Collection[Part], case: str, actor: str, *, approves: bool
) -> bool:
    """Return whether a part of an entry makes a jump, or a sending without cover or without its line.

    ``beside``: all parts of the entry; ``approves``: whether its writer was a supervisor then.
    """
    there = workspace.store.reader.record("referral", part.record, case) if case else None
    before = there or Record("referral", part.record, {})
    if _override_fault(workspace, part, before, actor, approves):
        return True
    state = str(part.values.get("state") or before.text("state") or ReferralState.DRAFT.code)
    moves = part.kind is PartKind.ADD or not {"state", "sent_on"}.isdisjoint(part.values)
    if not moves or _stood_so(workspace, part):
        return False
    jumps = step_fault(before.text("state"), state) or (part.kind is PartKind.ADD and state not in _UNSENT)
    sends = bool(part.values.get("sent_on")) or state not in _NEVER_SENT
    unsent = part.kind is PartKind.ADD or not before.text("sent_on")
    return jumps or (sends and unsent and not _may_be_sent(workspace, before, part, beside, case))


def _may_be_sent(workspace: Workspace, before: Record, part: Part, beside: Collection[Part], case: str) -> bool:
    """Return whether a sending has its line in the same entry, and an agreement or an override behind it."""
    lines = [one for one in beside if one.record_type == "access" and one.values.get("referral_link") == part.record]
    if not any(set(who_of(before)) <= set(_many(line.values.get("persons"))) for line in lines):
        return False
    after = before._replace(values={**before.values, **{k: v for k, v in part.values.items() if v is not None}})
    if overridden(after, alone=not four_eyes(workspace)):
        return True
    return is_covered(workspace, workspace.store.reader.case_file(case), before)


def _override_fault(workspace: Workspace, part: Part, before: Record, actor: str, approves: bool) -> bool:
    """Return whether somebody asks or approves in the name of another, or approves what they asked for themselves."""
    values = part.values
    if set(OVERRIDE).isdisjoint(values) or not four_eyes(workspace):
        return False
    asked = values.get("override_asked_by", before.values.get("override_asked_by"))
    approved = values.get("override_approved_by")
    if values.get("override_asked_by") not in (None, actor) and not _stood_so(workspace, part):
        return True
    return (
        approved is not None
        and (approved != actor or approved == asked or not approves)
        and not _stood_so(workspace, part)
    )


def _stood_so(workspace: Workspace, part: Part) -> bool:
    """Return whether the same referral stands so already, in this case or in one from which it was moved."""
    rows = workspace.store.connection.rows("SELECT coalesce(state, '') FROM referrals WHERE uid = ?", (part.record,))
    return part.kind is PartKind.ADD and any(state == part.values.get("state") for (state,) in rows)


def _many(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
