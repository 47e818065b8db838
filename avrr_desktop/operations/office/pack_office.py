"""What an office decides over the shipped pack: steps, services, lists; confirmed, outdated, exported, imported."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.pack import COMPUTED_LISTS, CONFIRMED, SCHEMA, Pack, StepTemplate, template_values
from avrr_desktop.domain.procedure.pack_file import OFFICE, broken, parse
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.types.pack_records import LIST_ENTRY, SERVICE_TEMPLATE, STEP_TEMPLATE
from avrr_desktop.files import read_small, write_whole
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.office.programmes import office_parts, office_tables
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit, edit_record
from avrr_desktop.operations.session.workspace import Workspace

REVIEW_AFTER_DAYS = 365
_ALLOWED = frozenset({"pack", "codes", "steps", "services", "situations", "settings", "programme", "programmes", "authorities",
                      "published_figure"})  # fmt: skip
_COMPARED = ("title", "short", "scope", "authority", "guidance", "needs", "needs_one_of", "helped_by", "parents_first",
             "needs_papers", "evidence", "fee", "legal_deadline", "expected_days", "basis", "source_title", "source_date",
             "source_url", "verification_status", "extends", "country", "sub_unit")  # fmt: skip
_INHERITED = ("short", "scope", "authority", "guidance", "needs", "needs_one_of", "helped_by", "parents_first",
              "needs_papers", "evidence")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in which the office's template differs from the shipped one."""

    field: str
    shipped: Value | None
    ours: Value | None


@needs(Permission.READ)
def own_record(workspace: Workspace, key: str) -> Record | None:
    """Return the office's record of a template; None where the shipped one holds."""
    records = workspace.store.reader.everything("step_template")
    return next((record for record in records if record.text("key") == key), None)


@needs(Permission.READ)
def compare(workspace: Workspace, key: str) -> tuple[Compared, ...]:
    """Return how the office's template differs from the one that shipped; empty for a shipped or an own one."""
    shipped, ours = workspace.shipped_pack.steps.get(key), workspace.pack.steps.get(key)
    if shipped is None or ours is None or shipped == ours:
        return ()
    return tuple(
        Compared(name, getattr(shipped, name) or None, getattr(ours, name) or None)
        for name in _COMPARED
        if getattr(shipped, name) != getattr(ours, name)
    )


@needs(Permission.READ)
def editable(workspace: Workspace, key: str) -> dict[str, Value]:
    """Return the values with which an office's own version of a template begins; it is made with the first change."""
    return {
        key: value for key, value in _over(workspace, _template(workspace, key), {}).values.items() if value is not None
    }


@needs(Permission.MANAGE)
def change_template(workspace: Workspace, key: str, values: Mapping[str, object]) -> Changes:
    """Change some fields of a template: of the office's version, which is laid over the shipped one at its first change."""
    record = own_record(workspace, key)
    if record is None:
        return commit(workspace, [_over(workspace, _template(workspace, key), values)])
    changes = edit_record(workspace, record, values)
    if changes is None:
        raise RefusedError(N_("The step already has this text."), N_("Nothing was changed."))
    return changes


@needs(Permission.MANAGE)
def confirm(workspace: Workspace, key: str) -> Changes:
    """Confirm a template in the name of the officer at work; it is to be looked at again after a year."""
    today = workspace.today
    return _set(workspace, key, {
        "verification_status": CONFIRMED, "verified_by": workspace.actor, "verified_on": today.isoformat(),
        "review_due_on": (today + timedelta(days=REVIEW_AFTER_DAYS)).isoformat(),
    })  # fmt: skip


@needs(Permission.MANAGE)
def mark_outdated(workspace: Workspace, key: str) -> Changes:
    """Say that a template no longer holds; officers see it beside the step."""
    return _set(workspace, key, {"verification_status": "outdated"})


@needs(Permission.MANAGE)
def back_to_shipped(workspace: Workspace, key: str) -> Changes:
    """Take the office's own version away again. Raises RefusedError for a template that never shipped."""
    record = own_record(workspace, key)
    if record is None or key not in workspace.shipped_pack.steps:
        raise RefusedError(N_("This step is unchanged, or your own."), N_("Nothing was changed."))
    return commit(workspace, [Part(PartKind.REMOVE, "step_template", record.uid, {}, record.seen)])


def _template(workspace: Workspace, key: str) -> StepTemplate:
    template = workspace.pack.steps.get(key)
    if template is None:
        raise RefusedError(N_("The pack has no such step."), N_("Nothing was changed."))
    return template


def _over(workspace: Workspace, template: StepTemplate, values: Mapping[str, object]) -> Part:
    shipped = workspace.shipped_pack.steps.get(template.key)
    version = {"version": template.version + 1, "over_version": shipped.version if shipped else 0}
    return adding(workspace, "step_template", {**template_values(template), **values, **version})


def _set(workspace: Workspace, key: str, values: Mapping[str, Value]) -> Changes:
    record = own_record(workspace, key)
    if record is None:
        return commit(workspace, [_over(workspace, _template(workspace, key), values)])
    changed: dict[str, Value | None] = {**values, "version": record.whole("version") + 1}
    return commit(workspace, [Part(PartKind.SET, "step_template", record.uid, changed, record.seen)])


@needs(Permission.READ)
def export_pack(workspace: Workspace, path: Path) -> Path:
    """Write the sum of shipped pack and office's changes as one TOML file, without personal data. Raises StoreError."""
    import tomli_w

    write_whole(path, tomli_w.dumps(document_of(workspace.pack)).encode("utf-8"))
    return path


