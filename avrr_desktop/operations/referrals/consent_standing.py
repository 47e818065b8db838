"""Whether one consent counts today, and if not, why: the same reading as the gate, told of a single record."""

from dataclasses import dataclass
from enum import Enum, auto

from avrr_desktop.domain.case.case_checks import problems_in_case
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import NOTHING, Groups
from avrr_desktop.domain.consent.evidence import REFERRAL, SHARING, allowed_by, evidence_of, is_old
from avrr_desktop.domain.people.dates import is_future, is_past
from avrr_desktop.domain.records.fields import ProblemKind, Record
from avrr_desktop.operations.referrals.agreements import births
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace


class Counts(Enum):
    """Whether a consent lets something be told today."""

    YES = auto()
    NOT_YET = auto()
    OVER = auto()
    WITHDRAWN = auto()
    OLD = auto()  # of an older version, which did not say what may be shared
    BROKEN = auto()  # something is missing, see ``Standing.missing``
    OTHER = auto()  # not about sharing


@dataclass(frozen=True, slots=True)
class Standing:
    """What a consent allows, to which partner, and the sentences about what is missing."""

    counts: Counts
    groups: Groups = NOTHING
    provider: str = ""
    missing: tuple[str, ...] = ()


@needs(Permission.READ)
def standing_of(workspace: Workspace, case_file: CaseFile, consent: Record) -> Standing:
    """Return how a consent of a case stands today; withdrawals in other records are not looked at here."""
    referral = next((one for one in case_file.referrals if one.uid == consent.text("referral")), None)
    provider = consent.text("provider") or (referral.text("provider") if referral else "")
    found = evidence_of((consent, *case_file.referrals), births(workspace, case_file, [consent]))
    mine = [one for one in found.given if one.groups == allowed_by(consent) and one.person == consent.text("person")]
    groups = allowed_by(consent)
    if consent.text("withdrawn_on"):
        return Standing(Counts.WITHDRAWN, groups, provider)
    if is_old(consent):
        return Standing(Counts.OLD)
    if (consent.text("scope") or REFERRAL) not in SHARING:
        return Standing(Counts.OTHER)
    if any(one.counts_on(workspace.today) for one in mine):
        return Standing(Counts.YES, groups, provider)
    if mine and is_past(consent.text("expires_on"), workspace.today):
        return Standing(Counts.OVER, groups, provider)
    if mine and is_future(consent.text("given_on"), workspace.today):
        return Standing(Counts.NOT_YET, groups, provider)
    said = problems_in_case(consent, case_file, workspace.pack, workspace.today)
    asked = dict.fromkeys(
        one.message for one in said if one.field != "child_agrees" or one.kind is not ProblemKind.UNEXPLAINED
    )
    return Standing(Counts.BROKEN, groups, provider, tuple(asked))
