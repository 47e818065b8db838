"""Tables: whatever somebody typed into a cell is shown and never computed, and comes back letter for letter."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from avrr_desktop.tables.cell import shown, typed
from avrr_desktop.tables.register import read_csv, write_csv

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", " \t +1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1",
    "\u202e=1+1", "\0=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹣1", "⁼1", "₊1", "−1", "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\")", "-2+3+cmd|' /C calc'!D2", "=",
)  # fmt: skip
HARMLESS = ("Đorđević", "1234", "", "a=b", "Përmet-Këlcyrë", "O'Neil", '"', "Ђорђевић; Марко", "a\tb", "a\r\nb")
TEXTS = some.one_of(
    some.text(), some.sampled_from(FORMULAS),
    some.builds("".join, some.lists(some.sampled_from([*" '=+-@\t\r\n\0;,\"|\u00a0\u200b＝＋－＠", "a", "š"]), max_size=8)),
)  # fmt: skip


def taken_for_a_formula(cell: str) -> bool:
    """Say what a spreadsheet might do with a cell: the rule told once more, by other means."""
    if cell[:1] in ("\t", "\r", "\n"):
        return bool(cell)
    seen = [one for one in cell if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf")]
    return bool(seen) and (unicodedata.normalize("NFKC", seen[0])[0] in "=+-@" or seen[0] == "−")


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_E1_what_looks_like_a_formula_is_shown(text: str) -> None:
    assert shown(text) == f"'{text}"
    assert typed(shown(text)) == text


@pytest.mark.parametrize("text", HARMLESS, ids=repr)
def test_E1_what_does_not_is_left_as_it_is(text: str) -> None:
    assert shown(text) == text


@given(TEXTS)
@settings(max_examples=1000, deadline=None)
@example("'")
@example("'=1")
@example("''")
def test_E1_every_text_comes_back_and_none_is_computed(text: str) -> None:
    assert typed(shown(text)) == text
    assert not taken_for_a_formula(shown(text))


@given(some.lists(some.lists(TEXTS, min_size=1, max_size=5), max_size=5), some.sampled_from(",;\t"))
@settings(max_examples=500, deadline=None)
def test_E1_a_whole_file_comes_back_and_no_cell_of_it_is_computed(rows: list[list[str]], separator: str) -> None:
    content = write_csv(rows, separator)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content, separator) == rows
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    assert not any(taken_for_a_formula(cell) for row in csv.reader(lines, delimiter=separator) for cell in row)


@pytest.mark.parametrize("taken", ",;\t")
def test_E1_a_program_that_parts_cells_by_another_letter_finds_no_new_cell(taken: str) -> None:
    text = f"x{taken}=1+1"
    lines = io.StringIO(write_csv([[text, "y"]]).decode("utf-8-sig"), newline="")
    assert not any(taken_for_a_formula(cell) for row in csv.reader(lines, delimiter=taken) for cell in row)


def test_E1_numbers_stay_numbers_and_lines_end_as_spreadsheets_expect() -> None:
    assert write_csv([["Total", 3, -2], []]) == b'\xef\xbb\xbf"Total","3","-2"\r\n\r\n'
