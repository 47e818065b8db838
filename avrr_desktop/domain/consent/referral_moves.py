"""The moves of a referral, declared once: from which states, into which, on which day, and what has to be said with it.

Verbs, buttons, the command line, the sentence of what comes next and the rules for entries from outside all read this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from avrr_desktop.domain.consent.referral_states import ReferralState as S
from avrr_desktop.domain.consent.referral_states import referral_state
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move. ``day``: the field of its day; ``asks``: what is asked with it, of which ``wants`` must be said.

    ``covered``: only with an agreement that covers everybody, or with an approved override. ``chosen``: somebody may choose
    it; the others happen with something else, such as a withdrawal. ``from_partner``: the partner's answer says it.
    """

    key: str
    text: str  # what its button says
    said: str  # what it did, for the undo
    sources: frozenset[S]
    to: S
    day: str
    asks: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()
    covered: bool = False
    chosen: bool = True
    from_partner: bool = False


_BEFORE = frozenset({S.DRAFT, S.CONSENTED})
_WAITS = frozenset({S.SENT, S.ACKNOWLEDGED})
_UNDER_WAY = _WAITS | {S.ACCEPTED, S.SERVICE_STARTED}
RUNNING = _BEFORE | _UNDER_WAY
_WHY = ("ended_because",)

MOVES: Mapping[str, Move] = {move.key: move for move in (
    Move(key="agree", text=N_("Agreement is there", "move of a referral"), said=N_("Agreement noted"),
         sources=frozenset({S.DRAFT}), to=S.CONSENTED, day="", covered=True),
    Move(key="send", text=N_("Send", "move of a referral"), said=N_("Referral sent"), sources=_BEFORE, to=S.SENT, day="sent_on",
         asks=("channel", "recipient_name"), covered=True),
    Move(key="acknowledge", text=N_("Receipt confirmed", "move of a referral"), said=N_("Receipt confirmed", "what was done"),
         sources=frozenset({S.SENT}), to=S.ACKNOWLEDGED, day="acknowledged_on", from_partner=True),
    Move(key="accept", text=N_("Accepted", "move of a referral"), said=N_("Referral accepted"), sources=_WAITS, to=S.ACCEPTED,
         day="answered_on", from_partner=True),
    Move(key="decline", text=N_("Declined", "move of a referral"), said=N_("Referral declined"), sources=_WAITS | {S.ACCEPTED},
         to=S.DECLINED, day="answered_on", asks=("decline_reason", "ended_because"), wants=frozenset({"decline_reason"}),
         from_partner=True),
    Move(key="start", text=N_("Service started", "move of a referral"), said=N_("Start of the service noted"),
         sources=_WAITS | {S.ACCEPTED}, to=S.SERVICE_STARTED, day="started_on", from_partner=True),
    Move(key="complete", text=N_("Service completed", "move of a referral"), said=N_("Service completed", "what was done"),
         sources=_UNDER_WAY, to=S.COMPLETED, day="completed_on", asks=("result", "outcome"), wants=frozenset({"result"}),
         from_partner=True),
    Move(key="close", text=N_("Close", "move of a referral"), said=N_("Referral closed"), sources=_UNDER_WAY | {S.COMPLETED},
         to=S.CLOSED, day="ended_on", asks=("outcome_code", "outcome"), wants=frozenset({"outcome_code"})),
    Move(key="feedback", text=N_("Feedback of the person", "move of a referral"), said=N_("Feedback noted"),
         sources=frozenset({S.COMPLETED, S.CLOSED}), to=S.FEEDBACK_RECORDED, day="feedback_on",
         asks=("satisfaction", "feedback"), wants=frozenset({"satisfaction"})),
    Move(key="no_show", text=N_("Did not come", "move of a referral"), said=N_("Did not come", "what was done"),
         sources=_WAITS | {S.ACCEPTED}, to=S.NO_SHOW, day="ended_on", asks=_WHY, from_partner=True),
    Move(key="excuse", text=N_("Excused", "move of a referral"), said=N_("Excused", "what was done"), sources=_WAITS | {S.ACCEPTED},
         to=S.EXCUSED, day="ended_on", asks=_WHY, from_partner=True),
    Move(key="unavailable", text=N_("Service not available", "move of a referral"), said=N_("Service not available", "what was done"),
         sources=_UNDER_WAY, to=S.SERVICE_UNAVAILABLE, day="ended_on", asks=_WHY, from_partner=True),
    Move(key="cancel", text=N_("Cancel the referral"), said=N_("Referral cancelled"), sources=RUNNING - {S.SERVICE_STARTED},
         to=S.CANCELLED, day="ended_on", asks=_WHY, wants=frozenset(_WHY)),
    Move(key="expire", text=N_("No answer is expected any more"), said=N_("Referral expired"), sources=_WAITS, to=S.EXPIRED,
         day="ended_on"),
    Move(key="withdraw", text=N_("Agreement withdrawn", "move of a referral"), said=N_("Agreement withdrawn", "what was done"),
         sources=RUNNING, to=S.WITHDRAWN_CONSENT, day="ended_on", chosen=False),
    Move(key="error", text=N_("Entered in error", "move of a referral"), said=N_("Marked as entered in error"),
         sources=frozenset(S) - {S.ENTERED_IN_ERROR}, to=S.ENTERED_IN_ERROR, day="ended_on", asks=_WHY, wants=frozenset(_WHY)),
)}  # fmt: skip

