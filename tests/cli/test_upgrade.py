"""Bringing a store of an older program over: tried on a copy first, then done behind a backup that is remembered."""

import shutil
from pathlib import Path

from avrr_desktop.cli import main as cli
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.version_memory import read_memory
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.engine.migrations import SCHEMA
from tests.support.folders import ROOT, fingerprints

GOLDEN = ROOT / "tests" / "golden" / "stores" / "0.1.0.avrr"


def test_a_store_is_tried_on_a_copy_and_then_brought_over(tmp_path: Path, capsys: object) -> None:
    store = Path(shutil.copytree(GOLDEN, tmp_path / "old.avrr"))
    before = fingerprints(store)
    assert cli.main(["store", "upgrade", "--dry-run", "--store", str(store)]) == 0
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert f"Schema 1 to {SCHEMA}: " in said
    assert "The trial on a copy succeeded. The store was not changed." in said
    assert fingerprints(store) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".trial")] == []
    assert read_memory().migrated == ()
    assert cli.main(["store", "upgrade", "--store", str(store)]) == 0
    [migrated] = read_memory().migrated
    assert (migrated.store, migrated.before, migrated.after) == (str(store.resolve()), 1, SCHEMA)
    assert (Path(migrated.backup) / "store.db").exists()
    open_store(store, PRACTICE_PASSPHRASE).lock()
    capsys.readouterr()  # type: ignore[attr-defined]
    assert cli.main(["store", "upgrade", "--store", str(store)]) == 0
    assert "There is nothing to change." in capsys.readouterr().out  # type: ignore[attr-defined]


def test_a_store_that_is_open_is_not_tried(tmp_path: Path, capsys: object) -> None:
    store = Path(shutil.copytree(GOLDEN, tmp_path / "old.avrr"))
    workspace = open_store(store, PRACTICE_PASSPHRASE)
    try:
        assert cli.main(["store", "upgrade", "--store", str(store)]) == 5
    finally:
        workspace.lock()
