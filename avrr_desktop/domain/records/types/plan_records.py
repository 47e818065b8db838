"""What is agreed with a family: its plan, and the school of a child."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, RecordType, Tab
from avrr_desktop.domain.records.shorthand import (  # fmt: skip
    NAMES,
    OPEN,
    PAST,
    choice,
    date_field,
    person_field,
    remarks,
    yes_no,
)

PLAN = RecordType(
    "plan", N_("Plan", "record"), N_("Plan", "record"), "l",
    (
        Field("revision", N_("Revision", "field"), Kind.COUNT, column=True, computed=True, sensitivity=OPEN),
        date_field("agreed_on", N_("Agreed on"), PAST, column=True),
        choice("made_where", N_("Made", "plan"), "plan_side"),
        choice("language", N_("Language of the conversation"), "language"),
        Field("interpreter", N_("Interpreter", "field"), sensitivity=OPEN),
        date_field("signed_by_returnee_on", N_("Signed by the returnee on"), PAST),
        date_field("signed_by_officer_on", N_("Signed by the officer on"), PAST),
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
        Field("needs", N_("Needs", "field"), Kind.CHOICES, codes="category", sensitivity=OPEN),
        Field("steps", N_("Agreed steps"), Kind.LINKS, target="step", sensitivity=OPEN,
              hint=N_("Steps of this case. Each step says who does it and by when.")),
        Field("partners", N_("Partners who take part"), Kind.LINKS, target="provider", sensitivity=OPEN),
    ),
    about_nobody="agreed with the family as a whole",
    not_found="words about objectives and risks would be found in every case",
    tab=Tab("plan", N_("Plan"), 50, N_("No plan yet. A plan records what the person wants to achieve, in their own words, and what was agreed.")),
    told_on=("agreed_on",),
)  # fmt: skip

SCHOOLING = RecordType(
    "schooling", N_("School", "record"), N_("School", "record"), "g",
    (
        person_field(column=True),
        Field("school", N_("School", "field"), sensitivity=NAMES, directory="EDU"),
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
    not_found="a child is found by the child's own names, and remarks about school would be found in every case",
    tab=Tab("school", N_("School"), 60, N_("No child’s schooling is recorded yet. A child can start while papers are missing: enrol " "provisionally while recognition is under way.")),
    told_on=("enrolled_on",),
)  # fmt: skip

TYPES = (PLAN, SCHOOLING)
