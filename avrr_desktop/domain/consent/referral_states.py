"""The states of a referral and its urgency, each with what it means: whoever asks for a meaning gets it of every state.

A state that this program does not know still awaits its answer, so that nobody is forgotten; it allows nothing, and it counts.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.records.fields import Record


class ReferralState(Enum):
    """A code of the list ``referral_state``.

    ``agreement_stands``: whether the agreement behind a referral in this state still stands. ``answered``: the partner decided.
    ``over``: nothing is to come any more. ``counts``: whether figures know it.

    A draft stands: the day on which the person agreed is the evidence, and the paper is made before anything is sent.
    So does all that follows the sending, because the partner may have to be asked again. Where nobody came or the service
    is not there, nothing is left to be told for; whoever tries again asks the person again.
    """

    DRAFT = ("draft", True, False, False, True)
    CONSENTED = ("consented", True, False, False, True)
    SENT = ("sent", True, False, False, True)
    ACKNOWLEDGED = ("acknowledged", True, False, False, True)
    ACCEPTED = ("accepted", True, True, False, True)
    SERVICE_STARTED = ("service_started", True, True, False, True)
    COMPLETED = ("completed", True, True, True, True)
    CLOSED = ("closed", True, True, True, True)
    FEEDBACK_RECORDED = ("feedback_recorded", True, True, True, True)
    DECLINED = ("declined", False, True, True, True)
    CANCELLED = ("cancelled", False, False, True, True)
    WITHDRAWN_CONSENT = ("withdrawn_consent", False, False, True, True)
    EXPIRED = ("expired", False, False, True, True)
    NO_SHOW = ("no_show", False, True, True, True)
    EXCUSED = ("excused", False, True, True, True)
    SERVICE_UNAVAILABLE = ("service_unavailable", False, True, True, True)
    ENTERED_IN_ERROR = ("entered_in_error", False, False, True, False)

    def __init__(self, code: str, agreement_stands: bool, answered: bool, over: bool, counts: bool) -> None:
        self.code = code
        self.agreement_stands = agreement_stands
        self.answered = answered
        self.over = over
        self.counts = counts


class Urgency(Enum):
    """A code of the list ``urgency``: the setting of the pack that says when an answer is due, and its size there in hours."""

    EMERGENCY = ("emergency", "referral_emergency_hours", 1)
    URGENT = ("urgent", "referral_urgent_hours", 1)
    NORMAL = ("normal", "referral_answer_days", 24)

    def __init__(self, code: str, setting: str, hours: int) -> None:
        self.code = code
        self.setting = setting
        self.hours = hours


_BY_CODE = {state.code: state for state in ReferralState}


def referral_state(code: str) -> ReferralState | None:
    """Return the state of a code; one that nobody chose yet is a draft, and None for a code of a newer or another pack."""
    return _BY_CODE.get(code or ReferralState.DRAFT.code)


def agreement_stands(code: str) -> bool:
    """Return whether the agreement behind a referral stands: never in a state that this program does not know."""
    state = referral_state(code)
    return state is not None and state.agreement_stands


def is_over(code: str) -> bool:
    """Return whether nothing is to come of a referral any more."""
    state = referral_state(code)
    return state is not None and state.over


def is_awaited(referral: Record) -> bool:
    """Return whether a partner still owes an answer: it was sent, nobody answered, and it is not over."""
    state = referral_state(referral.text("state"))
    ended = state is not None and (state.over or state.answered)
    return bool(referral.text("sent_on")) and not referral.text("answered_on") and not ended


AnswerDays = Mapping[str, int]  # urgency -> whole days from the sending
DEFAULT_DAYS: AnswerDays = {Urgency.EMERGENCY.code: 1, Urgency.URGENT.code: 3, Urgency.NORMAL.code: 14}


def answer_days(settings: Mapping[str, int]) -> AnswerDays:
    """Return how many days an answer may take by urgency, as the pack says: whole days, begun ones counted in full."""
    hours = {one: settings[one.setting] * one.hours for one in Urgency if one.setting in settings}
    return {one.code: -(-hours[one] // 24) if one in hours else DEFAULT_DAYS[one.code] for one in Urgency}


FEEDBACK_AFTER = timedelta(days=14)  # from the end of a service until the person is asked how it was


def feedback_due(referral: Record) -> str:
    """Return the stored day on which a person is to be asked how a service was; empty where none ended, or they were."""
    done = stored(referral.text("completed_on"))
    asks = referral_state(referral.text("state")) in (ReferralState.COMPLETED, ReferralState.CLOSED)
    return (done.last() + FEEDBACK_AFTER).isoformat() if done is not None and asks else ""


def untold_since(referral: Record) -> str:
    """Return the stored day since which a recipient is to be told of a withdrawal; empty where there is nobody to tell."""
    withdrawn = referral_state(referral.text("state")) is ReferralState.WITHDRAWN_CONSENT
    untold = referral.text("sent_on") and not referral.text("recipient_told_on")
    return referral.text("ended_on") if withdrawn and untold else ""


def expires_on(referral: Record, days: AnswerDays, grace: int) -> str:
    """Return the stored day from which on a referral reads as expired: ``grace`` days after its answer was due.

    Nothing is written on that day: who looks sees it, and settles it by a move. Empty for one that awaits nothing.
    """
    due = stored(answer_due(referral, days)) if is_awaited(referral) else None
    return (due.last() + timedelta(days=grace)).isoformat() if due is not None else ""


def answer_due(referral: Record, days: AnswerDays = DEFAULT_DAYS) -> str:
    """Return the stored day on which an answer is due: the one that was agreed on, else by urgency from the sending.

    Never the day of sending itself. Empty where the day of sending cannot be read.
    """
    if expected := referral.text("answer_expected_on"):
        return expected
    sent = stored(referral.text("sent_on"))
    if sent is None:
        return ""
    within = days.get(referral.text("urgency"), days[Urgency.NORMAL.code])
    return (sent.last() + timedelta(days=max(within, 1))).isoformat()
