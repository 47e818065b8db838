"""The referral of one invented family: the days and words that its state has, the agreement behind it, and its disclosure line."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from avrr_desktop.domain.history.change import Part
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.practice.practice_people import Values
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.workspace import Workspace

_SENT, _ANSWERED = {"sent_on": 0}, {"sent_on": 0, "acknowledged_on": 2, "answered_on": 6}
_STARTED, _ENDED = {**_ANSWERED, "started_on": 8}, {"sent_on": 0, "ended_on": 9}
_DONE = {**_STARTED, "completed_on": 20}
DAYS: Mapping[str, Mapping[str, int]] = {  # state -> field -> days after the agreement
    "sent": _SENT, "acknowledged": {**_SENT, "acknowledged_on": 2}, "accepted": _ANSWERED, "declined": _ANSWERED,
    "service_started": _STARTED, "completed": _DONE, "closed": {**_DONE, "ended_on": 24},
    "feedback_recorded": {**_DONE, "feedback_on": 34}, "expired": _ENDED, "no_show": _ENDED, "excused": _ENDED,
    "service_unavailable": _ENDED, "cancelled": {"ended_on": 3}, "entered_in_error": {"ended_on": 1},
    "withdrawn_consent": {"ended_on": 3},
}  # fmt: skip
WORDS: Mapping[str, Values] = {  # state -> what was said with it
    "declined": {"decline_reason": "no_capacity"}, "completed": {"result": "received_fully"},
    "closed": {"result": "received_fully", "outcome_code": "service_received"},
    "feedback_recorded": {"result": "received_partly", "satisfaction": 4, "feedback": "They helped, but it took long."},
    "no_show": {"ended_because": "Did not come to the appointment."}, "excused": {"ended_because": "Ill on that day."},
    "service_unavailable": {"ended_because": "The office is closed for now."}, "cancelled": {"ended_because": "Not needed any more."},
    "entered_in_error": {"ended_because": "Entered in the wrong case."},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """A referral as it was drawn: whose, in which state, agreed when, and until when anything is known of it."""

    person: str
    provider: str
    category: str
    state: str
    reason: str
    agreed: date
    end: date
    withdrawn: date

    @classmethod
    def drawn(cls, chance: random.Random, **known: object) -> "Referred":
        """Draw what is left to chance. ``known``: the rest, with the ``providers`` of whom one is taken."""
        providers = known.pop("providers")
        assert isinstance(providers, list)
        category, provider = chance.choice(("LEG", "EMP", "HLT", "SOC")), chance.choice(providers)
        agreed = known["agreed"]
        assert isinstance(agreed, date)
        return cls(category=category, provider=provider, withdrawn=agreed + timedelta(days=3), **known)  # type: ignore[arg-type]

    def parts(self, workspace: Workspace, case: Record) -> list[Part]:
        """Return the referral, the agreement behind it unless it is a draft, and the line of what was told."""
        days = {
            key: min(self.end, self.agreed + timedelta(days=after)).isoformat()
            for key, after in DAYS.get(self.state, {}).items()
        }
        values: Values = {
            "person": self.person, "category": self.category, "provider": self.provider, "state": self.state, "urgency": "normal",
            "reason": self.reason, "number": f"{case.text('number')}/R1", **days, **WORDS.get(self.state, {}),
        }  # fmt: skip
        groups = tuple(sorted(workspace.pack.told_of(self.category)))
        if "sent_on" in days:
            expected = (self.agreed + timedelta(days=14)).isoformat()
            values |= {"shared": groups, "answer_expected_on": expected, "channel": "by_hand"}
        made = adding(workspace, "referral", values)
        parts = [made] if self.state == "draft" else [made, self._consent(workspace, groups)]
        return [*parts, *([self._line(workspace, case, made.record, groups)] if "sent_on" in days else [])]

    def _consent(self, workspace: Workspace, groups: tuple[str, ...]) -> Part:
        agreed = self.agreed.isoformat()
        values: Values = {
            "person": self.person, "scope": "referral", "provider": self.provider, "groups": groups, "counselled_on": agreed,
            "given_on": agreed, "method": "signature", "given_by": "self",
        }  # fmt: skip
        if self.state == "withdrawn_consent":
            values["withdrawn_on"] = min(self.end, self.withdrawn).isoformat()
        return adding(workspace, "consent", values)

    def _line(self, workspace: Workspace, case: Record, referral: str, groups: tuple[str, ...]) -> Part:
        provider = workspace.store.reader.record("provider", self.provider)
        return adding(workspace, "access", {
            "what": "disclosed", "at": f"{self.agreed.isoformat()}T09:00:00+00:00", "case_link": case.uid,
            "officer": workspace.actor, "recipient": provider.text("name") if provider else "", "persons": (self.person,),
            "referral_link": referral, "groups": groups,
        })  # fmt: skip
