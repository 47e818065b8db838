"""Papers, services and the steps of which services are made."""

from collections.abc import Iterator

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.number_keys import number_words
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.records.fields import Field, Found, Kind, ProblemKind, Purpose, Record, RecordType, Tab
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    COMING,
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

_ID = Purpose.IDENTITY

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
    found=Found(("names_as_written",), {"number": number_words}, shown=("doc_type",)),
    tab=Tab("papers", N_("Papers"), 30, N_("No papers yet. Record what each person has, and what is missing: missing papers show what to do next.")),
    icon="paper",
    told_on=("issued_on", "requested_on"),
    defaults={"state": "held"},
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
    not_found="found by its steps and people; its name stands in thousands of cases",
    tab=Tab("services", N_("Services"), 40),
    icon="service",
)  # fmt: skip


def _look_at_step(step: Record) -> Iterator[tuple[ProblemKind, str, str]]:
    if step.text("state") == StepState.BLOCKED.code and not step.text("block_reason"):
        yield ProblemKind.UNEXPLAINED, "block_reason", N_("Say what blocks the step, so that somebody can help.")


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
        Field("office_name", N_("Office", "field"), column=True, sensitivity=OPEN, directory="authority"),
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
        Field("handed_to", N_("Handed over to"), sensitivity=NAMES, computed=True),
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
    found=Found(numbers={"file_number": number_words}, shown=("title",)),
    shown_in="services",
    icon="step",
    told_on=("done_on", "filed_on"),
    rules=_look_at_step,
)  # fmt: skip

TYPES = (PAPER, SERVICE, STEP)
