"""The guides that ship with the program: read in parts, so that the help of a page opens where that page is told."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from avrr_desktop.locations import guides

OFFICER, IT, POLICY = "officer", "it", "policy"
_MARK = re.compile(r"<!--\s*page:\s*([\w, ]+?)\s*-->")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a guide. ``pages``: the pages of the window that it tells about; ``text``: Markdown, with its heading."""

    title: str
    pages: frozenset[str]
    text: str


@cache
def read_guide(name: str, language: str = "en") -> tuple[Section, ...]:
    """Return the parts of a guide in a language, in English where it has not been translated; none where none ships."""
    for path in (guides() / language / f"{name}.md", guides() / f"{name}.md"):
        try:
            return _sections(path)
        except OSError:
            continue
    return ()


def _sections(path: Path) -> tuple[Section, ...]:
    found: list[tuple[str, set[str], list[str]]] = []
    pages: set[str] = set()
    fenced = False
    for line in path.read_text("utf-8").splitlines():
        fenced ^= line.startswith("```")
        if (mark := _MARK.fullmatch(line.strip())) is not None:
            pages = {page.strip() for page in mark[1].split(",")}
            continue
        if not fenced and re.match(r"#{1,2} ", line):
            found.append((line.lstrip("# ").strip(), pages, []))
            pages = set()
        if found:
            found[-1][2].append(line)
    return tuple(Section(title, frozenset(pages), "\n".join(lines).strip()) for title, pages, lines in found)


def section_of(sections: tuple[Section, ...], page: str) -> int:
    """Return the number of the part that tells about a page; the first where none does."""
    return next((number for number, section in enumerate(sections) if page in section.pages), 0)


def matching(sections: tuple[Section, ...], text: str) -> list[int]:
    """Return the numbers of the parts in which every word of a text stands."""
    words = text.casefold().split()
    return [number for number, one in enumerate(sections) if all(word in one.text.casefold() for word in words)]
