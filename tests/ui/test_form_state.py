"""The life of a form without a window: what is typed is saved, kept or told, and nothing is written that nobody here typed."""

import ast
import inspect

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from avrr_desktop.ui.forms import form_state
from avrr_desktop.ui.forms.form_state import TRANSITIONS, Event, FormState, Stage

KEYS = ("phone", "remarks", "birth_date")
HELD = {Stage.DIRTY, Stage.KEPT, Stage.PUT_BACK, Stage.SAVING}  # something is shown that is not stored


def test_the_state_of_a_form_knows_no_window() -> None:
    tree = ast.parse(inspect.getsource(form_state))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names == {"collections.abc", "enum"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", Event)
def test_only_what_saves_forgets_or_parts_ends_what_is_typed(stage: Stage, event: Event) -> None:
    after = TRANSITIONS[stage].get(event, stage)
    if stage is Stage.PARTED:
        assert after is Stage.PARTED, "nothing comes back after the lock"
    elif event is Event.PARTED:
        assert after is Stage.PARTED
    elif stage in HELD and after not in HELD:
        assert event in (Event.SAVED, Event.FORGOTTEN, Event.THROWN_AWAY)
    if event is Event.SAVED and stage is not Stage.SAVING:
        assert after is stage, "nothing is saved that was not begun"
    if after is Stage.SAVING and stage is not Stage.SAVING:
        assert stage in (Stage.DIRTY, Stage.KEPT, Stage.PUT_BACK), "what is stored already is not written again"


class FormLife(RuleBasedStateMachine):
    """A form as the window drives it, with a store of three fields and one draft."""

    @initialize(draft=st.dictionaries(st.sampled_from(KEYS), st.text(min_size=1, max_size=3), max_size=2))
    def begin(self, draft: dict[str, str]) -> None:
        self.state = FormState()
        self.stored = dict.fromkeys(KEYS, "")
        self.shown = dict(self.stored)
        self.draft = dict(draft)
        self.mine: set[str] = set()  # typed here since the last save
        self.theirs = dict(draft)  # typed by whoever sat here before, and not taken up
        self.parted = False
        if draft:
            self.shown |= draft
            self.state.show_draft(draft)

    @rule(key=st.sampled_from(KEYS), text=st.text(min_size=1, max_size=3))
    def type(self, key: str, text: str) -> None:
        self.shown[key] = text
        self.state.typed(key)
        if not self.parted:
            self.mine |= {key, *self.theirs}  # whoever types on takes up what stands there
            self.theirs = {}

    @rule(refused=st.booleans())
    def keep(self, refused: bool) -> None:
        if self.state.wants_draft and not refused:
            self.draft = {key: self.shown[key] for key in self.state.touched}
            self.state.happens(Event.KEPT)

    def written(self, refused: bool, unreadable: set[str]) -> None:
        """Save as a form does: what is touched and readable, unless the store refuses."""
        if not self.state.happens(Event.BEGUN):
            return
        assert not self.parted, "nothing is written after the lock began"
        assert not self.state.happens(Event.BEGUN), "a save does not begin in a save"
        self.mine, self.theirs = self.mine | self.theirs.keys(), {}  # whoever saves it on purpose takes it up
        touched = self.state.touched
        left_over = touched & unreadable
        if refused:
            self.state.happens(Event.REFUSED)
            return
        self.stored |= {key: self.shown[key] for key in touched - left_over}
        self.mine, self.theirs = set(left_over), {}
        if left_over:
            self.state.leave_over(left_over)
        else:
            self.draft = {}
            self.state.happens(Event.SAVED)

    @rule(refused=st.booleans(), unreadable=st.sets(st.sampled_from(KEYS)))
    def save(self, refused: bool, unreadable: set[str]) -> None:
        self.written(refused, unreadable)

    @rule(refused=st.booleans(), unreadable=st.sets(st.sampled_from(KEYS)))
    def leave(self, refused: bool, unreadable: set[str]) -> None:
        before, only_theirs = dict(self.stored), bool(self.theirs)
        if self.state.saved_when_left:
            self.written(refused, unreadable)
        self.state.happens(Event.LEFT)
        if only_theirs:
            assert self.stored == before, "what somebody else typed is saved on purpose only"
        elif not refused and not self.parted:
            assert self.mine <= unreadable, "what can be read is saved when the form is left"

    @rule()
    def throw_away(self) -> None:
        if self.state.put_back:
            self.state.happens(Event.THROWN_AWAY)
            self.shown, self.thrown, self.theirs, self.draft = dict(self.stored), dict(self.theirs), {}, {}

    @precondition(lambda self: self.state.thrown_away)
    @rule()
    def take_back(self) -> None:
        self.draft = self.theirs = self.thrown
        self.shown |= self.theirs
        self.state.show_draft(self.theirs)

    @rule(key=st.sampled_from(KEYS), text=st.text(max_size=3))
    def written_elsewhere(self, key: str, text: str) -> None:
        self.stored[key] = text
        if self.state.replaceable:
            assert not self.mine and not self.theirs, "nothing that is typed is overwritten"
            self.shown = dict(self.stored)

    @rule()
    def part(self) -> None:
        if self.state.wants_draft:
            self.keep(False)
        self.state.happens(Event.PARTED)
        self.parted = True

    @invariant()
    def nothing_typed_is_forgotten(self) -> None:
        if not self.parted:
            assert self.mine | self.theirs.keys() <= self.state.touched
            assert self.state.dirty == bool(self.mine or self.theirs)
            assert bool(self.theirs) == self.state.put_back

    @invariant()
    def what_is_kept_is_what_is_shown(self) -> None:
        if self.state.stage is Stage.KEPT:
            assert self.draft == {key: self.shown[key] for key in self.state.touched}


def test_a_form_keeps_saves_or_tells_whatever_happens() -> None:
    run_state_machine_as_test(FormLife)
