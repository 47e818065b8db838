"""What an agreement needs before it counts: one that breaks a guard allows nothing, wherever it was written.

Sources: domain rules of informed consent (counselling comes before signing; children and people whose capacity is in doubt
agree through a guardian, an authority or with a statement on their capacity; an oral agreement has a witness).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import age_on, stored
from avrr_desktop.domain.records.fields import ProblemKind, Record

Births = Mapping[str, str]  # person -> stored date of birth, empty where nobody knows it
Broken = tuple[ProblemKind, str, str]  # kind, field, what is missing
ADULT = 18
GUARDIAN, AUTHORITY, SELF = "guardian", "authority", "self"
ORAL, DOUBTED, STATEMENT = "oral_with_witness", "doubted", "statement_held"

NOT_COUNSELLED = N_("Enter the day of counselling: it comes before the agreement.")
COUNSELLED_LATER = N_("The counselling must come before the agreement, or on the same day.")
NO_WITNESS = N_("An oral agreement needs a witness.")
UNDER_AGE = N_("Under 18: a guardian or an authority must agree, or a statement on capacity must be held.")
AGE_UNKNOWN = N_("Was the person 18 or older? Enter the date of birth under People; the year is often enough.")
CAPACITY = N_("Capacity in doubt: a guardian or an authority must agree, or a statement on capacity must be held.")
NO_GIVER = N_("Enter the guardian, or the name of who agreed.")
NO_AUTHORITY = N_("Enter the name and office of who agreed for the authority.")
OWN_GUARDIAN = N_("The person cannot be their own guardian.")
CHILD_GUARDIAN = N_("A guardian must be 18 or older.")
NO_DAY = N_("Enter the day on which the agreement was given.")
NOTHING_SHARED = N_("Select what may be shared.")
NO_PARTNER = N_("Choose the partner: without one, this agreement allows nothing.")
OF_BEFORE = N_("From an older version: confirm what may be shared with whom.")
CHILD_SAYS = N_("Ask the child as well, and record the answer.")


def broken_guards(consent: Record, births: Births) -> Iterator[Broken]:
    """Yield what keeps an agreement from counting: (kind, field, sentence)."""
    if not consent.text("given_on"):
        yield ProblemKind.UNEXPLAINED, "given_on", NO_DAY
    yield from _counselling(consent)
    if consent.text("method") == ORAL and not consent.text("witness"):
        yield ProblemKind.UNEXPLAINED, "witness", NO_WITNESS
    yield from _giver(consent, births)


def _counselling(consent: Record) -> Iterator[Broken]:
    counselled, given = consent.text("counselled_on"), consent.text("given_on")
    first, second = stored(counselled), stored(given)
    if first is None:
        yield ProblemKind.UNEXPLAINED, "counselled_on", NOT_COUNSELLED
    elif second is not None and counselled != given and first.last() > second.first():
        yield ProblemKind.IMPOSSIBLE, "counselled_on", COUNSELLED_LATER


def _giver(consent: Record, births: Births) -> Iterator[Broken]:
    person, by = consent.text("person"), consent.text("given_by")
    if by == GUARDIAN:
        yield from _guardian(consent, births)
        return
    if by == AUTHORITY:
        if not consent.text("giver_name"):
            yield ProblemKind.UNEXPLAINED, "giver_name", NO_AUTHORITY
        return
    if consent.text("capacity") == STATEMENT and consent.text("capacity_paper"):
        return
    if consent.text("capacity") in (DOUBTED, STATEMENT):
        yield ProblemKind.UNEXPLAINED, "capacity_paper", CAPACITY
    adult = was_adult(births.get(person, ""), consent.text("given_on"))
    if adult is None:
        yield ProblemKind.UNSURE, "given_by", AGE_UNKNOWN
    elif not adult:
        yield ProblemKind.UNEXPLAINED, "given_by", UNDER_AGE


def _guardian(consent: Record, births: Births) -> Iterator[Broken]:
    guardian = consent.text("guardian")
    if not guardian and not consent.text("giver_name"):
        yield ProblemKind.UNEXPLAINED, "guardian", NO_GIVER
    elif guardian and guardian == consent.text("person"):
        yield ProblemKind.IMPOSSIBLE, "guardian", OWN_GUARDIAN
    elif guardian and was_adult(births.get(guardian, ""), consent.text("given_on")) is False:
        yield ProblemKind.IMPOSSIBLE, "guardian", CHILD_GUARDIAN


def was_adult(birth: str, day: str) -> bool | None:
    """Return whether somebody was 18 on a day for sure: False where they may have been younger, None where nobody knows."""
    born, on = stored(birth), stored(day)
    if born is None or on is None:
        return None
    latest = born.last()
    return _birthday(latest, ADULT) <= on.first()


def _birthday(born: date, years: int) -> date:
    """Return the day on which somebody reaches an age; who was born on 29 February reaches it on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def asks_child(consent: Record, birth: str, from_age: int, today: date) -> bool:
    """Return whether a child who can say so was not asked, as far as anybody wrote down. It keeps nothing from counting."""
    on = stored(consent.text("given_on"))
    age = age_on(birth, on.first() if on else today)
    return age is not None and from_age <= age[0] < ADULT and "child_agrees" not in consent.values
