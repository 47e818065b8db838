"""Run beside any source of the program: makes a store of people, searches it, and says what was found and how long it took.

In: JSON {"people": [[given, family] ...], "typed": [text ...], "keys": [text ...]}. Out: JSON, see ``tried``. Nothing but the
program's command line and its verbs of opening, adding and finding are used, so that older sources answer, too.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

IN_A_CASE, AT_ONCE, REPEATS = 10, 1000, 3
_ADDS = ("avrr_desktop.operations.imports.case_document", "avrr_desktop.operations.case_document")
_FINDS = ("avrr_desktop.operations.cases.search", "avrr_desktop.operations.finding")
_OPENS = ("avrr_desktop.operations.store.opening", "avrr_desktop.operations.workspace")
_PASSPHRASE = "five plain words for bench"


def tried(find: Callable[[str], Sequence[Any]], typed: Sequence[str]) -> list[list[list[object]]]:
    """Return for each typed text [given name, family name, whether it is only near] of every person that is found."""
    found = []
    for text in typed:
        people = [hit for hit in find(text) if hit.record_type == "person"]
        found.append(
            [
                [hit.record.text("given_names"), hit.record.text("family_name"), getattr(hit, "near", None) is not None]
                for hit in people
            ]
        )
    return found


def timed(find: Callable[[str], object], keys: Sequence[str]) -> list[float]:
    """Return the milliseconds of the processor that each search takes, so that no other program counts: the shortest of three."""
    taken = [float("inf")] * len(keys)
    for _ in range(REPEATS):
        for at, text in enumerate(keys):
            start = time.process_time()
            find(text)
            taken[at] = min(taken[at], 1000 * (time.process_time() - start))
    return taken


def made(folder: Path, people: Sequence[Sequence[str]]) -> Any:
    """Return an open store with people, ten in a case."""
    words, store = folder / "words.txt", folder / "names.avrr"
    words.write_text(_PASSPHRASE, encoding="utf-8")
    own = [
        {key: part for key, part in zip(("given_names", "family_name"), name, strict=True) if part} for name in people
    ]
    given = ["--passphrase-file", str(words), "--store", str(store)]
    office = ["--office", "Bench", "--code", "BEN", "--country", "RS", "--officer", "Ana Berisha"]
    subprocess.run(
        [sys.executable, "-P", "-m", "avrr_desktop", "store", "create", *office, *given],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workspace = _first(_OPENS).open_store(store, _PASSPHRASE)
    workspace.officer = workspace.store.reader.everything("officer")[0]
    add = _first(_ADDS).add_case_document
    for start in range(0, len(own), AT_ONCE):
        with workspace.store.transaction():
            for at in range(start, min(start + AT_ONCE, len(own)), IN_A_CASE):
                add(workspace, {"case": {}, "person": own[at : at + IN_A_CASE]})
    return workspace


def _first(names: Sequence[str]) -> Any:
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise ImportError(names[0])


def size(connection: Any) -> int:
    """Return the bytes of the index of names, and of the names that are kept by their near keys."""
    index = connection.one("SELECT sum(length(block)) FROM search_names_data")[0]
    beside = connection.one("SELECT sum(length(CAST(word AS BLOB))) FROM search_words")[0]
    return int(index) + int(beside or 0)


def only_near(find: Callable[..., Sequence[Any]]) -> bool:
    """Return whether a source looks for what is near only when it is asked to."""
    return "near" in signature(find).parameters


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as place:
        workspace = made(Path(place), asked["people"])
        verb = _first(_FINDS).find

        find = partial(verb, workspace)
        apart = only_near(verb)
        key = partial(find, near=False) if apart else find
        unknown = [text for text in asked["keys"] if not key(text)] if apart else []
        store = workspace.store
        people = store.connection.one("SELECT count(*) FROM persons WHERE removed=0")[0]
        store.index.merge()
        answer = {
            "found": tried(find, asked["typed"]),
            "took": timed(key, asked["keys"]),
            "paused": timed(find, unknown),
            "size": size(store.connection),
            "people": people,
        }
        workspace.lock()
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
