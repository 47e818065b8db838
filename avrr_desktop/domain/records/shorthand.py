"""Short ways to declare the fields that come up again and again in record types."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.records.fields import Field, Kind, Section, Sensitivity

OPEN, NAMES = Sensitivity.OPEN, Sensitivity.IDENTIFYING
PERSON_SECTIONS = (
    Section(N_("Who it is", "section"), ("family_name", "given_names", "name_script", "sex", "birth_date", "birth_place", "birth_country",
                              "citizenship"), open=True),
    Section(N_("Personal number and other names", "section"), (
        "national_number", "number_scheme", "family_name_at_birth", "father_name", "mother_name", "name_variants")),
    Section(N_("Contact and address", "section"), (
        "phone", "safe_to_call", "preferred_channel", "trusted_contact", "address", "address_place", "address_status")),
    Section(N_("Marriage, languages, work", "section"), (
        "marital_status", "marriage_registered_here", "languages", "occupation", "remarks")),
)  # fmt: skip
PAST, COMING, EITHER = When.PAST, When.COMING, When.EITHER


def choice(
    key: str, label: str, codes: str, *, column: bool = False, hint: str = "", of_steps: tuple[str, ...] = ()
) -> Field:
    """Return a field that holds a code of a list."""
    return Field(key, label, Kind.CHOICE, codes=codes, column=column, sensitivity=OPEN, hint=hint, of_steps=of_steps)


def date_field(
    key: str, label: str, when: When, *, column: bool = False, hint: str = "", of_steps: tuple[str, ...] = ()
) -> Field:
    """Return a field that holds a date of life."""
    return Field(key, label, Kind.DATE, column=column, sensitivity=OPEN, hint=hint, when=when, of_steps=of_steps)


def yes_no(key: str, label: str, *, column: bool = False, hint: str = "") -> Field:
    """Return a field that is answered with yes or no."""
    return Field(key, label, Kind.YES_NO, column=column, sensitivity=OPEN, hint=hint)


def computed(key: str, label: str, kind: Kind = Kind.TEXT, *, column: bool = False) -> Field:
    """Return a field that the program sets, and that names nobody; a date is the day on which it was set."""
    when = PAST if kind is Kind.DATE else None
    return Field(key, label, kind, column=column, sensitivity=OPEN, computed=True, when=when)


def remarks() -> Field:
    """Return the field for what fits nowhere else."""
    return Field("remarks", N_("Remarks", "field"), Kind.LONG_TEXT)


def person_field(key: str = "person", label: str = N_("Person", "field"), *, column: bool = False) -> Field:
    """Return a link to a person of the case."""
    return Field(key, label, Kind.LINK, target="person", column=column)


def provider_field(key: str, label: str, *, column: bool = False) -> Field:
    """Return a link to a partner or office."""
    return Field(key, label, Kind.LINK, target="provider", column=column, sensitivity=OPEN)


def moved_from() -> Field:
    """Return the number of the case from which a record was moved here."""
    return Field("moved_from", N_("Moved here from"), sensitivity=OPEN, computed=True)


def moved_to() -> Field:
    """Return the number of the case to which a record was moved."""
    return Field("moved_to", N_("Moved to"), sensitivity=OPEN, computed=True)
