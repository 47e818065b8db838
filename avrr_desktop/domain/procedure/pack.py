"""A programme pack: procedures, code lists and settings that a programme decides, as one value.

A template is found by country: what a country's pack says of a step stands in place of the generic step, and what it
says of one entity, canton or province stands before what it says of the whole country.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from datetime import timedelta
from typing import Any

from avrr_desktop.domain.i18n import in_context
from avrr_desktop.domain.people.country import RETURN, code_of
from avrr_desktop.domain.people.dates import span_of
from avrr_desktop.domain.places.gazetteer import Gazetteer, gazetteer
from avrr_desktop.domain.places.own_list import laid_over as places_over
from avrr_desktop.domain.procedure.pack_settings import SETTINGS
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.pack_records import part_key

SCHEMA = 1
UNVERIFIED = "unverified_default"
CONFIRMED = "confirmed"
OUTDATED = "outdated"
WITHDRAWN = "withdrawn"
COMPUTED_LISTS = ("step_template", "situation", "programme")  # lists of what the pack itself declares


@dataclass(frozen=True, slots=True)
class StepTemplate:
    """An editable default for one administrative act, with where it comes from. Fields as in domain/records/types/pack_records.py."""

    key: str
    title: str
    short: str = ""
    scope: str = "person"
    authority: str = ""
    country: str = ""
    sub_unit: str = ""
    extends: str = ""  # the generic step that it stands for
    guidance: str = ""
    needs: tuple[str, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    helped_by: tuple[str, ...] = ()
    parents_first: tuple[str, ...] = ()  # steps that the parents had better finish before a child's
    needs_papers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    fee: str = ""
    legal_deadline: str = ""
    expected_days: int = 0
    basis: str = "programme"
    source_title: str = ""
    source_date: str = ""
    source_url: str = ""
    verification_status: str = UNVERIFIED
    verified_by: str = ""
    verified_on: str = ""
    review_due_on: str = ""
    version: int = 1
    over_version: int = 0  # the shipped version over which an office laid its own; 0 for a shipped one

    @property
    def root(self) -> str:
        """The generic key by which dependencies name this step."""
        return self.extends or self.key

    @property
    def confirmed(self) -> bool:
        """Return whether a focal point of the programme confirmed it."""
        return self.verification_status == CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTemplate:
    """One line of assistance with its usual steps."""

    key: str
    title: str
    category: str = ""
    steps: tuple[str, ...] = ()
    programme: str = ""  # offered only in cases of this programme; empty: in all


@dataclass(frozen=True, slots=True)
class Situation:
    """What an officer ticks at intake, and the services that it proposes.

    ``facts``: what must be known of a person for the situation itself to be proposed, see ``facts.KNOWN``; none: never
    by itself. ``reason``: what the officer reads beside it.
    """

    key: str
    title: str
    services: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """What people also type for an entry of a list, and of which sex it is where it is of one."""

    also: str = ""  # words with commas between them
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A sentence beside some steps in one country: a rule that is no step of its own."""

    key: str
    country: str
    about: tuple[str, ...]
    text: str
    basis: str
    source_title: str
    verification_status: str = UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What one programme decides: whom it helps, and for how long."""

    key: str
    title: str
    donor: str = ""
    direction: str = ""
    eligible_statuses: tuple[str, ...] = ()  # empty: the programme names none
    settings: Mapping[str, int] = field(default_factory=dict)
    kosovo_note: str = ""  # the sentence below Kosovo* that its donor asks for; empty: that of the United Nations
    retention: tuple[str, ...] = ()  # what goes after the closing, a rule a line: domain/procedure/retention.py


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFigure:
    """A total that somebody published; it may differ from the sum of its parts, and nobody mends it.

    Figures of two units are two figures, also for the same people: they are never added to each other.
    """

    title: str
    period_from: str  # empty: not stated
    period_until: str  # the first day after
    unit: str  # a code of the list figure_unit
    stated_total: int
    parts: Mapping[str, int]  # country of return -> its part; without any, the total was not divided
    source: str = ""
    programme: str = ""
    hosts: tuple[str, ...] = ()  # the countries that people came from, as codes or as they were written
    note: str = ""

    @property
    def name(self) -> tuple[str, ...]:
        """What makes it this figure and no other: its number may be corrected."""
        return self.programme, self.title, self.unit, self.period_from, self.period_until

    @property
    def allocated(self) -> int:
        """The sum of the parts."""
        return sum(self.parts.values())

    @property
    def unallocated(self) -> int:
        """What the stated total has above the sum of its parts: given to nobody. Below zero where the parts are more."""
        return self.stated_total - self.allocated

    @property
    def last_day(self) -> str:
        """The last day of its period; empty where that is not stated."""
        end = span_of(self.period_until)
        return (end.first - timedelta(days=1)).isoformat() if end else ""

    @property
    def not_stated(self) -> tuple[str, ...]:
        """The countries of return without a part, where others have one."""
        return tuple(code for code in RETURN if code not in self.parts) if self.parts else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that programmes decide, as one value."""

    key: str
    title: str
    version: int
    services: Mapping[str, ServiceTemplate] = field(default_factory=dict)
    steps: Mapping[str, StepTemplate] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settings: Mapping[str, int] = field(default_factory=dict)
    figures: tuple[PublishedFigure, ...] = ()
    situations: Mapping[str, Situation] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # list -> group -> its codes
    advice: tuple[Advice, ...] = ()
    authorities: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (country, kind of office) -> its name
    legalisation: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (issued in, used in) -> answer
    typed: Mapping[str, Mapping[str, TypedWord]] = field(default_factory=dict)  # list -> code -> what is typed for it
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # country -> month in which something begins
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)  # "paper.usable_until" -> guiding text
    within: Mapping[str, str] = field(default_factory=dict)  # part of a country -> the larger part that it lies in
    shared: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # category -> groups of data that a referral tells
    by_need: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # specific need -> services to think of
    own_places: Gazetteer | None = field(
        default=None, compare=False, repr=False
    )  # the shipped places with the office's own
    overrides: Mapping[tuple[str, str, str], str] = field(init=False, repr=False)  # (step, country, part) -> key

    def __post_init__(self) -> None:
        overrides = {
            (step.extends, step.country, step.sub_unit): step.key for step in self.steps.values() if step.extends
        }
        object.__setattr__(self, "overrides", overrides)

    @property
    def places(self) -> Gazetteer:
        """The places that the office knows: those that ship, and its own list over them."""
        return self.own_places or gazetteer()

    def told_of(self, category: str) -> frozenset[str]:
        """Return the codes of the groups of data that a referral of a category tells at most; health only where it is said."""
        return frozenset(self.shared.get(category, ("identity", "contact", "need")))

    def label(self, codes: str, code: str) -> str:
        """Return the untranslated label of a code; the code itself when the list does not know it."""
        label = self.codes.get(codes, {}).get(code)
        return code if label is None else in_context(label, label_context(codes))

    def labels(self, codes: str) -> dict[str, str]:
        """Return the untranslated label of every code of a list; nothing for a list that the pack does not have."""
        return {code: in_context(label, label_context(codes)) for code, label in self.codes.get(codes, {}).items()}

    def grouped(self, codes: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return (heading, its codes) of a list, in the order of the pack; under an empty one, last, what is in no group."""
        groups = self.groups.get(codes, {})
        headings = self.labels(f"{codes}_group")
        grouped = {code for inside in groups.values() for code in inside}
        rest = tuple(code for code in self.codes.get(codes, {}) if code not in grouped)
        return (
            *((headings.get(name, name), inside) for name, inside in groups.items()),
            *((("", rest),) if rest else ()),
        )

    def setting(self, key: str, programme: str = "") -> int:
        """Return a number that the programme sets, else the pack, else what is usual. KeyError for one that nobody declared."""
        chosen = self.programmes.get(programme)
        if chosen and key in chosen.settings:
            return chosen.settings[key]
        return self.settings.get(key, SETTINGS[key].usual)

    def template(self, key: str, country: str = "", sub_unit: str = "") -> StepTemplate | None:
        """Return the template of a generic step as it holds in a place; None for a key that the pack lacks."""
        step = self.steps.get(key)
        if step is None or step.extends:
            return step
        while sub_unit:
            if found := self.overrides.get((key, country, sub_unit)):
                return self.steps[found]
            sub_unit = self.within.get(sub_unit, "")
        found = self.overrides.get((key, country, ""))
        return self.steps[found] if found else step

    def root(self, key: str) -> str:
        """Return the generic key behind a template's key."""
        step = self.steps.get(key)
        return step.root if step else key

    def advice_on(self, key: str, country: str) -> tuple[Advice, ...]:
        """Return what a country's pack says beside a step."""
        root = self.root(key)
        return tuple(item for item in self.advice if item.country == country and root in item.about)

    def services_for(self, programme: str) -> tuple[ServiceTemplate, ...]:
        """Return the services that are offered in cases of a programme."""
        return tuple(item for item in self.services.values() if item.programme in ("", programme))


_TEMPLATE_FIELDS = tuple(item.name for item in dataclass_fields(StepTemplate))


def template_values(template: StepTemplate) -> dict[str, Any]:
    """Return a template as values of the record type ``step_template``; empty ones left out."""
    return {name: value for name in _TEMPLATE_FIELDS if (value := getattr(template, name))}


def template_of(record: Record) -> StepTemplate:
    """Return the template that an office's record means."""
    values: dict[str, Any] = {name: record.values[name] for name in _TEMPLATE_FIELDS if name in record.values}
    return StepTemplate(**{"title": values["key"], **values})


def _known(step: StepTemplate, pack: Pack, records: Mapping[str, tuple[Record, ...]]) -> StepTemplate:
    """Return a template without what names steps that are there no more."""
    there = {*pack.steps, *(record.text("key") for record in records.get("step_template", ()))}

    def kept(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in there)

    return replace(
        step, needs=kept(step.needs), needs_one_of=kept(step.needs_one_of), helped_by=kept(step.helped_by),
        parents_first=kept(step.parents_first),
    )  # fmt: skip


def laid_over(pack: Pack, records: Mapping[str, tuple[Record, ...]]) -> Pack:
    """Return a pack with an office's own steps, services and list entries laid over it by key."""
    own = [
        _known(template_of(record), pack, records) for record in records.get("step_template", ()) if record.text("key")
    ]
    steps = {**pack.steps, **{item.key: item for item in own}}
    services = dict(pack.services)
    for record in records.get("service_template", ()):
        if not record.text("key"):
            continue
        known = tuple(key for key in record.many("steps") if key in steps)
        services[record.text("key")] = ServiceTemplate(
            key=record.text("key"),
            title=record.text("title"),
            category=record.text("category"),
            steps=known,
            programme=record.text("programme"),
        )
    codes = {name: dict(entries) for name, entries in pack.codes.items()}
    for record in records.get("list_entry", ()):
        codes.setdefault(record.text("list"), {})[record.text("code")] = record.text("label")
    programmes = {**pack.programmes, **{one.key: one for one in _own_programmes(pack, records)}}
    own_rules = records.get("office_rules", ())
    settings = {**pack.settings, **{key: value for record in own_rules for key, value in set_in(record).items()}}
    authorities = {
        (one.text("country"), one.text("type")): one.text("name")
        for one in records.get("authority", ()) if one.text("name")
    }  # fmt: skip
    figures = {one.name: one for one in (*pack.figures, *map(figure_of, records.get("stated_figure", ())))}
    own_places = records.get("place", ())
    pack = replaced(
        pack, steps=steps, services=services, programmes=programmes, settings=settings,
        own_places=places_over(gazetteer(), own_places) if own_places else None,
        authorities={**pack.authorities, **authorities}, figures=tuple(figures.values()),
    )  # fmt: skip
    return replaced(pack, codes=with_computed_lists(codes, pack, steps))


def set_in(record: Record) -> dict[str, int]:
    """Return the settings that an office’s record says something of."""
    return {key: int(value) for key in SETTINGS if isinstance(value := record.values.get(key), int)}


def _own_programmes(pack: Pack, records: Mapping[str, tuple[Record, ...]]) -> list[Programme]:
    own = [record for record in records.get("programme", ()) if record.text("key")]
    shipped = {
        record.text("key"): pack.programmes.get(record.text("key"), Programme(key="", title="")) for record in own
    }
    return [
        Programme(
            key=record.text("key"), title=record.text("title"), donor=record.text("donor"), direction=record.text("direction"),
            eligible_statuses=record.many("eligible_statuses"), settings={**shipped[record.text("key")].settings, **set_in(record)},
            kosovo_note=record.text("kosovo_note"), retention=tuple(filter(None, record.text("retention").splitlines())),
        )
        for record in own
    ]  # fmt: skip


def figure_of(record: Record) -> PublishedFigure:
    """Return the stated figure that an office's record means."""
    first, last = span_of(record.text("period_from")), span_of(record.text("period_until"))
    parts = {code: record.whole(part_key(code)) for code in RETURN if part_key(code) in record.values}
    hosts = (one.strip() for one in record.text("hosts").split(","))
    return PublishedFigure(
        title=record.text("title"), period_from=first.first.isoformat() if first else "",
        period_until=(last.last + timedelta(days=1)).isoformat() if last else "", unit=record.text("unit") or "cases",
        stated_total=record.whole("total"), parts=parts, source=record.text("source"), programme=record.text("programme"),
        hosts=tuple(code_of(one) or one for one in hosts if one), note=record.text("note"),
    )  # fmt: skip


def label_context(codes: str) -> str:
    """Return the context of the labels of a list, which are often adjectives; titles of other things need none."""
    return "" if codes in COMPUTED_LISTS else f"codes.{codes}"


def with_computed_lists(
    codes: Mapping[str, Mapping[str, str]], pack: Pack, steps: Mapping[str, StepTemplate]
) -> dict[str, Mapping[str, str]]:
    """Return the code lists with those that follow from the pack itself: its generic steps, situations, programmes."""
    return {
        **codes,
        "step_template": {key: step.title for key, step in steps.items() if not step.extends},
        "situation": {key: item.title for key, item in pack.situations.items()},
        "programme": {key: item.title for key, item in pack.programmes.items()},
    }


def replaced(pack: Pack, **values: Any) -> Pack:
    """Return the pack with some of its tables replaced."""
    kept = {item.name: getattr(pack, item.name) for item in dataclass_fields(Pack) if item.init}
    return Pack(**{**kept, **values})
