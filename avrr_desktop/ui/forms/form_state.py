"""The life of a form, without a window: what it holds that is not stored yet, and what may happen to it next."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto


class Stage(Enum):
    """How what a form shows stands to what is stored."""

    CLEAN = auto()  # it shows what is stored
    DIRTY = auto()  # somebody typed here
    KEPT = auto()  # what was typed here is kept as a draft
    PUT_BACK = auto()  # a draft of before is shown, and nobody typed in it since: somebody else may have typed it
    THROWN_AWAY = auto()  # that draft is gone from the store; until the form is left it can be put back
    SAVING = auto()  # a verb writes it just now
    PARTED = auto()  # the store closes, or the record goes another way: nothing more is saved or kept


class Event(Enum):
    """What happens to a form."""

    TYPED = auto()
    KEPT = auto()  # a draft is in the store
    BEGUN = auto()  # a save begins
    SAVED = auto()
    REFUSED = auto()  # nothing was saved, or something is left over
    PUT_BACK = auto()
    THROWN_AWAY = auto()  # the draft that was put back
    FORGOTTEN = auto()  # what was typed says nothing, and its draft is dropped
    LEFT = auto()  # another record, tab or page is shown
    PARTED = auto()


_STARTED: Mapping[Event, Stage] = {
    Event.TYPED: Stage.DIRTY, Event.BEGUN: Stage.SAVING, Event.FORGOTTEN: Stage.CLEAN, Event.PARTED: Stage.PARTED,
}  # fmt: skip

# What a stage does not name leaves the form as it is.
TRANSITIONS: Mapping[Stage, Mapping[Event, Stage]] = {
    Stage.CLEAN: {Event.TYPED: Stage.DIRTY, Event.PUT_BACK: Stage.PUT_BACK, Event.PARTED: Stage.PARTED},
    Stage.DIRTY: {**_STARTED, Event.KEPT: Stage.KEPT},
    Stage.KEPT: _STARTED,
    Stage.PUT_BACK: {**_STARTED, Event.THROWN_AWAY: Stage.THROWN_AWAY},
    Stage.THROWN_AWAY: {
        Event.TYPED: Stage.DIRTY, Event.PUT_BACK: Stage.PUT_BACK, Event.LEFT: Stage.CLEAN, Event.PARTED: Stage.PARTED,
    },
    Stage.SAVING: {Event.SAVED: Stage.CLEAN, Event.REFUSED: Stage.DIRTY, Event.FORGOTTEN: Stage.CLEAN,
                   Event.PARTED: Stage.PARTED},
    Stage.PARTED: {},
}  # fmt: skip


class FormState:
    """One form's stage, and the fields that were typed in and are not saved."""

    def __init__(self) -> None:
        self.stage = Stage.CLEAN
        self._touched: frozenset[str] = frozenset()

    @property
    def touched(self) -> frozenset[str]:
        """The keys of the fields that a save writes."""
        return self._touched

    @property
    def dirty(self) -> bool:
        """Whether something is shown that is not stored."""
        return self.stage in (Stage.DIRTY, Stage.KEPT, Stage.PUT_BACK)

    @property
    def replaceable(self) -> bool:
        """Whether what somebody else wrote may be shown in place of what the form shows."""
        return self.stage in (Stage.CLEAN, Stage.THROWN_AWAY)

    @property
    def saved_when_left(self) -> bool:
        """Whether leaving the form saves it: whoever leaves it typed it, which nobody knows of a draft of before."""
        return self.stage in (Stage.DIRTY, Stage.KEPT)

    @property
    def wants_draft(self) -> bool:
        """Whether something was typed that is neither stored nor kept."""
        return self.stage is Stage.DIRTY

    @property
    def put_back(self) -> bool:
        """Whether a draft of before is shown that nobody typed in since."""
        return self.stage is Stage.PUT_BACK

    @property
    def thrown_away(self) -> bool:
        """Whether a draft was thrown away here that can still be put back."""
        return self.stage is Stage.THROWN_AWAY

    def happens(self, event: Event) -> bool:
        """Take a step; return whether the stage changed."""
        before = self.stage
        self.stage = TRANSITIONS[before].get(event, before)
        if self.stage in (Stage.CLEAN, Stage.THROWN_AWAY):
            self._touched = frozenset()
        return self.stage is not before

    def typed(self, key: str) -> None:
        """Take note that somebody typed in a field."""
        self.happens(Event.TYPED)
        self._touched |= {key}

    def show_draft(self, keys: Iterable[str]) -> None:
        """Take note that a draft is shown; ``keys``: the fields that it fills."""
        self.happens(Event.PUT_BACK)
        self._touched |= frozenset(keys)

    def leave_over(self, keys: Iterable[str]) -> None:
        """Take note that all was saved but these fields, which stay as they were typed."""
        self.happens(Event.REFUSED)
        self._touched = frozenset(keys)

    def untouch(self, key: str) -> None:
        """Take note that a field is decided elsewhere now: nothing typed in it is written."""
        self._touched -= {key}
