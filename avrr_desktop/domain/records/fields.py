"""Field, Kind and RecordType: the vocabulary in which every record of the program is declared once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum
from typing import NamedTuple

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.people.number_keys import number_words

Scalar = str | int | bool
Value = Scalar | tuple[str, ...]
Values = Mapping[str, Value]


class Kind(Enum):
    """What a value means; form editor, check, wording and storage follow from it."""

    TEXT = "text"  # one line, NFC
    LONG_TEXT = "long_text"  # many lines, up to 100 kB
    NAME = "name"  # a name exactly as the document spells it
    NUMBER_OF_PAPER = "number_of_paper"  # personal and document numbers: masked until asked for
    DATE = "date"  # a calendar date with its precision, see domain/people/dates.py
    COUNT = "count"  # a whole number, zero or more
    YES_NO = "yes_no"
    CHOICE = "choice"  # a code of a list in the pack
    CHOICES = "choices"  # several codes of a list in the pack
    COUNTRY = "country"  # ISO 3166-1 alpha-2, or XK
    LINK = "link"  # the identifier of another record
    LINKS = "links"  # identifiers of other records


class Sensitivity(Enum):
    """What a print or an export that is not for the inside leaves out."""

    OPEN = 0  # no person is recognised by it
    PERSONAL = 1  # says something about a person
    IDENTIFYING = 2  # names the person or the place where to find the person
    SPECIAL = 3  # health, protection, belonging: own consent, own access


class Purpose(Enum):
    """Why a value may be held at all (data protection: no field without a purpose)."""

    ASSISTANCE = "assistance"
    IDENTITY = "identity"
    CONTACT = "contact"
    REPORTING = "reporting"
    PROTECTION = "protection"


class Travels(Enum):
    """Which records of a type that stands beside the cases go along on a journey of chosen cases."""

    ALWAYS = "always"  # how the office works and who works there: without it nobody could work on the way
    NAMED = "named"  # what a record of a chosen case names, and nothing else of its kind
    OF_CASE = "of case"  # what links to a chosen case


class ProblemKind(Enum):
    """Why something is to be looked at."""

    MISSING = "missing"  # a field that is always needed is empty
    UNFINDABLE = "unfindable"  # nobody would find the record again
    UNREADABLE = "unreadable"  # it has not the form of what it should be
    IMPOSSIBLE = "impossible"  # it cannot be so, by itself or beside another value of the record
    UNSURE = "unsure"  # it may mean something else, and is asked
    UNEXPLAINED = "unexplained"  # it asks for a word, a proof or an agreement that is not there
    CONTRADICTED = "contradicted"  # another record of the case says otherwise
    UNFINISHED = "unfinished"  # the case cannot be closed with it


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one record type: meaning only, never looks."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    sensitivity: Sensitivity = Sensitivity.PERSONAL
    purpose: Purpose = Purpose.ASSISTANCE
    codes: str = ""  # the code list of a CHOICE or CHOICES
    target: str = ""  # the record type of a LINK or LINKS
    when: When | None = None  # on which side of today a DATE lies; every DATE says it
    hint: str = ""  # guiding text for the person who types
    column: bool = False  # has a column of its own in the store, because lists or reports ask for it
    computed: bool = False  # set by the program, never typed: not in forms
    bounds: tuple[int, int] | None = None  # the least and the most of a COUNT; None: zero or more
    initials: bool = False  # one to four letters, see domain/people/initials.py; longer ones of before are still read
    stateless: bool = False  # a COUNTRY that may also say that there is none: domain/people/country.py
    retired: bool = False  # no longer asked for; still shown where an old case holds it
    of_steps: tuple[str, ...] = ()  # generic keys of steps that decide it where the person has one of them
    place: bool = False  # a NAME of a place: beside it stands which place it is, see ``code_key`` and domain/places
    country: str = ""  # of a place: the key of the field of its record that says in which country it lies
    directory: str = ""  # of a TEXT: names of the directory are proposed, first those with this role or area of help
    code_of: str = ""  # of that second field: the key of the first

    @property
    def code_key(self) -> str:
        """The key of the field that says which place of the list this one means."""
        return f"{self.key}_code"

    def beside(self) -> "tuple[Field, ...]":
        """Return the fields that are declared with this one: of a place, which place of the list it is."""
        if not self.place:
            return ()
        label = N_("Place in the list", "field")
        return (
            Field(
                self.code_key,
                label,
                sensitivity=self.sensitivity,
                purpose=self.purpose,
                computed=True,
                code_of=self.key,
            ),
        )


@dataclass(frozen=True, slots=True)
class Tab:
    """The part of a case in which records of a type stand: a plain list and form, or what ``ui/case/tabs.py`` makes of it.

    A part with ``within`` is no tab of its own but a view of another part, named by its key.
    """

    key: str
    title: str
    place: int  # from left to right
    teaching: str = ""  # what is shown while there is no record
    within: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together in a form, under a heading that folds. A field that none names stands in the last one."""

    title: str
    fields: tuple[str, ...]
    open: bool = False  # whether it is open before anybody asks


