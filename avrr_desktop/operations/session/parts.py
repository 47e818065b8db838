"""Makes the part that adds a record: values cleaned, a key given where the office's own pack needs one, closed where it must be."""

from collections.abc import Iterator, Mapping, Sequence

from avrr_desktop.domain.case.joined import INTO
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.partners.offices import named_offices, pack_office
from avrr_desktop.domain.people.languages import LANGUAGE_LIST
from avrr_desktop.domain.people.name_keys import script_of
from avrr_desktop.domain.people.personal_number import followed_scheme
from avrr_desktop.domain.places.placed import with_codes
from avrr_desktop.domain.procedure.pack import UNVERIFIED
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Record, RecordType, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.operations.session.sealing import sealed_part
from avrr_desktop.operations.session.workspace import Workspace


def adding(
    workspace: Workspace, record_type: str, values: Mapping[str, object], uid: str = "", *, country: str = ""
) -> Part:
    """Return the part that adds a record with cleaned values. ``country``: of its case. Raises BadInputError."""
    kind = BY_KEY[record_type]
    said = cleaned_values(workspace, kind, values, country=country)
    cleaned = {key: value for key, value in said.items() if value is not None}
    if record_type == "person" and "name_script" not in cleaned:
        written = f"{cleaned.get('family_name', '')}{cleaned.get('given_names', '')}"
        if script := script_of(written):
            cleaned["name_script"] = script
    if record_type == "person":
        cleaned |= {key: value for key, value in followed_scheme(Record("person", "", {}), cleaned).items() if value}
    if record_type in PACK_RECORDS:
        cleaned = _with_key(workspace, record_type, cleaned)
        uid = uid or pack_record(record_type, cleaned)
        whole: dict[str, Value | None] = {**dict.fromkeys(field.key for field in kind.fields), **cleaned}
        before = workspace.store.reader.record(record_type, uid)  # taken away earlier: nothing of then is left
        return Part(PartKind.ADD, record_type, uid, whole, before.seen if before else ())
    part = Part(PartKind.APPEND if kind.appended else PartKind.ADD, record_type, uid or workspace.ids.new(), cleaned)
    return sealed_part(workspace, part)


def offices_named(workspace: Workspace, parts: Sequence[Part]) -> Iterator[Part]:
    """Yield what writes down the offices of country packs that parts name and that nobody has written yet."""
    own = {part.record for part in parts if part.record_type == "provider"}
    named = dict.fromkeys(uid for part in parts for uid in named_offices(part.values.values()))
    for uid in named:
        if uid not in own and (part := written_office(workspace, uid)):
            yield part


def written_office(workspace: Workspace, uid: str, values: Mapping[str, object] | None = None) -> Part | None:
    """Return the part that writes an office of a country pack into the directory under its own identifier.

    ``values``: what somebody typed of it, in place of what the pack says. None for an office that is there already, was joined
    into another entry, or is in no pack.
    """
    office, reader = pack_office(workspace.pack, uid, workspace.words), workspace.store.reader
    before = reader.record("provider", uid) if office else None
    if office is None or (before and (before.text(INTO) or not reader.is_removed("provider", uid))):
        return None
    said = dict(office.values if values is None else {**values, "from_pack": office.values["from_pack"]})
    part = adding(workspace, "provider", said, uid)
    if before is None:
        return part
    return Part(part.kind, part.record_type, uid, {**dict.fromkeys(before.values), **part.values}, before.seen)


def cleaned_values(
    workspace: Workspace,
    kind: RecordType,
    values: Mapping[str, object],
    before: Record | None = None,
    country: str = "",
) -> dict[str, Value | None]:
    """Return values as they are stored, languages by their codes: those of the office's own list first, then those of ISO.

    Beside each place stands which one of the list it is, where that is sure; ``before``, ``country``: see ``with_codes``.
    """
    own = workspace.pack.codes.get(LANGUAGE_LIST, {})
    cleaned = rules.clean_values(kind, dict(values))
    for key, value in cleaned.items():
        if value and kind.field(key).codes == LANGUAGE_LIST:
            cleaned[key] = rules.languages_of(value, own)
    return with_codes(kind, cleaned, before, country, workspace.pack.places) if kind.places else cleaned


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
