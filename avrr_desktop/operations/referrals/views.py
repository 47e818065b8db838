"""Referrals of all cases, as whoever is at work looks for them: mine, from others, of the whole team, without an answer."""

from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.referral_views import ReferralLine, ReferralView, referral_lines

__all__ = ["SHOWN", "ReferralLine", "ReferralView", "referrals_of_all"]

SHOWN = 500


@needs(Permission.READ)
def referrals_of_all(workspace: Workspace, view: ReferralView) -> tuple[ReferralLine, ...]:
    """Return the running referrals of a view, the next answer first; at most ``SHOWN``."""
    return referral_lines(workspace.store.connection, view, workspace.actor, SHOWN)
