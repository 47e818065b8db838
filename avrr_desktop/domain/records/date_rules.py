"""Dates that cannot be: slips into the future, and what ended before it began. Told from the declarations of the fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import Span, When, is_future, span_of
from avrr_desktop.domain.records.fields import Kind, Record, RecordType

FUTURE = N_("This date is in the future.")
FAR = N_("This date is more than twenty years ahead.")
BEFORE_BIRTH = N_("This date is before the person was born.")
FAR_YEARS = 20


@dataclass(frozen=True, slots=True)
class Order:
    """Two dates of one record of which the second cannot lie before the first."""

    record_type: str
    earlier: str
    later: str
    message: str


ORDER = (
    Order("case", "departure_date", "arrival_date", N_("The arrival is before the departure.")),
    Order("case", "opened_on", "closed_on", N_("The case was closed before it was opened.")),
    Order("membership", "joined_on", "left_on", N_("The end date is before the start date in the case.")),
    Order("paper", "issued_on", "valid_until", N_("The expiry date is before the issue date.")),
    Order("paper", "issued_on", "usable_until", N_("The expiry date is before the issue date.")),
    Order("service", "opened_on", "closed_on", N_("The end date is before the start date.")),
    Order("step", "filed_on", "done_on", N_("The completion date is before the filing date.")),
    Order("step", "filed_on", "expected_on", N_("The expected answer date is before the filing date.")),
    Order("step", "filed_on", "appeal_until", N_("The end of the appeal period is before the filing date.")),
    Order("referral", "consented_on", "sent_on", N_("The sending date is before the date of agreement.")),
    Order("referral", "sent_on", "answered_on", N_("The answer date is before the sending date.")),
    Order("referral", "sent_on", "answer_expected_on", N_("The expected answer date is before the sending date.")),
    Order("schooling", "enrolled_on", "left_on", N_("The date of leaving school is before the date of enrolment.")),
    Order("consent", "given_on", "expires_on", N_("The end date is before the date it was given.")),
    Order("consent", "given_on", "withdrawn_on", N_("The withdrawal date is before the date it was given.")),
    Order("vulnerability", "recorded_on", "valid_until", N_("The end date is before the start date.")),
    Order("step_template", "verified_on", "review_due_on", N_("The review date is before the date of confirmation.")),
)


def date_problems(record: Record, kind: RecordType, today: date, born: str = "") -> Iterator[tuple[str, str]]:
    """Yield (field, message) for each date of a record that cannot be; where more than one may be meant, nothing is said.

    ``born``: the stored date of birth of the person to whom the record belongs, empty where nobody knows it.
    """
    birth = span_of(born)
    for field in kind.fields:
        written = span_of(record.text(field.key)) if field.kind is Kind.DATE else None
        if written and field.when:
            if message := _alone(record.text(field.key), written, field.when, today, birth):
                yield field.key, message
    for order in ORDER:
        if order.record_type == record.type and _is_before(record.text(order.later), record.text(order.earlier)):
            yield order.later, order.message


def _alone(text: str, written: Span, when: When, today: date, birth: Span | None) -> str:
    if when.is_past and is_future(text, today):
        return FUTURE
    if not when.is_past and written.first.year > today.year + FAR_YEARS:
        return FAR
    if when is When.PAST and birth and written.last < birth.first:
        return BEFORE_BIRTH
    return ""


def _is_before(later: str, earlier: str) -> bool:
    second, first = span_of(later), span_of(earlier)
    return second is not None and first is not None and second.last < first.first
