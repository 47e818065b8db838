"""Whether a referral may be sent: an agreement for everybody of whom it tells, or an override that a second person approved."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import overridden, override_asked, who_of
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.referrals.agreements import groups_told
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.READ)
def groups_shared(workspace: Workspace, case_file: CaseFile, referral: Record) -> frozenset[str]:
    """Return the codes of the groups of data that the partner is told: what everybody agreed to, and of it what the pack
    lets a referral of this category tell. With an override, what the pack lets it tell. Empty where nothing may be told.
    """
    usual = workspace.pack.told_of(referral.text("category"))
    agreed = _agreed(workspace, case_file, referral)
    if agreed:
        return usual & agreed
    return usual if overridden(referral, alone=not four_eyes(workspace)) else frozenset()


@needs(Permission.READ)
def is_covered(workspace: Workspace, case_file: CaseFile, referral: Record) -> bool:
    """Return whether everybody of a referral agreed that this partner is told, and told enough to know of whom."""
    return bool(_agreed(workspace, case_file, referral) & workspace.pack.told_of(referral.text("category")))


def _agreed(workspace: Workspace, case_file: CaseFile, referral: Record) -> frozenset[str]:
    """Return the groups to which everybody of a referral agreed."""
    people, provider = who_of(referral), referral.text("provider")
    if not people or not provider:
        return frozenset()
    told = [groups_told(workspace, case_file, person, provider, referral.uid) for person in people]
    return frozenset(group.value for group in frozenset.intersection(*told))


def check_cover(workspace: Workspace, case_file: CaseFile, referral: Record) -> None:
    """Raise RefusedError where a referral names nobody, goes nowhere, or tells of somebody who did not agree."""
    if not who_of(referral):
        raise RefusedError(
            N_("The referral does not say who is referred."), N_("Nothing was changed. Choose the person.")
        )
    if not referral.text("provider"):
        raise RefusedError(
            N_("The referral does not say to whom it goes."), N_("Nothing was changed. Choose the partner.")
        )
    if is_covered(workspace, case_file, referral) or overridden(referral, alone=not four_eyes(workspace)):
        return
    if override_asked(referral):
        raise RefusedError(
            N_("A supervisor has not yet decided whether this may be sent without agreement."),
            N_("Nothing was changed. The request is in Today, under “For my decision” of a supervisor."),
        )
    raise RefusedError(
        N_("No agreement of the person is recorded, so nothing can be disclosed to a partner."),
        N_("Nothing was changed. Record the consent, or request a sending without agreement."),
    )
