"""What passes between the office, the family and others: referrals, follow-up, contacts, notes."""

from collections.abc import Iterator

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import TODAY, Field, Kind, Listed, ProblemKind, Record, RecordType, Tab
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
    OPEN,
    PAST,
    choice,
    date_field,
    moved_from,
    moved_to,
    person_field,
    provider_field,
    yes_no,
)


def _look_at_referral(referral: Record) -> Iterator[tuple[ProblemKind, str, str]]:
    if referral.text("sent_on") and not referral.text("consented_on"):
        yield (
            ProblemKind.UNEXPLAINED,
            "consented_on",
            N_("It was sent, but no agreement of the person is recorded."),
        )


REFERRAL = RecordType(
    "referral", N_("Referral", "record"), N_("Referrals", "record"), "r",
    (
        person_field(column=True),
        choice("category", N_("For whom"), "category", column=True),
        provider_field("provider", N_("Referred to"), column=True),
        choice("state", N_("State", "field"), "referral_state", column=True),
        choice("urgency", N_("Urgency", "field"), "urgency"),
        Field("reason", N_("Reason", "field"), Kind.LONG_TEXT),
        date_field("consented_on", N_("The person agreed on"), PAST, hint=N_("A referral is sent only with the person’s agreement.")),
        date_field("sent_on", N_("Sent on"), PAST, column=True),
        date_field("answer_expected_on", N_("Answer expected on"), COMING, column=True),
        date_field("answered_on", N_("Answered on"), PAST),
        Field("outcome", N_("Outcome", "field"), Kind.LONG_TEXT),
    ),
    tab=Tab("referrals", N_("Referrals"), 70, N_(
        "No referrals yet. A referral directs a person to somebody else; the case stays with you.")),
    icon="referral",
    defaults={"state": "draft"},
    rules=_look_at_referral,
)  # fmt: skip

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
    tab=Tab("follow_ups", N_("Follow-up"), 80, N_("No follow-up planned. A date you plan here appears in Today.")),
    icon="follow_up",
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
    tab=Tab("contacts", N_("Contacts"), 90, N_("No contacts yet. One line for each call, visit or attempt."), newest_first=True),
    icon="phone",
    listed=Listed(("on", "kind"), ("person", "result", "summary")),
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
    tab=Tab("notes", N_("Notes"), 100, N_("No notes yet. What you write here can be found with the search."), newest_first=True),
    listed=Listed(("text",), ("on", "kind", "person")),
    defaults={"on": TODAY},
)  # fmt: skip

TYPES = (REFERRAL, FOLLOW_UP, CONTACT, NOTE)
