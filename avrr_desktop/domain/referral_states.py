"""The states of a referral, each with what it means: whoever asks for a meaning gets it of every state, also of new ones."""

from enum import Enum


class ReferralState(Enum):
    """A code of the list ``referral_state``, and whether the agreement behind a referral in this state still stands.

    A draft stands: the day on which the person agreed is the evidence, and the paper is made before anything is sent.
    So does all that follows the sending, because the partner may have to be asked again. Where nobody came or the service
    is not there, nothing is left to be told for; whoever tries again asks the person again.
    """

    DRAFT = ("draft", True)
    CONSENTED = ("consented", True)
    SENT = ("sent", True)
    ACKNOWLEDGED = ("acknowledged", True)
    ACCEPTED = ("accepted", True)
    SERVICE_STARTED = ("service_started", True)
    COMPLETED = ("completed", True)
    CLOSED = ("closed", True)
    FEEDBACK_RECORDED = ("feedback_recorded", True)
    DECLINED = ("declined", False)
    CANCELLED = ("cancelled", False)
    WITHDRAWN_CONSENT = ("withdrawn_consent", False)
    EXPIRED = ("expired", False)
    NO_SHOW = ("no_show", False)
    SERVICE_UNAVAILABLE = ("service_unavailable", False)
    ENTERED_IN_ERROR = ("entered_in_error", False)

    def __init__(self, code: str, agreement_stands: bool) -> None:
        self.code = code
        self.agreement_stands = agreement_stands


_BY_CODE = {state.code: state for state in ReferralState}


def referral_state(code: str) -> ReferralState | None:
    """Return the state of a code; one that nobody chose yet is a draft, and None for a code of a newer or another pack."""
    return _BY_CODE.get(code or ReferralState.DRAFT.code)


def agreement_stands(code: str) -> bool:
    """Say whether the agreement behind a referral stands: never in a state that this program does not know."""
    state = referral_state(code)
    return state is not None and state.agreement_stands
