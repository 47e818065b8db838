"""Checks of what was typed: plain functions from values to problems. Problems never block saving, they block closing."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import settles
from avrr_desktop.domain.consent.referral_states import is_over
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people import country, languages
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.people.former_states import former_state
from avrr_desktop.domain.people.initials import fits
from avrr_desktop.domain.people.name_tables import folded
from avrr_desktop.domain.people.phone_questions import phone_questions
from avrr_desktop.domain.procedure.retention import RETENTION, rule_of
from avrr_desktop.domain.records.date_rules import date_problems
from avrr_desktop.domain.records.fields import Field, Kind, ProblemKind, Record, RecordType, Value
from avrr_desktop.domain.records.record_types import BY_KEY

TOO_MANY_INITIALS = N_("Initials must have one to four letters.")
LINE_LIMIT = 500
TEXT_LIMIT = 100_000
_INVISIBLE = {0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}


_POINTS = ("person", "officer")  # whom a record is for, and who wrote it


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at, beside its field, in plain words."""

    kind: ProblemKind
    field: str
    message: str
    values: Mapping[str, object] = dataclass_field(default_factory=dict)  # of the message


def clean(field: Field, value: object) -> Value | None:
    """Return a value as it is stored: NFC, without control letters and outer spaces; None for an empty one.

    Raises BadInputError when the value can not be what the field means: wrong type, unknown code form, too long.
    """
    if value is None or value in ("", (), []):
        return None
    if field.kind is Kind.YES_NO:
        if isinstance(value, bool):
            return value
        raise _bad(field)
    if field.kind is Kind.COUNT:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
            return _bounded(field, value)
        raise _bad(field)
    if field.kind in (Kind.CHOICES, Kind.LINKS):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(_line(field, item) for item in value)
        raise _bad(field)
    if not isinstance(value, str):
        raise _bad(field)
    return _clean_text(field, value)


def _clean_text(field: Field, value: str) -> str | None:
    if field.kind is Kind.LONG_TEXT:
        text = _letters(value.replace("\r\n", "\n").replace("\r", "\n"), "\n\t")
        if len(text) > TEXT_LIMIT:
            raise _too_long(field, TEXT_LIMIT)
        if field.key == RETENTION:
            return "\n".join(rule_of(line).line for line in text.splitlines() if line.strip()) or None
        return text.strip("\n ") or None
    text = _line(field, value)
    if field.kind is Kind.DATE and text and not stored(text):
        raise _bad(field)
    if field.kind is Kind.COUNTRY and text:
        return _country(field, text)
    return text or None


def _country(field: Field, text: str) -> str:
    if field.stateless and (text.upper() == country.STATELESS or text.casefold() == country.STATELESS_NAME.casefold()):
        return country.STATELESS
    code = country.code_of(text)
    if code is None:
        raise _no_country(field.label, text)
    return code


def _no_country(label: str, text: str) -> BadInputError:
    state = former_state(text)
    if state is None:
        return BadInputError(
            N_("“{field}” does not identify exactly one known country."),
            N_("This entry was not saved. Write the full name of the country, or its two-letter ISO 3166-1 code."),
            {"field": label},
        )
    return BadInputError(
        N_("“{field}”: {state} no longer exists."),
        N_(
            "This entry was not saved. Choose the state to which the place belongs now: {states}. You can "
            "write what the paper says in the remarks."
        ),
        {"field": label, "state": state.name, "states": country.CountryCodes(state.successors)},
    )


def _line(field: Field, value: str) -> str:
    text = " ".join(_letters(value.replace("\t", " ").replace("\n", " "), "").split())
    if len(text) > LINE_LIMIT:
        raise _too_long(field, LINE_LIMIT)
    return text


def _letters(value: str, kept: str) -> str:
    if value.isprintable():  # the common case, and no control or invisible letter is printable
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    seen = "".join(
        letter
        for letter in value
        if letter in kept or (unicodedata.category(letter) not in ("Cc", "Cs") and ord(letter) not in _INVISIBLE)
    )
    return unicodedata.normalize("NFC", seen)


def clean_values(record_type: RecordType, values: dict[str, object]) -> dict[str, Value | None]:
    """Return cleaned values of declared fields. Raises BadInputError for a key that is not declared."""
    cleaned: dict[str, Value | None] = {}
    for key, value in values.items():
        if not record_type.has(key):
            raise BadInputError(
                N_("Unknown field “{field}” (record: “{kind}”)."),
                N_("Nothing was saved. The fields are listed in the guide to the command line."),
                {"field": key, "kind": record_type.key},
            )
        cleaned[key] = clean(record_type.field(key), value)
    return cleaned


