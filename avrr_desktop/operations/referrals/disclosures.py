"""What left of a person and to whom: read from the lines that every way out writes."""

from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import BEFORE, Group, Groups, Told
from avrr_desktop.domain.consent.redaction import REFERRAL
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

_STAYED = frozenset({"kept", "leaving", "not_left", "viewed", "break_glass"})  # nothing left with these


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something that left: the line that says so, and which groups of data of the person it told."""

    line: Record
    groups: Groups


def who_and_what(told: Told) -> dict[str, str | tuple[str, ...]]:
    """Return what the line of a copy says of whom it tells, and of each of them which groups: one line a person, by their codes."""
    people = tuple(sorted(told.people))
    written = "\n".join(_codes(told.groups[uid] - ({Group.IDENTITY} if uid in told.coded else set())) for uid in people)
    return {"persons": people, "told": written}


def told_in(line: Record) -> dict[str, Groups]:
    """Return which groups of whom a line tells; one of before there were groups told what a print for a partner held then."""
    people, written, known = (
        line.many("persons"),
        line.text("told").split("\n"),
        {group.value: group for group in Group},
    )
    if line.many("groups"):
        return dict.fromkeys(people, frozenset(known[code] for code in line.many("groups") if code in known))
    if len(written) != len(people) or not any(written):
        return dict.fromkeys(people, BEFORE)
    return {
        uid: frozenset(known[code] for code in codes.split() if code in known)
        for uid, codes in zip(people, written, strict=True)
    }


def _codes(groups: Groups) -> str:
    return " ".join(group.value for group in Group if group in groups) or "-"


@needs(Permission.READ)
def told_already(workspace: Workspace, case_file: CaseFile, person: str) -> tuple[Disclosure, ...]:
    """Return what left about a person for partners, the newest first: who was told of a withdrawal is among these."""
    lines = accesses(workspace, case_file.case.uid)
    made = {line.text("serial"): line for line in lines if line.text("serial") and line.many("persons")}
    found = []
    for line in lines:
        if line.text("what") in _STAYED or line.text("level") not in ("", REFERRAL):
            continue
        whose = line if line.many("persons") else made.get(line.text("serial"))
        if whose is not None and person in whose.many("persons"):
            found.append(Disclosure(line, told_in(whose)[person]))
    return tuple(found)
