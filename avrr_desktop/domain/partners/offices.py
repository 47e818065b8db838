"""The offices that the country packs name, as entries of the directory that nobody has written yet.

Each is known by an identifier made from its country and kind. It is written as an ordinary record with that identifier by the
first Change that names it, or when somebody edits it (``operations.session.pack_offices``); until then it costs nothing, and
what the pack says of it is never shown as checked by anybody.
"""

from collections.abc import Collection, Iterator

from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.wording import Speaks, country_name

BEFORE = "pack:"  # begins the identifier of an entry that comes from a pack


def is_of_pack(uid: str) -> bool:
    """Return whether an identifier is that of an office of a country pack, written already or not."""
    return uid.startswith(BEFORE)


def is_unwritten(partner: Record) -> bool:
    """Return whether an entry is an office of a pack that nobody has used or edited yet: no Change stands behind it."""
    return is_of_pack(partner.uid) and not partner.seen


def pack_offices(pack: Pack, countries: Collection[str], words: Speaks) -> tuple[Record, ...]:
    """Return the offices that a pack names in some countries, as records of the directory, in the order of the pack."""
    return tuple(
        _office(pack, country, kind, words) for country, kind in pack.authorities if country in countries and country
    )


def pack_office(pack: Pack, uid: str, words: Speaks) -> Record | None:
    """Return an office of a pack by its identifier; None for another entry, and for one that the pack no longer names."""
    country, _, kind = uid.removeprefix(BEFORE).partition(".")
    return _office(pack, country, kind, words) if is_of_pack(uid) and (country, kind) in pack.authorities else None


def office_uid(country: str, kind: str) -> str:
    """Return the identifier under which the office of a kind in a country stands in the directory."""
    return f"{BEFORE}{country}.{kind}"


def _office(pack: Pack, country: str, kind: str, words: Speaks) -> Record:
    name = f"{words.text(pack.label('authority_type', kind))} ({country_name(country, words)})"
    values: dict[str, Value] = {
        "name": name, "role": "authority", "country": country, "from_pack": f"{country}.{kind}",
        "remarks": words.text(pack.authorities[country, kind]),
    }  # fmt: skip
    return Record("provider", office_uid(country, kind), values)


def named_offices(values: Collection[Value | None]) -> Iterator[str]:
    """Yield the identifiers of offices of packs among the values of a record: in links, and in lists of links."""
    for value in values:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and is_of_pack(one):
                yield one
