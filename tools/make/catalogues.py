"""Make the message catalogues: template, one catalogue a language, and their compiled form.

`python tools/make/catalogues.py` reads every message of the program, writes the template, brings the catalogue of
each language up to date, makes the language qps (English in disguise, for tests) and compiles them all. `--check`
writes nothing and fails where something would change. A new language begins with an empty file
`resources/locale/LANGUAGE/LC_MESSAGES/avrr_desktop.po`; its name must stand in formats.json.

Each entry says who stands for it, in a comment of the translator: `# read by a speaker: NAME`, `# confirmed by the office: NAME`; without
one it was translated by machine, and nobody claims more. `standing.json` counts them, for About and for the foot of documents.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from avrr_desktop.domain.i18n import in_context, parted  # noqa: E402
from avrr_desktop.domain.procedure.pack import label_context  # noqa: E402
from tools.make.serbian_latin import latin  # noqa: E402

LOCALE = ROOT / "resources" / "locale"
DOMAIN = "avrr_desktop"
BESIDE = ("tools/packing/menu.py",)  # what desktops show of a program that is installed
TEST_LANGUAGE = "qps"
CYRILLIC, LATIN = "sr-Cyrl", "sr-Latn"  # the second is made from the first
_GETTEXT = {CYRILLIC: "sr", LATIN: "sr@latin"}  # as gettext calls them
READ, CONFIRMED = "read by a speaker:", "confirmed by the office:"
SHORT = ("button", "column", "page", "field")  # contexts in which there is little room
ROOM = 1.8  # of the English length, for a text where there is little room; at least ROOM_LEAST signs
ROOM_LEAST = 12

# The plural rules that formats.json names, as gettext writes them.
PLURALS = {
    "one_other": "nplurals=2; plural=(n != 1);",
    "one_few_other": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
    "mk": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}

Message = str | tuple[str, str]  # one text, or the forms for one and for many
Messages = dict[Message, set[str]]  # with the files in which it stands


class _Finder(ast.NodeVisitor):
    """Collects what is marked with N_ and what is looked up: ``words.text``, ``words.plural``, or another name of them.

    ``record.text("key")`` asks a record for a field and is no message: what stands before the dot decides.
    """

    def __init__(self, place: str, messages: Messages) -> None:
        self._place, self._messages = place, messages
        self._names: list[dict[str, str]] = [{}]  # for each scope: local name -> text or plural
        self._in_words = False

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        before, self._in_words = self._in_words, node.name == "Language"
        self.generic_visit(node)
        self._in_words = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        own = {item.arg for item in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
        self._names.append({name: verb for name, verb in self._names[-1].items() if name not in own})
        self.generic_visit(node)
        self._names.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._names[-1].pop(target.id, None)
                if verb := self._verb(node.value):
                    self._names[-1][target.id] = verb

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "N_":
            context = self._context(node)
            for text in self._literals(node.args[0], must=True):
                self._found(in_context(text, context))
        elif (verb := self._verb(node.func)) == "text":
            context = self._context(node)
            for text in self._literals(node.args[0]):
                self._found(in_context(text, context))
        elif verb == "plural":
            ones, many = self._literals(node.args[0], must=True), self._literals(node.args[1], must=True)
            self._found((ones[0], many[0]))

    def _context(self, node: ast.Call) -> str:
        """Return the context that a call names behind the message; it is written out, never computed."""
        return self._literals(node.args[1], must=True)[0] if len(node.args) > 1 else ""

    def _verb(self, node: ast.expr) -> str:
        """Return text or plural where an expression is one of the two lookups; empty for anything else."""
        if isinstance(node, ast.Name):
            return self._names[-1].get(node.id, "")
        if isinstance(node, ast.Attribute) and node.attr in ("text", "plural") and self._is_words(node.value):
            return node.attr
        return ""

    def _is_words(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call):
            node = node.func
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        return name in ("words", "_words", "Language") or (name == "self" and self._in_words)

    def _literals(self, node: ast.expr, *, must: bool = False) -> list[str]:
        """Return the texts that an argument can be; none for a value, which is marked where it is written."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, ast.IfExp):
            return self._literals(node.body, must=must) + self._literals(node.orelse, must=must)
        if isinstance(node, ast.BoolOp):
            return [text for value in node.values for text in self._literals(value, must=must)]
        glued = isinstance(node, ast.JoinedStr | ast.BinOp) and any(
            isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node)
        )
        if must or glued:
            raise SystemExit(f"{self._place}:{node.lineno}: a message must stand there whole: {ast.unparse(node)}")
        return []

    def _found(self, message: Message) -> None:
        if message:
            self._messages.setdefault(message, set()).add(self._place)


