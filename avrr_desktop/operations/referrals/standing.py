"""How a referral stands, in words, and what was agreed to be told: for the screen and the command line alike."""

from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import overridden
from avrr_desktop.domain.consent.referral_next import Clock, next_of
from avrr_desktop.domain.consent.referral_states import answer_days
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.types.referral_records import REFERRAL
from avrr_desktop.domain.wording import value_text
from avrr_desktop.operations.referrals.cover import groups_shared, is_covered
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace

_DAYS = ("sent_on", "acknowledged_on", "answered_on", "started_on", "met_on", "completed_on", "ended_on", "feedback_on",
         "recipient_told_on")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``sentence``: what comes next; ``so_far``: its days; ``shared``: what is or will be told; ``covered``: may be sent."""

    sentence: str
    so_far: str
    shared: str
    covered: bool
    late: bool


@needs(Permission.READ)
def standing(workspace: Workspace, case_file: CaseFile, referral: Record) -> Standing:
    """Return how a referral stands today, in the language of whoever is at work."""
    words = workspace.words
    covered = is_covered(workspace, case_file, referral) or overridden(referral, alone=not four_eyes(workspace))
    settings = workspace.pack.settings
    clock = Clock(
        today=workspace.today, days=answer_days(settings), grace=workspace.pack.setting("referral_expires_days")
    )
    said = next_of(referral, clock, covered=covered)
    provider = workspace.store.reader.record("provider", referral.text("provider"))
    day = stored(said.day)
    named = {
        "partner": provider.text("name") if provider else words.text(N_("the partner")),
        "day": "" if day is None else words.long_day(day.last()),
        "state": _value(workspace, referral, "state"),
        "why": _value(workspace, referral, said.values["why"]) if "why" in said.values else "",
    }
    sentence = words.text(said.text, **named)
    return Standing(
        sentence=sentence, so_far=_so_far(workspace, referral), shared=_shared(workspace, case_file, referral),
        covered=covered, late=said.late,
    )  # fmt: skip


def _value(workspace: Workspace, referral: Record, key: str) -> str:
    text = value_text(referral, key, workspace.words, workspace.pack)
    return text.split("\n")[0].rstrip(".") if REFERRAL.field(key).kind is Kind.LONG_TEXT else text


def _so_far(workspace: Workspace, referral: Record) -> str:
    """Return the days of a referral, each with what happened on it."""
    words = workspace.words
    return " · ".join(
        f"{words.text(REFERRAL.field(key).label)}: {_value(workspace, referral, key)}"
        for key in _DAYS
        if referral.text(key)
    )


def _shared(workspace: Workspace, case_file: CaseFile, referral: Record) -> str:
    """Return what the partner was told, or before the sending what they would be told now; empty for nothing."""
    told = referral.many("shared") or tuple(sorted(groups_shared(workspace, case_file, referral)))
    words, pack = workspace.words, workspace.pack
    return ", ".join(words.text(pack.label("data_group", code)) for code in told)