def document_of(pack: Pack) -> dict[str, Any]:
    """Return what a pack says that an office may decide as a document of the pack schema."""
    return {
        "pack": {"key": "office", "schema": SCHEMA, "version": pack.version, "title": pack.title},
        "codes": {name: dict(entries) for name, entries in pack.codes.items() if name not in COMPUTED_LISTS},
        "steps": {key: _step_table(step) for key, step in pack.steps.items()},
        "services": {
            key: {"title": one.title, "category": one.category, "steps": list(one.steps),
                  **({"programme": one.programme} if one.programme else {})}
            for key, one in pack.services.items()
        },
        "situations": {
            key: {"title": one.title, "services": list(one.services),
                  **({"facts": dict(one.facts), "reason": one.reason} if one.facts else {})}
            for key, one in pack.situations.items()
        },
        **office_tables(pack),
    }  # fmt: skip


def _step_table(step: StepTemplate) -> dict[str, Any]:
    kept = {key: list(value) if isinstance(value, tuple) else value for key, value in template_values(step).items()}
    if step.extends:  # what the office emptied must not be inherited again where the file is read
        empty = {name: list(value) if isinstance(value := getattr(step, name), tuple) else value for name in _INHERITED}
        kept = {**empty, **kept}
    source = {key[7:]: kept.pop(key) for key in ("source_title", "source_date", "source_url") if key in kept}
    for key in ("key", "verified_by", "over_version"):
        kept.pop(key, None)
    kept["template_version"] = kept.pop("version", 1)
    return {**kept, **({"source": source} if source else {})}


@needs(Permission.MANAGE)
def import_pack(workspace: Workspace, path: Path) -> Changes:
    """Lay a pack file over the office's pack: what differs becomes the office's own, as one Change.

    Raises BadInputError naming file, table and key; a broken file is refused whole.
    """
    parts = pack_parts(workspace, path)
    if not parts:
        raise RefusedError(N_("The file contains nothing new for your pack."), N_("Nothing was changed."))
    return commit(workspace, parts)


def pack_parts(workspace: Workspace, path: Path) -> list[Part]:
    """Return what a pack file says that the office's pack does not say. Raises BadInputError naming file, table and key."""
    name = path.name
    try:
        document = tomllib.loads(read_small(path).decode("utf-8-sig"))
    except OSError:
        raise BadInputError(
            N_("The file “{file}” could not be read."), N_("Nothing was imported."), {"file": name}
        ) from None
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            N_("The file “{file}” is not a pack: {why}"), N_("Nothing was imported."),
            {"file": name, "why": str(error).splitlines()[0]},
        ) from None  # fmt: skip
    for table in document:
        if table not in _ALLOWED:
            raise broken(name, table, "")
    base = document_of(workspace.pack)
    whole = parse([*shipped_packs.shipped_documents(), (OFFICE, base), (name, document)])
    for key in document.get("situations", {}):
        if whole.situations[key] != workspace.pack.situations.get(key):
            raise broken(name, f"situations.{key}", "")
    parts = _steps_of(workspace, whole, document) + _services_of(workspace, whole, document)
    return parts + _entries_of(workspace, document) + office_parts(workspace, whole, document)


def _steps_of(workspace: Workspace, whole: Pack, document: Mapping[str, Any]) -> list[Part]:
    parts = []
    for key in document.get("steps", {}):
        new, now = whole.steps[key], workspace.pack.steps.get(key)
        same = now is not None and all(getattr(new, name) == getattr(now, name) for name in _COMPARED)
        if same:
            continue
        record = own_record(workspace, key)
        if record is None:
            parts.append(_over(workspace, new, {}))
            continue
        kept = template_values(new)
        changed = rules.clean_values(STEP_TEMPLATE, {name: kept.get(name) for name in _COMPARED})
        changed |= {"version": record.whole("version") + 1, "verified_by": None, "verified_on": None}
        parts.append(Part(PartKind.SET, "step_template", record.uid, changed, record.seen))
    return parts


def _services_of(workspace: Workspace, whole: Pack, document: Mapping[str, Any]) -> list[Part]:
    there = {record.text("key"): record for record in workspace.store.reader.everything("service_template")}
    parts = []
    for key in document.get("services", {}):
        service, now = whole.services[key], workspace.pack.services.get(key)
        if now == service:
            continue
        values: dict[str, object] = {
            "key": key, "title": service.title, "category": service.category, "steps": service.steps,
            "programme": service.programme,
        }  # fmt: skip
        if key in there:
            cleaned = rules.clean_values(SERVICE_TEMPLATE, values)
            parts.append(Part(PartKind.SET, "service_template", there[key].uid, cleaned, there[key].seen))
        else:
            parts.append(adding(workspace, "service_template", dict(values)))
    return parts


def _entries_of(workspace: Workspace, document: Mapping[str, Any]) -> list[Part]:
    own = {(one.text("list"), one.text("code")): one for one in workspace.store.reader.everything("list_entry")}
    parts = []
    for name, entries in document.get("codes", {}).items():
        for code, text in entries.items():
            if workspace.pack.codes.get(name, {}).get(code) == text:
                continue
            if record := own.get((name, code)):
                label = rules.clean_values(LIST_ENTRY, {"label": text})
                parts.append(Part(PartKind.SET, "list_entry", record.uid, label, record.seen))
            else:
                parts.append(adding(workspace, "list_entry", {"list": name, "code": code, "label": text}))
    return parts
