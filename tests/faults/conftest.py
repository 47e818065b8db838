"""Fixtures of the fault tests."""

from collections.abc import Iterator

import pytest

from tests.store.conftest import opening
from tests.support.folders import OtherProgram
from tools.rigs.victims import CHILD

__all__ = ["opening"]


@pytest.fixture(scope="module")
def victims() -> Iterator[OtherProgram]:
    """The program from which victims are forked."""
    with OtherProgram(CHILD) as program:
        yield program
