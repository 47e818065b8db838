"""A document that leaves with a password: it opens with that alone, and its bytes say nothing of anybody."""

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.documents.printing import (
    PASSWORD,
    SUMMARY,
    Handed,
    finished_copy,
    hand_over,
    outbox_document,
    put_in_outbox,
)
from avrr_desktop.operations.session.workspace import Workspace

RECIPIENT = "Цариградска канцеларија"
CANARIES = (
    "Ђорђевић",
    "Марко",
    "Đorđević",
    "Šejla",
    "Çelë",
    "1506985600010",
    "009876543",
    "Novi Pazar",
    "Нови",
    RECIPIENT,
)


@pytest.fixture
def kept(workspace: Workspace, family: CaseFile) -> int:
    content, copy = finished_copy(workspace, family, SUMMARY, "full_internal", RECIPIENT, "kept")
    return put_in_outbox(workspace, family, content, copy=copy)


@pytest.fixture
def handed(workspace: Workspace, kept: int, tmp_path: Path) -> Handed:
    return hand_over(workspace, kept, tmp_path, RECIPIENT, closing=PASSWORD)


def words_of(content: bytes, password: str | None) -> str:
    document = pypdfium2.PdfDocument(content, password=password)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_P6_the_document_opens_with_its_password_and_with_nothing_else(
    workspace: Workspace, kept: int, handed: Handed
) -> None:
    content = handed.path.read_bytes()
    wrong = (None, "", " ", handed.password.upper(), handed.password[:-1], handed.password + " ", RECIPIENT, "owner")
    for typed in wrong:
        with pytest.raises(pypdfium2.PdfiumError, match="password"):
            words_of(content, typed)
    _, plain = outbox_document(workspace, kept)
    assert words_of(content, handed.password) == words_of(plain, None)
    assert "Марко" in words_of(content, handed.password)


def test_P6_it_is_closed_with_256_bits_and_the_newest_revision(handed: Handed) -> None:
    content = handed.path.read_bytes()
    [reference] = re.findall(rb"/Encrypt (\d+) 0 R", content)
    closing = content[content.index(b"\n" + reference + b" 0 obj") :].split(b"endobj")[0]
    assert re.search(rb"/V 5\b", closing) and re.search(rb"/R 6\b", closing) and re.search(rb"/Length 256\b", closing)
    assert re.findall(rb"/CFM /(\w+)", closing) == [b"AESV3"]
    assert re.search(rb"/StmF /StdCF\b", closing) and re.search(rb"/StrF /StdCF\b", closing), "texts and pictures alike"
    assert b"/Identity" not in closing and b"/EncryptMetadata false" not in closing


def test_P6_no_word_of_anybody_is_in_its_bytes_its_name_or_what_is_said_about_it(
    workspace: Workspace, kept: int, handed: Handed
) -> None:
    content = handed.path.read_bytes()
    for word in (*CANARIES, handed.password):
        for encoded in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")):
            assert encoded not in content and encoded.hex().encode() not in content.lower()
    assert not any(re.search(re.escape(word), handed.path.name, re.IGNORECASE) for word in CANARIES)
    assert re.fullmatch(r"[A-Z]{2}-TIR-2026-\w\w-\d{4}-summary-r\d+-\w\w-\d{5}\.pdf", handed.path.name)
    with pikepdf.open(handed.path, password=handed.password) as pdf:
        about = " ".join(f"{key} {value}" for key, value in pdf.docinfo.items())
        about += bytes(pdf.Root.Metadata.read_bytes()).decode() if "/Metadata" in pdf.Root else ""
        assert not pdf.Root.get("/AcroForm") and not pdf.attachments
    assert not any(word in about for word in (*CANARIES, "Arta", "Hoxha"))
    assert handed.password not in repr(handed)


def test_P6_no_two_documents_share_a_password_and_none_is_kept(workspace: Workspace, kept: int, tmp_path: Path) -> None:
    passwords = set()
    for number in range(20):
        (tmp_path / str(number)).mkdir()
        passwords.add(hand_over(workspace, kept, tmp_path / str(number), RECIPIENT, closing=PASSWORD).password)
    assert len(passwords) == 20 and all(len(password.split("-")) == 7 for password in passwords)
    rows = [
        repr(workspace.store.connection.rows(f'SELECT * FROM "{name}"'))
        for (name,) in workspace.store.connection.rows(
            "SELECT name FROM sqlite_master WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        )
    ]
    assert not any(password in row for password in passwords for row in rows)
