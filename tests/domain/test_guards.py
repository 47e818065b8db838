"""What an agreement needs before it counts, and what a partner's copy holds of what was agreed to."""

from datetime import date

import pytest

from avrr_desktop.domain.consent.agreement import Group, Recipient, Telling, may_tell
from avrr_desktop.domain.consent.data_groups import FIELDS
from avrr_desktop.domain.consent.evidence import evidence_of
from avrr_desktop.domain.consent.guards import asks_child, broken_guards, was_adult
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY

DAY = date(2026, 7, 1)
BIRTHS = {
    "adult": "1990",
    "child": "2015-04-01",
    "eighteen": "2008-06-01",
    "unclear": "2008",
    "unknown": "",
    "father": "1985",
}


def consent(person: str = "adult", **values: Value) -> Record:
    whole = {
        "person": person, "scope": "sharing_with_partners", "groups": ("identity",), "counselled_on": "2026-06-01",
        "given_on": "2026-06-01", "method": "signature", "given_by": "self", **values,
    }  # fmt: skip
    return Record("consent", "c", {key: value for key, value in whole.items() if value not in ("", ())})


def broken(one: Record) -> set[str]:
    return {field for _, field, _ in broken_guards(one, BIRTHS)}


@pytest.mark.parametrize(
    ("one", "fields"),
    [
        (consent(), set()),
        (consent(counselled_on=""), {"counselled_on"}),
        (consent(counselled_on="2026-06-02"), {"counselled_on"}),
        (consent(counselled_on="2026-05-31"), set()),
        (consent(counselled_on="2026-06"), {"counselled_on"}),
        (consent(counselled_on="2026-06", given_on="2026-06"), set()),
        (consent(given_on=""), {"given_on", "given_by"}),
        (consent(method="oral_with_witness"), {"witness"}),
        (consent(method="oral_with_witness", witness="Vesna Ilić"), set()),
        (consent("child"), {"given_by"}),
        (consent("unclear"), {"given_by"}),
        (consent("unknown"), {"given_by"}),
        (consent("eighteen"), set()),
        (consent("eighteen", counselled_on="2026-05-01", given_on="2026-05-31"), {"given_by"}),
        (consent("child", given_by="guardian"), {"guardian"}),
        (consent("child", given_by="guardian", guardian="father"), set()),
        (consent("child", given_by="guardian", giver_name="Stana Ilić, aunt"), set()),
        (consent("child", given_by="guardian", guardian="child"), {"guardian"}),
        (consent("child", given_by="guardian", guardian="unclear"), {"guardian"}),
        (consent("child", given_by="authority"), {"giver_name"}),
        (consent("child", given_by="authority", giver_name="Centar za socijalni rad"), set()),
        (consent("child", capacity="statement_held", capacity_paper="p"), set()),
        (consent(capacity="doubted"), {"capacity_paper"}),
        (consent(capacity="statement_held"), {"capacity_paper"}),
        (consent(capacity="statement_held", capacity_paper="p"), set()),
        (consent(capacity="doubted", given_by="guardian", guardian="father"), set()),
    ],
)  # fmt: skip
def test_an_agreement_that_breaks_a_guard_allows_nothing(one: Record, fields: set[str]) -> None:
    assert broken(one) == fields
    told = may_tell(evidence_of([one], BIRTHS), Recipient(), one.text("person"), Telling.TO_PARTNER, DAY)
    assert bool(told) is not bool(fields)


@pytest.mark.parametrize(
    ("birth", "day", "adult"),
    [
        ("2008-06-15", "2026-06-15", True), ("2008-06-16", "2026-06-15", False), ("2008", "2026-12-31", True), ("2008", "2026-12-30", False),
        ("2008-06", "2026-06", False), ("2007", "2026", True), ("2008-02-29", "2026-02-28", False), ("2008-02-29", "2026-03-01", True),
        ("", "2026-06-15", None), ("2008", "", None),
    ],
)  # fmt: skip
def test_who_may_have_been_younger_was_not_of_age(birth: str, day: str, adult: bool | None) -> None:
    assert was_adult(birth, day) is adult


@pytest.mark.parametrize(
    ("birth", "asked"), [("2014-06-01", True), ("2014-06-02", False), ("2008-01-01", False), ("", False)]
)
def test_a_child_who_can_say_so_is_asked_and_nothing_depends_on_it(birth: str, asked: bool) -> None:
    one = consent("child", given_by="guardian", guardian="father")
    assert asks_child(one, birth, 12, DAY) is asked
    assert not asks_child(consent("child", child_agrees=False), birth, 12, DAY)


def test_each_group_has_its_fields_and_no_number_or_long_text_is_in_any() -> None:
    declared = {(kind, key) for kind, fields in FIELDS.items() for key in fields}
    assert [one for one in declared if not BY_KEY[one[0]].has(one[1])] == []
    kinds = {BY_KEY[kind].field(key).kind for kind, key in declared}
    assert kinds.isdisjoint({Kind.LONG_TEXT, Kind.NUMBER_OF_PAPER})
    used = {group for fields in FIELDS.values() for group in fields.values() if group}
    assert used == set(Group)
    for never in (
        "citizenship",
        "birth_place",
        "national_number",
        "other_numbers",
        "father_name",
        "marital_status",
        "remarks",
    ):
        assert never not in FIELDS["person"]
    assert {"host_country", "legal_status_before_return", "story", "return_type"}.isdisjoint(FIELDS["case"])
