"""Fixtures of the store's tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from avrr_desktop.operations.session.workspace import Workspace
from tests.support.folders import opened


@pytest.fixture
def opening() -> Iterator[Callable[[Path], Workspace]]:
    """Opens store folders by raw key; what a failed test leaves open is closed, so that the next one is not hit."""
    with ExitStack() as open_ones:

        def open_folder(folder: Path) -> Workspace:
            workspace = opened(folder)
            open_ones.callback(workspace.lock)
            return workspace

        yield open_folder
