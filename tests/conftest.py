"""Fixtures that every test may ask for."""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.keys import opening, slots
from avrr_desktop.keys.derivation import passphrase_key
from avrr_desktop.operations.computer import policy_owner
from avrr_desktop.operations.session import unlocking
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import stores
from tests.support.office_with_keys import QUICK

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Where its examples lie: else in the folder where somebody happens to stand, which may not be theirs to write in.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(__file__).parents[1] / ".hypothesis"))
hypothesis.settings.register_profile("ordinary", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("ordinary")


PATIENCE = 60_000  # milliseconds: a busy machine is no fault


class PatientBot(QtBot):
    """Waits as long as a busy machine may take; what never comes is still told."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The driver of windows, in place of the library's own, which gives up after five seconds."""
    return PatientBot(request)


def uses_window(item: pytest.Item) -> bool:
    """Whether Qt is at work in a test."""
    return "qapp" in getattr(item, "fixturenames", ())


def pytest_sessionstart() -> None:
    """Keep the collector out of Qt's events and of other threads, as the program does: here it runs between tests."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what stays until the end out of every collection: modules, tests, what they were made from."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Destroy the windows of a test once nothing of it is held any more and Qt does nothing."""
    done = yield
    application = QApplication.instance()
    if application is not None and uses_window(item):
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        gc.freeze()  # what outlives its test stays: looking at it again after each one takes a third of the run
    else:
        gc.collect(1)
    return done


@pytest.fixture(autouse=True)
def own_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs the tests is their system: what they lay out as a policy counts, whoever they are."""
    if hasattr(os, "getuid"):
        monkeypatch.setattr(policy_owner, "SYSTEM", frozenset({0, os.getuid()}))


@pytest.fixture(scope="session", autouse=True)
def quick_keys() -> Iterator[None]:
    """Every store that the tests make has the quickest key that a store accepts, and none is derived twice in a process.

    A usual one takes most of a second, the quickest still more than all else at an unlock. What tests start as a program
    of its own does without both.
    """
    remembered = cache(passphrase_key)
    with pytest.MonkeyPatch.context() as setting:
        setting.setattr(unlocking, "HARDNESS", dict.fromkeys(unlocking.HARDNESS, QUICK))
        for module in (opening, slots):
            setting.setattr(module, "passphrase_key", remembered)
        yield


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes this user's own stores."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "profile"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "profile"))


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> stores.Template:
    """A store with office and officer, at 15 June 2026: made once, copied for each test."""
    return stores.template(tmp_path_factory.mktemp("office"), with_family=False)


@pytest.fixture(scope="session")
def family_template(tmp_path_factory: pytest.TempPathFactory) -> stores.Template:
    """The same with the family."""
    return stores.template(tmp_path_factory.mktemp("family"), with_family=True)


@pytest.fixture
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """An open store with office and officer, at 15 June 2026; with the family of ``family`` where a test asks for it."""
    template = request.getfixturevalue("family_template" if "family" in request.fixturenames else "office_template")
    made = stores.copied(template, tmp_path / "office.avrr")
    yield made
    made.lock()


@pytest.fixture
def family(workspace: Workspace, family_template: stores.Template) -> CaseFile:
    """A family of five with two papers missing, in the store of ``workspace``."""
    assert family_template.case
    return workspace.store.reader.case_file(family_template.case)
