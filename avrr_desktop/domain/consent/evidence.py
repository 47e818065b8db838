"""Reads agreements and withdrawals out of the consents and referrals of a case.

Where two people wrote different values, each reading is looked at: what every reading allows is allowed, and what one takes
back is taken back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from avrr_desktop.domain.consent.agreement import ALL, BEFORE, NOTHING, Agreement, Evidence, Group, Groups, Withdrawal
from avrr_desktop.domain.consent.guards import Births, broken_guards, was_adult
from avrr_desktop.domain.consent.referral_states import ReferralState, agreement_stands
from avrr_desktop.domain.people.dates import PartialDate, stored
from avrr_desktop.domain.records.fields import Record, Value

REFERRAL, HEALTH, ANYBODY = "referral", "health_data", "sharing_with_partners"
# Codes of the list ``consent_scope``: those that let the named partner be told something, and those that speak of something else.
SHARING = frozenset({REFERRAL, HEALTH, ANYBODY, "sharing_with_sending_mission", "sharing_with_donor_identifiable"})
_OTHER = frozenset({
    "photo", "photos", "photo_testimony", "testimony", "media", "story", "stories", "publication", "community_data",
    "follow_up_contact", "follow_up", "fee_payment_on_behalf", "power_of_attorney_noted",
})  # fmt: skip  # some as they were typed before there was a list
_OF_ONE = frozenset(
    {"sharing_with_sending_mission", "sharing_with_donor_identifiable"}
)  # nothing without the partner who is meant
_READINGS = 64  # of one record; more than that, and nothing of it is believed


def evidence_of(records: Iterable[Record], births: Births) -> Evidence:
    """Return what consents and referrals of one case say; other records say nothing. ``births``: of the people named in them."""
    records = list(records)
    referrals = {one.uid: one for one in records if one.type == "referral"}
    consents = [one for one in records if one.type == "consent"]
    confirmed = {str(uid) for one in consents for uid in _standing(one, "referral") if uid}
    found = Evidence()
    for consent in consents:
        found |= _believed([_of_consent(one, referrals, births) for one in _readings(consent)])
    for uid, referral in referrals.items():
        said = _believed([_of_referral(one, births) for one in _readings(referral)])
        found |= Evidence(withdrawn=said.withdrawn) if uid in confirmed else said
    return found


def agreed_before(referral: Record) -> bool:
    """Return whether a referral holds an agreement as they were written before there were consents that name what they allow."""
    return bool(referral.text("consented_on")) and agreement_stands(referral.text("state"))


def is_old(consent: Record) -> bool:
    """Return whether a consent says nothing of what may be shared, as before it could: it allows nothing until it is confirmed."""
    sharing = not _scope(consent) or _scope(consent) not in _OTHER | {"data_processing"}
    return sharing and not consent.many("groups") and not consent.text("counselled_on")


def allowed_by(consent: Record) -> Groups:
    """Return the groups that a consent ticks, health with its own scope; of one that speaks of something else, none."""
    if _scope(consent) not in SHARING:
        return NOTHING
    ticked = frozenset(group for group in Group if group.value in consent.many("groups"))
    return ticked | {Group.HEALTH} if _scope(consent) == HEALTH else ticked


def _of_consent(consent: Record, referrals: Mapping[str, Record], births: Births) -> Evidence:
    person, groups = consent.text("person"), allowed_by(consent)
    referral = referrals.get(consent.text("referral"))
    provider = consent.text("provider") or (referral.text("provider") if referral else "")
    if consent.text("withdrawn_on"):
        if _scope(consent) in _OTHER or (_scope(consent) in _OF_ONE and not provider):
            return Evidence()
        taken = groups | {Group.HEALTH} if _scope(consent) == HEALTH else ALL
        return Evidence(
            withdrawn=frozenset({Withdrawal(person, stored(consent.text("withdrawn_on")), provider, taken)})
        )
    given, until = stored(consent.text("given_on")), stored(consent.text("expires_on"))
    unclear = given is None or (until is None and consent.text("expires_on")) or not person
    if given is None or unclear or not groups or any(broken_guards(consent, births)):
        return Evidence()
    if consent.text("referral") and not _is_for(referral, provider):
        return Evidence()
    if not provider and _scope(consent) != ANYBODY:
        return Evidence()
    return Evidence(
        frozenset({Agreement(person, given, groups, provider, referral=consent.text("referral"), until=until)})
    )


def _is_for(referral: Record | None, provider: str) -> bool:
    """Return whether a referral is there, goes to this partner alone, and there is still something to be told for."""
    if referral is None or not provider:
        return False
    stands = all(agreement_stands(str(state or "")) for state in _standing(referral, "state") or {""})
    return stands and {str(one or "") for one in _standing(referral, "provider")} == {provider}


def _of_referral(referral: Record, births: Births) -> Evidence:
    """Return what a referral said of an agreement before agreements were records of their own: for this partner and nobody else."""
    person, provider, agreed = referral.text("person"), referral.text("provider"), referral.text("consented_on")
    if referral.text("state") == ReferralState.WITHDRAWN_CONSENT.code:
        written = [referral.text(key) for key in ("consented_on", "sent_on", "answered_on", "ended_on")]
        days = [stored(day) for day in written if day]
        latest = None if None in days else max((day for day in days if day), key=PartialDate.last, default=None)
        return Evidence(withdrawn=frozenset({Withdrawal(person, latest, provider)}))
    given = stored(agreed)
    child = was_adult(births.get(person, ""), agreed) is False
    if given is None or not provider or child or not agreement_stands(referral.text("state")):
        return Evidence()
    return Evidence(frozenset({Agreement(person, given, BEFORE, provider, referral=referral.uid)}))


def _believed(readings: list[Evidence]) -> Evidence:
    """Return what every reading of one record allows, and all that any of them takes back."""
    withdrawn = frozenset(one for reading in readings for one in reading.withdrawn)
    given = [one for reading in readings for one in reading.given]
    alike = len({(one.person, one.provider, one.referral) for one in given}) == 1
    if not alike or len(given) < len(readings):
        return Evidence(withdrawn=withdrawn)
    latest = max((one.given for one in given), key=PartialDate.last)
    until = min((one.until for one in given if one.until), key=PartialDate.first, default=None)
    groups = frozenset.intersection(*(one.groups for one in given))
    first = given[0]
    whole = replace(first, given=latest, groups=groups, until=until)
    return Evidence(frozenset({whole}) if groups else frozenset(), withdrawn)


def _readings(record: Record) -> list[Record]:
    """Return a record once for each choice among the values that stand in it; one that is taken back where they are too many."""
    torn = [key for key in record.conflicts or {} if key != "remarks"]
    if not torn:
        return [record]
    choices: Iterator[tuple[Value | None, ...]] = product(*(_standing(record, key) for key in torn))
    found = [_with(record, dict(zip(torn, values, strict=True))) for values in islice(choices, _READINGS + 1)]
    if len(found) <= _READINGS:
        return found
    unknown = {"withdrawn_on": "?"} if record.type == "consent" else {"state": ReferralState.WITHDRAWN_CONSENT.code}
    return [_with(record, unknown)]


def _with(record: Record, chosen: Mapping[str, Value | None]) -> Record:
    values = {key: value for key, value in {**record.values, **chosen}.items() if value is not None}
    return record._replace(values=values, conflicts=None)


def _standing(record: Record, key: str) -> set[Value | None]:
    """Return the value of a field, or all that stand in it where two people wrote different ones."""
    both = (record.conflicts or {}).get(key, ())
    return {record.values.get(key), *both} if key in record.values or both else set()


def _scope(consent: Record) -> str:
    """Return the code of what a consent is for; one that says nothing is for a referral, as most are."""
    return "_".join(consent.text("scope").casefold().replace("-", " ").replace("_", " ").split()) or REFERRAL
