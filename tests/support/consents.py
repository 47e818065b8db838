"""Consents that count, as an officer would record them: of an adult, and of a child through a guardian."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import BEFORE, Group
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.records import commit, new_record
from avrr_desktop.operations.session.workspace import Workspace

USUAL = tuple(group.value for group in Group if group in BEFORE)
EVERYTHING = tuple(group.value for group in Group)


def adults(person: str, **values: Value) -> dict[str, Value]:
    """Return a whole consent of an adult: to any partner, unless ``provider`` and ``scope`` say otherwise."""
    return {
        "person": person, "scope": "sharing_with_partners", "groups": USUAL, "counselled_on": "2026-06-01",
        "given_on": "2026-06-01", "method": "signature", "given_by": "self", "capacity": "assumed", **values,
    }  # fmt: skip


def childs(person: str, guardian: str, **values: Value) -> dict[str, Value]:
    """Return a whole consent of a child through a guardian."""
    return adults(person, given_by="guardian", guardian=guardian, child_agrees=True, **values)


def agreed(workspace: Workspace, case: CaseFile, who: int, **values: Value) -> str:
    """Store a consent of a member of the family of five, by number; the children agree through their father. Return it."""
    person, father = case.members[who].person.uid, case.members[0].person.uid
    whole = childs(person, father, **values) if who in (2, 3) else adults(person, **values)
    return new_record(workspace, "consent", whole, case.case.uid).record


def agreed_before(workspace: Workspace, case: CaseFile, **values: Value) -> str:
    """Store a referral as an older version wrote it, with the day of agreement in it; return it."""
    part = adding(workspace, "referral", {"state": "sent", "consented_on": "2026-06-01", **values})
    commit(workspace, [part], case.case.uid)
    return part.record
