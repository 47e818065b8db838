"""Every record type of the program, each field declared once, under the names that the field itself uses."""

from collections.abc import Mapping

from avrr_desktop.domain.fields import Field, Kind, Purpose, RecordType, Sensitivity
from avrr_desktop.domain.marking import N_

_OPEN, _NAMES, _SPECIAL = Sensitivity.OPEN, Sensitivity.IDENTIFYING, Sensitivity.SPECIAL
_ID, _CONTACT, _REPORT, _PROTECT = Purpose.IDENTITY, Purpose.CONTACT, Purpose.REPORTING, Purpose.PROTECTION


def _choice(key: str, label: str, codes: str, *, column: bool = False, hint: str = "") -> Field:
    return Field(key, label, Kind.CHOICE, codes=codes, column=column, sensitivity=_OPEN, hint=hint)


def _date(key: str, label: str, *, column: bool = False, hint: str = "") -> Field:
    return Field(key, label, Kind.DATE, column=column, sensitivity=_OPEN, hint=hint)


def _yes_no(key: str, label: str, *, column: bool = False, hint: str = "") -> Field:
    return Field(key, label, Kind.YES_NO, column=column, sensitivity=_OPEN, hint=hint)


def _remarks() -> Field:
    return Field("remarks", N_("Remarks"), Kind.LONG_TEXT)


def _person(key: str = "person", label: str = N_("Person"), *, column: bool = False) -> Field:
    return Field(key, label, Kind.LINK, target="person", column=column)


def _provider(key: str, label: str, *, column: bool = False) -> Field:
    return Field(key, label, Kind.LINK, target="provider", column=column, sensitivity=_OPEN)


CASE = RecordType(
    "case", N_("Case"), N_("Cases"), "k",
    (
        Field("number", N_("Case number"), column=True, computed=True, sensitivity=_OPEN),
        Field("called", N_("Called"), Kind.NAME, required=True, column=True, sensitivity=_NAMES,
              hint=N_("What you call this case, for example “Krasniqi family”.")),
        _choice("status", N_("Status"), "case_status", column=True),
        Field("country_of_return", N_("Country of return"), Kind.COUNTRY, column=True, sensitivity=_OPEN,
              purpose=_REPORT),
        Field("municipality_of_return", N_("Municipality of return"), Kind.NAME, column=True),
        Field("host_country", N_("Host country"), Kind.COUNTRY, column=True, sensitivity=_OPEN, purpose=_REPORT,
              hint=N_("The state that the family returned from.")),
        Field("officer", N_("Officer"), Kind.LINK, target="officer", column=True, sensitivity=_OPEN),
        _date("opened_on", N_("Opened on"), column=True),
        _date("arrival_date", N_("Arrival"), column=True),
        _date("departure_date", N_("Departure")),
        _choice("return_type", N_("Kind of return"), "return_type"),
        _choice("legal_status_before_return", N_("Status before return"), "legal_status"),
        _choice("travel_document_used", N_("Travel document used"), "travel_document"),
        Field("time_abroad_months", N_("Time abroad, in months"), Kind.COUNT),
        _yes_no("children_schooled_abroad", N_("Children went to school abroad")),
        Field("needs_requested", N_("Help asked for"), Kind.CHOICES, codes="category", sensitivity=_OPEN),
        Field("programme", N_("Programme"), sensitivity=_OPEN, purpose=_REPORT),
        Field("donor", N_("Donor"), sensitivity=_OPEN, purpose=_REPORT),
        _provider("sending_mission", N_("Sending mission")),
        Field("external_refs", N_("Numbers at other bodies"), sensitivity=_NAMES),
        Field("story", N_("Background"), Kind.LONG_TEXT, hint=N_("Only what helps the next officer. No diagnoses.")),
        _date("closed_on", N_("Closed on"), column=True),
        _choice("closure_reason", N_("Reason for closing"), "closure_reason"),
        _remarks(),
    ),
    of_case=False,
)  # fmt: skip

