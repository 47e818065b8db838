"""The command line in other languages: help, messages, and documents, each by its own option."""

from pathlib import Path

import pypdfium2
import pytest

from avrr_desktop.cli.main import asked_for, main, parser
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.settings import Settings, write_settings
from tools.make.command_tree import arguments, commands


def test_the_help_of_every_command_speaks_the_language_of_messages(capsys: pytest.CaptureFixture[str]) -> None:
    words, english = Language("mk"), Language()
    for command in commands(parser()):
        with pytest.raises(SystemExit) as ended:
            main([*command.words, "--help", "--messages", "mk"])
        assert ended.value.code == 0
        said = " ".join(capsys.readouterr().out.split())
        assert words.text("show this help and end") in said and "show this help" not in said
        for action in arguments(command.parser):
            text = action.help or ""
            if text and english.text(text) != words.text(text) and "{" not in text and "%" not in text:
                assert words.text(text)[:14] in said, (command.words, text)


@pytest.mark.parametrize(("line", "expected"), [
    ("case list --language mk", "mk"), ("case list --language=mk", "mk"), ("case list", "en"), ("case list --language mk --messages fr", "fr"),
    ("pdf --all --language mk", "de"), ("pdf --all --language mk --messages fr", "fr"), ("pdf --all", "de"), ("case list --language", "en"),
])  # fmt: skip
def test_what_a_line_asks_for(line: str, expected: str) -> None:
    write_settings(Settings(language="de"))
    assert asked_for(line.split()) == expected


def test_a_document_is_in_its_language_and_the_messages_in_another(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store, passphrase = tmp_path / "practice.avrr", tmp_path / "pass"
    passphrase.write_text(PRACTICE_PASSPHRASE, encoding="utf-8")
    assert main(["practice", str(store), "--no-window", "--today", "2026-11-23"]) == 0
    number = next(path.name for path in sorted((store / "pdf").iterdir()))[: len("PRACTICE-AL-PRO-2019-E9-0001")]
    capfd.readouterr()
    line = ["pdf", number, "--store", str(store), "--passphrase-file", str(passphrase), "--out", str(tmp_path / "out")]
    assert main([*line, "--language", "mk", "--messages", "fr"]) == 0
    assert Language("fr").text("These files are not encrypted: protect them like a paper.") in capfd.readouterr().err
    [made] = (tmp_path / "out").iterdir()
    page = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()
    assert Language("mk").text("Case summary") in page
