"""What is asked beside a telephone: whether a number without a plus is the one that it looks like."""

from collections.abc import Iterable, Mapping

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people import country
from avrr_desktop.domain.people.phones import Form, Phone, guesses, is_at_home, phones
from avrr_desktop.domain.records.fields import Record

_FIELDS = {"person": ("phone", "trusted_contact"), "provider": ("phone",)}
_WHOLE = 7  # figures from which on a number is more than the short one of a service
Question = tuple[str, str, Mapping[str, object]]  # field, text of the catalogue, its values


def phone_questions(record: Record) -> Iterable[Question]:
    """Yield what to ask about the telephones of a record; nothing for those that begin with + or 00 or 0.

    Where the record names a country, it is tried first; a host country may write numbers without a 0 before them.
    """
    own = record.text("country")
    near = dict.fromkeys([*([own] if own else []), *country.RETURN])
    for field in _FIELDS.get(record.type, ()):
        for phone in phones(record.text(field)):
            if phone.form is Form.UNCLEAR and len(phone.digits) >= _WHOLE:
                yield from _asked(field, phone, near)


def _asked(field: str, phone: Phone, near: Iterable[str]) -> Iterable[Question]:
    if may_be := guesses(phone, near):
        yield field, N_("Is this {number}? Write the number with a plus sign, or with the leading 0."), {
            "number": " / ".join(may_be)}  # fmt: skip
    elif field == "phone" and not is_at_home(phone, country.HOST):
        yield (
            field,
            N_("Is this number complete? Write it with + and the country code, or with the leading 0."),
            {},
        )
