"""Entries that are only ever added and withdrawn: costs, files, and who looked at what."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, RecordType, Tab, Travels
from avrr_desktop.domain.records.shorthand import NAMES, OPEN, PAST, choice, computed, date_field, remarks

COST = RecordType(
    "cost", N_("Cost"), N_("Costs"), "y",
    (
        date_field("on", N_("On"), PAST, column=True),
        Field("amount", N_("Amount in minor units"), Kind.COUNT, column=True, sensitivity=OPEN),
        Field("currency", N_("Currency"), column=True, sensitivity=OPEN),
        Field("kind", N_("For what"), column=True, sensitivity=OPEN),
    ),
    appended=True,
    about_nobody="paid for the case",
    not_found="an amount is no word that anybody looks for",
)  # fmt: skip

FILE = RecordType(
    "file", N_("File"), N_("Files"), "z",
    (
        Field("name", N_("Name"), sensitivity=NAMES, column=True),
        computed("digest", N_("Fingerprint"), column=True), computed("size", N_("Size"), Kind.COUNT),
        computed("media_type", N_("Kind of file")), computed("added_on", N_("Added on"), Kind.DATE),
        Field("paper", N_("Belongs to the paper"), Kind.LINK, target="paper", sensitivity=OPEN),
        computed("position_kept", N_("Place of the photo kept"), Kind.YES_NO),
        remarks(),
    ),
    appended=True,
    about=("paper",),
    not_carried=N_("Its content does not travel in a document."),
    not_given=N_("A copy of what lies in the office is handed over by the office itself."),
    not_found="found by the paper that it shows; names of files come from cameras and scanners",
    tab=Tab("files", N_("Files"), 110, N_(
        "No files yet. Photos and scans of papers are kept here, encrypted with the case. Drop them on this page, or press “Add”.")),
)  # fmt: skip

ACCESS = RecordType(
    "access", N_("Access"), N_("Accesses"), "j",
    (
        choice("what", N_("What"), "access_kind", column=True),
        Field("at", N_("At"), sensitivity=OPEN, column=True),
        Field("case_link", N_("Case"), Kind.LINK, target="case", sensitivity=OPEN, column=True),
        Field("officer", N_("Officer"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("second", N_("Second person"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("document", N_("Document"), sensitivity=OPEN),
        choice("level", N_("Level"), "print_level"),
        Field("recipient", N_("To"), sensitivity=NAMES),
        Field("serial", N_("Serial number"), sensitivity=OPEN, column=True),
        Field("reason", N_("Reason"), Kind.LONG_TEXT),
        Field("count", N_("Number"), Kind.COUNT, sensitivity=OPEN),
        Field("persons", N_("About"), Kind.LINKS, target="person", sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.OF_CASE,
    appended=True,
    table="accesses",
    not_found="read beside the case and in its own list",
    icon="history",
)  # fmt: skip

TYPES = (COST, FILE, ACCESS)
