"""Records of the office itself: its officers, what left the store, and who looked at what is restricted."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, RecordType, Travels
from avrr_desktop.domain.records.shorthand import NAMES, OPEN, PAST, choice, date_field

OFFICER = RecordType(
    "officer", N_("Officer", "record"), N_("Officers", "record"), "u",
    (
        Field("name", N_("Name", "field"), Kind.NAME, required=True, column=True, sensitivity=OPEN),
        Field("initials", N_("Initials", "field"), column=True, sensitivity=OPEN, initials=True,
              hint=N_("One to four letters. They appear in lists.")),
        choice("role", N_("Role", "field"), "officer_role", column=True),
        date_field("left_on", N_("Date of departure"), PAST),
        Field("public_key", N_("Key of the signature"), sensitivity=OPEN, computed=True),
        Field("protection_key", N_("Key of restricted records"), sensitivity=OPEN, computed=True),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="who works here is no returnee",
)  # fmt: skip

OFFICE = RecordType(
    "office", N_("Office", "record"), N_("Offices", "record"), "h",
    (
        Field("name", N_("Name of the office"), required=True, column=True, sensitivity=OPEN),
        Field("code", N_("Office code"), required=True, column=True, sensitivity=OPEN,
              hint=N_("Three letters, for example TIR. They are part of every case number.")),
        Field("country", N_("Country", "field"), Kind.COUNTRY, required=True, sensitivity=OPEN),
        choice("programme", N_("Programme", "field"), "programme"),
        Field("time_zone", N_("Time zone"), sensitivity=OPEN),
        Field("recovery_key", N_("Key of the recovery code"), sensitivity=OPEN, computed=True),
        Field("escrow_key", N_("Key of the escrow"), sensitivity=OPEN, computed=True),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="the office itself",
)  # fmt: skip

ACCESS = RecordType(
    "access", N_("Access", "record"), N_("Access log"), "j",
    (
        choice("what", N_("What", "field"), "access_kind", column=True),
        Field("at", N_("Time", "field"), sensitivity=OPEN, column=True),
        Field("case_link", N_("Case", "field"), Kind.LINK, target="case", sensitivity=OPEN, column=True),
        Field("officer", N_("Officer", "field"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("second", N_("Second person"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("document", N_("Document", "field"), sensitivity=OPEN),
        choice("level", N_("Level of detail"), "print_level"),
        Field("recipient", N_("Recipient", "field"), sensitivity=NAMES),
        Field("serial", N_("Serial number"), sensitivity=OPEN, column=True),
        Field("reason", N_("Reason", "field"), Kind.LONG_TEXT),
        Field("count", N_("Number", "field"), Kind.COUNT, sensitivity=OPEN),
        Field("persons", N_("About", "field"), Kind.LINKS, target="person", sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.OF_CASE,
    appended=True,
)  # fmt: skip
