"""Real encrypted stores for tests, opened by raw key: only the tests of the keys pay for Argon2id."""

import random
import shutil
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from avrr_desktop.clock import Clock, SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.identifiers import Ids
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.keys.slots import OFFICE
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.workspace import Workspace, make_ids
from avrr_desktop.operations.store.opening import BEFORE_LOCK
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.opening import identity_of
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.store import Store

KEY = bytes(range(32))
PROTECTION = bytes(range(32, 64))
NOW = datetime(2026, 6, 15, 8, 0, tzinfo=timezone.utc)


def office_workspace(folder: Path, clock: Clock | None = None, *, officer: bool = True) -> Workspace:
    """Return an open workspace over a new store in ``folder``, with the office of Tirana and officer AH."""
    chance = random.Random(7)
    clock = clock or SteppingClock(NOW)
    place = StoreFolder(folder)
    place.make()
    place.lock()
    ids = make_ids(clock, chance.randbytes)
    store = Store.create(place.database, KEY, device=ids.new(), random_bytes=chance.randbytes)
    workspace = _over(place, store, clock, ids)
    new_record(workspace, "office", {"name": "Tirana office", "code": "TIR", "country": "AL", "programme": "AVRR"})
    if officer:
        made = new_record(workspace, "officer", {"name": "Arta Hoxha", "initials": "AH", "role": "supervisor"})
        workspace.officer = store.reader.record("officer", made.record)
    return workspace


def _over(place: StoreFolder, store: Store, clock: Clock, ids: Ids) -> Workspace:
    workspace = Workspace(
        folder=place, kind=OFFICE, words=Language(), pack=shipped_packs.shipped(), clock=clock, ids=ids,
        _store=store, _key=bytearray(KEY), before_lock=BEFORE_LOCK,
    )  # fmt: skip
    workspace.hold_protection(PROTECTION)
    return workspace


@dataclass(frozen=True)
class Template:
    """A store that was made once and was never closed, to be copied: where its files lie, and what went on with it."""

    folder: Path
    moment: datetime  # at which its clock stood
    officer: Record | None
    case: str | None


def template(folder: Path, *, with_family: bool) -> Template:
    """Make a store as `office_workspace` does, if wanted with the family of five, for `copied`."""
    clock = SteppingClock(NOW)
    workspace = office_workspace(folder / "made.avrr", clock)
    case = family(workspace).case.uid if with_family else None
    workspace.store.connection.checkpoint()
    shutil.copytree(workspace.folder.path, folder / "copy", ignore=shutil.ignore_patterns("lock", "*-wal", "*-shm"))
    made = Template(folder / "copy", clock.now(), workspace.officer, case)
    workspace.lock()
    return made


def copied(template: Template, folder: Path) -> Workspace:
    """Return an open workspace over a copy of a store that does not know that it is one: it goes on as the other would."""
    chance, clock = random.Random(8), SteppingClock(template.moment)
    place = StoreFolder(folder)
    place.make()
    place.lock()
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    connection = Connection(place.database, KEY, exclusive=True)
    store = Store(place.database, connection, chance.randbytes, identity_of(place.database))
    store.local.set_setting("identity", identity_of(place.database))
    ids = make_ids(clock, chance.randbytes)
    workspace = _over(place, store, clock, ids)
    workspace.officer = template.officer
    return workspace


def unlocked(session: Session | None) -> Workspace:
    """Return what a window or a screen holds as what it is behind its type, to look into its store."""
    assert isinstance(session, Workspace)
    return session


def reopened(workspace: Workspace, clock: Clock | None = None) -> Workspace:
    """Lock a workspace and open its store again."""
    folder, words, pack = workspace.folder, workspace.words, workspace.pack
    officer = workspace.officer
    workspace.lock()
    folder.lock()
    clock = clock or workspace.clock
    store = Store.open(folder.database, KEY)
    return Workspace(
        folder=folder, kind=workspace.kind, words=words, pack=pack, clock=clock,
        ids=make_ids(clock, __import__("os").urandom), officer=officer, _store=store, _key=bytearray(KEY),
        before_lock=BEFORE_LOCK,
    )  # fmt: skip


FAMILY = {
    "case": {"called": "Đorđević family", "country_of_return": "RS", "municipality_of_return": "Novi Pazar",
             "host_country": "BE", "opened_on": "2026-05-03", "arrival_date": "2026-04-28"},
    "person": [
        {"ref": "m1", "family_name": "Ђорђевић", "given_names": "Марко", "sex": "M", "birth_date": "1985-06-15",
         "national_number": "1506985600010", "number_scheme": "JMBG", "birth_place": "Нови Пазар"},
        {"ref": "m2", "family_name": "Đorđević", "given_names": "Šejla", "sex": "F", "birth_date": "1988"},
        {"ref": "m3", "family_name": "Đorđević", "given_names": "Ana", "sex": "F", "birth_date": "2014-03-02",
         "national_number": "0203014635120", "birth_place": "Liège", "birth_country": "BE"},
        {"ref": "m4", "family_name": "Đorđević", "given_names": "Luka", "sex": "M", "birth_date": "2019-05"},
        {"ref": "m5", "family_name": "Gjorgjeviq", "given_names": "Çelë", "sex": "F", "birth_date": "1955~"},
    ],
    "paper": [
        {"ref": "p1", "holder": "m1", "doc_type": "passport", "state": "held", "number": "009876543",
         "valid_until": "2026-06-24"},
        {"ref": "p2", "holder": "m3", "doc_type": "birth_certificate_national", "state": "missing"},
        {"ref": "p3", "holder": "m4", "doc_type": "birth_certificate_national", "state": "requested"},
    ],
    "note": [{"on": "2026-05-04", "kind": "general", "text": "Разговор у општини. Prva poseta, sve u redu."}],
}  # fmt: skip


def family(workspace: Workspace) -> CaseFile:
    """Store the family of five and return its case."""
    opened = add_case_document(workspace, FAMILY)
    return workspace.store.reader.case_file(opened.case)
