"""``null`` means that nothing is said, wherever it stands in a document of a case; what is wrong names its field."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.records.fields import Kind
from avrr_desktop.domain.records.record_types import BY_KEY, OF_CASE
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.imports.case_document import STAYS, add_case_document, case_document
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.stores import FAMILY

NOTHING: tuple[object, ...] = (None, "", [])
PARTS = ["person", "provider", "officer", *(kind.key for kind in OF_CASE if not kind.not_carried)]


def content(workspace: Workspace, document: Any) -> Any:
    """Store a document and return what it became."""
    case = add_case_document(workspace, document).case
    return case_document(workspace, read_case(workspace, case))


def without_number(document: Any) -> Any:
    return {**document, "case": {key: value for key, value in document["case"].items() if key != "number"}}


def with_nulls(document: Any) -> Iterator[Any]:
    """Yield a document with every field, part and entry of a list of it null that may stand there."""
    whole = copy.deepcopy(document)
    for part in PARTS:
        whole.setdefault(part, None)
        for record in whole[part] or []:
            for field in BY_KEY[part].fields:
                record.setdefault(field.key, None)
            if "ref" not in record:
                record["ref"] = None
    for field in BY_KEY["case"].fields:
        whole["case"].setdefault(field.key, None)
    yield whole
    for part in PARTS:
        if isinstance(document.get(part), list):
            yield {**document, part: [*document[part], None]}


def test_null_says_nothing_in_any_field_part_or_list(workspace: Workspace) -> None:
    family = {
        **FAMILY,
        "service": [{"persons": ["m1", "m2"], "category": "DOC"}],
        "step": [{"service": "s1", "title": "x"}],
    }
    plain = without_number(content(workspace, family))
    for document in with_nulls(family):
        assert json.loads(json.dumps(document)) == document
        assert without_number(content(workspace, document)) == plain


@pytest.mark.parametrize("nothing", NOTHING)
@pytest.mark.parametrize(
    ("part", "key"),
    [(kind.key, field.key) for kind in OF_CASE for field in kind.fields
     if field.target and not kind.not_carried and (kind.key, field.key) not in (("membership", "person"), ("step", "service"))],
)  # fmt: skip
def test_an_empty_link_links_to_nobody(workspace: Workspace, part: str, key: str, nothing: object) -> None:
    record = {"title": "x", "service": "s1"} if part == "step" else {}
    if part == "membership":
        record = {"person": "m1"}
    needed = {"person": [{"family_name": "Hoti"}], "service": [{}]}
    documents = [{"case": {"called": "A"}, **needed, part: [{**record, **said}]} for said in ({}, {key: nothing})]
    first, second = (without_number(content(workspace, document)) for document in documents)
    assert first == second


@pytest.mark.parametrize("lists", [{"persons": [None, "m1"]}, {"persons": ["m1", None]}, {"persons": "m1"}])
def test_null_in_a_list_is_left_out(workspace: Workspace, lists: dict[str, Any]) -> None:
    document = {
        "case": {"called": "A", "needs_requested": [None, "DOC"]},
        "person": [{"family_name": "Hoti"}],
        "service": [lists],
    }
    found = content(workspace, document)
    assert found["service"][0]["persons"] == ["m1"]
    assert found["case"]["needs_requested"] == ["DOC"]


@pytest.mark.parametrize(
    "document",
    [None, [], {"case": None}, {"case": {"called": "A"}, "membership": [{"person": None}]},
     {"case": {"called": "A"}, "service": [{}], "step": [{"service": None, "title": "x"}]}],
)  # fmt: skip
def test_where_something_must_be_said_null_is_refused(workspace: Workspace, document: object) -> None:
    with pytest.raises(BadInputError):
        add_case_document(workspace, document)


@pytest.mark.parametrize("wrong", ["31.12.2025", "12/05/2019", "2025-02-30", "May 2019", "soon"])
@pytest.mark.parametrize("kind", OF_CASE, ids=lambda kind: kind.key)
def test_a_date_that_cannot_be_read_names_its_field_and_the_form(workspace: Workspace, kind: Any, wrong: str) -> None:
    for field in kind.fields:
        if field.kind is not Kind.DATE or kind.not_carried or field.key in STAYS.get(kind.key, ()):
            continue
        record = (
            {"title": "x", "service": "s1"}
            if kind.key == "step"
            else {"person": "m1"}
            if kind.key == "membership"
            else {}
        )
        document = {
            "case": {"called": "A"},
            "person": [{"family_name": "Hoti"}],
            "service": [{}],
            kind.key: [{**record, field.key: wrong}],
        }
        with pytest.raises(BadInputError) as error:
            add_case_document(workspace, document)
        assert error.value.values == {"field": field.label}
        assert "2026-05-12" in error.value.hint
