"""Writes the tables of docs/COMMAND_LINE.md anew from the declarations: fields of every part, codes of every list.

python tools/make/guide.py
"""

import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from avrr_desktop.domain.i18n import parted  # noqa: E402
from avrr_desktop.domain.procedure.pack_settings import SETTINGS  # noqa: E402
from avrr_desktop.domain.records.fields import Field, Kind, RecordType  # noqa: E402
from avrr_desktop.domain.records.record_types import BY_KEY  # noqa: E402
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS  # noqa: E402
from avrr_desktop.operations.computer.shipped_packs import shipped  # noqa: E402

PAGE = ROOT / "docs" / "COMMAND_LINE.md"
FIRST = ("case", "person", "membership", "paper", "service", "step", "referral", "follow_up", "contact", "note")
WRITTEN = {Kind.LONG_TEXT: "text", Kind.DATE: "date", Kind.COUNT: "number", Kind.YES_NO: "true or false",
           Kind.COUNTRY: "country"}  # fmt: skip


def parts() -> list[RecordType]:
    """Return the record types of a case document, in the order of the page."""
    left_out = {*FIRST, "office", "access", "lesson"} | PACK_RECORDS
    rest = [key for key, part in BY_KEY.items() if key not in left_out and not part.restricted]
    return [BY_KEY[key] for key in (*FIRST, *rest)]


def meaning(field: Field) -> str:
    """Return how a value of a field is written."""
    if field.kind is Kind.CHOICE:
        return f"code of `{field.codes}`"
    if field.kind is Kind.CHOICES:
        return f"list of codes of `{field.codes}`"
    if field.kind is Kind.LINK:
        return f"short name of a record in `{field.target}`"
    if field.kind is Kind.LINKS:
        return f"list of short names of records in `{field.target}`"
    return WRITTEN.get(field.kind, "line")


def table(part: RecordType) -> str:
    """Return the table of one part with its heading."""
    rows = [f"| `{field.key}` | {parted(field.label)[1]} | {meaning(field)} |" for field in part.fields]
    return "\n".join([f"### `{part.key}`", "", "| field | meaning | value |", "| --- | --- | --- |", *rows, ""])


def codes() -> str:
    """Return the list of all codes."""
    names = dict.fromkeys(field.codes for part in parts() for field in part.fields if field.codes)
    lines = []
    for name in names:
        text = f"* `{name}`: " + ", ".join(f"`{code}`" for code in shipped().codes[name])
        lines += textwrap.wrap(text, 128, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(["## Codes", "", *lines, ""])


def settings() -> str:
    """Return the table of the settings of a pack."""
    head = "| setting | meaning | a programme may set it | unit | from | to | usual |"
    rows = [
        f"| `{one.key}` | {one.meaning} | {'yes' if one.of_programme else 'no'} | {one.unit} | {one.least} | {one.most} | {one.usual} |"
        for one in SETTINGS.values()
    ]
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- | --- |", *rows, ""])


def page(old: str) -> str:
    """Return the page with its tables made anew; what stands under a table in words is kept."""
    before, rest = old.split("\n### `case`\n", 1)
    before = re.sub(r"\| setting \|[^\n]*\n(?:\|[^\n]*\n)*", lambda _: settings(), before)
    after = rest[rest.index("\n## What lists say\n") :].split("\n## Codes\n", 1)[0]
    said = dict(re.findall(r"### `(\w+)`\n\n(?:\|[^\n]*\n)+\n?((?:(?!##)[^|\n][^\n]*\n)*)", "### `case`\n" + rest))
    tables = [table(part) + (f"\n{said[part.key]}" if said.get(part.key) else "") for part in parts()]
    return before + "\n" + "\n".join(tables) + after + "\n" + codes()


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
