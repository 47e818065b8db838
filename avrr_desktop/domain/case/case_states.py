"""The states of a case and the reasons for closing one, each with what it means: nobody keeps a list of them elsewhere.

A code that this program does not know, of a newer or another pack, has one meaning: it is no running case, because nobody
knows what would be due; it is not closed to writing either; and it counts, so that no family is lost from a figure.
"""

from enum import Enum

from avrr_desktop.domain.records.fields import Record


class CaseStatus(Enum):
    """A code of the list ``case_status``; whether somebody works on it, whether it is over, whether figures count it."""

    PRE_ARRIVAL = ("pre_arrival", True, True)
    OPEN = ("open", True, True)
    ON_HOLD = ("on_hold", True, True)
    CLOSED = ("closed", False, True)
    TRANSFERRED = ("transferred", False, True)
    DUPLICATE = ("duplicate", False, False)

    def __init__(self, code: str, running: bool, counts: bool) -> None:
        self.code = code
        self.running = running
        self.over = not running
        self.counts = counts


class ClosureReason(Enum):
    """A code of the list ``closure_reason``; whether figures count such a case, the status in which it ends, and whether the help
    to the family ends: then every step and referral is settled. Of a double, an error and a transfer it goes on elsewhere or
    was none.
    """

    OBJECTIVES_MET = ("objectives_met", True, CaseStatus.CLOSED)
    PERIOD_ENDED_PARTLY_MET = ("period_ended_partly_met", True, CaseStatus.CLOSED)
    PERIOD_ENDED_NOT_MET = ("period_ended_not_met", True, CaseStatus.CLOSED)
    NOT_ELIGIBLE_ANY_MORE = ("not_eligible_any_more", True, CaseStatus.CLOSED)
    WITHDREW = ("withdrew", True, CaseStatus.CLOSED)
    MOVED_WITHIN_COUNTRY = ("moved_within_country", True, CaseStatus.CLOSED)
    TRANSFERRED = ("transferred", True, CaseStatus.TRANSFERRED, False)
    REMIGRATED_REGULAR = ("remigrated_regular", True, CaseStatus.CLOSED)
    REMIGRATED_IRREGULAR = ("remigrated_irregular", True, CaseStatus.CLOSED)
    REMIGRATED_UNKNOWN = ("remigrated_unknown", True, CaseStatus.CLOSED)
    LOST_CONTACT = ("lost_contact", True, CaseStatus.CLOSED)
    DECEASED = ("deceased", True, CaseStatus.CLOSED)
    SAFETY_OR_CONDUCT = ("safety_or_conduct", True, CaseStatus.CLOSED)
    FUNDING_ENDED = ("funding_ended", True, CaseStatus.CLOSED)
    DUPLICATE = ("duplicate", False, CaseStatus.DUPLICATE, False)
    OPENED_IN_ERROR = ("opened_in_error", False, CaseStatus.CLOSED, False)

    def __init__(self, code: str, counts: bool, ends_as: CaseStatus, settles: bool = True) -> None:
        self.code = code
        self.counts = counts
        self.ends_as = ends_as
        self.settles = settles


_STATUS = {status.code: status for status in CaseStatus}
_REASON = {reason.code: reason for reason in ClosureReason}
RUNNING = tuple(status.code for status in CaseStatus if status.running)
OVER = tuple(status.code for status in CaseStatus if status.over)


def case_status(code: str) -> CaseStatus | None:
    """Return the status of a code; None for one that this program does not know."""
    return _STATUS.get(code)


def closure_reason(code: str) -> ClosureReason | None:
    """Return the reason of a code; None for one that this program does not know."""
    return _REASON.get(code)


def is_running(code: str) -> bool:
    """Return whether somebody works on a case of this status."""
    status = _STATUS.get(code)
    return status is not None and status.running


def is_over(code: str) -> bool:
    """Return whether a case of this status is closed to writing."""
    status = _STATUS.get(code)
    return status is not None and status.over


def ends_as(reason: str) -> CaseStatus:
    """Return the status in which a case is closed for a reason."""
    known = _REASON.get(reason)
    return known.ends_as if known else CaseStatus.CLOSED


def settles(reason: str) -> bool:
    """Return whether the help ends for a reason, so that nothing may be left open; also for one that is not known here."""
    known = _REASON.get(reason)
    return known is None or known.settles


def counts(status: str, reason: str) -> bool:
    """Return whether a case of a status, closed for a reason, is in any figure. An unknown code counts."""
    known, why = _STATUS.get(status), _REASON.get(reason)
    over = known is None or known.over  # a reason that was only asked for, by a case that runs, decides nothing
    return (known is None or known.counts) and not (over and why is not None and not why.counts)


def counted(case: Record) -> bool:
    """Return whether a case is in any figure: neither a double nor opened in error."""
    return counts(case.text("status"), case.text("closure_reason"))
