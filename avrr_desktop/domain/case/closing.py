"""What is settled before the help to a family ends, and how each period of help ended. Pure functions of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import ClosureReason, settles
from avrr_desktop.domain.case.contact_states import UNREACHED
from avrr_desktop.domain.consent.referral_states import ReferralState, is_over, referral_state
from avrr_desktop.domain.people.dates import start_key, stored
from avrr_desktop.domain.people.name_keys import plain_key, words
from avrr_desktop.domain.procedure.step_states import OVER, StepState
from avrr_desktop.domain.records.fields import Record, Value


class StepEnd(Enum):
    """How a step that is open ends with its case: the state in which it is left. Who goes on with one is named."""

    DONE = ("done", StepState.DONE)
    NOT_NEEDED = ("not_needed", StepState.NOT_NEEDED)
    ABANDONED = ("abandoned", StepState.ABANDONED)
    HANDED_TO = ("handed_to", StepState.ABANDONED)

    def __init__(self, code: str, state: StepState) -> None:
        self.code = code
        self.state = state


class ReferralEnd(Enum):
    """How a referral that is open ends with its case: the state in which it is left, and the field of what is said with it."""

    CLOSE = ("close", ReferralState.CLOSED, "outcome_code")
    NO_SHOW = ("no_show", ReferralState.NO_SHOW, "")
    EXPIRE = ("expire", ReferralState.EXPIRED, "")
    CANCEL = ("cancel", ReferralState.CANCELLED, "ended_because")

    def __init__(self, code: str, state: ReferralState, said_in: str) -> None:
        self.code = code
        self.state = state
        self.said_in = said_in


_UNSENT, _AWAITED = (ReferralEnd.CANCEL,), (ReferralEnd.CLOSE, ReferralEnd.NO_SHOW, ReferralEnd.EXPIRE)
_ENDS = {
    ReferralState.DRAFT: _UNSENT, ReferralState.CONSENTED: _UNSENT, ReferralState.SENT: _AWAITED,
    ReferralState.ACKNOWLEDGED: _AWAITED, ReferralState.ACCEPTED: (ReferralEnd.CLOSE, ReferralEnd.NO_SHOW),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """How one thing that was open ends. ``how``: a code of StepEnd or ReferralEnd; ``said``: who goes on with a step, the
    outcome of a referral by its code, or why one is cancelled.
    """

    how: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is told when a period of help ends. ``settled``: by step and referral; ``told``: fields of the closing by key;
    ``lesson``: fields of a lesson, empty for none.
    """

    settled: Mapping[str, Settled] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)
    lesson: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts to reach a family since somebody last did, the oldest first, and the days from the first to the last."""

    contacts: tuple[Record, ...]
    days: int


def open_things(case_file: CaseFile) -> tuple[Record, ...]:
    """Return the steps and referrals of which something is still to come: what may not be left open silently."""
    steps = (step for step in case_file.steps if step.text("state") not in OVER)
    return (*steps, *(one for one in case_file.referrals if not is_over(one.text("state"))))


def ends_of(record: Record) -> tuple[StepEnd | ReferralEnd, ...]:
    """Return the ends that an open step or referral may have; a service that began, or a state that is not known, is closed."""
    if record.type == "step":
        return tuple(StepEnd)
    state = referral_state(record.text("state"))
    return _ENDS.get(state, (ReferralEnd.CLOSE,)) if state is not None else (ReferralEnd.CLOSE,)


def end_of_thing(record: Record, told: Settled | None) -> StepEnd | ReferralEnd | None:
    """Return how an open step or referral ends; None while that is not told in full."""
    found = next((end for end in ends_of(record) if told is not None and end.code == told.how), None)
    wants = found is StepEnd.HANDED_TO or (isinstance(found, ReferralEnd) and found.said_in)
    return None if wants and told is not None and not told.said.strip() else found


def settled_values(record: Record, told: Settled, today: str) -> dict[str, Value | None]:
    """Return what is written into an open step or referral that ends as it is told in full. ``today``: stored."""
    end = end_of_thing(record, told)
    assert end is not None
    values: dict[str, Value | None] = {"state": end.state.code}
    if isinstance(end, ReferralEnd):
        values["ended_on"] = today
        return {**values, end.said_in: told.said.strip()} if end.said_in else values
    if end is StepEnd.DONE and not record.text("done_on"):
        values["done_on"] = today
    if end is StepEnd.HANDED_TO:
        values["handed_to"] = told.said.strip()
    if record.text("block_reason"):
        values["block_reason"] = None
    if record.text("back_by") and record.text("planned_on") > today:  # nobody goes; who is out already is still awaited
        values["back_by"] = None
    return values


def asks_outcome(reason: str) -> bool:
    """Return whether it is asked how the return ended: not where the help goes on elsewhere, and not of who died."""
    return settles(reason) and reason != ClosureReason.DECEASED.code


def attempts(case_file: CaseFile) -> Attempts:
    """Return the attempts that count for a lost contact: with a day, in this period, after the family was last reached."""
    dated = [one for one in case_file.contacts if stored(one.text("on"))]
    since = start_key(case_file.case.text("reopened_on")) if stored(case_file.case.text("reopened_on")) else date.min
    reached = [start_key(one.text("on")) for one in dated if one.text("result") not in ("", *UNREACHED)]
    since = max([since, *reached])
    tried = sorted(
        (one for one in dated if one.text("result") in UNREACHED and start_key(one.text("on")) >= since),
        key=lambda one: start_key(one.text("on")),
    )
    days = (start_key(tried[-1].text("on")) - start_key(tried[0].text("on"))).days if tried else 0
    return Attempts(tuple(tried), days)


def held_papers(case_file: CaseFile) -> tuple[Record, ...]:
    """Return the papers of which the programme holds the original."""
    return tuple(paper for paper in case_file.papers if paper.text("original_held_by") == "programme")


def ended_periods(case_file: CaseFile) -> tuple[Record, ...]:
    """Return how each period of help ended, in their order."""
    ended = (one for one in case_file.of_type("closing") if one.text("closed_on"))
    return tuple(sorted(ended, key=lambda one: one.whole("period")))


def closing_begun(case_file: CaseFile) -> Record | None:
    """Return what is told already of the end of the period that runs; None where nobody began."""
    begun = [one for one in case_file.of_type("closing") if not one.text("closed_on")]
    return begun[-1] if begun else None


def period_of(case_file: CaseFile) -> int:
    """Return the number of the period of help that runs, or ended last: one more than were ended before it.

    A case that was closed and opened again by a version that kept no periods is in its second one.
    """
    ended = ended_periods(case_file)
    last = max((one.whole("period") for one in ended), default=0)
    if case_file.over:
        return max(last, 1)
    return last + 1 if ended else 2 if case_file.case.text("reopened_on") else 1


def people_named(case_file: CaseFile, text: str) -> tuple[str, ...]:
    """Return the names of people of a case of which a text says a word, in either script: a lesson is read by others."""
    said = {plain_key(word) for word in words(text)}
    names = [member.person.text(key) for member in case_file.members for key in ("given_names", "family_name")]
    return tuple(
        dict.fromkeys(
            name for name in names if any(len(key) > 2 and key in said for key in map(plain_key, words(name)))
        )
    )
