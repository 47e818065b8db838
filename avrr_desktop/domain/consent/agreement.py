"""What may be told to whom about whom: the one answer, from the agreements and withdrawals that are written down.

Wherever a day is not known exactly, the reading that tells less holds: an agreement that may not have begun yet allows nothing,
and a withdrawal that may be later than an agreement wins. See docs/decisions/0039.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from avrr_desktop.domain.people.dates import PartialDate


class Group(Enum):
    """A group of data about a person, a code of the list ``data_group``: which field is of which says ``data_groups``."""

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


Groups = frozenset[Group]
ALL, NOTHING = frozenset(Group), Groups()
# What a print for a partner held before an agreement could name groups: what an agreement of that time still allows.
BEFORE = frozenset({Group.IDENTITY, Group.CONTACT, Group.PAPERS, Group.FAMILY, Group.NEED})
HEALTH_AREAS = frozenset({"HLT", "MHPSS"})  # who works in one of them may be told of health
SPECIALISED = frozenset({"GBV"})  # told only to who works in the same area
BY_CODE = frozenset({"GBV", "CHP"})  # a code stands instead of the name until the first meeting
_ASKS = frozenset({Telling.TO_PARTNER})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told. ``entries``: those of the directory that go by the name; none: nobody knows who it is.

    ``areas``: of help, in which all of them work. ``referral``: for which one; empty: for none in particular.
    """

    entries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    referral: str = ""

    @property
    def of_health(self) -> bool:
        """Return whether reasons of health may be told here at all."""
        return bool(self.areas & HEALTH_AREAS)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody agreed that groups of data are told. No ``provider``: to whomever; no ``person``: everybody of its case."""

    person: str
    given: PartialDate
    groups: Groups = ALL
    provider: str = ""
    referral: str = ""  # then it counts for that referral alone
    until: PartialDate | None = None

    def counts_on(self, day: date) -> bool:
        """Return whether it has begun for sure, and is not over. “2026” ends with that year, “2026~” may end at its first day."""
        if self.given.last() > day:
            return False
        if self.until is None:
            return True
        return day <= (self.until.first() if self.until.estimated else self.until.last())

    def means(self, recipient: Recipient) -> bool:
        """Return whether it is for this recipient, and for what they are told for."""
        there = not self.provider or self.provider in recipient.entries
        return there and (not self.referral or not recipient.referral or self.referral == recipient.referral)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Somebody took an agreement back. No ``on``: nobody knows when, so that no agreement is known to be later."""

    person: str
    on: PartialDate | None
    provider: str = ""
    groups: Groups = ALL

    def outweighs(self, agreement: Agreement) -> bool:
        """Return whether an agreement may have been given before this, or on the same day."""
        return self.on is None or agreement.given.first() <= self.on.last()

    def means(self, recipient: Recipient) -> bool:
        """Return whether it may be meant for this recipient."""
        return not self.provider or not recipient.entries or self.provider in recipient.entries


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is written down about the agreement of people: sets, so that no order of records ever matters."""

    given: frozenset[Agreement] = frozenset()
    withdrawn: frozenset[Withdrawal] = frozenset()

    def __or__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.given | other.given, self.withdrawn | other.withdrawn)


def may_tell(evidence: Evidence, recipient: Recipient, person: str, telling: Telling, day: date) -> Groups:
    """Return what may be told about a person on a day; empty for nothing.

    Agreements add up; a withdrawal takes its groups from each agreement that may be older. A recipient whom the directory does
    not know is told only what was agreed for whomever. Health goes to who works in health, whatever was agreed.
    """
    if telling not in _ASKS:
        return ALL
    withdrawn = [one for one in evidence.withdrawn if one.person in ("", person) and one.means(recipient)]
    told: set[Group] = set()
    for agreement in evidence.given:
        named = agreement.person == person or (not agreement.person and bool(agreement.referral))
        if named and agreement.means(recipient) and agreement.counts_on(day):
            taken = [one.groups for one in withdrawn if one.outweighs(agreement)]
            told |= agreement.groups.difference(*taken)
    return frozenset(told) if recipient.of_health else frozenset(told - {Group.HEALTH})


def elsewhere(evidence: Evidence, *, member_of: bool, person: str) -> Evidence:
    """Return what another case says about a person: agreements that name them, and every withdrawal that may mean them.

    ``member_of``: whether they belong or belonged to that case, so that a withdrawal there that names nobody means them too.
    """
    mine = frozenset(one for one in evidence.given if one.person == person)
    against = frozenset(
        Withdrawal(person, one.on, one.provider, one.groups)
        for one in evidence.withdrawn
        if one.person == person or (member_of and not one.person)
    )
    return Evidence(mine, against)


@dataclass(frozen=True, slots=True)
class Told:
    """What one copy may say: the groups of each person of whom it tells, the areas in which its recipient works, and who goes
    by a code instead of a name.
    """

    groups: Mapping[str, Groups]
    areas: frozenset[str] = frozenset()
    coded: frozenset[str] = frozenset()

    @property
    def people(self) -> frozenset[str]:
        """The people of whom anything may be told."""
        return frozenset(uid for uid, groups in self.groups.items() if groups)

    def has(self, person: str, group: Group) -> bool:
        """Return whether a group of a person may be told."""
        return group in self.groups.get(person, NOTHING)

    def named(self, person: str) -> bool:
        """Return whether a person may be called by name."""
        return self.has(person, Group.IDENTITY) and person not in self.coded


NOBODY = Told({})
