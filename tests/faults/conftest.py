"""Fixtures of the fault tests."""

from tests.store.conftest import opening

__all__ = ["opening"]
