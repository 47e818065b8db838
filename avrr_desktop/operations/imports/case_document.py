"""A case as a JSON document: content without identity, so that it can be carried into another store.

Restricted records are never in it: they leave only by a decision of their own.
"""

from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL
from avrr_desktop.domain.consent.referral_moves import MOVED
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import PLAIN
from avrr_desktop.domain.records.fields import Field, Kind, Record, RecordType
from avrr_desktop.domain.records.record_types import BY_KEY, OF_CASE
from avrr_desktop.operations.cases.cases import OpenedCase, put_new_case
from avrr_desktop.operations.documents.copies import check_copy
from avrr_desktop.operations.documents.documents import SUMMARY
from avrr_desktop.operations.documents.export_policy import check_way
from avrr_desktop.operations.documents.many_prints import check_bulk
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import DECIDED
from avrr_desktop.operations.session.second_person import SecondPerson, agreed
from avrr_desktop.operations.session.workspace import Workspace

Document = dict[str, Any]
CARRIED = "case-json"  # what its line calls it
_IN_CASE = tuple(kind.key for kind in OF_CASE if not kind.not_carried)
_LEFT_OUT = tuple(
    kind.key for kind in OF_CASE if kind.not_carried and not kind.restricted
)  # an older program carried them
# What is decided or given in one store means nothing in another: roles and keys of officers, decisions about a case.
STAYS = {
    "officer": frozenset({"role", "left_on", "public_key", "protection_key"}),
    "case": DECIDED | {"former_numbers"},
    "person": frozenset({"joined_into"}),
    "referral": MOVED,
}
_BESIDE = ("officer", "provider")
_DEPTH = 4  # parts, their records, the fields of each, and what one field lists
_ORDER = ("officer", "provider", "person", *_IN_CASE)


@needs(Permission.HAND_OVER)
def case_document(workspace: Workspace, case_file: CaseFile, second: SecondPerson | None = None) -> Document:
    """Return the document of a case: ``case`` and lists by record key; members refer by short names (m1, p2).

    It says all that a print for the inside says and leaves as a file that anybody can open, so it asks what both ask, and is
    written down. ``second``: who agreed where many leave in one day. Raises RefusedError.
    """
    _note_export(workspace, case_file, second)
    return _document(workspace, case_file)


def _note_export(workspace: Workspace, case_file: CaseFile, second: SecondPerson | None) -> None:
    check_way(workspace, PLAIN)
    check_copy(workspace, case_file, SUMMARY, FULL)
    if workspace.practice:
        return
    check_bulk(workspace, 1, second)
    with agreed(workspace, second) as agreeing:
        note(workspace, "exported", case=case_file.case.uid, document=CARRIED, level=FULL, count=1, second=agreeing)


def _document(workspace: Workspace, case_file: CaseFile) -> Document:
    groups: dict[str, list[Record]] = {
        "person": [member.person for member in case_file.members],
        "membership": [member.membership for member in case_file.members],
        **{key: list(case_file.of_type(key)) for key in _IN_CASE if key != "membership"},
    }  # fmt: skip
    for kind in _BESIDE:
        named = _named([case_file.case, *(record for group in groups.values() for record in group)], kind)
        groups[kind] = [record for uid in named if (record := workspace.store.reader.record(kind, uid))]
    refs = {
        record.uid: f"{BY_KEY[kind].letter}{number}"
        for kind in _ORDER
        for number, record in enumerate(groups.get(kind, ()), 1)
    }
    document: Document = {"case": _content(case_file.case, refs)}
    for kind in _ORDER:
        if groups.get(kind):
            document[kind] = [{"ref": refs[record.uid], **_content(record, refs)} for record in groups[kind]]
    return document


def _named(records: list[Record], kind: str) -> list[str]:
    found: dict[str, None] = {}
    for record in records:
        for field in BY_KEY[record.type].fields:
            if field.kind is Kind.LINK and field.target == kind and record.text(field.key):
                found[record.text(field.key)] = None
    return list(found)


def _content(record: Record, refs: Mapping[str, str]) -> Document:
    content: Document = {}
    for field in BY_KEY[record.type].fields:
        value = record.values.get(field.key)
        if value is None or field.key in STAYS.get(record.type, ()):
            continue
        if field.kind is Kind.LINK:
            if value in refs:
                content[field.key] = refs[str(value)]
        elif field.kind is Kind.LINKS and isinstance(value, tuple):
            if linked := [refs[uid] for uid in value if uid in refs]:
                content[field.key] = linked
        else:
            content[field.key] = list(value) if isinstance(value, tuple) else value
    return content


def left_out(document: object) -> tuple[RecordType, ...]:
    """Return the types of records that a document names and that are not taken: a reference without its content is none."""
    return tuple(BY_KEY[kind] for kind in _LEFT_OUT if isinstance(document, dict) and document.get(kind))


