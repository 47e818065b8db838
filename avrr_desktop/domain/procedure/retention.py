"""What goes when the time of a closed case is over: rules of the programme, read from one line each.

A line says what, how many months after the closing, and how: ``person.phone 24 emptied`` takes the phone numbers of the people away;
``person.birth_date 60 coarsened`` leaves the year of a date; ``contact 36 counted`` takes the contacts away and keeps how many there
were. Whole cases and people go by erasing, never by a rule.
"""

from dataclasses import dataclass
from enum import StrEnum

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.records.fields import Kind, RecordType, Value
from avrr_desktop.domain.records.record_types import BY_KEY

RETENTION = "retention"  # the field of a programme that holds its rules, one a line
MOST_MONTHS = 600
KEPT_WHOLE = ("case", "membership", "closing")  # the frame of a case: without them its figures would change


class Then(StrEnum):
    """What becomes of it."""

    EMPTIED = "emptied"  # the field goes, the record stays
    COARSENED = "coarsened"  # of a date the year stays
    COUNTED = "counted"  # the records go, and how many there were stays


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """One rule. ``field``: empty where whole records are counted; ``months``: after the day of the closing."""

    record_type: str
    field: str
    months: int
    then: Then

    @property
    def line(self) -> str:
        """The rule as it is written."""
        return f"{self.record_type}{'.' if self.field else ''}{self.field} {self.months} {self.then}"

    def leaves(self, value: Value | None) -> Value | None:
        """Return what the rule leaves of a value: nothing, or the year of a date."""
        known = stored(value) if self.then is Then.COARSENED and isinstance(value, str) else None
        return f"{known.year:04}{'~' if known.estimated else ''}" if known else None

    def concerns(self, value: Value | None) -> bool:
        """Return whether there is still something to take away from a value."""
        return value is not None and self.leaves(value) != value


def rule_of(line: str) -> RetentionRule:
    """Return the rule that a line says. Raises BadInputError naming the line."""
    parts = line.split()
    what, months, then = parts if len(parts) == 3 else ("", "", "")
    record_type, dot, field = what.partition(".")
    kind = BY_KEY.get(record_type)
    number = int(months) if months.isascii() and months.isdigit() and len(months) <= 3 else 0
    if (
        kind is None
        or not 0 < number <= MOST_MONTHS
        or then not in list(Then)
        or not _fits(kind, field, Then(then), bool(dot))
    ):
        raise BadInputError(
            N_("This is not a rule for what is erased after closing: {line}"),
            N_(
                "Nothing was changed. Write the kind of record with its field, the months, and “emptied”, “coarsened” (a date) or "
                "“counted” (whole records, without a field). The fields are listed in the guide of the command line."
            ),
            {"line": line},
        )
    return RetentionRule(record_type=record_type, field=field, months=number, then=Then(then))


def _fits(kind: RecordType, field: str, then: Then, named: bool) -> bool:
    """Return whether a rule may say this of a type: whole records of a case, or one of its fields."""
    if kind.key in KEPT_WHOLE or not (kind.of_case or kind.key == "person"):
        return False
    if then is Then.COUNTED:
        return not named and kind.of_case
    if not kind.has(field) or kind.restricted:  # what is closed with a key of its own goes as a whole
        return False
    one = kind.field(field)
    return not one.required and (then is Then.EMPTIED or one.kind is Kind.DATE)
