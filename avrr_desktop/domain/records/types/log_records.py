"""Entries that are only ever added and withdrawn: costs, files, and who looked at what."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, RecordType, Tab, Travels
from avrr_desktop.domain.records.shorthand import NAMES, OPEN, PAST, choice, computed, date_field, remarks

COST = RecordType(
    "cost", N_("Cost", "record"), N_("Costs", "record"), "y",
    (
        date_field("on", N_("Date", "field"), PAST, column=True),
        Field("amount", N_("Amount in cents"), Kind.COUNT, column=True, sensitivity=OPEN),
        Field("currency", N_("Currency", "field"), column=True, sensitivity=OPEN),
        Field("kind", N_("Purpose", "field"), column=True, sensitivity=OPEN),
    ),
    appended=True,
    about_nobody="paid for the case",
    not_found="an amount is no word that anybody looks for",
)  # fmt: skip

FILE = RecordType(
    "file", N_("File", "record"), N_("Files", "record"), "z",
    (
        Field("name", N_("Name", "field"), sensitivity=NAMES, column=True),
        computed("digest", N_("Fingerprint", "field"), column=True), computed("size", N_("Size", "field"), Kind.COUNT),
        computed("media_type", N_("File type")), computed("added_on", N_("Date added"), Kind.DATE),
        Field("paper", N_("Scan of the paper"), Kind.LINK, target="paper", sensitivity=OPEN),
        computed("position_kept", N_("Photo location kept"), Kind.YES_NO),
        remarks(),
    ),
    appended=True,
    about=("paper",),
    not_carried=N_("Its content is not included in documents."),
    not_given=N_("The office itself hands over copies of what is in its archive."),
    not_found="found by the paper that it shows; names of files come from cameras and scanners",
    tab=Tab("files", N_("Files"), 110, N_("No files yet. Photos and scans of papers are kept here, encrypted with the case. Drop them on " "this page to add them."), within="papers"),
)  # fmt: skip

ACCESS = RecordType(
    "access", N_("Access", "record"), N_("Access log"), "j",
    (
        choice("what", N_("What", "field"), "access_kind", column=True),
        Field("at", N_("Time", "field"), sensitivity=OPEN, column=True),
        Field("case_link", N_("Case", "record"), Kind.LINK, target="case", sensitivity=OPEN, column=True),
        Field("officer", N_("Officer", "field"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("second", N_("Second person"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("document", N_("Document", "field"), sensitivity=OPEN),
        choice("level", N_("Level of detail"), "print_level"),
        Field("recipient", N_("Recipient", "field"), sensitivity=NAMES),
        Field("serial", N_("Serial number"), sensitivity=OPEN, column=True),
        Field("reason", N_("Reason", "field"), Kind.LONG_TEXT),
        Field("count", N_("Number", "field"), Kind.COUNT, sensitivity=OPEN),
        Field("persons", N_("About", "field"), Kind.LINKS, target="person", sensitivity=OPEN),
        Field("told", N_("Information shared about each"), Kind.LONG_TEXT, sensitivity=OPEN),
        Field("referral_link", N_("Referral", "record"), sensitivity=OPEN),
        Field("groups", N_("Information shared"), Kind.CHOICES, codes="data_group", sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.OF_CASE,
    appended=True,
    table="accesses",
    not_found="read beside the case and in its own list",
    icon="history",
)  # fmt: skip

TYPES = (COST, FILE, ACCESS)
