"""Marks a text for the translators without looking it up, so that the domain needs no language.

One English word can need several words elsewhere: “Open” on a button and “Open” as the status of a case. Such a text
carries a context, “button” or “codes.case_status”, which English readers never see. It travels with the text, joined
as gettext joins them in a compiled catalogue, so that whoever looks the text up need not know of it.
"""

_JOINT = "\4"  # as in a compiled catalogue of gettext


def N_(message: str, context: str = "") -> str:
    """Return the message as a key of the catalogue; the catalogue maker finds it by this call."""
    return in_context(message, context)


def in_context(message: str, context: str) -> str:
    """Return a message that is declared elsewhere as the key of the catalogue that it has in a context."""
    return f"{context}{_JOINT}{message}" if context else message


def parted(message: str) -> tuple[str, str]:
    """Return (context, text) of a message; the context is empty for most."""
    context, joint, text = message.rpartition(_JOINT)
    return (context, text) if joint else ("", message)
