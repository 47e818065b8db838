"""What goes into the Change that ends a period of help beside the decision: steps, referrals, papers, and how it ended."""

from collections.abc import Iterator, Mapping

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import ClosureReason, settles
from avrr_desktop.domain.case.closing import (
    Ending,
    asks_outcome,
    attempts,
    closing_begun,
    end_of_thing,
    ended_periods,
    held_papers,
    open_things,
    period_of,
    settled_values,
)
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.closing_records import CLOSING
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

TOLD = tuple(field.key for field in CLOSING.fields if not field.computed)  # what somebody writes on the page
_NAMED = 6  # of what is open, in the text of an error


def check_settled(workspace: Workspace, case_file: CaseFile, reason: str, ending: Ending) -> None:
    """Raise RefusedError naming what is left open, and where a contact is called lost that nobody tried hard enough to find."""
    if not settles(reason):
        return
    left = [one for one in open_things(case_file) if end_of_thing(one, ending.settled.get(one.uid)) is None]
    if left:
        raise RefusedError(
            N_("Not everything is settled yet: {open}."),
            N_("Nothing was changed. Say for each step and referral how it ends; the page of the closing lists them."),
            {"open": "; ".join(_named(workspace, one) for one in left[:_NAMED]) + (" …" if left[_NAMED:] else "")},
        )
    if reason == ClosureReason.LOST_CONTACT.code:
        _check_tried(workspace, case_file)


@needs(Permission.READ)
def tries_wanted(workspace: Workspace, case_file: CaseFile) -> tuple[int, int]:
    """Return how many attempts the programme asks for before a contact counts as lost, and over how many days."""
    pack, programme = workspace.pack, case_file.case.text("programme")
    return pack.setting("closing_attempts", programme), pack.setting("closing_attempts_days", programme)


def _check_tried(workspace: Workspace, case_file: CaseFile) -> None:
    (wanted, days), tried = tries_wanted(workspace, case_file), attempts(case_file)
    if len(tried.contacts) < wanted or (wanted > 1 and tried.days < days):
        raise RefusedError(
            N_("Too few attempts to reach the family: {count} of {wanted}, over {days} of {span} days."),
            N_("Nothing was changed. Record each call and visit without a result under Story, with the date."),
            {"count": len(tried.contacts), "wanted": wanted, "days": tried.days, "span": days if wanted > 1 else 0},
        )


def check_outcome(case_file: CaseFile, reason: str, ending: Ending) -> None:
    """Raise BadInputError where it is not told how the return ended."""
    if asks_outcome(reason) and not ending.told.get("outcome"):
        raise BadInputError(N_("Say how the return ended."), N_("Nothing was changed. “Not known” is an answer, too."))


def _named(workspace: Workspace, record: Record) -> str:
    words = workspace.words
    return words.text(record.text("title") if record.type == "step" else BY_KEY[record.type].label)


def ending_parts(
    workspace: Workspace, case_file: CaseFile, reason: str, ending: Ending, when: Mapping[str, Value]
) -> list[Part]:
    """Return everything that is told of the end of a period as parts of one Change. ``when``: the days that it sets."""
    today = workspace.today.isoformat()
    parts = []
    if settles(reason):
        parts = [
            Part(PartKind.SET, one.type, one.uid, settled_values(one, ending.settled[one.uid], today), one.seen)
            for one in open_things(case_file)
        ]
    return [*parts, *_papers_back(case_file, ending), _closing(workspace, case_file, reason, ending, when)]


def _papers_back(case_file: CaseFile, ending: Ending) -> Iterator[Part]:
    back = ending.told.get("papers_back") or ()
    for paper in held_papers(case_file):
        if isinstance(back, tuple | list) and paper.uid in back:
            yield Part(PartKind.SET, "paper", paper.uid, {"original_held_by": "holder"}, paper.seen)


def _closing(workspace: Workspace, case_file: CaseFile, reason: str, ending: Ending, when: Mapping[str, Value]) -> Part:
    """Return the part that keeps how this period ended: of one that was sent back, what is told anew."""
    told = rules.clean_values(CLOSING, {key: ending.told.get(key) for key in TOLD})
    tried = tuple(one.uid for one in attempts(case_file).contacts) if reason == ClosureReason.LOST_CONTACT.code else ()
    values: dict[str, Value | None] = {
        **told, "period": period_of(case_file), "reason": reason, "attempts": tried or None, **when,
    }  # fmt: skip
    begun = closing_begun(case_file)
    if begun is None:
        return adding(workspace, "closing", {key: value for key, value in values.items() if value is not None})
    changed = {key: value for key, value in values.items() if value != begun.values.get(key)}
    return Part(PartKind.SET, "closing", begun.uid, changed, begun.seen)


def decided_part(case_file: CaseFile, values: Mapping[str, Value | None]) -> list[Part]:
    """Return what a decision about a closing that was asked for writes beside the case; nothing where none was begun."""
    begun = closing_begun(case_file)
    kept = {key: value for key, value in values.items() if begun is not None and value != begun.values.get(key)}
    return [Part(PartKind.SET, "closing", begun.uid, kept, begun.seen)] if begun is not None and kept else []


def reopened_part(workspace: Workspace, case_file: CaseFile) -> Part:
    """Return the part that says when a period that ended was followed by the next.

    Of a case that was closed by a version that kept no periods, it keeps what the case says of the first one.
    """
    today, ended = workspace.today.isoformat(), ended_periods(case_file)
    if ended and not ended[-1].text("reopened_on"):
        return Part(PartKind.SET, "closing", ended[-1].uid, {"reopened_on": today}, ended[-1].seen)
    case = case_file.case
    values = {
        "period": max((one.whole("period") for one in ended), default=0) + 1, "reason": case.text("closure_reason"),
        "closed_on": case.text("closed_on") or today, "reopened_on": today,
    }  # fmt: skip
    return adding(workspace, "closing", {key: value for key, value in values.items() if value})


@needs(Permission.READ)
def settled_with(workspace: Workspace, case_file: CaseFile) -> tuple[Record, ...]:
    """Return the steps and referrals that were settled when the closing that waits was asked for, as they stand now."""
    begun, case = closing_begun(case_file), case_file.case.uid
    entries = workspace.store.history_of("closing", begun.uid, case) if begun is not None else []
    asked = [one for one in entries if any(part and part.values.get("asked_on") for part in one.parts)]
    named = {part.record for entry in asked[-1:] for part in entry.parts if part}
    return tuple(one for one in (*case_file.steps, *case_file.referrals) if one.uid in named)
