"""Who is of school age: the school track offers them before everybody else of the family."""

from datetime import date

from avrr_desktop.domain.people.dates import age_on
from avrr_desktop.domain.records.fields import Record

YOUNGEST, OLDEST = 5, 18  # years: from the preparatory year to the end of secondary school, in all our countries


def of_school_age(person: Record, day: date) -> bool:
    """Return whether a person may go to school on a day; not where the year of birth is unknown."""
    age = age_on(person.text("birth_date"), day)
    return age is not None and YOUNGEST <= age[0] <= OLDEST