PERSON = RecordType(
    "person", N_("Person"), N_("People"), "m",
    (
        Field("family_name", N_("Family name"), Kind.NAME, column=True, sensitivity=_NAMES, purpose=_ID,
              hint=N_("Exactly as the document spells it.")),
        Field("given_names", N_("Given names"), Kind.NAME, column=True, sensitivity=_NAMES, purpose=_ID),
        _choice("name_script", N_("Script of the name"), "name_script"),
        _choice("sex", N_("Sex"), "sex", column=True),
        Field("birth_date", N_("Date of birth"), Kind.DATE, column=True, sensitivity=_NAMES, purpose=_ID,
              hint=N_("12.5.2019, May 2019 or only 2019. Put ~ behind an estimate.")),
        Field("birth_place", N_("Place of birth"), Kind.NAME, column=True, sensitivity=_NAMES, purpose=_ID),
        Field("birth_country", N_("Country of birth"), Kind.COUNTRY, purpose=_ID),
        Field("citizenship", N_("Citizenship"), Kind.COUNTRY, purpose=_ID),
        Field("national_number", N_("Personal number"), Kind.NUMBER_OF_PAPER, sensitivity=_NAMES, purpose=_ID),
        _choice("number_scheme", N_("Kind of personal number"), "number_scheme"),
        Field("family_name_at_birth", N_("Family name at birth"), Kind.NAME, sensitivity=_NAMES, purpose=_ID),
        Field("father_name", N_("Father’s name"), Kind.NAME, column=True, sensitivity=_NAMES, purpose=_ID),
        Field("mother_name", N_("Mother’s name"), Kind.NAME, sensitivity=_NAMES, purpose=_ID),
        Field("name_variants", N_("Other spellings"), Kind.LONG_TEXT, sensitivity=_NAMES, purpose=_ID,
              hint=N_("Spellings in other documents, one on each line.")),
        _choice("marital_status", N_("Marital status"), "marital_status"),
        _yes_no("marriage_registered_here", N_("Marriage registered in the country of return")),
        Field("phone", N_("Phone"), column=True, sensitivity=_NAMES, purpose=_CONTACT),
        _yes_no("safe_to_call", N_("Safe to call")),
        _choice("preferred_channel", N_("Best way to reach"), "preferred_channel"),
        Field("trusted_contact", N_("Trusted contact"), sensitivity=_NAMES, purpose=_CONTACT),
        Field("address", N_("Address"), sensitivity=_NAMES, purpose=_CONTACT),
        Field("address_place", N_("Place of the address"), Kind.NAME, purpose=_CONTACT),
        _choice("address_status", N_("Kind of address"), "address_status"),
        Field("languages", N_("Languages"), Kind.CHOICES, codes="language"),
        Field("occupation", N_("Occupation")),
        _remarks(),
    ),
    of_case=False,
)  # fmt: skip

MEMBERSHIP = RecordType(
    "membership", N_("Membership"), N_("Memberships"), "b",
    (
        _person(column=True),
        Field("position", N_("Position"), Kind.COUNT, column=True, computed=True, sensitivity=_OPEN),
        _choice("role", N_("Role in the case"), "member_role", column=True),
        _choice("relationship", N_("Relationship to the principal applicant"), "relationship", column=True),
        _yes_no("is_returnee", N_("Returned from abroad"), column=True),
        _yes_no("head_of_household", N_("Head of household")),
        _date("joined_on", N_("In the case from")),
        _date("left_on", N_("In the case until"), column=True),
    ),
)  # fmt: skip

PAPER = RecordType(
    "paper", N_("Paper"), N_("Papers"), "p",
    (
        _person("holder", N_("Belongs to"), column=True),
        _choice("doc_type", N_("Kind of paper"), "doc_type", column=True),
        _choice("state", N_("State"), "paper_state", column=True),
        Field("number", N_("Number"), Kind.NUMBER_OF_PAPER, sensitivity=_NAMES, purpose=_ID),
        Field("issuing_country", N_("Issued in"), Kind.COUNTRY, purpose=_ID),
        Field("issuing_authority", N_("Issued by")),
        _date("issued_on", N_("Issued on")),
        _date("valid_until", N_("Valid until"), column=True),
        _date("usable_until", N_("Offices accept it until"), hint=N_("Extracts are often accepted only while recent.")),
        _date("requested_on", N_("Requested on"), column=True),
        _choice("original_held_by", N_("Original is with"), "original_held_by"),
        _choice("legalisation_state", N_("Apostille or legalisation"), "legalisation_state"),
        _choice("translation_state", N_("Translation"), "translation_state"),
        Field("names_as_written", N_("Names as written on it"), Kind.NAME, sensitivity=_NAMES, purpose=_ID),
        _remarks(),
    ),
)  # fmt: skip

SERVICE = RecordType(
    "service", N_("Service"), N_("Services"), "s",
    (
        Field("title", N_("Service"), column=True, sensitivity=_OPEN, computed=True),
        Field("template", N_("From the pack"), column=True, sensitivity=_OPEN, computed=True),
        _choice("category", N_("Category"), "category", column=True),
        Field("persons", N_("For"), Kind.LINKS, target="person"),
        _provider("provider", N_("Partner or office")),
        _date("opened_on", N_("Begun on"), column=True),
        _date("closed_on", N_("Ended on"), column=True),
        _remarks(),
    ),
)  # fmt: skip

