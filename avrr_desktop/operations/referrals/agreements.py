"""Of whom a copy of a case may tell: reads what is written down in all cases, and asks ``domain/consent/agreement.py``."""

from collections.abc import Iterable

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.consent.agreement import (
    BY_CODE,
    NOBODY,
    Evidence,
    Group,
    Groups,
    Recipient,
    Telling,
    Told,
    elsewhere,
    may_tell,
)
from avrr_desktop.domain.consent.evidence import evidence_of
from avrr_desktop.domain.consent.guards import Births
from avrr_desktop.domain.consent.redaction import LEVELS
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.name_keys import plain_key, words
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace


def told_to(
    workspace: Workspace, case_file: CaseFile, level: str, recipients: Iterable[str], people: Iterable[str] = ()
) -> Told:
    """Return what a copy at a level may say of whom to all of those to whom it goes, by their names.

    ``people``: of the members only these. At levels that ask nobody, nothing is said here: the level decides.
    """
    if LEVELS[level].telling is not Telling.TO_PARTNER:
        return NOBODY
    wanted = list(people) or [member.person.uid for member in case_file.members]
    partners = _recognised(workspace, recipients)
    groups: dict[str, Groups] = {}
    for person in wanted:
        evidence = evidence_about(workspace, case_file, person)
        allowed = [may_tell(evidence, one, person, Telling.TO_PARTNER, workspace.today) for one in partners]
        groups[person] = frozenset.intersection(*allowed)
    entries = frozenset(uid for one in partners for uid in one.entries)
    areas = frozenset.intersection(*(one.areas for one in partners))
    return Told({uid: one for uid, one in groups.items() if one}, areas, _coded(case_file, entries))


@needs(Permission.READ)
def groups_told(
    workspace: Workspace, case_file: CaseFile, person: str, provider: str, referral: str = ""
) -> frozenset[Group]:
    """Return what a partner of the directory may be told today about a person of a case; empty for nothing.

    ``referral``: the one for which they are told, so that what was agreed for another one does not count.
    """
    evidence = evidence_about(workspace, case_file, person)
    entry = workspace.store.reader.record("provider", provider)
    to = Recipient(frozenset({provider}), frozenset(entry.many("categories")) if entry else frozenset(), referral)
    return may_tell(evidence, to, person, Telling.TO_PARTNER, workspace.today)


def evidence_about(workspace: Workspace, case_file: CaseFile, person: str) -> Evidence:
    """Return all that is written down about the agreement of a person, in this case and in any other."""
    reader = workspace.store.reader
    here = (*case_file.of_type("consent"), *case_file.referrals)
    others = reader.agreements_of(person, case_file.case.uid)
    born = births(workspace, case_file, [*here, *(record for _, records in others for record in records)])
    evidence = evidence_of(here, born)
    for member_of, records in others:
        evidence |= elsewhere(evidence_of(records, born), member_of=member_of, person=person)
    return evidence


def births(workspace: Workspace, case_file: CaseFile, records: Iterable[Record]) -> Births:
    """Return the dates of birth of whoever is named in consents and referrals, as far as they are known."""
    named = {record.text(key) for record in records for key in ("person", "guardian")} - {""}
    away = named - case_file.people.keys()
    people = {**case_file.people, **(workspace.store.reader.records("person", away) if away else {})}
    return {uid: people[uid].text("birth_date") for uid in named if uid in people}


def _coded(case_file: CaseFile, entries: frozenset[str]) -> frozenset[str]:
    """Return who goes by a code: those of a referral to the recipient that says so, until the first meeting."""
    people = frozenset(member.person.uid for member in case_file.members)
    found: set[str] = set()
    for referral in case_file.referrals:
        usual = referral.text("category") in BY_CODE
        by_code = referral.yes("by_code") if "by_code" in referral.values else usual
        if by_code and not referral.text("met_on") and referral.text("provider") in entries:
            found |= {referral.text("person"), *referral.many("persons")} & people or people
    return frozenset(found)


@needs(Permission.PRINT)
def members_left_out(workspace: Workspace, case_file: CaseFile, level: str, recipient: str = "") -> tuple[Member, ...]:
    """Return the members of whom a copy will not tell, because no agreement of theirs is written down."""
    if LEVELS[level].telling is not Telling.TO_PARTNER:
        return ()
    told = told_to(workspace, case_file, level, (recipient,)).people
    return tuple(member for member in case_file.members if member.person.uid not in told)


@needs(Permission.PRINT)
def limits_of(workspace: Workspace, case_file: CaseFile, level: str, recipient: str = "") -> tuple[str, ...]:
    """Return what must not be passed on, in the words of the agreements of those of whom a copy for a partner tells."""
    told = told_to(workspace, case_file, level, (recipient,)).people
    return tuple(
        one.text("limits") for one in case_file.of_type("consent")
        if one.text("person") in told and one.text("limits") and not one.text("withdrawn_on")
    )  # fmt: skip


def check_told(workspace: Workspace, case_file: CaseFile, level: str, recipient: str = "") -> None:
    """Raise RefusedError where a copy for a partner would be about nobody."""
    asks = LEVELS[level].telling is Telling.TO_PARTNER
    if asks and not told_to(workspace, case_file, level, (recipient,)).people:
        raise RefusedError(
            N_("No agreement of the person is recorded, so nothing can be disclosed to a partner."),
            N_("Nothing was printed. Under Referrals, Consents you see who agreed to what, and what is missing."),
        )


def _recognised(workspace: Workspace, recipients: Iterable[str]) -> list[Recipient]:
    """Return each recipient whom the directory knows by name, with the entries of that name; else one that nobody knows.

    The longest name that stands whole in what was typed: “Caritas Shkodër, Ms Leka” is Caritas Shkodër and not Caritas.
    """
    named = [(_words(provider.text("name")), provider) for provider in workspace.store.reader.everything("provider")]
    found = []
    for recipient in recipients:
        typed = _words(recipient)
        there = [(name, entry) for name, entry in named if name and _stands_in(name, typed)]
        longest = max((len(name) for name, _ in there), default=0)
        meant = [entry for name, entry in there if len(name) == longest]
        if meant:
            areas = frozenset.intersection(*(frozenset(entry.many("categories")) for entry in meant))
            found.append(Recipient(frozenset(entry.uid for entry in meant), areas))
    return found or [Recipient()]


def _words(text: str) -> list[str]:
    return [plain_key(word) for word in words(text)]


def _stands_in(name: list[str], typed: list[str]) -> bool:
    return any(typed[at : at + len(name)] == name for at in range(len(typed) - len(name) + 1))
