"""What passes between the office and the family: follow-up, contacts, notes."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import STORY, TODAY, Field, Kind, Listed, RecordType, Tab
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
    OPEN,
    PAST,
    choice,
    date_field,
    moved_from,
    moved_to,
    person_field,
    yes_no,
)

FOLLOW_UP = RecordType(
    "follow_up", N_("Follow-up", "record"), N_("Follow-up", "record"), "f",
    (
        date_field("planned_on", N_("Planned for"), COMING, column=True),
        date_field("done_on", N_("Done on"), PAST, column=True),
        choice("method", N_("Method", "field"), "follow_up_method"),
        choice("outcome", N_("Outcome", "field"), "follow_up_outcome"),
        Field("summary", N_("Findings", "field"), Kind.LONG_TEXT),
        yes_no("address_still_valid", N_("Address still valid")),
        Field("new_needs", N_("New needs"), Kind.LONG_TEXT),
        choice("intention", N_("Intention", "field"), "intention"),
    ),
    about_nobody="one visit to the whole family",
    tab=Tab("follow_ups", N_("Follow-up"), 80, N_("No follow-up planned. A date you plan here appears in Today."), within=STORY),
    icon="follow_up",
    told_on=("done_on", "planned_on"),
)  # fmt: skip

CONTACT = RecordType(
    "contact", N_("Contact", "record"), N_("Contacts", "record"), "c",
    (
        date_field("on", N_("Date", "field"), PAST, column=True),
        choice("kind", N_("Method", "field"), "contact_kind", column=True),
        choice("result", N_("Result", "field"), "contact_result"),
        person_field(),
        Field("summary", N_("Conversation", "field"), Kind.LONG_TEXT),
        Field("officer", N_("Officer", "field"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
    ),
    appended=True,
    tab=Tab("contacts", N_("Contacts"), 90, N_("No contacts yet. One line for each call, visit or attempt."), within=STORY),
    icon="phone",
    told_on=("on",),
    listed=Listed(("kind",), ("person", "result", "summary")),
    defaults={"on": TODAY},
)  # fmt: skip

NOTE = RecordType(
    "note", N_("Note", "record"), N_("Notes", "record"), "n",
    (
        date_field("on", N_("Date", "field"), PAST, column=True),
        choice("kind", N_("Type", "field"), "note_kind", column=True),
        Field("text", N_("Note", "field"), Kind.LONG_TEXT, required=True),
        person_field(),
        Field("officer", N_("Officer", "field"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
        Field("restricted", N_("Restricted", "field"), Kind.YES_NO, sensitivity=OPEN, computed=True),
        moved_from(),
        moved_to(),
    ),
    appended=True,
    not_given=N_("Notes by officers may also concern others: the office goes through them with the person."),
    tab=Tab("notes", N_("Notes"), 100, N_("No notes yet. What you write here can be found with the search."), within=STORY),
    told_on=("on",),
    listed=Listed(("text",), ("kind", "person")),
    defaults={"on": TODAY},
)  # fmt: skip

TYPES = (FOLLOW_UP, CONTACT, NOTE)
