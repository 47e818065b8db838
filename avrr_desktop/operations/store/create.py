"""Founds a store: its folder, its keys, its office and first officer, and what the policy gives to every new one."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from avrr_desktop.clock import DEFAULT_ZONE, Clock, SystemClock
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.history.identifiers import Ids
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.keys import slots
from avrr_desktop.keys.signing import new_seed, sealed_to
from avrr_desktop.language import Language
from avrr_desktop.operations.access.recovery import escrow_slot
from avrr_desktop.operations.computer.policy_file import located
from avrr_desktop.operations.office.pack_office import pack_parts
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.unlocking import Keys, check_passphrase, new_keys
from avrr_desktop.operations.session.workspace import Workspace, make_ids
from avrr_desktop.operations.store.opening import ready
from avrr_desktop.store.folder.folder import StoreFolder, made_aside, refuse_moved_aside
from avrr_desktop.store.folder.location_rules import refuse_place
from avrr_desktop.store.store import Store


def create_store(
    folder: Path,
    passphrase: str,
    office: dict[str, Value],
    officer: dict[str, Value] | None = None,
    *,
    kind: str = slots.OFFICE,
    words: Language | None = None,
    clock: Clock | None = None,
    random_bytes: Callable[[int], bytes] = os.urandom,
    keys: Keys | None = None,
) -> Workspace:
    """Make a store in a new folder, with its office and first officer, and return its Workspace.

    ``keys``: made beforehand by ``new_keys`` where the slow part must not hold up a window. What the policy of this
    computer gives to every new store, its pack and the escrow, is in it, or nothing is made.
    Raises StoreError, RefusedError.
    """
    known = [str(value) for value in (*office.values(), *(officer or {}).values()) if value]
    if keys is None and kind == slots.OFFICE:
        check_passphrase(passphrase, known)
    if not str(office.get("name", "")).strip() or not re.fullmatch(r"[A-Z]{2,4}", str(office.get("code", ""))):
        raise BadInputError(
            N_("Enter a name for the office, and a code of three letters from A to Z."), N_("Nothing was created.")
        )
    refuse_place(folder)
    refuse_moved_aside(folder)
    clock = clock or SystemClock()
    ids = make_ids(clock, random_bytes)
    keys = keys or new_keys(passphrase, kind, personal=bool(officer) and kind == slots.OFFICE, known=known)
    with made_aside(folder) as aside:
        aside.write_keys(keys.file)
        lies_at = StoreFolder(folder).database
        store = Store.create(
            aside.database, keys.database, device=ids.new(), random_bytes=random_bytes, lies_at=lies_at
        )
        try:
            workspace = ready(aside, kind, store, keys, words, clock, ids)
            commit(workspace, [adding(workspace, "office", {"time_zone": DEFAULT_ZONE, **office})])
            if officer:
                _begin_with(workspace, dict(officer), keys)
            _furnish(workspace, keys)
            began = workspace.officer
        finally:
            store.close()
    return _opened(folder, began, kind, keys, words, clock, ids, random_bytes)


def _opened(
    folder: Path, officer: Record | None, kind: str, keys: Keys, words: Language | None, clock: Clock, ids: Ids,
    random_bytes: Callable[[int], bytes],
) -> Workspace:  # fmt: skip
    """Open a store that was made just now in its place, for the officer who begins in it. Raises StoreError."""
    place = StoreFolder(folder)
    place.lock()
    store: Store | None = None
    try:
        store = Store.open(place.database, keys.database, random_bytes=random_bytes)
        workspace = ready(place, kind, store, keys, words, clock, ids)
    except BaseException:
        if store is not None:
            store.connection.close()
        place.unlock()
        raise
    workspace.officer, workspace.made_with = officer, keys.entry
    return workspace


def _begin_with(workspace: Workspace, officer: dict[str, object], keys: Keys) -> None:
    """Store the first officer and begin as them: with an own passphrase they found the store, and hold every key."""
    uid = keys.officer or workspace.ids.new()
    if keys.person is not None:
        compartment = new_seed()
        officer |= {"public_key": keys.person.public, "protection_key": sealed_to(keys.person.public, compartment)}
        officer.setdefault("role", "supervisor")
        workspace.hold_protection(compartment)
    commit(workspace, [adding(workspace, "officer", officer, uid)])
    workspace.officer = workspace.store.reader.record("officer", uid)
    workspace.read_grants()


def _furnish(workspace: Workspace, keys: Keys) -> None:
    """Give a new store what the policy says. Raises BadInputError for a pack file that cannot be taken, StoreError."""
    policy = workspace.policy
    if policy.pack and (parts := pack_parts(workspace, located(policy.pack))):
        commit(workspace, parts)
    if policy.escrow and keys.entry is not None:
        escrow_slot(workspace, keys.entry.secrets, policy.escrow)
