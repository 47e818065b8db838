"""Tries every part of an installation in a folder that it removes again: what rots unseen in a package."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from avrr_desktop.domain.people.phones import shown
from avrr_desktop.keys.age import closed_for, opened_by
from avrr_desktop.keys.escrow import NEEDED, identity_from, new_escrow
from avrr_desktop.keys.word_password import spoken_password
from avrr_desktop.language import Language, languages
from avrr_desktop.locations import data_lent, resources
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.window_trial import window_drawn
from avrr_desktop.operations.documents.printing import case_pdf
from avrr_desktop.operations.files.files import attach_file, file_content, file_preview, files_of
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.opening import open_store

_PIXELS = 120


def smoke_test(words: Language) -> Iterator[str]:
    """Yield one line for each part that works; an exception names the one that does not."""
    yield "languages: " + " ".join(code for code, _ in languages())
    with tempfile.TemporaryDirectory(prefix="avrr-smoke-") as name, data_lent(Path(name) / "data"):
        place = Path(name)
        folder = place / "smoke.avrr"
        create_practice(folder, PracticeOptions(date(2026, 11, 21)), words).lock()
        yield "store: made, locked"
        workspace = open_store(folder, PRACTICE_PASSPHRASE, words=words)
        try:
            yield from _one_case(workspace)
            backup = make_backup(workspace, place / "backups")
        finally:
            workspace.lock()
        restore_backup(backup.path, place / "restored.avrr")
        restored = open_store(place / "restored.avrr", PRACTICE_PASSPHRASE, words=words)
        try:
            hits = find(restored, "PRACTICE-AL")
            _hold(bool(hits), "the restored backup is empty")
        finally:
            restored.lock()
        yield f"backup: made, restored, {len(hits)} hits"
    telephone = shown("+38344123456")
    _hold(telephone == "+383 44 123 456", "a telephone is not shown in the form of its country")
    yield f"telephones: {telephone}"
    yield from _escrow()
    yield f"window: {window_drawn()}"
    yield "everything works"


def _one_case(workspace: Workspace) -> Iterator[str]:
    hits = find(workspace, "PRACTICE-AL")
    _hold(bool(hits), "search found nothing")
    yield f"search: {len(hits)} hits"
    case = hits[0].case.uid
    content = case_pdf(workspace, workspace.store.reader.case_file(case))
    _hold(content.startswith(b"%PDF"), "no PDF")
    yield f"pdf: {len(content)} bytes"
    yield f"password: {_sealed(content)} bytes"
    photo = (resources() / "icons" / "avrr-desktop-64.png").read_bytes()
    attach_file(workspace, case, photo, name="photo.png")
    attach_file(workspace, case, content, name="page.pdf")
    case_file = workspace.store.reader.case_file(case)
    for record in files_of(case_file):
        _hold(file_content(workspace, case_file, record.uid) in (photo, content), "an attached file is another")
        yield f"preview of {record.text('name')}: {len(file_preview(workspace, case_file, record.uid, _PIXELS))} bytes"


def _sealed(content: bytes) -> int:
    from avrr_desktop.pdf.encryption import with_password

    sealed = with_password(content, spoken_password())
    _hold(sealed.startswith(b"%PDF") and b"/Encrypt" in sealed and b"/AESV3" in sealed, "a PDF is not closed")
    return len(sealed)


def _escrow() -> Iterator[str]:
    escrow = new_escrow()
    identity = identity_from(escrow.shares[-NEEDED:])
    _hold(opened_by(closed_for(b"smoke", escrow.recipient), identity) == b"smoke", "an age key does not open")
    yield f"escrow: {len(escrow.shares)} shares, {NEEDED} open what was closed for its age key"


def _hold(works: bool, problem: str) -> None:
    if not works:
        raise AssertionError(problem)