STEP = RecordType(
    "step", N_("Step"), N_("Steps"), "t",
    (
        Field("service", N_("Service"), Kind.LINK, target="service", column=True, computed=True, sensitivity=_OPEN),
        _person(column=True),
        Field("title", N_("Step"), column=True, sensitivity=_OPEN),
        Field("short", N_("Short name"), sensitivity=_OPEN, computed=True),
        Field("position", N_("Position"), Kind.COUNT, column=True, computed=True, sensitivity=_OPEN),
        _choice("state", N_("State"), "step_state", column=True),
        _choice("block_reason", N_("Blocked because"), "block_reason"),
        Field("office_name", N_("Office"), sensitivity=_OPEN),
        Field("file_number", N_("File number at the office"), Kind.NUMBER_OF_PAPER, sensitivity=_NAMES),
        _date("planned_on", N_("Planned for"), column=True),
        _date("filed_on", N_("Filed on"), column=True),
        _date("expected_on", N_("Answer expected on"), column=True),
        _date("done_on", N_("Done on"), column=True),
        _date("appeal_until", N_("Appeal possible until"), column=True),
        Field("evidence", N_("Proof"), Kind.LINK, target="paper"),
        _yes_no("accompanied", N_("An officer goes along")),
        Field("waits_for", N_("Waits for"), Kind.LINKS, target="step", sensitivity=_OPEN),
        Field("helped_by", N_("Easier after"), Kind.LINKS, target="step", sensitivity=_OPEN, computed=True),
        Field("go_ahead_reason", N_("Goes ahead all the same because")),
        Field("template", N_("From the pack"), column=True, sensitivity=_OPEN, computed=True),
        Field("template_version", N_("Version of the template"), Kind.COUNT, sensitivity=_OPEN, computed=True),
        Field("verification_status", N_("Confirmed"), sensitivity=_OPEN, computed=True),
        Field("basis", N_("Basis"), sensitivity=_OPEN, computed=True),
        Field("source_title", N_("Source"), sensitivity=_OPEN, computed=True),
        _remarks(),
    ),
)  # fmt: skip

PROVIDER = RecordType(
    "provider", N_("Partner or office"), N_("Partners and offices"), "o",
    (
        Field("name", N_("Name"), required=True, column=True, sensitivity=_OPEN),
        _choice("role", N_("Role"), "provider_role", column=True),
        _choice("type", N_("Type"), "provider_type"),
        Field("country", N_("Country"), Kind.COUNTRY, column=True, sensitivity=_OPEN),
        Field("place", N_("Place"), Kind.NAME, column=True, sensitivity=_OPEN),
        Field("address", N_("Address"), sensitivity=_OPEN, purpose=_CONTACT),
        Field("categories", N_("Helps with"), Kind.CHOICES, codes="category", sensitivity=_OPEN),
        Field("phone", N_("Phone"), sensitivity=_OPEN, purpose=_CONTACT),
        Field("email", N_("E-mail"), sensitivity=_OPEN, purpose=_CONTACT),
        Field("opening", N_("Opening hours"), sensitivity=_OPEN),
        Field("focal_point", N_("Focal point"), purpose=_CONTACT),
        Field("entry_conditions", N_("Conditions for help"), Kind.LONG_TEXT, sensitivity=_OPEN),
        _date("checked_on", N_("Last checked on")),
        _remarks(),
    ),
    of_case=False,
)  # fmt: skip

REFERRAL = RecordType(
    "referral", N_("Referral"), N_("Referrals"), "r",
    (
        _person(column=True),
        _choice("category", N_("For"), "category", column=True),
        _provider("provider", N_("Referred to"), column=True),
        _choice("state", N_("State"), "referral_state", column=True),
        _choice("urgency", N_("Urgency"), "urgency"),
        Field("reason", N_("Reason"), Kind.LONG_TEXT),
        _date("consented_on", N_("The person agreed on"), hint=N_("A referral is sent only with the person’s agreement.")),
        _date("sent_on", N_("Sent on"), column=True),
        _date("answer_expected_on", N_("Answer expected on"), column=True),
        _date("answered_on", N_("Answered on")),
        Field("outcome", N_("Outcome"), Kind.LONG_TEXT),
    ),
)  # fmt: skip

FOLLOW_UP = RecordType(
    "follow_up", N_("Follow-up"), N_("Follow-up"), "f",
    (
        _date("planned_on", N_("Planned for"), column=True),
        _date("done_on", N_("Done on"), column=True),
        _choice("method", N_("How"), "follow_up_method"),
        _choice("outcome", N_("Outcome"), "follow_up_outcome"),
        Field("summary", N_("What was found"), Kind.LONG_TEXT),
        _yes_no("address_still_valid", N_("Address still valid")),
        Field("new_needs", N_("New needs"), Kind.LONG_TEXT),
        _choice("intention", N_("Intention"), "intention"),
    ),
)  # fmt: skip

