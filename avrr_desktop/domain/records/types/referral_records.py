"""Referrals: a person is directed to somebody else, and the case stays here."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.records.fields import Field, Kind, Purpose, RecordType, Section, Tab
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
    NAMES,
    OPEN,
    PAST,
    choice,
    computed,
    date_field,
    person_field,
    provider_field,
)


def _set(key: str, label: str, when: When = PAST) -> Field:
    """Return the day of a move of a referral: written by the verb that makes it."""
    return Field(key, label, Kind.DATE, when=when, sensitivity=OPEN, computed=True)


def _of_code(key: str, label: str, codes: str) -> Field:
    return Field(key, label, Kind.CHOICE, codes=codes, sensitivity=OPEN, computed=True)


REFERRAL = RecordType(
    "referral", N_("Referral", "record"), N_("Referrals", "record"), "r",
    (
        computed("number", N_("Number", "field")),
        person_field(column=True),
        Field("persons", N_("Also for"), Kind.LINKS, target="person"),
        choice("category", N_("Area of help"), "category", column=True),
        provider_field("provider", N_("Referred to"), column=True),
        Field("state", N_("State", "field"), Kind.CHOICE, codes="referral_state", sensitivity=OPEN, column=True, computed=True),
        choice("urgency", N_("Urgency", "field"), "urgency"),
        Field("reason", N_("Reason", "field"), Kind.LONG_TEXT),
        Field("requested", N_("What is asked for"), Kind.LONG_TEXT, hint=N_("The service, in words that the partner uses.")),
        Field("provided", N_("Already provided"), Kind.LONG_TEXT),
        Field("restrictions", N_("What must not be passed on"), Kind.LONG_TEXT),
        Field("step", N_("For the step"), Kind.LINK, target="step", sensitivity=OPEN),
        choice("channel", N_("Delivered by"), "referral_channel"),
        Field("recipient_name", N_("Recipient", "field"), sensitivity=NAMES, purpose=Purpose.CONTACT),
        Field("recipient_position", N_("Position of the recipient"), sensitivity=OPEN),
        Field("consented_on", N_("The person agreed on"), Kind.DATE, when=PAST, sensitivity=OPEN, retired=True),
        computed("sent_on", N_("Sent on"), Kind.DATE, column=True),
        date_field("answer_expected_on", N_("Answer expected on"), COMING, column=True),
        date_field("statutory_on", N_("Day set by law or by the office"), COMING),
        _set("answered_on", N_("Answered on")),
        _set("acknowledged_on", N_("Receipt confirmed on")),
        _set("started_on", N_("Service started on")),
        _set("completed_on", N_("Service completed on")),
        _set("ended_on", N_("Ended on", "referral")),
        _set("feedback_on", N_("Feedback given on")),
        _set("met_on", N_("First meeting on")),
        _of_code("decline_reason", N_("Why it was declined"), "decline_reason"),
        _of_code("result", N_("Result", "field"), "referral_result"),
        _of_code("outcome_code", N_("Outcome", "field"), "referral_outcome"),
        Field("outcome", N_("Outcome in words"), Kind.LONG_TEXT),
        Field("satisfaction", N_("Satisfaction, 1 to 5"), Kind.COUNT, bounds=(1, 5), sensitivity=OPEN, computed=True),
        Field("feedback", N_("Feedback of the person"), Kind.LONG_TEXT, computed=True),
        Field("ended_because", N_("Why it ended"), Kind.LONG_TEXT, computed=True),
        Field("shared", N_("Information shared"), Kind.CHOICES, codes="data_group", sensitivity=OPEN, computed=True),
        Field("by_code", N_("Code instead of the name"), Kind.YES_NO, sensitivity=OPEN, computed=True),
        _of_code("override_ground", N_("Sent without agreement because"), "override_ground"),
        Field("override_because", N_("Reason for sending without agreement"), Kind.LONG_TEXT, computed=True),
        Field("override_asked_by", N_("Sending without agreement requested by"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
        Field("override_approved_by", N_("Sending without agreement approved by"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
        _set("override_asked_on", N_("Sending without agreement requested on")),
        Field("override_answer", N_("Why it was not approved"), Kind.LONG_TEXT, computed=True),
        _set("recipient_told_on", N_("Recipient told of the withdrawal on")),
    ),
    tab=Tab("referrals", N_("Referrals"), 70, N_(
        "No referrals yet. A referral directs a person to somebody else; the case stays with you.")),
    icon="referral",
    told_on=("answered_on", "sent_on"),
    defaults={"state": "draft"},
    sections=(
        Section(N_("Who is referred where", "section"), (
            "person", "category", "provider", "urgency", "channel", "answer_expected_on", "reason", "requested"), open=True),
        Section(N_("What is shared with the partner", "section"), ("persons", "provided", "restrictions", "step")),
        Section(N_("Delivery and expected answer", "section"), (
            "recipient_name", "recipient_position", "statutory_on", "outcome")),
    ),
)  # fmt: skip

TYPES = (REFERRAL,)
