"""What is remembered of the last check: when, how it ended, how far it came, signed by this computer; and when one is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import CHECK_WANTED, Workspace
from avrr_desktop.operations.store.check import StoreReport, is_journey
from avrr_desktop.store.journal.journal import entry_of
from avrr_desktop.store.journal.verifying import ROWS, ChainWalk
from avrr_desktop.store.local.signed_notes import signed_note, write_note

CHECKED = "checked"  # local setting
EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CheckState:
    """How it stands. ``at``: when the store was looked at whole, None for never; ``lines``: what was found, in sentences;
    ``due``: one should be made now.
    """

    at: datetime | None
    sound: bool
    lines: tuple[str, ...]
    due: bool


@needs(Permission.READ)
def check_state(workspace: Workspace) -> CheckState:
    """Return what the last check found, and whether another one is due."""
    note = _read(workspace)
    if note is None:
        return CheckState(None, True, (), True)
    at = datetime.fromisoformat(note["at"])
    wanted = bool(workspace.store.local.setting(CHECK_WANTED))
    due = wanted or not timedelta(0) <= workspace.clock.now() - at < EVERY
    return CheckState(at, bool(note["sound"]), tuple(map(str, note["lines"])), due)


@needs(Permission.READ)
def keep_check(workspace: Workspace, report: StoreReport) -> None:
    """Remember what a whole check found; what came in from outside is looked at by it."""
    walked = report.walked
    assert walked is not None
    lines = list(report.problems(workspace.words))
    note = {"at": workspace.clock.now().isoformat(timespec="seconds"), "sound": report.sound, "lines": lines, **walked}
    with workspace.store.transaction():
        _write(workspace, note)
        workspace.store.local.set_setting(CHECK_WANTED, "")


@needs(Permission.READ)
def check_what_is_new(workspace: Workspace) -> tuple[str, ...]:
    """Look at what was written since the last whole check, and remember how far that was; return what was found, in sentences.

    Nothing before it is looked at again. Where no whole check was made yet, there is nothing to go on from.
    """
    from avrr_desktop.operations.store.check_entries import Entries

    note = _read(workspace)
    if note is None or note.get("fault"):
        return ()
    store = workspace.store
    walk = ChainWalk.from_plain(store.connection, note, partial=is_journey(workspace))
    entries, fault = Entries(workspace.grants, True, two_erase=four_eyes(workspace)), None
    number = int(note["number"])
    if number and not store.journal.has(number, str(note["digest"])):
        fault = "head"  # what the last check had seen is there no more
    for row in store.connection.each(ROWS, (number,)):
        found = None if fault else walk.take(row)
        fault = fault or (found.reason if found else None)
        entries.hear(entry_of(row[6], row[3], row[4], row[5]))
        number, digest = row[6], bytes(row[4]).hex()
        note = {**note, "number": number, "digest": digest}
    if not fault and (missing := walk.missing()):
        fault = missing.reason
    findings = entries.findings()
    lines = [finding.said(workspace.words) for finding in findings if not finding.remark]
    if fault:
        lines.insert(
            0,
            workspace.words.text(
                "The history is damaged since the last check ({reason}). Run a full check now.", reason=fault
            ),
        )
    if lines:
        known = [line for line in note["lines"] if line not in lines]
        _write(workspace, {**note, "sound": False, "lines": [*known, *lines]})
    elif not fault:
        _write(workspace, {**note, **walk.to_plain()})
    return tuple(lines)


def _read(workspace: Workspace) -> dict[str, Any] | None:
    """Return the note; None where there is none, or one that this computer did not sign: then everything is looked at anew."""
    try:
        note = signed_note(workspace.store, CHECKED)
        if note is None:
            return None
        datetime.fromisoformat(note["at"])
        ChainWalk.from_plain(workspace.store.connection, note)
        int(note["number"]), str(note["digest"]), bool(note["sound"]), list(note["lines"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return note


def _write(workspace: Workspace, note: Mapping[str, Any]) -> None:
    write_note(workspace.store, CHECKED, note)
