"""Agreement decides what leaves: a withdrawal outweighs older traces, an unclear day tells less, and no order matters."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from avrr_desktop.domain.consent.agreement import (
    ALL,
    BEFORE,
    NOTHING,
    Agreement,
    Evidence,
    Group,
    Groups,
    Recipient,
    Telling,
    Withdrawal,
    elsewhere,
    may_tell,
)
from avrr_desktop.domain.consent.evidence import evidence_of
from avrr_desktop.domain.consent.referral_states import ReferralState, agreement_stands
from avrr_desktop.domain.people.dates import PartialDate, stored
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.computer import shipped_packs
from tests.support.consents import EVERYTHING, USUAL

DAY = date(2026, 6, 15)
ANA, LUKA, MARKO = "ana", "luka", "marko"
CARITAS, SHELTER = "caritas", "shelter"
BIRTHS = {ANA: "1990", LUKA: "2015-04-01", MARKO: "1985-06-15"}
TO_CARITAS, TO_SHELTER, TO_NOBODY_KNOWN = Recipient(frozenset({CARITAS})), Recipient(frozenset({SHELTER})), Recipient()
CLINIC = Recipient(frozenset({CARITAS}), frozenset({"HLT"}))
STANDING = {
    "", "draft", "consented", "sent", "acknowledged", "accepted", "service_started", "completed", "closed", "feedback_recorded"
}  # fmt: skip


def consent(**values: Value) -> Record:
    whole = {
        "person": ANA, "scope": "referral", "provider": CARITAS, "groups": USUAL, "counselled_on": "2024-01-01",
        "given_on": "2026-05-01", "method": "signature", "given_by": "self", **values,
    }  # fmt: skip
    return Record("consent", "c", {key: value for key, value in whole.items() if value not in ("", ())})


def referral(**values: Value) -> Record:
    return Record("referral", "r", {"person": ANA, "consented_on": "2026-05-01", "provider": CARITAS, **values})


def groups(*records: Record, person: str = ANA, to: Recipient = TO_CARITAS, day: date = DAY) -> Groups:
    return may_tell(evidence_of(records, BIRTHS), to, person, Telling.TO_PARTNER, day)


def told(*records: Record, person: str = ANA, to: Recipient = TO_CARITAS, day: date = DAY) -> bool:
    return groups(*records, person=person, to=to, day=day) == BEFORE


def test_every_state_of_the_pack_has_its_meaning_and_no_other_state_allows_anything() -> None:
    codes = set(shipped_packs.shipped().codes["referral_state"])
    assert {state.code for state in ReferralState} == codes
    assert {code for code in {"", *codes} if agreement_stands(code)} == STANDING
    assert {code for code in {"", *codes} if told(referral(state=code))} == STANDING
    named = consent(referral="r")
    assert {code for code in {"", *codes} if told(named, referral(state=code, consented_on=""))} == STANDING
    for unknown in ("paused", "SENT", "sent ", "withdrawn"):
        assert not told(referral(state=unknown))


def test_every_scope_and_group_of_the_pack_is_known() -> None:
    codes = shipped_packs.shipped().codes
    assert {group.value for group in Group} == set(codes["data_group"])
    sharing = {"referral", "sharing_with_partners", "sharing_with_sending_mission", "sharing_with_donor_identifiable"}
    assert {code for code in codes["consent_scope"] if told(consent(scope=code))} == sharing | {"health_data"}


@pytest.mark.parametrize("telling", [telling for telling in Telling if telling is not Telling.TO_PARTNER])
def test_only_what_goes_to_a_partner_asks(telling: Telling) -> None:
    assert may_tell(Evidence(), Recipient(), ANA, telling, DAY) == ALL
    assert may_tell(Evidence(), Recipient(), ANA, Telling.TO_PARTNER, DAY) == NOTHING


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


def test_an_agreement_allows_what_is_ticked_and_agreements_add_up() -> None:
    one, two = consent(groups=("identity", "school")), consent(groups=("need", "address"))
    assert groups(one) == {Group.IDENTITY, Group.SCHOOL}
    assert groups(one, two) == {Group.IDENTITY, Group.SCHOOL, Group.NEED, Group.ADDRESS}
    assert groups(consent(groups=())) == NOTHING == groups(consent(groups=("everything",)))


def test_an_agreement_is_for_its_partner_and_without_one_only_for_whomever_where_it_says_so() -> None:
    assert told(consent()) and not told(consent(), to=TO_SHELTER) and not told(consent(), to=TO_NOBODY_KNOWN)
    for scope in ("referral", "", "health_data", "sharing_with_sending_mission", "sharing_with_donor_identifiable"):
        assert groups(consent(scope=scope, provider="")) == NOTHING, scope
    anybody = consent(scope="sharing_with_partners", provider="")
    assert all(told(anybody, to=to) for to in (TO_CARITAS, TO_SHELTER, TO_NOBODY_KNOWN))
    assert not told(consent(scope="sharing_with_partners"), to=TO_NOBODY_KNOWN), "it names a partner"


def test_health_is_told_to_who_works_in_health_and_to_nobody_else() -> None:
    for ticked in (consent(groups=EVERYTHING), consent(scope="health_data")):
        assert Group.HEALTH not in groups(ticked)
        assert Group.HEALTH in groups(ticked, to=CLINIC)
    assert Group.HEALTH not in groups(consent(), to=CLINIC), "it was not agreed to"
    assert Group.HEALTH not in groups(referral(), to=CLINIC), "nor by what is of an older version"
    anybody = consent(scope="sharing_with_partners", provider="", groups=EVERYTHING)
    assert groups(anybody, to=TO_NOBODY_KNOWN) == ALL - {Group.HEALTH}


def test_an_agreement_for_a_referral_is_for_that_one_alone() -> None:
    named, there = consent(referral="r", provider=""), referral(consented_on="")
    assert told(named, there) and not told(named), "a referral that is not there is none"
    assert not told(consent(referral="r", provider=SHELTER), there, to=TO_SHELTER)
    assert told(named, there, to=Recipient(frozenset({CARITAS}), referral="r"))
    assert not told(named, there, to=Recipient(frozenset({CARITAS}), referral="another"))
    assert told(consent(), to=Recipient(frozenset({CARITAS}), referral="another"))


def test_what_a_referral_of_an_older_version_says_counts_for_its_partner_until_it_is_confirmed() -> None:
    assert groups(referral()) == BEFORE and Group.HEALTH not in BEFORE
    assert not told(referral(), to=TO_SHELTER) and not told(referral(), to=TO_NOBODY_KNOWN)
    assert not told(referral(provider=""), to=TO_NOBODY_KNOWN)
    assert not told(referral(), to=Recipient(frozenset({CARITAS}), referral="another"))
    assert groups(referral(), consent(referral="r", groups=("need",))) == {Group.NEED}
    assert groups(referral(), consent(referral="r", counselled_on="")) == NOTHING, "somebody began to confirm it"
    assert not told(referral(person=LUKA), person=LUKA), "a child did not agree alone"


@pytest.mark.parametrize(
    "old", [{}, {"scope": ""}, {"scope": "referrals"}, {"scope": "sharing with partners"}, {"scope": "partner"}]
)
def test_a_consent_of_an_older_version_opens_no_way_out(old: dict[str, Value]) -> None:
    older = consent(**{"groups": (), "counselled_on": "", "provider": "", **old})
    assert all(groups(older, to=to) == NOTHING for to in (TO_CARITAS, TO_NOBODY_KNOWN))


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("photo_testimony", False), ("photo", False), ("media", False), ("story", False), ("referral-internal", False),
        ("data_processing", False), ("community_data", False), ("no referral", False), ("follow_up_contact", False),
    ],
)  # fmt: skip
def test_a_consent_for_something_else_is_none_for_sharing(scope: str, allowed: bool) -> None:
    assert told(consent(scope=scope)) is allowed


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("", False), ("referral", False), ("everything", False), ("data_processing", False), ("photo", True), ("media", True),
        ("photo_testimony", True), ("sharing_with_sending_mission", True), ("health_data", True),
    ],
)  # fmt: skip
def test_a_withdrawal_covers_what_it_names_and_all_where_that_is_not_known(scope: str, allowed: bool) -> None:
    taken = consent(scope=scope, withdrawn_on="2026-06-10", provider="", groups=())
    assert told(consent(), taken) is allowed


def test_who_takes_health_back_takes_nothing_else() -> None:
    taken = consent(scope="health_data", withdrawn_on="2026-06-10", groups=())
    assert groups(consent(groups=EVERYTHING), taken, to=CLINIC) == ALL - {Group.HEALTH}


def test_a_withdrawal_from_one_partner_leaves_the_others() -> None:
    taken = consent(withdrawn_on="2026-06-10")
    anybody = consent(scope="sharing_with_partners", provider="")
    assert not told(anybody, taken) and told(anybody, taken, to=TO_SHELTER)
    assert not told(anybody, taken, to=TO_NOBODY_KNOWN), "nobody knows that it is not that partner"


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
    assert told(consent()) and not told(consent(), person=MARKO)
    assert not told(referral(), person=MARKO)
    assert told(consent(), consent(person=MARKO, withdrawn_on="2026-06-10"))
    assert not told(consent(), consent(person="", withdrawn_on="2026-06-10"))
    assert not told(consent(person=""), person=MARKO), "a consent that names nobody is nobody's"
    assert told(referral(person=""), person=MARKO), "a referral that names nobody was agreed to for all of the case"


def test_a_referral_whose_agreement_was_withdrawn_speaks_against_its_partner() -> None:
    void = referral(state="withdrawn_consent", sent_on="2026-05-03")
    anybody = consent(scope="sharing_with_partners", provider="")
    assert not told(void, anybody) and told(void, anybody, to=TO_SHELTER)
    assert not told(void, anybody, to=TO_NOBODY_KNOWN), "nobody knows that it is not for that partner"
    assert told(void, consent(given_on="2026-05-04"))
    assert not told(
        referral(state="withdrawn_consent", sent_on="2026-05-03", ended_on="2026-06-01"), consent(given_on="2026-05-04")
    )
    assert not told(referral(state="withdrawn_consent", consented_on=""), consent())


def test_where_two_people_wrote_different_things_the_one_that_tells_less_holds() -> None:
    def torn(**conflicts: tuple[Value | None, ...]) -> Record:
        return consent()._replace(conflicts=conflicts)

    assert not told(torn(withdrawn_on=(None, "2026-06-10")))
    assert not told(referral(state="sent")._replace(conflicts={"state": ("sent", "cancelled")}))
    assert not told(torn(given_on=("2026-05-01", "2026-07-01")))
    assert not told(torn(person=(ANA, MARKO)))
    assert not told(torn(scope=("referral", "photo")))
    assert not told(torn(provider=(CARITAS, SHELTER)))
    assert not told(torn(counselled_on=("2026-05-01", None)))
    assert not told(torn(method=("signature", "oral_with_witness")))
    assert groups(torn(groups=(USUAL, ("need", "address")))) == {Group.NEED}
    assert told(torn(remarks=("one", "two")))
    many = {key: tuple(f"{number}" for number in range(9)) for key in ("language", "interpreter", "purpose")}
    assert not told(torn(**many), consent(given_on="2026-06-01")), "so torn a record may be a withdrawal"


def test_another_case_gives_what_names_the_person_and_takes_what_may_mean_them() -> None:
    there = evidence_of([consent(person=""), referral(person=MARKO)], BIRTHS)
    assert may_tell(elsewhere(there, member_of=True, person=ANA), TO_CARITAS, ANA, Telling.TO_PARTNER, DAY) == NOTHING
    assert (
        may_tell(elsewhere(there, member_of=False, person=MARKO), TO_CARITAS, MARKO, Telling.TO_PARTNER, DAY) == BEFORE
    )
    back = evidence_of([consent(person="", withdrawn_on="2026-06-01")], BIRTHS)
    for member_of, allowed in ((True, NOTHING), (False, BEFORE)):
        both = evidence_of([consent()], BIRTHS) | elsewhere(back, member_of=member_of, person=ANA)
        assert may_tell(both, TO_CARITAS, ANA, Telling.TO_PARTNER, DAY) == allowed


days = some.one_of(
    some.dates(date(2024, 1, 1), date(2027, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    some.builds(PartialDate, some.integers(2024, 2027), some.integers(1, 12), some.just(0), some.booleans()),
    some.builds(PartialDate, some.integers(2024, 2027), some.just(0), some.just(0), some.booleans()),
)
people, providers = some.sampled_from(["", ANA, LUKA, MARKO]), some.sampled_from(["", CARITAS, SHELTER])
some_groups = some.frozensets(some.sampled_from(list(Group)))
agreements = some.builds(
    Agreement, people, days, some_groups, providers, some.sampled_from(["", "r"]), some.none() | days
)
withdrawals = some.builds(Withdrawal, people, some.none() | days, providers, some_groups)
evidence = some.builds(Evidence, some.frozensets(agreements, max_size=6), some.frozensets(withdrawals, max_size=4))
recipients = some.builds(
    Recipient, some.frozensets(some.sampled_from([CARITAS, SHELTER])), some.frozensets(some.sampled_from(["HLT", "EDU", "GBV"])),
    some.sampled_from(["", "r", "other"]),
)  # fmt: skip
dates = some.dates(date(2024, 1, 1), date(2028, 1, 1))
written_days = some.just("") | days.map(str) | some.text(max_size=3)
records = some.lists(
    some.one_of(
        some.builds(
            lambda uid, **values: Record("consent", uid, {key: one for key, one in values.items() if one not in ("", ())}),
            some.sampled_from(["c1", "c2", "c3"]), person=people, provider=providers, referral=some.sampled_from(["", "r1"]),
            scope=some.sampled_from(["", "referral", "photo", "sharing_with_partners", "health_data", "x"]), given_on=written_days,
            counselled_on=written_days, withdrawn_on=some.just("") | written_days, given_by=some.sampled_from(["self", "guardian", "authority", ""]),
            guardian=people, giver_name=some.sampled_from(["", "Centar za socijalni rad"]), method=some.sampled_from(["signature", "oral_with_witness"]),
            witness=some.sampled_from(["", "Vesna"]), capacity=some.sampled_from(["assumed", "doubted", "statement_held"]),
            capacity_paper=some.sampled_from(["", "p"]), groups=some.lists(some.sampled_from(EVERYTHING), max_size=8).map(tuple),
        ),
        some.builds(
            lambda uid, **values: Record("referral", uid, values), some.sampled_from(["r1", "r2"]), person=people, provider=providers,
            state=some.sampled_from([state.code for state in ReferralState]) | some.text(max_size=3), consented_on=written_days,
        ),
    ),
    max_size=8, unique_by=lambda record: record.uid,
)  # fmt: skip


@given(evidence, withdrawals, recipients, dates)
def test_one_withdrawal_more_never_tells_more(held: Evidence, more: Withdrawal, to: Recipient, day: date) -> None:
    before = may_tell(held, to, ANA, Telling.TO_PARTNER, day)
    assert may_tell(held | Evidence(withdrawn=frozenset({more})), to, ANA, Telling.TO_PARTNER, day) <= before


@given(evidence, recipients, dates)
def test_nothing_is_told_after_a_withdrawal_that_is_later_than_all_agreements(
    held: Evidence, to: Recipient, day: date
) -> None:
    latest = max((one.given.last() for one in held.given), default=date(2024, 1, 1))
    after = Withdrawal(ANA, PartialDate(latest.year, latest.month, latest.day))
    withdrawn = held | Evidence(withdrawn=frozenset({after}))
    assert may_tell(withdrawn, to, ANA, Telling.TO_PARTNER, day) == NOTHING


@given(evidence, recipients, dates)
def test_nothing_is_told_that_no_agreement_for_that_recipient_allows(held: Evidence, to: Recipient, day: date) -> None:
    allowed = [one.groups for one in held.given if not one.provider or one.provider in to.entries]
    found = may_tell(held, to, ANA, Telling.TO_PARTNER, day)
    assert found <= frozenset().union(*allowed)
    assert Group.HEALTH not in found or to.areas & {"HLT", "MHPSS"}


@given(records, some.randoms(use_true_random=False), recipients, dates)
def test_the_order_of_records_never_matters(
    held: list[Record], chance: random.Random, to: Recipient, day: date
) -> None:
    mixed = list(held)
    chance.shuffle(mixed)
    assert evidence_of(mixed, BIRTHS) == evidence_of(held, BIRTHS)


@given(records, recipients, dates)
def test_nothing_is_told_without_a_record_that_says_so_and_keeps_every_guard(
    held: list[Record], to: Recipient, day: date
) -> None:
    for person in (ANA, LUKA):
        if may_tell(evidence_of(held, BIRTHS), to, person, Telling.TO_PARTNER, day):
            assert any(_says_so(record, person, day) for record in held)


def _says_so(record: Record, person: str, day: date) -> bool:
    """Return whether a record is by itself an agreement of a person, said in other words than the program does."""
    given_on = stored(record.text("given_on") or record.text("consented_on"))
    if given_on is None or given_on.last() > day or record.text("person") not in ("", person):
        return False
    if record.type == "referral":
        return record.text("person") != LUKA and bool(record.text("provider"))
    by = record.text("given_by")
    spoken_for = by in ("guardian", "authority") or (
        record.text("capacity") == "statement_held" and bool(record.text("capacity_paper"))
    )
    alone = person != LUKA and record.text("capacity") not in ("doubted", "statement_held")
    heard = record.text("method") != "oral_with_witness" or bool(record.text("witness"))
    return (
        heard
        and stored(record.text("counselled_on")) is not None
        and (spoken_for or alone)
        and record.text("person") == person
    )
