"""The footnote of resolution 1244 stands on every page that names Kosovo*, and on no other."""

import re
from typing import Any

import pytest

from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.pdf.model import Cell, Column, Table, Text
from tests.support import pdf_text
from tests.support.pdf_text import Sheet, laid_out, section, squeezed

NOTE = squeezed(
    "* References to Kosovo shall be understood in the context of United Nations Security Council resolution 1244 (1999)."
)
NAMED = re.compile("kosov|косов|kosow", re.IGNORECASE)
FILLER = "\n".join(f"line {number}" for number in range(75))


def named_and_noted(pages: list[Sheet]) -> list[tuple[bool, bool]]:
    found = []
    for page in pages:
        assert page.squeezed.count(NOTE) <= 1
        found.append((bool(NAMED.search(page.squeezed.replace(NOTE, ""))), NOTE in page.squeezed))
    return found


def case(**more: Any) -> dict[str, Any]:
    return {"case": {"called": "Hoxha", "country_of_return": "AL"}, **more}


@pytest.mark.parametrize(
    "document",
    [
        {"case": {"called": "Krasniqi", "country_of_return": "XK"}},
        {"case": {"called": "Krasniqi", "country_of_return": "Kosova"}},
        case(person=[{"family_name": "Krasniqi", "birth_country": "XK"}]),
        case(person=[{"family_name": "Krasniqi", "citizenship": "XK"}]),
        case(person=[{"family_name": "Krasniqi", "birth_place": "Kosovska Mitrovica"}]),
        case(paper=[{"doc_type": "id_card", "issuing_country": "XK"}]),
    ],
    ids=["return", "older name", "birth", "citizenship", "place", "paper"],
)
def test_footnote_stands_where_a_field_names_kosovo(workspace: Workspace, document: dict[str, Any]) -> None:
    pages = pdf_text.print_document(workspace, {**document, "note": [{"text": FILLER}]})
    assert named_and_noted(pages) == [(True, True), (False, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Rückkehr in das Kosovo", "u Kosovu", "Kthim në Kosovë", "nga Kosova", "КОСОВО", "са Косова", "на Косову и Метохији",
        "kosovare", "Kosovo-Albaner", "(Kosovo)", "KOSOVO*", "retour au Kosovo/Serbie", "naar Kosovo.", "andar i Kosova",
    ],
)  # fmt: skip
def test_footnote_stands_where_a_typed_text_names_kosovo(workspace: Workspace, text: str) -> None:
    pages = pdf_text.print_document(workspace, case(note=[{"text": f"{FILLER}\n{text}\n{FILLER}"}]))
    assert named_and_noted(pages) == [(False, False), (True, True), (False, False)]


def test_case_that_does_not_name_kosovo_has_no_footnote(workspace: Workspace) -> None:
    notes = [{"text": "Приштина, Mitrovica, Prizren, Косић, Kos, kosa, Cossonay"}]
    pages = pdf_text.print_document(workspace, case(note=notes))
    assert named_and_noted(pages) == [(False, False)]


def test_footnote_stands_on_every_page_whose_header_names_kosovo(workspace: Workspace) -> None:
    office = workspace.office
    assert office is not None
    edit_record(workspace, office, {"name": "Kosovo office, Prishtinë"})
    pages = pdf_text.print_document(workspace, case(note=[{"text": FILLER}]))
    assert named_and_noted(pages) == [(True, True), (True, True)]


@pytest.mark.parametrize("part", ["programme", "title", "subtitle"])
def test_footnote_follows_what_stands_only_in_the_first_header(part: str) -> None:
    pages = laid_out(section("Long", Text(FILLER)), **{part: "Return to Kosovo"}, kosovo_note=NOTE)
    assert named_and_noted(pages) == [(True, True), (False, False)]


def test_footnote_stands_also_where_the_end_of_a_line_cuts_the_name() -> None:
    columns = (Column("One", 1), Column("Two", 1))
    for dots in range(60, 120, 2):
        rows = ((Cell("." * dots + "Kosovo"), Cell("")),)
        assert named_and_noted(laid_out(section("Cell", Table(columns, rows)), kosovo_note=NOTE)) == [(True, True)], (
            dots
        )