def languages_of(value: Value, own: Mapping[str, str]) -> Value:
    """Return one or several languages by their codes; what no list knows stays as it was written.

    ``own``: code -> what it reads, of the list of the office.
    """
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(str(languages_of(item, own)) for item in value))
    if not isinstance(value, str) or value in own:
        return value
    named = {folded(label): code for code, label in own.items()}
    return named.get(folded(value)) or languages.code_of(value) or value


def says_something(record_type: RecordType, values: Mapping[str, Value | None], filled: Mapping[str, Value]) -> bool:
    """Return whether values are worth a record, or a draft, of their own: whom it is for and what the program filled in are no content.

    ``filled``: what the program filled in beforehand.
    """
    return any(
        value not in (None, "", ()) and value != filled.get(key) and record_type.field(key).target not in _POINTS
        for key, value in values.items()
    )


def problems(record: Record, today: str, born: str = "") -> tuple[Problem, ...]:
    """Return what to look at in one record; never a reason not to save it.

    ``born``: the stored date of birth of the person to whom the record belongs, where it is known.
    """
    record_type = BY_KEY[record.type]
    found = [
        Problem(ProblemKind.MISSING, field.key, N_("This field is required."))
        for field in record_type.fields
        if field.required and not field.computed and not record.values.get(field.key)
    ]
    found += [
        Problem(ProblemKind.UNREADABLE, field.key, TOO_MANY_INITIALS)
        for field in record_type.fields
        if field.initials and not fits(record.text(field.key))
    ]
    found += [
        Problem(ProblemKind.IMPOSSIBLE, key, said)
        for key, said in date_problems(record, record_type, date.fromisoformat(today), born)
    ]
    found += [Problem(ProblemKind.UNSURE, *question) for question in phone_questions(record)]
    found += [Problem(*found_by_rule) for found_by_rule in (record_type.rules(record) if record_type.rules else ())]
    return tuple(found)


def closing_problems(case_file: CaseFile, today: str) -> tuple[Problem, ...]:
    """Return what must be put right in the case and its people before it can be closed."""
    found = list(problems(case_file.case, today))
    for member in case_file.present(date.fromisoformat(today)):
        found += [item for item in problems(member.person, today) if item.kind is ProblemKind.MISSING]
    return tuple(found)


def unfinished(case_file: CaseFile) -> tuple[Problem, ...]:
    """Return what keeps a case from being closed whose help goes on elsewhere, or was none: a step that is under way."""
    if not any(view.standing.value in ("waiting", "under_way") for view in case_file.step_views()):
        return ()
    said = N_("Steps are still under way. Finish them, or mark them as abandoned.")
    return (Problem(ProblemKind.UNFINISHED, "status", said),)


def closing_words(case_file: CaseFile, reason: str) -> tuple[str, ...]:
    """Return what to look at before a case is closed for a reason; none of it keeps anybody from closing."""
    found = []
    if not settles(reason) and any(not is_over(referral.text("state")) for referral in case_file.referrals):
        found.append(N_("Referrals are still open: record how they ended."))
    if any(paper.text("original_held_by") == "programme" for paper in case_file.papers):
        found.append(N_("Original papers are still with the programme."))
    return tuple(found)


def _bounded(field: Field, value: int) -> int:
    least, most = field.bounds or (value, value)
    if not least <= value <= most:
        raise BadInputError(
            N_("“{field}” must be from {least} to {most}."),
            N_("This entry was not saved. Correct the value and try again."),
            {"field": field.label, "least": least, "most": most},
        )
    return value


def _bad(field: Field) -> BadInputError:
    """Return the error for a value that is none of its field, with the form that is wanted where it has one."""
    named = {"field": field.label}
    if field.kind is Kind.DATE:
        return BadInputError(
            N_("“{field}” is not a date."),
            N_("This entry was not saved. Write it as 2026-05-12, 2026-05 or 2026, and add ~ at the end for an " "estimate."),
            named,
        )  # fmt: skip
    if field.kind is Kind.COUNT:
        return BadInputError(
            N_("“{field}” must be a whole number."),
            N_("This entry was not saved. Write it in figures only, for example 12."),
            named,
        )
    if field.kind is Kind.YES_NO:
        return BadInputError(
            N_("“{field}” must be yes or no."), N_("This entry was not saved. Write true or false."), named
        )
    return BadInputError(
        N_("“{field}” is not valid."),
        N_("This entry was not saved. Correct the value and try again."),
        named,
    )


def _too_long(field: Field, limit: int) -> BadInputError:
    return BadInputError(
        N_("“{field}”: at most {limit} characters."),
        N_("This entry was not saved. Shorten the text, or split it into two notes."),
        {"field": field.label, "limit": limit},
    )
