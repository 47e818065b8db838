"""Return whether a record says anything: whom it is for and what the program filled in by itself are no content."""

from collections.abc import Mapping

from avrr_desktop.domain.records.fields import RecordType, Value

_POINTS = ("person", "officer")  # whom it is for, and who wrote it


def says_something(record_type: RecordType, values: Mapping[str, Value | None], filled: Mapping[str, Value]) -> bool:
    """Return whether values are worth a record, or a draft, of their own. ``filled``: what the program filled in beforehand."""
    return any(
        value not in (None, "", ()) and value != filled.get(key) and record_type.field(key).target not in _POINTS
        for key, value in values.items()
    )
