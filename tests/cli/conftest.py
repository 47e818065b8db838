"""Stores that the command line can open: made once with the cheapest key, copied for each test."""

import shutil
from pathlib import Path

import pytest

from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.store.create import create_store
from tests.support.running import CommandLine, Result

PASSPHRASE = "šest reči koje ne pripadaju nikome"
OFFICE_VALUES = {"name": "Tirana office", "code": "TIR", "country": "AL", "programme": "AVRR"}


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line of a user of this test."""
    return CommandLine(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def new_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two empty stores, a practice one and an office's."""
    folder = tmp_path_factory.mktemp("new")
    passphrases = {slots.PRACTICE: PRACTICE_PASSPHRASE, slots.OFFICE: PASSPHRASE}
    for kind, passphrase in passphrases.items():
        file, master = slots.create("0" * 26, kind, passphrase, Argon2id(passes=1, memory_kib=FLOOR_KIB))
        keys = Keys(file, subkey(master, "db/1"))
        create_store(folder / kind, passphrase, dict(OFFICE_VALUES), kind=kind, keys=keys).lock()
    return folder


@pytest.fixture
def store(new_stores: Path, tmp_path: Path) -> Path:
    """An empty practice store: the command line opens it without being told a passphrase."""
    return Path(shutil.copytree(new_stores / "practice", tmp_path / "practice.avrr"))


@pytest.fixture
def office(new_stores: Path, tmp_path: Path) -> Path:
    """An empty store of an office, opened by ``PASSPHRASE``."""
    return Path(shutil.copytree(new_stores / "office", tmp_path / "office.avrr"))


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A practice store as the command line makes it without a window, and what it said; only to be read."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as monkeypatch:
        cli = CommandLine(folder, monkeypatch)
        result = cli.process("practice", folder / "store", "--no-window", "--today", "2026-06-15")
    return folder / "store", result
