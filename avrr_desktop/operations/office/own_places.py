"""An office's own list of places: taken from a table, laid over the places that ship, written as a table again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people import country
from avrr_desktop.domain.places.gazetteer import Gazetteer
from avrr_desktop.domain.places.place_keys import key as place_key
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.types.pack_records import PLACE
from avrr_desktop.files import read_small, write_whole
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.tables.register import read_csv, write_csv

COLUMNS = ("name", "second_name", "other_names", "country", "parent", "code")
_NEEDED = ("name", "country")
_KEPT = {"code": "national_code"}  # column -> field, where they differ
_MANY = "|"  # between other names in one cell
_LARGEST = 5_000_000  # bytes
_MOST_TOLD = 10  # lines that are wrong, named in one answer
_SEPARATORS = "\t;,"
Line = Mapping[str, str]


class _Wrong(NamedTuple):
    line: int
    why: str
    values: Mapping[str, object]


@needs(Permission.READ)
def own_places(workspace: Workspace) -> tuple[Record, ...]:
    """Return the places of the office's own list."""
    return workspace.store.reader.everything("place")


@needs(Permission.MANAGE)
def import_places(workspace: Workspace, path: Path) -> Changes:
    """Lay a table of places over those that are known, as one Change that can be undone.

    Its first line names the columns, see ``COLUMNS``. Raises BadInputError with every line that is wrong; then nothing is
    imported. Raises RefusedError for a table that says nothing new.
    """
    lines = _lines(path)
    parts = list(_parts(workspace, lines, path.name))
    if not parts:
        raise RefusedError(N_("The list contains nothing new."), N_("Nothing was changed."))
    return commit(workspace, parts)


@needs(Permission.MANAGE)
def export_places(workspace: Workspace, path: Path) -> Path:
    """Write the office's own list as a table that ``import_places`` takes; return its path. Raises StoreError."""
    rows: list[Sequence[str | int]] = [COLUMNS]
    for record in own_places(workspace):
        cells = {column: record.text(_KEPT.get(column, column)) for column in COLUMNS}
        cells["other_names"] = _MANY.join(record.text("other_names").splitlines())
        rows.append([cells[column] for column in COLUMNS])
    write_whole(path, write_csv(rows))
    return path


def _lines(path: Path) -> list[Line]:
    """Return the lines of a table by their columns. Raises BadInputError for what is no such table."""
    named = {"file": path.name}
    try:
        content = read_small(path, _LARGEST)
        first = content.decode("utf-8-sig").partition("\n")[0]
        separator = next((one for one in _SEPARATORS if one in first), ",")
        head, *rows = read_csv(content, separator)
    except OSError:
        raise BadInputError(N_("The file “{file}” could not be read."), N_("Nothing was imported."), named) from None
    except ValueError:
        raise BadInputError(
            N_("The file “{file}” is not a table of places."),
            N_("Nothing was imported. Save it as CSV in UTF-8."),
            named,
        ) from None
    columns = [cell.strip().casefold() for cell in head]
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown or not set(_NEEDED) <= set(columns):
        raise BadInputError(
            N_("The first line of “{file}” does not name the columns of a list of places."),
            N_("Nothing was imported. The columns are: {columns}. Only name and country are required."),
            {"file": path.name, "columns": ", ".join(COLUMNS)},
        )
    return [dict(zip(columns, (cell.strip() for cell in row), strict=False)) for row in rows]


def _parts(workspace: Workspace, lines: Sequence[Line], file: str) -> Iterator[Part]:
    """Yield what a table says that the list does not say. Raises BadInputError naming the lines that are wrong."""
    wrong: list[_Wrong] = []
    read: dict[str, Mapping[str, object]] = {}
    names: dict[tuple[str, str], str] = {}  # (country, key of a name) -> identifier, of the lines above
    for number, line in enumerate(lines, 2):
        if not any(line.values()):
            continue
        said = _values(workspace.pack.places, names, line)
        if isinstance(said, _Wrong):
            wrong.append(said._replace(line=number))
            continue
        if str(said["key"]) in read:
            wrong.append(_Wrong(number, N_("this place is in the list twice"), {}))
            continue
        read[str(said["key"])] = said
        names[str(said["country"]), place_key(line["name"])] = str(said["key"])
    if wrong:
        raise _refused(workspace, wrong, file)
    there = {record.text("key"): record for record in own_places(workspace)}
    for uid, values in read.items():
        own = there.get(uid)
        if own is None:
            yield adding(workspace, "place", values)
        elif changed := _changed(own, values):
            yield Part(PartKind.SET, "place", own.uid, changed, own.seen)


def _changed(own: Record, values: Mapping[str, object]) -> dict[str, Value | None]:
    cleaned = rules.clean_values(PLACE, dict(values))
    return {key: value for key, value in cleaned.items() if value != own.values.get(key)}


def _values(places: Gazetteer, names: Mapping[tuple[str, str], str], line: Line) -> dict[str, object] | _Wrong:
    name, said = line.get("name", ""), line.get("country", "")
    code = country.code_of(said) if said else None
    if not name:
        return _Wrong(0, N_("the name is missing"), {})
    if code is None:
        return _Wrong(0, N_("“{text}” is not a country"), {"text": said})
    parent = _parent(places, names, line.get("parent", ""), code)
    if parent is None:
        return _Wrong(0, N_("the place around it is not known: “{text}”"), {"text": line.get("parent", "")})
    others = "\n".join(filter(None, (one.strip() for one in line.get("other_names", "").split(_MANY))))
    return {
        "key": _identifier(places, name, code, parent), "country": code, "name": name, "second_name": line.get("second_name", ""),
        "other_names": others, "parent": parent, "national_code": line.get("code", ""),
    }  # fmt: skip


def _parent(places: Gazetteer, names: Mapping[tuple[str, str], str], text: str, code: str) -> str | None:
    """Return the identifier of the place that a line lies in; empty where it names none, None where nobody knows it."""
    if not text:
        return ""
    if text in names.values() or places.get(text):
        return text
    found = places.sure(text, code, only=True)
    return names.get((code, place_key(text))) or (found.uid if found else None)


def _identifier(places: Gazetteer, name: str, code: str, parent: str) -> str:
    """Return the identifier of a place that is known by exactly this name, else one of the office's own."""
    found = places.sure(name, code, only=True)
    if (
        found
        and place_key(name) in map(place_key, found.all_names())
        and (not parent or parent in places.ancestors(found.uid))
    ):
        return found.uid
    inside = parent.rpartition("-")[2] if parent else ""
    return "-".join(filter(None, (code, "o", inside, place_key(name))))


def _refused(workspace: Workspace, wrong: Sequence[_Wrong], file: str) -> BadInputError:
    words = workspace.words
    told = [
        words.text(N_("line {line}: {why}"), line=one.line, why=words.text(one.why, **one.values))
        for one in wrong[:_MOST_TOLD]
    ]
    more = len(wrong) - len(told)
    return BadInputError(
        N_("Lines of the list “{file}” could not be read: {count}."),
        N_("Nothing was imported. Correct them and try again: {lines}"),
        {"file": file, "count": len(wrong), "lines": "; ".join([*told, *(["…"] if more else [])])},
    )
