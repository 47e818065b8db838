"""What may be told to whom about whom: the one answer, from the agreements and withdrawals that are written down.

Wherever a day is not known exactly, the reading that tells less holds: an agreement that may not have begun yet allows nothing,
and a withdrawal that may be later than an agreement wins. See docs/decisions/0011.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from avrr_desktop.domain.consent.referral_states import ReferralState, agreement_stands
from avrr_desktop.domain.people.dates import PartialDate, stored
from avrr_desktop.domain.records.fields import Record, Value


class Group(Enum):
    """A group of data about a person. Levels say which fields they keep; later a consent may name single groups."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    PAPERS = "papers"
    SCHOOL = "school"
    FAMILY = "family"
    NEED = "need"
    HEALTH = "health"


class Telling(Enum):
    """Why something is told: only what goes to a partner asks for the person's agreement."""

    WITHIN = "within"  # the own organisation: the whole file, a case conference, a page without anybody in it
    TO_THE_PERSON = "to_the_person"
    BY_LAW = "by_law"  # an office that may ask whether or not the person agrees
    TO_PARTNER = "to_partner"


ALL, NOTHING = frozenset(Group), frozenset[Group]()
_ASKS = frozenset({Telling.TO_PARTNER})
# A consent's scope is typed: what it was called so far in files of this program, and the usual words for it.
_SHARING = frozenset({
    "", "referral", "referrals", "sharing", "share", "data sharing", "sharing with partner", "sharing with partners", "partner",
    "partners",
})  # fmt: skip
_OTHER = frozenset({
    "photo", "photos", "photo testimony", "testimony", "media", "story", "stories", "publication", "health data", "community data",
    "follow up contact", "follow up", "fee payment on behalf", "power of attorney noted", "sharing with donor identifiable",
    "sharing with sending mission",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody agreed. No ``person``: everybody of the case in which it is written; no ``provider``: any partner."""

    person: str
    given: PartialDate
    provider: str = ""
    of_referral: bool = False  # then it counts for the partner of that referral alone
    until: PartialDate | None = None

    def counts_on(self, day: date) -> bool:
        """Return whether it has begun for sure, and is not over. “2026” ends with that year, “2026~” may end at its first day."""
        if self.given.last() > day:
            return False
        if self.until is None:
            return True
        return day <= (self.until.first() if self.until.estimated else self.until.last())


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Somebody took an agreement back. No ``on``: nobody knows when, so that no agreement is known to be later."""

    person: str
    on: PartialDate | None
    provider: str = ""

    def outweighs(self, agreement: Agreement) -> bool:
        """Return whether an agreement may have been given before this, or on the same day."""
        return self.on is None or agreement.given.first() <= self.on.last()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is written down about the agreement of people: sets, so that no order of records ever matters."""

    given: frozenset[Agreement] = frozenset()
    withdrawn: frozenset[Withdrawal] = frozenset()

    def __or__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.given | other.given, self.withdrawn | other.withdrawn)


def may_tell(
    evidence: Evidence, partners: frozenset[str], person: str, telling: Telling, day: date
) -> frozenset[Group]:
    """Return what may be told about a person on a day; empty for nothing.

    ``partners``: the entries of the directory that go by the name of the recipient; empty where the recipient is not
    recognised, then the agreement of any referral counts and so does the withdrawal of any.
    """
    if telling not in _ASKS:
        return ALL
    withdrawn = [
        one
        for one in evidence.withdrawn
        if one.person in ("", person) and (not one.provider or not partners or one.provider in partners)
    ]
    for agreement in evidence.given:
        named = agreement.person == person or (not agreement.person and agreement.of_referral)
        meant = not agreement.of_referral or not partners or agreement.provider in partners
        if named and meant and agreement.counts_on(day) and not any(one.outweighs(agreement) for one in withdrawn):
            return ALL
    return NOTHING


def evidence_of(records: Iterable[Record]) -> Evidence:
    """Return what consents and referrals of one case say; other records say nothing."""
    found = Evidence()
    for record in records:
        if record.type == "consent":
            found |= _of_consent(record)
        elif record.type == "referral":
            found |= _of_referral(record)
    return found


def elsewhere(evidence: Evidence, *, member_of: bool, person: str) -> Evidence:
    """Return what another case says about a person: agreements that name them, and every withdrawal that may mean them.

    ``member_of``: whether they belong or belonged to that case, so that a withdrawal there that names nobody means them too.
    """
    mine = frozenset(one for one in evidence.given if one.person == person)
    against = frozenset(
        Withdrawal(person, one.on, one.provider)
        for one in evidence.withdrawn
        if one.person == person or (member_of and not one.person)
    )
    return Evidence(mine, against)


def _of_consent(consent: Record) -> Evidence:
    scopes = {_scope(value) for value in _standing(consent, "scope")} or {""}
    people = _texts(consent, "person") or {""}
    withdrawn = _texts(consent, "withdrawn_on")
    if withdrawn:
        if scopes <= _OTHER:
            return Evidence()
        days = [stored(day) for day in withdrawn]
        latest = None if None in days else max((day for day in days if day), key=PartialDate.last)
        return Evidence(withdrawn=frozenset(Withdrawal(person, latest) for person in people))
    given = [stored(day) for day in _texts(consent, "given_on")]
    ends = [stored(day) for day in _texts(consent, "expires_on")]
    if not scopes <= _SHARING or len(people) > 1 or not given or None in given or None in ends:
        return Evidence()
    return Evidence(frozenset({
        Agreement(person, _latest(given), until=min(filter(None, ends), key=PartialDate.first, default=None))
        for person in people
    }))  # fmt: skip


def _of_referral(referral: Record) -> Evidence:
    states = {str(value or "") for value in _standing(referral, "state")} or {""}
    people, providers = _texts(referral, "person") or {""}, _texts(referral, "provider") or {""}
    if ReferralState.WITHDRAWN_CONSENT.code in states:
        days = [stored(day) for key in ("consented_on", "sent_on", "answered_on") for day in _texts(referral, key)]
        on = _latest(days) if days and None not in days else None
        return Evidence(withdrawn=frozenset(Withdrawal(one, on, to) for one in people for to in providers))
    given = [stored(day) for day in _texts(referral, "consented_on")]
    stands = all(agreement_stands(state) for state in states)
    if not stands or len(people) > 1 or len(providers) > 1 or not given or None in given:
        return Evidence()
    return Evidence(frozenset(
        Agreement(person, _latest(given), provider, True) for person in people for provider in providers
    ))  # fmt: skip


def _latest(days: Iterable[PartialDate | None]) -> PartialDate:
    return max((day for day in days if day is not None), key=PartialDate.last)


def _standing(record: Record, key: str) -> set[Value | None]:
    """Return the value of a field, or all that stand in it where two people wrote different ones."""
    both = (record.conflicts or {}).get(key, ())
    return {record.values.get(key), *both} if key in record.values or both else set()


def _texts(record: Record, key: str) -> set[str]:
    return {str(value) for value in _standing(record, key) if value not in (None, "")}


def _scope(value: Value | None) -> str:
    return " ".join(str(value or "").casefold().replace("_", " ").replace("-", " ").split())
