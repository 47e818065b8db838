"""The life of one referral: a sentence that says what comes next, the moves that come next most often, the rest in a menu."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import MOVES, Move, likely, override_asked, possible
from avrr_desktop.domain.consent.referral_states import untold_since
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.records.fields import Field, Kind, Record
from avrr_desktop.domain.records.types.referral_records import REFERRAL
from avrr_desktop.operations.referrals.directory import warnings_of
from avrr_desktop.operations.referrals.moves import met, move_referral, tell_recipient
from avrr_desktop.operations.referrals.override import approve_override, ask_override, turn_down_override
from avrr_desktop.operations.referrals.standing import Standing, standing
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.ask_strip import AskStrip
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.widgets.controls import Card, button, emptied, entry, label, literal
from avrr_desktop.ui.widgets.responsive import WrappingRow

DAY = Field("day", N_("Day", "field"), Kind.DATE, when=When.PAST)
Offer = tuple[str, Callable[[], object]]  # what it says, what it does


class ReferralLife(Card):
    """Shows one referral; ``show_referral`` again when anything changed. ``leave``: saves what is typed in the form below."""

    def __init__(self, acts: Actions, leave: Callable[[], object]) -> None:
        super().__init__()
        self._acts, self._leave = acts, leave
        workspace = acts.workspace
        self._said = QVBoxLayout()
        self.strip = AskStrip(
            workspace.words, EditorMaker(workspace.words, workspace.pack, workspace.today, lambda _: [])
        )
        self.body.addLayout(self._said)
        self.body.addWidget(self.strip)
        self.buttons: list[QPushButton] = []
        self.menu = QMenu(self)
        self._case: CaseFile | None = None
        self._record: Record | None = None

    def show_referral(self, case_file: CaseFile, referral: Record, *, writable: bool) -> None:
        """Say what comes next and offer what may be done; what was asked for another state is asked no more."""
        if self._record is not None and self._record.text("state") != referral.text("state"):
            self.strip.leave()
        self._case, self._record = case_file, referral
        stands = standing(self._acts.workspace, case_file, referral)
        emptied(self._said)
        sentence = label(stands.sentence, "heading")
        self._said.addWidget(sentence)
        for text in self._warnings(referral):
            self._said.addWidget(label(text, "problem"))
        for text in (self._shared_text(referral, stands), stands.so_far):
            if text:
                self._said.addWidget(label(text, "hint"))
        self.buttons = []
        if writable and may(self._acts.workspace, Permission.RECORD):
            self._add_buttons(referral, stands)

    def _warnings(self, referral: Record) -> Sequence[str]:
        """Return what warns of the partner as long as nothing went there, and why sending without agreement was not approved."""
        workspace, none = self._acts.workspace, tuple[str, ...]()
        if referral.text("sent_on") or MOVES["send"] not in possible(referral):
            return ()
        of_partner = self._acts.ask(lambda: warnings_of(workspace, referral.text("provider")), none)
        answer = referral.text("override_answer")
        return (
            *of_partner,
            *(
                (workspace.words.text("Sending without agreement was not approved: {answer}", answer=answer),)
                if answer
                else ()
            ),
        )

    def _shared_text(self, referral: Record, stands: Standing) -> str:
        if not stands.shared:
            return ""
        told = (
            N_("Shared with the partner: {groups}")
            if referral.text("sent_on")
            else N_("Will be shared with the partner: {groups}")
        )
        return self._acts.workspace.words.text(told, groups=stands.shared)

    def _add_buttons(self, referral: Record, stands: Standing) -> None:
        words = self._acts.workspace.words
        first, rest = self._offers(referral, stands)
        keys = ("Ctrl+Shift+D", "", "")
        self.buttons = [
            button(text, act, name="primary" if not number else "", shortcut=keys[number])
            for number, (text, act) in enumerate(first)
        ]
        made = [*self.buttons]
        self.menu = QMenu(self)
        if rest:
            more = QPushButton(literal(words.text("Other", "button")))
            more.setObjectName("menu")
            for text, act in rest:
                entry(self.menu, text).triggered.connect(lambda _=False, act=act: act())
            more.setMenu(self.menu)
            made.append(more)
        inside = QWidget()
        inside.setLayout(WrappingRow(*made))
        self._said.addWidget(inside)

    def _offers(self, referral: Record, stands: Standing) -> tuple[list[Offer], list[Offer]]:
        """Return what comes next most often, at most three, and everything else that may be done."""
        if override_asked(referral) and not stands.covered:
            first = self._of_override(referral)
        elif untold_since(referral):
            first = [(self._text(N_("Recipient told")), self._tell)]
        else:
            moves = [move for move in likely(referral) if stands.covered or not move.covered]
            first = [(self._text(move.text), self._asking(move)) for move in moves]
        taken = {text for text, _ in first}
        rest = [
            (self._text(move.text), self._asking(move))
            for move in possible(referral)
            if self._text(move.text) not in taken and (stands.covered or not move.covered)
        ]
        return first, [*self._further(referral, stands), *rest]

    def _of_override(self, referral: Record) -> list[Offer]:
        workspace = self._acts.workspace
        if referral.text("override_asked_by") == workspace.actor:
            return [(self._text(N_("Withdraw the request")), self._turn_down)]
        if not may(workspace, Permission.APPROVE):
            return []
        return [
            (self._text(N_("Approve", "button")), self._approve),
            (self._text(N_("Send back with a word …")), self._ask_word),
        ]

    def _further(self, referral: Record, stands: Standing) -> list[Offer]:
        found: list[Offer] = []
        if referral.yes("by_code") and not referral.text("met_on") and not untold_since(referral):
            found.append((self._text(N_("First meeting was held …")), self._ask_meeting))
        unsent = MOVES["send"] in possible(referral)
        if unsent and not stands.covered and not override_asked(referral):
            found.append((self._text(N_("Request sending without agreement …")), self._ask_override))
        return found

    def _text(self, message: str) -> str:
        return self._acts.workspace.words.text(message)

    def _asking(self, move: Move) -> Callable[[], object]:
        return lambda: self.ask(move)

    def ask(self, move: Move) -> None:
        """Ask for the day of a move, today if nothing else is said, and for what it needs."""
        record = self._saved()
        if record is None:
            return
        fields = [*([DAY] if move.day else ()), *(_one_line(REFERRAL.field(key)) for key in move.asks)]
        if not fields:
            self._move(move, {})
            return
        self.strip.ask(self._text(move.text), fields, self._text(move.text), lambda got: self._move(move, got))
        self._prefill(record, fields)

    def _prefill(self, record: Record, fields: Sequence[Field]) -> None:
        for field in fields:
            value = self._acts.workspace.today.isoformat() if field is DAY else record.values.get(field.key)
            if value is not None:
                self.strip.rows[field.key].editor.show_value(value)

    def _move(self, move: Move, got: Mapping[str, str]) -> bool:
        said: dict[str, object] = {
            key: int(text) if REFERRAL.field(key).kind is Kind.COUNT else text
            for key, text in got.items()
            if key != DAY.key and text
        }
        return self._do(
            lambda case, uid: move_referral(self._acts.workspace, case, uid, move.key, got.get(DAY.key, ""), said=said),
            move.said,
        )

    def _do(self, verb: Callable[[CaseFile, str], Changes], said: str) -> bool:
        case_file, record = self._case, self._record
        if case_file is None or record is None:
            return False
        return self._acts.do(lambda: verb(case_file, record.uid), self._text(said))

    def _saved(self) -> Record | None:
        """Save what is typed in the form, and return the referral as it stands then."""
        self._leave()
        return self._record

    def _tell(self) -> None:
        self._do(lambda case, uid: tell_recipient(self._acts.workspace, case, uid), N_("Recipient told"))

    def _approve(self) -> None:
        said = N_("Sending without agreement approved")
        self._do(lambda case, uid: approve_override(self._acts.workspace, case, uid), said)

    def _turn_down(self) -> None:
        self._do(lambda case, uid: turn_down_override(self._acts.workspace, case, uid), N_("Request withdrawn"))

    def _ask_word(self) -> None:
        field = _one_line(REFERRAL.field("override_answer"))
        self.strip.ask(
            self._text(N_("Send back with a word …")), [field], self._text(N_("Send back", "button")),
            lambda got: self._do(
                lambda case, uid: turn_down_override(self._acts.workspace, case, uid, got[field.key]), N_("Request sent back")
            ),
        )  # fmt: skip

    def _ask_override(self) -> None:
        if self._saved() is None:
            return
        fields = [_one_line(REFERRAL.field(key)) for key in ("override_ground", "override_because")]
        self.strip.ask(
            self._text(N_("Send without agreement: vital interest or protection of a child")), fields,
            self._text(N_("Request", "button")),
            lambda got: self._do(
                lambda case, uid: ask_override(
                    self._acts.workspace, case, uid, got["override_ground"], got["override_because"]
                ),
                N_("Sending without agreement requested"),
            ),
        )  # fmt: skip

    def _ask_meeting(self) -> None:
        self.strip.ask(
            self._text(N_("First meeting: from then on the partner knows the name")), [DAY], self._text(N_("Set the day")),
            lambda got: self._do(
                lambda case, uid: met(self._acts.workspace, case, uid, got[DAY.key]), N_("First meeting noted")
            ),
        )  # fmt: skip
        self.strip.rows[DAY.key].editor.show_value(self._acts.workspace.today.isoformat())


def _one_line(field: Field) -> Field:
    """Return a field as one line: what is typed into the strip is short."""
    return replace(field, kind=Kind.TEXT) if field.kind is Kind.LONG_TEXT else field
