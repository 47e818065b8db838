"""The records with which an office lays its own changes over the shipped packs."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.pack_settings import SETTINGS
from avrr_desktop.domain.records.fields import Field, Kind, RecordType, Travels
from avrr_desktop.domain.records.shorthand import COMING, EITHER, OPEN, PAST, choice, date_field

STEP_TEMPLATE = RecordType(
    "step_template", N_("Step of the pack"), N_("Steps of the pack"), "a",
    (
        Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("title", N_("Step", "field"), required=True, column=True, sensitivity=OPEN),
        Field("short", N_("Short name"), sensitivity=OPEN),
        choice("scope", N_("Scope", "field"), "step_scope"),
        choice("authority", N_("Type of office"), "authority_type"),
        Field("country", N_("Country", "field"), Kind.COUNTRY, column=True, sensitivity=OPEN, computed=True),
        choice("sub_unit", N_("Region", "field"), "sub_unit"),
        Field("extends", N_("Replaces", "field"), sensitivity=OPEN, computed=True),
        Field("guidance", N_("Guidance", "field"), Kind.LONG_TEXT, sensitivity=OPEN,
              hint=N_("What the office usually asks for. Officers see this next to the step.")),
        Field("needs", N_("Waiting for"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("needs_one_of", N_("Waiting for one of"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("helped_by", N_("Better after"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("parents_first", N_("Parents first"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("needs_papers", N_("Papers to bring"), Kind.CHOICES, codes="doc_type", sensitivity=OPEN),
        Field("evidence", N_("Proof", "field"), Kind.CHOICES, codes="doc_type", sensitivity=OPEN),
        Field("fee", N_("Fee", "field"), sensitivity=OPEN),
        Field("legal_deadline", N_("Legal deadline"), sensitivity=OPEN),
        Field("expected_days", N_("Usual waiting time, in days"), Kind.COUNT, sensitivity=OPEN),
        choice("basis", N_("Basis", "field"), "basis"),
        Field("source_title", N_("Source", "field"), sensitivity=OPEN),
        date_field("source_date", N_("Date of the source"), PAST),
        Field("source_url", N_("Web address of the source"), sensitivity=OPEN),
        choice("verification_status", N_("Confirmed", "field"), "verification_status", column=True),
        Field("verified_by", N_("Confirmed by"), Kind.LINK, target="officer", sensitivity=OPEN),
        date_field("verified_on", N_("Confirmed on"), PAST),
        date_field("review_due_on", N_("Review due on"), COMING, column=True),
        Field("version", N_("Template version"), Kind.COUNT, sensitivity=OPEN, computed=True),
        Field("over_version", N_("Original version"), Kind.COUNT, sensitivity=OPEN, computed=True),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

SERVICE_TEMPLATE = RecordType(
    "service_template", N_("Service of the pack"), N_("Services of the pack"), "d",
    (
        Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("title", N_("Service", "field"), required=True, column=True, sensitivity=OPEN),
        choice("category", N_("Category", "field"), "category"),
        Field("steps", N_("Steps", "field"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        choice("programme", N_("Only for the programme"), "programme"),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

LIST_ENTRY = RecordType(
    "list_entry", N_("Entry of a list"), N_("Lists", "record"), "i",
    (
        choice("list", N_("List", "field"), "own_list", column=True),
        Field("code", N_("Code", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("label", N_("Text", "field"), required=True, sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
    table="list_entries",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

PROGRAMME = RecordType(
    "programme", N_("Programme", "record"), N_("Programmes", "record"), "w",
    (
        Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("title", N_("Title", "field"), required=True, sensitivity=OPEN),
        Field("donor", N_("Donor", "field"), sensitivity=OPEN),
        choice("direction", N_("Direction of return"), "direction"),
        Field("eligible_statuses", N_("Helps people whose status was"), Kind.CHOICES, codes="legal_status", sensitivity=OPEN,
              hint=N_("Status before the return. None: the programme names no groups.")),
        *(one.field() for one in SETTINGS.values() if one.of_programme),
        Field("kosovo_note", N_("Note below Kosovo*, where the donor asks for another"), Kind.LONG_TEXT, sensitivity=OPEN, hint=N_(
            "Printed in cases of this programme in place of the sentence of the United Nations, in every language as it is written here.")),
        Field("retention", N_("What is erased after closing"), Kind.LONG_TEXT, sensitivity=OPEN, hint=N_(
            "A rule a line: what, months after the closing, how. For example: person.phone 24 emptied; "
            "person.birth_date 60 coarsened; contact 36 counted.")),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

OFFICE_RULES = RecordType(
    "office_rules", N_("Rules for all programmes"), N_("Rules for all programmes"), "ru",
    (Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN), *(one.field() for one in SETTINGS.values())),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
    table="office_rules",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

AUTHORITY = RecordType(
    "authority", N_("Office of a country"), N_("Offices of countries"), "q",
    (
        Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("country", N_("Country", "field"), Kind.COUNTRY, required=True, sensitivity=OPEN),
        choice("type", N_("Type of office"), "authority_type"),
        Field("name", N_("Which office it is"), Kind.LONG_TEXT, required=True, sensitivity=OPEN,
              hint=N_("Officers see this next to every step at an office of this kind in this country.")),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
    not_found="stands beside the cases, on a page of its own",
    table="authorities",
)  # fmt: skip


_PARTS = {
    "AL": N_("Of it Albania"), "BA": N_("Of it Bosnia and Herzegovina"), "XK": N_("Of it Kosovo*"), "ME": N_("Of it Montenegro"),
    "MK": N_("Of it North Macedonia"), "RS": N_("Of it Serbia"),
}  # fmt: skip


def part_key(country: str) -> str:
    """Return the field in which the part of a country of return stands."""
    return f"part_{country.lower()}"


STATED_FIGURE = RecordType(
    "stated_figure", N_("Published figure"), N_("Published figures"), "sf",
    (
        Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("title", N_("Title", "field"), required=True, sensitivity=OPEN),
        Field("source", N_("Source", "field"), sensitivity=OPEN, hint=N_("Where it was published: report, letter or page, and its date.")),
        choice("programme", N_("Programme", "field"), "programme"),
        choice("unit", N_("Unit", "field"), "figure_unit",
               hint=N_("Figures in two units are two separate figures, even for the same people.")),
        date_field("period_from", N_("First day"), EITHER, hint=N_("Leave empty if the source does not state it.")),
        date_field("period_until", N_("Last day"), EITHER),
        Field("total", N_("Published total"), Kind.COUNT, required=True, sensitivity=OPEN),
        *(Field(part_key(code), name, Kind.COUNT, sensitivity=OPEN) for code, name in _PARTS.items()),
        Field("hosts", N_("Returned from"), sensitivity=OPEN, hint=N_("Countries, separated by commas.")),
        Field("note", N_("Remarks", "field"), Kind.LONG_TEXT, sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="a number of people, and nobody’s name",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

PLACE = RecordType(
    "place", N_("Place", "record"), N_("Places", "record"), "pl",
    (
        Field("key", N_("Identifier", "field"), column=True, computed=True, sensitivity=OPEN),
        Field("country", N_("Country", "field"), Kind.COUNTRY, required=True, sensitivity=OPEN),
        Field("name", N_("Name", "field"), required=True, sensitivity=OPEN),
        Field("second_name", N_("Second official name"), sensitivity=OPEN),
        Field("other_names", N_("Other names"), Kind.LONG_TEXT, sensitivity=OPEN, hint=N_("One per line.")),
        Field("parent", N_("Part of", "field"), sensitivity=OPEN),
        Field("national_code", N_("Code", "field"), sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="a place on the map",
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

TYPES = (STEP_TEMPLATE, SERVICE_TEMPLATE, LIST_ENTRY, PROGRAMME, OFFICE_RULES, AUTHORITY, STATED_FIGURE, PLACE)
RULES_KEY = "all"  # there is one record of rules in a store
PACK_RECORDS = frozenset(one.key for one in TYPES)
