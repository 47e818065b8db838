"""The records with which an office lays its own changes over the shipped packs."""

from avrr_desktop.domain.declaring import COMING, OPEN, PAST, choice, date_field
from avrr_desktop.domain.fields import Field, Kind, RecordType, Travels
from avrr_desktop.domain.marking import N_

STEP_TEMPLATE = RecordType(
    "step_template", N_("Step of the pack"), N_("Steps of the pack"), "a",
    (
        Field("key", N_("Key"), column=True, computed=True, sensitivity=OPEN),
        Field("title", N_("Step"), required=True, column=True, sensitivity=OPEN),
        Field("short", N_("Short name"), sensitivity=OPEN),
        choice("scope", N_("Once for"), "step_scope"),
        choice("authority", N_("Kind of office"), "authority_type"),
        Field("country", N_("Country"), Kind.COUNTRY, column=True, sensitivity=OPEN, computed=True),
        choice("sub_unit", N_("Part of the country"), "sub_unit"),
        Field("extends", N_("Instead of"), sensitivity=OPEN, computed=True),
        Field("guidance", N_("Guidance"), Kind.LONG_TEXT, sensitivity=OPEN,
              hint=N_("What the office usually asks for. Officers read it beside the step.")),
        Field("needs", N_("Waits for"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("needs_one_of", N_("Waits for one of"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("helped_by", N_("Easier after"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("parents_first", N_("First for the parents"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        Field("needs_papers", N_("Papers to bring"), Kind.CHOICES, codes="doc_type", sensitivity=OPEN),
        Field("evidence", N_("Proof"), Kind.CHOICES, codes="doc_type", sensitivity=OPEN),
        Field("fee", N_("Fee"), sensitivity=OPEN),
        Field("legal_deadline", N_("Legal time limit"), sensitivity=OPEN),
        Field("expected_days", N_("Usual waiting time, in days"), Kind.COUNT, sensitivity=OPEN),
        choice("basis", N_("Basis"), "basis"),
        Field("source_title", N_("Source"), sensitivity=OPEN),
        date_field("source_date", N_("Date of the source"), PAST),
        Field("source_url", N_("Address of the source"), sensitivity=OPEN),
        choice("verification_status", N_("Confirmed"), "verification_status", column=True),
        Field("verified_by", N_("Confirmed by"), Kind.LINK, target="officer", sensitivity=OPEN),
        date_field("verified_on", N_("Confirmed on"), PAST),
        date_field("review_due_on", N_("Look at it again on"), COMING, column=True),
        Field("version", N_("Version of the template"), Kind.COUNT, sensitivity=OPEN, computed=True),
        Field("over_version", N_("Shipped version"), Kind.COUNT, sensitivity=OPEN, computed=True),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
)  # fmt: skip

SERVICE_TEMPLATE = RecordType(
    "service_template", N_("Service of the pack"), N_("Services of the pack"), "d",
    (
        Field("key", N_("Key"), column=True, computed=True, sensitivity=OPEN),
        Field("title", N_("Service"), required=True, column=True, sensitivity=OPEN),
        choice("category", N_("Category"), "category"),
        Field("steps", N_("Steps"), Kind.CHOICES, codes="step_template", sensitivity=OPEN),
        choice("programme", N_("Only in cases of"), "programme"),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
)  # fmt: skip

LIST_ENTRY = RecordType(
    "list_entry", N_("Entry of a list"), N_("Lists"), "i",
    (
        choice("list", N_("List"), "own_list", column=True),
        Field("code", N_("Code"), column=True, computed=True, sensitivity=OPEN),
        Field("label", N_("Reads"), required=True, sensitivity=OPEN),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="how this office works",
)  # fmt: skip

PACK_RECORDS = frozenset({"step_template", "service_template", "list_entry"})
