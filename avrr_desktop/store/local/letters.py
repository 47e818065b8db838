"""The letters of a store in case numbers: no two copies that both write give numbers with the same ones."""

import hashlib
import json
from collections.abc import Callable
from itertools import product

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.history.identifiers import NUMBER_ALPHABET, device_letters
from avrr_desktop.domain.i18n import N_
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.local.local import Local

_PLACES = 20  # in which a store remembers its letters


def new_letters(connection: Connection, local: Local, device: str, random_bytes: Callable[[int], bytes]) -> str:
    """Return two letters, three when those are used up, that neither a store nor a journey from it has used.

    They are not given again. Raises StoreError when none are left.
    """
    given = local.setting("letters_given").split()
    rows = connection.rows("SELECT number FROM cases WHERE number <> ''")
    used = {*given, local.setting("letters"), device_letters(device)}
    used.update(row[0].split("-")[-2] for row in rows if row[0].count("-") > 1)
    free = [letters for letters in map("".join, product(NUMBER_ALPHABET, repeat=2)) if letters not in used]
    free = free or [letters for letters in map("".join, product(NUMBER_ALPHABET, repeat=3)) if letters not in used]
    if not free:
        raise StoreError(
            N_("No letters are left for new case numbers."),
            N_("Nothing was changed. Ask for help with this store."),
        )
    letters = free[int.from_bytes(random_bytes(4), "big") % len(free)]
    local.set_setting("letters_given", " ".join([*given, letters]))
    return letters


def take_letters(local: Local, device: str, before: str, now: str, anew: Callable[[], str], *, lost: bool) -> None:
    """Take letters that no other copy gives numbers with: where this very file lay before, those of then, else ``anew``.

    ``before``, ``now``: what tells where the file lay and lies. ``lost``: it may lack numbers that it once gave, so that
    none of its letters are safe.
    """
    places = json.loads(local.setting("letters_at", "{}"))
    here, there = _mark(now), _mark(before)
    places[there] = local.setting("letters") or device_letters(device)
    letters = anew() if lost or here not in places else str(places[here])
    kept = {**{key: value for key, value in places.items() if key != here and not lost}, here: letters}
    local.set_setting("letters_at", json.dumps(dict([*kept.items()][-_PLACES:])))
    local.set_setting("letters", letters)


def _mark(identity: str) -> str:
    """Return by what a store remembers where it lay: nothing that names the place."""
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
