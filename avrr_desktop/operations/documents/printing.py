"""Verbs of paper, in one place: copies of documents, the outbox, and documents of many cases."""

from avrr_desktop.domain.policy import PASSWORD, PLAIN, SEALED
from avrr_desktop.operations.documents.copies import Copy, PrintShop, case_pdf, finished_copy, print_levels
from avrr_desktop.operations.documents.documents import MISSING_PAPERS, PATH, SUMMARY
from avrr_desktop.operations.documents.many_prints import (
    Made,
    bulk_copy,
    check_bulk,
    keep_many,
    make_pdfs,
    needs_second,
    write_pdfs,
)
from avrr_desktop.operations.documents.outbox import (
    Handed,
    check_handed_to,
    hand_over,
    is_outdated,
    keep_copy,
    make_anew,
    outbox,
    outbox_document,
    put_back,
    put_in_outbox,
    throw_away,
)
from avrr_desktop.store.local.local import OutboxItem

__all__ = [
    "MISSING_PAPERS", "PASSWORD", "PATH", "PLAIN", "SEALED", "SUMMARY", "Copy", "Handed", "OutboxItem", "PrintShop",
    "bulk_copy", "case_pdf", "check_bulk", "check_handed_to", "finished_copy", "hand_over", "is_outdated", "keep_copy", "Made", "keep_many",
    "make_anew", "make_pdfs", "needs_second", "outbox", "outbox_document", "print_levels", "put_back", "put_in_outbox",
    "throw_away", "write_pdfs",
]  # fmt: skip
