"""Closes cases in tests that are about something else: everything that is open is given up, and how it ended is not known."""

from typing import Any

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.closing import Ending, ReferralEnd, Settled, StepEnd, ends_of, open_things
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases import closing
from avrr_desktop.operations.session.records import commit, new_record
from avrr_desktop.operations.session.workspace import Workspace


def given_up(record: Record) -> Settled:
    """Return an end that any open step or referral may have."""
    if record.type == "step":
        return Settled(StepEnd.ABANDONED.code)
    end = ends_of(record)[0]
    return Settled(end.code, "not_applicable" if end is ReferralEnd.CLOSE else "The family left")


def all_given_up(case_file: CaseFile, **told: object) -> Ending:
    """Return an ending that settles whatever is open. ``told``: fields of the closing."""
    settled = {one.uid: given_up(one) for one in open_things(case_file)}
    return Ending(settled=settled, told={"outcome": "not_known", **told})


def close_case(workspace: Workspace, case_file: CaseFile, reason: str, **further: Any) -> Changes:
    """Close a case as it is closed on its page, whatever is open in it."""
    if reason == "lost_contact":
        for on in ("2026-05-20", "2026-06-01", "2026-06-10"):
            new_record(workspace, "contact", {"on": on, "kind": "call", "result": "no_answer"}, case_file.case.uid)
        case_file = workspace.store.reader.case_file(case_file.case.uid)
    return closing.close_case(workspace, case_file, reason, ending=all_given_up(case_file), **further)


def referral_in(workspace: Workspace, case: str, state: str, **values: str) -> str:
    """Put a referral in any state into a case, as if its moves had been made; return its identifier."""
    uid = workspace.ids.new()
    commit(workspace, [Part(PartKind.ADD, "referral", uid, {"state": state, **values})], case)
    return uid
