"""Documents of many cases at once: by the same check for each, and by two people from a certain number on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import PLAIN
from avrr_desktop.files import document_name
from avrr_desktop.operations.documents.copies import Copy, PrintShop, check_copy, print_levels
from avrr_desktop.operations.documents.document_language import words_of
from avrr_desktop.operations.documents.documents import SUMMARY
from avrr_desktop.operations.documents.export_policy import check_way
from avrr_desktop.operations.documents.leaving_files import Line, leaving
from avrr_desktop.operations.documents.outbox import put_in_outbox
from avrr_desktop.operations.referrals.disclosures import who_and_what
from avrr_desktop.operations.session.access_log import accesses, next_serials, note
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.second_person import SecondPerson, agreed, four_eyes, may_second
from avrr_desktop.operations.session.workspace import Workspace

MADE = frozenset({"printed", "kept", "exported"})
Progress = Callable[[int, int], bool]  # (done, of all) -> whether to go on
Made = tuple[CaseFile, Copy, bytes]


def check_bulk(workspace: Workspace, copies: int, second: SecondPerson | None) -> None:
    """Raise RefusedError when so many copies may leave in one day only with a second person, and none agreed."""
    if needs_second(workspace, copies) and not may_second(workspace, second):
        raise RefusedError(
            N_("A second person must agree to export this many copies in one day: {count}."),
            N_("Nothing was created. A supervisor must also type their passphrase; or choose fewer cases."),
            {"count": left_today(workspace) + copies},
        )


@needs(Permission.READ)
def needs_second(workspace: Workspace, copies: int) -> bool:
    """Return whether so many copies, with those that left today already, leave only with a second person."""
    if not copies or not four_eyes(workspace):
        return False
    return left_today(workspace) + copies >= workspace.pack.setting("bulk_from")


def left_today(workspace: Workspace) -> int:
    """Return how many copies whoever is at work made today, without a second person."""
    count = 0
    for line in accesses(workspace):  # the newest first
        if workspace.local(datetime.fromisoformat(line.text("at"))).date() < workspace.today:
            break
        if line.text("officer") == workspace.actor and line.text("what") in MADE and not line.text("second"):
            count += line.whole("count") or 1
    return count


def bulk_copy(workspace: Workspace, cases: Sequence[str], second: SecondPerson | None = None) -> tuple[Copy, list[str]]:
    """Return what copies of many cases may say, and which of them are printed: those to be left alone are not.

    Raises RefusedError for too many without a second person, and where all of them are to be left alone.
    """
    copy = Copy(print_levels(workspace)[0])
    refused: dict[str, RefusedError] = {}
    for uid in dict.fromkeys(cases):
        try:
            check_copy(workspace, workspace.store.reader.case_file(uid), SUMMARY, copy.level)
        except RefusedError as error:
            refused[uid] = error
    chosen = [uid for uid in cases if uid not in refused]
    if cases and not chosen:
        raise refused[cases[0]]
    check_bulk(workspace, len(chosen), second)
    return copy, chosen


@needs(Permission.PRINT)
def make_pdfs(
    workspace: Workspace, cases: list[str], second: SecondPerson | None = None
) -> Callable[[Progress], list[Made]]:
    """Return work for a background thread: the PDFs of many cases, each with its number, read over a connection of its own.

    It stops between two cases when its progress function says so, and returns what is finished.
    """
    copy, cases = bulk_copy(workspace, cases, second)
    if needs_second(workspace, len(cases)):
        with agreed(workspace, second) as agreeing:
            note(workspace, "exported", count=len(cases), second=agreeing)
    shop, source, serials = PrintShop(workspace), workspace.reading(), next_serials(workspace, len(cases))

    def work(progress: Progress) -> list[Made]:
        made: list[Made] = []
        reader = source.open()
        try:
            for case, serial in zip(cases, serials, strict=True):
                case_file, numbered = reader.case_file(case), replace(copy, serial=serial)
                made.append((case_file, numbered, shop.pdf(case_file, copy=numbered)))
                if not progress(len(made), len(cases)):
                    break
        finally:
            reader.close()
        return made

    return work


@needs(Permission.PRINT)
def keep_many(workspace: Workspace, made: Sequence[Made]) -> None:
    """Keep what ``make_pdfs`` made in the outbox, with a line for each as ``keep_copy`` writes it, all or nothing."""
    with workspace.store.transaction():
        for case_file, copy, content in made:
            put_in_outbox(workspace, case_file, content, SUMMARY, copy)
            note(
                workspace, "kept", case=case_file.case.uid, document=SUMMARY, level=copy.level, serial=copy.serial,
                **who_and_what(copy.told),
            )  # fmt: skip


@needs(Permission.HAND_OVER)
def write_pdfs(
    workspace: Workspace, chosen: Sequence[str], folder: Path, progress: Progress,
    second: SecondPerson | None = None, document: str = SUMMARY, language: str = "",
) -> list[Path]:  # fmt: skip
    """Write plain documents of many cases into a folder, at the usual level of whoever is at work, and note it.

    ``language``: of the documents; empty: that of the window.

    Those of cases to be left alone are not written. Stops between two files when progress says so. Raises RefusedError
    before anything is written, StoreError; what is written down then is what happened.
    """
    check_way(workspace, PLAIN)
    copy, cases = bulk_copy(workspace, chosen, second)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StoreError(
            N_("The folder for the files could not be created."),
            N_("Nothing was written. Choose a folder you can write to."),
        ) from None
    reader, written = workspace.store.reader, list[Path]()
    shop = PrintShop(workspace, words_of(workspace, language))
    line: Line = {
        "what": "exported", "document": document, "level": copy.level, "count": len(cases),
        "second": second.officer if second else "",
    }  # fmt: skip
    with (
        agreed(workspace, second),
        leaving(workspace, folder, line, total=len(cases), noted=not workspace.practice) as way,
    ):
        for case, serial in zip(cases, _serials(workspace, len(cases)), strict=True):
            case_file = reader.case_file(case)
            number = case_file.case.text("number")
            apart = case if reader.number_is_shared(number) else ""
            name = document_name(number, document, case_file.revision, serial, apart)
            written.append(way.write(name, shop.pdf(case_file, None, document, replace(copy, serial=serial))))
            if not progress(len(written), len(cases)):
                way.stop()
                break
    return written


def _serials(workspace: Workspace, count: int) -> list[str]:
    """Return a number for each copy; those of invented people have none, so that the same store makes the same papers."""
    return [""] * count if workspace.practice else next_serials(workspace, count)
