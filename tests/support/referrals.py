"""Referrals for tests: one that stands as an older program stored it, one that is ready to be sent, and one at a state."""

from collections.abc import Mapping

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.referrals.moves import move_referral
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.records import commit, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.consents import EVERYTHING, adults

AGREED = "2026-06-10"
SAID: Mapping[str, Mapping[str, object]] = {  # what a move wants to be told
    "decline": {"decline_reason": "no_capacity"}, "complete": {"result": "received_fully"},
    "close": {"outcome_code": "service_received"}, "feedback": {"satisfaction": 4}, "cancel": {"ended_because": "Moved away"},
    "error": {"ended_because": "Wrong person"},
}  # fmt: skip


def stored_referral(workspace: Workspace, values: Mapping[str, object], case: str) -> str:
    """Store a referral with a state and days that somebody typed, as programs before the moves did; return its identifier."""
    return stored_record(workspace, "referral", values, case)


def stored_record(workspace: Workspace, kind: str, values: Mapping[str, object], case: str) -> str:
    """Store a record of a case past all checks of what is typed; return its identifier."""
    part = adding(workspace, kind, values)
    commit(workspace, [part], case)
    return part.record


def partner(workspace: Workspace, name: str = "Caritas Shkodër") -> str:
    """Add a partner; return its identifier."""
    return new_record(workspace, "provider", {"name": name}).record


def agreed(workspace: Workspace, case_file: CaseFile, person: str, **values: Value) -> str:
    """Write down that an adult agreed that everything is shared with partners; return the identifier of the consent."""
    given = adults(person, **{"groups": EVERYTHING, "counselled_on": AGREED, "given_on": AGREED, **values})
    return new_record(workspace, "consent", given, case_file.case.uid).record


def draft(workspace: Workspace, case_file: CaseFile, **values: object) -> str:
    """Add a referral of the principal applicant to a partner; return its identifier."""
    said: dict[str, object] = {
        "person": case_file.members[0].person.uid,
        "category": "LEG",
        "urgency": "normal",
        **values,
    }
    said.setdefault("provider", partner(workspace))
    return new_record(workspace, "referral", said, case_file.case.uid).record


def moved(workspace: Workspace, case_file: CaseFile, referral: str, *moves: str) -> None:
    """Make moves one after the other, each with what it wants to be told."""
    for move in moves:
        move_referral(workspace, read_case(workspace, case_file.case.uid), referral, move, said=SAID.get(move))