def messages_of_code(source: str, place: str) -> Messages:
    """Return the messages of one Python file."""
    messages: Messages = {}
    _Finder(place, messages).visit(ast.parse(source, place))
    return messages


def messages_of_pack(pack: Mapping[str, Any]) -> Iterator[str]:
    """Yield what people read of a programme pack."""
    yield pack["pack"]["title"]
    for table in ("services", "steps", "situations", "advice", "authorities"):
        for item in pack.get(table, {}).values():
            yield from (item[key] for key in ("title", "short", "guidance", "text", "reason") if key in item)
    if "programme" in pack:
        yield pack["programme"]["title"]
    yield from pack.get("hints", {}).values()
    for table in pack.get("typed", {}).values():
        yield from (said if isinstance(said, str) else said.get("also", "") for said in table.values())
    for figure in pack.get("published_figure", ()):
        yield from (figure[key] for key in ("title", "source", "note") if key in figure)
    for codes, labels in pack.get("codes", {}).items():
        yield from (in_context(label, label_context(codes)) for label in labels.values())


def all_messages(root: Path = ROOT) -> Messages:
    """Return every message of the program. Raises SystemExit where one cannot be translated."""
    messages: Messages = {}
    for path in sorted(
        [*(root / "avrr_desktop").rglob("*.py"), *(root / name for name in BESIDE if (root / name).exists())]
    ):
        place = path.relative_to(root).as_posix()
        for message, places in messages_of_code(path.read_text(encoding="utf-8"), place).items():
            messages.setdefault(message, set()).update(places)
    for path in sorted((root / "resources" / "packs").glob("*.toml")):
        for text in messages_of_pack(_toml(path)):
            messages.setdefault(text, set()).add(path.relative_to(root).as_posix())
    singular = {message[0] for message in messages if isinstance(message, tuple)}
    if twice := sorted(singular & {message for message in messages if isinstance(message, str)}):
        raise SystemExit(f"both a text and the form for one: {twice}")
    return messages


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = "àƀćďéƒĝĥîĵķļḿñôþɋŕŝţûṽŵẋýž"  # pairs that upper() keeps together, all of them in our font
_ACCENTS = str.maketrans(_PLAIN + _PLAIN.upper(), _ACCENTED + _ACCENTED.upper())
_KEPT = re.compile(r"(\{[^{}]*\}|Kosovo\*?)")  # placeholders; the name that always carries its mark
_LONGER, _RUN = 35, 6  # percent; signs in a row, so that lines can still be broken


