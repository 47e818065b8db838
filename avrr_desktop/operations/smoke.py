"""Tries every part of an installation in a folder that it removes again: what rots unseen in a package."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from avrr_desktop.operations.finding import find
from avrr_desktop.operations.practice import PracticeOptions, create_practice
from avrr_desktop.operations.printing import case_pdf
from avrr_desktop.operations.workspace import PRACTICE_PASSPHRASE, open_store
from avrr_desktop.words import Words, languages


def smoke_test(words: Words) -> Iterator[str]:
    """Yield one line for each part that works; an exception names the one that does not."""
    yield "languages: " + " ".join(code for code, _ in languages())
    with tempfile.TemporaryDirectory(prefix="avrr-smoke-") as place:
        folder = Path(place) / "smoke.avrr"
        create_practice(folder, PracticeOptions(date(2026, 11, 21)), words).lock()
        yield "store: made, locked"
        workspace = open_store(folder, PRACTICE_PASSPHRASE, words=words)
        try:
            hits = find(workspace, "PRACTICE-AL")
            if not hits:
                raise AssertionError("search found nothing")
            yield f"search: {len(hits)} hits"
            content = case_pdf(workspace, workspace.store.reader.case_file(hits[0].case.uid))
            if not content.startswith(b"%PDF"):
                raise AssertionError("no PDF")
            yield f"pdf: {len(content)} bytes"
        finally:
            workspace.lock()
    yield "everything works"
