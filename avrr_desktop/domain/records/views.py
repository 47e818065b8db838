"""The record types that are read most, field by field with its type: ``Step(record).planned_on`` instead of a literal key.

A view holds a record and nothing else. It names only the fields that somebody reads through it; each line is checked against the
declaration when the program starts, so that a view cannot name what is not declared, or read it as something else.
"""

from typing import Any, ClassVar

from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY


class _Read:
    """A field of a view, known by the name under which it stands in the class."""

    kinds: ClassVar[frozenset[Kind]]
    key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name


class Text(_Read):
    """A text, code, date or link; empty when missing."""

    kinds = frozenset(Kind) - {Kind.CHOICES, Kind.LINKS, Kind.YES_NO, Kind.COUNT}

    def __get__(self, view: "View", owner: type) -> str:
        return view.record.text(self.key)


class Many(_Read):
    """Several codes or links; empty when missing."""

    kinds = frozenset({Kind.CHOICES, Kind.LINKS})

    def __get__(self, view: "View", owner: type) -> tuple[str, ...]:
        return view.record.many(self.key)


class Yes(_Read):
    """Whether a yes-or-no field says yes."""

    kinds = frozenset({Kind.YES_NO})

    def __get__(self, view: "View", owner: type) -> bool:
        return view.record.yes(self.key)


class Whole(_Read):
    """A whole number; zero when missing."""

    kinds = frozenset({Kind.COUNT})

    def __get__(self, view: "View", owner: type) -> int:
        return view.record.whole(self.key)


class View:
    """A record of one type. Raises TypeError, at the start of the program, for a field that its type does not declare so."""

    __slots__ = ("record",)
    record_type: ClassVar[str]

    def __init__(self, record: Record) -> None:
        self.record = record

    def __init_subclass__(cls, *, of: str, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.record_type = of
        for key, field in vars(cls).items():
            if isinstance(field, _Read) and not (BY_KEY[of].has(key) and BY_KEY[of].field(key).kind in field.kinds):
                raise TypeError(f"{of} declares no {key} that is read as {type(field).__name__}")

    @property
    def uid(self) -> str:
        """The identifier of the record."""
        return self.record.uid


class Case(View, of="case"):
    """The head of a case."""

    __slots__ = ()
    number = Text()
    called = Text()
    status = Text()
    country_of_return = Text()
    municipality_of_return = Text()
    host_country = Text()
    sub_unit = Text()
    officer = Text()
    direction = Text()
    programme = Text()
    opened_on = Text()
    closed_on = Text()
    closure_asked_by = Text()
    closure_asked_on = Text()
    closure_sent_back_on = Text()
    closure_sent_back_to = Text()


class Person(View, of="person"):
    """A person, wherever they belong."""

    __slots__ = ()
    family_name = Text()
    given_names = Text()
    birth_date = Text()
    phone = Text()
    safe_to_call = Yes()


class Membership(View, of="membership"):
    """As what a person belongs to a case."""

    __slots__ = ()
    role = Text()
    relationship = Text()
    left_on = Text()


class Paper(View, of="paper"):
    """A paper that somebody holds or lacks."""

    __slots__ = ()
    holder = Text()
    doc_type = Text()
    state = Text()
    valid_until = Text()
    usable_until = Text()


class Service(View, of="service"):
    """A service, of which steps are made."""

    __slots__ = ()
    category = Text()


class Step(View, of="step"):
    """A step of a service."""

    __slots__ = ()
    service = Text()
    person = Text()
    title = Text()
    position = Whole()
    state = Text()
    office_name = Text()
    planned_on = Text()
    at_time = Text()
    filed_on = Text()
    expected_on = Text()
    done_on = Text()
    appeal_until = Text()
    evidence = Text()
    accompanied_by = Text()
    meeting_place = Text()
    back_by = Text()
    back_reported = Yes()
    waits_for = Many()
    waits_for_any = Many()
    helped_by = Many()
    go_ahead_reason = Text()
    block_reason = Text()
    template = Text()
    root = Text()


class Referral(View, of="referral"):
    """A referral to somebody else."""

    __slots__ = ()
    person = Text()
    sent_on = Text()


class FollowUp(View, of="follow_up"):
    """A visit or call after the help."""

    __slots__ = ()
    planned_on = Text()
    done_on = Text()


class Schooling(View, of="schooling"):
    """A child at school."""

    __slots__ = ()
    person = Text()
    recognition = Text()
    enrolled_on = Text()
    enrolled_provisionally = Yes()
    left_on = Text()
