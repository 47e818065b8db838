"""Mistakes that the tests must notice, one module for each field of them."""

from tests.mutations import (
    backups,
    checks,
    closing,
    dates,
    desk,
    figures,
    guards,
    keys,
    machine,
    prints,
    rights,
    roles,
    store,
    taking,
    text,
    updates,
    upgrades,
    world,
)

_MODULES = (
    store,
    machine,
    text,
    backups,
    guards,
    keys,
    roles,
    closing,
    dates,
    prints,
    rights,
    taking,
    upgrades,
    updates,
    desk,
    checks,
    world,
    figures,
)
ALL = tuple(fault for module in _MODULES for fault in module.FAULTS)
