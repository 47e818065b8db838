"""An office's own list of places, laid over the shipped one: places of its own, and further names of those that ship."""

from collections.abc import Iterable, Mapping

from avrr_desktop.domain.places.gazetteer import Gazetteer, Keys, keys_of
from avrr_desktop.domain.records.fields import Record

_LEVEL = "settlement"  # where nothing lies above it, it is a municipality
_TOP = "municipality"


def laid_over(shipped: Gazetteer, own: Iterable[Record]) -> Gazetteer:
    """Return the places that ship with those of an office over them. One with the identifier of a shipped place adds names to it."""
    rows = list(shipped.rows)
    changed: dict[int, None] = {}
    for record in own:
        uid = record.text("key")
        row = shipped.row_of(uid)
        if row is None:
            rows.append(_line(shipped, _values(record, shipped)))
            changed[len(rows) - 1] = None
        else:
            there = dict(zip(shipped.columns, rows[row].split("\t"), strict=True))
            rows[row] = _line(
                shipped,
                {**there, "other_names": "|".join((*filter(None, there["other_names"].split("|")), *_names(record)))},
            )
            changed[row] = None
    added = keys_of(Gazetteer(shipped.columns, [rows[row] for row in changed], EMPTY))
    return Gazetteer(shipped.columns, rows, _joined(shipped.keys, added, tuple(changed)))


EMPTY = Keys({}, {}, {}, {})


def _values(record: Record, shipped: Gazetteer) -> Mapping[str, str]:
    parent = record.text("parent")
    latin, cyrillic = ("name_sr_Latn", "name_sr_Cyrl")
    values = {
        "place_id": record.text("key"), "country": record.text("country"), "level": _LEVEL if parent else _TOP, "parent_id": parent,
        "name_official_1": record.text("name"), "lang_1": "und", "name_official_2": record.text("second_name"),
        "lang_2": "und" if record.text("second_name") else "", "other_names": "|".join(_others(record)),
    }  # fmt: skip
    for name in filter(None, (record.text("name"), record.text("second_name"))):
        values[cyrillic if "Ѐ" <= name[0] <= "ӿ" else latin] = name
    return values


def _names(record: Record) -> tuple[str, ...]:
    return tuple(filter(None, (record.text("name"), record.text("second_name"), *_others(record))))


def _others(record: Record) -> tuple[str, ...]:
    return tuple(name.strip() for name in record.text("other_names").splitlines() if name.strip())


def _line(shipped: Gazetteer, values: Mapping[str, str]) -> str:
    return "\t".join(values.get(column, "").replace("\t", " ") for column in shipped.columns)


def _joined(keys: Keys, added: Keys, rows: tuple[int, ...]) -> Keys:
    """Return keys with further ones, whose rows count from zero among ``rows``."""
    found = []
    for index, more in zip(keys, added, strict=True):
        both = dict(index)
        for key, numbers in more.items():
            both[key] = tuple(dict.fromkeys((*both.get(key, ()), *(rows[number] for number in numbers))))
        found.append(both)
    return Keys(*found)
