"""The places that a store knows: those that ship, and the list of its office over them."""

from weakref import WeakKeyDictionary

from avrr_desktop.domain.places.gazetteer import Gazetteer, gazetteer
from avrr_desktop.domain.places.own_list import laid_over
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES

_STATE = "SELECT count(*), coalesce(max(changed), 0) FROM places WHERE removed=0"
_known: WeakKeyDictionary[Connection, tuple[tuple[int, int], Gazetteer]] = WeakKeyDictionary()


def places_of(connection: Connection) -> Gazetteer:
    """Return the places of a store; read again when the list of its office changed."""
    count, changed = connection.one(_STATE) or (0, 0)
    if not count:
        return gazetteer()
    there = _known.get(connection)
    if there is None or there[0] != (count, changed):
        shape = RECORD_TABLES["place"]
        rows = connection.rows(f"SELECT {shape.select} FROM {shape.table} WHERE removed=0 ORDER BY pk")
        there = ((count, changed), laid_over(gazetteer(), map(shape.record, rows)))
        _known[connection] = there
    return there[1]
