"""What only some may decide about a case, asked of an entry that was written elsewhere: closing, keeping still, erasing."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from avrr_desktop.domain.case.case_states import is_over
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.referrals.admitted import referral_fault
from avrr_desktop.operations.session.grants import SUPERVISOR, Grant, Standing
from avrr_desktop.operations.session.records import DECIDED
from avrr_desktop.operations.session.sealing import SEALED
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.erasing import EMPTIED
from avrr_desktop.store.journal.journal import Entry

_NUMBERS = frozenset({"number", "former_numbers"})


def standing_then(workspace: Workspace, envelope: Mapping[str, Any]) -> Standing:
    """Return what counted for the writer of an entry; what counts now for entries older than the first grant."""
    grants = workspace.grants
    assert grants is not None
    signed = envelope.get("was") or envelope
    return grants.past.get(str(signed.get("under", "")), grants.now)


def decision_fault(
    workspace: Workspace, part: Part, envelope: Mapping[str, Any], *, opening: bool, at_home: bool,
    beside: Collection[Part] = (),
) -> bool:  # fmt: skip
    """Return whether a part decides what its writer could not decide in this store.

    ``opening``: it opens a case that is not known here; ``at_home``: it comes from a journey, and is about what was here
    before; ``beside``: all parts of its entry.
    """
    if _restricted_fault(workspace, part, envelope):
        return True
    if part.record_type == "referral":
        actor, case = str(envelope.get("actor", "")), str(envelope.get("case") or "")
        approves = _is_supervisor(workspace, envelope, actor)
        return referral_fault(workspace, part, beside, case, actor, approves=approves)
    if part.record_type != "case":
        return False
    if at_home and (part.kind is PartKind.WITHDRAW or not _NUMBERS.isdisjoint(part.values)):
        return True
    decided = {key: value for key, value in part.values.items() if key in DECIDED and value is not None}
    if opening:
        return bool(decided)
    if part.kind is not PartKind.COMMAND and not DECIDED.isdisjoint(part.values):
        return True
    if workspace.grants is None:
        return False
    actor = str(envelope.get("actor", ""))
    approves = _is_supervisor(workspace, envelope, actor)
    if {"kept_still_since", "kept_still_because"} & part.values.keys() and not approves:
        return True
    if not four_eyes(workspace):
        return False
    return _closing_fault(workspace, part, actor, approves)


def _is_supervisor(workspace: Workspace, envelope: Mapping[str, Any], actor: str) -> bool:
    """Return whether the writer of an entry approved as a supervisor; before anybody has a role, whoever wrote it."""
    if workspace.grants is None or not actor:
        return True
    return standing_then(workspace, envelope).role(actor) == SUPERVISOR


def _closing_fault(workspace: Workspace, part: Part, actor: str, approves: bool) -> bool:
    values = part.values
    if values.get("closure_asked_by") not in (None, actor) or values.get("closure_approved_by") not in (None, actor):
        return True
    if values.get("closure_sent_back_by") not in (None, actor):
        return True
    if (values.get("closure_approved_by") or values.get("closure_sent_back_by")) and not approves:
        return True
    if not is_over(str(values.get("status"))):
        return False
    asked = _asked_by(workspace, part.record)
    alone = part.kind is not PartKind.COMMAND or values.get("closure_approved_by") != actor
    return alone or not approves or asked in ("", actor)


def _asked_by(workspace: Workspace, case: str) -> str:
    """Return who last asked for the closing of a case, as its entries say."""
    asked = ""
    for entry in workspace.store.journal.of_case(case):
        for part in entry.parts:
            if part is not None and part.record == case and part.values.get("closure_asked_by"):
                asked = str(part.values["closure_asked_by"])
    return asked


def _restricted_fault(workspace: Workspace, part: Part, envelope: Mapping[str, Any]) -> bool:
    """Return whether somebody without the key of restricted records touched one."""
    kind = BY_KEY[part.record_type]
    if workspace.grants is None or not (kind.restricted or kind.has("restricted")):
        return False
    case = str(envelope.get("case") or "")
    there = workspace.store.reader.record(part.record_type, part.record, case) if case else None
    closed = SEALED in part.values or kind.restricted or (there is not None and SEALED in there.values)
    if not closed:
        return False
    grant = standing_then(workspace, envelope).officers.get(str(envelope.get("actor", "")), Grant())
    return not grant.protection_key


def erasing_fault(workspace: Workspace, entry: Entry, part: Part) -> bool:
    """Return whether an erasing is none that this store would have allowed: by two people where two decide."""
    envelope, values = entry.change.envelope, part.values
    said = (
        values.keys() <= {"ground", "records", EMPTIED} and isinstance(values.get("ground"), str) and values["ground"]
    )
    whole = type(values.get("records", 0)) is int and isinstance(values.get(EMPTIED, ()), tuple)
    if not said or not whole or envelope.get("case") or part.record_type not in ("case", "person", "note", "programme"):
        return True
    grants = workspace.grants
    if grants is None:
        return False
    actor, standing = str(envelope.get("actor", "")), standing_then(workspace, envelope)
    if part.record_type == "note":
        return values["ground"] != "restricted" or not standing.officers.get(actor, Grant()).protection_key
    if actor and standing.role(actor) != SUPERVISOR:
        return True
    return four_eyes(workspace) and not (grants.seconded(entry) and _counts_as_second(workspace, envelope, standing))


def _counts_as_second(workspace: Workspace, envelope: Mapping[str, Any], standing: Standing) -> bool:
    """Return whether the second person was there long enough, and not somebody whose passphrase the first one typed."""
    signed = envelope.get("was") or envelope
    grant = standing.officers.get(str(signed.get("second", "")), Grant())
    until = grant.given_at / 1000 + timedelta(days=workspace.policy.days_until_second).total_seconds()
    waited = not grant.given_at or grant.confirmed_by or datetime.fromisoformat(signed["time"]).timestamp() >= until
    return bool(waited) and (not grant.typed_by or grant.typed_by != signed.get("actor"))
