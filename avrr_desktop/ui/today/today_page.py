"""Today: what an officer has to do, in groups that fold, from what is not finished to whom nobody has heard from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.partners.standing import CHECK_MONTHS, check_due
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import due_text, person_shown, place_of_line
from avrr_desktop.operations.cases.cases import case_names, officer_names
from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.cases.search import CaseFilter, counts
from avrr_desktop.operations.cases.today import (
    GROUPS,
    Desk,
    DeskLine,
    DeskView,
    desk,
    desk_lines,
    desk_view,
    keep_desk_view,
)
from avrr_desktop.operations.exchange.quarantine import Waiting, waiting
from avrr_desktop.operations.referrals.directory import checks_due
from avrr_desktop.operations.session.drafts import Draft
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.second_person import to_confirm
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.today import desk_view as desk_views
from avrr_desktop.ui.today.desk_menu import DeskMenu
from avrr_desktop.ui.today.desk_model import SHOWN, Decided, DeskModel, Group, Row, Thing, ToCheck, ToConfirm
from avrr_desktop.ui.today.desk_texts import Said, desk_text
from avrr_desktop.ui.widgets.controls import Card, button, emptied, iconed, label, literal, row
from avrr_desktop.ui.widgets.row_menu import Acts, Offer, RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme

DRAFTS, DECISION, CHECKS = "drafts", "decision", "checks"


class TodayPage(QWidget):
    """One list over all groups; it is read again after each change, and stays where it was."""

    wanted = Signal(str, str, str)  # case, record type, record
    closing_wanted = Signal(str)  # a case whose closing waits for approval
    new_wanted = Signal()
    draft_wanted = Signal(object)  # Draft
    day_wanted = Signal()
    setup_wanted = Signal(str)  # a part of it
    partner_wanted = Signal(str)  # an entry of the directory

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self._officers: dict[str, str] = {}
        self._drafts: tuple[Draft, ...] = ()
        self._decided: tuple[Decided, ...] = ()
        self._only = ""  # the group of which all is shown, and nothing else
        self._left_at = 0  # where the whole desk was scrolled to
        self._checks: tuple[ToCheck, ...] = ()
        self._names: dict[str, str] = {}  # of the cases of drafts
        self._look = DeskView()
        self._filling = False
        self._today = acts.workspace.today
        words = acts.workspace.words
        self._date = label("", "title")
        self._below = label("", "muted")
        self.mine = self._choice(words.text("Mine"), mine=True)
        self.office = self._choice(words.text("My office"), mine=False)
        self.menu = DeskMenu(acts, self)
        self.menu.open_wanted.connect(self._open_line)
        self.menu.closing_wanted.connect(self.closing_wanted)
        self.model = DeskModel(self._read, self._row)
        self.view = desk_views.DeskView(theme, self.model)
        self.view.setAccessibleName(words.text("What is to do"))
        self.row_menu = RowMenu(self.view, words, self._offers)
        self._connect_view()
        self._first = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        day = iconed(button(words.text("Day sheet"), self.day_wanted.emit, shortcut="Ctrl+D"), "print", theme)
        self.back = iconed(button(words.text("Back to Today"), self.turn_back, name="quiet"), "back", theme)
        self.back.hide()
        head = row(self.back, self._date, self.mine, self.office, day)
        head.setStretch(1, 1)
        whole.addLayout(head)
        whole.addWidget(self._below)
        whole.addLayout(self._first)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.menu.strip)
        self._rest = QWidget()
        whole.addWidget(self._rest, 1)
        acts.changed.connect(self._on_changed)

    def _choice(self, text: str, *, mine: bool) -> QPushButton:
        made = button(literal(text), lambda: self.look_at(mine=mine), name="filter")
        made.setCheckable(True)
        return made

    def _connect_view(self) -> None:
        view, menu = self.view, self.menu
        view.opened.connect(self._open)
        view.all_wanted.connect(self.show_group)
        view.acted.connect(self._do)
        view.lettered.connect(self._on_letter)
        view.menu_wanted.connect(self.row_menu.show_at)
        view.expanded.connect(self._on_folded)
        view.collapsed.connect(self._on_folded)
        menu.strip.gone = view.setFocus

    def showEvent(self, event: object) -> None:
        """Read the desk again."""
        self.show_desk()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_desk()

    def focus_first(self) -> None:
        """Put the cursor into the list, on its first line unless one is chosen."""
        if self.view.isVisible():
            if not self.view.currentIndex().isValid() and (first := next(self.view.rows(), None)) is not None:
                self.view.setCurrentIndex(first[0])
            self.view.setFocus()

    def show_group(self, group: str) -> None:
        """Show all of one group, and nothing else: the list behind its number."""
        self._left_at, self._only = self.view.verticalScrollBar().value(), group
        self.show_desk()
        self.view.go_to(group, 0)
        self.view.scrollToTop()
        self.view.setFocus()

    def turn_back(self) -> bool:
        """Show the whole desk again, where it was left; return whether it was not in sight."""
        if not self._only:
            return False
        group, self._only = self._only, ""
        self.show_desk()
        self.view.go_to(group, SHOWN)
        self.view.verticalScrollBar().setValue(self._left_at)
        self.view.setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the whole desk again with Escape."""
        if event.key() != Qt.Key.Key_Escape or not self.turn_back():
            super().keyPressEvent(event)

    def look_at(self, *, mine: bool) -> None:
        """Show one's own desk or that of the office, and remember it."""
        self._keep(replace(self._look, mine=mine))
        self.show_desk()

    def _keep(self, look: DeskView) -> None:
        workspace = self._acts.workspace
        self._look = look
        self._acts.run(lambda: keep_desk_view(workspace, look))

    def _on_folded(self, index: QModelIndex) -> None:
        group = self.model.group(index)
        if group is None or self._filling or self._only:
            return
        folded = self._look.folded - {group.key} if self.view.isExpanded(index) else self._look.folded | {group.key}
        self._keep(replace(self._look, folded=folded))

    def show_desk(self) -> None:
        """Show what is to do on the office's calendar day."""
        workspace = self._acts.workspace
        words = workspace.words
        self._look = self._acts.ask(lambda: desk_view(workspace), self._look)
        mine, self._today = self._look.mine, workspace.today
        shown = self._acts.ask(lambda: desk(workspace, mine=mine), Desk({}, ()))
        self._officers = officer_names(workspace)
        self._drafts = shown.drafts
        self._decided = self._elsewhere()
        if self._decided:
            waiting = len(self._decided) + shown.counts.get(DECISION, 0)
            shown = replace(shown, counts={**shown.counts, DECISION: waiting})
        self._checks = self._to_check()
        if self._checks:
            shown = replace(shown, counts={**shown.counts, CHECKS: len(self._checks)})
        self._names = case_names(workspace, {draft.case for draft in shown.drafts}) if shown.drafts else {}
        for one, chosen in ((self.mine, mine), (self.office, not mine)):
            one.setChecked(chosen)
            one.setVisible(bool(workspace.actor))
        self._date.setText(words.long_day(self._today))
        self._show_empty(shown)
        groups = self._groups(shown)
        only = [group for group in groups if group.key == self._only]
        if not only:
            self._only = ""  # nothing of it is left
        self.back.setVisible(bool(only))
        self._fill(only or groups)

    def _elsewhere(self) -> tuple[Decided, ...]:
        """Return what waits for a decision that is made in Setup: new supervisors, and what came from outside."""
        workspace = self._acts.workspace
        new = [ToConfirm(self._officers.get(uid, ""), until) for uid, until in to_confirm(workspace)]
        decides = may(workspace, Permission.APPROVE) and may(workspace, Permission.MANAGE)
        return (*new, *(waiting(workspace) if decides else ()))

    def _to_check(self) -> tuple[ToCheck, ...]:
        """Return the entries of the directory to check: the office's own list, whoever looks."""
        workspace, none = self._acts.workspace, tuple[Record, ...]()
        months = workspace.pack.setting(CHECK_MONTHS)
        found = self._acts.ask(lambda: checks_due(workspace), none)
        return tuple(ToCheck(one.uid, one.text("name"), one.text("place"), check_due(one, months)) for one in found)

    def _show_empty(self, shown: Desk) -> None:
        workspace = self._acts.workspace
        emptied(self._first)
        self.view.setVisible(not shown.empty)
        self._rest.setVisible(shown.empty)
        if shown.empty and not self._acts.ask(lambda: counts(workspace, CaseFilter())[0], 1):
            self._below.setText(workspace.words.text("Welcome. Nothing is due yet."))
            self._first.addWidget(self._first_card())
        else:
            self._below.setText(self._sentence(shown))

    def _fill(self, groups: Sequence[Group]) -> None:
        """Show groups; the same line stays chosen, or the one that took its place."""
        chosen, bar = self.view.currentIndex(), self.view.verticalScrollBar()
        before, number, top = self.model.group(chosen), chosen.row(), bar.value()
        if self.model.is_group(chosen):
            number = -1
        self._filling = True
        self.model.show_groups(groups, whole=bool(self._only))
        for place, group in enumerate(groups):
            if self._only or group.key not in self._look.folded:
                self.view.expand(self.model.index(place, 0))
        if before is not None and not self.view.go_to(before.key, number):
            self.view.go_to(groups[0].key if groups else "", 0)
        self._filling = False
        bar.setValue(top)

    def _groups(self, shown: Desk) -> list[Group]:
        words = self._acts.workspace.words
        titles = {
            DRAFTS: words.text("Not finished"), "alarm": words.text("Not reported back yet"),
            "decision": words.text("For my decision"), "late_week": words.text("Late, up to a week"),
            "late_month": words.text("Late, up to a month"), "late_quarter": words.text("Late, up to three months"),
            "late_older": words.text("Late, longer than three months"), "today": words.text("Today", "group"),
            "week": words.text("This week"), "soon": words.text("Papers that expire soon"),
            "start": words.text("Can start, no day yet"), "waiting": words.text("Waiting for others"),
            "quiet": words.text("No entry for a long time"), CHECKS: words.text("Directory entries to check"),
        }  # fmt: skip
        numbers = {DRAFTS: len(shown.drafts), **shown.counts}
        return [
            Group(key, titles[key], count, words.text("Show all {count}", count=words.number(count)))
            for key in (DRAFTS, *GROUPS, CHECKS)
            if (count := numbers.get(key, 0))
        ]

    def _sentence(self, shown: Desk) -> str:
        words = self._acts.workspace.words
        if shown.empty:
            return words.text(
                "Nothing is due. You could call a family you have not heard from, or open a new case (Ctrl+N)."
            )
        late, today, week = shown.late, shown.counts.get("today", 0), shown.counts.get("week", 0)
        decisions = shown.counts.get("decision", 0)
        away = shown.counts.get("alarm", 0)
        parts = [
            words.plural("{count} not reported back", "{count} not reported back", away, count=words.number(away)),
            words.plural(
                "{count} for my decision", "{count} for my decision", decisions, count=words.number(decisions)
            ),
            words.plural("{count} late", "{count} late", late, count=words.number(late)),
            words.plural("{count} today", "{count} today", today, count=words.number(today)),
            words.plural("{count} this week", "{count} this week", week, count=words.number(week)),
        ]
        said = [text for text, count in zip(parts, (away, decisions, late, today, week), strict=True) if count]
        return " · ".join(said) or words.text("Nothing to act on now.")

    def _read(self, group: str, start: int, limit: int) -> Sequence[Thing]:
        """Return a page of a group for the list that paints it."""
        workspace, mine = self._acts.workspace, self._look.mine
        if workspace.locked:
            return []
        if group == DRAFTS:
            return self._drafts[start : start + limit]
        if group == CHECKS:
            return self._checks[start : start + limit]
        nothing: list[DeskLine] = []
        if group == DECISION and (first := self._decided):
            new, rest = first[start : start + limit], max(0, start - len(first))
            further = (
                desk_lines(workspace, group, mine=mine, start=rest, limit=limit - len(new)) if len(new) < limit else ()
            )
            return [*new, *further]
        return self._acts.ask(lambda: desk_lines(workspace, group, mine=mine, start=start, limit=limit), nothing)

    def _row(self, thing: Thing) -> Row:
        if isinstance(thing, ToConfirm):
            return self._of_confirming(thing)
        if isinstance(thing, Waiting):
            return self._of_waiting(thing)
        if isinstance(thing, ToCheck):
            return self._of_check(thing)
        return self._of_draft(thing) if isinstance(thing, Draft) else self._of_line(thing)

    def _of_confirming(self, one: ToConfirm) -> Row:
        workspace = self._acts.workspace
        words = workspace.words
        when = words.text(
            "New, or with a new passphrase. Can act as second person from: {moment}",
            moment=words.moment(workspace.local(one.until)),
        )
        return Row(
            name=one.name, below="", said=Said(words.text("New supervisor, to be confirmed"), when, "person", "waiting"), of=one,
            moves=((Act.DONE, words.text("Look at it", "button")),),
        )  # fmt: skip

    def _of_waiting(self, one: Waiting) -> Row:
        """Say what came from outside and was not imported, from whom, and why it waits."""
        workspace = self._acts.workspace
        words = workspace.words
        when = words.moment(workspace.local(one.when)) if one.when else ""
        return Row(
            name=one.who or words.text("From outside"), below=one.what,
            said=Said(words.text("Entry in quarantine"), " · ".join(filter(None, (one.why, when))), "blocked", "waiting"), of=one,
            moves=((Act.DONE, words.text("Look at it", "button")),),
        )  # fmt: skip

    def _of_check(self, one: ToCheck) -> Row:
        words = self._acts.workspace.words
        when = words.text("Check this entry: {due}", due=due_text(one.due, self._today, words))
        return Row(
            name=one.name, below=one.below, said=Said(words.text("Partner or office"), when, "waiting", "waiting"), of=one,
            moves=((Act.DONE, words.text("Look at it", "button")),),
        )  # fmt: skip

    def _of_line(self, line: DeskLine) -> Row:
        workspace = self._acts.workspace
        words = workspace.words
        person = person_shown(line.person, self._today, words) if line.person else ""
        below = [place_of_line(line.case, words, workspace.pack), line.case.number if not person else line.case.called]
        if not self._look.mine or line.case.officer != workspace.actor:
            below.append(self._officers.get(line.case.officer, words.text("no officer")))
        return Row(
            name=person or line.case.called, below=" · ".join(part for part in below if part),
            said=desk_text(workspace, line, self._officers, self._today), of=line, moves=self.menu.moves(line),
        )  # fmt: skip

    def _of_draft(self, draft: Draft) -> Row:
        """Say what was typed, in whose case and when: two drafts of one kind must not be taken for each other."""
        workspace = self._acts.workspace
        words = workspace.words
        kind = words.text(BY_KEY[draft.record_type].label) if draft.record_type in BY_KEY else words.text("New case")
        moment = words.moment(workspace.local(datetime.fromisoformat(draft.kept_at)))
        said = words.text("Typed but not saved: {record}", record=kind)
        kept = words.text("{moment}. It is kept safe here.", moment=moment)
        called = self._names.get(draft.case, "") if draft.case else ""
        return Row(
            name=called or kind, below="", said=Said(said, kept, "draft", "waiting"), of=draft,
            moves=((Act.DONE, words.text("Continue", "button")),),
        )  # fmt: skip

    def _first_card(self) -> Card:
        """Offer the one thing to do in a store that holds no case yet."""
        words = self._acts.workspace.words
        card = Card(words.text("The first case"))
        card.body.addWidget(
            label(
                words.text(
                    "A case is a person or a family that you help together. One name is enough to start; everything "
                    "else can wait."
                )
            )
        )
        card.body.addLayout(row(button(words.text("New case"), self.new_wanted.emit, name="primary"), 1))
        return card

    def _open(self, one: Row) -> None:
        if isinstance(one.of, Draft):
            self.draft_wanted.emit(one.of)
        elif isinstance(one.of, ToConfirm):
            self.setup_wanted.emit("access")
        elif isinstance(one.of, Waiting):
            self.setup_wanted.emit("journey")
        elif isinstance(one.of, ToCheck):
            self.partner_wanted.emit(one.of.partner)
        else:
            self._open_line(one.of)

    def _open_line(self, line: DeskLine) -> None:
        record = line.record.uid if line.record else ""
        kind = line.record.type if line.record and line.record.type != "case" else ""
        self.wanted.emit(line.case.uid, kind, record)

    def _on_letter(self, one: Row, letter: str) -> None:
        if isinstance(one.of, DeskLine):
            self.menu.press_letter(one.of, letter)

    def _offers(self) -> Acts:
        """Return what can be done with the chosen line: of a case, all of its menu; of anything else, its button."""
        index = self.view.currentIndex()
        one = self.model.row(index)
        if one is None:
            more = self.model.group(index) if self.model.is_more(index) else None
            return [Offer(more.more, lambda: self.view.press(index))] if more is not None else ()
        if isinstance(one.of, DeskLine):
            return self.menu.offers(one.of)
        return [Offer(text, partial(self._do, one, act)) for act, text in one.moves]

    def _do(self, one: Row, act: Act) -> None:
        if isinstance(one.of, DeskLine):
            self.menu.do(one.of, act)
        else:
            self._open(one)
