"""What an office sets for its programmes, which offices it names, what it states: read for a form, a file and an import."""

from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.procedure.pack import Pack, Programme, PublishedFigure, figure_of
from avrr_desktop.domain.procedure.pack_settings import SETTINGS, YES
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.pack_records import RULES_KEY, part_key
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

PROGRAMME, RULES, AUTHORITY, FIGURE = "programme", "office_rules", "authority", "stated_figure"
Document = Mapping[str, Any]


@needs(Permission.READ)
def own_of(workspace: Workspace, record_type: str, key: str) -> Record | None:
    """Return the office's record of a programme, or of the rules for all; None where what shipped holds."""
    return next((one for one in workspace.store.reader.everything(record_type) if one.text("key") == key), None)


@needs(Permission.READ)
def programme_values(workspace: Workspace, key: str) -> dict[str, Value]:
    """Return what holds for a programme, as the values with which an office's own record of it begins."""
    return _programme_values(workspace.pack.programmes[key])


@needs(Permission.READ)
def rules_values(workspace: Workspace) -> dict[str, Value]:
    """Return what holds for all programmes, as the values with which the office's own record of it begins."""
    return {"key": RULES_KEY, **_as_values({key: workspace.pack.setting(key) for key in SETTINGS})}


def _programme_values(programme: Programme) -> dict[str, Value]:
    values: dict[str, Value] = {
        "key": programme.key, "title": programme.title, "donor": programme.donor, "direction": programme.direction,
        "eligible_statuses": programme.eligible_statuses, **_as_values(programme.settings),
        "retention": "\n".join(programme.retention), "kosovo_note": programme.kosovo_note,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value not in ("", ())}


def _as_values(settings: Mapping[str, int]) -> dict[str, Value]:
    """Return numbers as the fields hold them: what is answered with yes or no as such."""
    return {key: bool(value) if SETTINGS[key].unit == YES else value for key, value in settings.items()}


def office_tables(pack: Pack) -> dict[str, Any]:
    """Return the tables of a pack file that say what an office may set of its programmes."""
    return {
        "settings": dict(pack.settings),
        "programmes": {key: _programme_table(one) for key, one in pack.programmes.items()},
        "authorities": {
            f"{country}.{kind}": {"country": country, "type": kind, "text": text, "basis": "programme",
                                  "verification_status": "unverified_default"}
            for (country, kind), text in pack.authorities.items()
        },
        "published_figure": [_figure_table(one) for one in pack.figures],
    }  # fmt: skip


def _programme_table(programme: Programme) -> dict[str, Any]:
    table = {"title": programme.title, "donor": programme.donor, "direction": programme.direction,
             "eligible_statuses": list(programme.eligible_statuses), "settings": dict(programme.settings),
             "retention": list(programme.retention), "kosovo_note": programme.kosovo_note}  # fmt: skip
    return {key: value for key, value in table.items() if value or key == "title"}


def _figure_table(figure: PublishedFigure) -> dict[str, Any]:
    table = {
        "title": figure.title, "source": figure.source, "programme": figure.programme, "period_from": figure.period_from,
        "period_until": figure.period_until, "unit": figure.unit, "stated_total": figure.stated_total,
        "hosts": list(figure.hosts), "note": figure.note, "parts": dict(figure.parts),
    }  # fmt: skip
    return {key: value for key, value in table.items() if value or key == "stated_total"}


def office_parts(workspace: Workspace, whole: Pack, document: Document) -> list[Part]:
    """Return what a pack file says of rules, programmes, offices and figures that the office's pack does not say."""
    return [
        *_rules_parts(workspace, document),
        *_programme_parts(workspace, whole, document),
        *_authority_parts(workspace, whole, document),
        *_figure_parts(workspace, whole, document),
    ]


def _rules_parts(workspace: Workspace, document: Document) -> list[Part]:
    now = workspace.pack
    changed = {key: value for key, value in document.get("settings", {}).items() if now.setting(key) != value}
    return [_put(workspace, RULES, RULES_KEY, _as_values(changed))] if changed else []


def _programme_parts(workspace: Workspace, whole: Pack, document: Document) -> list[Part]:
    named = [*document.get("programmes", {})]
    if "programme" in document:
        named.append(document["programme"]["key"])
    changed = [key for key in named if whole.programmes[key] != workspace.pack.programmes.get(key)]
    return [_put(workspace, PROGRAMME, key, _programme_values(whole.programmes[key])) for key in changed]


def _authority_parts(workspace: Workspace, whole: Pack, document: Document) -> list[Part]:
    own = {(one.text("country"), one.text("type")): one for one in workspace.store.reader.everything(AUTHORITY)}
    country = str(document["pack"].get("country", ""))
    parts = []
    for table in document.get("authorities", {}).values():
        place = (str(table.get("country") or country), table["type"])
        if workspace.pack.authorities.get(place) != whole.authorities[place]:
            values = {"country": place[0], "type": place[1], "name": whole.authorities[place]}
            parts.append(_laid(workspace, AUTHORITY, own.get(place), values))
    return parts


def _figure_parts(workspace: Workspace, whole: Pack, document: Document) -> list[Part]:
    if "published_figure" not in document:
        return []
    own = {figure_of(one).name: one for one in workspace.store.reader.everything(FIGURE)}
    there = workspace.pack.figures
    return [
        _laid(workspace, FIGURE, own.get(one.name), _figure_values(one)) for one in whole.figures if one not in there
    ]


def _figure_values(figure: PublishedFigure) -> dict[str, Value]:
    parts = {part_key(code): figure.parts[code] for code in RETURN if code in figure.parts}
    return {
        "title": figure.title, "source": figure.source, "programme": figure.programme, "unit": figure.unit,
        "period_from": figure.period_from, "period_until": figure.last_day, "total": figure.stated_total, **parts,
        "hosts": ", ".join(figure.hosts), "note": figure.note,
    }  # fmt: skip


def _put(workspace: Workspace, record_type: str, key: str, values: Mapping[str, Value]) -> Part:
    return _laid(workspace, record_type, own_of(workspace, record_type, key), {"key": key, **values})


def _laid(workspace: Workspace, record_type: str, own: Record | None, values: Mapping[str, Value]) -> Part:
    if own is None:
        return adding(workspace, record_type, values)
    cleaned = rules.clean_values(BY_KEY[record_type], dict(values))
    return Part(PartKind.SET, record_type, own.uid, cleaned, own.seen)
