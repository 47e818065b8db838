"""Reads pack files (TOML documents): every table checked; a broken file is refused whole, naming file, table and key."""

from collections.abc import Mapping, Sequence
from typing import Any

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.pack import (
    SCHEMA,
    UNVERIFIED,
    Advice,
    Pack,
    Programme,
    PublishedFigure,
    ServiceTemplate,
    Situation,
    StepTemplate,
    replaced,
    with_computed_lists,
)

STATUSES = frozenset({UNVERIFIED, "confirmed", "outdated", "withdrawn"})
BASES = frozenset({"published", "found", "general_knowledge", "programme"})
_TEXTS = ("title", "short", "scope", "authority", "sub_unit", "guidance", "fee", "legal_deadline", "basis",
          "verification_status", "verified_by", "verified_on", "review_due_on")  # fmt: skip
_LISTS = ("needs", "needs_one_of", "helped_by", "parents_first", "needs_papers", "evidence")
_PRACTICE = frozenset(
    {"countries", "hosts", "host_cities", "notes", "followups", "referral_reasons", "providers", "officers", "plan"}
)
_TABLES = frozenset({"pack", "settings", "services", "steps", "codes", "published_figure", "situations", "advice",
                     "authorities", "legalisation", "terms", "programme", "hints", "within"})  # fmt: skip
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
        N_("The programme pack “{file}” is not as it should be: table [{table}], key {key}."),
        N_("Nothing was taken from it. Ask whoever made the pack."),
        {"file": where, "table": table, "key": key},
    )


class _Layer:
    """One file laid over what the files before it said."""

    def __init__(self, where: str, data: Document, below: Pack | None, places: dict[str, str]) -> None:
        self._where, self._data, self._places = where, data, places
        self._below = below or Pack("", "", 0)
        for name in ("settings", "hints", "within", "terms"):
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
        programme = self._read_programme()
        steps = {**below.steps}
        for key, table in self._tables("steps"):
            steps[key] = self._step(key, table, steps)
        codes = {name: dict(entries) for name, entries in below.codes.items()}
        for name, entries in self._tables("codes"):
            codes.setdefault(name, {}).update({code: self._text("codes." + name, code, entries) for code in entries})
        first = not below.key
        return Pack(
            head["key"] if first else below.key, head["title"] if first else below.title,
            head["version"] if first else below.version,
            {**below.services, **{key: self._service(key, table) for key, table in self._tables("services")}},
            steps, codes, {**below.settings, **data.get("settings", {})},
            (*below.figures, *self._figures()),
            {**below.situations, **{key: self._situation(key, table) for key, table in self._tables("situations")}},
            (*below.advice, *(self._advice(key, table) for key, table in self._tables("advice"))),
            {**below.authorities, **dict(self._authority(key, table) for key, table in self._tables("authorities"))},
            {**below.legalisation, **self._legalisation()},
            {**below.terms, **({self._country: dict(data["terms"])} if "terms" in data else {})},
            {**below.programmes, **({programme.key: programme} if programme else {})},
            {**below.hints, **data.get("hints", {})}, {**below.within, **data.get("within", {})},
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
            key, self._text(name, "title", table), self._text(name, "category", table),
            self._list(name, "steps", table), programme,
        )  # fmt: skip

    def _situation(self, key: str, table: Document) -> Situation:
        name = f"situations.{key}"
        self._need(table, name, "title", "services")
        return Situation(key, self._text(name, "title", table), self._list(name, "services", table))

    def _advice(self, key: str, table: Document) -> Advice:
        name = f"advice.{key}"
        self._need(table, name, "about", "text")
        self._provenance(name, table)
        return Advice(
            key, self._country, self._list(name, "about", table), self._text(name, "text", table), table["basis"],
            self._source(name, table).get("source_title", ""), table["verification_status"],
        )  # fmt: skip

    def _authority(self, key: str, table: Document) -> tuple[tuple[str, str], str]:
        name = f"authorities.{key}"
        self._need(table, name, "type", "text")
        self._provenance(name, table)
        return (self._country, self._text(name, "type", table)), self._text(name, "text", table)

    def _legalisation(self) -> dict[tuple[str, str], str]:
        return {
            (host, country): self._text(f"legalisation.{country}", host, cells)
            for country, cells in self._tables("legalisation")
            for host in cells
        }

    def _read_programme(self) -> Programme | None:
        if self._programme is None:
            return None
        table = self._table("programme")
        self._need(table, "programme", "key", "title")
        settings = table.get("settings", {})
        if not isinstance(settings, dict) or not all(isinstance(item, int) for item in settings.values()):
            raise broken(self._where, "programme", "settings")
        return Programme(
            self._text("programme", "key", table), self._text("programme", "title", table),
            self._text("programme", "donor", table), self._text("programme", "direction", table),
            self._list("programme", "eligible_statuses", table), self._list("programme", "help_kinds", table),
            dict(settings),
        )  # fmt: skip

    def _figures(self) -> list[PublishedFigure]:
        tables = self._data.get("published_figure", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise broken(self._where, "published_figure", "")
        return [self._figure(table) for table in tables]

    def _figure(self, table: Document) -> PublishedFigure:
        name = "published_figure"
        self._need(table, name, "title", "period_from", "period_until", "unit", "stated_total")
        parts = table.get("parts", {})
        if not isinstance(parts, dict) or not all(isinstance(number, int) for number in parts.values()):
            raise broken(self._where, name, "parts")
        for key in ("stated_total", "stated_persons"):
            if not isinstance(table.get(key, 0), int):
                raise broken(self._where, name, key)
        programme = self._programme["key"] if self._programme else ""
        return PublishedFigure(
            self._text(name, "title", table), self._text(name, "period_from", table),
            self._text(name, "period_until", table), self._text(name, "unit", table), table["stated_total"],
            dict(parts), self._list(name, "not_stated", table), programme,
            table.get("stated_persons", 0),
        )  # fmt: skip


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
    for situation in pack.situations.values():
        for key in situation.services:
            if key not in pack.services:
                raise wrong(f"situations.{situation.key}", key)
    for advice in pack.advice:
        for key in advice.about:
            if key not in pack.steps:
                raise wrong(f"advice.{advice.key}", key)
