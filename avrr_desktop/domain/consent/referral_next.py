"""What comes next in a referral, by whom and until when: one sentence, made from its state and its days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from avrr_desktop.domain.consent.referral_moves import override_asked, who_of
from avrr_desktop.domain.consent.referral_states import (
    AnswerDays,
    answer_due,
    expires_on,
    feedback_due,
    referral_state,
    untold_since,
)
from avrr_desktop.domain.consent.referral_states import ReferralState as S
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import is_past, stored
from avrr_desktop.domain.records.fields import Record


@dataclass(frozen=True, slots=True)
class Next:
    """A sentence to be translated. ``day``: until when, stored, empty where no day is known; ``late``: it is past."""

    text: str
    day: str = ""
    late: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What a referral is held against: the day, the days of answers, and how long overdue an answer is still expected."""

    today: date
    days: AnswerDays
    grace: int


_WANTED: Mapping[S, tuple[str, str, str]] = {  # what the partner should do: until a day, too late, without a day
    S.SENT: (
        N_("{partner} should confirm receipt by {day}."),
        N_("{partner} should have confirmed receipt by {day}: ask there."),
        N_("{partner} should confirm receipt."),
    ),
    S.ACKNOWLEDGED: (
        N_("{partner} should accept or decline by {day}."),
        N_("{partner} should have answered by {day}: ask there."),
        N_("{partner} should accept or decline."),
    ),
    S.ACCEPTED: (
        N_("{partner} should begin the service by {day}."),
        N_("{partner} should have begun the service by {day}: ask there."),
        N_("{partner} should begin the service."),
    ),
    S.SERVICE_STARTED: (
        N_("{partner} is helping: ask by {day} how it ended."),
        N_("{partner} was to be asked by {day} how the service ended."),
        N_("{partner} is helping: ask how it ended."),
    ),
}
_OVER: Mapping[S, str] = {  # the field that says why nothing comes any more
    S.DECLINED: "decline_reason", S.CLOSED: "outcome_code", S.COMPLETED: "result", S.FEEDBACK_RECORDED: "result",
}  # fmt: skip


def next_of(referral: Record, clock: Clock, *, covered: bool) -> Next:
    """Return what comes next. ``covered``: whether it may be sent. Values named ``partner``, ``state`` and ``why`` are left
    to whoever speaks; ``why`` is the key of the field that says it.
    """
    state = referral_state(referral.text("state"))
    if state in (S.DRAFT, S.CONSENTED):
        return _before(referral, covered=covered)
    if state is not None and state in _WANTED:
        return _under_way(referral, clock, state)
    if since := untold_since(referral):
        return Next(N_("Tell {partner} today that the agreement was withdrawn on {day}."), since, late=True)
    if due := feedback_due(referral):
        late = is_past(due, clock.today)
        return Next(N_("Ask the person how it was, by {day}."), due, late=late)
    if state is None:
        return Next(N_("This state is from a newer version: {state}."))
    why = _OVER.get(state, "ended_because")
    said = (
        N_("Nothing comes any more: {state}, {why}.") if referral.text(why) else N_("Nothing comes any more: {state}.")
    )
    return Next(said, values={"why": why})


def _before(referral: Record, *, covered: bool) -> Next:
    if not who_of(referral):
        return Next(N_("Choose who is referred."))
    if not referral.text("provider"):
        return Next(N_("Choose the partner to whom it goes."))
    if covered:
        return Next(N_("It may be sent: you hand it to {partner} now."))
    if override_asked(referral):
        return Next(N_("A supervisor decides whether it is sent to {partner} without agreement."))
    return Next(N_("The person must agree before anything goes to {partner}: record the consent."))


def _under_way(referral: Record, clock: Clock, state: S) -> Next:
    expires = expires_on(referral, clock.days, clock.grace)
    if expires and is_past(expires, clock.today):
        return Next(
            N_("No answer from {partner} for so long that it reads as expired: ask once more, or settle it."), late=True
        )
    by_day, late, plain = _WANTED[state]
    day = _due(referral, clock, state)
    past = bool(day) and is_past(day, clock.today)
    return Next(late if past else by_day if day else plain, day, past)


def _due(referral: Record, clock: Clock, state: S) -> str:
    """Return until when the next word is due: the agreed day, else as long from the last move as an answer may take."""
    if state in (S.SENT, S.ACKNOWLEDGED):
        return answer_due(referral, clock.days)
    if fixed := referral.text("statutory_on"):
        return fixed
    since = stored(referral.text("started_on") or referral.text("answered_on"))
    within = clock.days.get(referral.text("urgency"), clock.days["normal"])
    return (since.last() + timedelta(days=max(within, 1))).isoformat() if since is not None else ""
