"""Makes the part that adds a record: values cleaned, a key given where the office's own pack needs one, closed where it must be."""

from collections.abc import Mapping

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.people.languages import LANGUAGE_LIST
from avrr_desktop.domain.people.name_keys import script_of
from avrr_desktop.domain.procedure.pack import UNVERIFIED
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import RecordType, Value
from avrr_desktop.domain.records.pack_records import PACK_RECORDS
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.sealing import sealed_part
from avrr_desktop.operations.session.workspace import Workspace


def adding(workspace: Workspace, record_type: str, values: Mapping[str, object], uid: str = "") -> Part:
    """Return the part that adds a record with cleaned values. Raises BadInputError."""
    kind = BY_KEY[record_type]
    cleaned = {key: value for key, value in cleaned_values(workspace, kind, values).items() if value is not None}
    if record_type == "person" and "name_script" not in cleaned:
        written = f"{cleaned.get('family_name', '')}{cleaned.get('given_names', '')}"
        if script := script_of(written):
            cleaned["name_script"] = script
    if record_type in PACK_RECORDS:
        cleaned = _with_key(workspace, record_type, cleaned)
        uid = uid or pack_record(record_type, cleaned)
        whole: dict[str, Value | None] = {**dict.fromkeys(field.key for field in kind.fields), **cleaned}
        before = workspace.store.reader.record(record_type, uid)  # taken away earlier: nothing of then is left
        return Part(PartKind.ADD, record_type, uid, whole, before.seen if before else ())
    part = Part(PartKind.APPEND if kind.appended else PartKind.ADD, record_type, uid or workspace.ids.new(), cleaned)
    return sealed_part(workspace, part)


def cleaned_values(workspace: Workspace, kind: RecordType, values: Mapping[str, object]) -> dict[str, Value | None]:
    """Return values as they are stored, languages by their codes: those of the office's own list first, then those of ISO."""
    own = workspace.pack.codes.get(LANGUAGE_LIST, {})
    cleaned = rules.clean_values(kind, dict(values))
    for key, value in cleaned.items():
        if value and kind.field(key).codes == LANGUAGE_LIST:
            cleaned[key] = rules.languages_of(value, own)
    return cleaned


def pack_record(record_type: str, values: Mapping[str, Value]) -> str:
    """Return the identifier of an office's template or list entry: one for each key, so that there are never two."""
    return ":".join(str(values[name]) for name in ("list", "key", "code") if name in values)


def _with_key(workspace: Workspace, record_type: str, values: dict[str, Value]) -> dict[str, Value]:
    """Return the values of an office's own template or list entry with a key that nothing else has."""
    name = "code" if record_type == "list_entry" else "key"
    if name in values:
        return values
    own = {name: f"OFFICE.{workspace.ids.new()[-8:]}"}
    if record_type == "step_template":
        return {
            "scope": "person",
            "basis": "programme",
            "verification_status": UNVERIFIED,
            "version": 1,
            **values,
            **own,
        }
    return {**values, **own}
