"""What a withdrawn agreement does to referrals: those that run end by themselves, and whoever was told is to be told of it."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import MOVES, covers, state_of
from avrr_desktop.domain.consent.referral_states import untold_since
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.workspace import Workspace


def end_for_withdrawal(workspace: Workspace, case_file: CaseFile, consent: Record) -> list[Part]:
    """Return the parts that end every running referral that a consent covered, for the Change of its withdrawal.

    One that was sent stays in Today as “tell the recipient” until ``recipient_told_on``: see ``moves.tell_recipient``.
    """
    move, today = MOVES["withdraw"], workspace.today.isoformat()
    return [
        Part(PartKind.SET, "referral", one.uid, {"state": move.to.code, move.day: today}, one.seen)
        for one in case_file.referrals
        if state_of(one) in move.sources and covers(consent, one)
    ]


def told_parts(case_file: CaseFile, consent: Record, day: str) -> list[Part]:
    """Return the parts that say of the referrals which ended with a consent that their recipients know of it since a day."""
    return [
        Part(PartKind.SET, "referral", one.uid, {"recipient_told_on": day}, one.seen)
        for one in case_file.referrals
        if untold_since(one) and covers(consent, one)
    ]
