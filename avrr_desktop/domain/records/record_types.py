"""Every record type of the program, each field declared once, under the names that the field itself uses."""

from collections.abc import Mapping

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.records.fields import Field, Kind, Purpose, RecordType, Sensitivity, Travels
from avrr_desktop.domain.records.office_records import ACCESS, OFFICE, OFFICER
from avrr_desktop.domain.records.pack_records import (
    AUTHORITY,
    LIST_ENTRY,
    OFFICE_RULES,
    PROGRAMME,
    SERVICE_TEMPLATE,
    STATED_FIGURE,
    STEP_TEMPLATE,
)
from avrr_desktop.domain.records.protection_records import CONSENT, TRANSFER, VULNERABILITY
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
    EITHER,
    NAMES,
    OPEN,
    PAST,
    choice,
    computed,
    date_field,
    moved_from,
    moved_to,
    person_field,
    provider_field,
    remarks,
    yes_no,
)

_SPECIAL = Sensitivity.SPECIAL
_ID, _CONTACT, _REPORT, _PROTECT = Purpose.IDENTITY, Purpose.CONTACT, Purpose.REPORTING, Purpose.PROTECTION


CASE = RecordType(
    "case", N_("Case", "record"), N_("Cases", "record"), "k",
    (
        Field("number", N_("Case number"), column=True, computed=True, sensitivity=OPEN),
        computed("former_numbers", N_("Former case numbers")),
        Field("called", N_("Case name"), Kind.NAME, required=True, column=True, sensitivity=NAMES,
              hint=N_("How you refer to this case, for example “Krasniqi family”.")),
        choice("status", N_("Status", "field"), "case_status", column=True),
        Field("country_of_return", N_("Country of return"), Kind.COUNTRY, column=True, sensitivity=OPEN,
              purpose=_REPORT),
        choice("sub_unit", N_("Region", "field"), "sub_unit",
                hint=N_("Entity, canton or province: offices there may ask for different papers.")),
        Field("municipality_of_return", N_("Municipality of return"), Kind.NAME, column=True),
        Field("host_country", N_("Host country"), Kind.COUNTRY, column=True, sensitivity=OPEN, purpose=_REPORT,
              hint=N_("The country the family returned from.")),
        Field("officer", N_("Officer", "field"), Kind.LINK, target="officer", column=True, sensitivity=OPEN),
        date_field("opened_on", N_("Opened on"), PAST, column=True),
        date_field("arrival_date", N_("Arrival", "field"), EITHER, column=True),
        date_field("departure_date", N_("Departure", "field"), EITHER),
        choice("direction", N_("Direction of return"), "direction", column=True),
        choice("return_type", N_("Type of return"), "return_type"),
        choice("legal_status_before_return", N_("Status before return"), "legal_status"),
        choice("travel_document_used", N_("Travel document used"), "travel_document"),
        Field("time_abroad_months", N_("Months abroad"), Kind.COUNT),
        yes_no("children_schooled_abroad", N_("Children attended school abroad")),
        Field("needs_requested", N_("Help asked for"), Kind.CHOICES, codes="category", sensitivity=OPEN),
        Field("programme", N_("Programme", "field"), Kind.CHOICE, codes="programme", column=True, sensitivity=OPEN,
              purpose=_REPORT),
        Field("donor", N_("Donor", "field"), sensitivity=OPEN, purpose=_REPORT),
        provider_field("sending_mission", N_("Sending mission")),
        Field("external_refs", N_("Reference numbers elsewhere"), sensitivity=NAMES),
        Field("story", N_("Background", "field"), Kind.LONG_TEXT, hint=N_("Only what helps the next officer. No diagnoses.")),
        date_field("closed_on", N_("Closed on"), PAST, column=True),
        choice("closure_reason", N_("Reason for closing"), "closure_reason"),
        Field("transferred_to", N_("Transferred to"), sensitivity=OPEN, computed=True),
        Field("double_of", N_("Duplicate of case"), sensitivity=OPEN, computed=True),
        computed("reopened_on", N_("Reopened on"), Kind.DATE),
        Field("reopened_because", N_("Reason for reopening"), Kind.LONG_TEXT, computed=True),
        Field("late_entry_because", N_("Late entry because"), Kind.LONG_TEXT, computed=True),
        computed("hold_since", N_("On hold since"), Kind.DATE),
        Field("hold_until", N_("On hold until"), Kind.DATE, when=COMING, computed=True, sensitivity=OPEN),
        Field("hold_because", N_("On hold because"), Kind.LONG_TEXT, computed=True),
        computed("hold_before", N_("Status before it was put on hold")),
        Field("closure_asked_by", N_("Closing requested by"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
        Field("closure_asked_on", N_("Closing requested on"), Kind.DATE, when=PAST, computed=True),
        Field("closure_approved_by", N_("Closing approved by"), Kind.LINK, target="officer", sensitivity=OPEN,
              computed=True),
        Field("kept_still_since", N_("Processing restricted since"), Kind.DATE, when=PAST, computed=True),
        Field("kept_still_because", N_("Reason for the restriction"), Kind.LONG_TEXT, computed=True),
        remarks(),
    ),
    of_case=False,
    travels=Travels.NAMED,
    about_nobody="it is about everybody who belongs to it",
)  # fmt: skip

PERSON = RecordType(
    "person", N_("Person", "record"), N_("People", "record"), "m",
    (
        Field("family_name", N_("Family name"), Kind.NAME, column=True, sensitivity=NAMES, purpose=_ID,
              hint=N_("Exactly as spelled in the document.")),
        Field("given_names", N_("Given names"), Kind.NAME, column=True, sensitivity=NAMES, purpose=_ID),
        choice("name_script", N_("Script of the name"), "name_script"),
        choice("sex", N_("Sex", "field"), "sex", column=True),
        Field("birth_date", N_("Date of birth"), Kind.DATE, column=True, sensitivity=NAMES, purpose=_ID, when=When.BIRTH,
              hint=N_("12.5.2019, May 2019 or only 2019. Add ~ at the end for an estimate.")),
        Field("birth_place", N_("Place of birth"), Kind.NAME, column=True, sensitivity=NAMES, purpose=_ID),
        Field("birth_country", N_("Country of birth"), Kind.COUNTRY, purpose=_ID),
        Field("citizenship", N_("Citizenship", "field"), Kind.COUNTRY, purpose=_ID, stateless=True),
        Field("national_number", N_("Personal number"), Kind.NUMBER_OF_PAPER, sensitivity=NAMES, purpose=_ID),
        choice("number_scheme", N_("Type of personal number"), "number_scheme"),
        Field("family_name_at_birth", N_("Family name at birth"), Kind.NAME, sensitivity=NAMES, purpose=_ID),
        Field("father_name", N_("Father’s name"), Kind.NAME, column=True, sensitivity=NAMES, purpose=_ID),
        Field("mother_name", N_("Mother’s name"), Kind.NAME, sensitivity=NAMES, purpose=_ID),
        Field("name_variants", N_("Other spellings"), Kind.LONG_TEXT, sensitivity=NAMES, purpose=_ID,
              hint=N_("Spellings in other documents, one per line.")),
        choice("marital_status", N_("Marital status"), "marital_status"),
        yes_no("marriage_registered_here", N_("Marriage registered in the country of return")),
        Field("phone", N_("Phone", "field"), column=True, sensitivity=NAMES, purpose=_CONTACT),
        yes_no("safe_to_call", N_("Calling is safe")),
        choice("preferred_channel", N_("Preferred contact"), "preferred_channel"),
        Field("trusted_contact", N_("Trusted contact"), sensitivity=NAMES, purpose=_CONTACT),
        Field("address", N_("Address", "field"), sensitivity=NAMES, purpose=_CONTACT),
        Field("address_place", N_("Town or village"), Kind.NAME, purpose=_CONTACT),
        choice("address_status", N_("Type of address"), "address_status"),
        Field("languages", N_("Languages", "field"), Kind.CHOICES, codes="language"),
        Field("occupation", N_("Occupation", "field")),
        remarks(),
    ),
    of_case=False,
    travels=Travels.NAMED,
    about=("uid",),
)  # fmt: skip

MEMBERSHIP = RecordType(
    "membership", N_("Membership", "record"), N_("Memberships", "record"), "b",
    (
        person_field(column=True),
        Field("position", N_("Position", "field"), Kind.COUNT, column=True, computed=True, sensitivity=OPEN),
        choice("role", N_("Role in the case"), "member_role", column=True),
        choice("relationship", N_("Relationship to the principal applicant"), "relationship", column=True),
        yes_no("is_returnee", N_("Returned from abroad"), column=True),
        Field("situations", N_("Situation", "field"), Kind.CHOICES, codes="situation",
              hint=N_("Your selection here proposes services; nothing is added automatically.")),
        yes_no("head_of_household", N_("Head of household")),
        date_field("joined_on", N_("Part of the case from"), PAST),
        date_field("left_on", N_("Part of the case until"), PAST, column=True),
    ),
)  # fmt: skip

PAPER = RecordType(
    "paper", N_("Paper", "record"), N_("Papers", "record"), "p",
    (
        person_field("holder", N_("Belongs to"), column=True),
        choice("doc_type", N_("Type of paper"), "doc_type", column=True),
        choice("state", N_("State", "field"), "paper_state", column=True),
        Field("number", N_("Number", "field"), Kind.NUMBER_OF_PAPER, sensitivity=NAMES, purpose=_ID),
        Field("issuing_country", N_("Issued in"), Kind.COUNTRY, purpose=_ID),
        Field("issuing_authority", N_("Issued by")),
        date_field("issued_on", N_("Issued on"), PAST),
        date_field("valid_until", N_("Valid until"), COMING, column=True),
        date_field("usable_until", N_("Accepted by offices until"), COMING, hint=N_("Offices often accept only recent extracts.")),
        date_field("requested_on", N_("Requested on"), PAST, column=True),
        choice("original_held_by", N_("Original held by"), "original_held_by"),
        choice("legalisation_state", N_("Apostille or legalisation"), "legalisation_state"),
        choice("translation_state", N_("Translation", "field"), "translation_state"),
        choice("translation_into", N_("Translated into"), "language"),
        yes_no("copy_attached", N_("Copy in the file")),
        Field("names_as_written", N_("Names as written on the paper"), Kind.NAME, sensitivity=NAMES, purpose=_ID),
        moved_from(),
        moved_to(),
        remarks(),
    ),
)  # fmt: skip

SERVICE = RecordType(
    "service", N_("Service", "record"), N_("Services", "record"), "s",
    (
        Field("title", N_("Service", "field"), column=True, sensitivity=OPEN, computed=True),
        Field("template", N_("From the pack"), column=True, sensitivity=OPEN, computed=True),
        choice("category", N_("Category", "field"), "category", column=True),
        Field("persons", N_("For whom"), Kind.LINKS, target="person"),
        provider_field("provider", N_("Partner or office")),
        date_field("opened_on", N_("Started on"), PAST, column=True),
        date_field("closed_on", N_("Ended on"), PAST, column=True),
        remarks(),
    ),
)  # fmt: skip

STEP = RecordType(
    "step", N_("Step", "record"), N_("Steps", "record"), "t",
    (
        Field("service", N_("Service", "field"), Kind.LINK, target="service", column=True, computed=True, sensitivity=OPEN),
        person_field(column=True),
        Field("title", N_("Step", "field"), column=True, sensitivity=OPEN),
        Field("short", N_("Short name"), sensitivity=OPEN, computed=True),
        Field("position", N_("Position", "field"), Kind.COUNT, column=True, computed=True, sensitivity=OPEN),
        choice("state", N_("State", "field"), "step_state", column=True),
        choice("block_reason", N_("Reason for the block"), "block_reason"),
        Field("office_name", N_("Office", "field"), column=True, sensitivity=OPEN),
        Field("file_number", N_("File number at the office"), Kind.NUMBER_OF_PAPER, sensitivity=NAMES),
        date_field("planned_on", N_("Planned for"), COMING, column=True),
        Field("at_time", N_("Time", "field"), sensitivity=OPEN, hint=N_("Time of the appointment, for example 9:30.")),
        date_field("filed_on", N_("Filed on"), PAST, column=True),
        date_field("expected_on", N_("Answer expected on"), COMING, column=True),
        date_field("done_on", N_("Done on"), PAST, column=True),
        Field("refused_because", N_("Refused because"), Kind.LONG_TEXT),
        date_field("appeal_until", N_("Appeal possible until"), COMING, column=True,
              hint=N_("As stated in the decision. The program does not calculate legal deadlines.")),
        Field("evidence", N_("Proof", "field"), Kind.LINK, target="paper"),
        Field("accompanied_by", N_("Accompanied by"), Kind.LINK, target="officer", sensitivity=OPEN),
        Field("meeting_place", N_("Meeting point")),
        Field("back_by", N_("Back by"), sensitivity=OPEN, hint=N_("Time by which the officer is expected back.")),
        yes_no("back_reported", N_("Return reported")),
        Field("waits_for", N_("Waiting for"), Kind.LINKS, target="step", sensitivity=OPEN),
        Field("waits_for_any", N_("Waiting for one of"), Kind.LINKS, target="step", sensitivity=OPEN),
        Field("helped_by", N_("Better after"), Kind.LINKS, target="step", sensitivity=OPEN, computed=True),
        Field("go_ahead_reason", N_("Reason to go ahead anyway")),
        Field("template", N_("From the pack"), column=True, sensitivity=OPEN, computed=True),
        Field("template_version", N_("Template version"), Kind.COUNT, sensitivity=OPEN, computed=True),
        computed("root", N_("Type of step")),
        Field("verification_status", N_("Confirmed", "field"), sensitivity=OPEN, computed=True),
        Field("basis", N_("Basis", "field"), sensitivity=OPEN, computed=True),
        Field("source_title", N_("Source", "field"), sensitivity=OPEN, computed=True),
        moved_from(),
        moved_to(),
        remarks(),
    ),
    about=("person", "service"),
)  # fmt: skip

PROVIDER = RecordType(
    "provider", N_("Partner or office"), N_("Partners and offices"), "o",
    (
        Field("name", N_("Name", "field"), required=True, column=True, sensitivity=OPEN),
        choice("role", N_("Role", "field"), "provider_role", column=True),
        choice("type", N_("Type", "field"), "provider_type"),
        Field("country", N_("Country", "field"), Kind.COUNTRY, column=True, sensitivity=OPEN),
        Field("place", N_("Place", "field"), Kind.NAME, column=True, sensitivity=OPEN),
        Field("address", N_("Address", "field"), sensitivity=OPEN, purpose=_CONTACT),
        Field("categories", N_("Areas of help"), Kind.CHOICES, codes="category", sensitivity=OPEN),
        Field("phone", N_("Phone", "field"), sensitivity=OPEN, purpose=_CONTACT),
        Field("email", N_("E-mail", "field"), sensitivity=OPEN, purpose=_CONTACT),
        Field("opening", N_("Opening hours"), sensitivity=OPEN),
        Field("focal_point", N_("Focal point"), purpose=_CONTACT),
        Field("entry_conditions", N_("Conditions for help"), Kind.LONG_TEXT, sensitivity=OPEN),
        date_field("checked_on", N_("Last checked on"), PAST),
        remarks(),
    ),
    of_case=False,
    travels=Travels.NAMED,
    about_nobody="an office or organisation: who works there is named in no file of a returnee",
)  # fmt: skip

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
)  # fmt: skip

PLAN = RecordType(
    "plan", N_("Plan", "record"), N_("Plan", "record"), "l",
    (
        Field("revision", N_("Revision", "field"), Kind.COUNT, column=True, computed=True, sensitivity=OPEN),
        date_field("agreed_on", N_("Agreed on"), PAST, column=True),
        Field("own_words", N_("In the person’s own words"), Kind.LONG_TEXT,
              hint=N_("What they want to achieve, in their own words.")),
        Field("economic", N_("Economic objectives"), Kind.LONG_TEXT),
        Field("social", N_("Social objectives"), Kind.LONG_TEXT),
        Field("psychosocial", N_("Psychosocial objectives"), Kind.LONG_TEXT),
        Field("participation", N_("Choice and participation"), Kind.LONG_TEXT,
              hint=N_("What was offered, what the person chose, and what they declined.")),
        Field("risks", N_("Risks and mitigation"), Kind.LONG_TEXT),
        Field("do_no_harm", N_("Do no harm"), Kind.LONG_TEXT,
              hint=N_("Could the help cause envy or conflict in the family or the community?")),
        choice("language", N_("Language of the conversation"), "language"),
        Field("interpreter", N_("Interpreter", "field"), sensitivity=OPEN),
        date_field("signed_by_returnee_on", N_("Signed by the returnee on"), PAST),
        date_field("signed_by_officer_on", N_("Signed by the officer on"), PAST),
    ),
    about_nobody="agreed with the family as a whole",
)  # fmt: skip

SCHOOLING = RecordType(
    "schooling", N_("School", "record"), N_("School", "record"), "g",
    (
        person_field(column=True),
        Field("school", N_("School", "field"), sensitivity=NAMES),
        Field("grade_abroad", N_("Last grade abroad"), sensitivity=OPEN),
        choice("certificates", N_("Certificates from abroad"), "paper_state", of_steps=("SE.HOST_DOCS",)),
        choice("recognition", N_("Recognition", "field"), "recognition_state", of_steps=("SE.RECOG_APPLY", "SE.RECOG_DECISION")),
        date_field("enrolled_on", N_("Enrolled on"), PAST, column=True, of_steps=("SE.ENROL",)),
        yes_no("enrolled_provisionally", N_("Enrolled provisionally"),
                hint=N_("A child can start school while papers are missing and recognition is under way.")),
        Field("grade", N_("Placed in grade"), sensitivity=OPEN),
        date_field("placed_on", N_("Placement decided on"), PAST, of_steps=("SE.PLACEMENT",)),
        choice("language_support", N_("Language support"), "support_state", of_steps=("SE.LANGUAGE",)),
        choice("vaccination", N_("Vaccination record"), "paper_state", of_steps=("SE.VACC",)),
        choice("attends_after_1_month", N_("Attending after one month"), "yes_no_unknown", column=True),
        choice("attends_after_3_months", N_("Attending after three months"), "yes_no_unknown", column=True),
        date_field("left_on", N_("Left school on"), PAST, column=True),
        remarks(),
    ),
)  # fmt: skip

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
)  # fmt: skip

ALL = (
    OFFICE, OFFICER, PROVIDER, STEP_TEMPLATE, SERVICE_TEMPLATE, LIST_ENTRY, PROGRAMME, OFFICE_RULES,
    AUTHORITY, STATED_FIGURE, CASE, PERSON, MEMBERSHIP, PAPER, SERVICE,
    STEP, REFERRAL, FOLLOW_UP, CONTACT, NOTE, PLAN, SCHOOLING, CONSENT, TRANSFER, VULNERABILITY, COST, FILE, ACCESS,
)  # fmt: skip

BY_KEY: Mapping[str, RecordType] = {record_type.key: record_type for record_type in ALL}
OF_CASE = tuple(record_type for record_type in ALL if record_type.of_case)
