"""The message catalogues: complete, as the command makes them, and safe to fill in."""

import gettext
import importlib.util
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel import Locale

from avrr_desktop.domain.i18n import N_, parted
from avrr_desktop.language import Language

PROJECT = Path(__file__).resolve().parent.parent
LOCALE = PROJECT / "resources" / "locale"
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
REMEDY = "run `python tools/make/catalogues.py` and commit what it writes"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{path.stem}_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalogues = load(PROJECT / "tools" / "make" / "catalogues.py")
LANGUAGES: list[str] = catalogues.languages()
KNOWN: dict[str, Any] = catalogues.formats()


def po_of(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "avrr_desktop.po"


def forms(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield (text for one, text for many, translation) for every translated form of a catalogue."""
    for message in list(catalogues.read(po_of(language)))[1:]:
        ids = message.id if isinstance(message.id, tuple) else (message.id, message.id)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        yield from ((*ids, string) for string in strings if string)


@pytest.fixture(scope="module")
def outputs() -> dict[Path, bytes]:
    made: dict[Path, bytes] = catalogues.outputs()
    return made


def found(source: str) -> set[object]:
    return set(catalogues.messages_of_code(source, "x.py"))


def test_the_committed_template_is_what_the_extraction_gives(outputs: dict[Path, bytes]) -> None:
    template = LOCALE / "avrr_desktop.pot"
    wanted, there = (set(text.decode().split("\n\n")) for text in (outputs[template], template.read_bytes()))
    assert not wanted - there, f"not in the template: {REMEDY}"
    assert not there - wanted, f"only in the template: {REMEDY}"
    assert outputs[template] == template.read_bytes(), REMEDY


def test_a_second_run_changes_nothing(outputs: dict[Path, bytes]) -> None:
    changed = [path.relative_to(PROJECT) for path in outputs if not path.exists() or path.read_bytes() != outputs[path]]
    assert not changed, REMEDY


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_readable_one(language: str) -> None:
    path = po_of(language)
    assert path.with_suffix(".mo").read_bytes() == catalogues.mo_bytes(catalogues.read(path)), REMEDY


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_or_invents_a_placeholder(language: str) -> None:
    wrong = []
    for one, many, translation in forms(language):
        needed = set(PLACEHOLDER.findall(one)) & set(PLACEHOLDER.findall(many))
        known = set(PLACEHOLDER.findall(one)) | set(PLACEHOLDER.findall(many))
        if not needed <= set(PLACEHOLDER.findall(translation)) <= known:
            wrong.append((one, translation))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mark_of_kosovo_survives_translation(language: str) -> None:
    assert not [(one, text) for one, _, text in forms(language) if one.count("*") != text.count("*")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_with_a_catalogue_has_its_formats(language: str) -> None:
    assert KNOWN[language]["name"]
    assert Language(language).language == language


def test_what_is_said_of_who_stands_for_a_catalogue_is_counted_in_it() -> None:
    told = json.loads((LOCALE / "standing.json").read_text(encoding="utf-8"))
    books = {language: catalogues.read(po_of(language)) for language in LANGUAGES if language != "qps"}
    assert told == {language: catalogues.standing(book) for language, book in books.items()}
    assert all(one["read"] == 0 == one["confirmed"] for one in told.values()), (
        "nobody read them yet: whoever does changes this line"
    )


def test_an_entry_says_who_read_or_confirmed_it_and_keeps_that(tmp_path: Path) -> None:
    path = po_of("sq", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n# read by a speaker: A. B.\nmsgid "Cases"\nmsgstr "Rastet"\n\n'
        '# read by a speaker: A. B.\n# confirmed by the office: TIR\nmsgid "Case"\nmsgstr "Rasti"\n\nmsgid "Cage"\nmsgstr "Kafaz"\n',
        encoding="utf-8",
    )
    messages = {"Cases": {"a.py"}, "Case": {"a.py"}, "Cage": {"a.py"}, "New": {"a.py"}}
    book = catalogues.updated(path, "sq", KNOWN, messages)
    assert catalogues.standing(book) == {"texts": 4, "missing": 1, "read": 1, "confirmed": 1}
    assert "# read by a speaker: A. B." in catalogues.po_bytes(book).decode()


def test_where_there_is_little_room_a_translator_is_told() -> None:
    text = catalogues.po_bytes(catalogues.template({"button\4Save": {"a.py"}, "Saved.": {"a.py"}})).decode()
    assert '#. room for 12 signs\n#: a.py\nmsgctxt "button"' in text and text.count("room for") == 1


@pytest.mark.parametrize("file", sorted(path.name for path in LOCALE.rglob("avrr_desktop.po*")))
def test_catalogues_name_no_day_no_host_and_no_line(file: str) -> None:
    for path in LOCALE.rglob(file):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\"(POT-Creation-Date|PO-Revision-Date|Generated-By)", text, re.MULTILINE)
        assert not re.search(r"^#: .*:\d", text, re.MULTILINE)


@pytest.mark.parametrize("language", [language for language in KNOWN if language != "en"])
def test_the_plural_rule_of_each_language_is_that_of_cldr(language: str) -> None:
    header = catalogues.PLURALS[KNOWN[language]["plural"]]
    count, rule = re.fullmatch(r"nplurals=(\d); plural=(.*);", header).groups()  # type: ignore[union-attr]
    form = gettext.c2py(rule)
    names = {"qps": "en", "cnr": "sr-Latn"}
    cldr = Locale.parse(names.get(language, language), sep="-").plural_form
    order = [name for name in ("one", "few", "other") if name in {*cldr.rules, "other"}]
    assert len(order) == int(count)
    assert [form(number) for number in range(1000)] == [order.index(cldr(number)) for number in range(1000)]


def test_extraction_knows_a_message_from_a_field_key() -> None:
    source = """
from x import N_
def show(record, words, self):
    text = self._words.text
    a = text("A page"), words.plural("{n} day", "{n} days", 2), Language("sq").text("Said once")
    b = record.text("family_name"), workspace.words.text("Long "
        "and whole"), words.text("Show" if a else "Hide"), words.text(record.text("title"))
    def inner(text): return text("not this")
    return {"key": N_("Marked")}, line.text(), names.words("nor this")
class Language:
    def said(self): return self.text("about {age}")
class Form:
    def said(self): return self.text("name")
"""
    assert found(source) == {
        "A page", ("{n} day", "{n} days"), "Said once", "Long and whole", "Show", "Hide", "Marked", "about {age}",
    }  # fmt: skip


def test_a_context_is_part_of_the_message_and_is_never_shown() -> None:
    assert found('words.text("Open", "button"), N_("Open", "codes.case_status"), words.text("Open")') == {
        "button\4Open", "codes.case_status\4Open", "Open",
    }  # fmt: skip
    book = catalogues.template({"button\4Open": set(), "codes.case_status\4Open": set(), "Open": set()})
    assert {(message.id, message.context) for message in list(book)[1:]} == {
        ("Open", None), ("Open", "button"), ("Open", "codes.case_status"),
    }  # fmt: skip
    for language in ("en", "sq"):
        shown = Language(language).text("Open", "button")
        assert shown == Language(language).text(N_("Open", "button")) and shown in ("Open", "Hap")
    with pytest.raises(SystemExit, match="must stand there whole"):
        found('words.text("Open", context)')


def test_each_meaning_has_its_own_translation(tmp_path: Path) -> None:
    book = catalogues.template({"button\4Open": set(), "codes.case_status\4Open": set()})
    for message in list(book)[1:]:
        message.string = {"button": "Öffnen", "codes.case_status": "Offen"}[message.context]
    translations = gettext.GNUTranslations(BytesIO(catalogues.mo_bytes(book)))
    assert translations.gettext(N_("Open", "button")) == "Öffnen"
    assert translations.gettext(N_("Open", "codes.case_status")) == "Offen"


SEVERAL_MEANINGS = {
    "Open", "State", "Done", "Print", "Back", "Next", "Move", "Remove", "Edit", "Show", "Hide", "Lock", "Unlock", "Answer",
    "Restrict", "Agree", "More", "Draft", "Type", "Status", "Certainty", "Number", "Name", "Single", "Unknown", "Other",
    "Closed", "Expired", "Lost", "Requested", "Needed", "Refused", "Withdrawn", "Latin", "Cyrillic", "Phone", "Visit",
    "Partner", "Holder", "Yes", "No", "Light", "Dark", "planned", "filed", "signed", "ready", "replaced", "handed over",
    "expired", "today", "tomorrow", "Risk", "Source", "Basis", "Proof",
}  # fmt: skip


def test_a_word_with_several_meanings_never_stands_without_its_context() -> None:
    bare = {message for message in catalogues.all_messages() if isinstance(message, str) and "\4" not in message}
    assert not bare & SEVERAL_MEANINGS


def test_the_label_of_one_word_says_that_it_names_a_field() -> None:
    from avrr_desktop.domain.records.record_types import ALL

    labels = [field.label for kind in ALL for field in kind.fields if " " not in field.label]
    assert labels
    assert not [label for label in labels if not parted(label)[0]], 'give it its context: N_("Quantity", "field")'


@pytest.mark.parametrize("call", ['words.text(f"Case {number}")', 'words.text("Case " + number)', "N_(name)"])
def test_a_message_that_nobody_could_translate_is_refused(call: str) -> None:
    with pytest.raises(SystemExit, match=r"x\.py:1: a message must stand there whole"):
        found(call)


def test_everything_that_people_read_of_the_packs_is_a_message() -> None:
    from avrr_desktop.operations.computer import shipped_packs

    pack, messages = shipped_packs.practice(), set(catalogues.all_messages())
    said = {pack.title, *(service.title for service in pack.services.values())}
    said |= {text for step in pack.steps.values() for text in (step.title, step.short)}
    said |= {label for codes in pack.codes for label in pack.labels(codes).values()}
    said |= {text for figure in pack.figures for text in (figure.title, figure.source, figure.note) if text}
    said |= {step.guidance for step in pack.steps.values() if step.guidance}
    said |= {item.text for item in pack.advice} | set(pack.authorities.values()) | set(pack.hints.values())
    said |= {item.title for item in pack.situations.values()} | {item.title for item in pack.programmes.values()}
    assert said <= messages


def test_the_disguise_keeps_placeholders_and_the_mark_and_grows_by_a_third() -> None:
    assert catalogues.disguised("Search") == "[Ŝéàŕćĥ ~~~]"
    assert catalogues.disguised("{step}: {state}") == "[{step}: {state} ~]"
    assert catalogues.disguised("Kosovo*") == "[Kosovo* ~]"
    sentence = "Documents waiting to be handed over. They are encrypted until then."
    assert 1.3 < len(catalogues.disguised(sentence)) / len(sentence) < 1.55
    assert Language("qps").text("Search", "field") == "[Ŝéàŕćĥ ~~~]"
    assert Language("qps").plural("{count} case", "{count} cases", 3, count=3) == "[3 ćàŝéŝ ~~~]"


def test_the_disguise_covers_every_message(outputs: dict[Path, bytes]) -> None:
    translations = gettext.GNUTranslations(BytesIO(outputs[po_of("qps").with_suffix(".mo")]))
    for message in catalogues.all_messages():
        if isinstance(message, str):
            assert translations.gettext(message) == catalogues.disguised(parted(message)[1])
        else:
            one, many = message
            assert [translations.ngettext(one, many, count) for count in (1, 5)] == [
                catalogues.disguised(one), catalogues.disguised(many),
            ]  # fmt: skip


def test_translations_survive_an_update_also_those_without_use(tmp_path: Path) -> None:
    path = po_of("sr-Latn", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(
        "# Read by Vesna.\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"PO-Revision-Date: 2026-01-01 10:00+0100\\n"\n"Plural-Forms: nplurals=3; plural=(n != 1);\\n"\n\n'
        'msgid "Cases"\nmsgstr "Predmeti"\n\nmsgid "Once"\nmsgstr "Nekad"\n\nmsgid "Never"\nmsgstr ""\n\n'
        'msgid "{count} case"\nmsgid_plural "{count} cases"\n'
        'msgstr[0] "{count} predmet"\nmsgstr[1] "{count} predmeta"\nmsgstr[2] "{count} predmeta"\n\n'
        '#~ msgid "Case"\n#~ msgstr "Predmet"\n',
        encoding="utf-8",
    )
    messages = {"Cases": {"a.py"}, "Case": {"a.py"}, "Cage": {"b.py"}, ("{count} case", "{count} cases"): {"a.py"}}
    book = catalogues.updated(path, "sr-Latn", KNOWN, messages)
    text = catalogues.po_bytes(book).decode()
    assert text.startswith("# Read by Vesna.\n")
    assert "Language: sr@latin" in text
    assert "2026" not in text
    assert 'msgid "Cage"\nmsgstr ""' in text
    assert 'msgid "Case"\nmsgstr "Predmet"' in text
    assert '#~ msgid "Once"\n#~ msgstr "Nekad"' in text
    assert "fuzzy" not in text
    assert "Never" not in text
    assert KNOWN["sr-Latn"]["plural"] == "one_few_other"
    said = gettext.GNUTranslations(BytesIO(catalogues.mo_bytes(book)))
    assert said.ngettext("{count} case", "{count} cases", 21) == "{count} predmet"
    path.write_text(text, encoding="utf-8")
    assert catalogues.po_bytes(catalogues.updated(path, "sr-Latn", KNOWN, messages)).decode() == text


def test_a_new_language_begins_with_an_empty_file(tmp_path: Path) -> None:
    path = po_of("sq", tmp_path)
    path.parent.mkdir(parents=True)
    path.touch()
    text = catalogues.po_bytes(catalogues.updated(path, "sq", KNOWN, {"Cases": {"a.py"}})).decode()
    assert "X-Status" not in text
    assert "# The messages of AVRR Desktop: Shqip." in text
    assert 'msgid "Cases"\nmsgstr ""' in text
