"""Restricted records: closed with a key of their own before they reach the journal, opened on purpose and on record.

A closed record holds one value, ``sealed``, in journal and table alike; without the key nobody reads it, also with the store open.
"""

import json
from collections.abc import Mapping

from avrr_desktop.domain.case.joined import whose
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Part
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.keys.signing import closed, reopened
from avrr_desktop.operations.session.permission import Permission, anybody, refused
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.workspace import Workspace

COMPARTMENT = "protection/1"
SEALED = "sealed"


def is_restricted(record_type: str, values: Mapping[str, object]) -> bool:
    """Say whether a record with these values is closed with the key of the compartment."""
    return BY_KEY[record_type].restricted or values.get("restricted") is True or SEALED in values


def sealed_part(workspace: Workspace, part: Part, before: Mapping[str, Value] | None = None) -> Part:
    """Return a part as it may be stored: a restricted one with all its values closed, any other as it is.

    ``before``: the opened values that stand, where the part changes only some. Raises RefusedError without the key.
    """
    if not is_restricted(part.record_type, {**(before or {}), **part.values}) or SEALED in part.values:
        return part
    values = {key: value for key, value in {**(before or {}), **part.values}.items() if value is not None}
    content = json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8")
    box = closed(protection_key(workspace), _bound(part.record_type, part.record), content)
    return Part(part.kind, part.record_type, part.record, {SEALED: box}, part.seen)


@anybody
def opened(workspace: Workspace, record: Record) -> Record:
    """Return a record with its values readable. Raises RefusedError without the key, or when it is of another store."""
    box = record.values.get(SEALED)
    if box is None:
        return record
    content = reopened(protection_key(workspace), _bound(record.type, record.uid), str(box))
    if content is None:
        raise RefusedError(
            N_("A restricted record cannot be opened: it was altered, or encrypted with another key."),
            N_("Nothing was changed. Check the store, and ask for help with a backup."),
        )
    values = {key: tuple(item) if isinstance(item, list) else item for key, item in json.loads(content).items()}
    return record._replace(values={key: _now(workspace, record.type, key, item) for key, item in values.items()})


def _now(workspace: Workspace, record_type: str, key: str, value: Value) -> Value:
    """Return a value as it reads today: who was joined into another record since is that one, and nobody needed the key for it."""
    kind = BY_KEY[record_type]
    if isinstance(value, str) and kind.has(key) and kind.field(key).target == "person":
        return whose(value, workspace.store.reader.record)
    return value


def sealed_values(workspace: Workspace, record_type: str, record: str, values: dict[str, object]) -> dict[str, object]:
    """Return what a draft may keep: closed where the record will be."""
    if not is_restricted(record_type, values):
        return values
    content = json.dumps(values, ensure_ascii=False).encode("utf-8")
    return {SEALED: closed(protection_key(workspace), _bound(record_type, record), content)}


def opened_values(workspace: Workspace, record_type: str, record: str, values: dict[str, object]) -> dict[str, object]:
    """Return what a draft kept; nothing without the key."""
    if SEALED not in values:
        return values
    content = reopened(workspace.protection, _bound(record_type, record), str(values[SEALED])) if (
        workspace.protection) else None  # fmt: skip
    return dict(json.loads(content)) if content else {}


def _bound(record_type: str, record: str) -> str:
    return f"{COMPARTMENT} {record_type} {record}"


def protection_key(workspace: Workspace) -> bytes:
    """Return the key of restricted records. Raises RefusedError for who holds none."""
    if workspace.by_pin and not workspace.protection:
        raise refused(workspace, Permission.PROTECT)
    if not workspace.protection:
        raise RefusedError(
            N_("You have no access to restricted records."),
            N_("Nothing was changed. Ask a supervisor, or open them in an emergency with the recovery code."),
        )
    return workspace.protection


def shows_restricted(workspace: Session) -> bool:
    """Say whether it may be known that there are restricted records: the programme decides for who holds no key."""
    return workspace.reads_restricted or bool(workspace.pack.setting("show_restricted"))