@needs(Permission.RECORD)
def add_case_document(workspace: Workspace, document: object) -> OpenedCase:
    """Store a document as a new case, as one Change, with a number of this office. Raises BadInputError."""
    if not isinstance(document, dict) or not isinstance(document.get("case"), dict):
        raise _wrong(N_("It has no “case” with its fields."))
    document = {part: items for part, items in _said(document).items() if part not in _LEFT_OUT}
    unknown = sorted(set(document) - {"case", *_ORDER})
    if unknown:
        raise _wrong(N_("It has an unknown section “{part}”."), part=unknown[0])
    groups = {kind: _group(document, kind) for kind in _ORDER}
    groups["membership"] = _memberships(groups["membership"], groups["person"])
    if not all(item.get("service") for item in groups["step"]):
        raise _wrong(N_("A step must belong to a service in the document."))
    uids, existing = _identifiers(workspace, groups)
    country = str(document["case"].get("country_of_return") or workspace.country_of(""))
    parts = [
        adding(workspace, kind, _values(BY_KEY[kind], item, uids), uids[(kind, item["ref"])], country=country)
        for kind in _ORDER
        for item in groups[kind]
        if (kind, item["ref"]) not in existing
    ]
    content = {key: item for key, item in document["case"].items() if key != "number"}
    values = _values(BY_KEY["case"], content, uids)
    person = next(iter(groups["person"]), {})
    values.setdefault("called", person.get("family_name") or person.get("given_names"))
    return put_new_case(workspace, values, parts)


def _said(value: Any, depth: int = _DEPTH) -> Any:
    """Return a document without its nulls: wherever one stands, nothing is said."""
    if isinstance(value, dict) and depth:
        return {key: _said(one, depth - 1) for key, one in value.items() if one is not None}
    return [_said(one, depth - 1) for one in value if one is not None] if isinstance(value, list) and depth else value


def _group(document: Document, kind: str) -> list[Document]:
    items = document.get(kind, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _wrong(N_("The section “{part}” is not a list of records."), part=kind)
    letter = BY_KEY[kind].letter
    if any(item.get("restricted") or "sealed" in item for item in items):
        raise _wrong(N_("Restricted records are not included in documents."))
    named = [{"ref": f"{letter}{number}", **item} for number, item in enumerate(items, 1)]
    if not all(isinstance(item["ref"], str) and item["ref"] for item in named):
        raise _wrong(N_("A short name in the section “{part}” is not a text."), part=kind)
    if len({item["ref"] for item in named}) < len(named):
        raise _wrong(N_("Two records in the section “{part}” have the same short name."), part=kind)
    return named


def _memberships(given: list[Document], people: list[Document]) -> list[Document]:
    """Return one membership for every person of the document: those given, and one for each person without."""
    if not all(item.get("person") for item in given):
        raise _wrong(N_("A membership refers to a person who is not in the document."))
    named = [str(item.get("person")) for item in given]
    if len(set(named)) < len(named):
        raise _wrong(N_("The same person is in this case twice."))
    highest = max((item["position"] for item in given if isinstance(item.get("position"), int)), default=0)
    missing = [person["ref"] for person in people if person["ref"] not in named]
    return [
        *given,
        *(
            {
                "ref": f"{ref} in this case", "person": ref, "position": position, "is_returnee": True,
                "role": "principal_applicant" if position == 1 else "dependant",
            }
            for position, ref in enumerate(missing, highest + 1)
        ),
    ]  # fmt: skip


def _identifiers(
    workspace: Workspace, groups: dict[str, list[Document]]
) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    uids: dict[tuple[str, str], str] = {}
    existing: set[tuple[str, str]] = set()
    for kind in _ORDER:
        there = {_sameness(record.values): record.uid for record in workspace.store.reader.everything(kind)} if (
            kind in _BESIDE and groups[kind]
        ) else {}  # fmt: skip
        for item in groups[kind]:
            key = (kind, str(item["ref"]))
            found = there.get(_sameness(item))
            uids[key] = found or workspace.ids.new()
            if found:
                existing.add(key)
    return uids, existing


def _sameness(values: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(values.get("name", "")), str(values.get("place", "")), str(values.get("initials", ""))


def _values(kind: RecordType, item: Document, uids: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in item.items():
        if key == "ref" or key in STAYS.get(kind.key, ()):
            continue
        field = kind.field(key) if kind.has(key) else None
        if field is not None and field.target and value in ("", []):
            continue
        if field is not None and field.kind is Kind.LINK:
            values[key] = _target(field, value, uids)
        elif field is not None and field.kind is Kind.LINKS:
            names = value if isinstance(value, list) else [value]
            values[key] = tuple(_target(field, name, uids) for name in names)
        else:
            values[key] = value
    return values


def _target(field: Field, name: object, uids: Mapping[tuple[str, str], str]) -> str:
    uid = uids.get((field.target, str(name)))
    if uid is None:
        raise _wrong(N_("“{field}” refers to a record that is not in the document."), field=field.key)
    return uid


def _wrong(message: str, **values: object) -> BadInputError:
    return BadInputError(message, N_("Nothing was saved. Correct the document and add it again."), values)
