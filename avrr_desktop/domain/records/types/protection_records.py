"""Records of protection: consent, transfers, and specific needs, which are restricted."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, Listed, Purpose, RecordType, Section, Sensitivity, Tab
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
    NAMES,
    OPEN,
    PAST,
    choice,
    date_field,
    person_field,
    provider_field,
    remarks,
    yes_no,
)

_SPECIAL, _PROTECT = Sensitivity.SPECIAL, Purpose.PROTECTION


_SECTIONS = (
    Section(N_("Whom and what for", "section"), ("person", "scope", "provider", "referral", "purpose"), open=True),
    Section(N_("What may be shared", "section"), ("groups", "limits"), open=True),
    Section(N_("How it was given", "section"), (
        "counselled_on", "given_on", "method", "witness", "language", "interpreter", "explained_by"), open=True),
    Section(N_("Child, guardian, capacity", "section"), (
        "given_by", "guardian", "giver_name", "child_agrees", "own_will", "capacity", "capacity_paper")),
    Section(N_("End and signed sheet", "section"), ("expires_on", "sheet", "remarks")),
)  # fmt: skip

CONSENT = RecordType(
    "consent", N_("Consent", "record"), N_("Consents", "record"), "e",
    (
        person_field(column=True),
        choice("scope", N_("Agrees to", "field"), "consent_scope", column=True),
        provider_field("provider", N_("Partner", "field")),
        Field("referral", N_("Referral", "record"), Kind.LINK, target="referral", sensitivity=OPEN),
        Field("purpose", N_("Purpose", "field"), purpose=_PROTECT, hint=N_("What it is for, in one line that the person understood.")),
        Field("groups", N_("May be shared"), Kind.CHOICES, codes="data_group", sensitivity=OPEN, purpose=_PROTECT),
        Field("limits", N_("Information that must not be shared"), Kind.LONG_TEXT, purpose=_PROTECT),
        date_field("counselled_on", N_("Counselled on"), PAST),
        date_field("given_on", N_("Date given"), PAST, column=True),
        choice("method", N_("Method", "field"), "consent_method"),
        Field("witness", N_("Witness", "field"), sensitivity=NAMES, purpose=_PROTECT),
        choice("language", N_("Language of the conversation"), "language"),
        Field("interpreter", N_("Interpreter", "field"), sensitivity=OPEN),
        Field("explained_by", N_("Explained by"), Kind.LINK, target="officer", sensitivity=OPEN),
        choice("given_by", N_("Given by"), "consent_giver"),
        person_field("guardian", N_("Guardian in this case")),
        Field("giver_name", N_("Name and office of who gave it"), sensitivity=NAMES, purpose=_PROTECT),
        yes_no("child_agrees", N_("The child agrees")),
        Field("own_will", N_("What the person says themselves"), Kind.LONG_TEXT, purpose=_PROTECT,
              hint=N_("Where somebody else agrees for them: what the person themselves wants.")),
        choice("capacity", N_("Capacity to agree"), "capacity"),
        Field("capacity_paper", N_("Statement on capacity"), Kind.LINK, target="paper", sensitivity=OPEN),
        date_field("expires_on", N_("Ends on"), COMING),
        Field("sheet", N_("Signed sheet"), Kind.LINK, target="file", sensitivity=OPEN),
        Field("withdrawn_on", N_("Withdrawn on"), Kind.DATE, when=PAST, column=True, sensitivity=OPEN, computed=True),
        Field("withdrawal_handled_on", N_("Withdrawal handled on"), Kind.DATE, when=PAST, sensitivity=OPEN, computed=True),
        remarks(),
    ),
    about=("person",),
    not_found="what a person agreed to is read in their case",
    tab=Tab("consents", N_("Consents", "record"), 75, N_(
        "No consent yet. Record who agrees, after counselling, and what may be shared with whom. Without it, nothing goes to a partner."),
        within="referrals"),
    icon="done",
    told_on=("given_on",),
    listed=Listed(("person", "provider"), ("scope", "groups")),
    sections=_SECTIONS,
)  # fmt: skip

TRANSFER = RecordType(
    "transfer", N_("Transfer", "record"), N_("Transfers", "record"), "x",
    (provider_field("provider", N_("Transferred to"), column=True), date_field("on", N_("Date", "field"), PAST, column=True), remarks()),
    about_nobody="the whole case is handed on",
    not_found="the case is found, which says where it went",
)  # fmt: skip

VULNERABILITY = RecordType(
    "vulnerability", N_("Specific need"), N_("Specific needs"), "v",
    (
        person_field(column=True),
        Field("kind", N_("Specific need"), Kind.CHOICE, codes="vulnerability", sensitivity=_SPECIAL, purpose=_PROTECT, column=True),
        Field("severity", N_("Risk", "field"), Kind.CHOICE, codes="risk_level", sensitivity=_SPECIAL, purpose=_PROTECT),
        Field("standing", N_("Certainty", "field"), Kind.CHOICE, codes="need_standing", sensitivity=_SPECIAL, purpose=_PROTECT),
        Field("what_was_said", N_("Conversation", "field"), Kind.LONG_TEXT, sensitivity=_SPECIAL, purpose=_PROTECT,
              hint=N_("Only what is needed to help. No diagnoses, no story of what happened.")),
        date_field("recorded_on", N_("Recorded on"), PAST),
        date_field("valid_until", N_("Valid until"), COMING),
    ),
    restricted=True,
    table="vulnerabilities",
    not_found="restricted: nothing of it stands in an index",
    not_carried=N_("Restricted records are disclosed only by a separate decision."),
    not_given=N_("Restricted records are disclosed in person, not in a file."),
)  # fmt: skip

BEFORE_RETURN = RecordType(
    "before_return", N_("Before the return", "record"), N_("Before the return", "records"), "br",
    (
        person_field(),
        Field("fit", N_("Fitness to travel", "field"), Kind.CHOICE, codes="fitness", sensitivity=_SPECIAL, purpose=_PROTECT),
        date_field("assessed_on", N_("Assessed on", "field"), PAST),
        Field("physician", N_("Physician", "field"), sensitivity=_SPECIAL, purpose=_PROTECT, hint=N_("Name and office, as on the statement.")),
        Field("paper", N_("Physician’s statement", "field"), Kind.LINK, target="paper", sensitivity=_SPECIAL, purpose=_PROTECT),
        Field("arranged", N_("Arranged for the journey", "field"), Kind.LONG_TEXT, sensitivity=_SPECIAL, purpose=_PROTECT,
              hint=N_("Escort, medicine, who meets them on arrival. No diagnosis.")),
        yes_no("declined", N_("Help was declined", "field")),
        Field("declined_because", N_("Reason for declining", "field"), Kind.LONG_TEXT, sensitivity=_SPECIAL, purpose=_PROTECT,
              hint=N_("In the words of the person. Declining changes nothing for later help.")),
        date_field("advised_on", N_("Advised against the return on", "field"), PAST),
        Field("advised_by", N_("Advised by", "field"), Kind.LINK, target="officer", sensitivity=OPEN),
        yes_no("against_advice", N_("Returned against the advice", "field")),
        Field("own_words", N_("What the person says themselves"), Kind.LONG_TEXT, sensitivity=_SPECIAL, purpose=_PROTECT),
    ),
    restricted=True,
    listed=Listed(("person",), ("fit", "declined", "against_advice")),
    icon="lock",
    table="before_returns",
    not_found="restricted: nothing of it stands in an index",
    not_carried=N_("Restricted records are disclosed only by a separate decision."),
    not_given=N_("Restricted records are disclosed in person, not in a file."),
)  # fmt: skip

TYPES = (CONSENT, TRANSFER, VULNERABILITY, BEFORE_RETURN)
