"""How values read: list, form, PDF and tables all say a value through this module."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people import country
from avrr_desktop.domain.people.dates import age_on, days_between, stored
from avrr_desktop.domain.people.languages import LANGUAGE_LIST
from avrr_desktop.domain.places.placed import place_of
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.procedure.steps import Standing, StepView
from avrr_desktop.domain.records.fields import Field, Kind, Purpose, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY


class Speaks(Protocol):
    """What the domain asks of a language."""

    language: str

    def text(self, message: str, context: str = "", /, **values: object) -> str:
        """Return the message in this language, its placeholders filled; the context tells its meanings apart."""

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of the message that the number asks for."""

    def countries(self) -> Mapping[str, str]:
        """Return the name of every country by its code."""

    def language_names(self) -> Mapping[str, str]:
        """Return the name of every language that people may speak by its code."""

    def partial_date(self, stored_date: str) -> str:
        """Return a stored date as this language writes it."""

    def number(self, number: int) -> str:
        """Return a whole number as this language writes it."""


MASK = "•••"


def text_of(field: Field, value: Value | None, words: Speaks, pack: Pack, *, masked: bool = False) -> str:
    """Return one value as people read it; empty for a missing one. Links are named by the caller's case."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, tuple):
        return ", ".join(choice_text(field.codes, code, words, pack) for code in value)
    if isinstance(value, bool):
        return words.text(N_("Yes", "answer")) if value else words.text(N_("No", "answer"))
    if isinstance(value, int):
        return words.number(value)
    if field.kind is Kind.CHOICE:
        return choice_text(field.codes, value, words, pack)
    if field.kind is Kind.COUNTRY:
        return country_name(value, words)
    if field.kind is Kind.DATE:
        return words.partial_date(value)
    if field.kind is Kind.NUMBER_OF_PAPER and masked:
        return mask(value)
    return value


def value_text(
    record: Record, key: str, words: Speaks, pack: Pack, *, masked: bool = False, paper: bool = False
) -> str:
    """Return one value of a record as people read it: as ``text_of`` says it, a place by its name in this language.

    ``paper``: a place stands with both official names where the law has two.
    """
    field = BY_KEY[record.type].field(key)
    if field.place:
        return place_text(record, key, words, pack, paper=paper)
    return text_of(field, record.values.get(key), words, pack, masked=masked)


def place_text(record: Record, key: str, words: Speaks, pack: Pack, *, paper: bool = False) -> str:
    """Return a place as people read it; where no place is meant for sure, and where a document is quoted, the text as it was typed."""
    place = None if BY_KEY[record.type].field(key).purpose is Purpose.IDENTITY else place_of(record, key, pack.places)
    if place is None:
        return record.text(key)
    return place.on_paper() if paper else place.name(words.language)


def place_of_return(case: Record, words: Speaks, pack: Pack, *, paper: bool = False) -> str:
    """Return municipality and country of return: “Ferizaj, Kosovo*”."""
    place = place_text(case, "municipality_of_return", words, pack, paper=paper)
    return ", ".join(filter(None, (place, country_name(case.text("country_of_return"), words))))


def place_of_line(line: CaseLine, words: Speaks, pack: Pack) -> str:
    """Return the municipality of return as a list shows it."""
    place = pack.places.get(line.place_code) if line.place_code else None
    return place.name(words.language) if place else line.place


def mask(number: str) -> str:
    """Return a personal or document number with all but its last two characters hidden."""
    return MASK + number[-2:] if len(number) > 5 else MASK


def country_name(code: str, words: Speaks) -> str:
    """Return a country's name; Kosovo* with its mark, always."""
    if code == country.STATELESS:
        return words.text(country.STATELESS_NAME)
    return words.countries().get(code, code)


def choice_text(codes: str, code: str, words: Speaks, pack: Pack) -> str:
    """Return what a code of a list reads; a language that the list lacks by the name that CLDR has for it."""
    if codes == LANGUAGE_LIST and code not in pack.codes.get(codes, {}):
        return words.language_names().get(code, code)
    return words.text(pack.label(codes, code))


def person_name(person: Record) -> str:
    """Return “Family, Given” as the document spells it and papers print it; what there is when one part is missing."""
    return ", ".join(part for part in (person.text("family_name"), person.text("given_names")) if part)


def person_shown(person: Record, day: date, words: Speaks) -> str:
    """Return “Ana Krasniqi, 12”: how the people of one family are told apart on the screen, the given name first."""
    name = " ".join(part for part in (person.text("given_names"), person.text("family_name")) if part)
    age = age_on(person.text("birth_date"), day)
    if age is None or not name:
        return name
    years, sure = age
    written = words.number(years) if years else words.text(N_("under 1", "age"))
    return f"{name}, {written if sure else words.text(N_('about {age}', 'age'), age=written)}"


def born_and_age(person: Record, day: date, words: Speaks) -> str:
    """Return the birth date with the age, “about” where the date is not exact; empty when unknown."""
    birth = person.text("birth_date")
    if not stored(birth):
        return ""
    written = words.partial_date(birth)
    age = age_on(birth, day)
    return written if age is None else f"{written} ({age_text(age, words)})"


def age_text(age: tuple[int, bool], words: Speaks) -> str:
    """Return an age in years."""
    years, sure = age
    text = words.plural("{count} year", "{count} years", years, count=years)
    return text if sure else words.text(N_("about {age}", "age"), age=text)