@dataclass(frozen=True, slots=True)
class Listed:
    """How a record reads in a list: the fields whose values stand above and below, by key.

    A person or office stands there by its name, a long text by its first line.
    """

    title: tuple[str, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Under what the search finds a record. A type with ``texts`` lies in the index of texts, every other in that of names."""

    names: tuple[str, ...] = ()  # in any spelling and script
    numbers: Mapping[str, Callable[[str], Iterable[str]]] = dataclass_field(
        default_factory=dict, hash=False
    )  # field -> its words
    given: tuple[str, ...] = ()  # of these, the given names: they are sounded as such
    near: tuple[str, ...] = ()  # of these, names whose near keys are kept, too: see domain/people/near_names
    texts: tuple[str, ...] = ()  # every word
    shown: tuple[str, ...] = ()  # the first of these that says something heads what was found; default: texts and names


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record: its fields in the order in which a form asks for them, and all that follows from its being there."""

    key: str
    label: str
    plural: str
    letter: str  # the short name in documents: m1, p2 ...
    fields: tuple[Field, ...]
    of_case: bool = True  # its rows belong to one case and are kept together
    appended: bool = False  # entries of a log: added and withdrawn
    restricted: bool = False  # its values are closed with the key of the restricted compartment
    about: tuple[
        str, ...
    ] = ()  # links that lead to whom it is about, see domain/records/about.py; default: every link to a person
    about_nobody: str = ""  # or why no record of this type is about one person
    not_carried: str = ""  # why records of this type are left out where a case is carried as a document
    travels: Travels | None = None  # said by every type that is not of a case; the others go with their case
    not_given: str = ""  # why a person who asks for their data is told that they are there, and not what they say
    table: str = ""  # of the store; default: the key with an s
    found: Found | None = None  # how the search finds it; default, of a type of a case: by the kinds of its fields
    not_found: str = ""  # or why the search does not
    tab: Tab | None = None  # its part of a case
    shown_in: str = ""  # or the key of the part of another type in which it stands
    icon: str = "note"
    told_on: tuple[
        str, ...
    ] = ()  # dates, of which the first that stands is the day on which the Story of the case tells of it
    listed: Listed = Listed(())  # default: its first field, and the people whom it names
    defaults: Mapping[str, Value] = dataclass_field(
        default_factory=dict, hash=False
    )  # what a new one begins with; see TODAY
    sections: tuple[Section, ...] = ()  # of its form; default: none, all fields stand below each other
    rules: Callable[["Record"], Iterable[tuple[ProblemKind, str, str]]] | None = (
        None  # yields (kind, field, what to look at)
    )

    by_key: Mapping[str, Field] = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        def put(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        put("fields", tuple(one for field in self.fields for one in (field, *field.beside())))
        put("by_key", {field.key: field for field in self.fields})
        if not self.about and not self.about_nobody:
            put("about", tuple(field.key for field in self.fields if field.target == "person"))
        put("table", self.table or f"{self.key}s")
        if self.found is None and self.of_case and not self.not_found and not self.restricted:
            put("found", found_by_kind(self.fields))
        if not self.listed.title:
            first = next((field.key for field in self.fields if not field.target), "")
            people = (field.key for field in self.fields if field.target == "person")
            put("listed", Listed((first,) if first else (), tuple(people)))

    def field(self, key: str) -> Field:
        """Return the declared field; KeyError for a key that is not declared."""
        return self.by_key[key]

    def has(self, key: str) -> bool:
        """Return whether this type declares the field."""
        return key in self.by_key

    @property
    def places(self) -> tuple[Field, ...]:
        """The fields that name places."""
        return tuple(field for field in self.fields if field.place)

    @property
    def of_story(self) -> bool:
        """Return whether its records stand in the Story and nowhere else: there they are begun, and told also without a day."""
        return self.tab is not None and self.tab.within == STORY

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that have a real column in the store."""
        return tuple(field for field in self.fields if field.column)


STORY = "story"  # the part of a case that tells of all records in the order of their days
TODAY = "today"  # stands in ``RecordType.defaults`` for the day on which a record is begun


def found_by_kind(fields: Iterable[Field]) -> Found | None:
    """Return how a record is found by its names, its numbers of papers and its long texts; None where it has none of them."""

    def of(kind: Kind) -> tuple[str, ...]:
        return tuple(field.key for field in fields if field.kind is kind and not field.computed)

    fields = tuple(fields)
    names, numbers, texts = of(Kind.NAME), of(Kind.NUMBER_OF_PAPER), of(Kind.LONG_TEXT)
    return Found(names, dict.fromkeys(numbers, number_words), texts=texts) if names or numbers or texts else None


class Record(NamedTuple):
    """One record as it stands: type, identifier, values by field key (an empty value is a missing key).

    A named tuple: opening a case makes dozens, and a frozen dataclass takes twice as long to make.
    """

    type: str
    uid: str
    values: Values
    seen: tuple[str, ...] = ()  # local numbers of the Changes behind it: what the next edit has seen
    conflicts: Mapping[str, tuple[Value | None, ...]] | None = None

    def text(self, key: str) -> str:
        """Return a text, code, date or link; empty when missing."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else str(value)

    def many(self, key: str) -> tuple[str, ...]:
        """Return several codes or links; empty when missing."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else ()

    def yes(self, key: str) -> bool:
        """Return whether a yes-or-no field says yes."""
        return self.values.get(key) is True

    def whole(self, key: str) -> int:
        """Return a whole number; zero when missing."""
        value = self.values.get(key, 0)
        return value if isinstance(value, int) else 0
