"""``case show``: the content of a case without identity, so that it is the same case in another store."""

import json
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.opening import open_store
from tests.cli.test_practice import TODAY
from tests.support import stores
from tests.support.case_documents import PARTS, Document, full_document
from tests.support.running import CommandLine, json_lines


def shown(workspace: Workspace, case: str) -> Document:
    """The document of a case after a way through JSON."""
    document: Document = json.loads(
        json.dumps(case_document(workspace, read_case(workspace, case)), ensure_ascii=False)
    )
    return document


def without_number(document: Document) -> Document:
    return {**document, "case": {key: value for key, value in document["case"].items() if key != "number"}}


def carried(document: Document, workspace: Workspace) -> Document:
    """What another store shows of a document that it was given."""
    return shown(workspace, add_case_document(workspace, document).case)


def test_every_practice_case_is_the_same_in_another_store_but_for_its_number(
    tmp_path: Path, workspace: Workspace
) -> None:
    practice = create_practice(tmp_path / "practice", PracticeOptions(TODAY, seed=3, cases=12))
    documents = [shown(practice, line.uid) for line in all_cases(practice)]
    practice.lock()
    assert len(documents) == 55
    for document in documents:
        arrived = carried(document, workspace)
        assert arrived["case"]["number"] != document["case"]["number"]
        assert without_number(arrived) == without_number(document)


def test_every_field_of_every_record_is_carried(tmp_path: Path, workspace: Workspace) -> None:
    document = full_document()
    first = carried(document, workspace)
    for part in PARTS:
        (written,), (read,) = document[part], first[part]
        assert read == written
    assert without_number(first)["case"] == document["case"]
    other = stores.office_workspace(tmp_path / "other.avrr", officer=False)
    second = carried(first, other)
    other.lock()
    assert without_number(second) == without_number(first)


def test_document_names_no_identifier_no_history_and_nothing_reckoned(workspace: Workspace) -> None:
    opened = add_case_document(workspace, full_document())
    document = shown(workspace, opened.case)
    text = json.dumps(document, ensure_ascii=False)
    identifiers = {workspace.store.device, workspace.actor, opened.case, opened.changes.change_id}
    for part in (*PARTS, "office", "case"):
        if not BY_KEY[part].of_case:
            identifiers |= {json.loads(line)[1] for line in workspace.store.dump()}
    assert len(identifiers) > 15
    for identifier in identifiers:
        for piece in identifier.split("/"):
            assert piece not in text
    for part, records in document.items():
        for record in records if isinstance(records, list) else [records]:
            assert record.keys() <= {"ref", *(field.key for field in BY_KEY[part].fields)}


def test_link_to_somebody_who_was_taken_out_of_the_case_is_left_out(workspace: Workspace) -> None:
    people = [{"family_name": "Hoxha"}, {"family_name": "Gone"}]
    papers = [{"holder": "m1", "number": "1"}, {"holder": "m2", "number": "2"}]
    opened = add_case_document(workspace, {"case": {"called": "A"}, "person": people, "paper": papers})
    case_file = read_case(workspace, opened.case)
    remove_record(workspace, case_file.members[1].membership, opened.case)
    document = shown(workspace, opened.case)
    assert [person["family_name"] for person in document["person"]] == ["Hoxha"]
    assert document["paper"] == [{"ref": "p1", "holder": "m1", "number": "1"}, {"ref": "p2", "number": "2"}]
    assert case_file.members[1].person.uid not in json.dumps(document)
    carried(document, workspace)


def test_command_shows_one_line_of_json_that_can_be_added_again(cli: CommandLine, store: Path) -> None:
    added = cli.call("case", "add", "-", "--store", store, stdin=json_lines([full_document(), stores.FAMILY]))
    assert (added.code, len(added.lines)) == (0, 2)
    assert added.err == "Line 1: School: This person is not of school age. Is it the right one?\n"
    for number in added.lines:
        result = cli.call("case", "show", number.lower(), "--json", "--store", store)
        assert (result.code, result.err, result.out.count("\n")) == (0, "", 1)
        assert result.parsed[0]["case"]["number"] == number
        again = cli.call("case", "add", "-", "--store", store, stdin=result.out.encode("utf-8"))
        copy = cli.call("case", "show", *again.lines, "--json", "--store", store)
        assert without_number(copy.parsed[0]) == without_number(result.parsed[0])


def test_json_writes_every_script_as_it_is(cli: CommandLine, store: Path) -> None:
    added = cli.call("case", "add", "-", "--store", store, stdin=json_lines([stores.FAMILY]))
    result = cli.process("case", "show", *added.lines, "--json", "--store", store)
    assert "Ђорђевић" in result.out
    assert "Çelë" in result.out
    assert "\\u" not in result.out


def test_text_names_people_papers_and_steps_but_no_number_of_a_paper(cli: CommandLine, store: Path) -> None:
    document: dict[str, Any] = {**stores.FAMILY, "service": [{"title": "Identity card"}],
                                "step": [{"service": "s1", "title": "Get the identity card", "person": "m1"}]}  # fmt: skip
    added = cli.call("case", "add", "-", "--store", store, stdin=json_lines([document]))
    result = cli.call("case", "show", *added.lines, "--store", store)
    for text in (*added.lines, "Đorđević family", "Ђорђевић, Марко", "Passport", "Missing", "Get the identity card"):
        assert text in result.out
    for number in ("009876543", "1506985600010", "0203014635120"):
        assert number not in result.out
    assert "1244" not in result.out


def test_text_of_a_case_in_kosovo_carries_the_footnote(cli: CommandLine, store: Path) -> None:
    document = {"case": {"called": "Krasniqi", "country_of_return": "XK"}}
    added = cli.call("case", "add", "-", "--store", store, stdin=json_lines([document]))
    result = cli.call("case", "show", *added.lines, "--store", store)
    assert "Kosovo*" in result.out
    assert result.out.count("United Nations Security Council resolution 1244 (1999)") == 1


@pytest.mark.parametrize("words", [("list",), ("find", "Krasniqi")], ids=" ".join)
def test_list_that_names_kosovo_carries_the_footnote_once(
    cli: CommandLine, store: Path, words: tuple[str, ...]
) -> None:
    documents = [{"case": {"called": "Krasniqi", "country_of_return": country}} for country in ("XK", "AL", "XK")]
    cli.call("case", "add", "-", "--store", store, stdin=json_lines(documents))
    result = cli.call("case", *words, "--store", store)
    assert result.out.count("Kosovo*") == 2
    assert (result.out + result.err).count("United Nations Security Council resolution 1244 (1999)") == 1


def test_case_is_shown_as_it_stands_after_the_store_was_closed(cli: CommandLine, store: Path) -> None:
    added = cli.call("case", "add", "-", "--store", store, stdin=json_lines([stores.FAMILY]))
    result = cli.call("case", "show", *added.lines, "--json", "--store", store)
    workspace = open_store(store, PRACTICE_PASSPHRASE)
    (line,) = all_cases(workspace)
    document = shown(workspace, line.uid)
    workspace.lock()
    assert result.parsed == [document]
