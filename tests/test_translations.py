"""Every translation is written in the letters of its language, and holds what the message holds."""

import re
from collections.abc import Iterator

import pytest

from tools.make import catalogues
from tools.make.letters import faults, refused

HOLDERS = re.compile(r"\{[^{}]*\}")
TRANSLATED = [code for code in catalogues.languages() if code != catalogues.TEST_LANGUAGE]


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield (message, its translation) of what is translated, each plural form beside the form for many."""
    path = catalogues.LOCALE / language / "LC_MESSAGES" / f"{catalogues.DOMAIN}.po"
    for message in list(catalogues.read(path))[1:]:
        if isinstance(message.id, str):
            if message.string:
                yield message.id, message.string
        else:
            yield from ((message.id[-1], form) for form in message.string if form)


def test_letters_are_those_of_the_language() -> None:
    wrong = [
        f"{language}: {text!r}: {fault}"
        for language in TRANSLATED
        for _, text in texts(language)
        for fault in faults(language, text)
    ]
    assert not wrong, "\n".join(wrong)


def test_placeholders_are_those_of_the_message() -> None:
    wrong = [
        (language, english, text)
        for language in TRANSLATED
        for english, text in texts(language)
        if set(HOLDERS.findall(text)) != set(HOLDERS.findall(english))
    ]
    assert not wrong


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("sr-Cyrl", "Cачувај", "two scripts"), ("mk", "сè е зачувано", "two scripts"), ("sq", "Ruаj", "two scripts"),
    ("mk", "Сохранить всё", "outside"), ("bs", "Sačuvaj poređenje ðaka", "outside"), ("sq", "Случај", "another script"),
    ("sq", "NdihmÃ« e re", "encoding"), ("bs", "Å¡kola", "encoding"), ("cnr", "c\u030cas", "composed"),
    ("sr-Cyrl", "Сачувај\u200b", "nobody sees"), ("sq", "një handikapat", "do not write"), ("mk", "во БЈРМ", "do not write"),
])  # fmt: skip
def test_what_is_wrong_is_seen(language: str, text: str, kind: str) -> None:
    assert any(kind in fault for fault in faults(language, text)), list(faults(language, text))


@pytest.mark.parametrize(("language", "text"), [
    ("sr-Cyrl", "Сачувајте PDF-ом у {folder}, Ctrl+S: „матична књига“."), ("mk", "Сѐ е зачувано, и нѐ чека ѝ."),
    ("sq", "“Çertifikatë lindjeje” në Kosovë*: s’mund, {count}."), ("cnr", "śutra, Źelja, sjutra"), ("fr", "L’État, cœur, Besnik Šarić"),
    ("bs", "Općina čuva keys-a.json i --help"), ("sr-Cyrl", "инвалидност и инвалидитет"), ("de", "Straße, Öffnen, Hoxhë"),
])  # fmt: skip
def test_what_is_right_passes(language: str, text: str) -> None:
    assert list(faults(language, text)) == []


def test_a_word_is_refused_with_its_endings_and_alone() -> None:
    assert list(refused("sr-Cyrl", "Инвалид, инвалидима")) == ["инвалид"]
    assert list(refused("de", "Behinderte und Behindertenausweis")) == ["behinderte"]
