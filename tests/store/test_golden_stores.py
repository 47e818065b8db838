"""A store of every released version opens for ever, says what it said, and can be worked in."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from avrr_desktop.operations.checking import check_store
from avrr_desktop.operations.finding import find
from avrr_desktop.operations.records import new_record
from avrr_desktop.operations.workspace import PRACTICE_PASSPHRASE, open_store

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
