"""Faults are planted rarely; that each still fits the code, and names tests that are there, is seen on every run."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.mutations import ALL
from tests.mutations.mutation import Fault
from tests.support.folders import ROOT

NAMES = [fault.name for fault in ALL]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def functions_in(path: Path) -> frozenset[str]:
    """Return the functions at the outermost level of a file of tests; none for a file that is not there."""
    body = ast.parse(text_of(path)).body if path.is_file() else []
    return frozenset(part.name for part in body if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"))


def test_every_planted_fault_has_a_name_of_its_own() -> None:
    assert sorted(name for name in NAMES if NAMES.count(name) > 1) == []


@pytest.mark.parametrize("fault", ALL, ids=NAMES)
def test_a_planted_fault_fits_the_code_of_today_in_one_place_and_changes_it(fault: Fault) -> None:
    assert fault.mutations
    texts = {mutation.module: text_of(ROOT / "avrr_desktop" / mutation.module) for mutation in fault.mutations}
    for mutation in fault.mutations:
        texts[mutation.module] = mutation.planted(texts[mutation.module])


@pytest.mark.parametrize("fault", ALL, ids=NAMES)
def test_the_tests_that_must_notice_a_planted_fault_are_there(fault: Fault) -> None:
    assert fault.tests
    for test in fault.tests:
        file, _, function = test.partition("::")
        assert function.partition("[")[0] in functions_in(ROOT / file), f"there is no {test}"
