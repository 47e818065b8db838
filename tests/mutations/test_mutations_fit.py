"""Faults are planted rarely; that each still fits the code, and names tests that are there, is seen on every run."""

import ast
from functools import cache
from pathlib import Path

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


def misfit(fault: Fault) -> str:
    """Return why a fault cannot be planted in the code of today; empty when it fits in one place and changes it."""
    texts = {mutation.module: text_of(ROOT / "avrr_desktop" / mutation.module) for mutation in fault.mutations}
    try:
        for mutation in fault.mutations:
            texts[mutation.module] = mutation.planted(texts[mutation.module])
    except (ValueError, SyntaxError) as error:
        return str(error)
    return "" if fault.mutations else "it changes nothing"


def test_every_planted_fault_fits_the_code_of_today_in_one_place_and_changes_it() -> None:
    by_module = sorted(ALL, key=lambda fault: [mutation.module for mutation in fault.mutations])
    assert {fault.name: why for fault in by_module if (why := misfit(fault))} == {}


def test_the_tests_that_must_notice_a_planted_fault_are_there() -> None:
    named = [(fault.name, *test.partition("::")) for fault in ALL for test in fault.tests or ("none::none",)]
    lost = {
        name: f"there is no {file}::{function}"
        for name, file, _, function in named
        if function.partition("[")[0] not in functions_in(ROOT / file)
    }
    assert lost == {}
