"""Fixtures of the fault tests."""

from collections.abc import Iterator

import pytest

from tests.faults.victims import CHILD
from tests.folders import OtherProgram
from tests.store.conftest import opening

__all__ = ["opening"]


@pytest.fixture(scope="module")
def victims() -> Iterator[OtherProgram]:
    """The program from which victims are forked."""
    with OtherProgram(CHILD) as program:
        yield program
