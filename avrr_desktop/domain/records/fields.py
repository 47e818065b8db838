"""Field and Kind: the vocabulary in which every record of the program is declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum
from typing import NamedTuple

from avrr_desktop.domain.people.dates import When

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


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record: its fields in the order in which a form asks for them."""

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

    by_key: Mapping[str, Field] = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {field.key: field for field in self.fields})
        if not self.about and not self.about_nobody:
            links = (field for field in self.fields if field.target == "person")
            object.__setattr__(self, "about", tuple(field.key for field in links))

    def field(self, key: str) -> Field:
        """Return the declared field; KeyError for a key that is not declared."""
        return self.by_key[key]

    def has(self, key: str) -> bool:
        """Return whether this type declares the field."""
        return key in self.by_key

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that have a real column in the store."""
        return tuple(field for field in self.fields if field.column)


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
