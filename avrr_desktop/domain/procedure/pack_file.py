"""Reads pack files (TOML documents): every table checked; a broken file is refused whole, naming file, table and key."""

from collections.abc import Mapping, Sequence
from typing import Any

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import NAMES, RETURN
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.procedure import facts
from avrr_desktop.domain.procedure.pack import (
    SCHEMA,
    UNVERIFIED,
    Advice,
    Pack,
    Programme,
    PublishedFigure,
    ServiceTemplate,
    Situation,
    StepTemplate,
    TypedWord,
    replaced,
    with_computed_lists,
)
from avrr_desktop.domain.procedure.pack_settings import SETTINGS, refused
from avrr_desktop.domain.procedure.retention import rule_of

STATUSES = frozenset({UNVERIFIED, "confirmed", "outdated", "withdrawn"})
BASES = frozenset({"published", "found", "general_knowledge", "programme"})
_TEXTS = ("title", "short", "scope", "authority", "sub_unit", "guidance", "fee", "legal_deadline", "basis",
          "verification_status", "verified_by", "verified_on", "review_due_on")  # fmt: skip
_LISTS = ("needs", "needs_one_of", "helped_by", "parents_first", "needs_papers", "evidence")
_PRACTICE = frozenset(
    {
        "office",
        "countries",
        "hosts",
        "host_cities",
        "notes",
        "followups",
        "referral_reasons",
        "standing",
        "providers",
        "field_partners",
        "officers",
        "plan",
    }
)
_TABLES = frozenset({"pack", "settings", "services", "steps", "codes", "published_figure", "situations", "advice",
                     "authorities", "legalisation", "terms", "programme", "programmes", "hints", "within", "groups", "typed",
                     "shared_by_category", "services_by_need"})  # fmt: skip
_OF_PROGRAMME = frozenset(
    {"key", "title", "donor", "direction", "eligible_statuses", "settings", "retention", "kosovo_note"}
)
_OF_FIGURE = (
    "title",
    "source",
    "programme",
    "period_from",
    "period_until",
    "unit",
    "stated_total",
    "parts",
    "hosts",
    "note",
)
Document = Mapping[str, Any]


OFFICE = "office"  # the name under which an office's own pack stands below a file that is read over it


def parse(documents: Sequence[tuple[str, Document]]) -> Pack:
    """Return the pack that TOML documents mean together, the first one the base of the others.

    ``documents``: (name of the file, its content). Raises BadInputError naming file, table and key.
    """
    pack: Pack | None = None
    places: dict[str, str] = {}
    for where, data in documents:
        pack = _Layer(where, data, pack, places).laid()
    if pack is None:
        raise broken("?", "pack", "")
    _check_links(pack, places)
    return replaced(pack, codes=with_computed_lists(pack.codes, pack, pack.steps))


def broken(where: str, table: str, key: str) -> BadInputError:
    """Return the error for a pack file: which file, table and key."""
    return BadInputError(
        N_("The programme pack “{file}” is not valid: table [{table}], key {key}."),
        N_("Nothing was imported. Ask the author of the pack."),
        {"file": where, "table": table, "key": key},
    )


