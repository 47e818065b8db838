"""A programme pack: procedures, code lists and settings that a programme decides; read from TOML, checked whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.marking import N_

SCHEMA = 1
UNVERIFIED = "unverified_default"


@dataclass(frozen=True, slots=True)
class StepTemplate:
    """An editable default for one administrative act, with where it comes from."""

    key: str
    title: str
    short: str
    scope: str
    needs: tuple[str, ...]
    needs_any: tuple[tuple[str, ...], ...]
    helped_by: tuple[str, ...]
    evidence: tuple[str, ...]
    authority: str
    basis: str
    source_title: str
    verification_status: str
    version: int


@dataclass(frozen=True, slots=True)
class ServiceTemplate:
    """One line of assistance with its usual steps."""

    key: str
    title: str
    category: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A total that somebody published; it may differ from the sum of its parts, and nobody mends it."""

    title: str
    period_from: str
    period_until: str  # the first day after
    unit: str
    stated_total: int
    parts: Mapping[str, int]
    not_stated: tuple[str, ...]

    @property
    def unallocated(self) -> int:
        """What the stated total has above the sum of its parts: given to nobody."""
        return self.stated_total - sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a programme decides, as one value."""

    key: str
    title: str
    version: int
    services: Mapping[str, ServiceTemplate]
    steps: Mapping[str, StepTemplate]
    codes: Mapping[str, Mapping[str, str]]
    settings: Mapping[str, int] = field(default_factory=dict)
    figures: tuple[PublishedFigure, ...] = ()

    def label(self, codes: str, code: str) -> str:
        """Return the untranslated label of a code; the code itself when the list does not know it."""
        return self.codes.get(codes, {}).get(code, code)

    def setting(self, key: str, default: int) -> int:
        """Return a number that the programme sets."""
        return self.settings.get(key, default)


def parse(data: Mapping[str, Any], where: str) -> Pack:
    """Return the pack that a TOML document means.

    Raises BadInputError naming file, table and key: a broken pack is refused whole.
    """
    head = _table(data, "pack", where)
    if head.get("schema") != SCHEMA:
        raise _broken(where, "pack", "schema")
    steps = {key: _step(key, table, where) for key, table in data.get("steps", {}).items()}
    services = {key: _service(key, table, where) for key, table in data.get("services", {}).items()}
    for service in services.values():
        for step in service.steps:
            if step not in steps:
                raise _broken(where, f"services.{service.key}", f"steps: {step}")
    for template in steps.values():
        alternatives = [key for group in template.needs_any for key in group]
        for key in (*template.needs, *alternatives, *template.helped_by):
            if key not in steps:
                raise _broken(where, f"steps.{template.key}", key)
    try:
        return Pack(
            head["key"], head["title"], head["version"], services, steps,
            {name: dict(table) for name, table in data.get("codes", {}).items()},
            dict(data.get("settings", {})),
            tuple(_figure(table) for table in data.get("published_figure", ())),
        )  # fmt: skip
    except KeyError as error:
        raise _broken(where, "pack", str(error.args[0])) from None


def with_figures(pack: Pack, figures: tuple[PublishedFigure, ...]) -> Pack:
    """Return the pack with published figures of another pack laid over it."""
    return Pack(pack.key, pack.title, pack.version, pack.services, pack.steps, pack.codes, pack.settings, figures)


def _table(data: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    table = data.get(name)
    if not isinstance(table, dict):
        raise _broken(where, name, "")
    return table


def _service(key: str, table: Mapping[str, Any], where: str) -> ServiceTemplate:
    try:
        return ServiceTemplate(key, table["title"], table["category"], tuple(table["steps"]))
    except KeyError as error:
        raise _broken(where, f"services.{key}", str(error.args[0])) from None


def _step(key: str, table: Mapping[str, Any], where: str) -> StepTemplate:
    try:
        return StepTemplate(
            key, table["title"], table.get("short", table["title"]), table["scope"],
            tuple(table.get("needs", ())), tuple(tuple(group) for group in table.get("needs_any", ())),
            tuple(table.get("helped_by", ())), tuple(table.get("evidence", ())), table.get("authority", ""),
            table["basis"], table.get("source", {}).get("title", ""), table["verification_status"],
            table["template_version"],
        )  # fmt: skip
    except KeyError as error:
        raise _broken(where, f"steps.{key}", str(error.args[0])) from None


def _figure(table: Mapping[str, Any]) -> PublishedFigure:
    return PublishedFigure(
        table["title"], table["period_from"], table["period_until"], table["unit"], table["stated_total"],
        dict(table["parts"]), tuple(table.get("not_stated", ())),
    )  # fmt: skip


def _broken(where: str, table: str, key: str) -> BadInputError:
    return BadInputError(
        N_("The programme pack “{file}” is not as it should be: table [{table}], key {key}."),
        N_("Nothing was taken from it. Ask whoever made the pack."),
        {"file": where, "table": table, "key": key},
    )