CONTACT = RecordType(
    "contact", N_("Contact"), N_("Contacts"), "c",
    (
        _date("on", N_("On"), column=True),
        _choice("kind", N_("How"), "contact_kind", column=True),
        _choice("result", N_("Result"), "contact_result"),
        _person(),
        Field("summary", N_("What was said"), Kind.LONG_TEXT),
        Field("officer", N_("Officer"), Kind.LINK, target="officer", sensitivity=_OPEN, computed=True),
    ),
    appended=True,
)  # fmt: skip

NOTE = RecordType(
    "note", N_("Note"), N_("Notes"), "n",
    (
        _date("on", N_("On"), column=True),
        _choice("kind", N_("Kind"), "note_kind", column=True),
        Field("text", N_("Note"), Kind.LONG_TEXT, required=True),
        _person(),
        Field("officer", N_("Officer"), Kind.LINK, target="officer", sensitivity=_OPEN, computed=True),
    ),
    appended=True,
)  # fmt: skip

OFFICER = RecordType(
    "officer", N_("Officer"), N_("Officers"), "u",
    (
        Field("name", N_("Name"), Kind.NAME, required=True, column=True, sensitivity=_OPEN),
        Field("initials", N_("Initials"), column=True, sensitivity=_OPEN),
        _choice("role", N_("Role"), "officer_role", column=True),
        _date("left_on", N_("Left on")),
    ),
    of_case=False,
)  # fmt: skip

OFFICE = RecordType(
    "office", N_("Office"), N_("Offices"), "h",
    (
        Field("name", N_("Name of the office"), required=True, column=True, sensitivity=_OPEN),
        Field("code", N_("Office code"), required=True, column=True, sensitivity=_OPEN,
              hint=N_("Three letters, for example TIR. It stands in every case number.")),
        Field("country", N_("Country"), Kind.COUNTRY, required=True, sensitivity=_OPEN),
        Field("programme", N_("Programme"), sensitivity=_OPEN),
        Field("time_zone", N_("Time zone"), sensitivity=_OPEN),
    ),
    of_case=False,
)  # fmt: skip

CONSENT = RecordType(
    "consent", N_("Consent"), N_("Consents"), "e",
    (
        _person(column=True),
        Field("scope", N_("For what"), purpose=_PROTECT, column=True),
        _date("given_on", N_("Given on"), column=True),
        Field("method", N_("How"), purpose=_PROTECT),
        Field("limits", N_("What must not be shared"), Kind.LONG_TEXT, purpose=_PROTECT),
        _date("expires_on", N_("Ends on")),
        _date("withdrawn_on", N_("Withdrawn on"), column=True),
    ),
)  # fmt: skip

TRANSFER = RecordType(
    "transfer", N_("Transfer"), N_("Transfers"), "x",
    (_provider("provider", N_("Transferred to"), column=True), _date("on", N_("On"), column=True), _remarks()),
)  # fmt: skip

VULNERABILITY = RecordType(
    "vulnerability", N_("Specific need"), N_("Specific needs"), "v",
    (
        _person(column=True),
        Field("kind", N_("Need"), sensitivity=_SPECIAL, purpose=_PROTECT, column=True),
        Field("severity", N_("Urgency"), sensitivity=_SPECIAL, purpose=_PROTECT),
        _date("recorded_on", N_("Recorded on")),
        _date("valid_until", N_("Valid until")),
    ),
)  # fmt: skip

COST = RecordType(
    "cost", N_("Cost"), N_("Costs"), "y",
    (
        _date("on", N_("On"), column=True),
        Field("amount", N_("Amount in minor units"), Kind.COUNT, column=True, sensitivity=_OPEN),
        Field("currency", N_("Currency"), column=True, sensitivity=_OPEN),
        Field("kind", N_("For what"), column=True, sensitivity=_OPEN),
    ),
    appended=True,
)  # fmt: skip

FILE = RecordType(
    "file", N_("File"), N_("Files"), "z",
    (
        Field("name", N_("Name"), sensitivity=_NAMES, column=True),
        Field("digest", N_("Fingerprint"), sensitivity=_OPEN, column=True, computed=True),
        Field("size", N_("Size"), Kind.COUNT, sensitivity=_OPEN, computed=True),
        _remarks(),
    ),
    appended=True,
)  # fmt: skip

ALL = (
    OFFICE, OFFICER, PROVIDER, CASE, PERSON, MEMBERSHIP, PAPER, SERVICE, STEP, REFERRAL, FOLLOW_UP, CONTACT, NOTE,
    CONSENT, TRANSFER, VULNERABILITY, COST, FILE,
)  # fmt: skip

BY_KEY: Mapping[str, RecordType] = {record_type.key: record_type for record_type in ALL}
OF_CASE = tuple(record_type for record_type in ALL if record_type.of_case)
