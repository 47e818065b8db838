"""What a line of Today says, by the kind of what is due: what, when, with which icon, in the colour of which state."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from avrr_desktop.domain.people.dates import is_past
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.wording import due_text, since_days
from avrr_desktop.operations.cases.today import DeskLine
from avrr_desktop.operations.session.session import Session


class Said(NamedTuple):
    """The texts of a line, the name of its icon, and the state whose colour the icon has."""

    what: str
    when: str
    icon: str
    state: str


def desk_text(workspace: Session, line: DeskLine, officers: Mapping[str, str], today: date) -> Said:
    """Return what a line says on the office's calendar day. ``officers``: their names."""
    return _TEXTS.get(line.kind, _Due.quiet)(_Due(workspace, line, officers, today))


class _Due:
    """One line on one day; each method tells of one kind."""

    def __init__(self, workspace: Session, line: DeskLine, officers: Mapping[str, str], today: date) -> None:
        self._officers, self._line = officers, line
        self._workspace, self._words, self._today = workspace, workspace.words, today
        self._on, self._record = line.on, line.record
        self._late = is_past(line.on, self._today)

    def _text(self, key: str) -> str:
        return self._record.text(key) if self._record is not None else ""

    @property
    def _title(self) -> str:
        return self._words.text(self._text("title"))

    @property
    def _due(self) -> str:
        return due_text(self._on, self._today, self._words)

    @property
    def _date(self) -> str:
        return self._words.partial_date(self._on)

    @property
    def _at_office(self) -> str:
        return " · ".join(part for part in (self._title, self._text("office_name")) if part)

    def _said(self, what: str, when: str, icon: str, state: str = "can_start") -> Said:
        """Return a line that changes its icon and colour once its day is past."""
        return Said(what, when, "overdue", "overdue") if self._late else Said(what, when, icon, state)

    def step_waiting(self) -> Said:
        return Said(self._at_office, since_days(self._on, self._today, self._words), "waiting", "waiting")

    def step_answer(self) -> Said:
        if self._late:
            return Said(
                self._title, self._words.text("Answer from the office: {due}", due=self._due), "overdue", "overdue"
            )
        filed = self._text("filed_on")
        since = since_days(filed, self._today, self._words) if filed else ""
        expected = self._words.text("Answer expected: {due}", due=self._due)
        return Said(self._at_office, " · ".join(part for part in (since, expected) if part), "waiting", "waiting")

    def step_due(self) -> Said:
        return self._said(self._title, self._words.text("Planned: {due}", due=self._due), "step")

    def paper_expires(self) -> Said:
        kind = self._words.text(self._workspace.pack.label("doc_type", self._text("doc_type"))) if self._record else ""
        expired = self._words.text("Expired: {date}", date=self._date)
        return self._said(
            kind, expired if self._late else self._words.text("Expires: {due}", due=self._due), "paper", "waiting"
        )

    def referral_unanswered(self) -> Said:
        since = self._words.text("Answer overdue since {date}", date=self._date)
        when = since if self._late else self._words.text("Answer expected: {due}", due=self._due)
        return self._said(self._words.text("Referral without an answer"), when, "waiting", "waiting")

    def withdrawal_to_tell(self) -> Said:
        when = self._words.text("Withdrawn on {date}", date=self._date)
        return Said(self._words.text("Agreement withdrawn: tell the recipient"), when, "overdue", "overdue")

    def referral_tell(self) -> Said:
        told = self._words.text("Tell the recipient: agreement withdrawn")
        return Said(told, self._words.text("Withdrawn on {date}", date=self._date), "overdue", "overdue")

    def referral_feedback(self) -> Said:
        return self._said(self._words.text("Ask how the service was"), self._due, "follow_up")

    def override_asked(self) -> Said:
        words, line = self._words, self._line
        by = words.text(
            "Requested by {officer} on {date}",
            officer=self._officers.get(line.who, "–"), date=words.partial_date(self._text("override_asked_on")),
        )  # fmt: skip
        ground = words.text(self._workspace.pack.label("override_ground", self._text("override_ground")))
        why = f"{ground}: {self._text('override_because')}"
        return Said(words.text("Send without agreement: {why}", why=why), by, "lock", "waiting")

    def follow_up_due(self) -> Said:
        return self._said(self._words.text("Follow-up", "record"), self._due, "follow_up")

    def return_unreported(self) -> Said:
        officer = self._officers.get(self._text("accompanied_by"), "")
        return Said(
            self._words.text("Not reported back yet: {officer}", officer=officer),
            self._words.text("Expected back: {date}, {time}", date=self._date, time=self._text("back_by")), "overdue", "overdue",
        )  # fmt: skip

    def attendance_due(self) -> Said:
        return self._said(self._words.text("School attendance"), self._due, "follow_up")

    def hold_ends(self) -> Said:
        until = self._words.text("On hold until {date}", date=self._date)
        return self._said(self._words.text("The case comes back"), until, "waiting", "waiting")

    def arrival_due(self) -> Said:
        planned = self._words.text("Planned: {due}", due=self._due)
        return self._said(self._words.text("Arrival to confirm"), planned, "person")

    def appeal_ends(self) -> Said:
        return Said(self._title, self._words.text("Appeal period ends: {due}", due=self._due), "overdue", "overdue")

    def step_open(self) -> Said:
        under_way = self._text("state") == StepState.IN_PROGRESS.code
        when = self._words.text("Under way, no day yet") if under_way else self._words.text("Can start, no day yet")
        return Said(self._at_office, when, "can_start", "can_start")

    def no_service(self) -> Said:
        opened = self._words.text("Opened on {date}", date=self._words.partial_date(self._line.case.opened_on))
        return Said(self._words.text("No service yet"), opened, "service", "can_start")

    def closing_asked(self) -> Said:
        words, line = self._words, self._line
        reason = words.text(self._workspace.pack.label("closure_reason", self._text("closure_reason")))
        by = words.text(
            "Requested by {officer} on {date}",
            officer=self._officers.get(line.who, "–"), date=words.partial_date(self._text("closure_asked_on")),
        )  # fmt: skip
        points = [
            words.plural("{count} step still open", "{count} steps still open", line.open_steps, count=line.open_steps),
            words.plural(
                "{count} referral still open",
                "{count} referrals still open",
                line.open_referrals,
                count=line.open_referrals,
            ),
        ]
        still = [text for text, count in zip(points, (line.open_steps, line.open_referrals), strict=True) if count]
        return Said(words.text("Closing: {reason}", reason=reason), " · ".join([by, *still]), "lock", "waiting")

    def closing_back(self) -> Said:
        words = self._words
        by = words.text(
            "By {officer} on {date}", officer=self._officers.get(self._text("closure_sent_back_by"), "–"),
            date=words.partial_date(self._text("closure_sent_back_on")),
        )  # fmt: skip
        said = words.text("Closing sent back: {word}", word=self._text("closure_sent_back_because"))
        return Said(said, by, "undo", "waiting")

    def quiet(self) -> Said:
        nothing = self._words.text("No entry since {date}", date=self._date)
        return Said(nothing, self._words.text("please call"), "phone", "can_start")


_TEXTS: dict[str, Callable[[_Due], Said]] = {
    kind.__name__: kind
    for kind in (
        _Due.step_waiting, _Due.step_answer, _Due.step_due, _Due.paper_expires, _Due.referral_unanswered, _Due.referral_tell, _Due.withdrawal_to_tell,
        _Due.referral_feedback, _Due.override_asked, _Due.follow_up_due,
        _Due.return_unreported, _Due.attendance_due, _Due.hold_ends, _Due.arrival_due, _Due.appeal_ends,
        _Due.step_open, _Due.no_service, _Due.closing_asked, _Due.closing_back,
    )
}  # fmt: skip
