"""Whatever a document holds: it is stored soundly, or refused with BadInputError and nothing of it is stored."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import stores
from tests.support.case_documents import arbitrary_documents, full_document
from tests.support.pdf_text import print_document

PERSON = [{"family_name": "Hoxha"}]


class _TakenBackError(Exception):
    """Ends an attempt, so that the next one finds an empty store again."""


def attempt(workspace: Workspace, document: Any) -> bool:
    """Give a store a document, check what became of it, and take it back; say whether it was stored."""
    store = workspace.store
    before, entries = list(store.dump()), store.journal.count()
    stored = False
    try:
        with store.transaction():
            opened = add_case_document(workspace, document)
            stored = True
            case_file = read_case(workspace, opened.case)
            json.dumps(case_document(workspace, case_file), ensure_ascii=False).encode("utf-8")
            report = check_store(workspace)
            assert report.fault is None
            assert report.tables_match
            assert report.index_matches
            raise _TakenBackError
    except (BadInputError, _TakenBackError):
        pass
    assert list(store.dump()) == before
    assert store.journal.count() == entries
    return stored


def test_any_document_is_stored_soundly_or_refused_whole(workspace: Workspace) -> None:
    stored = {True: 0, False: 0}

    @settings(deadline=None, max_examples=150)
    @given(document=arbitrary_documents())
    def check(document: Any) -> None:
        stored[attempt(workspace, document)] += 1

    check()
    assert min(stored.values()) > 2  # both ways were tried


def test_document_with_every_field_is_stored(workspace: Workspace) -> None:
    assert attempt(workspace, full_document())


@pytest.mark.parametrize("name", [1, None, True, 1.5, ["m1"], {"m": 1}], ids=repr)
def test_short_name_that_is_no_text_is_refused_or_understood(workspace: Workspace, name: Any) -> None:
    attempt(workspace, {"case": {"called": "A"}, "person": [{"ref": name, "family_name": "Hoxha"}]})


@pytest.mark.parametrize(
    "text", ["e\u200b\u0301", "а\u2060\u0301", "A\x00\u030a", "o\u200e\u0302 o", "\ufeffć c\u200b\u0301"], ids=ascii
)
def test_text_is_in_its_composed_form_after_invisible_letters_are_taken_out(workspace: Workspace, text: str) -> None:
    assert attempt(workspace, {"case": {"called": text}, "person": [{"family_name": text}], "note": [{"text": text}]})


def test_same_person_twice_in_a_case_leaves_a_sound_store(workspace: Workspace) -> None:
    attempt(workspace, {"case": {"called": "A"}, "person": PERSON, "membership": [{"person": "m1"}, {"person": "m1"}]})


@pytest.mark.parametrize("called", ["", " ", None, "\u200b", "\x00", "\t\n"], ids=ascii)
def test_case_always_has_something_to_be_called_by(workspace: Workspace, called: Any) -> None:
    for people in (PERSON, []):
        try:
            opened = add_case_document(workspace, {"case": {"called": called}, "person": people})
        except BadInputError:
            continue
        assert read_case(workspace, opened.case).case.text("called")


@pytest.mark.parametrize("digits", ["٢٠٢٦-٠٥-٠٣", "２０２６-０５-０３", "२०२६"], ids=ascii)
def test_date_in_other_digits_is_refused_or_stored_in_plain_ones(workspace: Workspace, digits: str) -> None:
    try:
        opened = add_case_document(workspace, {"case": {"called": "A", "opened_on": digits}})
    except BadInputError:
        return
    assert read_case(workspace, opened.case).case.text("opened_on").isascii()


def test_nobody_in_a_document_is_lost(workspace: Workspace) -> None:
    document = {
        "case": {"called": "A"}, "person": [{"family_name": "Hoxha"}, {"family_name": "Lonely"}],
        "membership": [{"person": "m1", "position": 1}],
    }  # fmt: skip
    try:
        opened = add_case_document(workspace, document)
    except BadInputError:
        return
    shown = case_document(workspace, read_case(workspace, opened.case))
    assert "Lonely" in [person["family_name"] for person in shown["person"]]
    assert find(workspace, "Lonely")


def test_step_without_a_service_is_refused_or_printed(workspace: Workspace) -> None:
    try:
        pages = print_document(workspace, {"case": {"called": "A"}, "step": [{"title": "Get the identity card"}]})
    except BadInputError:
        return
    assert "Get the identity card" in "".join(page.text for page in pages)


def test_refused_document_uses_up_no_number(tmp_path: Path) -> None:
    workspace = stores.office_workspace(tmp_path / "office.avrr")
    first = add_case_document(workspace, {"case": {"called": "A"}})
    with pytest.raises(BadInputError):
        add_case_document(workspace, {"case": {"called": "A", "opened_on": "soon"}})
    second = add_case_document(workspace, {"case": {"called": "B"}})
    workspace.lock()
    assert int(second.number[-4:]) == int(first.number[-4:]) + 1
