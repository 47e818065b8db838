"""Agreement decides what leaves: a withdrawal outweighs older traces, an unclear day tells less, and no order matters."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from avrr_desktop.domain.consent.agreement import (
    ALL,
    NOTHING,
    Agreement,
    Evidence,
    Telling,
    Withdrawal,
    elsewhere,
    evidence_of,
    may_tell,
)
from avrr_desktop.domain.consent.referral_states import ReferralState, agreement_stands
from avrr_desktop.domain.people.dates import PartialDate, stored
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.computer import shipped_packs

DAY = date(2026, 6, 15)
ANA, LUKA = "ana", "luka"
CARITAS, SHELTER = "caritas", "shelter"
STANDING = {
    "", "draft", "consented", "sent", "acknowledged", "accepted", "service_started", "completed", "closed", "feedback_recorded"
}  # fmt: skip


def consent(**values: Value) -> Record:
    return Record("consent", "c", {"person": ANA, "given_on": "2026-05-01", **values})


def referral(**values: Value) -> Record:
    return Record("referral", "r", {"person": ANA, "consented_on": "2026-05-01", "provider": CARITAS, **values})


def told(*records: Record, person: str = ANA, partners: frozenset[str] = frozenset(), day: date = DAY) -> bool:
    return may_tell(evidence_of(records), partners, person, Telling.TO_PARTNER, day) == ALL


def test_every_state_of_the_pack_has_its_meaning_and_no_other_state_allows_anything() -> None:
    codes = set(shipped_packs.shipped().codes["referral_state"])
    assert {state.code for state in ReferralState} == codes
    assert {code for code in {"", *codes} if agreement_stands(code)} == STANDING
    assert {code for code in {"", *codes} if told(referral(state=code))} == STANDING
    for unknown in ("paused", "SENT", "sent ", "withdrawn"):
        assert not told(referral(state=unknown))


@pytest.mark.parametrize("telling", [telling for telling in Telling if telling is not Telling.TO_PARTNER])
def test_only_what_goes_to_a_partner_asks(telling: Telling) -> None:
    assert may_tell(Evidence(), frozenset(), ANA, telling, DAY) == ALL
    assert may_tell(Evidence(), frozenset(), ANA, Telling.TO_PARTNER, DAY) == NOTHING


@pytest.mark.parametrize(
    ("given_on", "allowed"),
    [
        ("2026-06-15", True), ("2026-06-14", True), ("2026-05", True), ("2025", True), ("2025~", True), ("2026-06-16", False),
        ("2026-06", False), ("2026", False), ("2026~", False), ("2027", False), ("2027-05-01", False), ("", False), ("soon", False),
        ("2026-02-30", False),
    ],
)  # fmt: skip
def test_an_agreement_that_may_not_have_begun_yet_allows_nothing(given_on: str, allowed: bool) -> None:
    assert told(consent(given_on=given_on)) is allowed
    assert told(referral(consented_on=given_on)) is allowed


@pytest.mark.parametrize(
    ("expires_on", "allowed"),
    [
        ("", True), ("2026-06-15", True), ("2026-06-14", False), ("2026-06", True), ("2026-05", False), ("2026", True),
        ("2025", False), ("2026~", False), ("2027~", True), ("for ever", False),
    ],
)  # fmt: skip
def test_an_agreement_holds_until_its_end_is_over(expires_on: str, allowed: bool) -> None:
    assert told(consent(expires_on=expires_on)) is allowed


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("", True), ("referral", True), ("Referrals", True), ("sharing_with_partner", True), (" sharing  with partners ", True),
        ("photo", False), ("photo_testimony", False), ("media", False), ("story", False), ("referral-internal", False),
        ("referral internal", False), ("data_processing", False), ("health_data", False), ("no referral", False),
    ],
)  # fmt: skip
def test_a_consent_for_something_else_is_none_for_sharing(scope: str, allowed: bool) -> None:
    assert told(consent(scope=scope)) is allowed


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("", False),
        ("referral", False),
        ("everything", False),
        ("data_processing", False),
        ("photo", True),
        ("media", True),
    ],
)
def test_a_withdrawal_covers_what_it_names_and_all_where_that_is_not_known(scope: str, allowed: bool) -> None:
    assert told(consent(), consent(scope=scope, withdrawn_on="2026-06-10")) is allowed


@pytest.mark.parametrize(
    ("again", "withdrawn", "allowed"),
    [
        ("2026-06-11", "2026-06-10", True), ("2026-06-10", "2026-06-10", False), ("2026-06-09", "2026-06-10", False),
        ("2026-06-11", "2026-06", False), ("2026-06-11", "2026", False), ("2026-06-11", "2026-05", True),
        ("2026-05", "2026-05-20", False), ("2026-05", "2026-04-30", True), ("2026-06-11", "some day", False),
        ("2026-06-11", "2027-01-01", False), ("2025", "2024~", True),
    ],
)  # fmt: skip
def test_only_an_agreement_that_is_later_for_sure_counts_again(again: str, withdrawn: str, allowed: bool) -> None:
    taken_back = consent(given_on="2024-01-01", withdrawn_on=withdrawn)
    assert told(taken_back, consent(given_on=again)) is allowed
    assert told(taken_back, referral(consented_on=again, state="completed")) is allowed
    assert not told(consent(given_on=again, withdrawn_on=withdrawn)), "the same record never counts again"


def test_the_agreement_of_one_is_not_that_of_another_and_a_withdrawal_without_a_name_is_everybodys() -> None:
    assert told(consent()) and not told(consent(), person=LUKA)
    assert not told(referral(), person=LUKA)
    assert told(consent(), consent(person=LUKA, withdrawn_on="2026-06-10"))
    assert not told(consent(), consent(person="", withdrawn_on="2026-06-10"))
    assert not told(consent(person=""), person=LUKA), "a consent that names nobody is nobody's"
    assert told(referral(person=""), person=LUKA), "a referral that names nobody was agreed to for all of the case"


def test_a_referral_speaks_to_its_own_partner() -> None:
    assert told(referral(), partners=frozenset({CARITAS}))
    assert not told(referral(), partners=frozenset({SHELTER}))
    assert not told(referral(provider=""), partners=frozenset({SHELTER}))
    assert told(consent(), partners=frozenset({SHELTER}))


def test_a_referral_whose_agreement_was_withdrawn_speaks_against_its_partner() -> None:
    void = referral(state="withdrawn_consent", sent_on="2026-05-03")
    assert not told(void, consent(), partners=frozenset({CARITAS}))
    assert told(void, consent(), partners=frozenset({SHELTER}))
    assert not told(void, consent()), "nobody knows that it is not for that partner"
    assert told(void, consent(given_on="2026-05-04"), partners=frozenset({CARITAS}))
    assert not told(referral(state="withdrawn_consent", consented_on=""), consent(), partners=frozenset({CARITAS}))


def test_where_two_people_wrote_different_things_the_one_that_tells_less_holds() -> None:
    assert not told(consent()._replace(conflicts={"withdrawn_on": (None, "2026-06-10")}))
    assert not told(referral(state="sent")._replace(conflicts={"state": ("sent", "cancelled")}))
    assert not told(consent()._replace(conflicts={"given_on": ("2026-05-01", "2026-07-01")}))
    assert not told(consent()._replace(conflicts={"person": (ANA, LUKA)}))
    assert not told(consent()._replace(conflicts={"scope": ("referral", "photo")}))


def test_another_case_gives_what_names_the_person_and_takes_what_may_mean_them() -> None:
    there = evidence_of([consent(person=""), referral(person=LUKA)])
    assert may_tell(elsewhere(there, member_of=True, person=ANA), frozenset(), ANA, Telling.TO_PARTNER, DAY) == NOTHING
    assert may_tell(elsewhere(there, member_of=False, person=LUKA), frozenset(), LUKA, Telling.TO_PARTNER, DAY) == ALL
    back = evidence_of([consent(person="", withdrawn_on="2026-06-01")])
    for member_of, allowed in ((True, NOTHING), (False, ALL)):
        both = evidence_of([consent()]) | elsewhere(back, member_of=member_of, person=ANA)
        assert may_tell(both, frozenset(), ANA, Telling.TO_PARTNER, DAY) == allowed


days = some.one_of(
    some.dates(date(2024, 1, 1), date(2027, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    some.builds(PartialDate, some.integers(2024, 2027), some.integers(1, 12), some.just(0), some.booleans()),
    some.builds(PartialDate, some.integers(2024, 2027), some.just(0), some.just(0), some.booleans()),
)
people, providers = some.sampled_from(["", ANA, LUKA]), some.sampled_from(["", CARITAS, SHELTER])
agreements = some.builds(Agreement, people, days, providers, some.booleans(), some.none() | days)
withdrawals = some.builds(Withdrawal, people, some.none() | days, providers)
evidence = some.builds(Evidence, some.frozensets(agreements, max_size=6), some.frozensets(withdrawals, max_size=4))
recipients = some.frozensets(some.sampled_from([CARITAS, SHELTER]))
dates = some.dates(date(2024, 1, 1), date(2028, 1, 1))
records = some.lists(
    some.one_of(
        some.builds(
            lambda **values: Record("consent", "c", values), person=people, scope=some.sampled_from(["", "referral", "photo", "x"]),
            given_on=days.map(str) | some.text(max_size=3), withdrawn_on=some.just("") | days.map(str) | some.text(max_size=3),
        ),
        some.builds(
            lambda **values: Record("referral", "r", values), person=people, provider=providers,
            state=some.sampled_from([state.code for state in ReferralState]) | some.text(max_size=3),
            consented_on=some.just("") | days.map(str) | some.text(max_size=3),
        ),
    ),
    max_size=8,
)  # fmt: skip


@given(evidence, withdrawals, recipients, dates)
def test_one_withdrawal_more_never_tells_more(held: Evidence, more: Withdrawal, to: frozenset[str], day: date) -> None:
    before = may_tell(held, to, ANA, Telling.TO_PARTNER, day)
    assert may_tell(held | Evidence(withdrawn=frozenset({more})), to, ANA, Telling.TO_PARTNER, day) <= before


@given(evidence, recipients, dates)
def test_nothing_is_told_after_a_withdrawal_that_is_later_than_all_agreements(
    held: Evidence, to: frozenset[str], day: date
) -> None:
    latest = max((one.given.last() for one in held.given), default=date(2024, 1, 1))
    after = Withdrawal(ANA, PartialDate(latest.year, latest.month, latest.day))
    withdrawn = held | Evidence(withdrawn=frozenset({after}))
    assert may_tell(withdrawn, to, ANA, Telling.TO_PARTNER, day) == NOTHING


@given(records, some.randoms(use_true_random=False), recipients, dates)
def test_the_order_of_records_never_matters(
    held: list[Record], chance: random.Random, to: frozenset[str], day: date
) -> None:
    mixed = list(held)
    chance.shuffle(mixed)
    assert evidence_of(mixed) == evidence_of(held)
    assert may_tell(evidence_of(mixed), to, ANA, Telling.TO_PARTNER, day) == may_tell(
        evidence_of(held), to, ANA, Telling.TO_PARTNER, day
    )


@given(records, dates)
def test_nothing_is_told_without_a_record_that_says_so_by_its_day(held: list[Record], day: date) -> None:
    if may_tell(evidence_of(held), frozenset(), ANA, Telling.TO_PARTNER, day):
        said = [stored(record.text("given_on") or record.text("consented_on")) for record in held]
        assert any(one is not None and one.last() <= day for one in said)
