"""Records of the office itself: its officers, and the partners and offices with whom it works."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, Purpose, RecordType, Section, Travels
from avrr_desktop.domain.records.shorthand import EITHER, OPEN, PAST, choice, date_field, remarks

_CONTACT = Purpose.CONTACT

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
    not_found="stands beside the cases, on a page of its own",
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
    not_found="stands beside the cases, on a page of its own",
)  # fmt: skip

PROVIDER = RecordType(
    "provider", N_("Partner or office"), N_("Partners and offices"), "o",
    (
        Field("name", N_("Name", "field"), required=True, column=True, sensitivity=OPEN),
        choice("role", N_("Role", "field"), "provider_role", column=True),
        choice("type", N_("Type", "field"), "provider_type"),
        Field("country", N_("Country", "field"), Kind.COUNTRY, column=True, sensitivity=OPEN),
        Field("place", N_("Place", "field"), Kind.NAME, column=True, sensitivity=OPEN, place=True, country="country"),
        Field("address", N_("Address", "field"), sensitivity=OPEN, purpose=_CONTACT),
        Field("categories", N_("Areas of help"), Kind.CHOICES, codes="category", sensitivity=OPEN),
        Field("services", N_("Services offered"), Kind.LONG_TEXT, sensitivity=OPEN, hint=N_("One per line.")),
        Field("area", N_("Municipalities served"), Kind.LONG_TEXT, sensitivity=OPEN, hint=N_("One per line; empty: everywhere in the country.")),
        Field("languages", N_("Languages spoken there"), Kind.CHOICES, codes="language", sensitivity=OPEN),
        choice("cost", N_("Cost for the person"), "provider_cost"),
        choice("access", N_("Access", "building"), "provider_access"),
        Field("phone", N_("Phone", "field"), sensitivity=OPEN, purpose=_CONTACT),
        Field("email", N_("E-mail", "field"), sensitivity=OPEN, purpose=_CONTACT),
        Field("opening", N_("Opening hours"), sensitivity=OPEN),
        Field("focal_point", N_("Focal point"), purpose=_CONTACT),
        Field("other_names", N_("Other names"), Kind.LONG_TEXT, sensitivity=OPEN, hint=N_("One per line.")),
        Field("entry_conditions", N_("Conditions for help"), Kind.LONG_TEXT, sensitivity=OPEN),
        Field("residence_months", N_("Months of residence required"), Kind.COUNT, sensitivity=OPEN),
        Field("papers_needed", N_("Papers required"), Kind.CHOICES, codes="doc_type", sensitivity=OPEN),
        Field("gaps", N_("Gaps in law or practice"), Kind.LONG_TEXT, sensitivity=OPEN),
        date_field("runs_until", N_("Programme runs until"), EITHER),
        choice("agreement_kind", N_("Agreement with us"), "agreement_kind"),
        date_field("agreement_from", N_("Agreement from"), EITHER),
        date_field("agreement_until", N_("Agreement until"), EITHER),
        Field("sharing_terms", N_("Terms for sharing data"), Kind.LONG_TEXT, sensitivity=OPEN),
        date_field("checked_on", N_("Last checked on"), PAST),
        date_field("check_due_on", N_("Check again on"), EITHER),
        Field("from_pack", N_("Entry of the country pack"), sensitivity=OPEN, computed=True),
        Field("joined_into", N_("Joined into", "field"), Kind.LINK, target="provider", sensitivity=OPEN, computed=True),
        remarks(),
    ),
    of_case=False,
    travels=Travels.NAMED,
    sections=(
        Section(N_("Who and where"), ("name", "role", "type", "country", "place", "address", "phone", "email", "opening", "focal_point", "other_names"), open=True),
        Section(N_("Help and access"), ("categories", "services", "area", "languages", "cost", "access"), open=True),
        Section(N_("Conditions"), ("entry_conditions", "residence_months", "papers_needed", "gaps", "runs_until")),
        Section(N_("Agreement with us"), ("agreement_kind", "agreement_from", "agreement_until", "sharing_terms")),
        Section(N_("Checks and remarks"), ("checked_on", "check_due_on", "remarks")),
    ),
    about_nobody="an office or organisation: who works there is named in no file of a returnee",
    not_found="offices are found in their own directory, by any part of what stands there",
)  # fmt: skip

TYPES = (OFFICE, OFFICER, PROVIDER)
