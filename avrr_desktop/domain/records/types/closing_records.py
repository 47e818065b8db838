"""How a period of help ended, and what is learned from it."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import TODAY, Field, Kind, Listed, RecordType, Travels
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    NAMES,
    OPEN,
    PAST,
    choice,
    computed,
    date_field,
    remarks,
    yes_no,
)

# One period of help of a case. Where the case stands now is said by the case alone; this keeps each period as it ended.
CLOSING = RecordType(
    "closing", N_("Closing", "record"), N_("Closings", "record"), "cl",
    (
        Field("period", N_("Period", "closing"), Kind.COUNT, column=True, computed=True, sensitivity=OPEN),
        choice("reason", N_("Reason for closing"), "closure_reason", column=True),
        Field("sub_reason", N_("Reason in words"), Kind.LONG_TEXT),
        choice("outcome", N_("Outcome of the return"), "closure_outcome", column=True),
        Field("remaining_needs", N_("Remaining needs"), Kind.LONG_TEXT),
        Field("last_referral", N_("Last referral"), Kind.LINK, target="referral", sensitivity=OPEN),
        Field("papers_back", N_("Papers handed back"), Kind.LINKS, target="paper", sensitivity=OPEN),
        date_field("papers_back_on", N_("Papers handed back on"), PAST),
        Field("papers_back_to", N_("Papers handed back to"), sensitivity=NAMES),
        yes_no("receipt_signed", N_("Receipt signed")),
        Field("attempts", N_("Attempts to reach the person"), Kind.LINKS, target="contact", sensitivity=OPEN, computed=True),
        Field("feedback", N_("Feedback of the person"), Kind.LONG_TEXT),
        Field("comment", N_("Comment of the approver"), Kind.LONG_TEXT, computed=True),
        computed("asked_on", N_("Closing requested on"), Kind.DATE),
        Field("closed_on", N_("Closed on"), Kind.DATE, when=PAST, column=True, computed=True, sensitivity=OPEN),
        computed("reopened_on", N_("Reopened on"), Kind.DATE),
        remarks(),
    ),
    about_nobody="the help to the whole family ended",
    not_found="the case is found, which shows how it ended",
    told_on=("closed_on", "asked_on"),
    listed=Listed(("outcome",), ("reason", "remaining_needs")),
    icon="done",
)  # fmt: skip

LESSON = RecordType(
    "lesson", N_("Lesson", "record"), N_("Lessons", "record"), "le",
    (
        date_field("on", N_("Date", "field"), PAST, column=True),
        choice("kind", N_("Type", "field"), "lesson_kind", column=True),
        choice("category", N_("About", "field"), "category"),
        Field("country", N_("Country", "field"), Kind.COUNTRY, sensitivity=OPEN),
        Field("text", N_("What was learned"), Kind.LONG_TEXT, required=True, sensitivity=OPEN, hint=N_("Without names: it is read by others at the yearly evaluation.")),
        Field("officer", N_("Officer", "field"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
    ),
    of_case=False,
    travels=Travels.ALWAYS,
    about_nobody="written without names, for the evaluation",
    not_found="read in its own list, for the evaluation",
    defaults={"on": TODAY},
)  # fmt: skip

TYPES = (CLOSING, LESSON)
