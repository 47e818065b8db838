"""Which group of data each field is of: the one place that says what a partner may be told once somebody agreed to a group.

A field that stands here under no type is told to no partner, whatever was agreed.
"""

from collections.abc import Iterable, Mapping

from avrr_desktop.domain.consent.agreement import HEALTH_AREAS, SPECIALISED, Group, Told
from avrr_desktop.domain.records.fields import Field
from avrr_desktop.domain.records.record_types import BY_KEY

_I, _C, _A, _P, _S, _F, _N = (
    Group.IDENTITY, Group.CONTACT, Group.ADDRESS, Group.PAPERS, Group.SCHOOL, Group.FAMILY, Group.NEED,
)  # fmt: skip


def _of(group: Group | None, *keys: str) -> dict[str, Group | None]:
    return dict.fromkeys(keys, group)


# record type -> field -> its group; None: it says nothing of anybody, and goes with its record.
FIELDS: Mapping[str, Mapping[str, Group | None]] = {
    "case": {
        **_of(None, "number", "country_of_return", "officer", "status"),
        **_of(_I, "called"),
        **_of(_A, "municipality_of_return"),
    },
    "person": {
        **_of(_I, "family_name", "given_names", "name_script", "sex", "birth_date"),
        **_of(_C, "languages", "phone", "safe_to_call", "preferred_channel", "trusted_contact"),
        **_of(_A, "address", "address_place", "address_status"),
    },
    "membership": {
        **_of(None, "person", "position", "left_on"),
        **_of(_F, "role", "relationship", "head_of_household"),
    },
    "paper": {
        **_of(_P, "holder", "doc_type", "state", "issuing_country", "issuing_authority", "issued_on", "valid_until",
              "usable_until", "requested_on", "original_held_by", "legalisation_state", "translation_state", "translation_into",
              "copy_attached"),
        **_of(_I, "names_as_written"),
    },
    "schooling": {
        **_of(_S, "person", "school", "grade_abroad", "certificates", "recognition", "enrolled_on", "enrolled_provisionally",
              "grade", "placed_on", "language_support", "attends_after_1_month", "attends_after_3_months", "left_on"),
        **_of(Group.HEALTH, "vaccination"),
    },
    "service": _of(_N, "title", "template", "category", "persons", "provider", "opened_on", "closed_on"),
    "step": _of(_N, "service", "person", "title", "short", "position", "state", "office_name", "waits_for", "waits_for_any",
                "template", "planned_on", "filed_on", "expected_on", "done_on"),
}  # fmt: skip
_RECORDS = {"paper": frozenset({_P}), "schooling": frozenset({_S}), "service": frozenset({_N}), "step": frozenset({_N})}
_OF_SCHOOL = frozenset({"EDU"})  # school is a need of its own: who agreed to it agreed to what is done for it


def may_stay(told: Told, record_type: str, key: str, people: Iterable[str]) -> bool:
    """Return whether a value may stand in a copy that tells of some people: each of them agreed to its group."""
    field = BY_KEY[record_type].by_key.get(key)
    if field is None or not is_ever_told(record_type, field):
        return False
    group = FIELDS[record_type][field.code_of or field.key]
    if group is None or group in _RECORDS.get(record_type, ()):
        return True  # whose record it is, agreed that it is told
    return all(told.named(uid) if group is Group.IDENTITY else told.has(uid, group) for uid in people)


def is_ever_told(record_type: str, field: Field) -> bool:
    """Return whether a partner may be told a field of a type once its group was agreed to."""
    return (field.code_of or field.key) in FIELDS.get(record_type, {})


def people_with(told: Told, record_type: str, category: str, people: Iterable[str]) -> frozenset[str]:
    """Return those of some people of whom a record may be told: by its type, and by the area of help that it is of.

    What is done for somebody's health says something of it; violence is told only to who works in that area.
    """
    if category in SPECIALISED and category not in told.areas:
        return frozenset()
    groups = _RECORDS.get(record_type, frozenset())
    if category in _OF_SCHOOL:
        groups = groups | {_S}
    health = category in HEALTH_AREAS
    return frozenset(
        uid
        for uid in people
        if (not groups or any(told.has(uid, group) for group in groups)) and (not health or told.has(uid, Group.HEALTH))
    )