def disguised(text: str) -> str:
    """Return a text in qps: accented, about a third longer, in brackets, so that tests see what was not looked up."""
    pieces = _KEPT.split(text)
    accented = [piece if number % 2 else piece.translate(_ACCENTS) for number, piece in enumerate(pieces)]
    more = -(-_LONGER * sum(len(piece) for piece in pieces[::2]) // 100) or 1
    runs = ["~" * min(_RUN, more - start) for start in range(0, more, _RUN)]
    return f"[{''.join(accented)} {' '.join(runs)}]"


class Book(Catalog):  # type: ignore[misc]
    """A catalogue whose header holds no date and no host, and keeps what translators wrote into it."""

    def __init__(self, comment: str) -> None:
        super().__init__(header_comment=comment, fuzzy=False)
        self.headers: dict[str, str] = {}

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header."""
        lines = list(self.headers.items())
        return [*lines[:-1], (lines[-1][0], lines[-1][1] + "\n")]

    @mime_headers.setter
    def mime_headers(self, lines: Iterable[tuple[str, str]]) -> None:
        self.headers = dict(lines)
        Catalog.mime_headers.fset(self, [item for item in self.headers.items() if item[0] == "Plural-Forms"])


def formats(locale: Path = LOCALE) -> dict[str, Any]:
    """Return the languages that the program knows, with their names and plural rules."""
    found: dict[str, Any] = json.loads((locale / "formats.json").read_text(encoding="utf-8"))
    return found


def languages(locale: Path = LOCALE) -> list[str]:
    """Return the languages that have a catalogue, and always the one of the tests."""
    found = {path.parent.parent.name for path in locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    return sorted(found | {TEST_LANGUAGE} | ({LATIN} if CYRILLIC in found else set()))


def template(messages: Messages) -> Book:
    """Return the catalogue without translations."""
    book = Book("# The messages of AVRR Desktop.\n# Made by `python tools/make/catalogues.py`.\n#")
    book.mime_headers = _header("")
    for message in sorted(messages, key=lambda item: item if isinstance(item, tuple) else (item, "")):
        places = [(place, 0) for place in sorted(messages[message])]
        context, key = ("", message) if isinstance(message, tuple) else parted(message)
        room = [f"room for {max(ROOM_LEAST, round(len(key) * ROOM))} signs"] if context.split(":")[0] in SHORT else []
        string = ("", "") if isinstance(message, tuple) else ""
        book.add(key, string, locations=places, context=context or None, auto_comments=room)
    return book


def read(path: Path, comment: str = "#") -> Book:
    """Return the catalogue in a file. Raises PoFileError."""
    book = Book(comment)
    with path.open("rb") as file:
        PoFileParser(book, abort_invalid=True).parse(file)
    return book


def updated(path: Path, language: str, known: Mapping[str, Any], messages: Messages) -> Book:
    """Return a language's catalogue with the messages of today; translations stay, also unused ones, none is guessed."""
    book = read(path, f"# The messages of AVRR Desktop: {known[language]['name']}.\n#")
    book.mime_headers = _header(language, PLURALS[known[language]["plural"]], book.headers)
    for message in book.obsolete.values():
        book[message.id] = message
    book.obsolete = {}
    book.update(template(messages), no_fuzzy_matching=True)
    book.obsolete = {key: message for key, message in book.obsolete.items() if _translated(message)}
    return book


def made(known: Mapping[str, Any], messages: Messages) -> Book:
    """Return the catalogue of the tests' language."""
    book = template(messages)
    book.header_comment = "# English in disguise, for tests.\n# Made by `python tools/make/catalogues.py`.\n#"
    book.mime_headers = _header(TEST_LANGUAGE, PLURALS[known[TEST_LANGUAGE]["plural"]])
    for message in list(book)[1:]:
        one = isinstance(message.id, str)
        message.string = disguised(message.id) if one else tuple(disguised(form) for form in message.id)
    return book


def in_latin(cyrillic: Book, known: Mapping[str, Any]) -> Book:
    """Return the catalogue of Serbian in Latin letters, from the one in Cyrillic: nobody writes it."""
    book = Book(
        f"# The messages of AVRR Desktop: {known[LATIN]['name']}.\n"
        f"# Made from {CYRILLIC} by `python tools/make/catalogues.py`: mend it there.\n#"
    )
    book.mime_headers = _header(LATIN, PLURALS[known[LATIN]["plural"]], cyrillic.headers)
    for message in list(cyrillic)[1:]:
        one = isinstance(message.string, str)
        string = latin(message.string) if one else tuple(latin(form) for form in message.string)
        book.add(
            message.id, string, locations=message.locations, flags=message.flags, context=message.context,
            user_comments=message.user_comments, auto_comments=message.auto_comments,
        )  # fmt: skip
    return book


def _translated(message: Any) -> bool:
    return any(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _header(language: str, plurals: str = "", old: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return a header: what the program sets, then who translated and who stands for it."""
    header = {"Project-Id-Version": "AVRR Desktop", "Language": _GETTEXT.get(language, language)}
    if plurals:
        header["Plural-Forms"] = plurals
    header |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    kept = sorted(
        key
        for key in old or {}
        if key in ("Last-Translator", "Language-Team") or (key.startswith("X-") and key != "X-Status")
    )
    header |= {key: (old or {})[key] for key in kept}
    return list(header.items())


def po_bytes(book: Book) -> bytes:
    """Return a catalogue as translators read it: sorted, files without line numbers, lines not wrapped."""
    buffer = BytesIO()
    write_po(buffer, book, width=0, sort_output=True, include_lineno=False)
    return buffer.getvalue().rstrip(b"\n") + b"\n"


def mo_bytes(book: Book) -> bytes:
    """Return a catalogue as the program reads it; what is marked fuzzy stays English."""
    buffer = BytesIO()
    write_mo(buffer, book)
    return buffer.getvalue()


def outputs(root: Path = ROOT) -> dict[Path, bytes]:
    """Return every file that this command makes, with its content."""
    locale, messages = root / "resources" / "locale", all_messages(root)
    known = formats(locale)
    files = {locale / f"{DOMAIN}.pot": po_bytes(template(messages))}
    stands: dict[str, dict[str, int]] = {}
    for language in languages(locale):
        if language not in known:
            raise SystemExit(f"{language}: this language does not stand in formats.json")
        path = locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        book = _book(path, language, known, messages)
        files[path] = po_bytes(book)
        files[path.with_suffix(".mo")] = mo_bytes(book)
        if language != TEST_LANGUAGE:
            stands[language] = standing(book)
    files |= _guide_in_latin(root)
    files[locale / "standing.json"] = (json.dumps(stands, indent=1, sort_keys=True) + "\n").encode("ascii")
    return files


def _guide_in_latin(root: Path) -> dict[Path, bytes]:
    """Return the guide for officers in Latin Serbian, made from the Cyrillic one: nobody writes it."""
    written = root / "docs" / "guide" / CYRILLIC / "officer.md"
    if not written.exists():
        return {}
    return {written.parents[1] / LATIN / written.name: latin(written.read_text(encoding="utf-8")).encode("utf-8")}


def standing(book: Book) -> dict[str, int]:
    """Return how many texts there are, how many are missing, read by a speaker, and confirmed by an office."""
    said = [(_translated(message), " ".join(message.user_comments)) for message in list(book)[1:]]
    return {
        "texts": len(said), "missing": sum(not there for there, _ in said),
        "read": sum(there and READ in by and CONFIRMED not in by for there, by in said),
        "confirmed": sum(there and CONFIRMED in by for there, by in said),
    }  # fmt: skip


def _book(path: Path, language: str, known: Mapping[str, Any], messages: Messages) -> Book:
    if language == TEST_LANGUAGE:
        return made(known, messages)
    if language == LATIN:
        return in_latin(_book(path.parents[2] / CYRILLIC / "LC_MESSAGES" / path.name, CYRILLIC, known, messages), known)
    return updated(path, language, known, messages)


def main(arguments: list[str] | None = None) -> int:
    """Write what changed; with --check write nothing and return 1 where something would change."""
    parser = argparse.ArgumentParser(description="Make the message catalogues in resources/locale.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where something would change")
    given = parser.parse_args(arguments)
    changed = [
        (path, content) for path, content in outputs().items() if not path.exists() or path.read_bytes() != content
    ]
    for path, content in changed:
        print(path.relative_to(ROOT).as_posix())
        if not given.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return 1 if given.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
