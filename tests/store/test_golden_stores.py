"""A store of every released version opens for ever, says what it said, and can be worked in."""

import hashlib
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import PassphraseError
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.store.backups import restore_as_store
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder.backup import Manifest, digest_of
from avrr_desktop.store.journal.journal import Journal

GOLDEN = Path(__file__).parent.parent / "golden" / "stores"


@pytest.mark.parametrize("version", sorted(path.stem for path in GOLDEN.glob("*.json")))
def test_a_store_of_this_version_opens_with_all_that_was_in_it(version: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOLDEN / f"{version}.avrr", tmp_path / "golden.avrr"))
    told = json.loads((GOLDEN / f"{version}.json").read_text(encoding="ascii"))
    workspace = open_store(folder, PRACTICE_PASSPHRASE)
    dump = list(workspace.store.dump())
    assert hashlib.sha256("\n".join(dump).encode()).hexdigest() == told["dump"]
    assert check_store(workspace).sound
    [case] = {hit.case.uid for hit in find(workspace, "Gjorgjeviq")}
    assert workspace.store.local.drafts() and workspace.store.local.documents()
    new_record(workspace, "note", {"text": "written by a later version"}, case)
    assert check_store(workspace).sound
    workspace.lock()


def test_the_first_release_has_a_golden_store() -> None:
    assert (GOLDEN / "0.1.0.avrr" / "store.db").exists()


@pytest.mark.parametrize("version", sorted(path.stem for path in GOLDEN.glob("*.json")))
def test_a_backup_of_this_version_is_brought_back(version: str, tmp_path: Path) -> None:
    backup = tmp_path / "backups" / "golden-0001.avrr-backup"
    shutil.copytree(GOLDEN / f"{version}.avrr", backup)
    keys = unlock(backup, PRACTICE_PASSPHRASE)
    connection = Connection(backup / "store.db", keys.database, read_only=True, immutable=True)
    journal = Journal(connection, os.urandom)
    size, digest = (backup / "store.db").stat().st_size, digest_of(backup / "store.db")
    made = Manifest(
        store=keys.file.store,
        sequence=1,
        entries=journal.count(),
        newest=journal.newest_name(),
        made_at="2026-06-15T10:00:00+00:00",
        size=size,
        digest=digest,
    )
    connection.close()
    (backup / "backup.json").write_text(json.dumps(asdict(made)), encoding="ascii")
    target = tmp_path / "golden.avrr"
    with pytest.raises(PassphraseError):
        restore_as_store(backup, target, "one two three four five")
    assert restore_as_store(backup, target, PRACTICE_PASSPHRASE) is None
    workspace = open_store(target, PRACTICE_PASSPHRASE)
    assert workspace.restored is not None and workspace.restored.sequence == 1
    assert check_store(workspace).sound and find(workspace, "Gjorgjeviq")
    workspace.lock()
