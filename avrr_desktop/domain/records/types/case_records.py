"""The case itself, and the people in it."""

from collections.abc import Iterator

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When, stored
from avrr_desktop.domain.people.number_keys import case_words, date_words, number_words, phone_words, squashed
from avrr_desktop.domain.people.personal_number import number_problem
from avrr_desktop.domain.records.fields import (
    Field,
    Found,
    Kind,
    ProblemKind,
    Purpose,
    Record,
    RecordType,
    Tab,
    Travels,
)
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
    EITHER,
    NAMES,
    OPEN,
    PAST,
    PERSON_SECTIONS,
    choice,
    computed,
    date_field,
    person_field,
    provider_field,
    remarks,
    yes_no,
)

_ID, _CONTACT, _REPORT = Purpose.IDENTITY, Purpose.CONTACT, Purpose.REPORTING
NAMES_OF_PEOPLE = ("family_name", "given_names", "family_name_at_birth", "name_variants")


def former_words(numbers: str) -> Iterator[str]:
    """Yield the words for the numbers that a case carried before: each as a case's own number, and as one word."""
    yield from (word for number in numbers.split() for word in (*case_words(number), squashed(number)))


CASE = RecordType(
    "case", N_("Case", "record"), N_("Cases", "record"), "k",
    (
        Field("number", N_("Case number"), column=True, computed=True, sensitivity=OPEN),
        computed("former_numbers", N_("Former case numbers")),
        computed("split_from", N_("Split from case")),
        computed("split_into", N_("Split into case")),
        Field("called", N_("Case name"), Kind.NAME, required=True, column=True, sensitivity=NAMES,
              hint=N_("How you refer to this case, for example “Krasniqi family”.")),
        choice("status", N_("Status", "field"), "case_status", column=True),
        Field("country_of_return", N_("Country of return"), Kind.COUNTRY, column=True, sensitivity=OPEN,
              purpose=_REPORT),
        choice("sub_unit", N_("Region", "field"), "sub_unit",
                hint=N_("Entity, canton or province: offices there may ask for different papers.")),
        Field("municipality_of_return", N_("Municipality of return"), Kind.NAME, column=True, place=True,
              country="country_of_return"),
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
        Field("closure_sent_back_by", N_("Closing sent back by"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
        Field("closure_sent_back_to", N_("Closing sent back to"), Kind.LINK, target="officer", sensitivity=OPEN, computed=True),
        Field("closure_sent_back_on", N_("Closing sent back on"), Kind.DATE, when=PAST, computed=True),
        Field("closure_sent_back_because", N_("Why it is sent back"), Kind.LONG_TEXT, computed=True),
        Field("kept_still_since", N_("Processing restricted since"), Kind.DATE, when=PAST, computed=True),
        Field("kept_still_because", N_("Reason for the restriction"), Kind.LONG_TEXT, computed=True),
        remarks(),
    ),
    of_case=False,
    travels=Travels.NAMED,
    about_nobody="it is about everybody who belongs to it",
    found=Found(
        ("called", "municipality_of_return"),
        {"number": case_words, "former_numbers": former_words, "external_refs": number_words},
        shown=("called",),
    ),
    icon="cases",
)  # fmt: skip


def _look_at_person(person: Record) -> Iterator[tuple[ProblemKind, str, str]]:
    birth = stored(person.text("birth_date"))
    if birth and birth.month == 1 and birth.day == 1:
        yield (
            ProblemKind.UNSURE,
            "birth_date",
            N_("1 January is often used when the day is not known. If so, write only the year."),
        )
    if problem := number_problem(person):
        yield ProblemKind.UNREADABLE, "national_number", problem
    if not person.text("family_name") and not person.text("given_names"):
        yield ProblemKind.UNFINDABLE, "family_name", N_("Enter at least one name, so that the person can be found.")


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
        Field("birth_place", N_("Place of birth"), Kind.NAME, column=True, sensitivity=NAMES, purpose=_ID, place=True,
              country="birth_country"),
        Field("birth_country", N_("Country of birth"), Kind.COUNTRY, purpose=_ID),
        Field("citizenship", N_("Citizenship", "field"), Kind.COUNTRY, purpose=_ID, stateless=True),
        Field("national_number", N_("Personal number"), Kind.NUMBER_OF_PAPER, sensitivity=NAMES, purpose=_ID),
        choice("number_scheme", N_("Type of personal number"), "number_scheme"),
        Field("other_numbers", N_("Other personal numbers"), Kind.LONG_TEXT, sensitivity=NAMES, purpose=_ID,
              hint=N_("Numbers in other documents or of other countries, one per line.")),
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
        Field("address_place", N_("Town or village"), Kind.NAME, purpose=_CONTACT, place=True),
        choice("address_status", N_("Type of address"), "address_status"),
        Field("languages", N_("Languages", "field"), Kind.CHOICES, codes="language"),
        Field("occupation", N_("Occupation", "field")),
        Field("joined_into", N_("Joined into", "field"), Kind.LINK, target="person", sensitivity=OPEN, computed=True),
        Field("not_same", N_("Not the same person as", "field"), Kind.LINKS, target="person", sensitivity=OPEN, computed=True),
        remarks(),
    ),
    of_case=False,
    travels=Travels.NAMED,
    about=("uid",),
    found=Found(
        (*NAMES_OF_PEOPLE, "father_name", "mother_name", "birth_place", "address_place"),
        {"birth_date": date_words, "national_number": number_words, "other_numbers": number_words, "phone": phone_words,
         "trusted_contact": phone_words},
        given=("given_names", "father_name", "mother_name"), near=NAMES_OF_PEOPLE,
    ),
    tab=Tab("people", N_("People"), 20),
    icon="person",
    sections=PERSON_SECTIONS,
    rules=_look_at_person,
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
    not_found="people are found by their own names",
    shown_in="people",
)  # fmt: skip

TYPES = (CASE, PERSON, MEMBERSHIP)