def since_days(since: str, today: date, words: Speaks) -> str:
    """Return “for 12 days”, or the date itself when it is not known to the day."""
    days = days_between(since, today)
    if days is None:
        return words.text(N_("since {date}"), date=words.partial_date(since))
    if days <= 0:
        return words.text(N_("since today"))
    return words.plural("for {count} day", "for {count} days", days, count=days)


def due_text(due: str, today: date, words: Speaks) -> str:
    """Return how far a date is: 3 days overdue, today, tomorrow, in 5 days, or the date."""
    known = stored(due)
    if known is None:
        return ""
    days = (known.last() - today).days
    if days < 0:
        return words.plural("{count} day overdue", "{count} days overdue", -days, count=-days)
    if days == 0:
        return words.text(N_("today", "day"))
    if days == 1:
        return words.text(N_("tomorrow", "day"))
    if days <= 30:
        return words.plural("in {count} day", "in {count} days", days, count=days)
    return words.partial_date(due)


def standing_text(view: StepView, today: date, words: Speaks, pack: Pack) -> tuple[str, str]:
    """Return (state in words, smaller line under it) of a step."""
    step = view.step
    if view.standing is Standing.WAITING:
        since = since_days(step.text("filed_on"), today, words) if step.text("filed_on") else ""
        below = ", ".join(part for part in (since, ahead_text(view, words)) if part)
        return words.text(N_("Waiting for the office", "state of a step")), below
    if view.later:
        waited = words.text(N_("Waiting for: {steps}"), steps=_waited_for(view, words))
        return words.text(N_("Later", "state of a step")), waited
    if view.standing is Standing.BLOCKED:
        if view.blockers or view.one_of:
            return words.text(N_("Blocked", "state of a step")), words.text(
                N_("Waiting for: {steps}"), steps=_waited_for(view, words)
            )
        return words.text(N_("Blocked", "state of a step")), words.text(
            pack.label("block_reason", step.text("block_reason"))
        )
    texts = {
        Standing.DONE: N_("Done", "state of a step"), Standing.NOT_NEEDED: N_("Not needed", "state of a step"), Standing.REFUSED: N_("Refused", "state of a step"),
        Standing.UNDER_WAY: N_("Under way", "state of a step"), Standing.CAN_START: N_("Can start now", "state of a step"),
    }  # fmt: skip
    return words.text(texts[view.standing]), ahead_text(view, words)


def late_text(view: StepView, today: date, words: Speaks) -> str:
    """Return how late a step is; empty for one that is not."""
    return due_text(view.awaited(), today, words) if view.is_late(today) else ""


def ahead_text(view: StepView, words: Speaks) -> str:
    """Return what a step went ahead of, and why; empty for one that waited for all that it should."""
    if not view.ahead_of:
        return ""
    steps = ", ".join(_short(step, words) for step in view.ahead_of)
    reason = view.step.text("go_ahead_reason")
    if reason:
        return words.text(N_("ahead of {steps}: {reason}"), steps=steps, reason=reason)
    return words.text(N_("ahead of {steps}, no reason given"), steps=steps)


def _waited_for(view: StepView, words: Speaks) -> str:
    parts = [_short(item, words) for item in view.blockers]
    if view.one_of:
        choice = _short(view.one_of[0], words)
        for step in view.one_of[1:]:
            choice = words.text(N_("{first} or {second}"), first=choice, second=_short(step, words))
        parts.append(choice)
    return ", ".join(parts)


def _short(step: Record, words: Speaks) -> str:
    return words.text(step.text("short") or step.text("title"))


def blocked_sentence(view: StepView, people: Mapping[str, Record], words: Speaks, pack: Pack) -> str:
    """Return one sentence that says why a step cannot start, and the way out; empty for a step that can."""
    if view.standing is not Standing.BLOCKED:
        return ""
    step = view.step
    if step.text("state") == StepState.BLOCKED.code:
        reason = words.text(pack.label("block_reason", step.text("block_reason")))
        return words.text(N_("Blocked: {reason}"), reason=reason) if reason else words.text(N_("Blocked."))

    def named(item: Record) -> str:
        person = people.get(item.text("person"))
        given = person.text("given_names") or person.text("family_name") if person else ""
        return f"{_short(item, words)} ({given})" if given else _short(item, words)

    if view.circle:
        around = " → ".join(named(item) for item in (*view.circle, view.circle[0]))
        return words.text(
            N_(
                "These steps are waiting for each other: {steps}. Give a reason to go ahead, or change what they "
                "are waiting for."
            ),
            steps=around,
        )
    refused = [item for item in (*view.blockers, *view.one_of) if item.text("state") == StepState.REFUSED.code]
    parts = [named(item) for item in view.blockers]
    if view.one_of:
        choice = ", ".join(named(item) for item in view.one_of)
        parts.append(words.text(N_("one of: {steps}"), steps=choice) if len(view.one_of) > 1 else choice)
    sentence = words.text(N_("Waiting for: {steps}"), steps="; ".join(parts))
    if refused:
        advice = N_("Refused: {step}. Appeal, try another way, or give a reason to go ahead anyway.")
        return f"{sentence}. {words.text(advice, step=named(refused[0]))}"
    return sentence
