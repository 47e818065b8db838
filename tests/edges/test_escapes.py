"""Whatever text comes to an edge, it stays a text behind it. Paper and cells have theirs among the faults."""

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.people import name_keys
from avrr_desktop.domain.people.number_keys import squashed
from avrr_desktop.files import document_name, name_part
from avrr_desktop.log import Log, log_line
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.full_text import quoted
from avrr_desktop.store.reading.search import query
from tests.support import stores

HOSTILE = some.one_of(
    some.text(), some.text("../\\:*?\"<>|\0\n\r\t .~$%-aČđ", max_size=40),
    some.sampled_from(["..", ".", "", "CON", "a/b", "C:\\x", "~root", "-rf", "a\u202egpj.exe", "x" * 300, '{"code": "bug"}', "\n{}"]),
)  # fmt: skip
MANY = settings(max_examples=1000, deadline=None)


@MANY
@given(HOSTILE)
def test_a_file_name_is_made_of_letters_digits_and_dashes(text: str) -> None:
    part = name_part(text)
    assert re.fullmatch(r"[A-Za-z0-9-]*", part)
    assert name_part(part) == part


@MANY
@given(HOSTILE, HOSTILE, some.integers(0, 10**6))
def test_a_document_lies_in_the_folder_that_was_chosen_on_every_system(number: str, document: str, rev: int) -> None:
    name = document_name(number, document, rev)
    for kind in (PurePosixPath, PureWindowsPath):
        assert kind(name).name == name
        assert (kind("folder") / name).parent == kind("folder")
    assert name.isascii() and name.endswith(f"-r{rev}.pdf")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = stores.office_workspace(Path(tmp_path_factory.mktemp("edges")) / "office.avrr")
    yield made
    made.lock()


@MANY
@given(HOSTILE | some.text("ab1\u1b0c\u19b5\u1fd6\u1cf2ĳǅßİ-/.\"' ", max_size=20))
@example("a\u19b5b")
@example("a\u1fd6b/1")
def test_a_word_that_is_searched_for_is_one_word_to_the_index(workspace: Workspace, text: str) -> None:
    words = [
        *name_keys.words(text),
        *(key for word in name_keys.words(text) for key in name_keys.keys(word)),
        squashed(text),
    ]
    asked = [quoted(word, star) for word in words for star in ("", "*") if word]
    for expression in (*asked, *(query(text, prefix=prefix)[0] for prefix in (True, False))):
        if expression:
            workspace.store.connection.rows("SELECT rowid FROM search_names WHERE search_names MATCH ?", (expression,))


@MANY
@given(some.text(some.characters(exclude_characters="".join(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3))))))
def test_quotes_within_a_word_stay_within_it(word: str) -> None:
    inside = quoted(word)[1:-1]
    assert quoted(word) == f'"{inside}"'
    assert inside.replace('""', "").count('"') == 0
    assert inside.replace('""', '"') == word


@MANY
@given(some.dictionaries(HOSTILE, HOSTILE | some.integers(), max_size=3))
def test_an_event_is_one_line_whatever_is_in_it(event: dict[str, object]) -> None:
    line = log_line(event)
    assert line.isascii() and line.endswith("\n") and len(line.splitlines()) == 1
    assert json.loads(line) == event


@MANY
@given(HOSTILE)
def test_only_a_code_of_ours_is_an_event(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "log"
    try:
        Log(folder).event(text, count=1)
    except ValueError:
        return
    assert re.fullmatch(r"[a-z][a-z0-9_.]{0,40}", text)
    last = (folder / "log.jsonl").read_text(encoding="ascii").splitlines()[-1]
    assert json.loads(last)["code"] == text
