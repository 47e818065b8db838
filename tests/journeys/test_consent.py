"""A family agrees, a partner is told, and the agreement is withdrawn: in a window of its own program, with keys and clicks counted."""

from pathlib import Path

from tests.support.apart import passes_apart


def test_agreed_sent_and_withdrawn() -> None:
    passes_apart(Path(__file__).with_name("consent_given.py"))