class _Layer:
    """One file laid over what the files before it said."""

    def __init__(self, where: str, data: Document, below: Pack | None, places: dict[str, str]) -> None:
        self._where, self._data, self._places = where, data, places
        self._below = below or Pack(key="", title="", version=0)
        self._settings("settings", data.get("settings", {}))
        for name in ("hints", "within", "terms"):
            if not isinstance(data.get(name, {}), dict):
                raise broken(where, name, "")
        for name in data:
            if name not in _TABLES | _PRACTICE:
                raise broken(where, name, "")
        self._head = self._table("pack")
        if self._head.get("schema") != SCHEMA:
            raise broken(where, "pack", "schema")
        self._country = str(self._head.get("country", ""))
        self._programme = self._data.get("programme")

    def laid(self) -> Pack:
        """Return the pack below with this file over it."""
        below, data = self._below, self._data
        head = self._need(self._head, "pack", "key", "title", "version")
        programmes = self._programmes()
        steps = {**below.steps}
        for key, table in self._tables("steps"):
            steps[key] = self._step(key, table, steps)
        codes = {name: dict(entries) for name, entries in below.codes.items()}
        for name, entries in self._tables("codes"):
            codes.setdefault(name, {}).update({code: self._text("codes." + name, code, entries) for code in entries})
        first = not below.key
        return Pack(
            key=head["key"] if first else below.key, title=head["title"] if first else below.title,
            version=head["version"] if first else below.version,
            services={**below.services, **{key: self._service(key, table) for key, table in self._tables("services")}},
            steps=steps, codes=codes, settings={**below.settings, **data.get("settings", {})},
            figures=tuple({one.name: one for one in (*below.figures, *self._figures())}.values()),
            situations={**below.situations, **{key: self._situation(key, table) for key, table in self._tables("situations")}},
            groups={**below.groups, **{key: self._groups(key, table) for key, table in self._tables("groups")}},
            advice=(*below.advice, *(self._advice(key, table) for key, table in self._tables("advice"))),
            authorities={**below.authorities, **dict(self._authority(key, table) for key, table in self._tables("authorities"))},
            legalisation={**below.legalisation, **self._legalisation()},
            typed={**below.typed, **{
                name: {**below.typed.get(name, {}), **self._typed(name, table)} for name, table in self._tables("typed")
            }},
            terms={**below.terms, **({self._country: dict(data["terms"])} if "terms" in data else {})},
            programmes={**below.programmes, **programmes},
            shared={**below.shared, **self._lists("shared_by_category")},
            by_need={**below.by_need, **self._lists("services_by_need")},
            hints={**below.hints, **data.get("hints", {})}, within={**below.within, **data.get("within", {})},
        )  # fmt: skip

    def _table(self, name: str) -> Document:
        table = self._data.get(name)
        if not isinstance(table, dict):
            raise broken(self._where, name, "")
        return table

    def _tables(self, name: str) -> list[tuple[str, Document]]:
        table = self._data.get(name, {})
        if not isinstance(table, dict):
            raise broken(self._where, name, "")
        for key, item in table.items():
            if not isinstance(item, dict):
                raise broken(self._where, name, key)
            self._places[f"{name}.{key}"] = self._where
        return list(table.items())

    def _need(self, table: Document, name: str, *keys: str) -> Document:
        for key in keys:
            if key not in table:
                raise broken(self._where, name, key)
        return table

    def _text(self, name: str, key: str, table: Document) -> str:
        if not isinstance(table.get(key, ""), str):
            raise broken(self._where, name, key)
        return str(table.get(key, ""))

    def _list(self, name: str, key: str, table: Document) -> tuple[str, ...]:
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise broken(self._where, name, key)
        return tuple(found)

    def _source(self, name: str, table: Document) -> dict[str, str]:
        source = table.get("source", {})
        if not isinstance(source, dict):
            raise broken(self._where, name, "source")
        return {f"source_{key}": self._text(name, key, source) for key in ("title", "date", "url") if source.get(key)}

    def _provenance(self, name: str, table: Document) -> None:
        self._need(table, name, "basis", "verification_status")
        if self._text(name, "basis", table) not in BASES:
            raise broken(self._where, name, "basis")
        if self._text(name, "verification_status", table) not in STATUSES:
            raise broken(self._where, name, "verification_status")
        if self._where != OFFICE and table["basis"] in ("found", "published") and not self._source(name, table):
            raise broken(self._where, name, "source")

    def _step(self, key: str, table: Document, steps: Mapping[str, StepTemplate]) -> StepTemplate:
        name = f"steps.{key}"
        self._provenance(name, table)
        extends = self._text(name, "extends", table)
        if extends and extends not in steps:
            raise broken(self._where, name, "extends")
        below = steps.get(extends)
        values: dict[str, Any] = {}
        if below is not None:
            values = {one: getattr(below, one) for one in ("title", "short", "scope", "authority", "guidance", *_LISTS)}
        values |= {one: self._text(name, one, table) for one in _TEXTS if one in table}
        values |= {one: self._list(name, one, table) for one in _LISTS if one in table}
        self._need(values, name, "title", "scope")
        version, days = table.get("template_version"), table.get("expected_days", 0)
        if not isinstance(version, int):
            raise broken(self._where, name, "template_version")
        if not isinstance(days, int) or days < 0:
            raise broken(self._where, name, "expected_days")
        if values["scope"] not in ("person", "case"):
            raise broken(self._where, name, "scope")
        values.setdefault("short", values["title"])
        return StepTemplate(
            key=key, extends=extends, country=self._text(name, "country", table) or self._country, expected_days=days, version=version,
            **{**values, **self._source(name, table)},
        )  # fmt: skip

    def _service(self, key: str, table: Document) -> ServiceTemplate:
        name = f"services.{key}"
        self._need(table, name, "title", "category", "steps")
        programme = self._programme["key"] if self._programme else self._text(name, "programme", table)
        return ServiceTemplate(
            key=key, title=self._text(name, "title", table), category=self._text(name, "category", table),
            steps=self._list(name, "steps", table), programme=programme,
        )  # fmt: skip

    def _situation(self, key: str, table: Document) -> Situation:
        name = f"situations.{key}"
        self._need(table, name, "title", "services")
        stated = table.get("facts", {})
        if not isinstance(stated, dict) or (wrong := facts.refused(stated)):
            raise broken(self._where, f"{name}.facts", wrong if isinstance(stated, dict) else "")
        if stated:
            self._need(table, name, "reason")
        services, reason = self._list(name, "services", table), self._text(name, "reason", table)
        return Situation(
            key=key, title=self._text(name, "title", table), services=services, facts=dict(stated), reason=reason
        )  # fmt: skip

    def _typed(self, codes: str, table: Document) -> dict[str, TypedWord]:
        """Return what is also typed for the entries of a list: a text, or a table of text and sex."""
        name, found = f"typed.{codes}", {}
        for code, said in table.items():
            said = {"also": said} if isinstance(said, str) else said
            if not isinstance(said, dict) or set(said) - {"also", "sex"}:
                raise broken(self._where, name, code)
            found[code] = TypedWord(self._text(name, "also", said), self._text(name, "sex", said))
        return found

    def _groups(self, key: str, table: Document) -> dict[str, tuple[str, ...]]:
        return {name: self._list(f"groups.{key}", name, table) for name in table}

    def _lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a table whose every entry is a list of keys."""
        table = self._table(name) if name in self._data else {}
        self._places |= dict.fromkeys((f"{name}.{key}" for key in table), self._where)
        return {key: self._list(name, key, table) for key in table}

    def _advice(self, key: str, table: Document) -> Advice:
        name = f"advice.{key}"
        self._need(table, name, "about", "text")
        self._provenance(name, table)
        return Advice(
            key=key, country=self._country, about=self._list(name, "about", table), text=self._text(name, "text", table), basis=table["basis"],
            source_title=self._source(name, table).get("source_title", ""), verification_status=table["verification_status"],
        )  # fmt: skip

    def _authority(self, key: str, table: Document) -> tuple[tuple[str, str], str]:
        name = f"authorities.{key}"
        self._need(table, name, "type", "text")
        self._provenance(name, table)
        country = self._text(name, "country", table) or self._country
        if country not in NAMES:
            raise broken(self._where, name, "country")
        return (country, self._text(name, "type", table)), self._text(name, "text", table)

    def _legalisation(self) -> dict[tuple[str, str], str]:
        return {
            (host, country): self._text(f"legalisation.{country}", host, cells)
            for country, cells in self._tables("legalisation")
            for host in cells
        }

    def _settings(self, name: str, table: Any, *, programme: bool = False) -> dict[str, int]:
        """Return a table of settings. Raises BadInputError that says which setting is not known or does not fit, and what would."""
        if not isinstance(table, dict):
            raise broken(self._where, name, "")
        if key := refused(table, programme=programme):
            raise _wrong_setting(self._where, name, key, programme)
        return dict(table)

    def _programmes(self) -> dict[str, Programme]:
        """Return the programme that the file is about, and those that it lists."""
        tables = {key: {**table, "key": key} for key, table in self._tables("programmes")}
        if self._programme is not None:
            table = self._table("programme")
            self._need(table, "programme", "key", "title")
            tables[self._text("programme", "key", table)] = dict(table)
        return {key: self._read_programme(key, table) for key, table in tables.items()}

    def _read_programme(self, key: str, table: Document) -> Programme:
        name = f"programmes.{key}"
        self._need(table, name, "title")
        for one in table:
            if one not in _OF_PROGRAMME:
                raise broken(self._where, name, one)
        return Programme(
            key=key, title=self._text(name, "title", table), donor=self._text(name, "donor", table), direction=self._text(name, "direction", table),
            eligible_statuses=self._list(name, "eligible_statuses", table),
            settings=self._settings(f"{name}.settings", table.get("settings", {}), programme=True), retention=self._retention(name, table),
            kosovo_note=self._text(name, "kosovo_note", table),
        )  # fmt: skip

    def _retention(self, name: str, table: Document) -> tuple[str, ...]:
        lines = self._list(name, "retention", table)
        for line in lines:
            try:
                rule_of(line)
            except BadInputError as error:
                raise broken(self._where, name, f"retention: {line}") from error
        return lines

    def _figures(self) -> list[PublishedFigure]:
        tables = self._data.get("published_figure", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise broken(self._where, "published_figure", "")
        return [self._figure(table) for table in tables]

    def _figure(self, table: Document) -> PublishedFigure:
        name = "published_figure"
        self._need(table, name, "title", "period_until", "unit", "stated_total")
        for key in table:
            if key not in _OF_FIGURE:
                raise broken(self._where, name, key)
        parts = table.get("parts", {})
        if not isinstance(parts, dict) or not all(code in RETURN and _is_count(part) for code, part in parts.items()):
            raise broken(self._where, name, "parts")
        if not _is_count(table["stated_total"]):
            raise broken(self._where, name, "stated_total")
        texts = {
            key: self._text(name, key, table) for key in _OF_FIGURE if key not in ("parts", "stated_total", "hosts")
        }
        for key in ("period_from", "period_until"):
            if (key in table or key == "period_until") and not _is_day(texts[key]):
                raise broken(self._where, name, key)
        programme = texts["programme"] or (self._programme["key"] if self._programme else "")
        return PublishedFigure(
            title=texts["title"], period_from=texts["period_from"], period_until=texts["period_until"], unit=texts["unit"], stated_total=table["stated_total"], parts=dict(parts),
            source=texts["source"], programme=programme, hosts=self._list(name, "hosts", table), note=texts["note"],
        )  # fmt: skip


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_day(text: str) -> bool:
    known = stored(text)
    return known is not None and known.day > 0 and not known.estimated


def _wrong_setting(where: str, table: str, key: str, programme: bool) -> BadInputError:
    setting = SETTINGS.get(key)
    if setting is None or (programme and not setting.of_programme):
        known = ", ".join(one.key for one in SETTINGS.values() if one.of_programme or not programme)
        return BadInputError(
            N_("The programme pack “{file}” is not valid: [{table}] has no setting “{key}”."),
            N_("Nothing was imported. Possible values: {known}."),
            {"file": where, "table": table, "key": key, "known": known},
        )
    return BadInputError(
        N_("The programme pack “{file}” is not valid: [{table}], {key} must be from {least} to {most}."),
        N_("Nothing was imported. It must be a whole number, without quotation marks."),
        {"file": where, "table": table, "key": key, "least": setting.least, "most": setting.most},
    )


def _check_links(pack: Pack, places: Mapping[str, str]) -> None:
    """Raise BadInputError where a table names a step, service, list or code that no file declares."""

    def wrong(table: str, key: str) -> BadInputError:
        return broken(places.get(table, pack.key), table, key)

    for service in pack.services.values():
        for key in service.steps:
            if key not in pack.steps:
                raise wrong(f"services.{service.key}", f"steps: {key}")
        if service.category and service.category not in pack.codes.get("category", {}):
            raise wrong(f"services.{service.key}", "category")
    for step in pack.steps.values():
        for key in (*step.needs, *step.needs_one_of, *step.helped_by, *step.parents_first):
            if key not in pack.steps:
                raise wrong(f"steps.{step.key}", key)
        for code in (*step.needs_papers, *step.evidence):
            if code not in pack.codes.get("doc_type", {}):
                raise wrong(f"steps.{step.key}", code)
        if step.authority and step.authority not in pack.codes.get("authority_type", {}):
            raise wrong(f"steps.{step.key}", "authority")
        if step.sub_unit and step.sub_unit not in pack.codes.get("sub_unit", {}):
            raise wrong(f"steps.{step.key}", "sub_unit")
    for figure in pack.figures:
        if figure.unit not in pack.codes.get("figure_unit", {}):
            raise wrong("published_figure", f"unit: {figure.unit}")
        if figure.programme and figure.programme not in pack.programmes:
            raise wrong("published_figure", f"programme: {figure.programme}")
    for situation in pack.situations.values():
        for key in situation.services:
            if key not in pack.services:
                raise wrong(f"situations.{situation.key}", key)
    for codes, groups in pack.groups.items():
        for name, inside in groups.items():
            if name not in pack.codes.get(f"{codes}_group", {}):
                raise wrong(f"groups.{codes}", name)
            for key in inside:
                if key not in pack.codes.get(codes, {}) and not (codes == "situation" and key in pack.situations):
                    raise wrong(f"groups.{codes}", key)
    for category, told in pack.shared.items():
        for key in told:
            if category not in pack.codes.get("category", {}) or key not in pack.codes.get("data_group", {}):
                raise wrong(f"shared_by_category.{category}", key)
    for need, services in pack.by_need.items():
        for key in services:
            if need not in pack.codes.get("vulnerability", {}) or key not in pack.services:
                raise wrong(f"services_by_need.{need}", key)
    for advice in pack.advice:
        for key in advice.about:
            if key not in pack.steps:
                raise wrong(f"advice.{advice.key}", key)