OVERRIDE = ("override_ground", "override_because", "override_asked_by", "override_asked_on", "override_approved_by",
            "override_answer")  # fmt: skip
# What moves write, and nothing else does: not a form, not a document that is carried in.
MOVED = frozenset({
    "state", "sent_on", "answered_on", "feedback_on", "acknowledged_on", "started_on", "completed_on", "ended_on", "met_on",
    "decline_reason", "result", "outcome_code", "satisfaction", "feedback", "ended_because", "shared", "by_code", "number",
    "recipient_told_on", *OVERRIDE,
})  # fmt: skip
WHO = frozenset(
    {"person", "persons", "provider", "category"}
)  # of whom is told, to whom, how much: fixed once it was sent
_STEPS = frozenset((source, move.to) for move in MOVES.values() for source in move.sources)
CODED = frozenset({"GBV", "CHP"})  # categories that go by a code instead of the name, until the first meeting


def state_of(referral: Record) -> S | None:
    """Return the state of a referral; None for one that this program does not know."""
    return referral_state(referral.text("state"))


def possible(referral: Record) -> tuple[Move, ...]:
    """Return the moves that somebody may choose, in their order; none in a state that is not known."""
    state = state_of(referral)
    return tuple(move for move in MOVES.values() if move.chosen and state in move.sources)


def likely(referral: Record) -> tuple[Move, ...]:
    """Return those of the possible moves that come next most often: at most three."""
    state = state_of(referral)
    keys = _LIKELY.get(state, ()) if state else ()
    return tuple(MOVES[key] for key in keys)


_LIKELY: Mapping[S, tuple[str, ...]] = {
    S.DRAFT: ("send",), S.CONSENTED: ("send",), S.SENT: ("acknowledge", "accept", "decline"),
    S.ACKNOWLEDGED: ("accept", "decline"), S.ACCEPTED: ("start", "complete", "no_show"), S.SERVICE_STARTED: ("complete",),
    S.COMPLETED: ("feedback", "close"), S.CLOSED: ("feedback",),
}  # fmt: skip


def step_fault(before: str, after: str) -> bool:
    """Return whether no move, and no undoing of one, leads from a state to another. Codes; an unknown one is a fault."""
    one, other = referral_state(before), referral_state(after)
    if one is None or other is None:
        return before != after
    return one is not other and (one, other) not in _STEPS and (other, one) not in _STEPS


def coded(referral: Record) -> bool:
    """Return whether a referral of this category goes by a code instead of the name."""
    return referral.text("category") in CODED


def who_of(referral: Record) -> tuple[str, ...]:
    """Return everybody of whom a referral tells: its person, and those for whom it also is."""
    return tuple(dict.fromkeys(uid for uid in (referral.text("person"), *referral.many("persons")) if uid))


def covers(consent: Record, referral: Record) -> bool:
    """Return whether a consent is about a person and the partner of a referral; what it leaves open means all."""
    person, provider, only = consent.text("person"), consent.text("provider"), consent.text("referral")
    return (
        (not person or person in who_of(referral) or not who_of(referral))
        and (not provider or provider == referral.text("provider"))
        and (not only or only == referral.uid)
    )


def overridden(referral: Record, *, alone: bool) -> bool:
    """Return whether a sending without agreement was asked for and approved. ``alone``: nobody else could approve it."""
    asked, approved = referral.text("override_asked_by"), referral.text("override_approved_by")
    said = referral.text("override_ground") and referral.text("override_because")
    return bool(said) and (alone or bool(approved and approved != asked))


def override_asked(referral: Record) -> bool:
    """Return whether a sending without agreement waits for a second person."""
    unsent = state_of(referral) in _BEFORE
    return unsent and bool(referral.text("override_ground")) and not referral.text("override_approved_by")


def types_a_move(referral: Record, changed: Mapping[str, Value | None]) -> bool:
    """Return whether values are what only moves write. A new referral begins as a draft."""
    moved = {key for key in MOVED & changed.keys() if changed[key] is not None or referral.values.get(key) is not None}
    if changed.get("state") == S.DRAFT.code and not referral.values:
        moved.discard("state")
    return bool(moved)


def changes_who(referral: Record, changed: Mapping[str, Value | None]) -> bool:
    """Return whether values change of whom is told to whom, once that was sent, asked for or approved."""
    decided = override_asked(referral) or bool(referral.text("override_approved_by"))
    return (decided or state_of(referral) not in _BEFORE) and not WHO.isdisjoint(changed)
