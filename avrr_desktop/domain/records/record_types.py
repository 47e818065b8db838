"""Every record type of the program, by key: each is declared in one module of its group, and nowhere else."""

from collections.abc import Mapping

from avrr_desktop.domain.records.fields import RecordType
from avrr_desktop.domain.records.types import (  # fmt: skip
    case_records,
    closing_records,
    contact_records,
    log_records,
    office_records,
    pack_records,
    plan_records,
    protection_records,
    referral_records,
    service_records,
)

ALL: tuple[RecordType, ...] = (
    *office_records.TYPES, *pack_records.TYPES, *case_records.TYPES, *service_records.TYPES, *referral_records.TYPES, *contact_records.TYPES,
    *plan_records.TYPES, *protection_records.TYPES, *closing_records.TYPES, *log_records.TYPES,
)  # fmt: skip

BY_KEY: Mapping[str, RecordType] = {record_type.key: record_type for record_type in ALL}
_PARTS = {kind.key: kind.tab.key if kind.tab else kind.shown_in for kind in ALL if kind.tab or kind.shown_in}
OF_CASE = tuple(record_type for record_type in ALL if record_type.of_case)


def part_of_case(record_type: str, other: str = "") -> str:
    """Return the key of the part of a case in which records of a type stand; ``other`` for those that have none."""
    return _PARTS.get(record_type, other)
