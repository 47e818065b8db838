"""What a case counts for: borders, members by date, what cannot be placed; every precision of a date at every border."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.domain.case.case_states import CaseStatus, ClosureReason
from avrr_desktop.domain.case.figures import CaseFacts, Period, is_there, tally
from avrr_desktop.domain.people.dates import span_of

FIRST_HALF = Period(date(2026, 1, 1), date(2026, 7, 1))
SECOND_HALF = Period(date(2026, 7, 1), date(2027, 1, 1))
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def case(opened_on: str = "2026-03-05", **values: object) -> CaseFacts:
    facts: dict[str, object] = {
        "uid": "c", "number": "RS-TIR-2026-AB-0001", "opened_on": opened_on, "country": "RS", "direction": "", "programme": "",
        "status": "open", "closure_reason": "", "withdrawn": False, "stays": (("", ""),), **values,
    }  # fmt: skip
    return CaseFacts(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opened_on", "first_half", "second_half", "year"),
    [
        ("2026-07", (0, 0), (1, 0), (1, 0)),
        ("2026-06", (1, 0), (0, 0), (1, 0)),
        ("2026-06-30~", (1, 0), (0, 0), (1, 0)),
        ("2026", (0, 1), (0, 1), (1, 0)),
        ("2026~", (0, 1), (0, 1), (1, 0)),
        ("2025", (0, 0), (0, 0), (0, 0)),
        ("2027", (0, 0), (0, 0), (0, 0)),
        ("", (0, 1), (0, 1), (0, 1)),
    ],
)
def test_a_case_counts_where_all_that_its_day_can_mean_lies(
    opened_on: str, first_half: tuple[int, int], second_half: tuple[int, int], year: tuple[int, int]
) -> None:
    for period, expected in ((FIRST_HALF, first_half), (SECOND_HALF, second_half), (YEAR, year)):
        found = tally([case(opened_on)], period)
        assert (found.cases, found.unplaced) == expected, (opened_on, period)


@given(
    st.sampled_from(["", "{:04d}", "{:04d}-{:02d}", "{:04d}-{:02d}-{:02d}"]), st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.booleans(), st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(1, 800),
)  # fmt: skip
def test_every_precision_at_every_border_is_placed_as_counting_its_days_says(
    form: str, day: date, estimated: bool, first: date, length: int
) -> None:
    text = form.format(day.year, day.month, day.day) + ("~" if form and estimated else "")
    period = Period(first, first + timedelta(days=length))
    span = span_of(text)
    possible = [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)] if span else [None]
    inside = [one is not None and first <= one < period.end for one in possible]
    found = tally([case(text)], period)
    assert found.cases == (1 if all(inside) else 0)
    assert found.unplaced == (1 if span is None or (any(inside) and not all(inside)) else 0)


@pytest.mark.parametrize("status", CaseStatus)
def test_what_is_no_case_never_counts(status: CaseStatus) -> None:
    for reason in [None, *ClosureReason]:
        found = tally([case(status=status.code, closure_reason=reason.code if reason else "")], FIRST_HALF)
        doubled = not status.counts or (status.over and reason is not None and not reason.counts)
        assert (found.cases, found.unplaced) == (0 if doubled else 1, 0), reason


@pytest.mark.parametrize(
    ("joined", "left", "there"),
    [
        ("", "", True),
        ("2026-06-30", "", True),
        ("2026-07-01", "", False),
        ("2026-07", "", False),
        ("2026", "", True),  # may have been there: in doubt a member belongs to the case
        ("", "2026-06-30", False),
        ("", "2026-07-01", True),
        ("", "2026-06", False),
        ("", "2026", True),
        ("2026-08-01", "2026-09-01", False),
    ],
)
def test_a_member_counts_by_the_last_day_of_the_period(joined: str, left: str, there: bool) -> None:
    assert is_there(joined, left, FIRST_HALF.end) is there
    found = tally([case(stays=(("", ""), (joined, left)))], FIRST_HALF)
    assert found.persons == (2 if there else 1)


def test_what_differs_between_two_tallies_is_named_by_case() -> None:
    then = tally([case(uid="a"), case(uid="b"), case("2026", uid="c"), case(uid="d")], FIRST_HALF)
    now = tally([case(uid="a"), case(uid="b", country="AL"), case(uid="c"), case(uid="e")], FIRST_HALF)
    assert set(now.differs_in(then)) == {"b", "c", "d", "e"}
    assert then.differs_in(then) == ()
