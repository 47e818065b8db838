"""Records of protection: consent, transfers, and specific needs, which are restricted."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, Purpose, RecordType, Sensitivity
from avrr_desktop.domain.records.shorthand import COMING, PAST, date_field, person_field, provider_field, remarks

_SPECIAL, _PROTECT = Sensitivity.SPECIAL, Purpose.PROTECTION


CONSENT = RecordType(
    "consent", N_("Consent", "record"), N_("Consents", "record"), "e",
    (
        person_field(column=True),
        Field("scope", N_("Purpose", "field"), purpose=_PROTECT, column=True),
        date_field("given_on", N_("Date given"), PAST, column=True),
        Field("method", N_("Method", "field"), purpose=_PROTECT),
        Field("limits", N_("Information that must not be shared"), Kind.LONG_TEXT, purpose=_PROTECT),
        date_field("expires_on", N_("Ends on"), COMING),
        date_field("withdrawn_on", N_("Withdrawn on"), PAST, column=True),
    ),
    not_found="what a person agreed to is read in their case",
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

TYPES = (CONSENT, TRANSFER, VULNERABILITY)
