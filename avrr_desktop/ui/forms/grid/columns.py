"""The columns of the family grid. Each is a field of a record type; kind, label, list and checks are declared there."""

from dataclasses import dataclass

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.domain.records.record_types import BY_KEY

Typed = str | list[str]  # what stands in a cell: a code once it leads to one, else as it was typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``share``: its part of the width; ``narrow``: a shorter heading than the label of its field.

    ``several``: the cell holds several entries of the list of a field that holds one: each makes a record of its own.
    """

    record: str
    field: str
    share: int
    narrow: str = ""
    several: bool = False
    carried: bool = False  # a new row begins with what the row above says

    @property
    def key(self) -> str:
        """Its name in rows and drafts."""
        return f"{self.record}.{self.field}"

    @property
    def declared(self) -> Field:
        """Its field, as the record type declares it."""
        return BY_KEY[self.record].field(self.field)

    @property
    def flags(self) -> bool:
        """Whether a cell holds several entries of a list."""
        return self.several or self.declared.kind is Kind.CHOICES

    @property
    def heading(self) -> str:
        """What stands above it, to be translated."""
        return self.narrow or self.declared.label


COLUMNS = (
    Column(record="person", field="given_names", share=12),
    Column(record="person", field="family_name", share=12, carried=True),
    Column(record="person", field="sex", share=6),
    Column(record="person", field="birth_date", share=10, narrow=N_("Born", "column")),
    Column(record="person", field="birth_place", share=11),
    Column(record="person", field="birth_country", share=11),
    Column(record="membership", field="relationship", share=13, narrow=N_("Relationship", "column")),
    Column(record="person", field="citizenship", share=10, carried=True),
    Column(record="schooling", field="grade_abroad", share=12, narrow=N_("School abroad", "column")),
    Column(record="paper", field="doc_type", share=11, narrow=N_("Papers missing", "column"), several=True),
    Column(record="membership", field="situations", share=10, narrow=N_("Situations", "column")),
)
BY_NAME = {column.key: number for number, column in enumerate(COLUMNS)}
GIVEN, FAMILY, SEX, BORN = "person.given_names", "person.family_name", "person.sex", "person.birth_date"
PLACE, COUNTRY, RELATIONSHIP = "person.birth_place", "person.birth_country", "membership.relationship"
CITIZENSHIP, GRADE, PAPERS, SITUATIONS = (
    "person.citizenship",
    "schooling.grade_abroad",
    "paper.doc_type",
    "membership.situations",
)
